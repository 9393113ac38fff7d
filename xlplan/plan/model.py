"""The plan as a value: its items, each with a permanent key and its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Literal

from xlplan.plan.text.text import fold_code, same_text
from xlplan.plan.values import BLANK, Value

ItemKind = Literal["plan", "section", "requirement", "action", "measure", "lead", "line", "column"]
"""`line` and `column` are parts of the published layout (title, footnote, heading) that no action
owns.
"""

# A measure has no short ref: its words run to a sentence, and a message has one line for it.
_CALLED = 60
# Published sections and requirements run to a paragraph; a list shows a line of each.
_LISTED = 70

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


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """Where a new action may stand: at the end of a section, or of one requirement in it."""

    section: Item
    requirement: Item | None = None

    @property
    def key(self) -> str:
        """The key that tells it: of the requirement, or of a section without any."""
        return (self.requirement or self.section).key

    @property
    def label(self) -> str:
        """A line that names it, as lists show it.

        Example: `2 Capacity, capability and culture: Social worker workloads`
        """
        parts = [self.section, *([self.requirement] if self.requirement else [])]
        lines = (same_text(names_of(part)[-1]).rstrip(" .:") for part in parts)
        return ": ".join(shorten(line, _LISTED, placeholder=" ...") for line in lines)


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

    def section_called(self, text: str) -> Item | None:
        """The section that people call so: by its ref, its name, or both.

        Example: `3`, `Leadership` and `3 Leadership:` all find the section 3, Leadership.
        """
        wanted = _heading(text)
        return next(
            (one for one in self.sections if wanted and wanted in map(_heading, names_of(one))),
            None,
        )

    def places(self) -> list[ActionPlace]:
        """Every place that a new action may stand at, in plan order."""
        return [place for section in self.sections for place in self._places_in(section)]

    def place(self, key: str) -> ActionPlace | None:
        """The place that a key tells; None when the plan has none of that key."""
        return next((place for place in self.places() if place.key == key), None)

    def end_of(self, section: Item) -> ActionPlace:
        """The place at which a section ends: under the requirement of its last action."""
        places = {place.key: place for place in self._places_in(section)}
        inside = [action for action in self.actions if action.text("section") == section.key]
        last = inside[-1].text("requirement") or section.key if inside else ""
        return places.get(last) or list(places.values())[-1]

    def place_named(self, section: str, requirement: str = "") -> ActionPlace | None:
        """Where an action goes whose lead named its section so, and perhaps its requirement; None
        where the plan has none of that name.
        """
        named = self.section_called(section)
        wanted = _heading(requirement)
        under = [
            place
            for place in (self._places_in(named) if named else [])
            if place.requirement and wanted and wanted in map(_heading, names_of(place.requirement))
        ]
        return under[0] if under else self.end_of(named) if named else None

    def places_called(self, text: str) -> list[ActionPlace]:
        """The places that people call so; several where the words fit more than one.

        A section is its end. What names nothing whole may be the beginning of a name:
        `Social worker` for `Social worker workloads`.
        """
        wanted, section = _heading(text), self.section_called(text)
        if not wanted or section:
            return [self.end_of(section)] if section else []
        named = [(place, _names_of_place(place)) for place in self.places()]
        whole = [place for place, names in named if wanted in names]
        if whole:
            return whole
        named += [(self.end_of(one), [*map(_heading, names_of(one))]) for one in self.sections]
        begun = [place for place, names in named if any(name.startswith(wanted) for name in names)]
        return list({place.key: place for place in begun}.values())

    def _places_in(self, section: Item) -> list[ActionPlace]:
        requirements = [
            ActionPlace(section, item)
            for item in self.of_kind("requirement")
            if item.text("section") == section.key
        ]
        bare = not requirements or any(
            action.text("section") == section.key and not action.text("requirement")
            for action in self.actions
        )
        return [*([ActionPlace(section)] if bare else []), *requirements]


def names_of(item: Item) -> tuple[str, str, str]:
    """What a section or requirement answers to: its ref, its name, the line it stands on."""
    ref, name = item.text("ref"), item.text("name")
    return ref, name, f"{ref} {name}".strip()


def _names_of_place(place: ActionPlace) -> list[str]:
    names = (place.label, *names_of(place.requirement or place.section))
    return [name for name in map(_heading, names) if name]


def _heading(text: str) -> str:
    """A heading as people say it: without what ends it."""
    # A heading may be printed `Leadership:`, and whoever names the section leaves the colon off.
    return fold_code(text).rstrip(" .:")
