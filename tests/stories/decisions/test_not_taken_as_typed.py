"""Whoever reads that an answer was not taken reads it as it was typed, under the column's name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.stories.office import Office, rows_of
from tests.stories.proposing import propose

SUE, ROSE = "Sue Butcher", "Rose Collinson"
WHY = "the Board's date stands"
DATE = "End of Sept 2013"
NOTE = "The  Board\u2019s \u201cPlan B\u201d  is AGREED"
WHAT = [
    ("due", DATE, f"your Revised date '{DATE}' was not taken: {WHY}"),
    ("progress", NOTE, f"your Progress this period '{NOTE}' was not taken: {WHY}"),
]


def refused(office: Office, ref: str, field: str) -> dict[str, Any]:
    """Decline what waits for one cell: a change, or a question about it."""
    waiting = office.run("decisions").document
    (number,) = [
        each["id"]
        for each in (*waiting["changes"], *waiting["questions"])
        if (each["ref"], each["field"]) == (ref, field)
    ]
    return office.run("decide", number, "--decline", WHY).document


def beside(path: Path, ref: str) -> str:
    """What a lead reads beside the progress of an action."""
    (row,) = [row for row in rows_of(path) if row.ref == ref]
    return str(row.cells["last.progress"].as_text)


def decided(office: Office) -> list[dict[str, Any]]:
    """The answers that the change report says were decided on, each with its lead."""
    office.run("report", "--since", "init", "--out", "told.json")
    report = json.loads((office.folder / "told.json").read_text(encoding="utf-8"))
    return [said for each in report["decisions"] for said in each["said"]]


@pytest.mark.parametrize(("field", "typed", "sentence"), WHAT)
def test_a_refused_change_is_read_as_typed_wherever_it_is_told(
    walsall: Office, field: str, typed: str, sentence: str
) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {field: typed, "due_reason": "Recruiting."}}))
    (query,) = refused(walsall, "2.13", field)["queries"]
    assert sentence in beside(walsall.folder / query["path"], "2.13")
    walsall.merge()
    walsall.export("February Board")
    assert sentence in beside(walsall.sent[SUE], "2.13")
    assert decided(walsall) == [{"lead": SUE, "value": typed}]
    (left,) = walsall.run("log", "2.13", field).document["not_taken"]
    assert (left["value"], left["reason"]) == (typed, f"decided by officer: {WHY}")


@pytest.mark.parametrize(("field", "typed", "sentence"), WHAT)
def test_so_is_an_answer_that_the_office_was_asked_about(
    walsall: Office, field: str, typed: str, sentence: str
) -> None:
    walsall.export()
    walsall.run("set", "2.13", field, "31 March 2013", "--reason", "agreed in committee")
    walsall.take(walsall.fill(SUE, {"2.13": {field: typed, "due_reason": "Recruiting."}}))
    refused(walsall, "2.13", field)
    walsall.merge()
    walsall.export("February Board")
    assert sentence in beside(walsall.sent[SUE], "2.13")


def test_an_emptied_cell_is_said_to_be_empty(walsall: Office) -> None:
    walsall.run("set", "2.13", "evidence", "Minutes of May")
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"evidence": ""}}))
    refused(walsall, "2.13", "evidence")
    walsall.export("February Board")
    assert f"your empty Evidence was not taken: {WHY}" in beside(walsall.sent[SUE], "2.13")


def test_what_was_taken_out_again_is_told_without_a_value(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"due": DATE, "due_reason": "Recruiting."}})
    walsall.take(back)
    refused(walsall, "2.13", "due")
    walsall.run("unstage", back.name)
    walsall.export("February Board")
    read = beside(walsall.sent[SUE], "2.13")
    assert f"your Revised date was not taken: {WHY}" in read
    assert "2013-09" not in read
    assert decided(walsall) == [{"lead": SUE, "value": "(taken out again)"}]


def test_a_declined_proposal_is_told_to_the_board_as_it_was_typed(walsall: Office) -> None:
    walsall.export()
    row = {"action": NOTE, "due": DATE, "section": "2", "progress": "Not  yet"}
    walsall.take(propose(walsall, SUE, row))
    (proposed,) = walsall.run("decisions").document["proposed"]
    walsall.run("decide", proposed["id"], "--decline", WHY)
    (said,) = decided(walsall)
    assert said["lead"] == SUE
    for typed in (NOTE, DATE, "Not  yet"):
        assert typed in said["value"]


def test_a_proposal_that_is_an_action_of_the_plan_is_read_there_as_it_was_typed(
    walsall: Office,
) -> None:
    walsall.export()
    walsall.take(propose(walsall, SUE, {"action": "Recruit", "section": "2", "due": DATE}))
    (proposed,) = walsall.run("decisions").document["proposed"]
    walsall.run("decide", proposed["id"], "--same-as", "2.13")
    refused(walsall, "2.13", "due")
    walsall.merge()
    walsall.export("February Board")
    assert WHAT[0][2] in beside(walsall.sent[SUE], "2.13")
