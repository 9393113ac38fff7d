"""Whose action it is: the leads of an action through the plan's key, and who gets its row."""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.mapping.model import PlanMapping
from xlplan.plan.leads.reading import Lead, LeadKey, LeadKind, LeadsRead, read_leads
from xlplan.plan.model import Item, Plan

# Kent 2010 prints an accountable and a responsible lead; other plans have one column of leads.
_FIELDS_BY_ROLE = {
    "accountable": ("leads", "accountable"),
    "responsible": ("leads", "responsible"),
    "both": ("leads", "accountable", "responsible"),
}


def lead_field(mapping: PlanMapping) -> str:
    """The field that says who gets the row of an action that one lead leads; "" where the plan has
    none.
    """
    return next(
        (name for name in _FIELDS_BY_ROLE[mapping.routing.workbook_for] if name in mapping.fields),
        "",
    )


def _listed(item: Item, name: str) -> tuple[str, ...]:
    return tuple(part for part in item.text(name).split("; ") if part)


def _lead_of(item: Item) -> Lead:
    kinds: dict[str, LeadKind] = {"person": "person", "post": "post", "group": "group"}
    return Lead(
        key=item.key,
        name=item.text("name"),
        kind=kinds.get(item.text("kind"), "person"),
        codes=_listed(item, "codes"),
        spellings=_listed(item, "spellings"),
        members=_listed(item, "members"),
        contact=item.text("contact"),
        role=item.text("role"),
        email=item.text("email"),
        copy_to=_listed(item, "copy_to"),
        deputy=item.text("deputy"),
    )


def key_to_leads(plan: Plan, mapping: PlanMapping) -> LeadKey:
    """The key to leads as the plan holds it. A plan without any key is open: every name written is
    a lead.
    """
    return LeadKey(
        leads=tuple(_lead_of(item) for item in plan.of_kind("lead")),
        open=not (mapping.leads or mapping.leads_sheets),
    )


@dataclass(frozen=True, slots=True)
class Led:
    """Who leads one action: names in the order written, and whether something in its cells names
    nobody known.
    """

    names: tuple[str, ...]
    unresolved: tuple[str, ...]


def leaders(action: Item, mapping: PlanMapping, key: LeadKey) -> Led:
    """Everybody an action names as its lead, in whatever role the mapping sends workbooks for."""
    reads: list[LeadsRead] = [
        read_leads(action.text(name), key)
        for name in _FIELDS_BY_ROLE[mapping.routing.workbook_for]
        if name in mapping.fields and action.get(name)
    ]
    names = dict.fromkeys(name for read in reads for name in read.leads)
    unresolved = tuple(unknown.text for read in reads for unknown in read.unresolved)
    return Led(tuple(names), unresolved)


def recipients(led: Led, mapping: PlanMapping, key: LeadKey) -> tuple[str, ...]:
    """Who gets the row: each joint lead or the first; a group as the mapping says."""
    names = led.names[:1] if mapping.routing.joint == "first" else led.names
    known = {lead.name: lead for lead in key.leads}
    got: dict[str, None] = {}
    for name in names:
        lead = known.get(name)
        for receiver in _receivers(lead, name, mapping, key):
            got[receiver] = None
    return tuple(got)


def _receivers(lead: Lead | None, name: str, mapping: PlanMapping, key: LeadKey) -> tuple[str, ...]:
    if lead is None or lead.kind != "group" or mapping.routing.group == "own":
        return (name,)
    if mapping.routing.group == "contact":
        # A board or a partnership has no mailbox of its own: one person answers for it.
        return (lead.contact or name,)
    # Members of a group are written as leads are anywhere: by initials, posts or names.
    members = [named for member in lead.members for named in read_leads(member, key).leads]
    return tuple(members) or (name,)
