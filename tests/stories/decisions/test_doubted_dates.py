"""Dates that do not fit the plan: what a lead types is asked about, what the plan began with is a
list to confirm, and neither feeds a figure until somebody has said what it is to be.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.decisions.test_decisions import SUE, fill_line
from tests.stories.office import PLAN, Office, rows_of
from xlplan.cli.options import session
from xlplan.rounds.frames import plan_frame

WHY = "The landlord is late."
OPENED = ["3.1", "3.2", "3.5"]
"""Walsall prints two dates of the year before, and 31 June 2013."""


def typed(office: Office, due: str, ref: str = "2.13") -> dict[str, Any]:
    """A lead types a new due date with its reason; the question about it."""
    office.export()
    back = office.fill(SUE, {ref: {"due": due, "due_reason": WHY, "progress": "On it."}})
    (question,) = office.take(back, status=1)["questions"]
    return dict(question)


def held(office: Office, ref: str, field: str) -> str:
    """What the plan holds now."""
    history = office.run("log", ref, field).document["history"]
    return str(history[-1]["new"] if history else "")


def due_day(office: Office, ref: str) -> str:
    """The day that figures count."""
    frame = plan_frame(session(PLAN))
    return str(frame.loc[frame["ref"] == ref, "due"].iloc[0])[:10]


def test_a_day_that_does_not_exist_waits_with_its_reason_and_the_old_date_stands(
    walsall: Office,
) -> None:
    before = held(walsall, "2.13", "due")
    question = typed(walsall, "31 June 2013")
    assert (question["id"][0], question["reason"], question["field"]) == ("D", "doubted", "due")
    assert (question["master"], question["candidates"][0]["value"]) == (before, "31 June 2013")
    for word in ("does not exist", "30 June 2013", WHY):
        assert word in question["note"]
    merged = walsall.merge()
    assert (merged.status, merged.document["open_questions"]) == (1, 1)
    assert {change["field"] for change in merged.document["changes"]} == {"progress"}
    assert (held(walsall, "2.13", "due"), held(walsall, "2.13", "due_reason")) == (before, "")
    # The reason waits with the date: once that is settled, it goes in with it.
    assert walsall.run("decide", question["id"], "--take", "likely").status == 0
    changes = walsall.merge().document["changes"]
    assert {change["field"]: change["new"] for change in changes} == {
        "due": "30 June 2013",
        "due_reason": WHY,
    }
    assert walsall.merge().document["revision"] is None


@pytest.mark.parametrize(
    ("due", "take", "stands", "day"),
    [
        ("28 Feb 2031", "as-it-stands", "28 Feb 2031", "2031-02-28"),
        ("28 Feb 2031", "text-only", "28 Feb 2031", "NaT"),
        ("28 Feb 2031", "Likely", "28 February 2013", "2013-02-28"),
        ("31 June 2013", "text-only", "31 June 2013", "NaT"),
        ("31 June 2013", "=5 July 2013", "5 July 2013", "2013-07-05"),
    ],
)
def test_what_may_become_of_a_doubted_date(
    walsall: Office, due: str, take: str, stands: str, day: str
) -> None:
    question = typed(walsall, due)
    assert walsall.run("decide", question["id"], "--take", take).document["findings"] == []
    merged = walsall.merge().document
    assert merged["open_questions"] == 0
    assert held(walsall, "2.13", "due") == stands
    assert due_day(walsall, "2.13") == day
    # It is asked no more, and the same workbook sent again changes nothing.
    listed = walsall.run("decisions").document
    assert "2.13" not in [one["ref"] for one in listed["to_confirm"]]
    answers = {"due": due, "due_reason": WHY, "progress": "On it."}
    again = walsall.fill(SUE, {"2.13": answers}, name="again.xlsx")
    assert walsall.take(again)["questions"] == []
    assert walsall.merge().document["revision"] is None


def test_the_old_date_is_kept_and_the_reason_goes_with_the_new_one(walsall: Office) -> None:
    before = held(walsall, "2.13", "due")
    question = typed(walsall, "31 June 2013")
    walsall.run("decide", question["id"], "--take", "master")
    changes = walsall.merge().document["changes"]
    assert {change["field"] for change in changes} == {"progress"}
    assert held(walsall, "2.13", "due") == before
    left = walsall.run("log", "2.13").document["not_taken"]
    assert {(one["field"], one["value"]) for one in left} == {
        ("due", "31 June 2013"),
        ("due_reason", WHY),
    }


def test_an_answer_that_does_not_fit_is_told_what_does(walsall: Office) -> None:
    question = typed(walsall, "31 June 2013")
    refused = walsall.run("decide", question["id"], "--take", "as-it-stands")
    assert refused.status == 2
    for offered in ("text-only", "likely (30 June 2013)", "master", "=VALUE", "--ask"):
        assert offered in refused.complaint
    assert walsall.run("decide", question["id"], "--accept").status == 2
    asked = walsall.run("decide", question["id"], "--ask").document
    assert (asked["open"], [one["lead"] for one in asked["queries"]]) == (1, [SUE])


def test_what_init_doubted_is_one_line_that_stops_nothing(walsall: Office) -> None:
    listed = walsall.run("decisions")
    assert (listed.status, listed.document["questions"]) == (0, [])
    assert [one["ref"] for one in listed.document["to_confirm"]] == OPENED
    assert {one["id"][0] for one in listed.document["to_confirm"]} == {"D"}
    assert [due_day(walsall, ref) for ref in OPENED] == ["NaT"] * 3
    walsall.export()
    walsall.take(walsall.fill("Rose Collinson", {"2.17": {"rag": "G"}}))
    assert walsall.run("merge", "--strict").status == 0
    assert walsall.run("status").document["questions"] == 0


def figures(office: Office) -> dict[str, Any]:
    path = office.folder / "told.json"
    path.unlink(missing_ok=True)
    office.run("report", "--since", "init", "--out", path)
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_a_doubted_date_of_the_plan_is_confirmed_one_by_one(walsall: Office) -> None:
    first, second, third = walsall.run("decisions").document["to_confirm"]
    assert "3.1" not in [one["ref"] for one in figures(walsall)["overdue"]]
    walsall.run("decide", first["id"], "--take", "as-it-stands")
    walsall.run("decide", third["id"], "--take", "likely")
    # Until the merge it may be decided otherwise.
    pending = walsall.run("decisions").document
    assert [one["ref"] for one in pending["to_confirm"]] == ["3.2"]
    assert {one["id"] for one in pending["decided"]} == {first["id"], third["id"]}
    merged = walsall.merge().document
    assert [(one["ref"], one["field"], one["new"]) for one in merged["changes"]] == [
        ("3.1", "due.confirmed", "as it stands"),
        ("3.5", "due", "30 June 2013"),
    ]
    told = figures(walsall)
    assert "3.1" in [one["ref"] for one in told["overdue"]]
    # A slip of the pen put right is no date that slipped.
    assert told["redated"] == []
    # What is left keeps its number.
    assert [one["id"] for one in walsall.run("decisions").document["to_confirm"]] == [second["id"]]
    walsall.run("undo")
    assert "3.1" not in [one["ref"] for one in figures(walsall)["overdue"]]


def test_all_are_kept_as_typed_at_once_or_on_lines_of_the_workbook(walsall: Office) -> None:
    path = walsall.folder / "decisions.xlsx"
    dates = walsall.run("decisions", "--out", path).document["to_confirm"]
    book = openpyxl.load_workbook(path)
    assert {"Decisions", "Dates to confirm"} <= set(book.sheetnames)
    assert "3 dates to confirm" in str(list(book["Decisions"].values))
    fill_line(path, "Decisions", "D", choice="Keep all as typed")
    fill_line(path, "Dates to confirm", dates[2]["id"], choice="30 June 2013")
    decided = walsall.run("decide", path)
    assert (decided.status, decided.document["findings"]) == (0, [])
    walsall.merge()
    assert walsall.run("decisions").document["to_confirm"] == []
    assert [due_day(walsall, ref) for ref in OPENED] == ["NaT", "NaT", "2013-06-30"]
    assert held(walsall, "3.1", "due") == "28 Feb 2012"
    assert walsall.run("decide", "D", "--take", "as-typed").status == 2


def test_it_stands_beside_the_due_cell_of_its_lead_until_somebody_confirms_it(
    walsall: Office,
) -> None:
    def beside(name: str) -> str:
        walsall.export(name)
        (path,) = (path for path in walsall.sent.values() if "3.5" in refs_of(path))
        (row,) = (row for row in rows_of(path) if row.ref == "3.5")
        # An untouched return: nothing that we wrote beside the date is an answer.
        assert walsall.take(path, status=0)["changes"] == []
        return row.cells["last.due"].as_text

    shown = beside("January Board")
    assert shown.startswith(
        "31 June 2013\n[Office: '31 June 2013' names a day that does not exist."
    )
    assert "'Revised date', perhaps 30 June 2013.]" in shown
    walsall.run("decide", "D", "--take", "as-typed")
    walsall.merge()
    assert beside("February Board") == "31 June 2013"


def refs_of(path: Path) -> list[str]:
    return [row.ref for row in rows_of(path)]


def test_a_new_date_of_its_lead_settles_what_the_plan_began_with(walsall: Office) -> None:
    walsall.export()
    lead = next(lead for lead in walsall.sent if "3.5" in walsall.refs(lead))
    walsall.run("decide", "D", "--take", "as-typed")
    walsall.take(walsall.fill(lead, {"3.5": {"due": "31 July 2013", "due_reason": WHY}}))
    changes = walsall.merge().document["changes"]
    assert ("3.5", "due.confirmed") not in {(one["ref"], one["field"]) for one in changes}
    assert due_day(walsall, "3.5") == "2013-07-31"
    assert figures(walsall)["redated"] == []
