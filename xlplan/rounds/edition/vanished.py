"""What speaks for many rows of an edition and is gone: the line of a section, or the place of all
lines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import StoredCell, StoredRow
from xlplan.plan.values import BLANK
from xlplan.rounds.edition.rows import EditionMatch
from xlplan.workbook.office.reading import OfficePlan

_SAID_BESIDE = ("section", "section_ref")


@dataclass(frozen=True, slots=True)
class Vanished:
    """Sections whose line is gone, with the rows that would follow from it to another section, by
    the plan's key; and whether the rows were `sorted` past the lines of several.
    """

    lines: dict[str, list[Item]]
    sorted: int = 0

    @property
    def staying(self) -> frozenset[str]:
        """Rows that keep their section, by the key that reading gave."""
        return frozenset(item.key for items in self.lines.values() for item in items)

    def findings(self, tell: Teller, base: Plan) -> Iterator[Finding]:
        """One for each line that is gone, however many rows it speaks for."""
        if self.sorted:
            yield tell("sheet-sorted", count=self.sorted)
            return
        for key, items in self.lines.items():
            section = base.items[key]
            name = f"{section.text('ref')} {section.text('name')}".strip()
            yield tell("section-line-gone", value=name, count=len(items))

    def rows(self, base: Plan) -> Iterator[StoredRow]:
        """A line that is gone is a name that was emptied, which is asked about."""
        for key in self.lines if not self.sorted else ():
            name = base.items[key].get("name")
            if name:
                cell = StoredCell("name", BLANK, "", "", name)
                yield StoredRow(0, "", 0, "answered", key, "", (cell,))


def vanished(
    read: OfficePlan, matched: EditionMatch, base: Plan, filled: Collection[tuple[str, str]]
) -> Vanished:
    """Tell which sections lost all their rows without any row saying so itself. `filled` are the
    cells that hold something, by sheet and name.
    """
    homes: dict[tuple[str, str], list[Item]] = {}
    for key, item in matched.actions.items():
        shown = base.items.get(key)
        if shown is not None and shown.text("section"):
            homes.setdefault((shown.text("table"), shown.text("section")), []).append(item)
    lines = {
        (line.text("table"), matched.sections.get(line.text("section"), ""))
        for line in read.plan.of_kind("line")
        if line.text("role") == "section"
    }
    gone: dict[str, list[Item]] = {}
    passed: dict[str, list[Item]] = {}
    for (table, section), items in homes.items():
        if not all(_led_away(item, section, read, matched, filled) for item in items):
            continue
        into = passed if (table, section) in lines else gone
        into.setdefault(section, []).extend(items)
    # Whoever moves all actions of one section leaves its line; a sort leaves those of several.
    if len(passed) > 1:
        return Vanished(gone | passed, len(gone | passed))
    return Vanished(gone)


def _led_away(
    item: Item,
    section: str,
    read: OfficePlan,
    matched: EditionMatch,
    filled: Collection[tuple[str, str]],
) -> bool:
    """Whether a row stands under another section of the plan, or none, and has no cell that says
    so.
    """
    mine = item.text("section")
    if mine and matched.sections.get(mine, section) == section:
        return False
    places = [read.at.get(item.key, {}).get(name) for name in _SAID_BESIDE]
    return not any(at and (at.sheet, at.cell) in filled for at in places)
