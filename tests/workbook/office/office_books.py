"""Office workbooks as tests write them: a list of rows for each sheet, and a mapping in a few
lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import ItemKind, Plan
from xlplan.workbook.office.reading import OfficePlan, read_office_workbook

Cell = str | int | float | None


@dataclass(frozen=True)
class Wide:
    """A line merged over the whole width of the table."""

    text: str
    columns: int = 4


@dataclass(frozen=True)
class Down:
    """A cell merged down over several rows."""

    text: str
    rows: int


Row = Wide | Sequence[Cell | Down] | None
"""A full-width line, the cells of a row, or a blank row."""


def a_workbook(path: Path, **sheets: Sequence[Row]) -> Path:
    """An .xlsx with these sheets; a `_` in a sheet's name stands for a blank."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for number, row in enumerate(rows, start=1):
            if isinstance(row, Wide):
                sheet.cell(number, 1, row.text)
                sheet.merge_cells(
                    start_row=number, end_row=number, start_column=1, end_column=row.columns
                )
                continue
            for column, cell in enumerate(row or [], start=1):
                if isinstance(cell, Down):
                    last = number + cell.rows - 1
                    sheet.merge_cells(
                        start_row=number, end_row=last, start_column=column, end_column=column
                    )
                    sheet.cell(number, column, cell.text)
                elif cell is not None:
                    sheet.cell(number, column, cell)
    book.save(path)
    return path


MAPPING = """
new_refs = ["NEW 9"]

[plan]
id = "small"
title = "A small plan"
start = 2024-01-01
end = 2025-12-31

[[tables]]
sheet = "Plan"
lines = [
    { kind = "section", reads = ["Aim {ref}: {text}"] },
    { kind = "section.outcome", reads = ["So that {text}"] },
    { kind = "requirement", reads = ["Finding {ref}: {text}"] },
]

[fields.ref]
headings = ["No."]
type = "ref"

[fields.action]
headings = ["What we will do"]

[fields.leads]
headings = ["Who"]
type = "leads"

[fields.rag]
headings = ["Rating"]
type = "rag"

[[rag]]
code = "R"
name = "Red"
colour = "#F8B9B4"

[[rag]]
code = "G"
name = "Green"
colour = "#C6E5B9"

[[rag]]
code = "B"
name = "Blue"
colour = "#BBD7F0"
kind = "closed"

[[leads]]
name = "Asha Patel"
code = "AP"

[[leads]]
name = "Ben Cole"
"""

HEADER: list[Cell | Down] = ["No.", "What we will do", "Who", "Rating"]


def a_mapping(*changes: tuple[str, str], more: str = "") -> PlanMapping:
    """The small mapping with some of its text changed, and more after it."""
    text = MAPPING
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return load_text(text + more, "small.toml")


def read(
    tmp_path: Path, rows: Sequence[Row], mapping: PlanMapping | None = None, **sheets: Sequence[Row]
) -> OfficePlan:
    """Write `rows` as the sheet Plan, with further sheets, and read the workbook through a
    mapping.
    """
    return read_office_workbook(
        a_workbook(tmp_path / "small.xlsx", Plan=rows, **sheets), mapping or a_mapping()
    )


def told(plan: OfficePlan) -> list[tuple[str, str]]:
    """Every finding as its code and cell."""
    return [(finding.code, finding.at.cell) for finding in plan.findings]


def meaning(plan: Plan) -> list[dict[str, str]]:
    """What a plan says, without its layout: sections, requirements, actions and measures by their
    published order.
    """
    kinds: tuple[ItemKind, ...] = ("section", "requirement", "action", "measure", "lead")
    return [
        {"kind": kind}
        | {name: value.text for name, value in sorted(item.values.items()) if name != "order"}
        for kind in kinds
        for item in plan.of_kind(kind)
    ]
