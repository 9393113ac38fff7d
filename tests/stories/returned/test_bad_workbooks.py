"""init on a workbook that does not fit: structural trouble creates nothing, a bad cell is told and
stops nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.stories.office import ROOT, Office, Ran

PLAN = "walsall-2012"


@dataclass(frozen=True)
class Tried:
    """What init did with a workbook that somebody changed."""

    ran: Ran
    created: bool

    def told(self, code: str) -> list[dict[str, str]]:
        return [one for one in self.ran.document["findings"] if one["code"] == code]


@pytest.fixture
def tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Tried]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-10T09:00:00")
    monkeypatch.delenv("XLPLAN_PLAN", raising=False)

    def start(change: Callable[[Workbook], None], *more: str, plan: str = PLAN) -> Tried:
        book = load_workbook(ROOT / "workbooks" / f"{plan}.xlsx")
        change(book)
        book.save(tmp_path / "theirs.xlsx")
        office = Office(tmp_path, capsys, plan)
        ran = office.run(
            "init", "theirs.xlsx", "--mapping", ROOT / "mappings" / f"{plan}.toml", *more
        )
        return Tried(ran, (tmp_path / "plan.db").exists())

    return start


def retype(sheet: Worksheet, text: str, into: str) -> None:
    """Type over every cell that says a text: Walsall's header repeats."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == text:
                cell.value = into


def a_rating(sheet: Worksheet) -> Cell:
    """The cell of the first action's rating."""
    return next(
        cell for row in sheet.iter_rows() for cell in row if cell.value in {"G", "Gr", "A", "R"}
    )


def test_a_bad_rating_is_told_with_its_cell_and_the_plan_is_made(
    tried: Callable[..., Tried],
) -> None:
    where = ""

    def purple(book: Workbook) -> None:
        nonlocal where
        cell = a_rating(book["Plan"])
        cell.value, where = "Purple", cell.coordinate

    done = tried(purple)
    assert (done.ran.status, done.created) == (1, True)
    [told] = done.told("rag-unknown")
    assert (told["cell"], told["value"], told["severity"]) == (where, "Purple", "warning")
    assert done.ran.document["actions"] == 58


def rename_sheet(book: Workbook) -> None:
    book["Plan"].title = "Actions 2012"


def rename_heading(book: Workbook) -> None:
    retype(book["Plan"], "Timescale", "Whenever")


def two_headings(book: Workbook) -> None:
    retype(book["Plan"], "Timescale", "RAG")


def empty_table(book: Workbook) -> None:
    sheet = book["Plan"]
    header = a_rating(sheet).row - 1
    for area in [area for area in sheet.merged_cells.ranges if area.max_row > header]:
        sheet.unmerge_cells(str(area))
    sheet.delete_rows(header + 1, sheet.max_row)


def another_workbook(book: Workbook) -> None:
    for name in book.sheetnames:
        del book[name]
    book.create_sheet("Rota")["A1"] = "Who is in"


TROUBLES = {
    "sheet-missing": (rename_sheet, "Actions 2012"),
    "heading-missing": (rename_heading, "Whenever"),
    "heading-twice": (two_headings, "RAG"),
    "table-empty": (empty_table, "headings"),
}


@pytest.mark.parametrize("code", TROUBLES)
def test_structural_trouble_creates_nothing_and_says_what_to_do(
    code: str, tried: Callable[..., Tried]
) -> None:
    change, says = TROUBLES[code]
    done = tried(change)
    assert (done.ran.status, done.created) == (2, False)
    assert says in done.ran.complaint


def test_a_line_inside_the_table_that_is_of_no_known_kind_creates_nothing(
    tried: Callable[..., Tried],
) -> None:
    where = ""

    def strange(book: Workbook) -> None:
        """In place of the second action: full width, and of no known kind."""
        nonlocal where
        sheet = book["Plan"]
        row = a_rating(sheet).row + 1
        for column in range(2, sheet.max_column + 1):
            sheet.cell(row, column).value = None
        sheet.cell(row, 1).value = "Sub-programme 7"
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=7)
        where = f"Plan!A{row}"

    done = tried(strange, plan="sunderland-2017")
    assert (done.ran.status, done.created) == (2, False)
    assert "Sub-programme 7" in done.ran.complaint
    assert where in done.ran.complaint


def test_a_mapping_for_another_workbook_creates_nothing(tried: Callable[..., Tried]) -> None:
    done = tried(another_workbook)
    assert (done.ran.status, done.created) == (2, False)
    assert "Who is in" in done.ran.complaint


def test_accepted_errors_are_told_all_the_same(tried: Callable[..., Tried]) -> None:
    done = tried(rename_heading, "--accept-errors")
    assert (done.ran.status, done.created) == (1, True)
    assert done.told("heading-missing")
    assert done.ran.document["actions"] == 58


def test_nothing_that_could_be_read_is_no_plan_even_when_errors_are_accepted(
    tried: Callable[..., Tried],
) -> None:
    done = tried(another_workbook, "--accept-errors")
    assert (done.ran.status, done.created) == (2, False)


def test_thirty_thousand_blank_rows_change_nothing(tried: Callable[..., Tried]) -> None:
    def stretched(book: Workbook) -> None:
        sheet = book["Plan"]
        for row in range(sheet.max_row + 1, 30_000):
            sheet.cell(row, 3, "" if row % 2 else " ")
        sheet.cell(29_999, 2, "\u00a0")

    done = tried(stretched)
    assert (done.ran.status, done.created) == (1, True)
    assert (done.ran.document["sections"], done.ran.document["actions"]) == (3, 58)


def test_a_ref_used_twice_is_told_at_both(tried: Callable[..., Tried]) -> None:
    def again(book: Workbook) -> None:
        retype(book["Plan"], "1.2", "1.1")

    done = tried(again)
    assert (done.ran.status, done.created) == (1, True)
    assert len({one["cell"] for one in done.told("ref-repeated")}) == 2
