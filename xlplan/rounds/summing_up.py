"""The sum of a returned file: every row read counts once, by the first that fits (design, section 7)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from xlplan.plan.rounds import ReturnStatus, TakenReturn, TakenRow
from xlplan.rounds.comparing import Compared
from xlplan.rounds.documents import Document
from xlplan.workbook.words import NO_CHANGE

ROW_COUNTS = ("read", "refused", "repeated", "proposed", "held", "changed", "unchanged")
REFUSED_CELL = "refused cell"
"""Note of a row in which all that differs was refused: it waits for a person."""


@dataclass(slots=True)
class TakenFile:
    """One file of an import: what became of it, and the sum of its rows."""

    path: str
    lead: str
    round: str
    status: ReturnStatus
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROW_COUNTS, 0))
    changes: int = 0
    questions: int = 0
    findings: int = 0
    return_id: int | None = None

    def document(self) -> Document:
        """One file of the JSON document of import."""
        return {
            "path": self.path,
            "lead": self.lead or None,
            "round": self.round or None,
            "status": self.status,
            "rows": self.rows,
            "changes": self.changes,
            "questions": self.questions,
            "findings": self.findings,
        }


def count_rows(file: TakenFile, taken: TakenReturn | None, compared: Compared) -> None:
    """Fill in what the rows of a file became, and how many changes and questions it takes part in."""
    if taken is None:
        return
    moved = {
        (change.key, change.field)
        for change in compared.merged.changes
        if any(source.file == file.path for source in change.sources)
    }
    asked = {
        (question.key, question.field)
        for question in compared.questions
        if any(candidate.source.file == file.path for candidate in question.candidates)
    }
    counted = Counter(_outcome(row, moved, {key for key, _ in asked}) for row in taken.rows)
    file.rows = {name: counted.get(name, 0) for name in ROW_COUNTS}
    file.rows["read"] = len(taken.rows)
    file.changes = len(moved)
    file.questions = len(asked)


def _outcome(row: TakenRow, moved: set[tuple[str, str]], asked: set[str]) -> str:
    if row.kind != "answered":
        return row.kind
    differing = [cell for cell in row.cells if cell.value.canonical != cell.shown.canonical]
    if any((row.key, cell.field) in moved for cell in differing):
        return "changed"
    if row.key in asked or row.note == REFUSED_CELL:
        return "held"
    return "changed" if any(cell.field != NO_CHANGE for cell in differing) else "unchanged"
