"""More notes beside a table than anybody lists: those that are not told one by one are counted."""

from __future__ import annotations

from typing import Any

import openpyxl

from tests.stories.edition.test_edition_rows import told
from tests.stories.edition.test_office_edition import a_master
from tests.stories.office import Office

SUE = "Sue Butcher"


def full_of_notes(page: Any, column: int, start: int) -> None:
    for number in range(250):
        page.cell(start + number, column).value = f"Thought {number}"


def each_is_told_or_counted(taken: dict[str, Any], sheet: str) -> None:
    """Of the sheet's 250 notes; the line that counts stands at the first that is not listed."""
    listed = [one for one in told(taken, "note-outside") if one["sheet"] == sheet]
    (rest,) = told(taken, "notes-unlisted")
    assert len(listed) == 200
    assert rest["message"].startswith("50 more texts")
    assert rest["cell"] not in {one["cell"] for one in listed}


def test_of_a_lead(walsall: Office) -> None:
    walsall.export()
    book = openpyxl.load_workbook(walsall.sent[SUE])
    full_of_notes(book["Update"], 25, 60)
    full_of_notes(book.create_sheet("My notes"), 1, 1)
    path = walsall.folder / "back.xlsx"
    book.save(path)
    taken = walsall.take(path)
    each_is_told_or_counted(taken, "Update")
    (sheet,) = told(taken, "sheet-unread")
    assert "Thought 199; and 50 more, which are not listed here." in sheet["message"]


def test_of_the_office(walsall: Office) -> None:
    path = a_master(walsall)
    book = openpyxl.load_workbook(path)
    full_of_notes(book["Key"], 9, 1)
    full_of_notes(book.create_sheet("My notes"), 1, 1)
    book.save(path.with_name("edited.xlsx"))
    taken = walsall.take_ours(path.with_name("edited.xlsx"))
    each_is_told_or_counted(taken, "Key")
    (sheet,) = told(taken, "sheet-unread")
    assert "Thought 199; and 50 more, which are not listed here." in sheet["message"]
