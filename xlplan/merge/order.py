"""The order of everything that comes out: the plan's rows, then its fields, then leads."""

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

    def of_cell(self, about: OfCell) -> Place:
        """By row, then field; what is about a whole row comes first."""
        row = self._rows.get(about.key)
        place = (row, ()) if row is not None else (len(self._rows), natural(about.key))
        return *place, self._fields.get(about.field, -1), about.field

    def of_note(self, note: SoftNote) -> Place:
        """Notes of one cell by whom they are for."""
        return *self.of_cell(note), note.leads, note.text

    def of_value(self, answer: NotTaken | Refused) -> Place:
        """Values of one cell by lead, then by value and where it stood."""
        return (
            *self.of_cell(answer),
            answer.lead,
            answer.value.canonical,
            answer.value.text,
            source_order(answer.source),
        )

    def of_answered(self, answered: Answered) -> Place:
        """Answers about cells first, then about proposals."""
        about = answered.about
        if isinstance(about, Proposal):
            return 1, about.grounds.text
        return 0, *self.of_cell(about), "" if isinstance(about, Change) else about.grounds.text
