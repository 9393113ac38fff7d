"""What a page of figures is made of, whatever it is printed on: paragraphs, headline numbers,
tables, charts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

OUR_SHEET = "xlplan:sheet"
"""Stands unseen on every sheet of figures, so that such a sheet is never taken for the office's
own.
"""

NO_RATING_FILL = "#C5CED8"
"""The colour of actions without a rating in a chart."""

CellValue = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table. `colour` is a rating's #RRGGBB; `leads_to` the key of an item that it is
    about.

    With `share`, the number is a part of one and shows as a percentage.
    """

    value: CellValue
    colour: str = ""
    leads_to: str = ""
    strong: bool = False
    share: bool = False

    def __str__(self) -> str:
        """The value as text, for renderers that know nothing but text."""
        if self.value is None:
            return ""
        if self.share and isinstance(self.value, int | float):
            return f"{self.value:.1%}"
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, whether it holds numbers, codes or text, and its width in
    characters.
    """

    title: str
    kind: Literal["text", "number", "code", "long"] = "text"
    width: int = 14
    colour: str = ""
    """The rating that the column counts."""
    over: str = ""
    """A heading that this column shares with the neighbours that have the same one: `Red` over
    Previous and Current.
    """

    @property
    def full(self) -> str:
        """The whole heading on one line: `Red previous`."""
        return f"{self.over} {self.title.lower()}" if self.over else self.title


@dataclass(frozen=True, slots=True)
class Head:
    """One heading of a table's first line, over `wide` columns from the column `first` on, counted
    from 0.

    `alone`: nothing stands below it, so that it takes both lines of a heading that has two.
    """

    title: str
    first: int
    wide: int
    colour: str
    alone: bool


def heads(columns: Sequence[Column]) -> list[Head]:
    """The first line of headings; the second has the titles of those columns whose head is not
    alone.
    """
    found: list[Head] = []
    for _, theirs in groupby(enumerate(columns), key=lambda one: one[1].over or one[0]):
        (first, column), *others = theirs
        title = column.over or column.title
        found.append(Head(title, first, 1 + len(others), column.colour, alone=not column.over))
    return found


def two_lines(columns: Sequence[Column]) -> bool:
    """Whether any heading stands over others."""
    return any(column.over for column in columns)


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `group` is the section that it stands under, "" when rows are not grouped."""

    cells: tuple[TableCell, ...]
    group: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. `empty` is said in its place when it has no rows.

    `group_title` heads the rows' groups; a workbook shows it as the first column.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    group_title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `lead` sets the page's opening sentences apart."""

    text: str
    style: Literal["plain", "lead", "muted"] = "plain"


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline number with what it counts; `tone` says whether somebody should look."""

    number: str
    label: str
    tone: Literal["plain", "good", "watch", "bad"] = "plain"


@dataclass(frozen=True, slots=True)
class Tiles:
    """Headline numbers in a row."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a stacked bar chart: a number for each bar."""

    name: str
    colour: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked horizontal bars. `text` says in words what it shows, for who cannot see it.

    `beside`: in a workbook it stands to the right of the block before it.
    """

    title: str
    bars: tuple[str, ...]
    series: tuple[Series, ...]
    text: str
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the chapter's."""

    text: str


Block = Paragraph | Tiles | Table | Chart | Heading


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of a report, one sheet of a workbook. `name` is short and serves as the sheet's
    name.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def one_table(self) -> bool:
        """Whether its only table needs no caption, since the chapter's title says what it is."""
        return sum(isinstance(block, Table) for block in self.blocks) == 1


def cells(*values: CellValue | TableCell) -> tuple[TableCell, ...]:
    """Cells of a row; what is no cell yet becomes a plain one."""
    return tuple(value if isinstance(value, TableCell) else TableCell(value) for value in values)


def rows(
    values: Sequence[Sequence[CellValue | TableCell]], groups: Sequence[str] = ()
) -> tuple[Row, ...]:
    """Rows of plain values or cells, with the group of each where there are groups."""
    return tuple(Row(cells(*one), groups[n] if groups else "") for n, one in enumerate(values))
