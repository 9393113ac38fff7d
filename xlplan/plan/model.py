"""The plan as a value: its items, each with a permanent key and its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Literal

from xlplan.plan.text.text import fold_code
from xlplan.plan.values import BLANK, Value

ItemKind = Literal["plan", "section", "requirement", "action", "measure", "lead", "line", "column"]
"""`line` and `column` are parts of the published layout (title, footnote, heading) that no action
owns.
"""

# A measure has no short ref: its words run to a sentence, and a message has one line for it.
_CALLED = 60

Status = Literal["open", "new", "completed", "withdrawn"]


@dataclass(slots=True)
class Item:
    """A section, requirement, action, measure or lead, or a part of the published layout.

    Fields that every kind may have: `ref`, `order` (a whole number as text; sorts all items of a
    kind), `table` (the mapping's table it was published in), `section` and `requirement` (keys of
    items), `status` (actions). The others are the mapping's.
    """

    key: str
    kind: ItemKind
    values: dict[str, Value] = field(default_factory=dict)

    def get(self, name: str) -> Value:
        """The value of a field, BLANK when it has none."""
        return self.values.get(name, BLANK)

    def text(self, name: str) -> str:
        """The text of a field, "" when it has none."""
        return self.values.get(name, BLANK).text

    @property
    def called(self) -> str:
        """What people call it: its ref; of a measure its number and its words; "" when it has none
        of them.
        """
        if self.kind != "measure":
            return self.text("ref")
        return shorten(f"{self.text('no')} {self.text('measure')}", _CALLED, placeholder=" ...")

    @property
    def order(self) -> int:
        """Its place in the plan; items without one come last."""
        text = self.text("order")
        return int(text) if text.lstrip("-").isdigit() else 1_000_000


@dataclass(slots=True)
class Plan:
    """All items of the master plan at one point, by key."""

    items: dict[str, Item] = field(default_factory=dict)

    def of_kind(self, kind: ItemKind) -> list[Item]:
        """Items of one kind in plan order."""
        return sorted(
            (item for item in self.items.values() if item.kind == kind), key=lambda item: item.order
        )

    @property
    def sections(self) -> list[Item]:
        """The sections in plan order."""
        return self.of_kind("section")

    @property
    def actions(self) -> list[Item]:
        """Actions in plan order, withdrawn ones left out."""
        return [item for item in self.of_kind("action") if item.text("status") != "withdrawn"]

    def open_actions(self) -> Iterator[Item]:
        """Actions that a lead is asked about: neither completed nor withdrawn."""
        return (item for item in self.actions if item.text("status") in {"open", "new", ""})

    def by_ref(self, ref: str) -> list[Item]:
        """Actions that people call by this ref; refs may repeat."""
        # Published plans repeat refs: `1.1` under each theme.
        return [item for item in self.actions if fold_code(item.text("ref")) == fold_code(ref)]
