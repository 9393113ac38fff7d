"""Rows that wait whole: answers that came apart from their rows, and edits to what the plan has withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xlplan.merge.cells import candidate_order
from xlplan.merge.decisions import KEEPS, Docket
from xlplan.merge.model import Field, PlainTable
from xlplan.merge.rows import Detached
from xlplan.merge.voices import Cell, Voice, base_of, moves
from xlplan.plan.changes import ROW, Candidate, Decision, Question, Reason, Source
from xlplan.plan.values import BLANK, Value

Voices = dict[str, list[Voice]]
"""What is said about one row, by field."""


def hold_detached(
    rows: Iterable[Detached], master: PlainTable, fields: Mapping[str, Field], docket: Docket
) -> list[Question]:
    """Ask about every row whose answers came apart; where that was accepted, they speak for the row they name."""
    by_key: dict[str, list[tuple[Detached, Candidate]]] = {}
    for row in rows:
        edits = _edits(row, master, fields)
        if edits:
            source = row.cells[next(iter(edits))].source
            by_key.setdefault(row.key or row.target, []).append((row, row_candidate(row.lead, edits, source)))
    questions = []
    for key, held in by_key.items():
        why = " ".join(sorted({_why(row) for row, _ in held}))
        question = row_question(key, "detached", (one for _, one in held), why)
        decision = docket.on(question)
        if decision is None:
            questions.append(docket.asked(question))
            continue
        docket.record(question, decision)
        for row, candidate in held:
            if allows(decision, candidate.source.lead):
                row.heard.rows.setdefault(_home(row, decision, master), []).append(row.cells)
    return questions


def hold_withdrawn(key: str, voices: Voices, row: Mapping[str, Value], docket: Docket) -> tuple[Voices, list[Question]]:
    """Ask about edits to a withdrawn row; what was accepted speaks on as if the row were open."""
    edits: dict[str, dict[str, Value]] = {}
    sources: dict[str, Source] = {}
    for name, said in voices.items():
        for voice in said:
            for one in voice.candidates(row.get(name, BLANK)):
                if one.value.canonical != row.get(name, BLANK).canonical:
                    edits.setdefault(voice.lead, {})[name] = one.value
                    sources.setdefault(voice.lead, one.source)
    if not edits:
        return {}, []
    candidates = [row_candidate(lead, said, sources[lead]) for lead, said in edits.items()]
    question = row_question(key, "withdrawn", candidates, "The plan has withdrawn this action.")
    decision = docket.on(question)
    if decision is None:
        return {}, [docket.asked(question)]
    docket.record(question, decision)
    return {name: [one for one in said if allows(decision, one.lead)] for name, said in voices.items()}, []


def row_question(key: str, reason: Reason, candidates: Iterable[Candidate], note: str) -> Question:
    """A question about a whole row; equal candidates of one lead stand once."""
    kept = {
        (one.source.lead, one.value.canonical): one for one in sorted(candidates, key=candidate_order, reverse=True)
    }
    return Question(key, ROW, reason, BLANK, BLANK, tuple(sorted(kept.values(), key=candidate_order)), note)


def row_candidate(lead: str, values: Mapping[str, Value], source: Source) -> Candidate:
    """One lead's edits to a row as one candidate: summed up to be read and compared, and field by field."""
    text = "; ".join(f"{name}: {value.text}" for name, value in values.items())
    meaning = "\x1d".join(sorted(f"{name}\x1c{value.canonical}" for name, value in values.items()))
    return Candidate(Value(text, meaning), source, tuple(values.items()))


def allows(decision: Decision, lead: str) -> bool:
    """Whether a decision on a row lets this lead's edits through."""
    if decision.choice in KEEPS:
        return False
    return decision.choice != "take" or decision.lead in {"", lead}


def _edits(row: Detached, master: PlainTable, fields: Mapping[str, Field]) -> dict[str, Value]:
    """The cells that differ from what the lead was shown in the row that the answers name."""
    edits = {}
    for name, said in row.cells.items():
        field = fields[name]
        cell = Cell(row.target, field, field.keep(master.get(row.target, {}).get(name)))
        if moves(cell, base_of(cell, row.heard.base), said.value):
            edits[name] = said.value
    return edits


def _why(row: Detached) -> str:
    if row.target == row.key:
        return row.why
    return f"These answers came apart from their row: they name {row.target}."


def _home(row: Detached, decision: Decision, master: PlainTable) -> str:
    """The row that accepted answers speak for: the one they name, unless the officer names another."""
    return decision.text if decision.choice == "same-as" and decision.text in master else row.target
