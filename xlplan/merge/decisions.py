"""The officer's decisions, under one rule: a decision holds while the bases are as they were, the
plan is as it was or holds what the decision gave, and nobody says what it had not heard.

It ends with its round. One that takes a value which nobody says any more rests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from xlplan.merge.cells import (
    Verdict,
    credit,
    entries_of,
    in_dispute,
    merged_before,
    plain_voices,
    weigh,
    with_new_entries,
)
from xlplan.merge.entries import Entry
from xlplan.merge.model import Answered
from xlplan.merge.voices import PlanCell, Statement, Voice
from xlplan.plan.changes import Change, Decision, Proposal, Question, Source
from xlplan.plan.grounds import Claim, Grounds
from xlplan.plan.text.english import listed
from xlplan.plan.values import Value

KEEPS = frozenset({"master", "decline"})
"""Choices that leave the plan as it is."""
TAKES = frozenset({"take", "accept", "as-it-stands", "text-only"})
"""Choices that put a candidate's value into the plan."""
_OVERRULES = KEEPS | {"value"}


class Decisions:
    """All decisions by their grounds; the latest on the same grounds stands. Records which ones
    answered, and which ones rest.
    """

    def __init__(self, decisions: Iterable[Decision] = (), rounds: Sequence[str] = ()) -> None:
        # Officers think again: the later answer to the same question counts.
        made = sorted(decisions, key=lambda decision: decision.at)
        self._latest = {decision.grounds: decision for decision in made}
        self._turn = {decision.grounds: number for number, decision in enumerate(made)}
        self._of_cell: dict[tuple[str, str], list[Decision]] = {}
        for grounds, decision in self._latest.items():
            if grounds.field:
                self._of_cell.setdefault((grounds.key, grounds.field), []).append(decision)
        for several in self._of_cell.values():
            several.sort(key=self._made)
        self.rounds = rounds
        self._rounds = {label: number for number, label in enumerate(rounds)}
        self.answered: list[Answered] = []
        self.resting: list[Answered] = []

    def on(self, about: Question | Proposal, said_in: Iterable[str] = ()) -> Decision | None:
        """The decision on these very values; None when there is none, when the leads were asked, or
        when something was said in a round after its own.
        """
        decision = self._latest.get(about.grounds)
        if decision is None or decision.choice == "ask" or self._is_over(decision, said_in):
            return None
        return decision

    def on_more_than(self, question: Question, said_in: Iterable[str] = ()) -> Decision | None:
        """The latest decision, of this reason, on rows of answers of which these are what is
        left.
        """
        left, labels = question.grounds.claims, tuple(said_in)
        wider = (
            decision
            for grounds, decision in self._latest.items()
            if decision.choice != "ask"
            and grounds.reason == question.reason
            # Of answers that came apart, another row may be the first that is left.
            and (grounds.key == question.key or question.reason == "detached")
            and not self._is_over(decision, labels)
            and all(any(_was_heard(rest, claim) for claim in grounds.claims) for rest in left)
        )
        return max(wider, key=self._made, default=None)

    def record(self, about: Question | Proposal | Change, decision: Decision) -> None:
        """Note that a decision answered this: what was not taken stays with it."""
        self.answered.append(Answered(about, decision))

    def noted(self, question: Question) -> Question:
        """An open question, with a word when the leads were asked about it."""
        decision = self._latest.get(question.grounds)
        if decision is None or decision.choice != "ask":
            return question
        return replace(question, note=f"{question.note} The leads were asked.".strip())

    def weigh(self, cell: PlanCell, voices: Sequence[Voice]) -> Verdict:
        """What becomes of a cell once the decisions on it are applied."""
        voices = in_dispute(voices)
        verdict = weigh(cell, voices, self.rounds)
        if (cell.key, cell.field.key) not in self._of_cell or not _about(verdict):
            return verdict
        if verdict.question and verdict.change:
            # Plain entries of a list go in beside a question about one that is in doubt.
            verdict = self._decided_again(verdict, verdict.change)
        answered = self._answered(cell, verdict, voices)
        if answered is not None:
            return answered
        left = self._without_refused(cell, voices)
        if len(left) < len(voices):
            verdict = weigh(cell, left, self.rounds)
            answered = self._answered(cell, verdict, left) if _about(verdict) else verdict
        return answered or self._open(cell, verdict, left)

    def _answered(
        self, cell: PlanCell, verdict: Verdict, voices: Sequence[Voice]
    ) -> Verdict | None:
        """The verdict once the decision that holds is applied; None where none holds."""
        about = _about(verdict)
        decision = self._that_holds(cell, about, voices) if about else None
        if about is None or decision is None:
            return None
        new = self._outcome(cell, about, voices, decision)
        if new is None:
            if _may_rest(decision):
                self.resting.append(Answered(about, decision))
            return None
        if isinstance(about, Change) and new.means(about.new) and not about.moves:
            return verdict
        self.record(about, decision)
        if new.means(cell.master):
            entered = verdict.change if verdict.question else None
            return Verdict(entered, outranked=verdict.outranked)
        taken = None if decision.choice == "append" else _taken(about, voices, decision)
        said = [
            source for source, value in _said(about, voices) if taken is None or value.means(taken)
        ]
        entered_by = verdict.change.sources if verdict.question and verdict.change else ()
        old = Change(cell.key, cell.field.key, cell.master, cell.master)
        change = _change(old, new, (*entered_by, *said), decision)
        return self._decided_again(verdict._replace(question=None, change=change), change, decision)

    def _decided_again(
        self, verdict: Verdict, change: Change, first: Decision | None = None
    ) -> Verdict:
        """What a decision would change may be refused or replaced by a later one, as any change
        that waits.
        """
        later = self._latest.get(change.grounds)
        if later is None or later.choice not in _OVERRULES:
            return verdict
        if first is not None and self._made(later) < self._made(first):
            return verdict
        self.record(change, later)
        own = _change(change, later.value, (), later) if later.choice == "value" else None
        return verdict._replace(change=own)

    def _that_holds(
        self, cell: PlanCell, about: Question | Change, voices: Sequence[Voice]
    ) -> Decision | None:
        """The latest decision that holds on what is said about a cell; none while the leads are
        asked.
        """
        labels = [voice.round for voice in voices if not voice.settled]
        now = about.grounds
        if isinstance(about, Change) and cell.field.rule != "append":
            # The rule `worst` may keep the plan against all that is said.
            now = replace(now, claims=_claims(about.field, voices))
        for decision in reversed(self._of_cell[cell.key, cell.field.key]):
            # What a decision would change may be refused; its question is answered all the same.
            other = isinstance(about, Question) and decision.grounds.reason == "change"
            if other or self._is_over(decision, labels):
                continue
            if decision.grounds != about.grounds and not _heard_all(decision, now):
                continue
            if decision.choice == "ask":
                return None
            if self._plan_stands(cell, about, voices, decision):
                return decision
        return None

    def _plan_stands(
        self, cell: PlanCell, about: Question | Change, voices: Sequence[Voice], decision: Decision
    ) -> bool:
        """Whether the plan is as it was when a decision was made, or holds what it gave."""
        if cell.field.rule == "append" and isinstance(about, Change):
            # An entry joins whatever stands there: only the very same one was decided on.
            return decision.grounds == about.grounds
        if decision.grounds.master == cell.master.canonical:
            return True
        if _may_rest(decision) and _meant(decision) == cell.master.canonical:
            return True
        # While a decision rests, one of the answers that it had heard may be merged.
        heard = {claim.canonical for claim in decision.grounds.cells}
        if cell.master.canonical in heard and merged_before(cell, voices):
            return True
        if cell.field.rule == "append" and decision.choice in KEEPS:
            return True
        new = self._outcome(cell, about, voices, decision)
        return new is not None and decision.choice not in KEEPS and new.means(cell.master)

    def _outcome(
        self, cell: PlanCell, about: Question | Change, voices: Sequence[Voice], decision: Decision
    ) -> Value | None:
        """The value that a decision gives the cell; None when nobody says it any more, or it fits
        several.
        """
        if decision.choice in KEEPS:
            return cell.master
        if decision.choice == "append":
            return with_new_entries(cell, entries_of(cell, voices), self.rounds)
        value = _taken(about, voices, decision)
        if value is None or cell.field.rule != "append" or isinstance(about, Change):
            return value
        open_ones = [voice for voice in voices if not voice.settled]
        plain = entries_of(cell, plain_voices(cell, open_ones))
        if decision.choice == "value" or not value:
            return with_new_entries(cell._replace(master=value), plain, self.rounds)
        taken = _entries_taken(cell, value, open_ones)
        return None if taken is None else with_new_entries(cell, [*plain, *taken], self.rounds)

    def _without_refused(self, cell: PlanCell, voices: Sequence[Voice]) -> list[Voice]:
        """The voices without values that were declined: those are heard, and move nothing.

        Said again by anybody, they meet the refusal; others are judged without them.
        """
        labels = [voice.round for voice in voices if not voice.settled]
        by: dict[str, Decision] = {}
        for decision in self._of_cell[cell.key, cell.field.key]:
            if decision.choice == "ask" or self._is_over(decision, labels):
                continue
            for claim in decision.grounds.cells:
                by.pop(claim.canonical, None)
                if decision.choice == "decline" and _refuses(decision, cell, voices):
                    by[claim.canonical] = decision
        left = []
        for voice in voices:
            refused = {one.value.canonical for one in voice.said} & by.keys()
            if len(refused) < len(voice.said) or not _same_bases(by[min(refused)].grounds, voice):
                left.append(voice)
            elif not voice.settled:
                for one in voice.said:
                    change = credit(cell, one.value, [voice])
                    self.record(change, by[one.value.canonical])
        return left

    def _open(self, cell: PlanCell, verdict: Verdict, voices: Sequence[Voice]) -> Verdict:
        """What no decision answers: a question says what was decided before."""
        question = verdict.question
        if question is None:
            return verdict
        noted = self.noted(question)
        if noted is not question:
            return verdict._replace(question=noted)
        labels = [voice.round for voice in voices if not voice.settled]
        before = [
            decision
            for decision in self._of_cell[cell.key, cell.field.key]
            if decision.choice != "ask" and not self._is_over(decision, labels)
        ]
        if not before:
            return verdict
        note = f"{question.note} {_decided_before(before[-1], question, cell, voices)}".strip()
        return verdict._replace(question=replace(question, note=note))

    def _is_over(self, decision: Decision, said_in: Iterable[str]) -> bool:
        """Whether something was said in a later round than that in which a decision was made."""
        ended = self._rounds.get(decision.round)
        if ended is None:
            return False
        return any(self._rounds.get(label, -1) > ended for label in said_in)

    def _made(self, decision: Decision) -> int:
        return self._turn[decision.grounds]


def _was_heard(now: Claim, then: Claim) -> bool:
    """Whether what is said of a row is what was said then, or a part of it; of a row that did not
    come apart, by whomever.
    """
    if now.to or then.to:
        return now.is_left_of(then)
    return {*now.cells} <= {*then.cells}


def _about(verdict: Verdict) -> Question | Change | None:
    """What of a verdict a decision may answer: its question, else its change, or agreement."""
    return verdict.question or verdict.change


def _said(about: Question | Change, voices: Iterable[Voice]) -> list[tuple[Source, Value]]:
    """What is on offer, each with who says it and where."""
    if isinstance(about, Question):
        return [(candidate.source, candidate.value) for candidate in about.candidates]
    return [(said.source, said.value) for voice in voices for said in voice.said]


def _taken(about: Question | Change, voices: Sequence[Voice], decision: Decision) -> Value | None:
    """The value that a decision takes; None when nobody says it any more, or when it fits several.

    Who says it by now makes no difference.
    """
    if decision.choice == "value":
        return decision.value
    offered = [value for _, value in _said(about, voices)]
    if isinstance(about, Change):
        offered.append(about.new)
    # What the plan holds by now is no candidate of an answer that was taken back.
    offered += [said.value for voice in voices for said in (*voice.said, *_backs(voice))]
    meant = _meant(decision)
    found = next((value for value in offered if value.canonical == meant), None)
    # A return that was merged need not be among those that are compared.
    said_it = {claim.lead for claim in decision.grounds.cells if claim.canonical == meant}
    plan = about.master if isinstance(about, Question) else about.old
    if found is None and plan.canonical == meant and said_it - {voice.lead for voice in voices}:
        return plan
    return found


def _backs(voice: Voice) -> tuple[Statement, ...]:
    return (voice.back,) if voice.back else ()


def _meant(decision: Decision) -> str | None:
    """The meaning of the value that a decision took; None when it fits several."""
    by_lead = decision.choice == "take" and decision.lead
    left = {
        claim.canonical
        for claim in decision.grounds.cells
        if not by_lead or claim.lead == decision.lead
    }
    if decision.value.canonical in left:
        return decision.value.canonical
    return left.pop() if len(left) == 1 else None


def _may_rest(decision: Decision) -> bool:
    return decision.choice in TAKES and _meant(decision) is not None


def _claims(field: str, voices: Iterable[Voice]) -> tuple[Claim, ...]:
    """All that is said of a cell."""
    said = {
        Claim(voice.lead, ((field, one.value.canonical),)) for voice in voices for one in voice.said
    }
    return tuple(said)


def _heard_all(decision: Decision, now: Grounds) -> bool:
    """Whether a decision was made on all that is said now: the same bases, and no value that it had
    not heard or given.

    What the plan or the bases said then it had too, but not from a lead who said something else,
    unless they had taken that back by then. Who takes back what they said then says something new.
    """
    then = decision.grounds
    # A change does not say what its leads were shown.
    if then.reason != "change" and now.reason != "change" and not {*now.bases} <= {*then.bases}:
        return False
    spoke = {claim.lead for claim in then.claims}
    went_back = {claim.lead for claim in then.cells if claim.canonical in then.bases}
    if spoke & {*now.backs} - {*then.backs} - went_back:
        return False
    quiet = {claim.lead for claim in now.claims} - spoke
    values = {claim.cells for claim in then.claims}
    if decision.choice == "value":
        values.add(((now.field, decision.value.canonical),))
    held = {
        Claim(lead, ((now.field, canonical),))
        for lead in {*quiet, *then.backs}
        for canonical in (*then.bases, then.master)
    }
    return all(claim.cells in values or claim in held for claim in now.claims)


def _refuses(decision: Decision, cell: PlanCell, voices: Sequence[Voice]) -> bool:
    """Whether a refusal stands: the plan is as it was, or holds what a lead said beside it."""
    return decision.grounds.master == cell.master.canonical or any(
        said.settled and said.value.means(cell.master) for voice in voices for said in voice.said
    )


def _same_bases(then: Grounds, voice: Voice) -> bool:
    return then.reason == "change" or voice.base is None or voice.base.canonical in then.bases


def _decided_before(
    decision: Decision, question: Question, cell: PlanCell, voices: Sequence[Voice]
) -> str:
    """A word on a decision that no longer answers: what it was, and what it had not heard."""
    number = f" ({decision.question})" if decision.question else ""
    then = decision.grounds
    had = {claim.canonical for claim in then.cells}
    new = sorted(
        {
            candidate.source.lead
            for candidate in question.candidates
            if candidate.value.canonical not in had
        }
    )
    if new:
        why = f"{listed(new)} said something that it had not heard"
    elif _may_rest(decision) and _taken(question, voices, decision) is None:
        why = "nobody says any more what it took"
    elif cell.master.canonical != then.master:
        why = "the plan has moved since"
    else:
        why = "what was shown or said has moved since"
    return f"Decided before{number}; {why}."


def _entries_taken(cell: PlanCell, value: Value, voices: Iterable[Voice]) -> list[Entry] | None:
    """The entries of those in doubt whose value was taken; one that stays taken back loses its
    entry of that round.
    """
    taken: list[Entry] = []
    for voice in voices:
        same = tuple(saying for saying in voice.said if saying.value.means(value))
        if voice.doubt and same:
            taken += entries_of(cell, [voice._replace(said=same)])
        elif voice.back and voice.back.value.means(value):
            taken.append(Entry(voice.lead, voice.round, ""))
    return None if any(not entry.text and not entry.round for entry in taken) else taken


def _change(old: Change, new: Value, sources: Iterable[Source], decision: Decision) -> Change:
    credited = tuple(dict.fromkeys(sources)) or (Source(decision.by, at=decision.at),)
    # An officer may give no reason: the record says at least who decided.
    reason = decision.text or f"decided by {decision.by}"
    return replace(old, new=new, sources=credited, reason=reason)
