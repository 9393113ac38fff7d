"""What the office writes beside, below and around the table of its master workbook: all of it is
told.
"""

from __future__ import annotations

from typing import Any

import openpyxl
from openpyxl.comments import Comment

from tests.stories.edition.test_edition_rows import told
from tests.stories.edition.test_new_sections import inserted
from tests.stories.edition.test_office_edition import (
    TOKEN,
    a_master,
    column_of,
    edited,
    page_of,
    row_of,
)
from tests.stories.office import ROOT, Office


def said(document: dict[str, Any]) -> set[tuple[str, str]]:
    return {(one["code"], one["value"]) for one in document["findings"]}


def token_column(page: Any) -> int:
    return next(int(cell.column) for row in page.iter_rows() for cell in row if cell.value == TOKEN)


def test_a_workbook_that_nobody_edited_tells_nothing(every_plan: Office) -> None:
    path = every_plan.folder / str(every_plan.run("master").document["master"])
    assert every_plan.take_ours(path, status=0)["findings"] == []
    ran = every_plan.run("import", "--as-office", ROOT / "workbooks" / f"{every_plan.plan}.xlsx")
    assert (ran.status, ran.document["findings"]) == (0, [])


def test_a_text_below_the_table_is_a_note_and_no_action(walsall: Office) -> None:
    def write(page: Any) -> None:
        page.cell(page.max_row + 3, column_of(page, "action")).value = "Ask the Board."
        page.cell(page.max_row + 1, column_of(page, "action")).value = "And the Chair."

    taken = walsall.take_ours(edited(a_master(walsall), write), status=0)
    assert said(taken) == {("note-outside", "Ask the Board."), ("note-outside", "And the Chair.")}
    assert all(one["cell"] for one in taken["findings"])
    assert walsall.merge().document["revision"] is None


def test_a_text_right_below_the_last_action_is_a_new_one(walsall: Office) -> None:
    path = a_master(walsall)
    page = page_of(openpyxl.load_workbook(path))
    last = max(
        row for row in range(1, page.max_row + 1) if page.cell(row, token_column(page)).value
    )
    path = edited(
        path,
        lambda page: inserted(page, last + 1, {column_of(page, "action"): "Publish a strategy"}),
    )
    assert ("row-new", "Publish a strategy") in said(walsall.take_ours(path, status=0))


def test_texts_beside_comments_columns_and_sheets_are_told(walsall: Office) -> None:
    path = a_master(walsall)
    book = openpyxl.load_workbook(path)
    page = page_of(book)
    row = row_of(page, "1.4")
    page.cell(row, token_column(page) + 2).value = "See the minutes."
    page.cell(row, column_of(page, "rag")).comment = Comment("Why green?", "officer")
    page.cell(page.max_row + 1, 1).comment = Comment("Of nothing.", "officer")
    book.create_sheet("Officer notes")["B2"] = "Call Rose."
    book.save(path.with_name("edited.xlsx"))
    taken = walsall.take_ours(path.with_name("edited.xlsx"), status=0)
    assert said(taken) == {
        ("note-outside", "See the minutes."),
        ("cell-comment", "Why green?"),
        ("cell-comment", "Of nothing."),
        ("sheet-unread", "Officer notes"),
    }
    assert "Call Rose." in told(taken, "sheet-unread")[0]["message"]
    assert {one["ref"] for one in told(taken, "cell-comment")} == {"1.4", None}


def test_a_new_column_is_told_with_what_it_holds(walsall: Office) -> None:
    def add(page: Any) -> None:
        column = token_column(page) + 1
        page.cell(8, column).value = "Risk"
        page.cell(row_of(page, "1.4"), column).value = "High"

    (one,) = walsall.take_ours(edited(a_master(walsall), add), status=0)["findings"]
    assert (one["code"], one["value"]) == ("column-unknown", "Risk")
    assert "High" in one["message"]


def test_a_heading_that_nobody_knows_any_more_is_told(walsall: Office) -> None:
    def rename(page: Any) -> None:
        for row in page.iter_rows():
            for cell in row:
                if str(cell.value or "").strip().casefold() == "evidence":
                    cell.value = "Zzzz"

    taken = walsall.take_ours(edited(a_master(walsall), rename), status=0)
    assert ("column-unknown", "Zzzz") in said(taken)


def test_titles_and_the_offices_further_sheets_are_told_where_they_were_edited(
    walsall: Office,
) -> None:
    path = a_master(walsall)
    book = openpyxl.load_workbook(path)
    page_of(book)["A1"] = "Another title"
    key = book["Key"]
    key.cell(3, 2).value = "Another word"
    key.insert_rows(1)
    book.save(path.with_name("edited.xlsx"))
    taken = walsall.take_ours(path.with_name("edited.xlsx"), status=1)
    assert said(taken) == {("line-changed", "Another title"), ("note-outside", "Another word")}
    assert told(taken, "note-outside")[0]["sheet"] == "Key"


def test_a_requirement_that_the_plan_lacks_is_told(with_or_without_refs: Office) -> None:
    office = with_or_without_refs
    path = a_master(office)
    book = openpyxl.load_workbook(path)
    page = page_of(book)
    heading = "requirement" if office.plan.startswith("leicestershire") else "requirements"
    column = token_column(page)
    codes = {row: str(page.cell(row, column).value or "") for row in range(1, page.max_row + 1)}
    first = next(row for row, code in codes.items() if code and code != TOKEN)
    page.cell(first, column_of(page, heading)).value = "Another requirement"
    book.save(path.with_name("edited.xlsx"))
    taken = office.take_ours(path.with_name("edited.xlsx"), status=1)
    (one,) = told(taken, "requirement-unknown")
    assert one["value"].endswith("Another requirement")
    assert one["cell"]


def test_a_row_of_nobody_that_does_not_say_what_is_to_be_done_is_told(walsall: Office) -> None:
    def add(page: Any) -> None:
        row = row_of(page, "1.4") + 1
        inserted(
            page,
            row,
            {column_of(page, "timescale"): "May 2014", column_of(page, "evidence"): "A report."},
        )

    taken = walsall.take_ours(edited(a_master(walsall), add), status=1)
    assert taken["changes"] == []
    assert any(
        "May 2014" in one["value"] and "A report." in one["value"]
        for one in told(taken, "row-unread")
    )
