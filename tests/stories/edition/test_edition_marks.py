"""What the office marks or writes in its master workbook where no cell of the plan stands: all of
it is told.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.excel_parts import with_text_box
from tests.stories.edition.test_edition_rows import told
from tests.stories.edition.test_office_edition import a_master, column_of, edited, page_of, row_of
from tests.stories.office import Office, codes

SUE = "Sue Butcher"
REF = "2.13"
NOTE = "review note for this period"


def figures_of(book: Any) -> list[Any]:
    return [
        page
        for page in book
        if page["A3"].value == "xlplan:sheet" and page.sheet_state == "visible"
    ]


def retyped(path: Path, edit: Any) -> Path:
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path.with_name("edited.xlsx"))
    return path.with_name("edited.xlsx")


def test_a_text_on_any_sheet_of_figures_is_told_with_its_cell(walsall: Office) -> None:
    path = a_master(walsall)
    names = [page.title for page in figures_of(openpyxl.load_workbook(path))]
    assert {"Dashboard", "Exceptions", "By lead", "Timeline"} <= set(names)

    def write(book: Any) -> None:
        for page in figures_of(book):
            page.cell(page.max_row + 2, 2).value = f"Ask about {page.title}."
        book["Exceptions"]["A5"].value = "Typed over what stood there."

    taken = walsall.take_ours(retyped(path, write), status=0)
    said = {(one["sheet"], one["value"]) for one in told(taken, "note-outside")}
    assert said == {
        ("Exceptions", "Typed over what stood there."),
        *((name, f"Ask about {name}.") for name in names),
    }
    assert all(one["cell"] for one in taken["findings"])


def test_figures_that_are_reckoned_again_or_older_tell_nothing(walsall: Office) -> None:
    older = a_master(walsall)
    walsall.take(walsall.fill(SUE, {REF: {"rag": "R", "progress": "Over the caseload."}}))
    walsall.merge()

    def reckon(book: Any) -> None:
        page = book["Dashboard"]
        number = next(
            cell for row in page.iter_rows() for cell in row if isinstance(cell.value, int)
        )
        number.value += 1
        page.cell(page.max_row + 1, 3).value = "=SUM(A1:A9)"

    assert codes(walsall.take_ours(retyped(older, reckon), status=0)) == []
    assert codes(walsall.take_ours(older, status=0)) == []


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_what_libreoffice_saved_untouched_tells_nothing(walsall: Office, suffix: str) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {REF: {"rag": "R", "progress": "Over the caseload."}}))
    walsall.merge()
    path = walsall.folder / str(walsall.run("master", "--history").document["master"])
    taken = walsall.take_ours(saved_by_libreoffice(path, suffix), status=0)
    assert codes(taken) == []


def test_figures_whose_mark_another_program_dropped_are_still_ours(walsall: Office) -> None:
    """Gnumeric drops what a cell does not show."""

    def drop(book: Any) -> None:
        for page in figures_of(book):
            page["A3"].value = None
        book["Timeline"]["B2"].value = "Ask about it."

    taken = walsall.take_ours(retyped(a_master(walsall), drop), status=0)
    assert [(one["code"], one["sheet"], one["cell"]) for one in taken["findings"]] == [
        ("note-outside", "Timeline", "B2")
    ]


def test_a_text_box_over_the_plan_is_told_and_one_over_the_figures_only_mentioned(
    walsall: Office,
) -> None:
    path = a_master(walsall)
    book = openpyxl.load_workbook(path)
    plan, figures = (
        book.sheetnames.index(name) + 1 for name in (page_of(book).title, "Exceptions")
    )
    elsewhere = walsall.folder / "elsewhere.xlsx"
    elsewhere.write_bytes(path.read_bytes())
    (box,) = walsall.take_ours(with_text_box(path, plan, 12, 3, "Not agreed."), status=1)[
        "findings"
    ]
    assert (box["code"], box["value"], box["severity"], box["cell"]) == (
        "text-box",
        "Not agreed.",
        "warning",
        "C12",
    )
    (box,) = walsall.take_ours(with_text_box(elsewhere, figures, 3, 9, "Well done."), status=0)[
        "findings"
    ]
    assert (box["sheet"], box["value"], box["severity"]) == ("Exceptions", "Well done.", "notice")


def test_a_note_that_is_struck_through_is_told(walsall: Office) -> None:
    def strike(page: Any) -> None:
        page.cell(row_of(page, REF), column_of(page, NOTE)).font = Font(strike=True)

    (struck,) = walsall.take_ours(edited(a_master(walsall), strike), status=0)["findings"]
    assert (struck["code"], struck["ref"], struck["field"]) == ("cell-struck", REF, "progress")
    assert struck["cell"]


def test_a_row_struck_throughout_is_told_once_and_a_struck_part_with_its_words(
    walsall: Office,
) -> None:
    def strike(page: Any) -> None:
        for cell in page[row_of(page, REF)]:
            cell.font = Font(strike=True)
        partly = CellRichText("Keep this, ", TextBlock(InlineFont(strike=True), "not this"))
        page.cell(row_of(page, "2.14"), column_of(page, "evidence")).value = partly

    taken = walsall.take_ours(edited(a_master(walsall), strike))
    assert [one["ref"] for one in told(taken, "cell-struck")] == [REF]
    (part,) = told(taken, "cell-struck-part")
    assert (part["ref"], "not this" in part["message"]) == ("2.14", True)


@pytest.mark.parametrize(("opening", "name"), [("Theme Lead:", "lead"), ("Outcomes:", "outcome")])
def test_an_emptied_line_of_a_section_is_asked_about(
    walsall: Office, opening: str, name: str
) -> None:
    def empty(page: Any) -> None:
        next(
            cell
            for line in page.iter_rows()
            for cell in line
            if str(cell.value or "").startswith(opening)
        ).value = None

    taken = walsall.take_ours(edited(a_master(walsall), empty), status=1)
    (question,) = taken["questions"]
    assert (question["ref"], question["field"], question["reason"]) == ("1", name, "cleared")
    walsall.run("decide", question["id"], "--accept")
    assert walsall.merge().document["revision"] == 2
    again = walsall.folder / str(walsall.run("master").document["master"])
    assert codes(walsall.take_ours(again, status=0)) == []
