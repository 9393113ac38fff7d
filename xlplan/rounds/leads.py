"""leads: who leads what, and which names nobody knows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from xlplan.mapping.load import load_text
from xlplan.plan.leads.reading import read_leads
from xlplan.reports.documents import Document
from xlplan.rounds.owners.routing import key_to_leads, leaders
from xlplan.rounds.session.session import Session
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class LeadOverview:
    """What one lead leads."""

    lead: str
    open: list[str]
    all: list[str]


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that the key does not know, where it stands, the nearest names, and a line for the
    mapping.
    """

    text: str
    refs: list[str]
    near: list[str]
    proposal: str


@dataclass(frozen=True, slots=True)
class Leads:
    """Who leads what."""

    loads: list[LeadOverview]
    unknown: list[UnknownName]
    nobody: list[str]
    checking: bool

    @property
    def exit_status(self) -> int:
        """1 when a name is unresolved and that was the question."""
        return int(self.checking and bool(self.unknown))

    def document(self) -> Document:
        """The JSON document of leads."""
        return {
            "leads": [
                {
                    "lead": load.lead,
                    "actions": len(load.all),
                    "open": len(load.open),
                    "refs": load.all,
                }
                for load in self.loads
            ],
            "unresolved": [
                {"text": one.text, "refs": one.refs, "near": one.near, "proposal": one.proposal}
                for one in self.unknown
            ],
            "no_lead": self.nobody,
        }


def who_leads(session: Session, *, check: bool = False) -> Leads:
    """Every lead with the actions they lead; names that do not resolve, with alias lines to
    paste.
    """
    with Store.open(session.plan) as store:
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
    key = key_to_leads(plan, mapping)
    open_keys = {action.key for action in plan.open_actions()}
    led: dict[str, LeadOverview] = {}
    unknown: dict[str, list[str]] = defaultdict(list)
    nearest: dict[str, list[str]] = {}
    nobody = []
    for action in plan.actions:
        ref = action.text("ref")
        named = leaders(action, mapping, key)
        for name in named.names:
            load = led.setdefault(name, LeadOverview(name, [], []))
            load.all.append(ref)
            if action.key in open_keys:
                load.open.append(ref)
        for text in named.unresolved:
            unknown[text].append(ref)
            # Plans misspell their own leads: `Thomson` for `Thompson`.
            nearest[text] = [near for one in read_leads(text, key).unresolved for near in one.near]
        if not named.names and not named.unresolved:
            nobody.append(ref)
    names = [
        UnknownName(text, refs, nearest[text], _alias(text, nearest[text]))
        for text, refs in unknown.items()
    ]
    return Leads(sorted(led.values(), key=lambda load: -len(load.open)), names, nobody, check)


def _alias(text: str, near: list[str]) -> str:
    """Lines to paste into the mapping: a spelling of the nearest name, or a new entry."""
    # Plans write leads as 'Director ("DCS")': a quote would end the string in the mapping.
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    entry = f'[[leads]]\nname = "{quoted}"'
    if near:
        return (
            f'spellings = ["{quoted}"]    # paste into the entry of {near[0]}, if that is who '
            f"it is; else:\n{entry}"
        )
    return entry
