"""The order in which everything is told: the plan's rows, then its fields, then leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from xlplan.merge.model import Answered, NotTaken, Refused
from xlplan.merge.voices import source_order
from xlplan.plan.changes import Change, Proposal, SoftNote
from xlplan.plan.text.natural import natural

Place = tuple[object, ...]


class OfCell(Protocol):
    """Anything that is about one cell or row."""

    @property
    def key(self) -> str:
        """The row's key."""

    @property
    def field(self) -> str:
        """The field, or the whole row's mark."""


class PlanOrder:
    """Sort keys by the plan's order. Rows that the plan lacks come last, in natural order of their
    keys.
    """

    def __init__(self, keys: Iterable[str], fields: Iterable[str]) -> None:
        self._rows = {key: number for number, key in enumerate(keys)}
        self._fields = {name: number for number, name in enumerate(fields)}

    def of_cell(self, one: OfCell) -> Place:
        """By row, then field; what is about a whole row comes first."""
        row = self._rows.get(one.key, len(self._rows))
        return row, natural(one.key), self._fields.get(one.field, -1), one.field

    def of_note(self, note: SoftNote) -> Place:
        """Notes of one cell by whom they are for."""
        return *self.of_cell(note), note.leads, note.text

    def of_value(self, one: NotTaken | Refused) -> Place:
        """Values of one cell by lead, then by value and where it stood."""
        return (
            *self.of_cell(one),
            one.lead,
            one.value.canonical,
            one.value.text,
            source_order(one.source),
        )

    def of_answered(self, one: Answered) -> Place:
        """Answers about cells first, then about proposals."""
        if isinstance(one.about, Proposal):
            return 1, one.about.grounds.text
        return (
            0,
            *self.of_cell(one.about),
            "" if isinstance(one.about, Change) else one.about.grounds.text,
        )
