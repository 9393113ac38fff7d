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
    # Leads answer weeks after a workbook was sent: the office may have withdrawn the row by then.
    edits: dict[str, list[tuple[str, Value]]] = {}
    sources: dict[str, Source] = {}
    for name, voice in ((name, voice) for name, several in voices.items() for voice in several):
        for candidate in voice.candidates(row[name]):
            if not candidate.value.means(row[name]):
                edits.setdefault(voice.lead, []).append((name, candidate.value))
                sources.setdefault(voice.lead, candidate.source)
    candidates = [row_candidate(cells, sources[lead]) for lead, cells in edits.items()]
    candidates += held
    if not candidates:
        return None
    return row_question(key, "withdrawn", candidates, "The plan has withdrawn this action.")


def row_question(key: str, reason: Reason, candidates: Iterable[Candidate], note: str) -> Question:
    """A question about a whole row; equal candidates of one lead stand once."""
    # A row that was copied in a sheet comes back twice, with the same answers.
    by_meaning = {
        candidate_order(candidate): candidate
        for candidate in sorted(candidates, key=candidate_order, reverse=True)
    }
    return Question(key, ROW, reason, BLANK, BLANK, tuple(reversed(by_meaning.values())), note)


def row_candidate(
    cells: Iterable[tuple[str, Value]], source: Source, stands: str = "", to: str = ""
) -> Candidate:
    """One lead's edits to a row as one candidate: summed up to be read and compared, and field by
    field. Of answers that came apart, where they stand and where they belong is part of it.
    """
    ordered = tuple(dict.fromkeys(cells))
    text = "; ".join(f"{name}: {value.text}" for name, value in ordered)
    candidate = Candidate(BLANK, source, ordered, stands, to)
    return replace(candidate, value=Value(text, candidate.row_claim.meaning))


def allows(decision: Decision, lead: str) -> bool:
    """Whether a decision on a row lets this lead's edits through."""
    if decision.choice in KEEPS:
        return False
    return decision.choice != "take" or decision.lead in {"", lead}
