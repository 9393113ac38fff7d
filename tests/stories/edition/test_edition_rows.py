"""Rows of the master workbook that came back: known by their code or their own ref, never by where
they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.stories.edition.test_new_sections import inserted, office_of
from tests.stories.edition.test_office_edition import a_master, cleared, column_of, edited, row_of
from tests.stories.office import ROOT, Office, codes

__all__ = ["office_of"]
NEW = "Publish a sufficiency strategy"


def told(document: dict[str, Any], code: str) -> list[dict[str, Any]]:
    return [one for one in document["findings"] if one["code"] == code]


@pytest.mark.parametrize(
    "gone", ["1.12", "1.4"], ids=["the last of its section", "one in the middle"]
)
def test_a_new_row_without_a_ref_is_never_the_action_that_is_missing(
    walsall: Office, gone: str
) -> None:
    """Reading counts on from the refs that are there, and so gives the last one's again."""

    def replace(page: Any) -> None:
        row = row_of(page, gone)
        cleared(page, row)
        page.cell(row, column_of(page, "action")).value = NEW
        page.cell(row, column_of(page, "rag")).value = "R"

    taken = walsall.take_ours(edited(a_master(walsall), replace), status=1)
    assert taken["changes"] == []
    (question,) = taken["questions"]
    assert (question["ref"], question["field"], question["reason"]) == (
        gone,
        "status",
        "needs-approval",
    )
    (new,) = told(taken, "row-new")
    assert (new["value"], new["severity"]) == (NEW, "notice")
    assert new["cell"]
    (made,) = walsall.merge().document["new_actions"]
    assert made["ref"] == "1.13"
    assert walsall.run("log", gone, "action").document["history"][-1]["new"] != NEW


def test_a_new_row_with_a_ref_that_was_used_gets_another_and_says_so(walsall: Office) -> None:
    def add(page: Any) -> None:
        row = row_of(page, "1.4") + 1
        inserted(
            page, row, {1: "1.4", column_of(page, "action"): NEW, column_of(page, "rag"): "Purple"}
        )

    taken = walsall.take_ours(edited(a_master(walsall), add), status=1)
    assert {("ref-used", "1.4"), ("rag-unknown", "Purple"), ("row-new", NEW)} <= {
        (one["code"], one["value"]) for one in taken["findings"]
    }
    (made,) = walsall.merge().document["new_actions"]
    assert made["ref"] == "1.13"


def test_an_edition_without_codes_and_refs_is_known_by_what_its_rows_say(
    office_of: Callable[[str], Office],
) -> None:
    """Leicestershire publishes no refs; a row put in counts all the given ones on."""
    office = office_of("leicestershire-2017")
    path = office.folder / "edition.xlsx"
    book = openpyxl.load_workbook(ROOT / "workbooks" / "leicestershire-2017.xlsx")
    page = book.worksheets[0]
    column = column_of(page, "early actions")
    first = (
        next(cell.row for cell in page[get_column_letter(column)] if cell.value == "Early Actions")
        + 1
    )
    inserted(page, first, {column: NEW})
    book.save(path)
    ran = office.run("import", "--as-office", path)
    assert [one["field"] for one in ran.document["changes"] if one["field"] != "order"] == []
    assert ran.document["questions"] == []
    assert [one["value"] for one in told(ran.document, "row-new")] == [NEW]


@pytest.mark.parametrize("plan", ["walsall-2012", "kent-2010"])
def test_a_row_whose_text_was_emptied_is_still_that_action(
    office_of: Callable[[str], Office], plan: str
) -> None:
    office = office_of(plan)
    ref, note = {
        "walsall-2012": ("1.4", "review note for this period"),
        "kent-2010": ("A1.5", "notes"),
    }[plan]

    def empty(page: Any) -> None:
        row = row_of(page, ref)
        heading = column_of(page, "action") if plan == "walsall-2012" else None
        texts = [cell for cell in page[row] if str(cell.value or "").startswith(f"{ref} ")]
        (page.cell(row, heading) if heading else texts[0]).value = None
        page.cell(row, column_of(page, note)).value = "Of the office."

    taken = office.take_ours(edited(a_master(office), empty), status=1)
    assert [(ref, "Of the office.")] == [(one["ref"], one["new"]) for one in taken["changes"]]
    (question,) = taken["questions"]
    assert (question["ref"], question["field"], question["reason"]) == (ref, "action", "cleared")
    assert "row-left-out" not in codes(taken)
    assert ("ref-emptied" in codes(taken)) is (plan == "kent-2010")


def test_a_row_of_which_only_the_ref_is_left_is_missing(walsall: Office) -> None:
    def wipe(page: Any) -> None:
        row = row_of(page, "1.4")
        for cell in page[row][1:-1]:
            cell.value = None

    taken = walsall.take_ours(edited(a_master(walsall), wipe), status=1)
    (question,) = taken["questions"]
    assert (question["ref"], question["field"]) == ("1.4", "status")


@pytest.mark.parametrize("heading", ["rag", "action", "review note for this period"])
def test_a_formula_without_a_result_is_told_and_clears_nothing(
    walsall: Office, heading: str
) -> None:
    def compute(page: Any) -> None:
        page.cell(row_of(page, "1.5"), column_of(page, heading)).value = "=1+1"

    taken = walsall.take_ours(edited(a_master(walsall), compute), status=1)
    assert taken["changes"] == taken["questions"] == []
    (one,) = told(taken, "cell-formula-empty")
    assert (one["ref"], one["value"]) == ("1.5", "=1+1")
