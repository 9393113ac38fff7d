"""Rows that are not taken in: what was typed in them is told, goes back to its lead, and is no nil
return.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.office import ROUND, Office, codes, rows_of

SUE, ROSE = "Sue Butcher", "Rose Collinson"


def lose(path: Path, *columns: str) -> None:
    """Delete whole columns of the returned table, as somebody does who tidies up what they do not
    know.
    """
    book = openpyxl.load_workbook(path)
    first = rows_of(path)[0]
    places = [book[first.sheet][first.cells[name].name].column for name in columns]
    for place in sorted(places, reverse=True):
        book[first.sheet].delete_cols(place)
    book.save(path)


def renumber(path: Path, ref: str, new: str) -> None:
    """Replace a ref, as find-and-replace does."""
    book = openpyxl.load_workbook(path)
    row = next(one for one in rows_of(path) if one.ref == ref)
    book[row.sheet][row.cells["ref"].name].value = new
    book.save(path)


def refused_values(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {
        (one["ref"], one["field"], one["value"])
        for one in document["findings"]
        if one["code"] == "answer-refused"
    }


def standing(office: Office, lead: str) -> dict[str, Any]:
    return next(one for one in office.run("status").document["leads"] if one["lead"] == lead)


def test_a_row_without_its_code_is_known_by_the_copy_among_the_inputs(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R"}, "2.12": {"progress": "It is booked."}})
    lose(back, "token")
    taken = walsall.take(back)
    assert {(one["ref"], one["field"], one["new"]) for one in taken["changes"]} == {
        ("2.13", "rag", "R"),
        ("2.12", "progress", "It is booked."),
    }
    assert taken["files"][0]["rows"]["refused"] == 0


def test_the_copy_alone_does_not_outvote_the_ref(walsall: Office) -> None:
    """A row pasted below, with the hidden copy of another in it."""
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"progress": "Whose is this?"}})
    renumber(back, "2.13", "2.12")
    lose(back, "token")
    taken = walsall.take(back, status=1)
    assert taken["changes"] == []
    assert refused_values(taken) == {("2.12", "progress", "Whose is this?")}


def test_a_file_whose_every_row_is_refused_is_no_nil_return(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R"}, "2.12": {"progress": "It is booked."}})
    lose(back, "token", "token2")
    taken = walsall.take(back, status=1)
    (file,) = taken["files"]
    assert file["status"] == "refused"
    assert file["lead"] == SUE
    assert file["rows"]["refused"] == file["rows"]["read"] == len(walsall.refs(SUE))
    assert {"nothing-answered", "row-missing"}.isdisjoint(codes(taken))
    assert refused_values(taken) == {("2.13", "rag", "R"), ("2.12", "progress", "It is booked.")}
    assert (standing(walsall, SUE)["status"], standing(walsall, SUE)["nil"]) == ("refused", False)


def test_a_refused_file_comes_in_once_the_officer_says_whose_it_is(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R"}})
    lose(back, "token", "token2")
    walsall.take(back, status=1)
    taken = walsall.run("import", back, "--lead", SUE, "--round", ROUND).document
    assert {(one["ref"], one["field"], one["new"]) for one in taken["changes"]} == {
        ("2.13", "rag", "R")
    }
    assert standing(walsall, SUE)["status"] == "returned"


def wrong_ref(office: Office) -> Path:
    back = office.fill(SUE, {"2.13": {"rag": "R", "progress": "Two posts are filled."}})
    renumber(back, "2.13", "9.99")
    return back


def another_s_row(office: Office) -> Path:
    """A row of a colleague's workbook, answered and pasted below one's own."""
    theirs = office.fill(
        ROSE, {office.refs(ROSE)[0]: {"rag": "R", "progress": "Two posts are filled."}}
    )
    back = office.fill(SUE, {})
    source, target = rows_of(theirs)[0], rows_of(back)[-1]
    book, other = openpyxl.load_workbook(back), openpyxl.load_workbook(theirs)
    for cell in other[source.sheet][source.row]:
        book[target.sheet].cell(target.row + 1, int(cell.column or 0)).value = cell.value
    book.save(back)
    return back


@pytest.mark.parametrize("spoil", [wrong_ref, another_s_row])
def test_what_was_typed_in_a_refused_row_is_told(
    walsall: Office, spoil: Callable[[Office], Path]
) -> None:
    walsall.export()
    taken = walsall.take(spoil(walsall), status=1)
    assert {(field, value) for _, field, value in refused_values(taken)} == {
        ("rag", "R"),
        ("progress", "Two posts are filled."),
    }
    (file,) = taken["files"]
    assert (file["status"], file["rows"]["refused"]) == ("refused", 1)
    assert "row-missing" not in codes(taken)


def test_the_query_workbook_shows_what_was_typed_in_a_refused_row_beside_it(
    walsall: Office,
) -> None:
    """It is put into no cell: sent back unread, it would be an answer on an action that nobody has
    named.
    """
    walsall.export()
    taken = walsall.take(wrong_ref(walsall), status=1)
    (query,) = taken["queries"]
    path = walsall.folder / query["path"]
    row = next(one for one in rows_of(path) if one.ref == "2.13")
    assert "'R' was typed in a row that was refused" in row.cells["problem"].as_text
    assert (
        "'Two posts are filled.' was typed in a row that was refused"
        in row.cells["problem"].as_text
    )
    assert (
        "Two posts"
        in openpyxl.load_workbook(path)[row.sheet][row.cells["progress"].name].comment.text
    )
    again = walsall.take(path, status=0)
    assert (again["changes"], again["questions"]) == ([], [])
    assert standing(walsall, SUE)["status"] == "returned"


def test_a_refused_row_holds_up_no_other(walsall: Office) -> None:
    walsall.export()
    back = wrong_ref(walsall)
    book = openpyxl.load_workbook(back)
    row = next(one for one in rows_of(back) if one.ref == "2.12")
    book[row.sheet][row.cells["progress"].name].value = "It is booked."
    book.save(back)
    taken = walsall.take(back, status=1)
    assert taken["files"][0]["status"] == "waiting"
    assert [(one["ref"], one["new"]) for one in taken["changes"]] == [("2.12", "It is booked.")]
    assert len(refused_values(taken)) == 2


def test_no_change_ticked_everywhere_is_a_nil_return_without_a_complaint(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {ref: {"no_change": "x"} for ref in walsall.refs(SUE)})
    taken = walsall.take(back, status=0)
    (told,) = taken["findings"]
    assert told["message"] == (
        f"Nothing to report: 'no change' is ticked on {len(walsall.refs(SUE))} rows. It counts "
        "as received."
    )
    assert standing(walsall, SUE)["nil"] is True


def test_ticks_on_some_rows_say_which_were_not_looked_at(walsall: Office) -> None:
    walsall.export()
    first, *others = walsall.refs(SUE)
    taken = walsall.take(walsall.fill(SUE, {ref: {"no_change": "x"} for ref in others}), status=0)
    told = {one["code"]: one["message"] for one in taken["findings"]}
    assert told["rows-not-looked-at"] == f"1 row was sent back untouched: {first}."
    assert "nothing-answered" in told


def test_a_sheet_that_was_copied_counts_its_rows_once(walsall: Office) -> None:
    walsall.export()
    first, *others = walsall.refs(SUE)
    back = walsall.fill(SUE, {first: {"progress": "Done."}})
    book = openpyxl.load_workbook(back)
    book.copy_worksheet(book["Update"])
    book.save(back)
    (told,) = [one for one in walsall.take(back)["findings"] if one["code"] == "rows-not-looked-at"]
    assert told["message"] == f"{len(others)} rows were sent back untouched: {', '.join(others)}."


def test_what_stands_elsewhere_in_the_file_makes_it_no_nil_return(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {})
    book = openpyxl.load_workbook(back)
    book.create_sheet("My notes")["B2"] = "2.13 is finished."
    book.save(back)
    assert "answers-elsewhere" in codes(walsall.take(back, status=1))
    assert (standing(walsall, SUE)["status"], standing(walsall, SUE)["nil"]) == ("returned", False)


def test_a_ref_that_lost_its_zero_is_said_where_it_was_text(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.10": {"progress": "It is booked."}})
    renumber(back, "2.10", "2.1")
    taken = walsall.take(back)
    assert [(one["ref"], one["new"]) for one in taken["changes"]] == [("2.10", "It is booked.")]
    (told,) = [one for one in taken["findings"] if one["code"] == "ref-shortened"]
    assert (told["ref"], told["value"]) == ("2.10", "2.1")
