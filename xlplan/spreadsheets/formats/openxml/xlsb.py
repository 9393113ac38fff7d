"""Read .xlsb by its records: no library at hand reads errors, notes and links, or every kind of
cell.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from xlplan.spreadsheets.cells import Sheet, Spreadsheet, Unreadable
from xlplan.spreadsheets.extras import address_of
from xlplan.spreadsheets.formats.openxml.beside import put_beside_cells
from xlplan.spreadsheets.formats.openxml.package import Package, Relation
from xlplan.spreadsheets.formats.openxml.properties import about
from xlplan.spreadsheets.formats.openxml.texts import read_comment
from xlplan.spreadsheets.formats.openxml.xlsb_records import CELLS, ROW, Book, XlsbCells, records
from xlplan.spreadsheets.formats.parts import Place, spreadsheet
from xlplan.spreadsheets.kinds import FileContents, Format
from xlplan.spreadsheets.safety import bounded

_PROPERTIES, _SHEET, _COLUMN, _MERGED, _LINK, _COMMENT, _COMMENT_TEXT = (
    153,
    156,
    60,
    176,
    494,
    635,
    637,
)
_LAST_COLUMN = 16_384


@bounded
def read_xlsb(path: Path, archive: zipfile.ZipFile) -> Spreadsheet:
    """Read a binary workbook.

    Raises:
        Unreadable: it is damaged.
    """
    try:
        package = Package(archive)
        book, parts = _read_book(package)
        sheets = [_read_sheet(package, name, hidden, part, book) for name, hidden, part in parts]
        placed = [(sheet, part) for sheet, (_, _, part) in zip(sheets, parts, strict=True)]
        put_beside_cells(package, placed)
        document = about(package)
    except (struct.error, KeyError, ValueError) as trouble:
        raise Unreadable("file-not-spreadsheet", why="it is damaged or not complete") from trouble
    return spreadsheet(path, sheets, document, since_1904=book.since_1904)


def _read_book(package: Package) -> tuple[Book, list[tuple[str, bool, str]]]:
    """What all sheets share; and for each sheet with cells its name, whether it is hidden, and its
    part.
    """
    main = package.main()
    related = package.relations(main)
    book, parts = Book(), []
    for kind, content in records(package.read(main)):
        if kind == _PROPERTIES and content.number("I") & 1:
            book.since_1904 = True
        elif kind == _SHEET:
            state, _ = content.numbers("II")
            what, part, _ = related[content.text()]
            # Chart sheets and sheets of macros stand in the same list.
            if what.endswith("/worksheet"):
                parts.append((content.text(), state != 0, part))
    for what, part, _ in related.values():
        if what.endswith("/sharedStrings"):
            book.read_texts(package.read(part))
        elif what.endswith("/styles"):
            book.read_styles(package.read(part))
    return book, parts


def _read_sheet(package: Package, name: str, hidden: bool, part: str, book: Book) -> Sheet:
    sheet, cells, related = Sheet(name, hidden=hidden), XlsbCells(book), package.relations(part)
    columns: list[tuple[int, int]] = []
    for kind, content in records(package.read(part)):
        if kind == ROW:
            cells.row, cells.column = content.number("I") + 1, 0
        elif kind in CELLS and (cell := cells.read(kind, content)):
            sheet.cells[cell.row, cell.column] = cell
        elif kind == _COLUMN:
            first, last, _, _, flags = content.numbers("IIIIH")
            columns += [(first + 1, last + 1)] * (flags & 1)
        elif kind == _MERGED:
            top, bottom, left, right = content.numbers("IIII")
            sheet.merged.append((top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _LINK:
            top, _, left, _ = content.numbers("IIII")
            _, target, _ = related.get(content.text(), ("", "", False))
            place = (top + 1, left + 1)
            sheet.cells[place] = replace(
                sheet.cell(*place), link=address_of(target, content.text())
            )
    for place, text in _notes(package, related):
        sheet.cells[place] = replace(sheet.cell(*place), comment=text)
    last_column = min(sheet.last_column, _LAST_COLUMN)
    # Whoever hides all columns beside the table hides them to the edge of the sheet.
    sheet.hidden_columns = frozenset(
        column for first, last in columns for column in range(first, min(last, last_column) + 1)
    )
    return sheet


def _notes(package: Package, related: dict[str, Relation]) -> Iterator[tuple[Place, str]]:
    for what, part, _ in related.values():
        place = (0, 0)
        for kind, content in records(package.read(part)) if what.endswith("/comments") else ():
            if kind == _COMMENT:
                _, top, _, left, _ = content.numbers("IIIII")
                place = (top + 1, left + 1)
            elif kind == _COMMENT_TEXT:
                content.number("B")
                if text := read_comment(content.text()):
                    yield place, text


def _is_xlsb(contents: FileContents) -> bool:
    return contents.archive is not None and Package(contents.archive).main().endswith(".bin")


XLSB = Format((".xlsb",), _is_xlsb, read_xlsb)
