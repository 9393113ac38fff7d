"""Proposed actions that the officer accepted become actions of the plan, each with a ref of its
own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from xlplan.plan.changes import Change, Proposal
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.natural import natural
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.compared.new_sections import section_called
from xlplan.rounds.owners.routing import lead_field
from xlplan.store import Store

_OWN = frozenset({"order", "table", "section", "requirement", "status", "opening"})
"""What a new action takes from where it is put; of these only the office says any itself."""


def accepted_items(compared: Waiting, store: Store) -> list[Item]:
    """A new action for every accepted proposal: where the office put it, else at the end of its
    section.
    """
    items: list[Item] = []
    for proposal in compared.accepted:
        items.append(_item(proposal, compared, store, items))
    return items


def credits(items: Iterable[Item], accepted: Iterable[Proposal]) -> list[Change]:
    """Who said the values of new actions."""
    return [
        Change(item.key, name, BLANK, value, proposal.said(name))
        for item, proposal in zip(items, accepted, strict=True)
        for name, value in item.values.items()
        if value and proposal.values.get(name) == value
    ]


def _item(proposal: Proposal, compared: Waiting, store: Store, others: list[Item]) -> Item:
    plan = compared.plan
    placed = "table" in proposal.values
    beside = _neighbour(proposal, plan, compared)
    section = (
        proposal.values.get("section", BLANK).text if placed else _section(proposal, plan, beside)
    )
    in_section = [
        item for item in [*plan.of_kind("action"), *others] if item.text("section") == section
    ]
    last = max(in_section, key=lambda item: item.order, default=beside)
    values = {name: value for name, value in proposal.values.items() if placed or name not in _OWN}
    led_by = lead_field(compared.mapping)
    # Who proposes an action in their own workbook may leave the cell for its lead empty.
    if led_by and not values.get(led_by) and not placed:
        values[led_by] = Value(proposal.lead, fold_code(proposal.lead))
    system = {
        "order": str(last.order + 1),
        "table": beside.text("table"),
        "section": section,
        "requirement": last.text("requirement") if in_section or not placed else "",
        "status": "new" if compared.mapping.new_refs else "open",
        "opening": last.text("opening"),
    }
    used = store.ever("ref") | {fold_code(one.text("ref")) for one in others}
    # Leads type the next ref they see free, which a withdrawn action may have had.
    if not (values.get("ref") and values["ref"].canonical not in used):
        system["ref"] = _next_ref(compared, used, in_section)
    values = {name: Value(text, text) for name, text in system.items()} | values
    if "ref" in system:
        values["ref"] = Value(system["ref"], fold_code(system["ref"]))
    return Item(store.next_key("n", taken={one.key for one in others}), "action", values)


def _section(proposal: Proposal, plan: Plan, beside: Item) -> str:
    """The key of the section that a new action stands in."""
    named = section_called(proposal.values.get("section", BLANK).text, plan)
    return named.key if named else beside.text("section")


def _neighbour(proposal: Proposal, plan: Plan, compared: Waiting) -> Item:
    """An action of the section that the proposal names, else of the first one its lead was sent."""
    named = section_called(proposal.values.get("section", BLANK).text, plan)
    inside = [action for action in plan.actions if named and action.text("section") == named.key]
    scopes = [taken.scope for taken in compared.returns if taken.id == proposal.source.returned]
    theirs = [action for action in plan.actions if any(action.key in scope for scope in scopes)]
    # Leads leave the section out, or write one that the plan does not have.
    return (inside or theirs or plan.actions)[0]


def _next_ref(compared: Waiting, used: frozenset[str], in_section: list[Item]) -> str:
    """`NEW n` where the plan numbers new actions so, else the section's last ref counted up. Never
    one used before.

    Example: after 3.12 comes 3.13, after A7a comes A8.
    """
    # Sunderland 2017 numbers what is added NEW 1, NEW 2.
    for shape in compared.mapping.new_refs:
        return _counted(shape.replace("9", "{}"), 1, used)
    # Sorted as text `3.9` comes after `3.10`, where people would count on.
    last = max((item.text("ref") for item in in_section), key=natural, default="1")
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
