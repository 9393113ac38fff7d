"""Find the table of actions in a workbook that no mapping describes: its header, columns, lines and
rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from xlplan.spreadsheets.cells import RawCell, Spreadsheet
from xlplan.workbook.drafting.words import known_heading
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.header import SEARCHED, Header, HeadingCell, find_headers, header_at
from xlplan.workbook.office.headings import SeenHeading, TableHeadings, fold_heading
from xlplan.workbook.office.lines import FULL_WIDTH

HEADING_LENGTH = 70
"""A heading is seldom longer; a cell of a row of contents often is."""


@dataclass(slots=True)
class SeenColumn:
    """One column of a table: its headings (spelt differently where the header repeats) and its
    contents.
    """

    column: int
    headings: list[str]
    under: str = ""
    cells: list[RawCell] = field(default_factory=list)
    down: bool = False

    @property
    def texts(self) -> list[str]:
        """What its cells say, blanks left out."""
        return [cell.as_text.strip() for cell in self.cells if not cell.blank]

    @property
    def heading(self) -> str:
        """Its first heading."""
        return self.headings[0]


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of the table that is no row: its text, and what stands next below it (`row`, `header`,
    `line`, "").
    """

    row: int
    text: str
    before: str
    above_header: bool = False


@dataclass(slots=True)
class SeenTable:
    """A table on a sheet."""

    sheet: str
    header: int
    columns: list[SeenColumn]
    rows: list[int]
    lines: list[SeenLine]
    repeats: int = 0
    marks: float = 0.0


def find_tables(book: Spreadsheet) -> list[SeenTable]:
    """The likeliest table of each sheet, the likeliest of all first; sheets without one are left
    out.
    """
    tables = [table for sheet in book.sheets if (table := _on_sheet(Grid(sheet, book.path.name)))]
    return sorted(tables, key=lambda table: -table.marks)


def _on_sheet(grid: Grid) -> SeenTable | None:
    headers = [header_at(grid, row, TableHeadings(())) for row in grid.rows if row <= SEARCHED]
    marked = [(_marks(grid, header), -header.row, header) for header in headers]
    best = max(marked, key=lambda one: one[:2], default=None)
    if best is None or best[0] <= 0:
        return None
    return _seen(grid, best[2], best[0])


def _marks(grid: Grid, header: Header) -> float:
    """How much a row looks like a header: short distinct words, known ones, and rows below that
    fill its columns.
    """
    cells = header.cells
    texts = [cell.heading for cell in cells]
    if len(cells) < 2 or len({cell.folded for cell in cells}) < len(texts) * 0.7:
        return 0
    # A heading may be a word and a year; a figure alone or a date is a cell's content.
    good = [text for text in texts if len(text) <= HEADING_LENGTH and re.search("[^\\W\\d_]", text)]
    if len(good) < len(texts) * 0.7:
        return 0
    columns = {cell.column for cell in cells}
    below = [row for row in grid.rows if row not in header.rows and row > header.row]
    filled = sum(len(columns & {cell.column for cell in grid.content(row)}) >= 2 for row in below)
    known = sum(known_heading(text) for text in texts)
    if not filled or not known:
        return 0
    return known * 3 + len(good) + min(filled, 200) / 4


def _seen(grid: Grid, header: Header, marks: float) -> SeenTable:
    headings = TableHeadings(
        SeenHeading(str(cell.column), "", (cell.heading,), cell.under) for cell in header.cells
    )
    headers = find_headers(grid, headings)[0] or [header]
    columns = {
        cell.column: SeenColumn(cell.column, [cell.heading], cell.under)
        for cell in headers[0].cells
    }
    for again in headers[1:]:
        for cell in again.cells:
            _add_spelling(columns, cell)
    inside = {row for head in headers for row in head.rows}
    first = headers[0].row
    rows = [row for row in grid.rows if row not in inside]
    line_rows = [row for row in rows if _is_line(grid, row, columns)]
    kinds = {**dict.fromkeys(inside, "header"), **dict.fromkeys(line_rows, "line")}
    data = [row for row in rows if row > first and row not in kinds and _fills(grid, row, columns)]
    kinds |= dict.fromkeys(data, "row")
    for row in data:
        for number, column in columns.items():
            content = grid.down(row, number)
            column.cells.append(content)
            column.down = column.down or (not content.blank and content.row != row)
    lines = [
        SeenLine(row, _text(grid.content(row)), _below(row, kinds), row < first)
        for row in line_rows
    ]
    return SeenTable(grid.name, first, list(columns.values()), data, lines, len(headers) - 1, marks)


def _add_spelling(columns: dict[int, SeenColumn], cell: HeadingCell) -> None:
    column = columns.get(cell.column)
    if column and cell.folded not in {fold_heading(heading) for heading in column.headings}:
        column.headings.append(cell.heading)


def _is_line(grid: Grid, row: int, columns: Iterable[int]) -> bool:
    content = grid.content(row)
    if len(content) != 1:
        return False
    cell, known = content[0], sorted(columns)
    width = known[-1] - known[0] + 1
    return grid.width(cell) >= max(2, FULL_WIDTH * width) or (
        cell.column <= known[0] and grid.height(cell) == 1
    )


def _fills(grid: Grid, row: int, columns: Iterable[int]) -> bool:
    return bool({cell.column for cell in grid.content(row)} & set(columns))


def _text(content: list[RawCell]) -> str:
    return "\t".join(cell.as_text.strip() for cell in content)


def _below(row: int, kinds: dict[int, str]) -> str:
    following = min((other for other in kinds if other > row), default=0)
    return kinds.get(following, "")
