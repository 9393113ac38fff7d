"""The officer's decisions: each bound to the values it was made on, replayed when the same question
comes again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xlplan.merge.cells import Verdict, ask, entries_of, plain_voices, with_new_entries
from xlplan.merge.entries import Entry
from xlplan.merge.model import Answered
from xlplan.merge.voices import PlanCell, Voice
from xlplan.plan.changes import Candidate, Change, Decision, Proposal, Question, Source
from xlplan.plan.values import Value

KEEPS = frozenset({"master", "decline"})
"""Choices that leave the plan as it is."""
_HEAD_PARTS = 5


class Docket:
    """All decisions by what they were made on; the latest on the same values stands. Records which
    ones answered.
    """

    def __init__(self, decisions: Iterable[Decision] = (), rounds: Sequence[str] = ()) -> None:
        made = [one for one in sorted(decisions, key=lambda one: one.at) if one.fingerprint]
        self._by_print = {one.fingerprint: one for one in made}
        self._made = {one.fingerprint: number for number, one in enumerate(made)}
        self._by_cell: dict[tuple[str, str], list[Decision]] = {}
        for one in self._by_print.values():
            parts = one.fingerprint.split("\x1e")
            if len(parts) > _HEAD_PARTS:
                self._by_cell.setdefault((parts[0], parts[1]), []).append(one)
        self.rounds = rounds
        self.answered: list[Answered] = []

    def on(self, about: Question | Proposal) -> Decision | None:
        """The decision on these very values; None when there is none, or when the leads were
        asked.
        """
        decision = self._by_print.get(about.fingerprint)
        return decision if decision and decision.choice != "ask" else None

    def on_more_than(self, question: Question) -> Decision | None:
        """The latest decision, of this reason, on rows of answers of which these are what is
        left.
        """
        made = (
            one
            for one in self._by_print.values()
            if one.choice != "ask" and _reason(one) == question.reason
        )
        wider = (one for one in made if all(_is_left_of(said, one) for said in question.candidates))
        return max(wider, key=lambda one: self._made[one.fingerprint], default=None)

    def record(self, about: Question | Proposal | Change, decision: Decision) -> None:
        """Note that a decision answered this: what was not taken stays with it."""
        self.answered.append(Answered(about, decision))

    def asked(self, question: Question) -> Question:
        """An open question, with a word when the leads were asked about it."""
        decision = self._by_print.get(question.fingerprint)
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
        decision = self._by_print.get(change_fingerprint(change))
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
        if cell.field.rule == "append" or (cell.key, cell.field.key) not in self._by_cell:
            return None
        return self._applied_before(cell, ask(cell, "both-moved", voices), voices)

    def _on_question(
        self, cell: PlanCell, verdict: Verdict, question: Question, voices: Sequence[Voice]
    ) -> Verdict:
        decision = self.on(question) or self._applied_before(cell, question, voices)
        if decision is None:
            return replace(verdict, question=self.asked(question))
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
        decision = self._by_print.get(change_fingerprint(change))
        if decision is None or self._made[decision.fingerprint] < self._made[first.fingerprint]:
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
        """A decision that the plan already shows: same base, no candidate that it had not, its
        outcome in place.

        What the plan or the base said then it had too, but not from a lead who said something else,
        unless they had taken that back by then.
        """
        seen_now = {_said(one) for one in question.candidates}
        leads = {one.source.lead for one in question.candidates}
        for decision in reversed(self._by_cell.get((question.key, question.field), [])):
            _, _, why, base, master, *seen = decision.fingerprint.split("\x1e")
            reason, *backs = why.split("\x1d")
            quiet = leads - {one.split("\x1f", 1)[0] for one in seen}
            held = {f"{lead}\x1f{value}" for lead in {*quiet, *backs} for value in (base, master)}
            if (reason != "change" and base != question.base.canonical) or not seen_now <= {
                *seen,
                *held,
            }:
                continue
            if self._in_place(cell, question, voices, decision):
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


def change_fingerprint(change: Change) -> str:
    """What a decision on a waiting change is bound to, as a question's fingerprint binds it."""
    said = sorted({f"{source.lead}\x1f{change.new.canonical}" for source in change.sources})
    return "\x1e".join(
        [change.key, change.field, "change", change.old.canonical, change.old.canonical, *said]
    )


def _outcome(decision: Decision) -> str | None:
    """The meaning of the value that a decision put into the plan; None when it put none there."""
    if decision.choice == "value":
        return decision.value.canonical
    if decision.choice not in {"take", "accept"}:
        return None
    said = [one.split("\x1f", 1) for one in decision.fingerprint.split("\x1e")[_HEAD_PARTS:]]
    by_lead = decision.choice == "take" and decision.lead
    left = {value for lead, value in said if not by_lead or lead == decision.lead}
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


def _reason(decision: Decision) -> str:
    parts = decision.fingerprint.split("\x1e")
    return parts[2] if len(parts) > _HEAD_PARTS else ""


def _is_left_of(candidate: Candidate, decision: Decision) -> bool:
    """Whether a row of answers is one of those decided on, or what is left of it."""
    head, *cells = _said(candidate).split("\x1d")
    before = (one.split("\x1d") for one in decision.fingerprint.split("\x1e")[_HEAD_PARTS:])
    return any(head == one[0] and set(cells) <= set(one[1:]) for one in before)


def _said(candidate: Candidate) -> str:
    return f"{candidate.source.lead}\x1f{candidate.value.canonical}"


def _is(one: Value, other: Value) -> bool:
    return one.means(other)
