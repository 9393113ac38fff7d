"""Rows that wait whole: questions about all edits to a row, and edits to what the plan has
withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from xlplan.merge.cells import candidate_order
from xlplan.merge.decisions import KEEPS
from xlplan.merge.voices import Voice
from xlplan.plan.changes import Candidate, Decision, Question, Reason, Source
from xlplan.plan.grounds import ROW
from xlplan.plan.values import BLANK, Value

Voices = dict[str, list[Voice]]
"""What is said about one row, by field."""


def withdrawn_question(
    key: str, voices: Voices, row: Mapping[str, Value], held: Iterable[Candidate]
) -> Question | None:
    """The question about all edits to a withdrawn row, those too that came apart (`held`); None
    when there are none.
    """
    edits: dict[str, list[tuple[str, Value]]] = {}
    sources: dict[str, Source] = {}
    said = ((name, voice) for name, several in voices.items() for voice in several)
    for name, voice in said:
        for one in voice.candidates(row[name]):
            if not one.value.means(row[name]):
                edits.setdefault(voice.lead, []).append((name, one.value))
                sources.setdefault(voice.lead, one.source)
    candidates = [row_candidate(cells, sources[lead]) for lead, cells in edits.items()]
    candidates += held
    return (
        row_question(key, "withdrawn", candidates, "The plan has withdrawn this action.")
        if candidates
        else None
    )


def row_question(key: str, reason: Reason, candidates: Iterable[Candidate], note: str) -> Question:
    """A question about a whole row; equal candidates of one lead stand once."""
    kept = {
        (one.source.lead, one.value.canonical): one
        for one in sorted(candidates, key=candidate_order, reverse=True)
    }
    return Question(
        key, ROW, reason, BLANK, BLANK, tuple(sorted(kept.values(), key=candidate_order)), note
    )


def row_candidate(cells: Iterable[tuple[str, Value]], source: Source) -> Candidate:
    """One lead's edits to a row as one candidate: summed up to be read and compared, and field by
    field.
    """
    ordered = tuple(dict.fromkeys(cells))
    text = "; ".join(f"{name}: {value.text}" for name, value in ordered)
    return of_whole_row(Candidate(Value(text, ""), source, ordered))


def of_whole_row(candidate: Candidate) -> Candidate:
    """A candidate whose canonical form is all that it says of a row: equal ones stand once."""
    value = Value(candidate.value.text, candidate.row_claim.meaning)
    return replace(candidate, value=value)


def allows(decision: Decision, lead: str) -> bool:
    """Whether a decision on a row lets this lead's edits through."""
    if decision.choice in KEEPS:
        return False
    return decision.choice != "take" or decision.lead in {"", lead}
