"""Any two points of a plan's history: the master at each, and the report between them."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.stories.decisions.test_decisions import SUE, fill_line
from tests.stories.edition.test_office_edition import column_of, page_of, row_of
from tests.stories.office import ROOT, Office, codes
from xlplan.rounds.session.when import previous_ratings
from xlplan.store import Store


def two_rounds(office: Office) -> None:
    """2.13 was A; r2, in a first round that is closed, makes it R; r3, on a later day, makes
    it G.
    """
    office.export()
    office.take(
        office.fill(SUE, {"2.13": {"rag": "R", "progress": "Over the caseload."}}), status=0
    )
    office.merge()
    office.run("close")
    office.run("set", "2.13", "rag", "G")


def rating_in(path: Path) -> str:
    page = page_of(openpyxl.load_workbook(path))
    return str(page.cell(row_of(page, "2.13"), column_of(page, "rag")).value)


@pytest.mark.parametrize(
    ("when", "rating"),
    [("init", "A"), ("r2", "R"), ("January", "R"), ("2013-01-12", "R"), ("r3", "G")],
)
def test_the_master_as_of_a_point_shows_what_the_plan_said_then(
    walsall: Office, monkeypatch: pytest.MonkeyPatch, when: str, rating: str
) -> None:
    walsall.export()
    walsall.take(
        walsall.fill(SUE, {"2.13": {"rag": "R", "progress": "Over the caseload."}}), status=0
    )
    walsall.merge()
    walsall.run("close")
    monkeypatch.setenv("XLPLAN_NOW", "2013-02-20T09:00:00")
    walsall.run("set", "2.13", "rag", "G")
    assert walsall.run("master", "--as-of", when, "--out", "then.xlsx").status == 0
    assert rating_in(walsall.folder / "then.xlsx") == rating


@pytest.mark.parametrize(
    ("since", "until", "moved"),
    [
        ("init", "r2", [("A", "R")]),
        ("r2", "r3", [("R", "G")]),
        ("init", "r3", [("A", "G")]),
        ("r3", "r3", []),
    ],
)
def test_the_report_between_two_points(
    walsall: Office, since: str, until: str, moved: list[tuple[str, str]]
) -> None:
    two_rounds(walsall)
    walsall.run("report", "--since", since, "--until", until, "--out", "told.json")
    told = json.loads((walsall.folder / "told.json").read_text(encoding="utf-8"))
    ratings = [
        (one["previous"], one["current"]) for one in told["movements"] if one["ref"] == "2.13"
    ]
    assert ratings == moved


@pytest.mark.parametrize("since", ["initial", "previous"])
def test_the_report_since_a_column_of_the_offices_workbook(walsall: Office, since: str) -> None:
    """A point that the office's workbook has no column for is refused in words."""
    two_rounds(walsall)
    with Store.open(walsall.folder / "plan.db") as store:
        has = since in {one.note.casefold() for one in store.points()}
    ran = walsall.run("report", "--since", since, "--out", "told.json")
    assert ran.status == (0 if has else 2)
    if has:
        told = json.loads((walsall.folder / "told.json").read_text(encoding="utf-8"))
        assert ran.document["since"] == since
        assert told["new"] == told["withdrawn"] == []
    else:
        assert "names no point" in ran.complaint


def test_previous_is_the_end_of_the_round_before(sunderland: Office) -> None:
    """Until a round has ended, it is what the office's own column of that name says."""

    def begins(*more: str) -> str:
        ran = sunderland.run("report", "--since", "previous", "--out", "told.json", *more)
        (sunderland.folder / "told.json").unlink()
        return str(ran.document["since"])

    assert begins() == "previous"
    sunderland.export()
    assert begins() == "previous"
    sunderland.run("set", "1.1", "rag", "LG")
    sunderland.run("close")
    sunderland.export("February Board")
    assert begins() == "January Board"
    assert begins("--until", "February") == "January Board"
    assert begins("--until", "January") == "previous"
    # The column of the master means the same: what was set in January is no movement of February.
    with Store.open(sunderland.folder / "plan.db") as store:
        key = store.snapshot().by_ref("1.1")[0].key
        assert previous_ratings(store)[key] == "LG"


def test_points_the_wrong_way_round_are_refused(walsall: Office) -> None:
    two_rounds(walsall)
    ran = walsall.run("report", "--since", "r3", "--until", "r2")
    assert ran.status == 2
    assert "comes after" in ran.complaint


def test_keep_both_from_the_decisions_workbook(walsall: Office) -> None:
    rose = "Rose Collinson"
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.17": {"progress": "Staff are hired."}}, name="s.xlsx"))
    walsall.take(walsall.fill(rose, {"2.17": {"progress": "Rooms are let."}}, name="r.xlsx"))
    path = walsall.folder / "decisions.xlsx"
    (question,) = walsall.run("decisions", "--out", path).document["questions"]
    fill_line(path, "Decisions", question["id"], choice="Keep both")
    assert codes(walsall.run("decide", path).document) == []
    (change,) = walsall.merge().document["changes"]
    assert "Staff are hired." in change["new"]
    assert "Rooms are let." in change["new"]


def test_an_edited_edition_lands_by_ref_with_its_history(walsall: Office) -> None:
    path = walsall.folder / "edition.xlsx"
    book = openpyxl.load_workbook(ROOT / "workbooks" / "walsall-2012.xlsx")
    page, row = next(
        (page, int(cell.row or 0))
        for page in book
        for (cell, *_) in page.iter_rows()
        if str(cell.value) == "2.13"
    )
    page.cell(row, 3).value = f"{page.cell(row, 3).value} and publish it"
    page.cell(row, 5).value = "Rose Collinson"
    book.save(path)
    walsall.run("import", "--as-office", path)
    changes = walsall.merge().document["changes"]
    assert {(one["ref"], one["field"]) for one in changes} == {
        ("2.13", "action"),
        ("2.13", "leads"),
    }
    for field, end in (("action", "and publish it"), ("leads", "Rose Collinson")):
        step = walsall.run("log", "2.13", field).document["history"][-1]
        assert step["new"].endswith(end)
        assert step["sources"][0]["file"].endswith("edition.xlsx")


def test_a_late_return_between_two_rounds_is_in_the_report_of_the_next(walsall: Office) -> None:
    walsall.export()
    late = walsall.fill(SUE, {"2.13": {"rag": "R", "progress": "Late but here."}}, name="late.xlsx")
    walsall.run("set", "2.13", "rag", "G")
    walsall.run("close")
    (question,) = walsall.take(late, status=1)["questions"]
    assert (question["base"], question["master"]) == ("A", "G")
    walsall.run("decide", question["id"], "--take", SUE)
    walsall.merge()
    walsall.export("February Board")
    for until, moved in (("January", [("A", "G")]), ("February", [("G", "R")])):
        (walsall.folder / "told.json").unlink(missing_ok=True)
        walsall.run("report", "--until", until, "--out", "told.json")
        told = json.loads((walsall.folder / "told.json").read_text(encoding="utf-8"))
        assert [
            (one["previous"], one["current"]) for one in told["movements"] if one["ref"] == "2.13"
        ] == moved
