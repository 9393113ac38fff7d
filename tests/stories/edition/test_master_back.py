"""Which state of the plan a workbook of the office's is compared with: the one that it shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from tests.stories.edition.test_office_edition import (
    changes_of,
    column_of,
    edited,
    page_of,
    row_of,
    token_of,
)
from tests.stories.office import ROOT, Office, codes


def master(office: Office, *more: str) -> Path:
    return office.folder / str(office.run("master", *more).document["master"])


def rated(rating: str) -> Callable[[Any], None]:
    def edit(page: Any) -> None:
        page.cell(row_of(page, "2.13"), column_of(page, "rag")).value = rating

    return edit


def test_a_master_written_before_the_first_round_knows_its_rows(office: Office) -> None:
    path = master(office)
    page = page_of(openpyxl.load_workbook(path))
    assert any(token_of(page, row) for row in range(1, page.max_row + 1))
    assert [one["status"] for one in office.take_ours(path, status=0)["files"]] == ["unchanged"]


def test_a_cell_put_back_before_the_first_round_is_the_offices_change(walsall: Office) -> None:
    walsall.run("set", "2.13", "rag", "G")
    taken = walsall.take_ours(edited(master(walsall), rated("A")), status=0)
    assert changes_of(taken) == {("2.13", "rag", "A")}
    walsall.merge()
    assert walsall.run("log", "2.13", "rag").document["history"][-1]["new"] == "A"


def test_what_an_older_master_left_alone_undoes_nothing(walsall: Office) -> None:
    path = master(walsall)
    walsall.run("set", "2.13", "rag", "G")
    taken = walsall.take_ours(path, status=0)
    assert taken["changes"] == taken["questions"] == []


def test_a_master_as_of_a_point_is_compared_with_that_point(walsall: Office) -> None:
    walsall.run("set", "2.13", "rag", "G")
    walsall.run("set", "2.14", "rag", "R")
    path = master(walsall, "--as-of", "init", "--out", "then.xlsx")
    taken = walsall.take_ours(path, status=0)
    assert taken["changes"] == taken["questions"] == []
    taken = walsall.take_ours(edited(path, rated("R")), status=1)
    (question,) = taken["questions"]
    assert (question["reason"], question["base"], question["master"]) == ("both-moved", "A", "G")


def test_a_row_pasted_from_an_older_master_is_compared_with_what_it_showed(walsall: Office) -> None:
    older = openpyxl.load_workbook(master(walsall))
    walsall.run("set", "2.13", "rag", "G")
    newer = master(walsall)

    def paste(page: Any) -> None:
        theirs = page_of(older)
        for cell in theirs[row_of(theirs, "2.13")]:
            page.cell(row_of(page, "2.13"), cell.column).value = cell.value

    taken = walsall.take_ours(edited(newer, paste), status=0)
    assert taken["changes"] == taken["questions"] == []


def test_an_edition_that_says_what_the_plan_said_at_init_is_told(walsall: Office) -> None:
    """The office's own workbook has no codes: whether a cell was put back, or never heard of,
    nobody can tell.
    """
    walsall.run("set", "2.13", "rag", "G")
    walsall.run("reassign", "2.14", "--to", "Rose Collinson")
    ran = walsall.run("import", "--as-office", ROOT / "workbooks" / "walsall-2012.xlsx")
    assert (ran.status, ran.document["changes"], ran.document["questions"]) == (1, [], [])
    told = [one for one in ran.document["findings"] if one["code"] == "edition-behind"]
    assert {(one["ref"], one["field"], one["value"]) for one in told} == {
        ("2.13", "rag", "A"),
        ("2.14", "leads", told[-1]["value"]),
    }
    assert all(one["cell"] for one in told)
    walsall.merge()
    assert walsall.run("log", "2.13", "rag").document["history"][-1]["new"] == "G"


def test_an_edition_of_a_plan_that_has_not_moved_tells_nothing(office: Office) -> None:
    ran = office.run("import", "--as-office", ROOT / "workbooks" / f"{office.plan}.xlsx")
    assert "edition-behind" not in codes(ran.document)
