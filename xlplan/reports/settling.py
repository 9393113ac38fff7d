"""Cells that changed, questions that wait and how others were decided, in the officer's words."""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.plan.changes import Candidate, Decision, Proposal, Question
from xlplan.plan.figures.figures import Asked, Edit, Settled
from xlplan.plan.grounds import ROW, CellClaim, Claim, Grounds
from xlplan.plan.values import Value
from xlplan.reports.reading import PlanReading

LAYOUT_FIELDS = frozenset(
    {"order", "table", "opening", "unread", "width", "down", "role", "heading", "under"}
)
"""Fields of the published layout: no board reads that a row moved down a line."""

WHY = {
    "both-moved": "The office and a lead changed it, differently",
    "leads-disagree": "Leads gave different answers",
    "cleared": "A lead emptied it",
    "taken-back": "A lead took an earlier answer back",
    "doubted": "The date does not fit the plan",
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
GONE = "(taken out again)"
"""In place of an answer whose return was unstaged: a decision knows only its comparison form."""
HOW = {
    "master": "The plan's value stays",
    "take": "{lead}'s answer taken",
    "value": "Set by the office",
    "append": "Both kept",
    "accept": "Accepted",
    "decline": "Declined",
    "same-as": "The same as {text}",
    "ask": "The leads are asked",
    "as-it-stands": "Right as it stands",
    "text-only": "Kept as text, no date",
}
_WITH_A_VALUE = frozenset({"take", "value", "accept", "as-it-stands", "text-only"})


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
            (candidate.source.lead, _candidate(candidate, question.field, reading))
            for candidate in question.candidates
        ),
        note=question.note,
        key=question.key,
    )


def _candidate(candidate: Candidate, field: str, reading: PlanReading) -> str:
    """A lead's answer; of a row its cells, and where it belongs when it stands on another."""
    if field != ROW or not candidate.values:
        # On paper an empty cell looks like one that was forgotten.
        return reading.worded(field, candidate.value) or "(empty)"
    cells = [(name, reading.worded(name, value)) for name, value in candidate.values if value]
    return _row(cells, candidate, reading)


def _row(cells: Iterable[tuple[str, str]], answer: Candidate | Claim, reading: PlanReading) -> str:
    """The cells of a row by their names, and where they belong when they stand on another."""
    words = "; ".join(f"{reading.label(name)}: {text}" for name, text in cells)
    # A lead who sorts some columns only leaves their answers on the rows of others.
    if answer.to and answer.to != answer.stands:
        stands, to = reading.ref(answer.stands), reading.ref(answer.to)
        return f"{words} (stands on {stands}, belongs to {to})"
    return words


def _proposal(proposal: Proposal) -> Asked:
    words = [
        value.text for name, value in proposal.values.items() if value and name in {"ref", "action"}
    ]
    # Two leads come out of one meeting and propose the same.
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
    """How questions were decided, in the order of the decisions; the question is read from the
    grounds.
    """
    return tuple(_decision(decision, reading) for decision in reading.material.decisions)


def _decision(decision: Decision, reading: PlanReading) -> Settled:
    grounds = decision.grounds
    how = HOW[decision.choice].format(lead=decision.lead, text=decision.same_as)
    if decision.choice in _WITH_A_VALUE and decision.value:
        how = f"{how}: {reading.worded(grounds.field, decision.value)}"
    return Settled(
        id=decision.question,
        ref=reading.ref(grounds.key),
        label=_label(grounds, reading),
        why=WHY.get(grounds.reason, grounds.reason),
        how=how,
        by=decision.by,
        at=decision.at,
        reason=decision.why,
        key=grounds.key,
        said=tuple((claim.lead, _claim(claim, grounds, reading)) for claim in grounds.claims),
    )


def _label(grounds: Grounds, reading: PlanReading) -> str:
    if grounds.reason == "edition":
        return "Edition"
    return reading.label(grounds.field) if grounds.field else "New action"


def _claim(claim: Claim, grounds: Grounds, reading: PlanReading) -> str:
    """An answer that was decided on, as it was typed; of a row, its cells by name; of an edition,
    its file.
    """
    if grounds.reason == "edition":
        return claim.cells[0][0]
    key = claim.to or grounds.key
    cells = [
        (name, _typed(CellClaim(claim.lead, key, name, canonical), reading))
        for name, canonical in claim.cells
    ]
    if grounds.field not in {ROW, ""}:
        return cells[0][1]
    fields = list(reading.material.mapping.fields)
    cells.sort(key=lambda cell: fields.index(cell[0]) if cell[0] in fields else len(fields))
    return _row(cells, claim, reading)


def _typed(claim: CellClaim, reading: PlanReading) -> str:
    # A lead may put back what the plan held: nobody typed that in this round.
    items = [
        plan.items.get(claim.key) for plan in (reading.material.after, reading.material.before)
    ]
    held = (item.get(claim.field) for item in items if item)
    text = reading.material.own_words.of(claim) or next(
        (value.text for value in held if value.canonical == claim.canonical), ""
    )
    if claim.canonical and not text:
        return GONE
    return reading.worded(claim.field, Value(text, claim.canonical)) or "(empty)"
