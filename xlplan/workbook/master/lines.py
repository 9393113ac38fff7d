"""What the full-width lines of the published layout say now: as published, or anew where the plan
has moved since.
"""

from __future__ import annotations

from xlplan.mapping.keys import table_name
from xlplan.mapping.model import Line, PlanMapping, TableSpec
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.shapes import fit, render
from xlplan.plan.text.text import fold_code, same_text
from xlplan.workbook.office.lines import USUAL_REFS

ABOUT = {"section.lead": "lead", "section.outcome": "outcome"}
"""Lines that tell one field of their section."""


class PublishedLines:
    """Texts of one table's lines. A section that was renamed, renumbered or re-led says so on its
    own line.
    """

    def __init__(self, plan: Plan, mapping: PlanMapping, table: TableSpec) -> None:
        self.plan = plan
        self._lines = table.lines
        self._told: set[tuple[str, str]] = set()
        name = table_name(table)
        self._mine = [item for item in plan.of_kind("line") if item.text("table") == name]
        self._requirements = {item.order: item for item in plan.of_kind("requirement")}

    def text(self, line: Item) -> str | None:
        """What a line says; None when an earlier line of its section says all of it."""
        role, published = line.text("role"), line.text("text")
        section = self.plan.items.get(line.text("section"))
        if role == "section" and section:
            return self._named(line, section)
        if role == "requirement" and line.order in self._requirements:
            return self._named(line, self._requirements[line.order])
        if role in ABOUT and section:
            return self._about(line, section)
        return published

    def _named(self, line: Item, owner: Item) -> str:
        """A line that names what stands below it."""
        published = line.text("text")
        found = self._read(line)
        if found is None:
            return published
        pattern, ref, name = found
        # Kent 2010 calls its sections by time, `Within Three Months:`, without a number.
        same = fold_code(ref) == fold_code(owner.text("ref")) or not ref
        # On Sunderland's second sheet `Priority 3` stands alone: it says no name.
        if same and (not name or same_text(name) == same_text(owner.text("name"))):
            return published
        return self._anew(pattern, owner.text("ref") or ref, owner.text("name"), published)

    def _about(self, line: Item, section: Item) -> str | None:
        """A lead's or outcome's line; several of one kind were read as one text, a line each."""
        role = line.text("role")
        theirs = [
            other
            for other in self._mine
            if other.text("role") == role and other.text("section") == section.key
        ]
        reads = [self._read(other) for other in theirs]
        text = "\n".join(dict.fromkeys(read[2] for read in reads if read))
        now = section.text(ABOUT[role])
        if not all(reads) or same_text(text) == same_text(now):
            return line.text("text")
        if (section.key, role) in self._told:
            return None
        self._told.add((section.key, role))
        pattern = reads[0][0] if reads[0] else "{text}"
        return self._anew(pattern, "", now, line.text("text"))

    def _read(self, line: Item) -> tuple[str, str, str] | None:
        """A published line as a pattern of its own, its ref and its text.

        Example:
            `Priority2: Early help` is ("Priority{ref}: {text}", "2", "Early help").
        """
        text = line.text("text").replace("\t", " ")
        for spec in self._of_kind(line.text("role")):
            for pattern in spec.reads:
                found = fit(pattern, text, {"ref": spec.shapes or USUAL_REFS})
                if found is not None:
                    return (
                        found.pattern,
                        found.parts.get("ref", ""),
                        found.parts.get("text", text).strip().rstrip(":").strip(),
                    )
        return None

    def _of_kind(self, role: str) -> list[Line]:
        return [line for line in self._lines if line.kind == role]

    @staticmethod
    def _anew(pattern: str, ref: str, text: str, published: str) -> str:
        """The line as its pattern makes it; a colon that closed it closes it again."""
        line = render(pattern, {"ref": ref, "text": text}) if "{" in pattern else text
        # Kent 2010 ends its section lines in a colon, all but `Immediately`.
        return f"{line}:" if published.rstrip().endswith(":") and not line.endswith(":") else line
