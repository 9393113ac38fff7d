"""Read items of the plan as a report shows them: names of sections, days of due texts, labels of
fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from xlplan.mapping.keys import display_name, period, rag_scale
from xlplan.plan.figures.counts import ActionFigure
from xlplan.plan.model import Item
from xlplan.plan.text.english import capital, day_as
from xlplan.plan.timescale.doubted import confirmation, day_of, is_open
from xlplan.plan.values import Value
from xlplan.reports.material import Material
from xlplan.workbook.kit.words import day_format

SYSTEM_LABELS = {
    "status": "Status",
    "name": "Name",
    "outcome": "Outcome",
    "lead": "Lead",
    "comments": "Comments",
}

LINKS = frozenset({"came_from", "went_into"})
"""Fields that hold the keys of other actions."""


def section_title(item: Item, word: str) -> str:
    """`Priority 1: Workforce`, `2 Early help` or `Within three months`, by what the section has."""
    # Offices break a heading with Alt+Enter to fit it into a merged cell.
    ref, name = item.text("ref"), " ".join(item.text("name").split())
    if not ref:
        return name or item.key
    if word.casefold() == "section":
        return f"{ref} {name}".strip()
    # Sunderland 2017 speaks of Priority 1, Walsall 2012 of Theme 1, West Sussex 2019 of objectives.
    head = f"{capital(word)} {ref}"
    return f"{head}: {name}" if name else head


class PlanReading:
    """One report's material, read item by item."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self._period = period(material.mapping)
        self._scale = rag_scale(material.mapping)

    @cached_property
    def _reasons(self) -> dict[str, str]:
        changes = self.material.changes
        given = {
            change.key: change.reason
            for change in changes
            if change.field == "due" and change.reason
        }
        return {
            change.key: change.new.text for change in changes if change.field == "due_reason"
        } | given

    def reason_of(self, key: str) -> str:
        """Why a date moved, as its change says."""
        return self._reasons.get(key, "")

    def ref(self, key: str) -> str:
        """What people call an item; "" when the plan has none by that key, or it has no name."""
        item = self.material.after.items.get(key) or self.material.before.items.get(key)
        return item.called if item else ""

    def section(self, key: str) -> str:
        """A section's title by its key."""
        item = self.material.after.items.get(key) or self.material.before.items.get(key)
        return section_title(item, self.material.mapping.plan.section_word) if item else key

    def due_on(self, item: Item) -> date | None:
        """The last day that the due text names: `Sept 2019` the 30th; None for `Ongoing`."""
        return day_of(item.get("due"), item.get(confirmation("due")), self._period)

    def due_doubted(self, item: Item) -> bool:
        """Whether the due date does not fit the plan, and nobody has said what it is to be."""
        return is_open(item.get("due"), item.get(confirmation("due")), self._period)

    def action(self, item: Item) -> ActionFigure:
        """One action as it stands."""
        leads: Sequence[str] = self.material.led.get(item.key, ())
        return ActionFigure(
            key=item.key,
            ref=item.text("ref"),
            # Leads break lines in a cell with Alt+Enter: a table of a report has one line.
            text=" ".join(item.text("action").split()),
            section=self.section(item.text("section")) if item.text("section") else "",
            leads=tuple(leads),
            rag=item.text("rag"),
            status=item.text("status") or "open",
            due=item.text("due"),
            due_on=self.due_on(item),
        )

    def label(self, field: str) -> str:
        """What people call a field."""
        if field == "*":
            return "Whole row"
        if field in self.material.mapping.fields or field not in SYSTEM_LABELS:
            return display_name(self.material.mapping, field)
        return SYSTEM_LABELS[field]

    def shown(self, field: str, value: Value) -> str:
        """A value without keys: the name of a section, the refs of actions that it came from or
        went into.

        Example:
            `s2` is Priority 2: Early help; `a7 a9` is 2.6, 2.8.
        """
        if field in {"section", "requirement"} and value.text in self.material.after.items:
            return self.section(value.text)
        if field in LINKS:
            return ", ".join(self.ref(key) or key for key in value.text.split())
        return value.text

    def worded(self, field: str, value: Value) -> str:
        """A value in words: a rating's name, a day as the office writes it.

        Example:
            A rating `G` is Green; a day 2013-01-31 is 31 Jan 2013 or 31/01/2013.
        """
        rating = self._scale.get(value.text) if field == "rag" else None
        spec = self.material.mapping.fields.get(field)
        if spec and spec.type == "date":
            return day_as(value.text, day_format(self.material.mapping))
        return rating.name if rating else self.shown(field, value)
