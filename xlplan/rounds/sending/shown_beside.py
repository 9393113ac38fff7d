"""What a lead reads beside a value: appended notes, newest first, and what the office made of their
last answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from xlplan.mapping.keys import period
from xlplan.mapping.model import PlanMapping
from xlplan.merge import read_entries
from xlplan.plan.changes import Decision
from xlplan.plan.grounds import ROW, CellClaim
from xlplan.plan.model import Item, Plan
from xlplan.plan.own_words import OwnWords
from xlplan.plan.rounds import Round
from xlplan.plan.text.text import same_text
from xlplan.plan.timescale.doubted import DATED, confirmation, doubted_date, is_open
from xlplan.store import Store
from xlplan.workbook.kit.words import headings

OFFICE_SAYS = "[Office: "
"""How a word of the office to a lead begins, below the text that it stands with."""
# The note stands in a locked cell, so that it comes back with every return.
_NOTE = re.compile(r"\s*" + re.escape(OFFICE_SAYS) + r".*", re.DOTALL)

# `Rating now` heads the input beside `Last rating`; in a sentence it is a rating.
_OF_INPUT = re.compile(r" (?:now|this round)$")
_LEAVES_OUT = frozenset({"master", "decline", "value", "take"})

Refusals = Mapping[str, tuple[str, ...]]
"""What the office says to one lead, by the key of the action."""


def newest_first(text: str, rounds: Sequence[str]) -> str:
    """A list of appended entries as people read it; kept text has the oldest first."""
    # Excel shows no row higher than 409 points: what stands last in a long cell is out of sight.
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
    # Gnumeric trims texts, and .ods loses spaces: paragraphs are compared by their words.
    return sorted(same_text(part) for part in re.split(r"\n\s*\n", text) if part.strip())


def refusals_for(store: Store, mapping: PlanMapping, this_round: Round, lead: str) -> Refusals:
    """What a lead should read in a round's workbooks about answers of theirs that were not taken
    since the round before opened, with the office's reason.

    What they typed stands in it, not what it was compared by; nothing, where the return that it
    stood in was taken out again.
    """
    # Decisions on last round's answers are often made after its workbooks had gone out.
    opened = [other.opened_at for other in store.rounds() if other.id < this_round.id]
    since = opened[-1] if opened else this_round.opened_at
    latest = {decision.grounds: decision for decision in store.decisions()}
    refused = [
        (claim, decision.text)
        for decision in latest.values()
        if decision.at >= since and decision.text
        for claim in _left_aside(decision)
        if claim.lead == lead
    ]
    if not refused:
        return {}
    words: dict[str, list[str]] = {}
    own = OwnWords(store.returns(lead=lead), appended_fields(mapping))
    for claim, reason in refused:
        answer = _named(claim, own.of(claim), mapping)
        words.setdefault(claim.key, []).append(f"your {answer} was not taken: {reason}")
    return {key: tuple(dict.fromkeys(lines)) for key, lines in words.items()}


def _left_aside(decision: Decision) -> list[CellClaim]:
    """The cells that a decision on one cell did not take as somebody had them."""
    grounds = decision.grounds
    if decision.choice not in _LEAVES_OUT or grounds.field in {ROW, ""}:
        return []
    taken = {decision.value.canonical} if decision.choice in {"value", "take"} else set()
    return [claim for claim in grounds.cells if claim.canonical not in taken]


def _named(claim: CellClaim, text: str, mapping: PlanMapping) -> str:
    """An answer by its column and as it was typed: `Revised date 'End of Sept 2019'`."""
    column = _OF_INPUT.sub("", headings(mapping, claim.field)[0])
    if not claim.canonical:
        return f"empty {column}"
    return f"{column} '{text}'" if text else column


def _dates_to_confirm(action: Item, mapping: PlanMapping) -> Iterator[tuple[str, str]]:
    """Doubted dates of an action that nobody has confirmed: the field, and what is asked."""
    covered = period(mapping)
    for name, spec in mapping.fields.items():
        value = action.get(name)
        if spec.type not in DATED or not is_open(value, action.get(confirmation(name)), covered):
            continue
        found = doubted_date(value.text, covered)
        doubt = " ".join(one.message for one in (found.findings if found else ()))
        perhaps = f", perhaps {found.likely}" if found and found.likely else ""
        where = f" in '{headings(mapping, name)[0]}'" if spec.edit == "lead" else ""
        yield name, f"{doubt} Please give the date that is meant{where}{perhaps}."


def last_shown(
    action: Item, mapping: PlanMapping, rounds: Sequence[str], refused: Refusals
) -> dict[str, str]:
    """What the locked columns of earlier values show instead of the plan's text, by field."""
    last = {
        name: newest_first(value.text, rounds)
        for name in appended_fields(mapping)
        if (value := action.values.get(name)) is not None
    }
    words = list(refused.get(action.key, ()))
    for field, question in _dates_to_confirm(action, mapping):
        spec = mapping.fields[field]
        if spec.edit == "lead" and spec.input == "fresh":
            last[field] = f"{action.text(field)}\n{OFFICE_SAYS}{question}]"
        else:
            words.append(question)
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
