"""Read .xlsx and .xlsm: sheets, cells, notes and threads. Results of formulas are fetched where
needed.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlplan.plan.values import RawValue
from xlplan.spreadsheets.cells import COUNTS_FROM_1904, Sheet, Spreadsheet, Unreadable
from xlplan.spreadsheets.formats.xlsx_cells import CellStyles, read_cell, unescaped
from xlplan.spreadsheets.formats.xlsx_drawings import drawn_on
from xlplan.spreadsheets.formats.xlsx_parts import (
    about,
    formula_results,
    has_struck_text,
    held_places,
    sheet_parts,
)
from xlplan.spreadsheets.formats.xlsx_plain import plain_copy
from xlplan.spreadsheets.formats.xlsx_threads import threads

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    "spreadsheetml/main": "spreadsheetml/2006/main",
    "officeDocument/relationships/metadata/core-properties": "package/2006/relationships/metadata/core-properties",
    "officeDocument/relationships": "officeDocument/2006/relationships",
    "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
    "officeDocument/customProperties": "officeDocument/2006/custom-properties",
    "officeDocument/docPropsVTypes": "officeDocument/2006/docPropsVTypes",
    "drawingml/": "drawingml/2006/",
}
"""Names that strict Open XML writes otherwise; nothing else differs in what is read here."""


def read_xlsx(path: Path) -> Spreadsheet:
    """Read a workbook with openpyxl, loaded once, with its formulas.

    Raises:
        Unreadable: it is damaged.
    """
    return _read(path, BytesIO(path.read_bytes()))


def read_strict_xlsx(path: Path) -> Spreadsheet:
    """Read a workbook saved as "Strict Open XML", in which openpyxl alone would find no sheets.

    Raises:
        Unreadable: it is damaged.
    """
    loose = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(loose, "w") as target:
        # Pictures and the like say nothing here: a damaged one must not keep back the cells.
        for part in (one for one in source.infolist() if one.filename.endswith((".xml", ".rels"))):
            data = source.read(part)
            for strict, transitional in _TRANSITIONAL.items():
                new = f"http://schemas.openxmlformats.org/{transitional}"
                data = data.replace(f"{_STRICT}{strict}".encode(), new.encode())
            target.writestr(part.filename, data)
    return _read(path, loose)


def _read(path: Path, source: BytesIO) -> Spreadsheet:
    # From memory: given a path, openpyxl goes by the file's name.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with zipfile.ZipFile(source) as archive:
                rich = has_struck_text(archive)
            book = _loaded(source, rich=rich)
        sheets = [_read_sheet(sheet) for sheet in book.worksheets]
        with zipfile.ZipFile(source) as archive:
            _fetch_results(archive, book, sheets)
            _drop_addresses(archive, sheets)
            _put_threads(archive, sheets)
            _put_drawn(archive, sheets)
            said = about(archive)
    except MemoryError:
        raise
    except Exception as trouble:  # openpyxl raises whatever its parsers meet in a damaged file
        raise Unreadable("file-not-spreadsheet", why="it is damaged or not complete") from trouble
    if not sheets:
        raise Unreadable("file-not-spreadsheet", why="it has no sheet with cells")
    properties = (
        {**said.properties, COUNTS_FROM_1904: "1"} if book.epoch.year == 1904 else said.properties
    )
    return Spreadsheet(path, sheets, properties, said.application, said.saved_at)


def _loaded(source: BytesIO, *, rich: bool) -> Workbook:
    """The workbook; a plain copy of it where openpyxl stumbles over what Excel opens without a
    word.
    """
    import openpyxl

    try:
        return openpyxl.load_workbook(source, rich_text=rich, keep_vba=False, keep_links=False)
    except MemoryError:
        raise
    except Exception:  # it raises whatever its parsers meet
        return openpyxl.load_workbook(
            plain_copy(source), rich_text=rich, keep_vba=False, keep_links=False
        )


def _read_sheet(source: Worksheet) -> Sheet:
    """Only the cells that the file names: a stray one in the last row costs nothing."""
    found: dict[tuple[int, int], Any] = vars(source)["_cells"]
    styles = CellStyles.of(source.parent)
    cells = {
        place: read for place, cell in found.items() if (read := read_cell(*place, cell, styles))
    }
    return Sheet(
        name=source.title,
        cells=cells,
        merged=[
            (one.min_row, one.min_col, one.max_row, one.max_col)
            for one in source.merged_cells.ranges
        ],
        hidden=source.sheet_state != "visible",
        hidden_columns=frozenset(_hidden(source, max((column for _, column in cells), default=0))),
    )


def _hidden(source: Worksheet, last: int) -> Iterable[int]:
    return (
        column
        for dimension in source.column_dimensions.values()
        if dimension.hidden and dimension.min and dimension.max
        for column in range(dimension.min, min(dimension.max, last) + 1)
    )


def _fetch_results(archive: zipfile.ZipFile, book: Workbook, sheets: list[Sheet]) -> None:
    """A formula shows its last result to a person; openpyxl gives one or the other."""
    for sheet in sheets:
        asked = [cell for cell in sheet.cells.values() if cell.formula]
        if not asked:
            continue
        results = formula_results(archive, sheet.name)
        for cell in asked:
            value, error = results.get((cell.row, cell.column), (None, False))
            shown = _as_date(value, cell.number_format, book)
            sheet.cells[cell.row, cell.column] = replace(cell, value=shown, error=error)


def _drop_addresses(archive: zipfile.ZipFile, sheets: list[Sheet]) -> None:
    """openpyxl shows a link's address in a cell that holds nothing: the lead emptied it, or never
    typed there.
    """
    for sheet in sheets:
        linked = (
            cell for cell in sheet.cells.values() if cell.link and isinstance(cell.value, str)
        )
        doubted = [cell for cell in linked if str(cell.value) in cell.link]
        held = held_places(archive, sheet.name) if doubted else set()
        for cell in doubted:
            if (cell.row, cell.column) not in held:
                sheet.cells[cell.row, cell.column] = replace(cell, value=None)


def _put_threads(archive: zipfile.ZipFile, sheets: list[Sheet]) -> None:
    """A thread goes before the note that Excel keeps in its place for older programs."""
    found = threads(archive, sheet_parts(archive))
    for sheet in sheets:
        for place, text in found.get(sheet.name, {}).items():
            sheet.cells[place] = replace(sheet.cell(*place), comment=text)


def _put_drawn(archive: zipfile.ZipFile, sheets: list[Sheet]) -> None:
    found = drawn_on(archive, sheet_parts(archive))
    for sheet in sheets:
        sheet.drawn = found.get(sheet.name, [])


def _as_date(value: RawValue, number_format: str, book: Workbook) -> RawValue:
    """A number that its cell shows as a date is one."""
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import from_excel

    if isinstance(value, str):
        return unescaped(value)
    if (
        value is None
        or isinstance(value, bool)
        or not number_format
        or not is_date_format(number_format)
    ):
        return value
    try:
        date: RawValue = from_excel(value, book.epoch)
    except (OverflowError, ValueError):
        return value
    return date
