"""Targets of measures: what they say, and which one is due by a day."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from xlplan.plan.measures import compare, read_target, stated_target, target_due, targets_of
from xlplan.plan.model import Item
from xlplan.plan.timescale.dates import Period
from xlplan.plan.values import Value

PERIOD = Period(date(2019, 5, 1), date(2020, 12, 31))
KPIS = Path(__file__).resolve().parents[2] / "workbooks" / "data" / "west-sussex-2019-kpis.csv"


def a_measure(**texts: str) -> Item:
    return Item("m1", "measure", {name: Value(text, text) for name, text in texts.items()})


def published() -> dict[str, Item]:
    with KPIS.open(encoding="utf-8", newline="") as file:
        return {row["kpi_no"]: a_measure(**row) for row in csv.DictReader(file)}


@pytest.mark.parametrize(
    ("text", "kind", "amount", "start", "direction"),
    [
        ("95%", "percent", "0.95", "", None),
        ("72.5 per cent", "percent", "0.725", "", None),
        ("1,200", "number", "1200", "", None),
        ("18", "number", "18", "", None),
        ("51% to 30%", "percent", "0.3", "0.51", "at-most"),
        ("51-30%", "percent", "0.3", "0.51", "at-most"),
        ("from 60% to 80%", "percent", "0.8", "0.6", "at-least"),
        ("under 10%", "percent", "0.1", "", "at-most"),
        ("No more than 18", "number", "18", "", "at-most"),
        ("≥ 90%", "percent", "0.9", "", "at-least"),
        ("90% or more", "percent", "0.9", "", "at-least"),
        ("0.5%", "percent", "0.005", "", None),
    ],
)
def test_an_amount_is_read(
    text: str, kind: str, amount: str, start: str, direction: str | None
) -> None:
    read = read_target(text)
    assert (read.kind, read.amount, read.start, read.direction) == (kind, amount, start, direction)
    assert read.text == text
    assert read.measurable


def test_an_amount_on_top_of_another_cannot_be_held_against_a_reading() -> None:
    read = read_target("a further 5%, then review new cases entering the system")
    assert (read.kind, read.amount, read.further) == ("percent", "0.05", True)
    assert read.rest == "then review new cases entering the system"
    assert not read.measurable
    assert compare("12%", read) is None


@pytest.mark.parametrize(
    "text", ["TBC", "to be set once in use", "To be confirmed", "tba by the board"]
)
def test_a_target_still_to_come(text: str) -> None:
    assert read_target(text).kind == "to-be-confirmed"


@pytest.mark.parametrize(
    "text", ["better than the year before", "3 reports a month", "1 of 5", "1,2,3", "10/20"]
)
def test_what_is_no_amount_stays_text(text: str) -> None:
    read = read_target(text)
    assert (read.kind, read.amount, read.text, read.measurable) == ("text", "", text, False)


def test_a_blank_is_no_target() -> None:
    assert read_target(" ").kind == stated_target("Staff with appraisals", "").kind == "none"


@pytest.mark.parametrize(
    ("measure", "amount", "direction"),
    [
        ("95% of visits are on time", "0.95", None),
        ("Social worker caseloads no more than 18", "18", "at-most"),
        ("Vacancies under 10%", "0.1", "at-most"),
        ("At least 12 audits a month", "12", "at-least"),
        ("Reviews held: 90% or more", "0.9", "at-least"),
    ],
)
def test_a_target_is_found_in_the_wording(measure: str, amount: str, direction: str | None) -> None:
    found = stated_target(measure, "")
    assert (found.amount, found.direction) == (amount, direction)
    assert stated_target(measure, "70%").amount == "0.7", "the cell comes first"


@pytest.mark.parametrize(
    "measure",
    [
        "Visits within 7 days",
        "KPI 2",
        "Audit of 16/17s in 12 months",
        "80% of plans, 90% of reviews",
        "Plans over 18 months",
        "Children under 5",
        "At most 7 days apart",
    ],
)
def test_a_number_that_is_no_limit_is_no_target(measure: str) -> None:
    assert stated_target(measure, "").kind == "none"


def test_every_published_target_is_read() -> None:
    told = published()
    stated = {no: one.text("target") for no, one in told.items() if one.text("target")}
    assert len(stated) == 42
    kinds = {no: read_target(text).kind for no, text in stated.items()}
    assert {no for no, kind in kinds.items() if kind != "percent"} == {"5", "28", "40"}
    assert {no for no, kind in kinds.items() if kind == "to-be-confirmed"} == {"5", "28", "40"}
    interim = {
        no: read_target(one.text("interim_target"))
        for no, one in told.items()
        if one.text("interim_target")
    }
    assert {no: one.amount for no, one in interim.items()} == {
        "1": "0.05",
        "4": "0.6",
        "42": "0.7",
        "43": "0.8",
        "45": "0.7",
        "64": "0.75",
        "65": "0.8",
        "68": "0.3",
    }


def test_interim_and_final_targets_have_their_days() -> None:
    first, last = targets_of(published()["1"], PERIOD)
    assert (first.interim, first.by, last.interim, last.by) == (
        True,
        date(2019, 12, 31),
        False,
        date(2020, 3, 31),
    )


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2019, 6, 1), "51% to 30%"),
        (date(2019, 12, 31), "51% to 30%"),
        (date(2020, 3, 30), "51% to 30%"),
        (date(2020, 3, 31), "20%"),
        (date(2021, 1, 1), "20%"),
    ],
)
def test_the_target_due_by_a_day(on: date, text: str) -> None:
    due = target_due(published()["68"], on, PERIOD)
    assert due
    assert due.target.text == text


def test_a_final_target_without_a_day_follows_the_interim_one() -> None:
    measure = a_measure(
        measure="Reviews", interim_target="70%", interim_by="Oct 2019", target="90%"
    )
    days = [date(2019, 10, 30), date(2019, 10, 31)]
    assert [due.target.text for day in days if (due := target_due(measure, day, PERIOD))] == [
        "70%",
        "90%",
    ]
    lone = a_measure(measure="Reviews", interim_target="70%", interim_by="Oct 2019")
    early, late = (target_due(lone, day, PERIOD) for day in (date(2019, 5, 1), date(2020, 5, 1)))
    assert early
    assert early == late
    assert target_due(a_measure(measure="Reviews"), date(2020, 5, 1), PERIOD) is None


@pytest.mark.parametrize(
    ("reading", "target", "wanted"),
    [
        ("87%", "90%", -0.03),
        ("87 per cent", "90%", -0.03),
        ("32%", "51% to 30%", 0.02),
        ("12", "10", 2.0),
        ("1,200", "1000", 200.0),
        ("87", "90%", None),
        ("87%", "90", None),
        ("", "90", None),
        ("90", "to be set", None),
    ],
)
def test_a_reading_less_its_target(reading: str, target: str, wanted: float | None) -> None:
    assert compare(reading, read_target(target)) == wanted
