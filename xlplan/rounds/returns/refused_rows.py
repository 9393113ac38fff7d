"""Rows that are not taken in: everything that was typed in them is told, beside the action that
they may be about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from xlplan.mapping.checking import Context
from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.text.text import same_text
from xlplan.plan.values import BLANK
from xlplan.rounds.returns.locked import changed_cells
from xlplan.rounds.returns.reading_rows import RowValues
from xlplan.workbook.returned.reading import RawRow
from xlplan.workbook.update.book import UpdateRow


@dataclass(frozen=True, slots=True)
class Refusing:
    """Tells what refused rows of one file say. `issued` is the row that one may be, as its workbook
    showed it.
    """

    mapping: PlanMapping
    context: Context

    def findings(
        self, row: RawRow, read: RowValues, issued: UpdateRow | None, tell: Teller
    ) -> list[Finding]:
        """A finding for each answer in a refused row, and one for all that its other cells say."""
        answers = self._answers(read, tell, known=_is_theirs(row, issued))
        return [*answers, *self._beside(row, issued, tell)]

    def _answers(self, read: RowValues, tell: Teller, *, known: bool) -> Iterator[Finding]:
        for cell in read.differing:
            text = cell.value.text
            if not text and not known:
                continue  # a row that somebody typed: nothing was ever in that cell
            says = f"'{text}' was typed" if text else "A cell was emptied"
            yield tell("answer-refused", cell.cell, field=cell.field, value=text, said=says)

    def _beside(self, row: RawRow, issued: UpdateRow | None, tell: Teller) -> Iterator[Finding]:
        """What stands in cells that leads do not edit, where that item showed something else. What
        the row calls itself is told with its refusal.
        """
        changed = changed_cells(row, issued, self.mapping, self.context)
        # Whoever adds a row by hand types in every column, ours too.
        filled = [
            (column, raw)
            for column, raw, _ in changed
            if not raw.blank and column.id not in row.layout.names
        ]
        if filled:
            text = "; ".join(f"{column.heading}: '{raw.as_text.strip()}'" for column, raw in filled)
            yield tell("refused-beside", filled[0][1].name, value=text)


def _is_theirs(row: RawRow, issued: UpdateRow | None) -> bool:
    """Whether it is a row that we made: by its code, or by the item's words in one that lost its
    code.
    """
    if row.token:
        return True
    shown = issued.values.get(row.layout.words, BLANK).text if issued else ""
    return bool(shown) and row.text(row.layout.words) == same_text(shown)
