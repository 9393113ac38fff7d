"""Rows of an edition that stand several times: the same values count once, different ones are all
kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlplan.plan.findings.finding import Finding
from xlplan.plan.rounds import StoredCell, StoredRow


@dataclass(frozen=True, slots=True)
class Copies:
    """The rows of one action, the one that stays first. `shown` is what stood in the cells of each,
    by field.
    """

    taken: Sequence[StoredRow]
    shown: Sequence[Mapping[str, StoredCell]]

    def rows(self) -> Iterator[StoredRow]:
        """The rows as they are stored, in their order.

        Where one copy moved a cell, another that left it says what stood there: both are asked
        about.
        """
        # Sorting or pasting doubles rows, and somebody then edits one of the two and not the other.
        moved = {cell.field for row in self.taken for cell in row.cells if cell.moved}
        whole = [
            _filled(row, shown, moved) for row, shown in zip(self.taken, self.shown, strict=True)
        ]
        if "section" in moved:
            # Which of two places is the action's is asked; its order there follows from nothing
            # yet.
            whole = [
                replace(row, cells=tuple(cell for cell in row.cells if cell.field != "order"))
                for row in whole
            ]
        for place, row in enumerate(whole):
            again = any(_says_no_more(row, one) for one in whole[:place])
            yield replace(row, kind="repeated") if again else row


def _filled(row: StoredRow, shown: Mapping[str, StoredCell], names: set[str]) -> StoredRow:
    there = {cell.field for cell in row.cells}
    left = (cell for name, cell in shown.items() if name in names and name not in there)
    return replace(row, cells=(*row.cells, *left))


def _says_no_more(row: StoredRow, other: StoredRow) -> bool:
    """Whether all that a row says is said by another: a cell that the other lacks counts where it
    was moved.
    """
    said = {cell.field: cell.value.canonical for cell in other.cells}
    return all(
        said[cell.field] == cell.value.canonical if cell.field in said else not cell.moved
        for cell in row.cells
    )


def without_repeats(before: Sequence[Finding], findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those of a copy that an earlier row of the same action was told word for
    word.
    """
    known = {_words(one) for one in before}
    return [*before, *(one for one in findings[len(before) :] if _words(one) not in known)]


def _words(found: Finding) -> tuple[str | None, ...]:
    return found.code, found.ref, found.field, found.value, found.message
