"""A row that was copied down in the office's own workbook: equal rows count once, different ones
are asked about.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.edition.test_edition_rows import told
from tests.stories.edition.test_new_sections import inserted, office_of
from tests.stories.edition.test_office_edition import (
    TOKEN,
    a_master,
    column_of,
    edited,
    everything,
    row_of,
    token_of,
)
from tests.stories.office import ROOT, Office, codes

__all__ = ["office_of"]
REF = "2.13"
NOTE = "review note for this period"


def copied(page: Any, row: int, *, but: dict[str, str] | None = None, code: bool = True) -> None:
    """A row copied below itself, `but` with other texts by heading; `code`: the hidden column was
    copied too.
    """
    tokens = next(
        (cell.column for line in page.iter_rows() for cell in line if cell.value == TOKEN), 0
    )
    texts = {cell.column: cell.value for cell in page[row] if code or cell.column != tokens}
    inserted(
        page,
        row + 1,
        texts | {column_of(page, heading): text for heading, text in (but or {}).items()},
    )


def asked(document: dict[str, Any]) -> dict[str, set[str | None]]:
    """What the questions about rows that came several times offer, by field."""
    return {
        one["field"]: {each["value"] for each in one["candidates"]}
        for one in document["questions"]
        if (one["ref"], one["reason"]) == (REF, "repeated-row")
    }


def a_copy(office: Office, *, code: bool = True, **but: str) -> Path:
    texts = {heading.replace("_", " "): text for heading, text in but.items()}
    return edited(
        a_master(office), lambda page: copied(page, row_of(page, REF), but=texts, code=code)
    )


@pytest.mark.parametrize("code", [True, False], ids=["with its code", "without its code"])
def test_an_equal_row_counts_once(walsall: Office, code: bool) -> None:
    taken = walsall.take_ours(a_copy(walsall, code=code), status=0)
    (file,) = taken["files"]
    assert (file["status"], file["rows"]["repeated"], codes(taken)) == (
        "unchanged",
        1,
        ["row-repeated"],
    )
    assert walsall.merge().document["revision"] is None


@pytest.mark.parametrize("code", [True, False], ids=["with its code", "without its code"])
def test_whatever_differs_in_a_copied_row_is_asked_about(walsall: Office, code: bool) -> None:
    path = a_copy(walsall, code=code, rag="R", evidence="The minutes.", timescale="31 Oct 2013")
    before = everything(walsall)
    taken = walsall.take_ours(path, status=1)
    assert codes(taken) == ["row-repeated-differs"]
    assert {name: values - {None} for name, values in asked(taken).items()} == {
        "rag": {"A", "R"},
        "evidence": {"The minutes."},
        "due": asked(taken)["due"],
    }
    assert "31 Oct 2013" in asked(taken)["due"]
    assert all(len(values) == 2 for values in asked(taken).values())
    walsall.run(
        "decide",
        next(one["id"] for one in taken["questions"] if one["field"] == "evidence"),
        "--accept",
    )
    assert everything(walsall) == before


def test_a_note_of_a_copied_row_is_asked_about_beside_the_one_that_stood_there(
    walsall: Office,
) -> None:
    note: dict[str, Any] = {NOTE.replace(" ", "_"): "Of the copy."}
    taken = walsall.take_ours(a_copy(walsall, **note), status=1)
    assert "Of the copy." in {value for values in asked(taken).values() for value in values}


def test_what_both_rows_say_is_taken_and_the_rest_is_asked_about(walsall: Office) -> None:
    def edit(page: Any) -> None:
        row = row_of(page, REF)
        page.cell(row, column_of(page, "rag")).value = "G"
        copied(page, row, but={"evidence": "The minutes."})

    taken = walsall.take_ours(edited(a_master(walsall), edit), status=1)
    assert [(one["ref"], one["field"], one["new"]) for one in taken["changes"]] == [
        (REF, "rag", "G")
    ]
    assert asked(taken).keys() == {"evidence"}


def test_a_copy_in_another_section_asks_where_the_action_belongs(walsall: Office) -> None:
    def edit(page: Any) -> None:
        texts = {cell.column: cell.value for cell in page[row_of(page, REF)]}
        inserted(page, row_of(page, "1.4") + 1, texts)

    taken = walsall.take_ours(edited(a_master(walsall), edit), status=1)
    assert asked(taken)["section"] == {"1", "2"}
    assert taken["changes"] == []


def test_rows_that_were_reworded_alike_are_one_action(walsall: Office) -> None:
    def edit(page: Any) -> None:
        row = row_of(page, REF)
        page.cell(row, column_of(page, "action")).value = "Reworded."
        copied(page, row)

    taken = walsall.take_ours(edited(a_master(walsall), edit), status=0)
    assert [(one["ref"], one["field"], one["new"]) for one in taken["changes"]] == [
        (REF, "action", "Reworded.")
    ]
    assert codes(taken) == ["row-repeated"]


def test_a_copy_of_a_row_whose_words_changed_meanwhile_is_no_new_action(walsall: Office) -> None:
    path = a_copy(walsall)
    walsall.run("set", REF, "action", "Reworded by the board.")
    taken = walsall.take_ours(path, status=0)
    assert codes(taken) == ["row-repeated"]
    assert taken["changes"] == []


def test_a_wrong_rating_in_both_rows_is_told_once_and_another_is_told_too(walsall: Office) -> None:
    def edit(page: Any) -> None:
        row = row_of(page, REF)
        page.cell(row, column_of(page, "rag")).value = "Purple"
        copied(page, row)
        copied(page, row, but={"rag": "Blue-ish"})

    taken = walsall.take_ours(edited(a_master(walsall), edit), status=1)
    assert sorted(one["value"] for one in told(taken, "rag-unknown")) == ["Blue-ish", "Purple"]


def test_in_an_edition_without_codes_too(walsall: Office) -> None:
    book = openpyxl.load_workbook(ROOT / "workbooks" / "walsall-2012.xlsx")
    page = book.worksheets[0]
    row = next(
        int(cell.row or 0)
        for line in page.iter_rows()
        for cell in line
        if str(cell.value or "") == REF
    )
    copied(page, row, but={"timescale": "31 Oct 2013"})
    path = walsall.folder / "edition.xlsx"
    book.save(path)
    ran = walsall.run("import", "--as-office", path)
    assert ran.status == 1
    assert "31 Oct 2013" in asked(ran.document)["due"]
    assert codes(ran.document) == ["row-repeated-differs"]


def test_in_a_plan_without_refs_a_copied_row_is_no_new_action(
    office_of: Callable[[str], Office],
) -> None:
    office = office_of("leicestershire-2017")

    def edit(page: Any) -> None:
        row = next(row for row in range(1, page.max_row) if token_of(page, row).startswith("t"))
        copied(page, row)

    taken = office.take_ours(edited(a_master(office), edit))
    assert codes(taken) == ["row-repeated"]
    assert [one for one in taken["changes"] if one["field"] != "order"] == []


def test_a_row_over_which_the_code_below_was_filled_is_still_that_action(walsall: Office) -> None:
    def edit(page: Any) -> None:
        row, column = row_of(page, REF), column_of(page, TOKEN)
        page.cell(row, column).value = page.cell(row + 1, column).value
        page.cell(row, column_of(page, "evidence")).value = "The minutes."

    taken = walsall.take_ours(edited(a_master(walsall), edit), status=0)
    assert [(one["ref"], one["field"], one["new"]) for one in taken["changes"]] == [
        (REF, "evidence", "The minutes.")
    ]
    assert taken["questions"] == []
