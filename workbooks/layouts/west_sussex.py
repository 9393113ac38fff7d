"""West Sussex 2019: objectives merged down over their actions, KPIs in the last column and on a
sheet of their own.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from layouts.page import Book, Cell, Page
from layouts.sources import Record, by, records

HEADER = (
    *("Ref", "Objectives/what needs to improve", "Ofsted Ref", "Action Required", "Due", "Leads"),
    "Key Performance indicators/measure of success",
)
LOST_REFS = {"12.5", "12.6", "12.7"}
"""Actions whose text does not open with their ref."""

MERGED = {0: "objective_ref", 1: "objective", 2: "ofsted_ref"}
"""Columns that are merged down over the actions of an objective."""


def west_sussex(path: Path) -> None:
    """One header; below each objective's actions a full-width line with its outcome."""
    book = Book(path)
    book.properties(
        "Children First Improvement Plan", "West Sussex County Council", datetime(2019, 7, 1, 9)
    )
    kpis = dict(by(records("west-sussex-2019-kpis"), "objective_ref"))
    outcomes = {
        row["objective_ref"]: row["outcome"] for row in records("west-sussex-2019-outcomes")
    }
    page = Page(book, "Plan", [6, 30, 18, 56, 14, 22, 48])
    page.title("West Sussex Children First", "Practice Improvement Plan, July 2019")
    page.header(HEADER, repeat=True)
    for objective, actions in by(records("west-sussex-2019"), "objective_ref"):
        _objective(page, actions, kpis[objective])
        page.line(outcomes[objective], "under")
    _kpi_sheet(book)
    book.book.close()


def _objective(page: Page, actions: list[Record], kpis: list[Record]) -> None:
    """An objective's actions, a row each; its own cells stand once, at the left and the right of
    them all.
    """
    first, last = page.row, page.row + len(actions) - 1
    for column, name in MERGED.items():
        page.merge(first, column, last, column, actions[0][name], "text")
    page.merge(first, 6, last, 6, "\n".join(map(_kpi_line, kpis)), "text")
    room = 15 * len(kpis) * 2 / len(actions)
    for action in actions:
        texts = [_opened(action), action["due"], action["leads"]]
        page.cells([None, None, None, *texts], at_least=room)


def _opened(action: Record) -> str:
    """The action's text with its ref before it; from objective 2 on a full stop ends the ref."""
    ref, text = action["action_ref"], action["action"]
    if ref in LOST_REFS:
        return text
    return f"{ref} {text}" if action["objective_ref"] == "1" else f"{ref}. {text}"


def _kpi_line(kpi: Record) -> str:
    """`KPI 1 Fall in new cases ...: 5% by Dec; a further 5% by March 2020`."""
    stages = [(kpi["interim_target"], kpi["interim_by"]), (kpi["target"], kpi["target_by"])]
    targets = [f"{target} by {when}" if when else target for target, when in stages if target]
    return f"KPI {kpi['kpi_no']} {kpi['measure']}" + (f": {'; '.join(targets)}" if targets else "")


def _kpi_sheet(book: Book) -> None:
    """The sheet KPIs: a row each, numbers as numbers."""
    page = Page(book, "KPIs", [8, 10, 70, 16, 12, 30, 12])
    page.header(
        ["KPI no", "Objective", "Measure", "Interim target", "Interim by", "Target", "Target by"],
        repeat=True,
    )
    for kpi in records("west-sussex-2019-kpis"):
        number, objective, *texts = kpi.values()
        values: list[Cell] = [int(number) if number.isdecimal() else number, int(objective), *texts]
        page.cells(values, {0: "number", 1: "number"})
