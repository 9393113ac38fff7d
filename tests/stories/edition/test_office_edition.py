"""The office edits too: the master workbook that comes back is its return."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.office import Office, codes
from xlplan.workbook.kit.marks import KEY_PREFIX

TOKEN = f"{KEY_PREFIX}token"
SUE = "Sue Butcher"


def a_master(office: Office) -> Path:
    """The master workbook of the open round."""
    office.export()
    return office.folder / office.run("master").document["master"]


def edited(path: Path, edit: Callable[[Any], None], name: str = "edited.xlsx") -> Path:
    """The workbook after somebody edited its first sheet of actions."""
    book = openpyxl.load_workbook(path)
    edit(page_of(book))
    book.save(path.with_name(name))
    return path.with_name(name)


def page_of(book: Any) -> Any:
    return next(
        page
        for page in book
        if any(cell.value == TOKEN for row in page.iter_rows() for cell in row)
    )


def row_of(page: Any, ref: str) -> int:
    """The row that opens with a ref: in a column of its own, or in front of the action's text."""
    return next(
        cell.row
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
        and (str(cell.value) == ref or str(cell.value).startswith(f"{ref} "))
        if token_of(page, cell.row)
    )


def cleared(page: Any, row: int) -> None:
    for cell in page[row]:
        cell.value = None


def token_of(page: Any, row: int) -> str:
    column = next(cell.column for line in page.iter_rows() for cell in line if cell.value == TOKEN)
    return page.cell(row, column).value or ""


def column_of(page: Any, heading: str) -> int:
    return next(
        cell.column
        for row in page.iter_rows()
        for cell in row
        if str(cell.value or "").strip().casefold() == heading
    )


def changes_of(document: dict[str, Any]) -> set[tuple[str, str, Any]]:
    return {(one["ref"], one["field"], one["new"]) for one in document["changes"]}


def test_the_master_imported_unedited_changes_nothing(office: Office) -> None:
    path = a_master(office)
    taken = office.take_ours(path, status=0)
    assert [(file["status"], file["lead"] is not None) for file in taken["files"]] == [
        ("unchanged", True)
    ]
    assert taken["changes"] == taken["questions"] == taken["proposed"] == []
    assert office.merge().document["revision"] is None


def test_the_master_unedited_changes_nothing_after_a_lead_has_answered(walsall: Office) -> None:
    path = a_master(walsall)
    walsall.take(
        walsall.fill(SUE, {"2.13": {"rag": "R", "progress": "Over the caseload."}}), status=0
    )
    walsall.merge()
    taken = walsall.take_ours(path, status=0)
    assert taken["changes"] == taken["questions"] == []
    assert walsall.merge().document["revision"] is None
    assert walsall.run("log", "2.13", "rag").document["history"][-1]["new"] == "R"


def test_an_edited_cell_is_the_offices_change_with_its_cell(walsall: Office) -> None:
    path = a_master(walsall)

    def edit(page: Any) -> None:
        page.cell(row_of(page, "2.13"), column_of(page, "rag")).value = "G"

    taken = walsall.take_ours(edited(path, edit), status=0)
    assert changes_of(taken) == {("2.13", "rag", "G")}
    (source,) = taken["changes"][0]["sources"]
    assert source["file"].endswith("edited.xlsx")
    assert source["cell"]
    assert walsall.merge().document["revision"] == 2


def test_the_office_and_a_lead_who_differ_are_asked_about(walsall: Office) -> None:
    path = a_master(walsall)

    def edit(page: Any) -> None:
        page.cell(row_of(page, "2.13"), column_of(page, "rag")).value = "G"

    walsall.take(
        walsall.fill(SUE, {"2.13": {"rag": "R", "progress": "Over the caseload."}}), status=0
    )
    taken = walsall.take_ours(edited(path, edit), status=1)
    (question,) = taken["questions"]
    assert (question["ref"], question["field"], question["master"]) == ("2.13", "rag", "A")
    assert {one["value"] for one in question["candidates"]} == {"G", "R"}


def test_a_row_left_out_is_asked_about(walsall: Office) -> None:
    path = a_master(walsall)
    taken = walsall.take_ours(
        edited(path, lambda page: cleared(page, row_of(page, "2.13"))), status=1
    )
    assert "row-left-out" in codes(taken)
    (question,) = taken["questions"]
    assert (question["ref"], question["field"], question["reason"]) == (
        "2.13",
        "status",
        "needs-approval",
    )
    walsall.merge()
    assert "2.13" in everything(walsall)
    walsall.run("decide", question["id"], "--accept")
    walsall.merge()
    assert "2.13" not in everything(walsall)


def test_a_changed_ref_renumbers(walsall: Office) -> None:
    path = a_master(walsall)

    def edit(page: Any) -> None:
        for cell in page[row_of(page, "2.13")]:
            if str(cell.value or "").startswith("2.13"):
                cell.value = str(cell.value).replace("2.13", "2.99", 1)

    taken = walsall.take_ours(edited(path, edit))
    assert {(one["field"], one["old"], one["new"]) for one in taken["changes"]} == {
        ("ref", "2.13", "2.99")
    }
    walsall.merge()
    assert "2.99" in everything(walsall)
    assert "2.13" not in everything(walsall)


def test_a_ref_that_was_ever_used_is_refused(walsall: Office) -> None:
    path = a_master(walsall)

    def edit(page: Any) -> None:
        for cell in page[row_of(page, "2.13")]:
            if str(cell.value or "").startswith("2.13"):
                cell.value = str(cell.value).replace("2.13", "2.6", 1)

    taken = walsall.take_ours(edited(path, edit))
    assert "ref-used" in codes(taken)
    assert taken["changes"] == []


def test_a_moved_row_moves(walsall: Office) -> None:
    path = a_master(walsall)
    before = everything(walsall)
    place = before.index("2.13")

    def swap(page: Any) -> None:
        one, other = row_of(page, "2.13"), row_of(page, "2.14")
        for left, right in zip(page[one], page[other], strict=True):
            left.value, right.value = right.value, left.value

    taken = walsall.take_ours(edited(path, swap), status=0)
    (change,) = taken["changes"]
    assert change["field"] == "order"
    walsall.merge()
    after = everything(walsall)
    assert after[place : place + 2] == ["2.14", "2.13"]
    assert sorted(after) == sorted(before)


def test_a_row_moved_to_another_section_comes_under_its_requirement(walsall: Office) -> None:
    path = a_master(walsall)

    def swap(page: Any) -> None:
        one, other = row_of(page, "1.4"), row_of(page, "3.2")
        for left, right in zip(page[one], page[other], strict=True):
            left.value, right.value = right.value, left.value

    moved = {
        (one["ref"], one["field"]): one for one in walsall.take_ours(edited(path, swap))["changes"]
    }
    assert (moved["1.4", "section"]["new"], moved["3.2", "section"]["new"]) == ("3", "1")
    under = {one["ref"]: one["new"] for (_, name), one in moved.items() if name == "requirement"}
    assert under == {
        ref: moved[other, "requirement"]["old"] for ref, other in (("1.4", "3.2"), ("3.2", "1.4"))
    }


def test_a_new_row_is_a_new_action_where_it_stands(walsall: Office) -> None:
    path = a_master(walsall)
    before = everything(walsall)

    def overwrite(page: Any) -> None:
        row = row_of(page, "2.13")
        cleared(page, row)
        page.cell(row, column_of(page, "action")).value = "Publish a sufficiency strategy"

    walsall.take_ours(edited(path, overwrite), status=1)
    (new,) = walsall.merge().document["new_actions"]
    after = everything(walsall)
    place = before.index("2.13")
    assert after[place - 1 : place + 3] == ["2.12", new["ref"], "2.13", "2.14"]
    (step,) = walsall.run("log", new["ref"], "action").document["history"]
    assert step["new"] == "Publish a sufficiency strategy"
    assert step["sources"][0]["file"].endswith("edited.xlsx")


def test_a_renamed_section_is_renamed(walsall: Office) -> None:
    path = a_master(walsall)

    def rename(page: Any) -> None:
        line = next(
            cell
            for row in page.iter_rows()
            for cell in row
            if str(cell.value or "").startswith("THEME")
        )
        line.value = f"{line.value} renewed"

    taken = walsall.take_ours(edited(path, rename), status=0)
    (change,) = taken["changes"]
    assert change["field"] == "name"
    assert change["new"].endswith(" renewed")
    walsall.merge()
    again = openpyxl.load_workbook(walsall.folder / walsall.run("master").document["master"])
    assert any(
        str(cell.value or "").endswith(" renewed")
        for row in page_of(again).iter_rows()
        for cell in row
    )


def test_a_new_edition_without_tokens_is_matched_by_ref(office: Office) -> None:
    from tests.stories.office import ROOT

    taken = office.run("import", "--as-office", ROOT / "workbooks" / f"{office.plan}.xlsx").document
    assert taken["changes"] == taken["questions"] == taken["proposed"] == []
    assert [file["status"] for file in taken["files"]] == ["unchanged"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_master_and_a_return_in_any_order_give_one_plan(
    walsall: Office, order: tuple[int, int]
) -> None:
    path = a_master(walsall)

    def edit(page: Any) -> None:
        page.cell(row_of(page, "2.13"), column_of(page, "rag")).value = "G"

    ours, theirs = edited(path, edit), walsall.fill(SUE, {"2.13": {"progress": "Fewer cases."}})
    takes = [lambda: walsall.take_ours(ours, status=0), lambda: walsall.take(theirs, status=0)]
    for place in order:
        takes[place]()
    assert changes_of(walsall.merge().document) == {
        ("2.13", "rag", "G"),
        ("2.13", "progress", "Fewer cases."),
    }


def test_a_lead_nobody_knows_and_a_date_that_is_none_are_said(walsall: Office) -> None:
    def mistype(page: Any) -> None:
        page.cell(row_of(page, "1.4"), column_of(page, "lead person(s)")).value = "Rose Colinson"
        page.cell(row_of(page, "1.5"), column_of(page, "timescale")).value = "31 June 2014"

    taken = walsall.take_ours(edited(a_master(walsall), mistype), status=1)
    said = {(one["ref"], one["field"], one["code"]) for one in taken["findings"]}
    assert {("1.4", "leads", "lead-unresolved"), ("1.5", "due", "date-impossible")} <= said
    assert len(taken["findings"]) == 2


def everything(office: Office) -> list[str]:
    """Refs of the plan's actions in their order."""
    from xlplan.store import Store

    with Store.open(office.folder / "plan.db") as store:
        return [action.text("ref") for action in store.snapshot().actions]
