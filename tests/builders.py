"""Small plans, mappings and workbooks for tests, in the officer's words. `fields` and others
replace what is usual.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from xlplan.mapping.model import (
    FieldSpec,
    Line,
    Office,
    PlanMapping,
    PlanWords,
    RatingSpec,
    TableSpec,
    WordingSpec,
)
from xlplan.plan.rounds import Round
from xlplan.plan.values import Value
from xlplan.workbook.kit.marks import make_code
from xlplan.workbook.update.book import UpdateBook, UpdateRow

SCALE = [
    RatingSpec(
        code="Gr",
        name="Grey",
        colour="#A6A6A6",
        meaning="Not begun: its start has not come",
        kind="not-started",
    ),
    RatingSpec(code="R", name="Red", colour="#C00000", meaning="Off track, needs the board"),
    RatingSpec(
        code="A", name="Amber", colour="#FFC000", meaning="Off track, with plans to recover"
    ),
    RatingSpec(code="G", name="Green", colour="#00B050", meaning="On track"),
    RatingSpec(code="B", name="Blue", colour="#0070C0", meaning="Finished", kind="closed"),
]


def some_fields(**changes: FieldSpec | None) -> dict[str, FieldSpec]:
    """The fields of a usual plan; None takes one away."""
    usual: dict[str, FieldSpec | None] = {
        "ref": FieldSpec(headings=["Ref"], type="ref"),
        "action": FieldSpec(headings=["Action"]),
        "due": FieldSpec(headings=["Timescale"], type="timescale", edit="lead", input="fresh"),
        "leads": FieldSpec(headings=["Lead"], type="leads"),
        "measures": FieldSpec(headings=["Measures"]),
        "rag": FieldSpec(headings=["RAG"], type="rag", edit="lead"),
        "progress": FieldSpec(headings=["Review note"], edit="lead", input="fresh"),
        "due_reason": FieldSpec(edit="lead", input="fresh"),
        "evidence": FieldSpec(headings=["Evidence"], edit="lead"),
    }
    return {key: spec for key, spec in {**usual, **changes}.items() if spec is not None}


def a_mapping(**changes: Any) -> PlanMapping:
    """A usual mapping: five ratings, three lines of context, seven fields; keyword arguments
    replace its parts.
    """
    parts: dict[str, Any] = {
        "plan": PlanWords(id="meadow-2026", title="Meadow Improvement Plan", section_word="theme"),
        "office": Office(
            name="Programme office",
            contact="Jane Smith, 01922 650000",
            email="plans@meadow.example",
        ),
        "wording": WordingSpec(),
        "tables": [
            TableSpec(sheet="Plan", lines=[Line(kind="section", reads=["THEME {ref} - {text}"])])
        ],
        "fields": some_fields(),
        "rag": SCALE,
    }
    return PlanMapping(**{**parts, **changes})


def a_round(name: str = "January 2026 Board", return_by: str = "2026-01-23") -> Round:
    """An open round."""
    return Round(id=1, name=name, return_by=return_by, opened_at="2026-01-05T09:00:00", opened=1)


def values(**texts: str) -> dict[str, Value]:
    """Values by field from texts; canonical is the text without case."""
    return {field: Value(text, text.casefold()) for field, text in texts.items()}


def an_update_row(
    ref: str, *, token: str = "", section: str = "1 Partnership", **changes: Any
) -> UpdateRow:
    """One action of an update workbook. Its usual values can be replaced by field: `rag="A"`."""
    own = {
        key: changes.pop(key)
        for key in ("joint", "requirement", "typed", "problems", "last")
        if key in changes
    }
    usual = {
        "ref": ref,
        "action": f"Do what {ref} says",
        "due": "31 Mar 2026",
        "measures": "It is done",
        "rag": "A",
        "progress": "Begun in December.",
        "evidence": "Minutes",
    }
    return UpdateRow(
        token=token or f"token-{ref}-0123456789",
        key=f"a-{ref}",
        values=values(**{**usual, **changes}),
        section=section,
        **own,
    )


def an_update_book(*rows: UpdateRow, **changes: Any) -> UpdateBook:
    """An update workbook for Rose Collinson."""
    parts: dict[str, Any] = {
        "mapping": a_mapping(),
        "plan_title": "Meadow Improvement Plan",
        "round": a_round(),
        "lead": "Rose Collinson",
        "code": make_code("issue-1"),
        "issue_id": "issue-1",
        "rows": rows
        or (an_update_row("1.1"), an_update_row("1.2", rag="G"), an_update_row("1.10", rag="")),
        "created": datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
    }
    return UpdateBook(**{**parts, **changes})
