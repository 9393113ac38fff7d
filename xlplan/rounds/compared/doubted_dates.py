"""Doubted dates among what waits: the ones that came back are questions, the ones that the plan
holds are a list to confirm; and what a merge makes of the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from xlplan.mapping.keys import period
from xlplan.mapping.model import PlanMapping
from xlplan.merge import Answered
from xlplan.plan.changes import Candidate, Change, Decision, Question, Source
from xlplan.plan.grounds import Claim, Grounds
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import StoredReturn
from xlplan.plan.timescale.doubted import (
    AS_IT_STANDS,
    DATED,
    TEXT_ONLY,
    confirmation,
    confirmed_as,
    doubted_date,
    is_open,
)
from xlplan.plan.values import BLANK, Value
from xlplan.store import Store

PREFIX = "D"
"""What the numbers of questions about doubted dates begin with."""
ALL = "D"
"""What all dates that the plan holds and that nobody has confirmed are answered by, at once."""
REASON_OF = {"due_reason": "due"}
"""A field that explains another, and waits and goes with it."""


def doubts(mapping: PlanMapping) -> Callable[[Value], bool]:
    """Whether a value is a doubted date, as the merge asks it."""
    covered = period(mapping)
    return lambda value: bool(value) and doubted_date(value.text, covered) is not None


def doubt_note(text: str, mapping: PlanMapping) -> str:
    """What is doubted of a date, in words: `'31 June 2013' names a day that does not exist.`"""
    found = doubted_date(text, period(mapping))
    return " ".join(f"{one.message} {one.hint}" for one in (found.findings if found else ()))


def noted(question: Question, returns: Iterable[StoredReturn], mapping: PlanMapping) -> Question:
    """A question about a date that came back, with what is doubted and the reason typed with it."""
    if question.reason != "doubted":
        return question
    beside = {name for _, name in waits_beside([question])}
    reasons = {
        taken.id: tuple((cell.field, cell.value) for cell in row.cells if cell.field in beside)
        for taken in returns
        for row in taken.rows
        if row.home == question.key
    }
    candidates = tuple(
        replace(candidate, values=reasons.get(candidate.source.returned, ()))
        for candidate in question.candidates
    )
    words = [question.note, doubt_note(candidates[0].value.text, mapping)]
    words += [
        f"{candidate.source.lead} gives the reason: '{value.text}'."
        for candidate in candidates
        for _, value in candidate.values
    ]
    note = " ".join(dict.fromkeys(word for word in words if word))
    return replace(question, candidates=candidates, note=note)


def waits_beside(questions: Iterable[Question]) -> set[tuple[str, str]]:
    """Cells that wait with a doubted date, as (key, field)."""
    return {
        (question.key, name)
        for question in questions
        if question.reason == "doubted"
        for name, explained in REASON_OF.items()
        if explained == question.field
    }


def held_by_plan(plan: Plan, mapping: PlanMapping, store: Store) -> Iterator[Question]:
    """Doubted dates that the plan holds and that nobody has confirmed, each as a question of nobody
    in particular. Inside `store.writing`: they are numbered.
    """
    covered = period(mapping)
    dated = [name for name, spec in mapping.fields.items() if spec.type in DATED]
    for item in plan.actions:
        for name in dated:
            value = item.get(name)
            if value and is_open(value, item.get(confirmation(name)), covered):
                yield _to_confirm(item, name, value, mapping, store)


def _to_confirm(
    item: Item, name: str, value: Value, mapping: PlanMapping, store: Store
) -> Question:
    candidate = Candidate(value, Source(""))
    note = doubt_note(value.text, mapping)
    about = Question(item.key, name, "doubted", BLANK, value, (candidate,), note)
    # A lead's own doubted date for the cell is a question with a number of its own.
    number = store.number_question(
        about.grounds, item.key, confirmation(name), prefix=PREFIX, again=True
    )
    return replace(about, id=number)


def all_grounds(to_confirm: Iterable[Question]) -> Grounds:
    """What an answer to all dates at once is made on: these dates."""
    claims = (Claim(one.key, ((one.field, one.master.canonical),)) for one in to_confirm)
    return Grounds("", "dates", "doubted", tuple(claims))


def answered(to_confirm: Iterable[Question], decisions: Iterable[Decision]) -> list[Answered]:
    """Which of the plan's dates are decided and wait for the merge; the latest decision counts."""
    latest = {decision.grounds: decision for decision in decisions}
    found = ((one, latest.get(one.grounds)) for one in to_confirm)
    return [Answered(one, made) for one, made in found if made and made.choice != "ask"]


def confirmed_changes(
    changes: Iterable[Change], settled: Iterable[Answered], plan: Plan
) -> list[Change]:
    """What answers on doubted dates add to a merge's changes: what each date is to be, and the
    plan's own dates where they are put right.
    """
    moved = {(change.key, change.field): change for change in changes}
    added: list[Change] = []
    for answer in settled:
        about, made = answer.about, answer.decision
        if not isinstance(about, Question) or about.reason != "doubted":
            continue
        item = plan.items[about.key]
        change = moved.get((about.key, about.field))
        of_plan = not about.candidates[0].source.lead
        # What a lead says of the date in this round is newer than what was doubted of the plan's.
        if (change is None) != of_plan:
            continue
        sources = change.sources if change else (Source(made.by, at=made.at),)
        why = made.text or f"decided by {made.by}"
        if made.choice in {AS_IT_STANDS, TEXT_ONLY}:
            name = confirmation(about.field)
            new = confirmed_as(made.choice, change.new if change else about.master)
            added.append(Change(about.key, name, item.get(name), new, sources, why))
        elif of_plan and made.choice == "value":
            added.append(Change(about.key, about.field, about.master, made.value, sources, why))
    return [change for change in added if change.moves]
