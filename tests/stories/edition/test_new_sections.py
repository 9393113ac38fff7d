"""Sections that the office adds, moves and renames in the master workbook, in each layout that a
plan may have.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from tests.stories.conftest import _an_office
from tests.stories.edition.test_office_edition import column_of, edited, row_of
from tests.stories.office import ROOT, Office, codes
from xlplan.mapping.load import load_text
from xlplan.plan.model import Plan
from xlplan.store import Store
from xlplan.workbook.office.reading import read_office_workbook

Outline = list[tuple[str, str, list[tuple[str, str]]]]


@pytest.fixture
def office_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Office]:
    return lambda plan: _an_office(tmp_path, capsys, monkeypatch, plan)


def outline(plan: Plan) -> Outline:
    """Each section with its actions, in the plan's order."""
    return [
        (
            section.text("ref"),
            section.text("name"),
            [
                (one.text("ref"), one.text("action"))
                for one in plan.actions
                if one.text("section") == section.key
            ],
        )
        for section in plan.sections
    ]


def in_store(office: Office) -> Outline:
    with Store.open(office.folder / "plan.db") as store:
        return outline(store.snapshot())


def in_master(office: Office) -> Outline:
    """What `init` reads from the master workbook as it is written now."""
    path = office.folder / str(office.run("master").document["master"])
    mapping = load_text(
        (ROOT / "mappings" / f"{office.plan}.toml").read_text(encoding="utf-8"), office.plan
    )
    return outline(read_office_workbook(path, mapping).plan)


def master(office: Office) -> Path:
    return office.folder / str(office.run("master").document["master"])


def inserted(page: Any, row: int, texts: dict[int, str]) -> None:
    """A row put in, as a spreadsheet program does it: what stands below moves down with its merged
    cells.
    """
    merged = [copy(one) for one in page.merged_cells.ranges]
    for one in merged:
        page.unmerge_cells(one.coord)
    page.insert_rows(row)
    for one in merged:
        one.shift(row_shift=1 if one.min_row >= row else 0)
        page.merge_cells(one.coord)
    for column, text in texts.items():
        page.cell(row, column).value = text


def line_of(page: Any, words: str) -> int:
    return next(
        cell.row
        for row in page.iter_rows()
        for cell in row
        if str(cell.value or "").startswith(words)
    )


def row_saying(page: Any, action: str) -> int:
    return next(
        cell.row
        for row in page.iter_rows()
        for cell in row
        if action.partition("\n")[0] in str(cell.value or "")
    )


def section_line(page: Any, row: int, text: str) -> None:
    """A line over the whole width of the table."""
    width = max(one.max_col for one in page.merged_cells.ranges)
    inserted(page, row, {1: text})
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def merged_in(office: Office, path: Path) -> dict[str, Any]:
    office.take_ours(path, status=0)
    document = office.merge().document
    assert document["open_questions"] == 0
    assert office.run("check").document["problems"] == []
    return document


LINES = {
    "walsall-2012": ("THEME 9 - Sufficiency", "9", "Sufficiency"),
    "leicestershire-2017": ("Sufficiency", "", "Sufficiency"),
}


@pytest.mark.parametrize("plan", LINES)
def test_a_new_section_line_makes_a_section_of_what_stands_below_it(
    office_of: Callable[[str], Office], plan: str
) -> None:
    office, (text, number, title) = office_of(plan), LINES[plan]
    before = in_store(office)
    ref, name, rows = before[0]
    cut = len(rows) // 2
    path = edited(
        master(office), lambda page: section_line(page, row_saying(page, rows[cut][1]), text)
    )
    taken = office.take_ours(path, status=0)
    assert "section-new" in codes(taken)
    office.merge()
    after = [(ref, name, rows[:cut]), (number, title, rows[cut:]), *before[1:]]
    assert in_store(office) == after
    assert in_master(office) == after
    assert office.run("check").document["problems"] == []
    assert office.take_ours(master(office), status=0)["changes"] == []


def test_a_new_section_with_a_new_action_of_its_own(office_of: Callable[[str], Office]) -> None:
    office = office_of("walsall-2012")

    def add(page: Any) -> None:
        row = line_of(page, "THEME 2")
        inserted(page, row, {column_of(page, "action"): "Publish a sufficiency strategy"})
        section_line(page, row, "THEME 9 - Sufficiency")

    before = in_store(office)
    merged = merged_in(office, edited(master(office), add))
    (new,) = merged["new_actions"]
    place = next(n for n, (ref, _, _) in enumerate(before) if ref == "2")
    made = ("9", "Sufficiency", [(new["ref"], "Publish a sufficiency strategy")])
    assert in_store(office) == [*before[:place], made, *before[place:]]
    assert in_master(office) == in_store(office)


def test_a_section_that_is_taken_back_and_merged_again_stands_once(
    office_of: Callable[[str], Office],
) -> None:
    office = office_of("walsall-2012")
    before = in_store(office)

    def divide(page: Any) -> None:
        section_line(page, row_of(page, "2.13"), "THEME 9 - Sufficiency")

    merged_in(office, edited(master(office), divide))
    after = in_store(office)
    office.run("undo")
    assert in_store(office) == before
    assert in_master(office) == before
    office.merge()
    assert in_store(office) == after
    assert office.run("check").document["problems"] == []


def test_a_section_that_moves_with_its_rows_stands_there(
    office_of: Callable[[str], Office],
) -> None:
    office = office_of("walsall-2012")
    before = in_store(office)

    def swap(page: Any) -> None:
        """Theme 2 with all that stands below it goes to the end."""
        width = max(one.max_col for one in page.merged_cells.ranges)
        first, end = line_of(page, "THEME 2"), line_of(page, "THEME 3")
        last = max(
            row
            for row in range(1, page.max_row + 1)
            if page.cell(row, width + 1).value or page.cell(row, 1).value
        )
        moved = [
            [page.cell(row, column).value for column in range(1, page.max_column + 1)]
            for row in range(first, end)
        ]
        stays = [
            [page.cell(row, column).value for column in range(1, page.max_column + 1)]
            for row in range(end, last + 1)
        ]
        for one in [copy(each) for each in page.merged_cells.ranges]:
            if one.min_row >= first:
                page.unmerge_cells(one.coord)
        for number, values in enumerate([*stays, *moved]):
            for column, value in enumerate(values, start=1):
                page.cell(first + number, column).value = value
            if sum(value is not None for value in values) == 1:
                row = first + number
                page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)

    merged_in(office, edited(master(office), swap))
    refs = [ref for ref, _, _ in before]
    moved = [one for one in before if one[0] == "2"]
    assert refs.index("2") < len(refs) - 1
    assert in_store(office) == [*(one for one in before if one[0] != "2"), *moved]
    assert in_master(office) == in_store(office)


def test_a_new_section_in_a_column_of_sections(office_of: Callable[[str], Office]) -> None:
    """Where a section is merged down beside its actions, the lower rows get cells of their own."""
    office = office_of("west-sussex-2019")
    before = in_store(office)
    ref, name, rows = before[0]

    def divide(page: Any) -> None:
        row = row_of(page, rows[4][0])
        for one in [copy(each) for each in page.merged_cells.ranges]:
            if one.max_col <= 2 and one.min_row < row <= one.max_row:
                page.unmerge_cells(one.coord)
                for first, last in ((one.min_row, row - 1), (row, one.max_row)):
                    page.merge_cells(
                        start_row=first,
                        end_row=last,
                        start_column=one.min_col,
                        end_column=one.max_col,
                    )
        page.cell(row, 1).value, page.cell(row, 2).value = "99", "Sufficiency"

    path = edited(master(office), divide)
    assert "section-new" in codes(office.take_ours(path, status=0))
    office.merge()
    after = [(ref, name, rows[:4]), ("99", "Sufficiency", rows[4:]), *before[1:]]
    assert in_store(office) == after
    assert in_master(office) == after
