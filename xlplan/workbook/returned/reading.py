"""Read a workbook that came back into rows of addressed cells. Everything is returned; nothing is
judged here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.addresses import Address, cell_name
from xlplan.plan.text.text import same_text
from xlplan.spreadsheets.cells import Drawn, RawCell, Spreadsheet
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.returned.marks import ReturnMarks, is_metadata, read_marks
from xlplan.workbook.returned.rows import LooseCell, TableRows, proposed_cells, read_table
from xlplan.workbook.returned.strays import known_text, strays_of_sheet, strays_of_table
from xlplan.workbook.returned.tables import (
    FoundTable,
    HeadingIndex,
    Lines,
    find_tables,
    headings_of,
    holds_codes,
    other_kind,
    table_without_heading,
)
from xlplan.workbook.update.layout import UpdateLayout


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it was read, of the table that `layout` describes. `cells` are by column id; of a
    proposal, by field.

    Only columns that the sheet still has are there, blank cells included. `token2` is the copy
    among the inputs.
    """

    sheet: str
    row: int
    token: str
    token2: str
    ref: str
    cells: dict[str, RawCell]
    layout: UpdateLayout

    @property
    def called(self) -> str:
        """What the row calls itself: the ref of an action, number and words of a measure."""
        return self.ref or " ".join(filter(None, map(self.text, self.layout.names)))

    def text(self, name: str) -> str:
        """What people read in a cell, blanks and line breaks aside; "" when it is not there."""
        return same_text(_text(self.cells.get(name)))


@dataclass(slots=True)
class ReturnedBook:
    """All that a returned file says.

    `marks` are the codes by the mark that carries them: code (visible), metadata, subject, custom.
    `kind` is update, query, master or decisions; None when nothing tells. `strays` are texts that
    belong to no table: with a cell on our own sheets, without one for a whole sheet that is not
    ours. `columns_unknown` are added columns: where, heading, what they hold. `merged` are merged
    ranges inside a table. `loose` stands in rows of a table that name no action. `drawn` lies over
    the cells of a sheet; with it, whether that has a table. `cut_off` are sheets among the strays
    that hold rows of ours, which nothing tells how to read. `bare`: rows, and nothing that
    identifies them. `tables` are the sheets that have a table with its headings, each with the
    visible code on it ("": none).
    """

    marks: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    rows: list[RawRow] = field(default_factory=list)
    proposals: list[RawRow] = field(default_factory=list)
    strays: list[tuple[Address, str]] = field(default_factory=list)
    columns_missing: list[str] = field(default_factory=list)
    columns_unknown: list[tuple[Address, str, str]] = field(default_factory=list)
    merged: list[Address] = field(default_factory=list)
    loose: list[LooseCell] = field(default_factory=list)
    drawn: list[tuple[Address, Drawn, bool]] = field(default_factory=list)
    cut_off: set[str] = field(default_factory=set)
    saved_at: str = ""
    application: str = ""
    bare: bool = False


def read_returned(source: Spreadsheet | Path, mapping: PlanMapping | None = None) -> ReturnedBook:
    """Read every table of an update workbook, wherever it stands. `mapping` tells columns whose key
    row is lost.

    Raises:
        Unreadable: a path that is no spreadsheet.
    """
    opened = source if isinstance(source, Spreadsheet) else open_spreadsheet(source)
    marks = read_marks(opened)
    heads = headings_of(marks, UpdateLayout.of(mapping))
    book = ReturnedBook(
        marks=marks.codes,
        metadata=marks.metadata,
        saved_at=opened.saved_at,
        application=opened.application,
    )
    reader = _Sheets(
        book, heads, marks, {rating.code for rating in mapping.rag} if mapping else set()
    )
    kinds = []
    pages = [Lines(sheet) for sheet in opened.sheets if not is_metadata(sheet)]
    for lines in pages:
        reader.find(lines)
        kinds.append(other_kind(lines.sheet))
    for lines in pages:
        reader.read(lines)
    seen = reader.seen
    book.kind = (
        marks.kind or next((kind for kind in kinds if kind), None) or ("update" if seen else None)
    )
    book.columns_missing = [name for name in heads.expected if name not in seen] if seen else []
    # Cells that were pasted into a workbook of the lead's own bring no mark and no hidden code.
    book.bare = bool(book.rows) and not book.marks and not any(row.token for row in book.rows)
    return book


def as_proposal(row: RawRow) -> RawRow:
    """A row among the actions as the new action that it proposes, its cells by field."""
    filled = proposed_cells(row.cells)
    if "ref" in row.cells and not row.cells["ref"].blank:
        filled["ref"] = row.cells["ref"]
    return RawRow(row.sheet, row.row, "", "", row.ref, filled, row.layout)


class _Sheets:
    """Reads the sheets of a workbook into a book, all tables found first: one may tell how another
    is to be read.
    """

    def __init__(
        self, book: ReturnedBook, heads: HeadingIndex, marks: ReturnMarks, answers: set[str]
    ) -> None:
        self.book = book
        self.heads = heads
        self.marks = marks
        self.answers = answers
        self.tables: dict[str, list[FoundTable]] = {}
        self.seen: set[str] = set()
        """Ids of the columns found."""

    def find(self, lines: Lines) -> None:
        """Find the tables of a sheet."""
        self.tables[lines.sheet.name] = find_tables(lines, self.heads)

    def read(self, lines: Lines) -> None:
        """Take up the tables of one sheet, or the whole sheet as a stray."""
        tables = self.tables[lines.sheet.name] or self._cut_out(lines)
        for drawn in lines.sheet.drawn:
            at = Address(
                sheet=lines.sheet.name, cell=cell_name(drawn.row, drawn.column) if drawn.row else ""
            )
            self.book.drawn.append((at, drawn, bool(tables)))
        if not tables:
            if not other_kind(lines.sheet):
                strays = strays_of_sheet(lines, self.marks, self.answers)
                self.book.strays += strays
                if any(not at.cell for at, _ in strays) and holds_codes(lines):
                    self.book.cut_off.add(lines.sheet.name)
            return
        code = lines.code()
        if code:
            self.book.marks.setdefault("code", code)
        if self.tables[lines.sheet.name]:
            self.book.tables[lines.sheet.name] = code or ""
        used: set[tuple[int, int]] = set()
        for table in tables:
            found = read_table(lines, table, known_text(self.marks, self.answers))
            _take_up(self.book, lines.sheet.name, table.layout, found)
            used |= found.used
            self.seen |= set(table.columns)
        self.book.strays += strays_of_table(
            lines, tables, used, self.marks, self.heads, self.answers
        )

    def _cut_out(self, lines: Lines) -> list[FoundTable]:
        # Leads cut rows out to a sheet of their own, for a colleague to fill in.
        whole = (
            table for tables in self.tables.values() for table in tables if "token" in table.columns
        )
        cut = table_without_heading(lines, next(whole, None))
        return [cut] if cut else []


def _take_up(book: ReturnedBook, sheet: str, layout: UpdateLayout, found: TableRows) -> None:
    for row, cells in found.rows:
        token, token2, ref = (_text(cells.get(name)) for name in ("token", "token2", "ref"))
        book.rows.append(RawRow(sheet, row, token, token2, ref, cells, layout))
    book.proposals += [
        RawRow(sheet, row, "", "", "", cells, layout) for row, cells in found.proposals
    ]
    book.columns_unknown += found.added
    book.merged += found.merged
    book.loose += found.loose


def _text(cell: RawCell | None) -> str:
    return cell.as_text.strip() if cell and not cell.blank else ""
