"""A plan of three actions, and returns of it, in a few words."""

from __future__ import annotations

from typing import Any

from tests.strategies import a_field
from xlplan.merge import Field, Merged, Return, ReturnedRow, three_way
from xlplan.plan.changes import Choice, Decision, Proposal, Question
from xlplan.plan.values import BLANK, Value

PLAN = {
    "a1": {
        "ref": "1.1",
        "rag": "A",
        "due": "31/03/2013",
        "progress": "Begun",
        "evidence": "Minutes",
    },
    "a2": {"ref": "1.2", "rag": "R", "due": "TBC", "progress": "", "evidence": ""},
    "a3": {"ref": "1.3", "rag": "G", "due": "30/06/2013", "progress": "Done", "evidence": "Photo"},
}
FIELDS = {name: a_field(name) for name in ("rag", "due", "progress", "evidence")}

Edits = dict[str | None, dict[str, str]]


def back(lead: str, edits: Edits, *, base: Any = PLAN, **rest: Any) -> Return:
    """A return in which the lead typed these values and left all else as it was; the key None
    proposes an action.
    """
    rows = [ReturnedRow(key, {**_shown(base, key), **typed}) for key, typed in edits.items()]
    return Return(lead, base, rows, rest.pop("scope", frozenset(PLAN)), **rest)


def _shown(base: Any, key: str | None) -> dict[str, str]:
    row = base.get(key, {})
    return {name: "" if field.fresh else row[name] for name, field in FIELDS.items() if name in row}


def merge(
    *returns: Return, master: Any = PLAN, fields: dict[str, Field] = FIELDS, **rest: Any
) -> Merged:
    """The merge of these returns into the plan."""
    return three_way(master, returns, fields, **rest)


def asked(merged: Merged) -> list[str]:
    """Every question on one line: cell, reason, and who said what."""
    return [
        f"{one.key} {one.field} {one.reason}: "
        + ", ".join(f"{each.source.lead} {each.value.text}".strip() for each in one.candidates)
        for one in merged.questions
    ]


def moved(merged: Merged) -> list[str]:
    """Every change on one line: cell, old, new, and who is credited."""
    return [
        f"{one.key} {one.field}: {one.old.text} -> {one.new.text} "
        f"({', '.join(each.lead for each in one.sources)})"
        for one in merged.changes
    ]


def decide(
    about: Question | Proposal,
    choice: Choice,
    *,
    value: Value = BLANK,
    lead: str = "",
    text: str = "",
    at: str = "2013-02-01",
) -> Decision:
    """The officer's answer to a question or a proposal."""
    return Decision(about.id, about.grounds, choice, "Officer", at, value, lead, text)
