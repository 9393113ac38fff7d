"""Proposed actions that the officer accepted become actions of the plan, each with a ref of its
own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from xlplan.plan.changes import Change, Proposal
from xlplan.plan.model import ActionPlace, Item
from xlplan.plan.text.natural import natural
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.compared.places import place_of
from xlplan.rounds.owners.routing import lead_field
from xlplan.store import Store

_OWN = frozenset({"order", "table", "section", "requirement", "status", "opening"})
"""What a new action takes from where it is put; of these only the office says any itself."""


def accepted_items(compared: Waiting, store: Store) -> list[Item]:
    """A new action for every accepted proposal, where the office put it."""
    items: list[Item] = []
    decisions = store.decisions()
    used = store.ever("ref")
    for proposal in compared.accepted:
        place = place_of(proposal, decisions, compared.plan)
        made = new_action(proposal, place, compared, used, items)
        key = store.next_key("n", taken={one.key for one in items})
        items.append(replace(made, key=key))
    return items


def credits(items: Iterable[Item], accepted: Iterable[Proposal]) -> list[Change]:
    """Who said the values of new actions."""
    return [
        Change(item.key, name, BLANK, value, proposal.said(name))
        for item, proposal in zip(items, accepted, strict=True)
        for name, value in item.values.items()
        if value and proposal.values.get(name) == value
    ]


def new_action(
    proposal: Proposal,
    place: ActionPlace | None,
    compared: Waiting,
    used: frozenset[str],
    others: Sequence[Item] = (),
) -> Item:
    """What becomes of a proposal at a place, its key left open.

    What it does not say is given to it: the next free ref of its section, and as lead who proposed
    it. `used` are all refs that the plan ever had, `others` the new actions that come before it.
    """
    plan = compared.plan
    # An edition of the office's says itself where each of its rows stands.
    ours = "table" in proposal.values
    key = place.section.key if place else ""
    section = proposal.values.get("section", BLANK).text if ours else key
    requirement = place.requirement.key if place and place.requirement and not ours else ""
    in_section = [
        one for one in [*plan.of_kind("action"), *others] if one.text("section") == section
    ]
    under = [one for one in in_section if ours or one.text("requirement") == requirement]
    inside = under or in_section
    beside = max(inside, key=lambda item: item.order, default=plan.actions[0])
    # Nothing stands there yet: it comes below the heading.
    after = beside if under or place is None else place.requirement or place.section
    values = {name: value for name, value in proposal.values.items() if ours or name not in _OWN}
    led_by = lead_field(compared.mapping)
    # Who proposes an action in their own workbook may leave the cell for its lead empty.
    if led_by and not values.get(led_by) and not ours:
        values[led_by] = Value(proposal.lead, fold_code(proposal.lead))
    system = {
        "order": str(after.order + 1),
        "table": beside.text("table"),
        "section": section,
        "requirement": beside.text("requirement") if ours and inside else requirement,
        "status": "new" if compared.mapping.new_refs else "open",
        "opening": beside.text("opening"),
    }
    used = used | {fold_code(one.text("ref")) for one in others}
    # Leads type the next ref they see free, which a withdrawn action may have had.
    if not (values.get("ref") and values["ref"].canonical not in used):
        system["ref"] = _next_ref(compared, used, inside)
    values = {name: Value(text, text) for name, text in system.items()} | values
    if "ref" in system:
        values["ref"] = Value(system["ref"], fold_code(system["ref"]))
    return Item("", "action", values)


def _next_ref(compared: Waiting, used: frozenset[str], inside: list[Item]) -> str:
    """`NEW n` where the plan numbers new actions so, else the last ref inside counted up. Never one
    used before.

    Example: after 3.12 comes 3.13, after A7a comes A8.
    """
    # Sunderland 2017 numbers what is added NEW 1, NEW 2.
    for shape in compared.mapping.new_refs:
        return _counted(shape.replace("9", "{}"), 1, used)
    # Sorted as text `3.9` comes after `3.10`, where people would count on.
    last = max((item.text("ref") for item in inside), key=natural, default="1")
    # Plans slip in actions by a letter: after `A7a` comes `A8`.
    found = re.search(r"(\d+)(\D*)$", last)
    if found is None:
        return _counted(f"{last} {{}}", 1, used)
    return _counted(f"{last[: found.start()]}{{}}", int(found[1]) + 1, used)


def _counted(pattern: str, start: int, used: frozenset[str]) -> str:
    number = start
    taken = {fold_code(ref) for ref in used}
    while fold_code(pattern.format(number)) in taken:
        number += 1
    return pattern.format(number)
