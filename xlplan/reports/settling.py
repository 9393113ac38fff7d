"""Cells that changed, questions that wait and how others were decided, in the officer's words."""

from __future__ import annotations

from xlplan.plan.changes import ROW, Candidate, Decision, Proposal, Question
from xlplan.plan.figures.figures import Asked, Edit, Settled
from xlplan.plan.grounds import Bound, BoundSaid, bound_to
from xlplan.plan.values import Value
from xlplan.reports.reading import PlanReading

LAYOUT_FIELDS = frozenset(
    {"order", "table", "opening", "width", "down", "role", "heading", "under"}
)
"""Fields of the published layout: no board reads that a row moved down a line."""

WHY = {
    "both-moved": "The office and a lead changed it, differently",
    "leads-disagree": "Leads gave different answers",
    "cleared": "A lead emptied it",
    "taken-back": "A lead took an earlier answer back",
    "needs-approval": "Needs approval",
    "withdrawn": "Edited after it was withdrawn",
    "no-base": "No copy of what the lead was shown",
    "repeated-row": "The row came back more than once",
    "detached": "Answers were sorted apart from their rows",
    "same-new-ref": "Two proposals have the same ref",
    "proposed": "Proposed by a lead",
    "edition": "A file says that it is the office's own workbook",
    "change": "Looked at, though nobody disagreed",
}
HOW = {
    "master": "The plan's value stays",
    "take": "{lead}'s answer taken",
    "value": "Set by the office",
    "append": "Both kept",
    "accept": "Accepted",
    "decline": "Declined",
    "same-as": "The same as {text}",
    "ask": "The leads are asked",
}


def edits(reading: PlanReading) -> tuple[Edit, ...]:
    """Every cell that changed, in plan order, then as the plan's fields stand."""
    material = reading.material
    fields = list(material.mapping.fields)
    places = {key: item.order for key, item in material.after.items.items()}
    changes = [change for change in material.changes if change.field not in LAYOUT_FIELDS]
    changes.sort(
        key=lambda change: (
            places.get(change.key, 0),
            change.key,
            fields.index(change.field) if change.field in fields else len(fields),
        )
    )
    return tuple(
        Edit(
            key=change.key,
            ref=reading.ref(change.key),
            field=change.field,
            label=reading.label(change.field),
            old=reading.shown(change.field, change.old),
            new=reading.shown(change.field, change.new),
            sources=change.sources,
            reason=change.reason,
            values=(change.old, change.new),
        )
        for change in changes
    )


def questions(reading: PlanReading) -> tuple[Asked, ...]:
    """Everything that waits for the officer: questions, then proposals."""
    open_questions = [_question(question, reading) for question in reading.material.questions]
    return (*open_questions, *(_proposal(proposal) for proposal in reading.material.proposals))


def _question(question: Question, reading: PlanReading) -> Asked:
    return Asked(
        id=question.id,
        ref=reading.ref(question.key),
        label="Edition" if question.reason == "edition" else reading.label(question.field),
        why=WHY[question.reason],
        plan_says="" if question.field == ROW else reading.worded(question.field, question.master),
        said=tuple(
            (candidate.source.lead, _answer(candidate, question.field, reading))
            for candidate in question.candidates
        ),
        note=question.note,
        key=question.key,
    )


def _answer(candidate: Candidate, field: str, reading: PlanReading) -> str:
    """A lead's answer; of a row its cells, and where it belongs when it stands on another."""
    if not candidate.values:
        return reading.worded(field, candidate.value) or "(empty)"
    cells = "; ".join(
        f"{reading.label(name)}: {reading.worded(name, value)}"
        for name, value in candidate.values
        if value
    )
    return cells + _whereabouts(candidate, reading)


def _whereabouts(answer: Candidate | BoundSaid, reading: PlanReading) -> str:
    # A lead who sorts some columns only leaves their answers on the rows of others.
    if not answer.to or answer.to == answer.stands:
        return ""
    return f" (stands on {reading.ref(answer.stands)}, belongs to {reading.ref(answer.to)})"


def _proposal(proposal: Proposal) -> Asked:
    words = [
        value.text for name, value in proposal.values.items() if value and name in {"ref", "action"}
    ]
    leads = dict.fromkeys([source.lead for source in proposal.sources] or [proposal.lead])
    note = f"Reads much like {', '.join(proposal.like)}." if proposal.like else ""
    return Asked(
        proposal.id,
        "",
        "New action",
        WHY["proposed"],
        "",
        tuple((lead, ": ".join(words)) for lead in leads),
        note,
    )


def decisions(reading: PlanReading) -> tuple[Settled, ...]:
    """How questions were decided, in the order of the decisions; the question is read from what it
    was bound to.
    """
    return tuple(_decision(decision, reading) for decision in reading.material.decisions)


def _decision(decision: Decision, reading: PlanReading) -> Settled:
    bound = bound_to(decision.fingerprint)
    how = HOW[decision.choice].format(lead=decision.lead, text=decision.same_as)
    if decision.choice in {"take", "value", "accept"} and decision.value:
        how = f"{how}: {reading.worded(bound.field, decision.value)}"
    return Settled(
        id=decision.question,
        ref=reading.ref(bound.key),
        label=_label(bound, reading),
        why=WHY.get(bound.reason, bound.reason),
        how=how,
        by=decision.by,
        at=decision.at,
        reason=decision.why,
        key=bound.key,
        said=tuple((answer.lead, _bound_words(answer, bound, reading)) for answer in bound.said),
    )


def _label(bound: Bound, reading: PlanReading) -> str:
    if bound.reason == "edition":
        return "Edition"
    return reading.label(bound.field) if bound.field else "New action"


def _bound_words(answer: BoundSaid, bound: Bound, reading: PlanReading) -> str:
    """An answer that was decided on, as it was typed where a return still holds it; of a row, its
    cells by name.

    Of an edition, its file.
    """
    field = bound.field
    if bound.reason == "edition":
        return answer.cells[0][0]

    def worded(name: str, canonical: str) -> str:
        text = reading.material.typed.get((answer.lead, name, canonical), canonical)
        return reading.worded(name, Value(text, canonical)) or "(empty)"

    if field not in {ROW, ""}:
        return worded(field, answer.cells[0][1])
    places = list(reading.material.mapping.fields)
    cells = sorted(
        answer.cells, key=lambda cell: places.index(cell[0]) if cell[0] in places else len(places)
    )
    text = "; ".join(
        f"{reading.label(name)}: {worded(name, canonical)}" for name, canonical in cells
    )
    return text + _whereabouts(answer, reading)
