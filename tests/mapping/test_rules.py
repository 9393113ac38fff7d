"""What a row needs when another field says something."""

from __future__ import annotations

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
    assert [(doubt.field, doubt.code, doubt.severity) for doubt in doubts] == [("progress", "required", "warning")]
    assert doubts[0].details == {"name": "Progress", "why": "RAG is A"}
    assert check_row(MAPPING, row(rag="G"), row(rag="A", progress="Late")) == []
    assert check_row(MAPPING, row(rag="A"), row(rag="G")) == []


def test_a_reason_is_needed_when_the_date_moves() -> None:
    doubts = check_row(MAPPING, row(due="May"), row(due="June"))
    assert [(doubt.field, doubt.severity) for doubt in doubts] == [("due_reason", "error")]
    assert doubts[0].details == {"name": "Why the date moves", "why": "By when changes"}
    assert check_row(MAPPING, row(due="May"), row(due="May")) == []
