"""What a lead reads beside a value: appended notes, newest first, and what the office made of their
last answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from xlplan.mapping.model import PlanMapping as PlanMapping
from xlplan.merge import read_entries
from xlplan.plan.changes import Decision
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import Round
from xlplan.plan.text.text import same_text
from xlplan.store import Store

OFFICE_SAYS = "[Office: "
"""How a word of the office to a lead begins, below the text that it stands with."""
_NOTE = re.compile(r"\s*" + re.escape(OFFICE_SAYS) + r".*", re.DOTALL)

Refusals = Mapping[tuple[str, str], tuple[str, ...]]
"""What the office says to a lead about an action, by (lead, key)."""


def newest_first(text: str, rounds: Sequence[str]) -> str:
    """A list of appended entries as people read it; kept text has the oldest first."""
    return "\n\n".join(entry.written for entry in reversed(read_entries(text, rounds)))


def appended_fields(mapping: PlanMapping) -> list[str]:
    """Fields whose values are lists of entries."""
    return [name for name, spec in mapping.fields.items() if spec.merge == "append"]


def as_read(plan: Plan, mapping: PlanMapping, rounds: Sequence[str]) -> Plan:
    """The plan with its appended notes newest first, for people; its values mean what they
    meant.
    """
    names = appended_fields(mapping)

    def shown(item: Item) -> Item:
        turned = {
            name: replace(value, text=newest_first(value.text, rounds))
            for name in names
            if (value := item.values.get(name)) is not None
        }
        return Item(item.key, item.kind, {**item.values, **turned}) if turned else item

    return Plan({key: shown(item) for key, item in plan.items.items()})


def same_shown(said: str, kept: str) -> bool:
    """Whether a locked cell shows a value: its entries in any order, without what the office says
    below.
    """
    return _paragraphs(_NOTE.sub("", said)) == _paragraphs(kept)


def _paragraphs(text: str) -> list[str]:
    return sorted(same_text(part) for part in re.split(r"\n\s*\n", text) if part.strip())


def refusals(store: Store, since: str) -> Refusals:
    """What leads should read about answers of theirs that were not taken since a time, with the
    office's reason.
    """
    latest = {one.fingerprint: one for one in store.decisions() if one.fingerprint}
    told: dict[tuple[str, str], list[str]] = {}
    for decision in latest.values():
        if (
            decision.at >= since
            and decision.text
            and decision.choice in {"master", "decline", "value", "take"}
        ):
            for lead, key, said in _not_taken(decision):
                told.setdefault((lead, key), []).append(
                    f"your '{said}' was not taken: {decision.text}"
                )
    return {name: tuple(dict.fromkeys(words)) for name, words in told.items()}


def refusals_for(store: Store, this_round: Round) -> Refusals:
    """What leads should read in a round's workbooks: of answers that were not taken since the round
    before opened.
    """
    before = [one.opened_at for one in store.rounds() if one.id < this_round.id]
    return refusals(store, before[-1] if before else this_round.opened_at)


def _not_taken(decision: Decision) -> Iterable[tuple[str, str, str]]:
    """(lead, key, value) of what a decision left aside, out of the values that it was made on."""
    parts = decision.fingerprint.split("\x1e")
    if len(parts) <= 5 or parts[1] == "*":
        return
    for one in parts[5:]:
        lead, _, said = one.partition("\x1f")
        if decision.choice in {"master", "decline"} or said != decision.value.canonical:
            yield lead, parts[0], said


def last_shown(
    action: Item, lead: str, mapping: PlanMapping, rounds: Sequence[str], told: Refusals
) -> dict[str, str]:
    """What the locked columns of earlier values show instead of the plan's text, by field."""
    last = {
        name: newest_first(value.text, rounds)
        for name in appended_fields(mapping)
        if (value := action.values.get(name)) is not None
    }
    words = told.get((lead, action.key))
    if words:
        fresh = [
            name
            for name, spec in mapping.fields.items()
            if spec.edit == "lead" and spec.input == "fresh"
        ]
        name = "progress" if "progress" in fresh else next(iter(fresh), "rag")
        text = last.get(name, action.get(name).text)
        last[name] = f"{text}\n{OFFICE_SAYS}{'; '.join(words)}]".strip()
    return last
