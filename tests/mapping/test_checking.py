"""How each type of field reads what people type."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from xlplan.mapping.checking import Context, Reading, read_value
from xlplan.mapping.load import load_text
from xlplan.mapping.model import FieldSpec
from xlplan.plan.findings.finding import finding
from xlplan.plan.leads.reading import Lead, LeadKey
from xlplan.plan.values import BLANK, RawValue

MAPPING = load_text(
    """
[plan]
id = "p"
title = "P"

[[tables]]
sheet = "Plan"

[fields.action]

[[rag]]
code = "Gr"
name = "Grey"
colour = "#D9D9D9"
kind = "not-started"

[[rag]]
code = "R"
name = "Red"
colour = "#F8B9B4"

[[rag]]
code = "A"
name = "Amber"
colour = "#FFE29A"

[[rag]]
code = "G"
name = "Green"
colour = "#C6E5B9"
spellings = ["On track"]

[[rag]]
code = "B"
name = "Blue"
colour = "#BBD7F0"
kind = "closed"
""",
    "p.toml",
)


def read(kind: str, raw: RawValue, *, day_first: bool | None = True, **spec: Any) -> Reading:
    field = FieldSpec.model_validate({"type": kind, **spec})
    reading = read_value(field, raw, MAPPING, Context(LeadKey(), day_first))
    for code, details in reading.remarks:
        # Every detail that the wording needs, and no other name for it.
        words: dict[str, Any] = {"value": str(raw), **details}
        finding(code, **words)
    return reading


def stored(kind: str, raw: RawValue, **spec: Any) -> str | None:
    value = read(kind, raw, **spec).value
    return None if value is None else value.text


def codes(reading: Reading) -> list[str]:
    return [code for code, _ in reading.remarks]


@pytest.mark.parametrize(
    "kind",
    [
        "ref",
        "text",
        "rag",
        "timescale",
        "date",
        "percent",
        "number",
        "leads",
        "links",
        "choice",
        "tick",
    ],
)
@pytest.mark.parametrize("raw", [None, "", "  ", "\N{NO-BREAK SPACE}\u200b"])
def test_blank_is_blank_for_every_type(kind: str, raw: RawValue) -> None:
    assert read(kind, raw) == Reading(BLANK)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("G", "G"),
        ("Gr", "Gr"),
        ("g ", "G"),
        ("gr", "Gr"),
        ("Green", "G"),
        ("GREEN.", "G"),
        ("Amber.", "A"),
        ("amb", "A"),
        ("on track", "G"),
        ("Blue (B)", "B"),
        ("G - Green", "G"),
        ("А", "A"),
    ],
)
def test_a_rating_is_read_where_only_one_can_be_meant(typed: str, code: str) -> None:
    reading = read("rag", typed)
    assert reading.value is not None
    assert (reading.value.text, reading.value.canonical) == (code, code)
    assert codes(reading) == (
        [] if typed.strip() == code else ["text-mended"] if typed == "А" else ["rag-read"]
    )


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Gren", " Did they mean G?"),
        ("Purple", ""),
        ("Gre", " Did they mean"),
        ("A/G", ""),
        ("7", ""),
    ],
)
def test_any_other_rating_is_asked_about(typed: str, near: str) -> None:
    reading = read("rag", typed)
    assert reading.value is None
    [(code, details)] = reading.remarks
    assert code == "rag-unknown"
    assert details["allowed"] == "Gr, R, A, G or B"
    assert details["near"].startswith(near)
    assert bool(details["near"]) is bool(near)


@pytest.mark.parametrize(
    "raw",
    [
        "31/03/2013",
        "31.3.13",
        "2013-03-31",
        "31 Mar 2013",
        "31st March 2013",
        "March 31, 2013",
        41364,
        41364.0,
        datetime(2013, 3, 31),
        date(2013, 3, 31),
        "Sunday, 31 March 2013",
        "2013-03-31T00:00:00.000Z",
    ],
)
def test_a_date_is_read_in_the_usual_orders(raw: RawValue) -> None:
    assert stored("date", raw) == "2013-03-31"


@pytest.mark.parametrize("raw", ["March 2013", "31/06/2013", "soon", 0.5, 99_999, True, "Mar"])
def test_what_is_no_single_day_is_no_date(raw: RawValue) -> None:
    reading = read("date", raw)
    assert reading.value is None
    assert codes(reading) == ["date-not-a-date"]


def test_a_day_that_does_not_exist_is_told_with_what_was_meant() -> None:
    for raw in ("31/06/2013", "2013-06-31", "31 Jun 2013", "31/Jun/2013"):
        ((code, details),) = read("date", raw).remarks
        assert (code, details["example"]) == (
            "date-not-a-date",
            "a day that exists, perhaps 30 June 2013",
        )
    assert stored("date", "30/Jun/2013") == "2013-06-30"


DATED = load_text(
    """
[plan]
id = "p"
title = "P"
start = 2025-01-01
end = 2027-12-31

[[tables]]
sheet = "Plan"

[fields.action]
""",
    "p.toml",
)


@pytest.mark.parametrize(
    ("raw", "likely"),
    [
        ("30/06/2062", "30 June 2027"),
        ("30 June 1926", "30 June 2026"),
        (date(2206, 6, 30), "30 June 2026"),
        (5, "5 January 2025"),
        (datetime(1900, 1, 5), "5 January 2025"),
    ],
)
def test_a_date_that_does_not_fit_the_plans_period_is_doubted(raw: RawValue, likely: str) -> None:
    reading = read_value(FieldSpec(type="date"), raw, DATED, Context(LeadKey()))
    ((code, details),) = reading.remarks
    assert (code, details["likely"]) == ("date-implausible", likely)
    assert reading.value is not None, "it is kept, as a timescale's is"


def test_a_date_within_half_a_year_of_the_plan_or_a_year_after_it_is_believed() -> None:
    for raw in ("2024-07-10", "2026-06-30", "2028-12-30"):
        assert read_value(FieldSpec(type="date"), raw, DATED, Context(LeadKey())).remarks == ()


def test_without_a_period_only_days_that_no_program_agrees_on_are_doubted() -> None:
    assert codes(read("date", 5)) == ["date-implausible"]
    assert codes(read("date", "1905-01-05")) == []


def test_the_order_of_day_and_month_is_never_guessed() -> None:
    assert stored("date", "03/04/2013") == "2013-04-03"
    assert stored("date", "03/04/2013", day_first=False) == "2013-03-04"
    reading = read("date", "03/04/2013", day_first=None)
    assert reading.value is None
    assert reading.remarks == (("date-ambiguous", {"first": "3 Apr 2013", "second": "4 Mar 2013"}),)
    assert stored("date", "13/04/2013", day_first=None) == "2013-04-13"
    assert stored("date", "04/04/2013", day_first=None) == "2013-04-04"


@pytest.mark.parametrize(
    ("raw", "text"),
    [(45, "0.45"), ("45%", "0.45"), (0.45, "0.45"), ("0.45", "0.45"), ("100 %", "1")],
)
def test_a_percentage_is_one_share(raw: RawValue, text: str) -> None:
    assert stored("percent", raw) == text


@pytest.mark.parametrize(
    ("raw", "text"), [(42.0, "42"), ("1,234.50", "1234.5"), (0.1 + 0.2, "0.3"), ("-0", "0")]
)
def test_numbers_are_their_shortest_digits(raw: RawValue, text: str) -> None:
    assert stored("number", raw) == text


@pytest.mark.parametrize("kind", ["date", "timescale"])
def test_a_time_of_day_beside_a_day_is_told_and_the_day_taken(kind: str) -> None:
    """A program of another time zone writes the evening before."""
    reading = read(kind, datetime(2013, 3, 30, 23))
    assert reading.value
    assert reading.value.canonical == "2013-03-30"
    assert reading.remarks == (("date-time", {"time": "23:00", "read": "30 March 2013"}),)
    assert read(kind, datetime(2013, 3, 30)).remarks == ()


@pytest.mark.parametrize("raw", ["about 40", "4 5", "", "1e999", True, date(2013, 3, 31), "."])
def test_what_is_no_number_is_told(raw: RawValue) -> None:
    reading = read("number", raw)
    assert reading.value == BLANK if raw == "" else codes(reading) == ["number-unread"]


@pytest.mark.parametrize(
    ("raw", "text"),
    [*[(yes, "Yes") for yes in ("Yes", "y", "x", "X", "✓", "TRUE", True, 1, 1.0, "1")]]
    + [(no, "") for no in ("No", "n", False, 0, "FALSE")]
    + [("perhaps", None)],
)
def test_ticks(raw: RawValue, text: str | None) -> None:
    assert stored("tick", raw) == text


def test_a_choice_is_stored_as_the_mapping_spells_it() -> None:
    assert stored("choice", "in PROGRESS", choices=["Not started", "In progress"]) == "In progress"
    reading = read("choice", "In progres!s", choices=["Not started", "In progress"])
    assert reading.value is None
    assert reading.remarks == (
        (
            "choice-unknown",
            {"allowed": "Not started or In progress", "near": " Did they mean In progress?"},
        ),
    )


def test_a_number_in_a_text_field_has_no_spurious_end() -> None:
    assert stored("text", 42.0) == "42"
    assert stored("text", 0.5) == "0.5"


def test_text_is_kept_as_typed_and_compared_by_meaning() -> None:
    value = read("text", "Two\r\nlines,\x00  “quoted”").value
    assert value is not None
    assert value.text == "Two\nlines,  “quoted”"
    assert value.canonical == 'Two\nlines, "quoted"'


def test_text_that_no_cell_can_hold_is_not_stored() -> None:
    assert stored("text", "a" * 32_767) == "a" * 32_767
    reading = read("text", "a" * 32_768)
    assert reading.value is None
    assert reading.remarks == (("too-long", {"length": "32768", "limit": "32767"}),)


def test_text_beyond_the_length_that_the_office_wants_is_kept() -> None:
    assert stored("text", "123456", max_length=5) == "123456"


def test_a_ref_with_look_alikes_is_mended_and_said() -> None:
    reading = read("ref", " \u0410 1.1 ")
    assert reading.value is not None
    assert (reading.value.text, reading.value.canonical) == ("A 1.1", "a 1.1")
    assert reading.remarks == (("text-mended", {"read": "A 1.1"}),)


LEADS = LeadKey((Lead("l1", "Ann Ash", codes=("AA",)), Lead("l2", "Bob Birch", codes=("BB",))))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("AA", "Ann Ash"),
        ("ann  ash", "Ann Ash"),
        ("BB/AA", "Bob Birch; Ann Ash"),
        ("Ann Ash (chair)", "Ann Ash (chair)"),
        ("AA, TBC", "AA, TBC"),
        ("AA, Carl", "AA, Carl"),
        ("n/a", "n/a"),
    ],
)
def test_leads_are_stored_by_their_names_unless_more_is_said(typed: str, text: str) -> None:
    value = read_value(FieldSpec(type="leads"), typed, MAPPING, Context(LEADS)).value
    in_the_plan = read_value(
        FieldSpec(type="leads"), typed, MAPPING, Context(LEADS, by_name=False)
    ).value
    assert value is not None
    assert in_the_plan is not None
    assert (value.text, in_the_plan.text) == (text, typed)
    assert value.canonical == in_the_plan.canonical, (
        "how it is stored makes no difference to what it means"
    )
    again = read_value(FieldSpec(type="leads"), value.text, MAPPING, Context(LEADS)).value
    assert again == value
