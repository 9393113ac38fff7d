"""Sections and measures that an edition of the office's brings: the merge makes them and gives them
keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from xlplan.plan.changes import Change, Proposal
from xlplan.plan.model import Item, ItemKind
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.compared.comparing import Waiting
from xlplan.store import Store

KIND = "kind of item"
"""The cell that tells a section, a line of the layout or a measure from a proposed action."""


@dataclass(slots=True)
class MadeSections:
    """New sections, their lines, and measures, with who said them. `compared` names the sections by
    their keys.
    """

    compared: Waiting
    items: list[Item] = field(default_factory=list)
    credits: list[Change] = field(default_factory=list)


def made_sections(compared: Waiting, store: Store) -> MadeSections:
    """Give the sections that editions brought a key, and name them by it wherever something belongs
    to them.
    """
    made = MadeSections(compared)
    parts = [one for one in compared.accepted if KIND in one.values]
    keys = {name_of(section): section.key for section in compared.plan.sections}
    newest: dict[str, int] = {}
    # Of two editions that bring one section, the later says how it is laid out.
    for one in sorted(_of_kind(parts, "section"), key=lambda one: -one.source.returned):
        name = one.values["section"].canonical.removeprefix(NEW_SECTION)
        if name not in keys:
            keys[name] = _add(made, one, "section", "s", store)
            newest[name] = one.source.returned
    for one in _of_kind(parts, "line"):
        name = one.values["section"].canonical.removeprefix(NEW_SECTION)
        if newest.get(name) == one.source.returned:
            _add(made, one, "line", "l", store, section=Value(keys[name], keys[name]))
    for one in _of_kind(parts, "measure"):
        _add(made, one, "measure", "m", store, section=one.values.get("section", BLANK))
    made.compared = _named(compared, [one for one in compared.accepted if one not in parts], keys)
    return made


def _of_kind(parts: Iterable[Proposal], kind: ItemKind) -> list[Proposal]:
    return [one for one in parts if one.values[KIND].text == kind]


def _add(
    made: MadeSections, one: Proposal, kind: ItemKind, prefix: str, store: Store, **more: Value
) -> str:
    key = store.next_key(prefix, taken={item.key for item in made.items})
    values = {
        name: value
        for name, value in one.values.items()
        if name not in {KIND, "section", "section_ref"}
    }
    if "section_ref" in one.values:
        values["ref"] = one.values["section_ref"]
    made.items.append(Item(key, kind, {**values, **more}))
    made.credits += [
        Change(key, name, BLANK, value, one.sources or (one.source,))
        for name, value in values.items()
    ]
    return key


def _named(compared: Waiting, accepted: list[Proposal], keys: dict[str, str]) -> Waiting:
    """Everything that belongs to a section yet to come belongs to it by its key."""

    def named(value: Value) -> Value:
        if not value.canonical.startswith(NEW_SECTION):
            return value
        key = keys.get(value.canonical.removeprefix(NEW_SECTION)) or keys.get(
            fold_code(value.text), ""
        )
        return Value(key, key)

    changes = [
        replace(one, new=named(one.new)) if one.field == "section" else one
        for one in compared.merged.changes
    ]
    placed = [
        replace(one, values={**one.values, "section": named(one.values["section"])})
        if "section" in one.values
        else one
        for one in accepted
    ]
    # A section that was taken back meanwhile leaves what belonged to it where it is.
    moves = [one for one in changes if one.field != "section" or one.new or not one.moves]
    return replace(
        compared, accepted=tuple(placed), merged=replace(compared.merged, changes=tuple(moves))
    )


NEW_SECTION = "new section "
"""What the meaning of a section's name opens with until a merge has given the section a key."""


def name_of(section: Item) -> str:
    """What tells a section: its ref, or its name where it has none."""
    return fold_code(section.text("ref") or section.text("name"))
