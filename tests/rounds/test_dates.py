"""Dates in figures, in fields of type date too: whose order they are in, and which are asked about."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.rounds.office import ROOT, Office, codes, rows_of
from xlplan.workbook.cells import open_spreadsheet

SUE = "Sue Butcher"
STARTED = """
[fields.started]
name = "Started on"
type = "date"
edit = "lead"
"""
FIRST, SECOND, THIRD = "2.13", "3.3", "3.4"


@pytest.fixture
def dated(walsall: Office) -> Office:
    """Walsall with a field of type date, which leads fill in; three of Sue's actions started on 7 April 2013."""
    text = (ROOT / "mappings" / "walsall-2012.toml").read_text(encoding="utf-8")
    path = walsall.folder / "dated.toml"
    path.write_text(text + STARTED, encoding="utf-8")
    assert walsall.run("mapping", "use", path).status == 0
    for ref in (FIRST, SECOND, THIRD):
        assert walsall.run("set", ref, "started", "7 April 2013").status == 0
    walsall.export()
    return walsall


def started(taken: dict[str, Any]) -> dict[str, str]:
    """The new values of the field, by ref."""
    return {one["ref"]: one["new"] for one in taken["changes"] if one["field"] == "started"}


def told(taken: dict[str, Any], field: str = "started") -> dict[str, str]:
    """The codes said of the field, by ref."""
    return {one["ref"]: one["code"] for one in taken["findings"] if one["field"] == field}


def test_a_date_typed_over_the_one_with_day_and_month_changed_round_is_asked_about(dated: Office) -> None:
    taken = dated.take(dated.fill(SUE, {FIRST: {"started": "04/07/2013"}}), status=1)
    assert told(taken) == {FIRST: "date-ambiguous"}
    assert "4 Jul 2013 or 7 Apr 2013" in next(one["message"] for one in taken["findings"] if one["field"] == "started")
    assert not {one["lead"]: one["nil"] for one in dated.run("status").document["leads"]}[SUE]


def test_one_such_date_turns_no_other_date_of_its_file(dated: Office) -> None:
    answers = {FIRST: "04/07/2013", SECOND: "05/07/2013", THIRD: "06/08/2013"}
    taken = dated.take(dated.fill(SUE, {ref: {"started": text} for ref, text in answers.items()}), status=1)
    assert told(taken) == dict.fromkeys(answers, "date-ambiguous")
    assert started(taken) == {}


def test_a_part_above_twelve_settles_the_order_and_a_date_changed_round_is_still_told(dated: Office) -> None:
    answers = {FIRST: "04/07/2013", SECOND: "30/07/2013", THIRD: "06/08/2013"}
    taken = dated.take(dated.fill(SUE, {ref: {"started": text} for ref, text in answers.items()}), status=1)
    assert started(taken) == {SECOND: "2013-07-30", THIRD: "2013-08-06"}
    assert told(taken) == {FIRST: "date-swapped"}


def test_a_timescale_moved_from_july_to_april_is_asked_about_and_not_taken_for_the_old_one(walsall: Office) -> None:
    walsall.run("set", FIRST, "due", "4 July 2013")
    walsall.export()
    answers = {FIRST: {"due": "07/04/2013", "due_reason": "x"}, SECOND: {"due": "08/04/2013", "due_reason": "x"}}
    taken = walsall.take(walsall.fill(SUE, answers), status=1)
    assert told(taken, "due") == {FIRST: "date-ambiguous", SECOND: "date-ambiguous"}


def as_csv(path: Path, to: Path, shape: str, typed: dict[str, str]) -> Path:
    """The sheet of actions as a spreadsheet program saves it as .csv, with dates in the order of its locale."""
    sheet = open_spreadsheet(path).sheets[0]
    where = {row.ref: row.cells["started"].name for row in rows_of(path)}
    cells = {where[ref]: text for ref, text in typed.items()}
    with to.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        for row in range(1, sheet.last_row + 1):
            line = [sheet.cell(row, column) for column in range(1, sheet.last_column + 1)]
            writer.writerow(cells.get(one.name) or _shown(one.value, shape) or one.as_text for one in line)
    return to


def _shown(value: object, shape: str) -> str:
    return value.strftime(shape) if hasattr(value, "strftime") else ""


@pytest.mark.parametrize("shape", ["%d/%m/%Y", "%m/%d/%Y"], ids=["British", "American"])
def test_a_csv_that_nobody_touched_is_a_nil_return_in_either_order(dated: Office, shape: str) -> None:
    back = as_csv(dated.sent[SUE], dated.folder / "back.csv", shape, {})
    taken = dated.take(back, status=0)
    assert codes(taken) == ["nothing-answered"]


def test_what_is_typed_in_an_american_csv_is_read_in_its_order(dated: Office) -> None:
    back = as_csv(dated.sent[SUE], dated.folder / "back.csv", "%m/%d/%Y", {FIRST: "05/06/2013"})
    taken = dated.take(back)
    assert started(taken) == {FIRST: "2013-05-06"}
    assert told(taken) == {FIRST: "date-order"}
