"""Where blocks and the charts beside them stand on a sheet, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

from xlplan.workbook.pages.blocks import Block, Chart, Table
from xlplan.workbook.pages.chart import Room
from xlplan.workbook.pages.table import shown_columns

WIDEST = 900
SHARED, BESIDE = 700, 560
"""Pixels of a chart that has a neighbour, and of the neighbour: together they fit a screen."""


class Shelf:
    """Keeps the rows that charts to the right still take. `shared`: some chart of the sheet stands
    beside a block.
    """

    def __init__(self, widths: Sequence[float], *, shared: bool) -> None:
        # Excel: 7 pixels for each character of a column's width, and 5 around them.
        self._pixels = [7 * width + 5 for width in widths]
        self._shared = shared
        self._begun = 0
        self._after = 0
        self._columns = 0
        self._busy_to = 0
        self._busy_from = len(widths)

    def below(self, row: int, block: Block) -> int:
        """The row from which a block may stand: clear of a chart that it would run under."""
        if isinstance(block, Chart) and block.beside:
            return self._begun
        return row if self._wide(block) <= self._busy_from else max(row, self._busy_to)

    def room(self, row: int, chart: Chart) -> Room:
        """Where a chart stands: at the left, or right of the block before it."""
        if not chart.beside:
            return Room(row, 0, min(SHARED if self._shared else WIDEST, int(sum(self._pixels))))
        return Room(row, self._columns + 1, BESIDE)

    def put(self, row: int, end: int, block: Block) -> int:
        """Take note of a block from `row` to before `end`; the row after it."""
        if isinstance(block, Chart) and block.beside:
            self._busy_to, self._busy_from = max(self._busy_to, end), self._columns + 1
            return self._after
        self._begun, self._columns, self._after = row, self._wide(block), end
        return end

    def _wide(self, block: Block) -> int:
        """How many columns a block takes."""
        if isinstance(block, Table):
            return len(shown_columns(block))
        if isinstance(block, Chart):
            taken = SHARED if self._shared else WIDEST
            return next(
                (n for n in range(len(self._pixels)) if sum(self._pixels[:n]) >= taken),
                len(self._pixels),
            )
        return len(self._pixels)
