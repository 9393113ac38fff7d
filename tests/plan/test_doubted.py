"""Dates that were read and do not fit the plan: what is doubted, what is meant, what day counts."""

from __future__ import annotations

from datetime import date
from operator import itemgetter

import pytest

from tests.merge.tables import rows
from xlplan.plan.timescale.dates import Period
from xlplan.plan.timescale.doubted import (
    AS_IT_STANDS,
    TEXT_ONLY,
    confirmed_as,
    day_of,
    doubted_date,
    is_open,
)
from xlplan.plan.timescale.reading import read_timescale
from xlplan.plan.values import BLANK, Value

YEAR = Period(date(2012, 12, 1), date(2013, 11, 30))
CASES = rows("""
    | text                      | choices                           | likely                   |
    | 31 June 2013              | text-only likely                  | 30 June 2013             |
    | 28 Feb 2012               | as-it-stands text-only likely     | 28 February 2013         |
    | 2031-02-28                | as-it-stands text-only likely     | 28 February 2013         |
    | 31 June                   | text-only likely                  | 30 June                  |
    | 12/1                      | text-only likely                  | 12/12                    |
    | Dec 2012 (CP) 31 June (LAC) | text-only likely                | Dec 2012 (CP) 30 June (LAC) |
    | Mar 2013                  |                                   |                          |
    | Feb                       |                                   |                          |
    | TBC                       |                                   |                          |
    | soon                      |                                   |                          |
    |                           |                                   |                          |
""")


def valued(text: str) -> Value:
    read = read_timescale(text, YEAR)
    return Value(read.text, read.canonical)


@pytest.mark.parametrize("case", CASES, ids=itemgetter("text"))
def test_what_is_doubted_and_what_may_become_of_it(case: dict[str, str]) -> None:
    found = doubted_date(case["text"], YEAR)
    assert list(found.choices if found else ()) == case["choices"].split()
    assert (found.likely if found else "") == case["likely"]
    assert found is None or all(found.choice(words) == one for one, words in found.choices.items())


def test_several_years_that_may_be_meant_are_left_to_a_person() -> None:
    found = doubted_date("12/1", Period(date(2015, 1, 1), date(2018, 12, 31)))
    assert found is not None
    assert list(found.choices) == [TEXT_ONLY]
    assert "12/15 or 12/16 or 12/17" in found.findings[0].hint


def test_a_doubted_date_has_no_day_until_it_is_right_as_it_stands() -> None:
    value = valued("28 Feb 2012")
    assert day_of(value, BLANK, YEAR) is None
    assert day_of(value, confirmed_as(TEXT_ONLY, value), YEAR) is None
    assert day_of(value, confirmed_as(AS_IT_STANDS, value), YEAR) == date(2012, 2, 28)
    # Another date than the one that was confirmed is doubted anew.
    other = valued("27 Feb 2012")
    assert is_open(other, confirmed_as(AS_IT_STANDS, value), YEAR)
    assert day_of(other, confirmed_as(AS_IT_STANDS, value), YEAR) is None


@pytest.mark.parametrize(
    ("text", "day"), [("Mar 2013", date(2013, 3, 31)), ("4 Mar 2013", date(2013, 3, 4))]
)
def test_a_date_that_fits_is_its_last_day(text: str, day: date) -> None:
    assert day_of(valued(text), BLANK, YEAR) == day
    assert day_of(valued("Ongoing"), BLANK, YEAR) is None
    # A mapping that gives no period doubts no year.
    assert day_of(valued("28 Feb 1912"), BLANK, None) == date(1912, 2, 28)
