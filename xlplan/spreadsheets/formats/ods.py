"""Read .ods, whoever wrote it: values, formulas, error values, notes, merged cells, hidden sheets
and columns.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

from xlplan.spreadsheets.cells import Sheet, Spreadsheet, Unreadable
from xlplan.spreadsheets.formats.ods_cells import attribute, read_cell, read_drawn
from xlplan.spreadsheets.formats.parts import About, local, spreadsheet, time_of
from xlplan.spreadsheets.kinds import FileContents, Format
from xlplan.spreadsheets.safety import MOST_CELLS, bounded

_GROUPS = {
    *("table-row-group", "table-header-rows", "table-rows"),
    *("table-column-group", "table-header-columns", "table-columns"),
}
_NAMED = {"title", "subject", "description"}
_LAST_COLUMN = 16_384
_MANIFEST = "META-INF/manifest.xml"


@bounded
def read_ods(path: Path, archive: zipfile.ZipFile) -> Spreadsheet:
    """Read a spreadsheet of OpenDocument.

    Raises:
        Unreadable: it has a password, is damaged, or holds far more cells than a plan.
    """
    try:
        if _is_locked(archive):
            raise Unreadable("file-password")
        content = ElementTree.fromstring(archive.read("content.xml"))
        document = _about(archive)
        styles = _Styles(content)
        sheets = [
            _read_sheet(table, styles)
            for table in content.iterfind("./{*}body/{*}spreadsheet/{*}table")
        ]
    except (ElementTree.ParseError, KeyError, ValueError, RecursionError) as trouble:
        raise Unreadable("file-not-spreadsheet", why="it is damaged or not complete") from trouble
    return spreadsheet(path, sheets, document)


class _Styles:
    """Names of the styles that hide a sheet, and of those that strike text through."""

    def __init__(self, content: ElementTree.Element) -> None:
        self.hiding: set[str] = set()
        self.striking: set[str] = set()
        # An .ods hides a sheet by the style of its table, where an .xlsx has a word for it.
        for style in content.iterfind("./{*}automatic-styles/{*}style"):
            name = attribute(style, "name")
            looks = style.iterfind("./{*}table-properties")
            if any(attribute(look, "display") == "false" for look in looks):
                self.hiding.add(name)
            if any(_strikes(look) for look in style.iterfind("./{*}text-properties")):
                self.striking.add(name)


def _strikes(properties: ElementTree.Element) -> bool:
    """Whether text of this look is struck through; for pieces of text LibreOffice names the type of
    line alone.
    """
    line = attribute(properties, "text-line-through-style") or attribute(
        properties, "text-line-through-type"
    )
    return line not in {"", "none"}


def _read_sheet(table: ElementTree.Element, styles: _Styles) -> Sheet:
    sheet = Sheet(attribute(table, "name"), hidden=attribute(table, "style-name") in styles.hiding)
    hidden, defaults = _columns(table)
    row = 1
    for element in _within(table, "table-row"):
        times = _repeated(element, "number-rows-repeated")
        _read_row(sheet, element, (row, times), defaults, styles)
        row += times
    # What is anchored to the page, not to a cell, stands in a list of its own before the rows.
    for shapes in (child for child in table if local(child.tag) == "shapes"):
        sheet.drawn += (drawn for shape in shapes if (drawn := read_drawn(shape, 0, 0)))
    sheet.drawn.sort(key=lambda drawn: (drawn.row, drawn.column))
    last = sheet.last_column
    sheet.hidden_columns = frozenset(column for column in hidden if column <= last)
    return sheet


def _columns(table: ElementTree.Element) -> tuple[set[int], dict[int, str]]:
    """Columns that are hidden, and the styles that columns give to their cells."""
    hidden: set[int] = set()
    defaults: dict[int, str] = {}
    column = 1
    for element in _within(table, "table-column"):
        # LibreOffice says of the columns to the right of the table that they repeat to the edge.
        times = min(_repeated(element, "number-columns-repeated"), _LAST_COLUMN)
        if attribute(element, "visibility") in {"collapse", "filter"}:
            hidden.update(range(column, column + times))
        if style := attribute(element, "default-cell-style-name"):
            defaults.update(dict.fromkeys(range(column, column + times), style))
        column += times
    return hidden, defaults


def _read_row(
    sheet: Sheet,
    element: ElementTree.Element,
    rows: tuple[int, int],
    defaults: dict[int, str],
    styles: _Styles,
) -> None:
    """Put the cells of a row, as often as it is repeated, where they stand. `rows` is the first and
    how many.
    """
    first, times = rows
    column = 1
    for cell in element:
        name = local(cell.tag)
        if name not in {"table-cell", "covered-table-cell"}:
            continue
        wide = _repeated(cell, "number-columns-repeated")
        style = attribute(cell, "style-name") or defaults.get(column, "")
        if name == "table-cell":
            read = read_cell(cell, struck=style in styles.striking, striking=styles.striking)
            if read:
                if len(sheet.cells) + times * wide > MOST_CELLS:
                    raise Unreadable("file-unsafe", why="it holds far more than a plan can")
                # Neighbours that are alike are written once, with how often they stand there.
                for place in product(range(first, first + times), range(column, column + wide)):
                    sheet.cells[place] = replace(read, row=place[0], column=place[1])
            _merge(sheet, cell, first, column)
        sheet.drawn += (drawn for shape in cell if (drawn := read_drawn(shape, first, column)))
        column += wide


def _merge(sheet: Sheet, cell: ElementTree.Element, row: int, column: int) -> None:
    tall, wide = _repeated(cell, "number-rows-spanned"), _repeated(cell, "number-columns-spanned")
    if tall > 1 or wide > 1:
        sheet.merged.append((row, column, row + tall - 1, column + wide - 1))


def _within(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Rows or columns in order, those in groups too."""
    for child in element:
        tag = local(child.tag)
        if tag == name:
            yield child
        elif tag in _GROUPS:
            yield from _within(child, name)


def _repeated(element: ElementTree.Element, name: str) -> int:
    return max(1, int(attribute(element, name) or 1))


def _about(archive: zipfile.ZipFile) -> About:
    try:
        root = ElementTree.fromstring(archive.read("meta.xml"))
    except (KeyError, ElementTree.ParseError):
        return About({}, "", "")
    elements = list(root.iter())
    texts = {local(element.tag): (element.text or "").strip() for element in elements}
    own = {
        attribute(element, "name"): element.text or ""
        for element in elements
        if local(element.tag) == "user-defined"
    }
    # LibreOffice splits what Excel keeps as one text of keywords, an element each.
    words = (element.text or "" for element in elements if local(element.tag) == "keyword")
    keywords = ", ".join(words)
    named = {name: texts[name] for name in _NAMED if texts.get(name)}
    properties = {**own, **named, **({"keywords": keywords} if keywords else {})}
    # LibreOffice writes nine places of a second, and no zone.
    return About(properties, texts.get("generator", ""), time_of(texts.get("date", "")[:19]))


def _is_ods(contents: FileContents) -> bool:
    """A spreadsheet of OpenDocument, locked or not. A text document of it has the same parts."""
    return "content.xml" in contents.parts and any(
        b"opendocument.spreadsheet" in beginning
        for beginning in contents.beginnings("mimetype", _MANIFEST)
    )


def _is_locked(archive: zipfile.ZipFile) -> bool:
    return _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST)


ODS = Format((".ods",), _is_ods, read_ods)
