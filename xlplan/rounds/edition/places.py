"""Where a row of an edition stands: its section, requirement, table and order are cells like any
other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlplan.plan.findings.addresses import Address
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import StoredCell
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.edition.layout import yet_to_come
from xlplan.rounds.edition.rows import EditionMatch, requirement_called
from xlplan.workbook.office.reading import OfficePlan

WHERE = ("table", "section", "requirement")


@dataclass(frozen=True, slots=True)
class Places:
    """Tells where rows of an edition belong in the plan as it is `now`."""

    read: OfficePlan
    matched: EditionMatch
    now: Plan

    def cells(
        self, item: Item, shown: Item, at: Address, order: int | None
    ) -> Iterator[StoredCell]:
        """What differs from where the office was shown the row; `order` is None where it kept its
        place.
        """
        section = self.section_of(item)
        if section and not section.means(shown.get("section")):
            yield StoredCell("section", section, at.sheet, at.cell, shown.get("section"))
            # Requirements are called alike in several sections: `Governance`, `Training`.
            under = requirement_called(
                self.read.plan.items.get(item.text("requirement")), section.text, self.now
            )
            if under and not under.means(shown.get("requirement")):
                yield StoredCell("requirement", under, at.sheet, at.cell, shown.get("requirement"))
        if not item.get("table").means(shown.get("table")):
            yield StoredCell("table", item.get("table"), at.sheet, at.cell, shown.get("table"))
        if order is not None:
            yield StoredCell(
                "order", Value(str(order), str(order)), at.sheet, at.cell, shown.get("order")
            )

    def section_of(self, item: Item) -> Value:
        """The plan's section that a row stands in, by its key; one that the plan lacks, by its
        words.
        """
        mine = item.text("section")
        if mine in self.matched.sections:
            return Value(self.matched.sections[mine], self.matched.sections[mine])
        return yet_to_come(self.read.plan.items[mine]) if mine else BLANK
