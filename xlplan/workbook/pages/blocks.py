"""What a page of figures is made of, whatever it is printed on: paragraphs, headline numbers,
tables, charts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Generic, Literal, TypeVar

OUR_SHEET = "xlplan:sheet"
"""Stands unseen on every sheet of figures, so that such a sheet is never taken for the office's
own.
"""

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


Item_contra = TypeVar("Item_contra", contravariant=True)
Whole = TypeVar("Whole")


def _as_cell(content: CellValue | TableCell) -> TableCell:
    return content if isinstance(content, TableCell) else TableCell(content)


def _nothing(_: object) -> None:
    """The cell of a column that is a heading and no more."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Item_contra]):
    """One column of a table: its heading, whether it holds numbers, codes or text, its width in
    characters, and what its cell says of an item.

    Example:
        >>> Column("Lead", width=26, of=lambda action: action.lead)
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
    of: Callable[[Item_contra], CellValue | TableCell] = field(default=_nothing, compare=False)

    @property
    def full(self) -> str:
        """The whole heading on one line: `Red previous`."""
        return f"{self.over} {self.title.lower()}" if self.over else self.title

    def through(self, part: Callable[[Whole], Item_contra]) -> Column[Whole]:
        """The same column of items that hold what it tells of: an action's lead, of a move.

        Example:
            >>> LEAD.through(lambda move: move.action)
        """
        return Column(
            self.title,
            self.kind,
            self.width,
            self.colour,
            self.over,
            of=lambda item: self.of(part(item)),
        )


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


def heads(columns: Sequence[Column[Any]]) -> list[Head]:
    """The first line of headings; the second has the titles of those columns whose head is not
    alone.

    Example:
        Theme, Previous over Red, Current over Red: heads Theme (1 wide) and Red (2 wide).
    """
    found: list[Head] = []
    for _, theirs in groupby(enumerate(columns), key=lambda column: column[1].over or column[0]):
        (first, column), *others = theirs
        title = column.over or column.title
        found.append(Head(title, first, 1 + len(others), column.colour, alone=not column.over))
    return found


def two_lines(columns: Sequence[Column[Any]]) -> bool:
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
    columns: tuple[Column[Any], ...]
    rows: tuple[Row, ...]
    empty: str = ""
    group_title: str = ""
    note: str = ""

    @classmethod
    def of(
        cls,
        caption: str,
        columns: Sequence[Column[Whole]],
        items: Iterable[Whole],
        *,
        empty: str = "",
        group_title: str = "",
        group: Callable[[Whole], str] = lambda _: "",
        total: Callable[[Whole], bool] = lambda _: False,
        note: str = "",
    ) -> Table:
        """A table with a row for each item: every column says its own cell of it.

        `group` is the section that an item stands under, `total` whether its row sums up others.

        Example:
            >>> Table.of("Overdue", [REF, LEAD], figures.due.overdue, empty="Nothing is overdue.")
        """
        rows = tuple(
            Row(tuple(_as_cell(column.of(item)) for column in columns), group(item), total(item))
            for item in items
        )
        return cls(caption, tuple(columns), rows, empty, group_title, note)


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
