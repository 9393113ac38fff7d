"""The officer's decisions: each holds on the grounds it was made on, and is replayed when they come
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xlplan.merge.cells import Verdict, ask, entries_of, plain_voices, with_new_entries
from xlplan.merge.entries import Entry
from xlplan.merge.model import Answered
from xlplan.merge.voices import PlanCell, Voice
from xlplan.plan.changes import Candidate, Change, Decision, Proposal, Question, Source
from xlplan.plan.grounds import Claim, Grounds
from xlplan.plan.values import Value

KEEPS = frozenset({"master", "decline"})
"""Choices that leave the plan as it is."""
_OVERRULES = KEEPS | {"value"}


class Decisions:
    """All decisions by their grounds; the latest on the same grounds stands. Records which ones
    answered.
    """

    def __init__(self, decisions: Iterable[Decision] = (), rounds: Sequence[str] = ()) -> None:
        # Officers think again: the later answer to the same question counts.
        made = sorted(decisions, key=lambda decision: decision.at)
        self._latest = {decision.grounds: decision for decision in made}
        self._turn = {decision.grounds: number for number, decision in enumerate(made)}
        self._of_cell: dict[tuple[str, str], list[Decision]] = {}
        for grounds, decision in self._latest.items():
            if grounds.claims:
                self._of_cell.setdefault((grounds.key, grounds.field), []).append(decision)
        self.rounds = rounds
        self.answered: list[Answered] = []

    def on(self, about: Question | Proposal) -> Decision | None:
        """The decision on these very values; None when there is none, or when the leads were
        asked.
        """
        decision = self._latest.get(about.grounds)
        return decision if decision and decision.choice != "ask" else None

    def on_more_than(self, question: Question) -> Decision | None:
        """The latest decision, of this reason, on rows of answers of which these are what is
        left.
        """
        left = question.grounds.claims
        wider = (
            decision
            for grounds, decision in self._latest.items()
            if decision.choice != "ask"
            and grounds.reason == question.reason
            and all(any(rest.is_left_of(claim) for claim in grounds.claims) for rest in left)
        )
        return max(wider, key=lambda decision: self._turn[decision.grounds], default=None)

    def record(self, about: Question | Proposal | Change, decision: Decision) -> None:
        """Note that a decision answered this: what was not taken stays with it."""
        self.answered.append(Answered(about, decision))

    def noted(self, question: Question) -> Question:
        """An open question, with a word when the leads were asked about it."""
        decision = self._latest.get(question.grounds)
        if decision is None or decision.choice != "ask":
            return question
        return replace(question, note=f"{question.note} The leads were asked.".strip())

    def settle(self, cell: PlanCell, verdict: Verdict, voices: Sequence[Voice]) -> Verdict:
        """What a cell's verdict becomes once the decisions on it are applied."""
        if verdict.change:
            verdict = self._on_change(cell, verdict, verdict.change, voices)
        return (
            self._on_question(cell, verdict, verdict.question, voices)
            if verdict.question
            else verdict
        )

    def _on_change(
        self, cell: PlanCell, verdict: Verdict, change: Change, voices: Sequence[Voice]
    ) -> Verdict:
        """A waiting change may be refused, or replaced by another value, though nobody
        disagrees.
        """
        if not change.moves:
            return verdict
        decision = self._latest.get(change.grounds)
        if decision and decision.choice in _OVERRULES:
            return self._overrule(verdict, change, decision)
        # A lead sends last month's answer in again after the office has decided on it.
        decision = self._decided_otherwise(cell, voices)
        if decision is None:
            return verdict
        self.record(change, decision)
        return replace(verdict, change=None)

    def _overrule(self, verdict: Verdict, change: Change, decision: Decision) -> Verdict:
        """A verdict whose change is refused, or replaced by the officer's own value."""
        self.record(change, decision)
        own = _change(change, decision.value, (), decision) if decision.choice == "value" else None
        return replace(verdict, change=own)

    def _decided_otherwise(self, cell: PlanCell, voices: Sequence[Voice]) -> Decision | None:
        """A decision that the plan shows and that all who speak now were part of: they have been
        answered.
        """
        if cell.field.rule == "append" or (cell.key, cell.field.key) not in self._of_cell:
            return None
        return self._applied_before(cell, ask(cell, "both-moved", voices), voices)

    def _on_question(
        self, cell: PlanCell, verdict: Verdict, question: Question, voices: Sequence[Voice]
    ) -> Verdict:
        decision = self.on(question) or self._applied_before(cell, question, voices)
        if decision is None:
            return replace(verdict, question=self.noted(question))
        if decision.choice in KEEPS or _outcome(decision) == cell.master.canonical:
            self.record(question, decision)
            return replace(verdict, question=None)
        new = self._decided_value(cell, question, voices, decision)
        if new is None:
            return verdict
        self.record(question, decision)
        taken = chosen(question.candidates, decision)
        sources = [
            candidate.source
            for candidate in question.candidates
            if taken is None or candidate.value.means(taken)
        ]
        entered = verdict.change.sources if verdict.change else ()
        old = Change(cell.key, cell.field.key, cell.master, cell.master)
        change = _change(old, new, (*entered, *sources), decision)
        return self._decided_again(replace(verdict, question=None, change=change), change, decision)

    def _decided_again(self, verdict: Verdict, change: Change, first: Decision) -> Verdict:
        """What a decision would change may be refused or replaced by a later one, as any change
        that waits.
        """
        later = self._latest.get(change.grounds)
        if later is None or later.choice not in _OVERRULES:
            return verdict
        if self._turn[later.grounds] < self._turn[first.grounds]:
            return verdict
        return self._overrule(verdict, change, later)

    def _decided_value(
        self, cell: PlanCell, question: Question, voices: Sequence[Voice], decision: Decision
    ) -> Value | None:
        """The value that a decision puts into the cell; None when it fits several candidates or
        none.
        """
        if decision.choice == "append":
            return with_new_entries(cell, entries_of(cell, voices), self.rounds)
        value = chosen(question.candidates, decision)
        if value is None or cell.field.rule != "append":
            return value
        plain = entries_of(cell, plain_voices(cell, voices))
        if decision.choice == "value" or not value:
            return with_new_entries(replace(cell, master=value), plain, self.rounds)
        taken = _entries_taken(cell, value, voices)
        return None if taken is None else with_new_entries(cell, [*plain, *taken], self.rounds)

    def _applied_before(
        self, cell: PlanCell, question: Question, voices: Sequence[Voice]
    ) -> Decision | None:
        """A decision that the plan already shows: nothing is said that it had not heard, and its
        outcome is in place.
        """
        now = question.grounds
        for decision in reversed(self._of_cell.get((now.key, now.field), [])):
            if _heard_all(decision.grounds, now) and self._in_place(
                cell, question, voices, decision
            ):
                return decision
        return None

    def _in_place(
        self, cell: PlanCell, question: Question, voices: Sequence[Voice], decision: Decision
    ) -> bool:
        if decision.choice == "ask":
            return False
        if decision.choice != "append" and cell.field.rule != "append":
            return _outcome(decision) == cell.master.canonical
        if decision.choice in KEEPS:
            return True
        new = self._decided_value(cell, question, voices, decision)
        return new is not None and new.means(cell.master)


def chosen(candidates: Sequence[Candidate], decision: Decision) -> Value | None:
    """The value that a decision takes; None when it fits several candidates or none."""
    if decision.choice == "value":
        return decision.value
    by_lead = decision.choice == "take" and decision.lead
    values = [
        candidate.value
        for candidate in candidates
        if not by_lead or candidate.source.lead == decision.lead
    ]
    named = [value for value in values if value.means(decision.value)]
    left = {value.canonical: value for value in named or values}
    return next(iter(left.values())) if len(left) == 1 else None


def _heard_all(then: Grounds, now: Grounds) -> bool:
    """Whether a decision was made on all that is said now: same base, no claim that it had not.

    What the plan or the base said then it had too, but not from a lead who said something else,
    unless they had taken that back by then.
    """
    quiet = {claim.lead for claim in now.claims} - {claim.lead for claim in then.claims}
    held = {
        Claim(lead, ((now.field, canonical),))
        for lead in {*quiet, *then.backs}
        for canonical in (then.base, then.master)
    }
    same_base = then.reason == "change" or then.base == now.base
    return same_base and set(now.claims) <= {*then.claims, *held}


def _outcome(decision: Decision) -> str | None:
    """The meaning of the value that a decision put into the plan; None when it put none there."""
    if decision.choice == "value":
        return decision.value.canonical
    if decision.choice not in {"take", "accept"}:
        return None
    by_lead = decision.choice == "take" and decision.lead
    left = {
        claim.canonical
        for claim in decision.grounds.cells
        if not by_lead or claim.lead == decision.lead
    }
    if decision.value.canonical in left:
        return decision.value.canonical
    return left.pop() if len(left) == 1 else None


def _entries_taken(cell: PlanCell, value: Value, voices: Iterable[Voice]) -> list[Entry] | None:
    """The entries of those in doubt whose value was taken; one that stays taken back loses its
    entry of that round.
    """
    taken: list[Entry] = []
    for voice in voices:
        same = tuple(saying for saying in voice.said if saying.value.means(value))
        if voice.doubt and same:
            taken += entries_of(cell, [replace(voice, said=same)])
        elif voice.back and voice.back.value.means(value):
            taken.append(Entry(voice.lead, voice.round, ""))
    return None if any(not entry.text and not entry.round for entry in taken) else taken


def _change(old: Change, new: Value, sources: Iterable[Source], decision: Decision) -> Change:
    credited = tuple(dict.fromkeys(sources)) or (Source(decision.by, at=decision.at),)
    # An officer may give no reason: the record says at least who decided.
    reason = decision.text or f"decided by {decision.by}"
    return replace(old, new=new, sources=credited, reason=reason)
