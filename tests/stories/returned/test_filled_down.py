"""Answers that were filled down, or pasted from a colleague: no sort, so they stay where they stand
once confirmed.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.stories.office import Office, codes, rows_of

SUE, ANNE = "Sue Butcher", "Anne Thompson"
INPUTS = ("rag", "progress", "due", "due_reason", "evidence", "no_change", "token2")


def filled_down(office: Office) -> Path:
    """The first row's inputs dragged down over the two below, and then each note typed anew."""
    first, second, third = office.refs(SUE)[:3]
    back = office.fill(SUE, {first: {"progress": "First."}})
    book, by_ref = openpyxl.load_workbook(back), {row.ref: row for row in rows_of(back)}
    for ref, said in ((second, "Second."), (third, "Third.")):
        for column in INPUTS:
            if column in by_ref[ref].cells and column != "rag":
                source = book["Update"][by_ref[first].cells[column].name]
                book["Update"][by_ref[ref].cells[column].name].value = source.value
        book["Update"][by_ref[ref].cells["progress"].name].value = said
    book.save(back)
    return back


def pasted(office: Office) -> tuple[str, Path]:
    """The inputs of a colleague's row, pasted over one's own."""
    (theirs,) = office.refs(ANNE)[:1]
    ref = office.refs(SUE)[0]
    other = office.fill(ANNE, {theirs: {"progress": "Pasted."}})
    back = office.fill(SUE, {})
    book, source = openpyxl.load_workbook(back), openpyxl.load_workbook(other)
    target, origin = ({row.ref: row for row in rows_of(path)} for path in (back, other))
    for column in ("progress", "token2"):
        said = source["Update"][origin[theirs].cells[column].name].value
        book["Update"][target[ref].cells[column].name].value = said
    book.save(back)
    return ref, back


def test_answers_filled_down_are_asked_about_once_and_stay_on_their_rows(walsall: Office) -> None:
    walsall.export()
    first, second, third = walsall.refs(SUE)[:3]
    taken = walsall.take(filled_down(walsall), status=1)
    assert [(one["ref"], one["new"]) for one in taken["changes"]] == [(first, "First.")]
    (question,) = taken["questions"]
    assert [(one["on"], one["to"]) for one in question["candidates"]] == [
        (second, second),
        (third, third),
    ]
    (file,) = taken["files"]
    assert (file["rows"]["held"], file["rows"]["changed"]) == (2, 1)
    walsall.run("decide", question["id"], "--accept")
    merged = walsall.merge().document
    assert [(one["ref"], one["new"]) for one in merged["changes"]] == [
        (first, "First."),
        (second, "Second."),
        (third, "Third."),
    ]
    assert merged["open_questions"] == 0


def test_a_colleagues_answers_pasted_in_are_asked_about(walsall: Office) -> None:
    walsall.export()
    ref, back = pasted(walsall)
    taken = walsall.take(back, status=1)
    assert "row-code-lost" in codes(taken)
    (question,) = taken["questions"]
    assert [(one["to"], one["values"]) for one in question["candidates"]] == [
        (ref, {"progress": "Pasted."})
    ]
    assert taken["files"][0]["rows"]["held"] == 1
