"""What each cell of the master's plan says: values, names of sections, earlier ratings, and texts
opened anew.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

from xlplan.mapping.keys import all_shapes, opening_parts, points
from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.shapes import parse, render
from xlplan.plan.text.text import same_text
from xlplan.workbook.master.columns import MasterColumn
from xlplan.workbook.office.refs import prints_its_ref

Ratings = Dictionary[str, str]
"""Rating codes by action key."""


@dataclass(slots=True)
class MasterValues:
    """Reads cells of the plan. `previous` are the ratings of the round before; `seeds` those of
    earlier points.
    """

    plan: Plan
    mapping: PlanMapping
    previous: Ratings
    seeds: Dictionary[str, Ratings]
    _shapes: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._shapes = all_shapes(self.mapping)

    def text(self, action: Item, column: MasterColumn, shown: frozenset[str]) -> str:
        """The text of one cell. `shown` are the fields that have columns of their own."""
        if column.point:
            return self._earlier(action, column.point)
        if column.name in {"section", "requirement"}:
            return self._of(action, column.name, "name")
        if column.name in {"section_ref", "requirement_ref"}:
            return self._of(action, column.name.removesuffix("_ref"), "ref")
        spec = self.mapping.fields.get(column.name)
        if spec and spec.opens:
            return self._opened(action, column.name, shown)
        return action.text(column.name) if column.field else ""

    def _of(self, action: Item, owner: str, name: str) -> str:
        item = self.plan.items.get(action.text(owner))
        return item.text(name) if item else ""

    def _earlier(self, action: Item, point: str) -> str:
        """The newest point is the round before; older ones stay as the office's workbook had
        them.
        """
        known = points(self.mapping)
        seeded = self.seeds.get(point, {}).get(action.key, "")
        # Sunderland 2017 has `RAG Initial` beside `RAG Previous`: only the second moves each round.
        if known and point == known[-1]:
            return self.previous.get(action.key, "") if self.previous else seeded
        return seeded

    def _opened(self, action: Item, name: str, shown: frozenset[str]) -> str:
        """The text with ref and links in front again: as it was opened, else by the first pattern
        that reads back.

        Example:
            Ref 1.1 and `Recruit social workers` are `1.1 Recruit social workers` again.
        """
        patterns = self.mapping.fields[name].opens
        text = action.text(name)
        parts = opening_parts(self.mapping, name) - shown
        wanted = {part: action.text(part) for part in parts if action.text(part)}
        if not wanted or not prints_its_ref(action, text):
            return text
        # Sunderland 2017 opens its actions in several ways: `1.2 - Ofsted 4 ...`, `NEW 2: ...`.
        for pattern in dict.fromkeys([action.text("opening"), *patterns]):
            whole = render(pattern, wanted | {"text": text})
            if pattern and self._reads_back(whole, patterns, wanted, text):
                return whole
        first = wanted.get("ref", "")
        return f"{first} {text}".strip()

    def _reads_back(
        self, whole: str, patterns: list[str], wanted: dict[str, str], text: str
    ) -> bool:
        for pattern in patterns:
            found = parse(pattern, whole, self._shapes)
            if found is not None:
                same = same_text(found.get("text", "")) == same_text(text)
                return (
                    same
                    and {part: found.get(part, "") for part in found if part != "text"} == wanted
                )
        return False
