"""What a row needs when another field says something."""

from __future__ import annotations

from datetime import date

from tests.mapping.test_load import SMALL
from xlplan.mapping.load import load_text
from xlplan.mapping.rules import check_row
from xlplan.plan.values import Value

MAPPING = load_text(
    SMALL
    + """
[fields.progress]
headings = ["Progress"]
required_when = [{ field = "rag", is = ["R", "A"] }]

[fields.due_reason]
name = "Why the date moves"
required_when = [{ field = "due", moved = true, severity = "error" }]
""",
    "small.toml",
)


def row(**cells: str) -> dict[str, Value]:
    return {name: Value(text, text) for name, text in cells.items()}


def test_progress_is_needed_when_the_rating_is_bad() -> None:
    doubts = check_row(MAPPING, row(rag="G"), row(rag="A"))
    assert [(doubt.field, doubt.code, doubt.severity) for doubt in doubts] == [
        ("progress", "required", "warning")
    ]
    assert doubts[0].details == {"name": "Progress", "why": "RAG is A"}
    assert check_row(MAPPING, row(rag="G"), row(rag="A", progress="Late")) == []
    assert check_row(MAPPING, row(rag="A"), row(rag="G")) == []


def test_a_reason_is_needed_when_the_date_moves() -> None:
    doubts = check_row(MAPPING, row(due="May"), row(due="June"))
    assert [(doubt.field, doubt.severity) for doubt in doubts] == [("due_reason", "error")]
    assert doubts[0].details == {"name": "Why the date moves", "why": "By when changes"}
    assert check_row(MAPPING, row(due="May"), row(due="May")) == []


LIMITS = load_text(
    """
[plan]
id = "limits"
title = "Limits"
start = 2024-01-01
end = 2025-12-31
[[tables]]
sheet = "Plan"
[fields.action]
headings = ["Action"]
[fields.due]
type = "timescale"
not_past = true
severity = "error"
[fields.staff]
type = "number"
minimum = 1
maximum = 40
[fields.note]
max_length = 5
severity = "notice"
[fields.progress]
max_length = 5
""",
    "limits.toml",
)
TODAY = date(2025, 3, 1)


def moved_to(field: str, text: str, before: str = "") -> list[tuple[str, str]]:
    was, now = ({field: Value(one, one)} for one in (before, text))
    return [(doubt.code, doubt.severity) for doubt in check_row(LIMITS, was, now, TODAY)]


def test_a_date_moved_into_the_past_is_as_serious_as_the_mapping_says() -> None:
    assert moved_to("due", "Feb 2025") == [("due-past", "error")]
    assert moved_to("due", "Mar 2025") == []
    assert moved_to("due", "Ongoing") == []


def test_a_date_that_stood_there_before_is_not_doubted() -> None:
    assert moved_to("due", "Feb 2025", before="Feb 2025") == []


def test_a_number_outside_its_range() -> None:
    assert moved_to("staff", "41") == moved_to("staff", "0") == [("out-of-range", "warning")]
    assert moved_to("staff", "40") == moved_to("staff", "1") == []
    [doubt] = check_row(LIMITS, {}, {"staff": Value("41", "41")}, TODAY)
    assert doubt.details["limits"] == "at least 1 and at most 40"
    assert check_row(LIMITS, {}, {"staff": Value("a dozen", "a dozen")}, TODAY) == [], (
        "the plan may hold a text there"
    )


def test_a_text_that_is_too_long_is_as_serious_as_the_mapping_says() -> None:
    assert moved_to("note", "123456") == [("too-long", "notice")]
    assert moved_to("progress", "123456") == [("too-long", "warning")]
    assert moved_to("note", "12345") == moved_to("note", "123456", before="123456") == []
    [doubt] = check_row(LIMITS, {}, {"note": Value("123456", "123456")}, TODAY)
    assert doubt.details == {"length": "6", "limit": "5"}
