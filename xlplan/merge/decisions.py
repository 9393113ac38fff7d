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


class Decisions:
    """All decisions by their grounds; the latest on the same grounds stands. Records which ones
    answered.
    """

    def __init__(self, decisions: Iterable[Decision] = (), rounds: Sequence[str] = ()) -> None:
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
            and all(any(claim.is_left_of(one) for one in grounds.claims) for claim in left)
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
        if _is(change.old, change.new):
            return verdict
        decision = self._latest.get(change.grounds)
        if decision is not None and decision.choice == "value":
            self.record(change, decision)
            return replace(verdict, change=_decided(change, decision.value, (), decision))
        if decision is None or decision.choice not in KEEPS:
            decision = self._decided_otherwise(cell, voices)
        if decision is None:
            return verdict
        self.record(change, decision)
        return replace(verdict, change=None)

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
        said = [one.source for one in question.candidates if taken is None or _is(one.value, taken)]
        entered = verdict.change.sources if verdict.change else ()
        old = Change(cell.key, cell.field.key, cell.master, cell.master)
        change = _decided(old, new, (*entered, *said), decision)
        return self._decided_again(replace(verdict, question=None, change=change), change, decision)

    def _decided_again(self, verdict: Verdict, change: Change, first: Decision) -> Verdict:
        """What a decision would change may be refused or replaced by a later one, as any change
        that waits.
        """
        decision = self._latest.get(change.grounds)
        if decision is None or self._turn[decision.grounds] < self._turn[first.grounds]:
            return verdict
        if decision.choice == "value":
            self.record(change, decision)
            return replace(verdict, change=_decided(change, decision.value, (), decision))
        if decision.choice in KEEPS:
            self.record(change, decision)
            return replace(verdict, change=None)
        return verdict

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
        decided = _decided_entries(cell, value, voices)
        return None if decided is None else with_new_entries(cell, [*plain, *decided], self.rounds)

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
        return new is not None and _is(new, cell.master)


def chosen(candidates: Sequence[Candidate], decision: Decision) -> Value | None:
    """The value that a decision takes; None when it fits several candidates or none."""
    if decision.choice == "value":
        return decision.value
    by_lead = decision.choice == "take" and decision.lead
    offered = [one.value for one in candidates if not by_lead or one.source.lead == decision.lead]
    named = [value for value in offered if _is(value, decision.value)]
    left = {value.canonical: value for value in named or offered}
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
        said.canonical
        for said in decision.grounds.cells
        if not by_lead or said.lead == decision.lead
    }
    if decision.value.canonical in left:
        return decision.value.canonical
    return left.pop() if len(left) == 1 else None


def _decided_entries(cell: PlanCell, value: Value, voices: Iterable[Voice]) -> list[Entry] | None:
    """The entries of those in doubt whose value was taken; one that stays taken back loses its
    entry of that round.
    """
    taken: list[Entry] = []
    for voice in voices:
        said = tuple(one for one in voice.said if _is(one.value, value))
        if voice.doubt and said:
            taken += entries_of(cell, [replace(voice, said=said)])
        elif voice.back and _is(voice.back.value, value):
            taken.append(Entry(voice.lead, voice.round, ""))
    return None if any(not entry.text and not entry.round for entry in taken) else taken


def _decided(old: Change, new: Value, said: Iterable[Source], decision: Decision) -> Change:
    sources = tuple(dict.fromkeys(said)) or (Source(decision.by, at=decision.at),)
    return replace(
        old, new=new, sources=sources, reason=decision.text or f"decided by {decision.by}"
    )


def _is(one: Value, other: Value) -> bool:
    return one.means(other)
