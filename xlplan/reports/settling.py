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
        key=lambda one: (
            places.get(one.key, 0),
            one.key,
            fields.index(one.field) if one.field in fields else len(fields),
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


def asked(reading: PlanReading) -> tuple[Asked, ...]:
    """Everything that waits for the officer: questions, then proposals."""
    questions = [_question(one, reading) for one in reading.material.questions]
    return (*questions, *(_proposal(one) for one in reading.material.proposals))


def _question(one: Question, reading: PlanReading) -> Asked:
    return Asked(
        id=one.id,
        ref=reading.ref(one.key),
        label="Edition" if one.reason == "edition" else reading.label(one.field),
        why=WHY[one.reason],
        plan_says="" if one.field == ROW else reading.worded(one.field, one.master),
        said=tuple(
            (one_said.source.lead, _said(one_said, one.field, reading))
            for one_said in one.candidates
        ),
        note=one.note,
        key=one.key,
    )


def _said(candidate: Candidate, field: str, reading: PlanReading) -> str:
    """A lead's answer; of a row its cells, and where it belongs when it stands on another."""
    if not candidate.values:
        return reading.worded(field, candidate.value) or "(empty)"
    told = "; ".join(
        f"{reading.label(name)}: {reading.worded(name, value)}"
        for name, value in candidate.values
        if value
    )
    if candidate.to and candidate.to != candidate.stands:
        return (
            f"{told} (stands on {reading.ref(candidate.stands)}, belongs to "
            f"{reading.ref(candidate.to)})"
        )
    return told


def _proposal(one: Proposal) -> Asked:
    words = [
        value.text for name, value in one.values.items() if value and name in {"ref", "action"}
    ]
    leads = dict.fromkeys([source.lead for source in one.sources] or [one.lead])
    note = f"Reads much like {', '.join(one.like)}." if one.like else ""
    return Asked(
        one.id,
        "",
        "New action",
        WHY["proposed"],
        "",
        tuple((lead, ": ".join(words)) for lead in leads),
        note,
    )


def settled(reading: PlanReading) -> tuple[Settled, ...]:
    """How questions were decided, in the order of the decisions; the question is read from what it
    was bound to.
    """
    return tuple(_settled(one, reading) for one in reading.material.decisions)


def _settled(one: Decision, reading: PlanReading) -> Settled:
    bound = bound_to(one.fingerprint)
    how = HOW[one.choice].format(lead=one.lead, text=one.same_as)
    if one.choice in {"take", "value", "accept"} and one.value:
        how = f"{how}: {reading.worded(bound.field, one.value)}"
    return Settled(
        id=one.question,
        ref=reading.ref(bound.key),
        label=_label(bound, reading),
        why=WHY.get(bound.reason, bound.reason),
        how=how,
        by=one.by,
        at=one.at,
        reason=one.why,
        key=bound.key,
        said=tuple((said.lead, _bound_words(said, bound, reading)) for said in bound.said),
    )


def _label(bound: Bound, reading: PlanReading) -> str:
    if bound.reason == "edition":
        return "Edition"
    return reading.label(bound.field) if bound.field else "New action"


def _bound_words(said: BoundSaid, bound: Bound, reading: PlanReading) -> str:
    """An answer that was decided on, as it was typed where a return still holds it; of a row, its
    cells by name.

    Of an edition, its file.
    """
    field = bound.field
    if bound.reason == "edition":
        return said.cells[0][0]

    def worded(name: str, canonical: str) -> str:
        text = reading.material.typed.get((said.lead, name, canonical), canonical)
        return reading.worded(name, Value(text, canonical)) or "(empty)"

    if field not in {ROW, ""}:
        return worded(field, said.cells[0][1])
    places = list(reading.material.mapping.fields)
    cells = sorted(
        said.cells, key=lambda one: places.index(one[0]) if one[0] in places else len(places)
    )
    told = "; ".join(
        f"{reading.label(name)}: {worded(name, canonical)}" for name, canonical in cells
    )
    if said.to and said.to != said.stands:
        return f"{told} (stands on {reading.ref(said.stands)}, belongs to {reading.ref(said.to)})"
    return told
