"""Which lead an officer means who types a name: the one that was sent workbooks under it."""

from __future__ import annotations

from collections.abc import Sequence

from xlplan.mapping.load import load_text
from xlplan.plan.leads.key import LeadKey
from xlplan.plan.leads.reading import read_leads
from xlplan.plan.rounds import Issue
from xlplan.plan.text.text import fold_code
from xlplan.rounds.owners.routing import key_to_leads
from xlplan.rounds.session.session import NothingDone
from xlplan.store import Store


def sent_to(lead: str, issues: Sequence[Issue], round_name: str, store: Store) -> list[Issue]:
    """The workbooks among `issues` that went to a lead: by their name, as the key to leads has it,
    or by their deputy.

    Who was sent a workbook under another name that the key still knows is found by the new one.
    Example: `DCS` finds what was sent to the lead whose code in the key is DCS.

    Raises:
        NothingDone: nobody of that name was sent one, or the name means several who were.
    """
    plan = store.snapshot()
    key = key_to_leads(plan, load_text(store.mapping_toml(), "the mapping in use"))
    wanted = _in_key(lead, key)
    for theirs in (
        [issue for issue in issues if fold_code(issue.lead) == fold_code(lead)],
        [one for one in issues if fold_code(one.lead) in wanted],
        # Somebody marries or a post is renamed after the export, and is then called by the new
        # name.
        [one for one in issues if _called_now(one.lead, key) & wanted],
    ):
        if len({one.lead for one in theirs}) == 1:
            return theirs
        if theirs:
            several = ", ".join(dict.fromkeys(one.lead for one in theirs))
            raise NothingDone(
                f"{lead} may mean several who were sent workbooks.", f"Name one: {several}."
            )
    names = ", ".join(dict.fromkeys(one.lead for one in issues)) or "nobody"
    raise NothingDone(f"{lead} was sent nothing in {round_name}.", f"Sent: {names}.")


def _in_key(lead: str, key: LeadKey) -> set[str]:
    """Whom the key to leads knows by that name, code or spelling, the members of a group, whom a
    deputy stands for.
    """
    named = set(read_leads(lead, key).leads)
    # A deputy rings up, or writes, in their own name.
    named |= {one.name for one in key.leads if fold_code(one.deputy) == fold_code(lead)}
    named |= {
        name
        for one in key.leads
        if one.name in named
        for name in (*one.members, one.contact)
        if name
    }
    return {fold_code(name) for name in named}


def _called_now(lead: str, key: LeadKey) -> set[str]:
    return {fold_code(name) for name in read_leads(lead, key).leads}
