"""What leads put on cells beside values: strike-through, links, threads; macros and old calendars
in their files.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.biff12 import as_xlsb
from tests.spreadsheets.excel_parts import placeholder, with_macros, with_threads
from tests.stories.office import Office, rows_of
from tests.stories.returns.many import command
from xlplan.spreadsheets.formats import xls as from_xls

SUE, REF = "Sue Butcher", "2.13"


@pytest.fixture
def sue(walsall: Office) -> Office:
    walsall.export()
    return walsall


def worked(office: Office, deed: Callable[[Any, dict[str, Any]], None], ref: str = REF) -> Path:
    """Sue's return after `deed`, which gets the workbook and the cells of one row by column."""
    back = office.fill(SUE, {})
    book = openpyxl.load_workbook(back)
    row = {one.ref: one for one in rows_of(back)}[ref]
    deed(book, {name: book[row.sheet][cell.name] for name, cell in row.cells.items()})
    book.save(back)
    return back


def told(document: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [one for one in document["findings"] if one["code"] == code]


def taken_values(document: dict[str, Any]) -> dict[str, str]:
    return {one["field"]: one["new"] for one in document["changes"]}


def half_struck(book: Any, cells: dict[str, Any]) -> None:
    cells["progress"].value = CellRichText(
        "Done by ", TextBlock(InlineFont(strike=True), "May"), " June"
    )


def linked(book: Any, cells: dict[str, Any]) -> None:
    cells["evidence"].value = "the minutes"
    cells["evidence"].hyperlink = "https://example.org/minutes?of=May#item4"


@pytest.mark.parametrize(
    "kind",
    [
        "xlsx",
        pytest.param("ods", marks=needs_libreoffice),
        pytest.param("xls", marks=needs_libreoffice),
    ],
)
def test_the_struck_part_of_a_text_and_the_address_of_a_link_are_told(
    sue: Office, kind: str
) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        half_struck(book, cells)
        linked(book, cells)

    back = worked(sue, deed)
    if kind != "xlsx":
        back = saved_by_libreoffice(back, kind)
    taken = sue.take(back, status=0)
    assert taken_values(taken) == {"progress": "Done by May June", "evidence": "the minutes"}
    (part,), (link,) = told(taken, "cell-struck-part"), told(taken, "cell-link")
    assert (part["ref"], part["field"], part["severity"]) == (REF, "progress", "notice")
    assert "'May'" in part["message"]
    assert (link["ref"], link["field"], link["value"]) == (
        REF,
        "evidence",
        "https://example.org/minutes?of=May#item4",
    )


def test_a_row_struck_through_is_told_once(sue: Office) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        for name in ("ref", "action", "due"):
            cells[name].font = Font(strike=True)
        cells["action"].hyperlink = "https://example.org/why"

    taken = sue.take(worked(sue, deed), status=0)
    assert [
        (one["ref"], one["value"]) for one in told(taken, "cell-struck") if one["field"] is None
    ] == [(REF, REF)]
    assert [one["value"] for one in told(taken, "cell-link")] == ["https://example.org/why"]


def test_a_thread_is_kept_with_the_action_once_with_authors_and_answers(sue: Office) -> None:
    where = ""

    def deed(book: Any, cells: dict[str, Any]) -> None:
        nonlocal where
        where = cells["progress"].coordinate
        cells["progress"].value = "Two posts are filled."
        cells["progress"].comment = Comment(placeholder("Is this right?", "Yes"), "tc={1}")

    back = worked(sue, deed)
    with_threads(back, 1, [(where, "Rose Collinson", "Is this right?"), (where, SUE, "Yes")])
    (comment,) = told(sue.take(back, status=0), "cell-comment")
    assert (comment["ref"], comment["cell"]) == (REF, where)
    assert comment["value"] == f"Rose Collinson: Is this right?\n{SUE}: Yes"


def test_a_bare_serial_number_in_a_workbook_that_counts_from_1904(sue: Office) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        book.epoch = CALENDAR_MAC_1904
        cells["due"].value, cells["due"].number_format = 39933, "General"
        cells["due_reason"].value = "The panel moved."

    taken = sue.take(worked(sue, deed))
    assert taken_values(taken)["due"] == "1 May 2013"


def test_a_workbook_with_macros_is_read_and_they_are_not(sue: Office) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        cells["progress"].value = "Two posts are filled."

    taken = sue.take(with_macros(worked(sue, deed)), status=0)
    assert taken["files"][0]["path"].endswith(".xlsm")
    assert taken_values(taken) == {"progress": "Two posts are filled."}


def test_a_binary_workbook_is_read_row_by_row_with_its_tokens(sue: Office) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        cells["rag"].value, cells["progress"].value = "R", "£40k – “agreed”\nand booked"
        cells["evidence"].value = "#REF!"
        cells["progress"].comment = Comment("Ask me", "Sue")
        linked(book, {"evidence": cells["due_reason"]})

    taken = sue.take(as_xlsb(worked(sue, deed)), status=1)
    (file,) = taken["files"]
    assert (file["lead"], file["status"], file["rows"]["refused"]) == (SUE, "waiting", 0)
    assert file["rows"]["read"] == len(sue.refs(SUE))
    assert taken_values(taken) == {
        "rag": "R",
        "progress": "£40k – “agreed”\nand booked",
        "due_reason": "the minutes",
    }
    assert [(one["ref"], one["value"]) for one in told(taken, "cell-error")] == [(REF, "#REF!")]
    assert [one["value"] for one in told(taken, "cell-comment")] == ["Ask me"]
    assert [one["field"] for one in told(taken, "cell-link")] == ["due_reason"]
    assert not told(taken, "marks-disagree")


def test_an_untouched_binary_workbook_is_a_nil_return(sue: Office) -> None:
    taken = sue.take(as_xlsb(sue.fill(SUE, {})), status=0)
    assert [file["status"] for file in taken["files"]] == ["unchanged"]
    assert [one["code"] for one in taken["findings"]] == ["nothing-answered"]


@needs_libreoffice
def test_a_file_that_could_not_be_read_this_time_is_refused_and_read_the_next(
    sue: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = saved_by_libreoffice(worked(sue, half_struck), "xls")
    with monkeypatch.context() as patch:
        patch.setattr(from_xls, "_PATIENCE", 0)
        taken = sue.take(back, status=1)
        assert [file["status"] for file in taken["files"]] == ["refused"]
        (one,) = taken["findings"]
        assert (one["code"], "damaged" in one["message"].partition(". ")[0]) == (
            "file-not-read",
            False,
        )
    assert taken_values(sue.take(back, status=0)) == {"progress": "Done by May June"}


def test_a_ref_merged_down_over_the_next_row_is_the_first_rows_alone(sue: Office) -> None:
    """Merging keeps the upper ref; the lower row is still known by its code, and keeps its
    answers.
    """

    def deed(book: Any, cells: dict[str, Any]) -> None:
        ref = cells["ref"]
        sheet = ref.parent
        sheet.cell(ref.row + 1, cells["progress"].column).value = "An answer of the row below."
        sheet.merge_cells(
            start_row=ref.row, end_row=ref.row + 1, start_column=ref.column, end_column=ref.column
        )

    taken = sue.take(worked(sue, deed), status=1)
    assert taken["files"][0]["rows"]["refused"] == 0
    assert [one["new"] for one in taken["changes"]] == ["An answer of the row below."]
    assert len(told(taken, "cells-merged")) == 1


def test_a_sheet_copied_with_other_answers_in_it_is_asked_about(sue: Office) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        sheet = cells["progress"].parent
        for said in ("One.", "Two."):
            book.copy_worksheet(sheet)[cells["progress"].coordinate].value = said

    taken = sue.take(worked(sue, deed), status=1)
    assert [(one["ref"], one["reason"]) for one in taken["questions"]] == [(REF, "repeated-row")]
    assert len(told(taken, "row-repeated-differs")) == 2
    assert taken["files"][0]["rows"]["held"] == 3


def test_what_is_wrong_in_a_row_is_told_once_however_often_its_sheet_is_copied(sue: Office) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        cells["rag"].value, cells["progress"].value = "Purple", "One."
        for _ in range(2):
            book.copy_worksheet(cells["rag"].parent)

    taken = sue.take(worked(sue, deed), status=1)
    assert [one["sheet"] for one in told(taken, "rag-unknown")] == ["Update"]
    assert taken["files"][0]["rows"]["repeated"] == 2 * len(sue.refs(SUE))


def test_a_copied_row_with_another_faulty_cell_has_both_told(sue: Office) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        cells["rag"].value = "Purple"
        book.copy_worksheet(cells["rag"].parent)[cells["rag"].coordinate].value = "Blue-ish"

    _, taken = command("import", worked(sue, deed))
    assert [one["value"] for one in told(taken, "rag-unknown")] == ["Purple", "Blue-ish"]


def test_a_cell_that_is_faulty_in_both_copies_of_a_row_is_told_once(sue: Office) -> None:
    def deed(book: Any, cells: dict[str, Any]) -> None:
        cells["rag"].value, cells["progress"].value = "Purple", "One."
        book.copy_worksheet(cells["rag"].parent)[cells["progress"].coordinate].value = "Two."

    taken = sue.take(worked(sue, deed), status=1)
    assert len(told(taken, "rag-unknown")) == 1
    assert [one["reason"] for one in taken["questions"]] == ["repeated-row"]
