"""Timescales in every form that the example plans and their like use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.plan.findings.finding import finding
from xlplan.plan.timescale.dates import day_in_figures
from xlplan.plan.timescale.reading import Milestone, Period, read_timescale
from xlplan.plan.values import RawValue

WALSALL = Period(date(2012, 12, 1), date(2013, 12, 31))
SUNDERLAND = Period(date(2015, 7, 1), date(2017, 3, 31))
LEICESTERSHIRE = Period(date(2017, 1, 1), date(2018, 3, 31))
PERIODS = [None, WALSALL, SUNDERLAND, LEICESTERSHIRE]


@pytest.mark.parametrize(
    ("text", "due", "precision"),
    [
        ("31 Jan 2013", date(2013, 1, 31), "day"),
        ("31st Dec 2012", date(2012, 12, 31), "day"),
        ("31 of January 2013", date(2013, 1, 31), "day"),
        ("by the 31st January 2013", date(2013, 1, 31), "day"),
        ("31-Jan-13", date(2013, 1, 31), "day"),
        ("31/Jan/2013", date(2013, 1, 31), "day"),
        ("Thursday 31 January 2013", date(2013, 1, 31), "day"),
        ("January 31, 2013", date(2013, 1, 31), "day"),
        ("31/03/13", date(2013, 3, 31), "day"),
        ("31/3/2013", date(2013, 3, 31), "day"),
        ("Monday 4/3/13", date(2013, 3, 4), "day"),
        ("3/4/13", date(2013, 4, 3), "day"),
        ("30.06.23", date(2023, 6, 30), "day"),
        ("12/31/2013", date(2013, 12, 31), "day"),
        ("2013-03-31", date(2013, 3, 31), "day"),
        ("2013-03-31 00:00:00", date(2013, 3, 31), "day"),
        ("28-30 June 2013", date(2013, 6, 30), "day"),
        ("by Easter 2024", date(2024, 3, 31), "day"),
        ("Christmas 2013", date(2013, 12, 25), "day"),
        ("w/c 4 March 2013", date(2013, 3, 10), "week"),
        ("week commencing 04/03/2013", date(2013, 3, 10), "week"),
        ("week ending 8 March 2013", date(2013, 3, 8), "day"),
        ("Sept 2019", date(2019, 9, 30), "month"),
        ("Sep 2019", date(2019, 9, 30), "month"),
        ("Sept. 2019", date(2019, 9, 30), "month"),
        ("Sept2019", date(2019, 9, 30), "month"),
        ("Mar-17", date(2017, 3, 31), "month"),
        ("May 17", date(2017, 5, 31), "month"),
        ("Mar ’17", date(2017, 3, 31), "month"),
        ("2013 March", date(2013, 3, 31), "month"),
        ("Feb 2020", date(2020, 2, 29), "month"),
        ("end of March 2013", date(2013, 3, 31), "month"),
        ("03/16", date(2016, 3, 31), "month"),
        ("3/16", date(2016, 3, 31), "month"),
        ("03-16", date(2016, 3, 31), "month"),
        ("03/2016", date(2016, 3, 31), "month"),
        ("2016-03", date(2016, 3, 31), "month"),
        ("Feb/March 2017", date(2017, 3, 31), "month"),
        ("March/April 17", date(2017, 4, 30), "month"),
        ("Dec → March/April 2017", date(2017, 4, 30), "month"),
        ("Jan - Mar 2013", date(2013, 3, 31), "month"),
        ("January 2013 to March", date(2013, 3, 31), "month"),
        ("Q3 2021/22", date(2021, 12, 31), "quarter"),
        ("Q4 2021-22", date(2022, 3, 31), "quarter"),
        ("2021/22 Q1", date(2021, 6, 30), "quarter"),
        ("Quarter 3 2021", date(2021, 9, 30), "quarter"),
        ("Summer 2013", date(2013, 8, 31), "quarter"),
        ("autumn term 2013", date(2013, 12, 31), "quarter"),
        ("2020", date(2020, 12, 31), "year"),
        ("by the end of 2020", date(2020, 12, 31), "year"),
        ("2021/22", date(2022, 3, 31), "year"),
        ("2019-2021", date(2021, 12, 31), "year"),
        (date(2013, 3, 31), date(2013, 3, 31), "day"),
        (datetime(2013, 3, 31, 9, 30), date(2013, 3, 31), "day"),
        (2020, date(2020, 12, 31), "year"),
        (2020.0, date(2020, 12, 31), "year"),
    ],
)
def test_a_date(text: RawValue, due: date, precision: str) -> None:
    read = read_timescale(text)
    assert (read.due, read.precision, read.doubts) == (due, precision, ())
    assert not any([read.ongoing, read.immediate, read.to_be_confirmed, read.milestones, read.see])


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2010, date(2010, 4, 4)),
        (2013, date(2013, 3, 31)),
        (2019, date(2019, 4, 21)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, sunday: date) -> None:
    assert read_timescale(f"Easter {year}").due == sunday


@pytest.mark.parametrize(
    ("text", "due", "words"),
    [
        ("Ongoing", None, {"ongoing"}),
        ("on-going", None, {"ongoing"}),
        ("Jan 2013 and ongoing", date(2013, 1, 31), {"ongoing"}),
        ("Nov 2019 & ongoing", date(2019, 11, 30), {"ongoing"}),
        ("31 Jan 2013 and ongoing,", date(2013, 1, 31), {"ongoing"}),
        ("May 2013 and then ongoing.", date(2013, 5, 31), {"ongoing"}),
        ("December 2012 onwards", date(2012, 12, 31), {"ongoing"}),
        ("2020 and ongoing", date(2020, 12, 31), {"ongoing"}),
        ("Ongoing; June 2017", date(2017, 6, 30), {"ongoing"}),
        ("Immediate", None, {"immediate"}),
        ("Immediate action", None, {"immediate"}),
        ("Immediate and ongoing", None, {"immediate", "ongoing"}),
        ("Established now", None, {"immediate"}),
        ("ASAP", None, {"immediate"}),
        ("TBC", None, {"to_be_confirmed"}),
        ("ТВС", None, {"to_be_confirmed"}),
        ("t.b.c.", None, {"to_be_confirmed"}),
        ("tba", None, {"to_be_confirmed"}),
        ("To follow", None, {"to_be_confirmed"}),
        ("To be agreed by WSCB", None, {"to_be_confirmed"}),
        ("To be agreed by shadow HWBB", None, {"to_be_confirmed"}),
        ("To be determined by Ofsted", None, {"to_be_confirmed"}),
        ("Following timescale to be set by WSCB", None, {"to_be_confirmed"}),
        ("Jan 2013?", date(2013, 1, 31), {"to_be_confirmed"}),
        ("Target to be set Jan 2013", date(2013, 1, 31), set()),
    ],
)
def test_fixed_words(text: str, due: date | None, words: set[str]) -> None:
    read = read_timescale(text)
    assert read.due == due
    assert {
        name for name in ("ongoing", "immediate", "to_be_confirmed") if getattr(read, name)
    } == words
    assert not read.doubts


@pytest.mark.parametrize(
    ("text", "see"),
    [
        ("See A7.1", "A7.1"),
        ("see action 3.2 above", "3.2"),
        ("See NEW 1", "NEW 1"),
        ("as per 2.10", "2.10"),
    ],
)
def test_a_reference_to_another_action(text: str, see: str) -> None:
    read = read_timescale(text)
    assert (read.see, read.due, read.doubts) == (see, None, ())


@pytest.mark.parametrize(
    ("text", "milestones"),
    [
        (
            "WSCB to consider – 31 Jan 2013; Plan for WSCB work – 31 Mar 2013; Following "
            "timescale to be set by WSCB",
            [
                ("WSCB to consider", date(2013, 1, 31)),
                ("Plan for WSCB work", date(2013, 3, 31)),
                ("Following timescale to be set by WSCB", None),
            ],
        ),
        (
            "31 Oct 2012; Review: 30 Jun 2013",
            [("", date(2012, 10, 31)), ("Review", date(2013, 6, 30))],
        ),
        (
            "Rushall: 31 Jan 2013\nOthers: 30 Jun 2013",
            [("Rushall", date(2013, 1, 31)), ("Others", date(2013, 6, 30))],
        ),
        (
            "Rushall: 31 Jan 2013 Others: 30 Jun 2013",
            [("Rushall", date(2013, 1, 31)), ("Others", date(2013, 6, 30))],
        ),
        (
            "Define requirement - 31st Dec 2012; Appointment - tba",
            [("Define requirement", date(2012, 12, 31)), ("Appointment - tba", None)],
        ),
        (
            "Identify baseline and target to be set Jan 2013; First target set Mar 2013",
            [
                ("Identify baseline and target to be set", date(2013, 1, 31)),
                ("First target set", date(2013, 3, 31)),
            ],
        ),
        (
            "Feb 2013 – peer challenge report; Team plan in place – Feb 2013",
            [
                ("peer challenge report", date(2013, 2, 28)),
                ("Team plan in place", date(2013, 2, 28)),
            ],
        ),
        (
            "Dec 2010 (CP CIN) Jan 2011 (LAC)",
            [("CP CIN", date(2010, 12, 31)), ("LAC", date(2011, 1, 31))],
        ),
        (
            "Sep 2019 Dec 2019 Dec 2019",
            [("", date(2019, 9, 30)), ("", date(2019, 12, 31)), ("", date(2019, 12, 31))],
        ),
        (
            "Nov 2013, Dec 2013 and Jan 2014",
            [("", date(2013, 11, 30)), ("", date(2013, 12, 31)), ("", date(2014, 1, 31))],
        ),
        (
            "Group established Jan 2017.; March 2017; Feb/March 2017; April 2017",
            [
                ("Group established", date(2017, 1, 31)),
                ("", date(2017, 3, 31)),
                ("", date(2017, 3, 31)),
                ("", date(2017, 4, 30)),
            ],
        ),
        (
            "Phase 1 Jan 2013; phase 2 - Feb 2013",
            [("Phase 1", date(2013, 1, 31)), ("phase 2", date(2013, 2, 28))],
        ),
        ("Diagnostic – Jan 2013", [("Diagnostic", date(2013, 1, 31))]),
        ("Ready to launch in March 17", [("Ready to launch", date(2017, 3, 31))]),
        ("March/April 2017 for sign off", [("for sign off", date(2017, 4, 30))]),
    ],
)
def test_milestones(text: str, milestones: list[tuple[str, date | None]]) -> None:
    read = read_timescale(text)
    assert [(one.label, one.due) for one in read.milestones] == milestones
    assert read.due == max(due for _, due in milestones if due)
    assert not read.doubts


def test_the_last_milestone_counts_wherever_it_stands() -> None:
    read = read_timescale("Jan 2017; May 2017; June 2017; Jan 2017; 1 Sept 2017; Aug 2017")
    assert (read.due, read.precision) == (date(2017, 9, 1), "day")


@pytest.mark.parametrize(
    ("text", "period", "due", "code", "details"),
    [
        ("31 June 2013", None, None, "date-impossible", {"likely": "30 June 2013"}),
        ("31/06/13", None, None, "date-impossible", {"likely": "30 June 2013"}),
        ("29 Feb 2013", None, None, "date-impossible", {"likely": "28 February 2013"}),
        ("32 Jan 2013", None, None, "date-impossible", {"likely": "31 January 2013"}),
        ("31 June", WALSALL, None, "date-impossible", {"likely": "30 June"}),
        ("31/13/2013", None, None, "date-impossible", {"likely": "a month from 1 to 12"}),
        (
            "28 Feb 2012",
            WALSALL,
            date(2012, 2, 28),
            "date-implausible",
            {"read": "28 February 2012", "likely": "28 February 2013"},
        ),
        (
            "06/06",
            SUNDERLAND,
            date(2006, 6, 30),
            "date-implausible",
            {"read": "June 2006", "likely": "06/16"},
        ),
        (
            "03/06",
            SUNDERLAND,
            date(2006, 3, 31),
            "date-implausible",
            {"read": "March 2006", "likely": "03/16"},
        ),
        (
            "Mar 2103",
            WALSALL,
            date(2103, 3, 31),
            "date-implausible",
            {"read": "March 2103", "likely": "March 2013"},
        ),
        ("12/1", SUNDERLAND, None, "date-truncated", {"likely": "12/15 or 12/16"}),
        ("12/1", None, None, "date-truncated", {"likely": "a date with its whole year"}),
        ("3/4", WALSALL, None, "date-truncated", {"likely": "3 April 2013"}),
        ("31/03/201", WALSALL, None, "date-truncated", {"likely": "31 March 2013"}),
        ("March 201", WALSALL, None, "date-truncated", {"likely": "March 2013"}),
        ("Mar", WALSALL, date(2013, 3, 31), "date-inferred", {"read": "March 2013"}),
        (
            "w/c 4 March",
            WALSALL,
            date(2013, 3, 10),
            "date-inferred",
            {"read": "the week from 4 March 2013"},
        ),
        ("28 Feb", WALSALL, date(2013, 2, 28), "date-inferred", {"read": "28 February 2013"}),
        ("March 4th", WALSALL, date(2013, 3, 4), "date-inferred", {"read": "4 March 2013"}),
        ("Easter", WALSALL, date(2013, 3, 31), "date-inferred", {"read": "Easter 2013"}),
        ("Mar", None, None, "date-unread", {}),
        ("Within 3 months", WALSALL, None, "date-unread", {}),
        ("WSCB may consider it", WALSALL, None, "date-unread", {}),
        ("31 Jnauary 2013", WALSALL, None, "date-unread", {}),
        ("Mar 20013", WALSALL, None, "date-unread", {}),
        ("Ofsted 2012 report", WALSALL, None, "date-unread", {}),
        ("24/7", WALSALL, None, "date-unread", {}),
        (41305, WALSALL, None, "date-unread", {}),
    ],
)
def test_a_doubt(
    text: RawValue, period: Period | None, due: date | None, code: str, details: dict[str, Any]
) -> None:
    read = read_timescale(text, period)
    assert read.due == due
    assert [(doubt.code, doubt.details) for doubt in read.doubts] == [(code, details)]
    assert finding(code, value=str(text), **details).message


def test_a_doubt_about_a_part_names_it() -> None:
    read = read_timescale("Draft: 31 June 2013; final: 30 Sep 2013", WALSALL)
    assert [doubt.details for doubt in read.doubts] == [
        {"value": "31 June 2013", "likely": "30 June 2013"}
    ]
    assert read.milestones == (
        Milestone("Draft", None),
        Milestone("final", date(2013, 9, 30), "day"),
    )
    assert read.due == date(2013, 9, 30)


def test_work_that_began_a_little_before_the_period_is_believed() -> None:
    assert not read_timescale("31 Oct 2012", WALSALL).doubts
    assert not read_timescale("June 2014", WALSALL).doubts


def test_years_left_out_are_read_from_the_last_date_back() -> None:
    read = read_timescale("Dec → New systems to be fully operational end of March.", LEICESTERSHIRE)
    assert [one.due for one in read.milestones] == [date(2016, 12, 31), date(2017, 3, 31)]
    assert read.milestones[1].label == "New systems to be fully operational"
    assert [doubt.code for doubt in read.doubts] == ["date-inferred", "date-inferred"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mar 2013", "March 2013"),
        ("Mar 2013", "03/2013"),
        ("Mar 2013", "03/13"),
        ("march  2013.", "by March 2013"),
        ("31/03/13", "31 March 2013"),
        ("31/03/13", date(2013, 3, 31)),
        ("31/03/13", datetime(2013, 3, 31)),
        ("31/03/13", "2013-03-31"),
        ("2020", 2020),
        ("TBC", "ТВС"),
        ("TBC", "to be confirmed"),
        ("Jan 2013 and ongoing", "January 2013 onwards"),
        ("Ongoing", "on-going."),
        ("Feb/March 2017", "Feb / Mar 17"),
        ("Jan - Mar 2013", "January 2013 to March 2013"),
        ("Sep 2019 Dec 2019 Dec 2019", "Sept 2019; December 2019; 12/19"),
        ("Diagnostic – Jan 2013", "Diagnostic: January 2013"),
        ("See A7.1", "see action a7.1"),
        ("Within 3  months", "Within 3 months"),
        ("", " \u00a0"),
        ("", None),
    ],
)
def test_two_that_say_the_same(one: str, other: RawValue) -> None:
    assert read_timescale(one).canonical == read_timescale(other).canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("March 2013", "31 March 2013"),
        ("Mar", "Mar 2013"),
        ("Jan 2013", "Diagnostic – Jan 2013"),
        ("Jan 2013", "Jan 2013 and ongoing"),
        ("Jan 2013", "Jan 2013?"),
        ("Feb/March 2017", "March 2017"),
        ("Jan - Mar 2013", "Mar 2013"),
        ("Sep 2019 Dec 2019", "Dec 2019"),
        ("To be agreed by WSCB", "To be agreed by Ofsted"),
        ("To be agreed by WSCB", "TBC"),
        ("w/c 4 March 2013", "4 March 2013"),
        ("w/c 4 March 2013", "10 March 2013"),
        ("Q3 2021/22", "31 Dec 2021"),
        ("Summer 2013", "Aug 2013"),
        ("31 June 2013", "30 June 2013"),
        ("12/1", "12/15"),
        ("12/1", "1-12"),
        ("2020", "Dec 2020"),
        ("See A7.1", "See A7.2"),
        ("Within 3 months", "Within 6 months"),
        ("TBC", ""),
    ],
)
def test_two_that_do_not(one: str, other: str) -> None:
    assert read_timescale(one).canonical != read_timescale(other).canonical


def test_the_text_is_kept_as_typed() -> None:
    assert read_timescale(" Sept\u00a02019\r\n").text == " Sept\u00a02019\n"
    assert read_timescale(date(2013, 3, 4)).text == "4 March 2013"
    assert read_timescale(None).text == ""


WORDS = st.sampled_from(
    [
        *(
            "31",
            "31.06.13",
            "99",
            "June",
            "2013",
            "Jan",
            "may",
            "03/16",
            "12/1",
            "w/c",
            "Q3",
            "2021/22",
            "Easter",
            "now",
        ),
        *("and", "ongoing", "TBC", "ТВС", "to", "be agreed", "See A7.1", "Review:", "by"),
        *("–", ";", "(", ")", "/", "→", "?", ","),
    ]
)
TEXTS = (
    st.text(max_size=40)
    | st.lists(WORDS, max_size=8).map(" ".join)
    | st.lists(WORDS, max_size=6).map("".join)
)


@settings(max_examples=120)
@given(
    TEXTS | st.integers() | st.floats() | st.booleans() | st.dates() | st.datetimes() | st.times()
)
def test_nothing_fails_and_what_is_compared_knows_no_period(raw: RawValue) -> None:
    reads = [read_timescale(raw, period) for period in PERIODS]
    assert len({read.canonical for read in reads}) == 1
    for doubt in (doubt for read in reads for doubt in read.doubts):
        details: dict[str, Any] = {"value": str(raw), **doubt.details}
        assert finding(doubt.code, **details).hint


@settings(max_examples=120)
@given(TEXTS)
def test_what_says_something_is_never_blank(text: str) -> None:
    said = any(letter.isalnum() for letter in text)
    assert not said or read_timescale(text).canonical


@settings(max_examples=120)
@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2079, 12, 31)))
def test_every_way_to_write_a_day_is_that_day(day: date) -> None:
    ways: list[RawValue] = [
        f"{day:%d/%m/%Y}",
        f"{day:%d/%m/%y}",
        f"{day:%d %b %Y}",
        f"{day:%d.%m.%Y}",
        day.isoformat(),
        day,
    ]
    assert {(read_timescale(way).due, read_timescale(way).canonical) for way in ways} == {
        (day, day.isoformat())
    }


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("31/03/2013", date(2013, 3, 31)),
        ("1/4/2013", date(2013, 4, 1)),
        ("2013-03-31", date(2013, 3, 31)),
        ("31/06/2013", None),
        ("31/03/13", None),
        ("03/2013", None),
        ("by 31/03/2013", None),
    ],
)
def test_a_day_in_figures_and_nothing_else(line: str, day: date | None) -> None:
    assert day_in_figures(line) == day


@settings(max_examples=120)
@given(
    st.sampled_from(["{0}/{1}/{2}", "{0:02}/{1:02}/{2}", "{2}-{1:02}-{0:02}", "{2}-{1}-{0}"]),
    st.integers(0, 32),
    st.integers(0, 13),
    st.integers(1890, 2110),
)
def test_a_day_in_figures_is_what_a_whole_reading_finds(
    form: str, day: int, month: int, year: int
) -> None:
    line = form.format(day, month, year)
    named, read = day_in_figures(line), read_timescale(line)
    if named:
        assert (read.due, read.precision, read.doubts) == (named, "day", ())
        assert read.canonical == named.isoformat()
