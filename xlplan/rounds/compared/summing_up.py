"""The sum of a returned file: every row read counts once, by the first that fits (design, section
7).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from xlplan.plan.changes import Proposal, Source
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import ReturnStatus, StoredCell, StoredReturn, StoredRow
from xlplan.reports.documents import Document
from xlplan.rounds.compared.comparing import AskedRows, Waiting
from xlplan.rounds.compared.doubted_dates import waits_beside
from xlplan.workbook.kit.words import NO_CHANGE

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


def count_rows(file: TakenFile, taken: StoredReturn | None, compared: Waiting) -> None:
    """Fill in what the rows of a file became, and how many changes and questions it takes
    part in.
    """
    if taken is None:
        return
    moved = {
        (change.key, change.field)
        for change in compared.merged.changes
        if any(source.returned == taken.id for source in change.sources)
    }
    questions = [
        question
        for question in compared.questions
        if any(candidate.source.returned == taken.id for candidate in question.candidates)
    ]
    rows = AskedRows.of(questions)
    cells = {question.key for question in questions if question.reason != "detached"}
    counted = Counter(
        "held" if rows.hold(taken, row) else _outcome(row, moved, row.home in cells)
        for row in taken.rows
    )
    file.rows = {name: counted.get(name, 0) for name in ROW_COUNTS}
    file.rows["read"] = len(taken.rows)
    file.changes = len(moved)
    file.questions = len(questions)


def _outcome(row: StoredRow, moved: set[tuple[str, str]], asked: bool) -> str:
    """Values that the plan has already, or that a newer return replaced, change nothing: such a row
    is unchanged.
    """
    if row.kind not in {"answered", "held"}:
        return row.kind
    if any((row.home, cell.field) in moved for cell in differing(row)):
        return "changed"
    return "held" if asked or row.note == REFUSED_CELL else "unchanged"


def differing(row: StoredRow) -> list[StoredCell]:
    """Cells that say something of the plan: they differ from what the lead was shown."""
    return [cell for cell in row.cells if cell.moved and cell.field != NO_CHANGE]


def beside_the_plan(taken: StoredReturn | None, compared: Waiting) -> list[Finding]:
    """A word on each cell that differs from its base and is no change, no question and not
    superseded.

    So every cell that differs is in exactly one place: the plan has the value already, or it was
    decided before.
    """
    if taken is None or taken.status not in {"waiting", "superseded"}:
        return []
    placed, asked = _placed(compared), AskedRows.of(compared.questions)
    return _proposed_again(taken, compared) + [
        _word(taken, row, cell, compared)
        for row in taken.rows
        if row.kind in {"answered", "held"} and row.key and not asked.hold(taken, row)
        for cell in differing(row)
        if not placed
        & {
            (taken.lead, row.home, cell.field),
            (taken.lead, row.home, cell.field, cell.value.canonical),
        }
    ]


def _proposed_again(taken: StoredReturn, compared: Waiting) -> list[Finding]:
    """A word on each proposed action that is neither open nor accepted for the first time: it was
    decided before.
    """
    merged = compared.merged
    decided = {
        (said.returned, said.sheet, said.cell)
        for answer in merged.answered
        for said in _proposers(answer.about)
    }
    new = [said for one in [*compared.proposals, *compared.accepted] for said in _proposers(one)]
    new += [
        candidate.source for question in compared.questions for candidate in question.candidates
    ]
    new += [one.source for one in merged.superseded]
    placed = {(said.returned, said.sheet, said.cell) for said in new} - decided
    return [
        _word(taken, row, row.cells[0], compared)
        for row in taken.rows
        if row.kind == "proposed" and row.cells
        if not placed & {(taken.id, cell.sheet, cell.cell) for cell in row.cells}
    ]


def _proposers(one: object) -> tuple[Source, ...]:
    return (one.source, *one.sources) if isinstance(one, Proposal) else ()


def _placed(compared: Waiting) -> set[tuple[str, ...]]:
    """(lead, key, field) of changes; with the value, of questions about cells and of what is
    superseded.
    """
    merged = compared.merged
    placed: set[tuple[str, ...]] = {
        (source.lead, change.key, change.field)
        for change in merged.changes
        for source in change.sources
    }
    placed |= {
        (candidate.source.lead, key, name)
        for question in compared.questions
        for key, name in waits_beside([question])
        for candidate in question.candidates
    }
    placed |= {
        (candidate.source.lead, question.key, question.field, candidate.value.canonical)
        for question in compared.questions
        for candidate in question.candidates
    }
    return placed | {
        (one.lead, one.key, one.field, one.value.canonical) for one in merged.superseded
    }


def _word(taken: StoredReturn, row: StoredRow, cell: StoredCell, compared: Waiting) -> Finding:
    item = compared.plan.items.get(row.home)
    # The office may have heard a rating at a meeting, and set it before the workbook came.
    agrees = item is not None and item.get(cell.field).means(cell.value)
    tell = Teller(taken.name, taken.lead).of_item(row.home or None, item.called if item else "")
    at = Address(sheet=cell.sheet, cell=cell.cell)
    code = "cell-agrees" if agrees else "cell-decided"
    return tell(code, at, field=cell.field, value=cell.value.text)
