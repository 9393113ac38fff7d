"""The JSON of findings, changes and questions, in commands and reports alike: key for key as
scripts rely on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import (
    Candidate,
    Change,
    Proposal,
    Question,
    Source,
    option_letter,
)
from xlplan.plan.figures.figures import Edit
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.numbers import as_number
from xlplan.plan.values import BLANK, Value

Document = dict[str, Any]
JsonValue = str | float | int | None

SYSTEM_FIELDS = frozenset({"order", "table", "opening", "unread"})
"""Where a row stands in the published layout: nobody reads its changes."""


def value_of(value: Value | None, field_type: str) -> JsonValue:
    """A value as JSON has it: null when empty, a number for number and percent, else its text."""
    if value is None or not value:
        return None
    # pandas cannot sum a column of numbers with one text such as `45%` in it.
    number = as_number(value) if field_type in {"number", "percent"} else None
    return value.text if number is None else number


def _place(at: Address) -> Document:
    return {"file": at.file or None, "sheet": at.sheet or None, "cell": at.cell or None}


def source_document(source: Source) -> Document:
    """Where a value came from; null for the parts of its place that do not apply."""
    return {"lead": source.lead, **_place(source.place)}


def change_document(
    change: Change | Edit, ref: str | None, old: JsonValue, new: JsonValue
) -> Document:
    """One change of one cell, its values as JSON has them.

    Example:
        {"key": "a1.1", "ref": "1.1", "field": "rag", "old": "A", "new": "G", "sources": [...],
        "reason": null}
    """
    return {
        "key": change.key,
        "ref": ref or None,
        "field": change.field,
        "old": old,
        "new": new,
        "sources": [source_document(source) for source in change.sources],
        "reason": change.reason or None,
    }


def finding_document(found: Finding) -> Document:
    """One finding as JSON; null for the parts of its place that do not apply."""
    return {
        "severity": found.severity,
        "code": found.code,
        **_place(found.at),
        "key": found.key,
        "ref": found.ref or None,
        "lead": found.lead or None,
        "field": found.field or None,
        "value": found.value,
        "message": found.message,
        "hint": found.hint,
    }


_PLACES = ("section", "requirement")
"""Fields that hold the key of another item."""


def _called(item: Item) -> str | None:
    # Kent 2010 calls its sections by time, `Within Three Months`, without a number.
    return item.text("ref") or item.text("name") or None


class Documents:
    """Turns values into documents; knows the plan for refs and the mapping for the types of
    fields. `rounds` are names of rounds, by the number of a return that answered in it.
    """

    def __init__(
        self, plan: Plan, mapping: PlanMapping, rounds: Mapping[int, str] | None = None
    ) -> None:
        self.plan = plan
        self.mapping = mapping
        self.rounds = rounds or {}

    def ref(self, key: str | None) -> str | None:
        """The ref people call an item by; None when it has none."""
        item = self.plan.items.get(key or "")
        return (item.called or None) if item else None

    def value(self, value: Value | None, field: str) -> JsonValue:
        """A value of one field as JSON; a section or requirement by its ref, or else its name."""
        item = self.plan.items.get(value.text) if value and field in _PLACES else None
        if item is not None:
            return _called(item)
        spec = self.mapping.fields.get(field)
        return value_of(value, spec.type if spec else "text")

    def finding(self, found: Finding) -> Document:
        """One finding."""
        return finding_document(found)

    def source(self, source: Source) -> Document:
        """Where a value came from."""
        return source_document(source)

    def change(self, change: Change) -> Document:
        """One change of one cell."""
        old, new = (self.value(value, change.field) for value in (change.old, change.new))
        return change_document(change, self.ref(change.key), old, new)

    def candidate(self, option: str, candidate: Candidate, field: str) -> Document:
        """One lead's value for a cell in question, with the letter of its option; of a whole row,
        its cells.

        Of answers that came apart, `on` is the row that they stand on and `to` the one that they
        belong to.
        """
        document: Document = {
            "option": option,
            **self.source(candidate.source),
            "round": self.rounds.get(candidate.source.returned),
            "value": self.value(candidate.value, field),
            "at": candidate.source.at or None,
        }
        if candidate.values:
            document["values"] = {name: self.value(value, name) for name, value in candidate.values}
        if candidate.to:
            document |= {"on_key": candidate.stands, "on": self.ref(candidate.stands)}
            document |= {"to_key": candidate.to, "to": self.ref(candidate.to)}
        return document

    def question(self, question: Question) -> Document:
        """One open question."""
        return {
            "id": question.id,
            "key": question.key or None,
            "ref": self.ref(question.key),
            "field": question.field,
            "reason": question.reason,
            "base": self.value(question.base, question.field),
            "master": self.value(question.master, question.field),
            "candidates": [
                self.candidate(option_letter(place), candidate, question.field)
                for place, candidate in enumerate(question.candidates)
            ],
            "note": question.note,
        }

    def proposed(self, proposal: Proposal) -> Document:
        """One proposed action; `section` and `requirement` are where it would go, null where that
        is asked.
        """
        section, requirement = (proposal.values.get(name, BLANK).text for name in _PLACES)
        place = self.plan.place_named(section, requirement)
        return {
            "id": proposal.id,
            "lead": proposal.lead,
            "values": {name: self.value(value, name) for name, value in proposal.values.items()},
            "section": _called(place.section) if place else None,
            "requirement": _called(place.requirement) if place and place.requirement else None,
            **_place(proposal.source.place),
            "like": list(proposal.like),
        }
