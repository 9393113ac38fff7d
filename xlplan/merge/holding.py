"""Rows that wait whole: answers that came apart from their rows, and edits to what the plan has withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xlplan.merge.cells import candidate_order
from xlplan.merge.decisions import KEEPS, Docket
from xlplan.merge.model import Field, PlainTable
from xlplan.merge.rows import Detached
from xlplan.merge.voices import Cell, Voice, base_of, moves
from xlplan.plan.changes import ROW, Candidate, Decision, Question, Reason, Source
from xlplan.plan.values import BLANK, Value

Voices = dict[str, list[Voice]]
"""What is said about one row, by field."""


@dataclass(frozen=True, slots=True)
class Held:
    """A row whose answers came apart, with what it would change in the row that the answers name."""

    row: Detached
    candidate: Candidate


def held_rows(rows: Iterable[Detached], master: PlainTable, fields: Mapping[str, Field]) -> list[Held]:
    """The detached rows that say anything."""
    held = []
    for row in rows:
        edits = _edits(row, master, fields)
        if edits:
            source = row.cells[next(iter(edits))].source
            held.append(Held(row, row_candidate(edits.items(), source)))
    return held


def hold_detached(rows: Iterable[Held], master: PlainTable, docket: Docket) -> list[Question]:
    """Ask about every row whose answers came apart; where that was accepted, they speak for the row they name."""
    by_key: dict[str, list[Held]] = {}
    for held in rows:
        by_key.setdefault(held.row.key, []).append(held)
    questions = []
    for key, same in by_key.items():
        why = " ".join(sorted({_why(held.row) for held in same}))
        question = row_question(key, "detached", (held.candidate for held in same), why)
        decision = docket.on(question)
        if decision is None:
            questions.append(docket.asked(question))
            continue
        docket.record(question, decision)
        for held in same:
            if allows(decision, held.row.lead):
                held.row.heard.rows.setdefault(_home(held.row, decision, master), []).append(held.row.cells)
    return questions


def withdrawn_question(key: str, voices: Voices, row: Mapping[str, Value], held: Iterable[Held]) -> Question | None:
    """The question about all edits to a withdrawn row; None when nobody edited it."""
    edits: dict[str, list[tuple[str, Value]]] = {}
    sources: dict[str, Source] = {}
    said = ((name, voice) for name, several in voices.items() for voice in several)
    for name, voice in said:
        for one in voice.candidates(row[name]):
            if one.value.canonical != row[name].canonical:
                edits.setdefault(voice.lead, []).append((name, one.value))
                sources.setdefault(voice.lead, one.source)
    candidates = [row_candidate(cells, sources[lead]) for lead, cells in edits.items()]
    candidates += [one.candidate for one in held]
    return row_question(key, "withdrawn", candidates, "The plan has withdrawn this action.") if candidates else None


def row_question(key: str, reason: Reason, candidates: Iterable[Candidate], note: str) -> Question:
    """A question about a whole row; equal candidates of one lead stand once."""
    kept = {
        (one.source.lead, one.value.canonical): one for one in sorted(candidates, key=candidate_order, reverse=True)
    }
    return Question(key, ROW, reason, BLANK, BLANK, tuple(sorted(kept.values(), key=candidate_order)), note)


def row_candidate(cells: Iterable[tuple[str, Value]], source: Source) -> Candidate:
    """One lead's edits to a row as one candidate: summed up to be read and compared, and field by field."""
    ordered = tuple(dict.fromkeys(cells))
    text = "; ".join(f"{name}: {value.text}" for name, value in ordered)
    meaning = "\x1d".join(sorted({f"{name}\x1c{value.canonical}" for name, value in ordered}))
    return Candidate(Value(text, meaning), source, ordered)


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
