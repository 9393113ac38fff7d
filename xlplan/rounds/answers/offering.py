"""Every answer that something takes which waits for the officer: one list, built from the question.

The decisions workbook offers it, and what comes back is read by it; so do the command line and the
library. What it lacks is no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from textwrap import shorten

from xlplan.plan.changes import (
    Candidate,
    Change,
    Choice,
    Matter,
    Option,
    Proposal,
    Question,
    option_letter,
)
from xlplan.plan.grounds import ROW
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.answers.doubted import options_on_date
from xlplan.rounds.compared.accepting import new_action
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.compared.places import place_named
from xlplan.rounds.owners.measures_led import spec_of_cell
from xlplan.rounds.owners.routing import lead_field
from xlplan.store import Store

NumberedChange = tuple[str, Change]
"""A waiting change with its number: W1, W2."""

TAKE = "Take"
LABELS: dict[Choice, str] = {
    "master": "Keep master",
    "value": "Another value",
    "append": "Keep both",
    "accept": "Accept",
    "decline": "Decline",
    "same-as": "Same as",
    "ask": "Ask the leads",
}
_COMMANDS: dict[Choice, str] = {
    "master": "--take master",
    "value": "--take =VALUE",
    "append": "--both",
    "accept": "--accept",
    "decline": "--decline REASON",
    "same-as": "--same-as REF",
    "ask": "--ask",
}
_LONGEST = 60
"""Characters of a value in a label: a list shows one line."""
_NEEDS_LEAVE = frozenset({"needs-approval", "cleared", "withdrawn"})


def _option(choice: Choice, value: Value = BLANK, label: str = "", lead: str = "") -> Option:
    """An answer that is called the same whatever it is about."""
    usual = LABELS[choice]
    return Option(
        choice,
        label or usual,
        _COMMANDS[choice],
        (choice, usual),
        value,
        lead,
        reason=choice == "decline",
    )


def _another_value() -> Option:
    return replace(_option("value"), beside="value", needs=True)


def _unlisted(option: Option) -> Option:
    return replace(option, listed=False)


def options_on_question(
    question: Question, called: Sequence[str], *, text: bool
) -> tuple[Option, ...]:
    """The answers to a question; `called` names its candidates, `text` says that it is about one
    text of a row.
    """
    if question.reason == "edition":
        # Copies of the master go to boards and leads with all its marks: such a file is answered
        # whole.
        name = question.candidates[0].source.file
        return _option("accept", Value(name, name)), _option("decline", Value(name, name))
    if question.reason == "detached":
        # Somebody sorted only the columns they had filled in: the order is right or wrong as a
        # whole.
        return (
            _option("accept", label="Put the answers back in their rows"),
            _option("decline", label="Leave them out"),
            _option("ask", label="Ask the lead"),
            _unlisted(_option("master")),
        )
    keep, decline = _option("master", question.master), _option("decline", question.master)
    first = question.candidates[0]
    alike = len({candidate.value.canonical for candidate in question.candidates}) == 1
    # Joint leads may have typed one thing in two ways, `g` and `G`: there is nothing to choose.
    accept = [_option("accept", first.value, lead=first.source.lead)] if alike else []
    takes, whole = list(_takes(question.candidates, called)), question.field == ROW
    both = _option("append", label="Keep all" if len(takes) > 2 else "")
    both = replace(both, words=(*both.words, "both", LABELS["append"]))
    if question.reason in _NEEDS_LEAVE and alike:
        offered, other = [*accept, decline], [keep, *takes]
    elif question.reason == "same-new-ref":
        offered, other = [*takes, both, decline], [keep]
    else:
        offered, other = [keep, *takes], [decline, *accept]
        # Two notes can stand below each other in a cell; two ratings or dates cannot.
        offered += [both] if text and not whole else []
    values = [] if whole else [_another_value()]
    return (*offered, *values, _option("ask"), *map(_unlisted, other))


def _on_doubted(question: Question, options: Sequence[Option]) -> tuple[Option, ...]:
    """The answers to a doubted date; of one that came back, the old one may stay."""
    # The plan holds no older date in place of one of its own.
    came_back = bool(question.candidates[0].source.lead)
    keep = [_option("master", question.master)] if came_back else []
    decline = [_unlisted(_option("decline", question.master))] if came_back else []
    return (*options, *keep, _another_value(), _option("ask"), *decline)


def _takes(candidates: Iterable[Candidate], called: Sequence[str]) -> Iterator[Option]:
    """An answer for each value of each lead; equal ones of one lead are one."""
    same: dict[tuple[str, str], list[int]] = {}
    listed = list(candidates)
    for place, candidate in enumerate(listed):
        same.setdefault((candidate.source.lead, candidate.value.canonical), []).append(place)
    for places in same.values():
        first = listed[places[0]]
        name, letters = called[places[0]], list(map(option_letter, places))
        words = dict.fromkeys([*letters, first.source.lead, name, f"option {letters[0]}"])
        yield Option(
            "take",
            f"{TAKE} {name}",
            f"--take {letters[0]}",
            tuple(filter(None, words)),
            first.value,
            first.source.lead,
        )


def names_of_candidates(question: Question, rounds: Mapping[int, str]) -> tuple[str, ...]:
    """Each candidate by its lead; where one lead has several answers, with what tells them apart.

    `rounds` are names of rounds, by the number of a return that answered in it.

    Example: `Rose Collinson (January Board)` and `Rose Collinson (February Board)`
    """
    tells: tuple[Callable[[Candidate], str], ...] = (
        lambda one: rounds.get(one.source.returned, ""),
        lambda one: one.source.file,
        lambda one: f"{one.source.sheet}!{one.source.cell}",
        lambda one: shorten(one.value.text or "nothing", _LONGEST, placeholder=" ..."),
    )
    names = []
    for place, candidate in enumerate(question.candidates):
        lead = candidate.source.lead
        others = [
            one
            for one in question.candidates
            if one.source.lead == lead and not one.value.means(candidate.value)
        ]
        told = [
            tell(candidate)
            for tell in tells
            if tell(candidate) and all(tell(candidate) != tell(other) for other in others)
        ]
        told.append(f"option {option_letter(place)}")
        names.append(f"{lead} ({told[0]})" if others else lead or candidate.source.file)
    return tuple(names)


def options_on_change(change: Change) -> tuple[Option, ...]:
    """The answers to a waiting change: nobody disagrees, and the officer may still refuse or
    replace it.
    """
    return (
        _option("accept", change.new),
        _option("decline", change.old),
        _another_value(),
        _unlisted(_option("master", change.old)),
    )


def options_on_proposal(proposal: Proposal, place: Value, *, asked: bool) -> tuple[Option, ...]:
    """The answers to a proposed action; `place` is where it would go, `asked` whether that must be
    said. One without a text is not to be accepted.
    """
    accept = replace(_option("accept", place), beside="section", needs=asked)
    accept = replace(accept, listed=bool(proposal.values.get("action")))
    if asked:
        accept = replace(accept, command="--accept --section REF")
    same_as = replace(_option("same-as"), beside="ref", needs=True)
    return accept, _option("decline"), same_as, _option("ask")


@dataclass(frozen=True)
class Offers:
    """All that waits, each with its answers. `used` are all refs that the plan ever had."""

    compared: Waiting
    changes: Sequence[NumberedChange]
    rounds: Mapping[int, str]
    used: frozenset[str]

    @cached_property
    def open(self) -> dict[str, Matter]:
        """What is not answered yet, by number: questions, proposals, dates to confirm, changes."""
        compared = self.compared
        asked: list[Question | Proposal] = [*compared.questions, *compared.proposals]
        about: list[tuple[str, Question | Proposal | Change]] = [
            *((one.id, one) for one in (*asked, *compared.to_confirm)),
            *self.changes,
        ]
        return {number: self._matter(number, one) for number, one in about}

    @cached_property
    def all(self) -> dict[str, Matter]:
        """What is open, and what was decided and waits for the merge: it may be answered anew."""
        decided = {
            made.decision.question: self._matter(made.decision.question, made.about)
            for made in self.compared.decided
        }
        return decided | self.open

    def _matter(self, number: str, about: Question | Proposal | Change) -> Matter:
        if isinstance(about, Change):
            return Matter(number, about, options_on_change(about))
        if isinstance(about, Proposal):
            return self._on_proposal(number, replace(about, id=number))
        called = names_of_candidates(about, self.rounds)
        if about.reason == "doubted":
            dates = _on_doubted(about, options_on_date(about, self.compared))
            return Matter(number, replace(about, id=number), dates, called)
        spec = spec_of_cell(self.compared.mapping, about.field) if about.field != ROW else None
        options = options_on_question(about, called, text=spec is not None and spec.type == "text")
        return Matter(number, replace(about, id=number), options, called)

    def _on_proposal(self, number: str, proposal: Proposal) -> Matter:
        plan = self.compared.plan
        place = place_named(proposal, plan)
        asked = place is None and bool(plan.sections)
        value = Value(place.label, place.key) if place else BLANK
        return Matter(
            number,
            proposal,
            options_on_proposal(proposal, value, asked=asked),
            outcome=self._outcome(proposal) if proposal.values.get("action") else "",
            places=tuple(one.label for one in plan.places()),
        )

    def _outcome(self, proposal: Proposal) -> str:
        """What comes of accepting a proposal that its lead did not say."""
        compared, plan = self.compared, self.compared.plan
        place = place_named(proposal, plan)
        if place is None and plan.sections:
            where = "Say where it goes: its lead named no section of the plan."
            made = new_action(proposal, plan.places()[0], compared, self.used)
        else:
            where = f"It would go to {place.label}." if place else ""
            made = new_action(proposal, place, compared, self.used)
        typed, led_by = proposal.values.get("ref", BLANK), lead_field(compared.mapping)
        parts = [where]
        if typed and not typed.means(made.get("ref")):
            parts.append(f"The ref {typed.text} was used before: it gets the next free one.")
        elif not typed and place is not None:
            parts.append(f"Its ref is the next free one, {made.text('ref')} now.")
        if led_by and not proposal.values.get(led_by):
            parts.append(f"It would be led by {made.text(led_by)}, who proposes it.")
        return " ".join(filter(None, parts))


def offers(store: Store, compared: Waiting) -> Offers:
    """All that waits, with its answers. Inside `store.writing`: changes are numbered."""
    changes = [
        (store.number_question(change.grounds, change.key, change.field, prefix="W"), change)
        for change in compared.merged.changes
    ]
    return Offers(compared, changes, rounds_of_returns(store), store.ever("ref"))


def rounds_of_returns(store: Store) -> dict[int, str]:
    """The name of the round that each return answered, by the return's number."""
    names = {one.id: one.name for one in store.rounds()}
    return {one.id: names[one.round] for one in store.returns() if one.round in names}
