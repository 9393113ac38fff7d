"""What leads say where no answer is looked for: it is told, it goes nowhere else, and the file is
no nil return.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.biff12 import as_xlsb
from tests.spreadsheets.excel_parts import with_text_box
from tests.spreadsheets.files import replaced, with_parts
from tests.stories.office import Office, codes, rows_of

SUE = "Sue Butcher"


def worked(office: Office, lead: str, deed: Callable[[Any, dict[str, int]], None]) -> Path:
    """A lead's return after `deed`, which gets the sheet of actions and its columns by id."""
    back = office.fill(lead, {})
    row = rows_of(back)[0]
    book = openpyxl.load_workbook(back)
    deed(book[row.sheet], {name: cell.column for name, cell in row.cells.items()})
    book.save(back)
    return back


def told(document: dict[str, Any], code: str) -> list[str]:
    return [one["value"] for one in document["findings"] if one["code"] == code]


def standing(office: Office, lead: str) -> tuple[str, bool]:
    one = next(one for one in office.run("status").document["leads"] if one["lead"] == lead)
    return one["status"], one["nil"]


def first_row(page: Any) -> int:
    """The first row of an action."""
    return next(int(row[0].row) for row in page.iter_rows() if row[0].value == "Row code") + 1


def proposal_row(page: Any) -> int:
    """The first row for a proposal."""
    return next(int(row[0].row) for row in page.iter_rows() if row[0].value == "xlplan:new") + 2


def test_a_ref_typed_beside_a_proposed_action_is_told_and_the_row_is_read_as_a_proposal(
    every_plan: Office,
) -> None:
    every_plan.export()
    lead = next(iter(every_plan.sent))

    def propose(page: Any, columns: dict[str, int]) -> None:
        row = proposal_row(page)
        page.cell(row, columns["ref"]).value = "NEW 7"
        keys = {cell.value: cell.column for cell in page[row - 2] if cell.value}
        page.cell(row, keys["xlplan:new.action"]).value = "Write to every school."
        page.cell(row, keys["xlplan:new.progress"]).value = "They ask for it."

    taken = every_plan.take(worked(every_plan, lead, propose), status=1)
    (proposed,) = taken["proposed"]
    assert {field: value for field, value in proposed["values"].items() if value} == {
        "action": "Write to every school.",
        "progress": "They ask for it.",
    }
    assert told(taken, "note-outside") == ["NEW 7"]
    assert taken["changes"] == []


def test_the_text_of_a_row_added_under_a_ref_of_the_plan_is_told(walsall: Office) -> None:
    walsall.export()

    def add(page: Any, columns: dict[str, int]) -> None:
        page.insert_rows(first_row(page) + 2)
        page.cell(first_row(page) + 2, columns["ref"]).value = "2.13"
        page.cell(first_row(page) + 2, columns["action"]).value = "Meet every month."
        page.cell(first_row(page) + 2, columns["last.progress"]).value = "Not begun."

    taken = walsall.take(worked(walsall, SUE, add), status=1)
    assert codes(taken) == [
        "refused-beside",
        "row-token-missing",
    ]  # and no cell of it is called emptied
    assert told(taken, "refused-beside") == [
        "Action: 'Meet every month.'; Last progress: 'Not begun.'"
    ]
    assert standing(walsall, SUE) == ("refused", False)


def test_the_text_of_a_row_that_was_copied_for_a_new_action_is_told(walsall: Office) -> None:
    walsall.export()

    def copy_row(page: Any, columns: dict[str, int]) -> None:
        first = first_row(page)
        page.insert_rows(first + 1)
        for cell in page[first]:
            page.cell(first + 1, cell.column).value = copy(cell.value)
        page.cell(first + 1, columns["ref"]).value = "1.9a"
        page.cell(first + 1, columns["action"]).value = "A part of it."

    taken = walsall.take(worked(walsall, SUE, copy_row), status=1)
    assert codes(taken) == ["refused-beside", "row-ref-differs"]
    assert told(taken, "refused-beside") == ["Action: 'A part of it.'"]


def a_rating(page: Any, columns: dict[str, int]) -> None:
    page.cell(proposal_row(page), columns["rag"]).value = "R"


def a_formula(page: Any, columns: dict[str, int]) -> None:
    page.cell(proposal_row(page), columns["action"]).value = "=1+1"


def a_done(page: Any, columns: dict[str, int]) -> None:
    page.cell(first_row(page), columns["done"]).value = "Finished, closed by the panel"


def a_heading(page: Any, columns: dict[str, int]) -> None:
    page.cell(first_row(page) - 1, columns["progress"]).value = "Progress: see my letter"


@pytest.mark.parametrize(
    ("deed", "code", "value"),
    [
        (a_rating, "note-outside", "R"),
        (a_formula, "cell-formula-empty", "=1+1"),
        (a_done, "locked-changed", "Finished, closed by the panel"),
        (a_heading, "note-outside", "Progress: see my letter"),
    ],
)
def test_a_file_in_which_only_that_was_typed_is_no_nil_return(
    walsall: Office, deed: Callable[[Any, dict[str, int]], None], code: str, value: str
) -> None:
    walsall.export()
    taken = walsall.take(worked(walsall, SUE, deed), status=1)
    assert told(taken, code) == [value]
    assert (taken["changes"], standing(walsall, SUE)[1]) == ([], False)


def test_a_text_box_over_the_table_is_told_and_on_a_sheet_of_their_own_only_mentioned(
    walsall: Office,
) -> None:
    walsall.export()
    back = with_text_box(walsall.fill(SUE, {}), 1, 8, 12, "2.13 is finished.")
    taken = walsall.take(back, status=1)
    (box,) = [one for one in taken["findings"] if one["code"] == "text-box"]
    assert (box["sheet"], box["cell"], box["value"], box["severity"]) == (
        "Update",
        "L8",
        "2.13 is finished.",
        "warning",
    )
    assert standing(walsall, SUE) == ("returned", False)
    elsewhere = with_text_box(walsall.fill(SUE, {}, name="again.xlsx"), 2, 3, 9, "Thank you")
    assert [
        one["severity"] for one in walsall.take(elsewhere)["findings"] if one["code"] == "text-box"
    ] == ["notice"]


@needs_libreoffice
def test_a_text_box_in_an_old_workbook_is_told_and_a_note_is_no_box(walsall: Office) -> None:
    walsall.export()
    back = with_text_box(walsall.fill(SUE, {}), 1, 8, 12, "2.13 is finished – “all of it”.")
    taken = walsall.take(saved_by_libreoffice(back, "xls"), status=1)
    boxes = [one for one in taken["findings"] if one["code"] == "text-box"]
    assert [(one["cell"], one["value"]) for one in boxes] == [
        ("L8", "2.13 is finished – “all of it”.")
    ]


def test_a_text_box_in_a_binary_workbook_is_told(walsall: Office) -> None:
    walsall.export()
    taken = walsall.take(
        with_text_box(as_xlsb(walsall.fill(SUE, {})), 1, 8, 12, "2.13 is finished."), status=1
    )
    assert told(taken, "text-box") == ["2.13 is finished."]


def test_an_embedded_document_is_something_to_look_at(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {})
    with ZipFile(back, "a") as archive:
        archive.writestr("xl/embeddings/Minutes.docx", b"PK\x03\x04")
    (found,) = [
        one for one in walsall.take(back, status=1)["findings"] if one["code"] == "drawing-unread"
    ]
    assert found["message"] == "An embedded document lies here; it was not read."
    assert standing(walsall, SUE) == ("returned", False)


def test_an_answer_that_goes_on_in_an_added_row_needs_a_person(walsall: Office) -> None:
    walsall.export()

    def go_on(page: Any, columns: dict[str, int]) -> None:
        page.cell(first_row(page), columns["progress"]).value = "First part"
        page.insert_rows(first_row(page) + 1)
        page.cell(first_row(page) + 1, columns["progress"]).value = "and the rest of it."

    taken = walsall.take(worked(walsall, SUE, go_on), status=1)
    (found,) = [one for one in taken["findings"] if one["code"] == "answer-unplaced"]
    first = walsall.refs(SUE)[0]
    assert (found["value"], found["field"]) == ("and the rest of it.", "progress")
    assert f"the row above is {first}" in found["message"]
    assert [(one["ref"], one["new"]) for one in taken["changes"]] == [(first, "First part")]


@pytest.mark.parametrize("aside", [0, 1], ids=["in place", "moved aside"])
def test_rows_cut_to_a_sheet_without_headings_are_read_or_call_for_a_person(
    walsall: Office, aside: int
) -> None:
    walsall.export()

    def cut(page: Any, columns: dict[str, int]) -> None:
        part = page.parent.create_sheet("Part two")
        page.cell(first_row(page), columns["progress"]).value = "On the other sheet."
        for cell in page[first_row(page)]:
            part.cell(1, cell.column + aside).value, cell.value = cell.value, None

    taken = walsall.take(worked(walsall, SUE, cut), status=aside)
    if aside:
        assert told(taken, "sheet-cut-off") == ["Part two"]
        assert "row-missing" in codes(taken)
    else:
        assert [one["new"] for one in taken["changes"]] == ["On the other sheet."]
        assert "row-missing" not in codes(taken)


def test_rows_answered_in_an_older_return_are_not_called_untouched(walsall: Office) -> None:
    walsall.export()
    first, second, *others = walsall.refs(SUE)
    walsall.take(walsall.fill(SUE, {first: {"progress": "Done."}}, name="a.xlsx"))
    taken = walsall.take(walsall.fill(SUE, {second: {"progress": "Begun."}}, name="b.xlsx"))
    (found,) = [one for one in taken["findings"] if one["code"] == "rows-not-looked-at"]
    assert found["message"] == f"{len(others)} rows were sent back untouched: {', '.join(others)}."


def test_what_was_pasted_over_the_hidden_codes_is_told(every_plan: Office) -> None:
    every_plan.export()
    lead = next(iter(every_plan.sent))

    def paste(page: Any, columns: dict[str, int]) -> None:
        page.cell(
            first_row(page), columns["token2"]
        ).value = "Budget agreed, waiting for the panel."

    taken = every_plan.take(worked(every_plan, lead, paste), status=1)
    assert told(taken, "code-overwritten") == ["Budget agreed, waiting for the panel."]
    assert (standing(every_plan, lead)[1], taken["changes"]) == (False, [])


def test_all_that_a_row_added_among_the_actions_says_is_proposed_or_told(walsall: Office) -> None:
    walsall.export()
    texts = {"action": "Hire a clerk", "progress": "Asked HR", "last.progress": "See the minutes"}
    texts |= {"done": "Half of it", "no_change": "Not before March"}

    def add(page: Any, columns: dict[str, int]) -> None:
        page.insert_rows(first_row(page) + 1)
        for name, text in texts.items():
            page.cell(first_row(page) + 1, columns[name]).value = text

    taken = walsall.take(worked(walsall, SUE, add), status=1)
    (proposed,) = taken["proposed"]
    said = {text for text in proposed["values"].values() if text}
    assert said == {"Hire a clerk", "Asked HR"}
    assert said | set(told(taken, "note-outside")) == set(texts.values())


def test_our_own_tick_as_an_alphabet_without_ticks_has_it_is_no_change(walsall: Office) -> None:
    walsall.export()

    def answer(page: Any, columns: dict[str, int]) -> None:
        page.cell(first_row(page), columns["progress"]).value = "Begun."
        page.cell(first_row(page), columns["done"]).value = "?"

    back = worked(walsall, SUE, answer)
    page = openpyxl.load_workbook(back).worksheets[0]
    text = walsall.folder / "back.csv"
    with text.open("w", newline="", encoding="cp1252", errors="replace") as stream:
        for row in page.iter_rows(values_only=True):
            csv.writer(stream).writerow("" if str(cell).startswith("=") else cell for cell in row)
    assert "locked-changed" not in codes(walsall.run("import", "--check", text).document)
    assert told(walsall.take(back), "locked-changed") == ["?"], "in a workbook somebody typed it"


def test_a_text_box_whose_place_is_told_in_fractions_keeps_back_no_answer(walsall: Office) -> None:
    walsall.export()
    back = with_text_box(walsall.fill(SUE, {"2.13": {"rag": "G"}}), 1, 8, 12, "2.12 is finished.")
    with_parts(
        back, **{"xl/drawings/drawing9.xml": replaced(b"<xdr:colOff>0<", b"<xdr:colOff>12.5<")}
    )
    taken = walsall.take(back, status=1)
    assert [(one["ref"], one["new"]) for one in taken["changes"]] == [("2.13", "G")]
    assert told(taken, "text-box") == ["2.12 is finished."]
