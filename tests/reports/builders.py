"""Small plans for tests of reports and of the master workbook, in the officer's notation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Change, Source
from xlplan.plan.figures.figures import Figures, LeadReturn
from xlplan.plan.model import Item, Plan
from xlplan.plan.own_words import OwnWords
from xlplan.plan.rounds import Round, StoredCell, StoredReturn, StoredRow
from xlplan.plan.values import Value
from xlplan.reports.figures import figures
from xlplan.reports.material import Material

TODAY = date(2013, 2, 4)
RATINGS = [
    {"code": "N", "name": "Not started", "colour": "#D5DBE1", "kind": "not-started"},
    {"code": "R", "name": "Red", "colour": "#F8B9B4"},
    {"code": "A", "name": "Amber", "colour": "#FFE29A"},
    {"code": "G", "name": "Green", "colour": "#BFE3C6"},
    {"code": "B", "name": "Blue", "colour": "#BBD6F2", "kind": "closed"},
]


def a_mapping(**parts: Any) -> PlanMapping:
    """A mapping with the usual fields and a five-part scale."""
    said: dict[str, Any] = {
        "plan": {
            "id": "test",
            "title": "Test Improvement Plan",
            "organisation": "Ambridge",
            "section_word": "theme",
        },
        "tables": [{"sheet": "Plan"}],
        "fields": {
            "ref": {"headings": ["Ref"], "type": "ref"},
            "action": {"headings": ["Action"]},
            "leads": {"headings": ["Lead"], "type": "leads"},
            "due": {"headings": ["Timescale"], "type": "timescale"},
            "rag": {"headings": ["RAG"], "type": "rag", "edit": "lead"},
            "progress": {"name": "Progress", "edit": "lead"},
        },
        "rag": RATINGS,
    }
    return PlanMapping.model_validate(said | parts)


def value(text: str, canonical: str | None = None) -> Value:
    """A value whose meaning is its text, unless told."""
    return Value(text, text if canonical is None else canonical)


def a_plan(table: str, **sections: str) -> Plan:
    """A plan from lines `ref | section | leads | due | rag [| status]`; due dates are ISO or text.

    Item keys are `a` and the ref, `s` and the section's number.
    """
    plan = Plan({"plan": Item("plan", "plan", {"title": value("Test Improvement Plan")})})
    names = sections or {"s1": "Partnership", "s2": "Practice"}
    for number, (key, name) in enumerate(names.items(), start=1):
        plan.items[key] = Item(
            key, "section", _values(ref=str(number), name=name, order=str(number))
        )
    for number, line in enumerate(
        (one for one in table.strip().splitlines() if one.strip()), start=10
    ):
        cells = [cell.strip() for cell in line.split("|")]
        ref, section, leads, due, rag = cells[:5]
        status = cells[5] if len(cells) > 5 else ("completed" if rag == "B" else "open")
        plan.items[f"a{ref}"] = Item(
            f"a{ref}",
            "action",
            _values(
                ref=ref,
                section=section,
                leads=leads,
                due=due,
                rag=rag,
                status=status,
                order=str(number * 1000),
            )
            | {"action": value(f"Do the work of {ref}")},
        )
    return plan


def _values(**texts: str) -> dict[str, Value]:
    return {name: value(text) for name, text in texts.items() if text}


BEFORE = """
    1.1 | s1 | Ann       | 2013-01-31 | R
    1.2 | s1 | Bob; Ann  | 2013-02-20 | A
    1.3 | s1 |           |            | A
    2.1 | s2 | Bob       | 2013-06-30 | G
    2.2 | s2 | Cat       | Ongoing    | N
    2.3 | s2 | Cat       | 2012-12-31 | B
    2.4 | s2 | Cat       | 2013-03-31 |
"""
AFTER = """
    1.1 | s1 | Ann       | 2013-05-03 | A
    1.2 | s1 | Bob; Ann  | 2013-02-20 | A
    1.3 | s1 | Cat       |            | R
    2.1 | s2 | Bob       | 2013-06-30 | B
    2.2 | s2 | Cat       | Ongoing    | G
    2.3 | s2 | Cat       | 2012-12-31 | G
    2.4 | s2 | Cat       | 2013-03-21 | G
    2.5 | s2 | Cat       | 2013-01-01 |   | new
"""


def differences(before: Plan, after: Plan) -> list[Change]:
    """Every cell of an action that differs, said by its lead in a file."""
    changes = []
    for key, item in after.items.items():
        was = before.items.get(key)
        if item.kind != "action" or was is None:
            continue
        for field in {*item.values, *was.values}:
            if item.get(field).canonical != was.get(field).canonical:
                source = Source("Ann", "2013-02-01 Ann.xlsx", "Update", "H12")
                changes.append(Change(key, field, was.get(field), item.get(field), (source,)))
    return changes


def leads_of(plan: Plan) -> dict[str, Sequence[str]]:
    """Leads by action, as the plan's key would resolve them."""
    return {
        item.key: tuple(one for one in item.text("leads").split("; ") if one)
        for item in plan.actions
    }


ROUND = Round(1, "January 2013 Board", "2013-01-25", "2013-01-07T09:00:00", 1)
RETURNS = (
    LeadReturn("Ann", 2, "returned"),
    LeadReturn("Bob", 2, "late", days_late=3),
    LeadReturn("Cat", 3, "outstanding", days_late=10),
    LeadReturn("Dan", 1, "returned", nil=True),
)


def material(before: str = BEFORE, after: str = AFTER, **parts: Any) -> Material:
    """What a report is made from; `parts` replace anything of it."""
    was, now = a_plan(before), a_plan(after)
    said: dict[str, Any] = {
        "mapping": a_mapping(),
        "before": was,
        "after": now,
        "today": TODAY,
        "led": leads_of(now),
        "since": "the December 2012 Board",
        "round": ROUND,
        "returns": RETURNS,
        "changes": differences(was, now),
        "redated": {"a1.1": 2},
    }
    return Material(**(said | parts))


def own_words(lead: str, key: str, **answers: Value) -> OwnWords:
    """What one lead typed of one action, or under "" for a new one, by field."""
    cells = tuple(StoredCell(name, answer, "Update", "") for name, answer in answers.items())
    row = StoredRow(0, "Update", 9, "answered" if key else "proposed", key or None, cells=cells)
    returned = StoredReturn(1, "back.xlsx", "", lead, 1, "", 1, "waiting", "", rows=(row,))
    return OwnWords([returned])


def some_figures(before: str = BEFORE, after: str = AFTER, **parts: Any) -> Figures:
    """Figures of `material` with the same arguments."""
    return figures(material(before, after, **parts))
