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
from xlplan.spreadsheets.cells import Sheet, Spreadsheet, Unreadable
from xlplan.spreadsheets.formats.openxml.beside import put_beside_cells
from xlplan.spreadsheets.formats.openxml.package import Package
from xlplan.spreadsheets.formats.parts import about, spreadsheet
from xlplan.spreadsheets.formats.xlsx_cells import CellStyles, read_cell, unescaped
from xlplan.spreadsheets.formats.xlsx_gaps import (
    formula_results,
    has_struck_text,
    held_places,
    load,
    plain_copy,
    sheet_parts,
)
from xlplan.spreadsheets.kinds import Format
from xlplan.spreadsheets.safety import bounded

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_BOOK = "xl/workbook.xml"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    "spreadsheetml/main": "spreadsheetml/2006/main",
    "officeDocument/relationships/metadata/core-properties": (
        "package/2006/relationships/metadata/core-properties"
    ),
    "officeDocument/relationships": "officeDocument/2006/relationships",
    "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
    "officeDocument/customProperties": "officeDocument/2006/custom-properties",
    "officeDocument/docPropsVTypes": "officeDocument/2006/docPropsVTypes",
    "drawingml/": "drawingml/2006/",
}
"""Names that strict Open XML writes otherwise; nothing else differs in what is read here."""


@bounded
def read_xlsx(path: Path) -> Spreadsheet:
    """Read a workbook with openpyxl, loaded once, with its formulas.

    Raises:
        Unreadable: it is damaged.
    """
    # From memory: given a path, openpyxl goes by the file's name.
    source = BytesIO(path.read_bytes())
    with zipfile.ZipFile(source) as archive:
        if _STRICT.encode() in archive.read(_BOOK):
            source = _transitional(archive)
    return _read(path, source)


def _transitional(archive: zipfile.ZipFile) -> BytesIO:
    """A workbook saved as "Strict Open XML" in the usual form; openpyxl finds no sheets in it."""
    usual = BytesIO()
    with zipfile.ZipFile(usual, "w") as target:
        # Pictures and the like say nothing here: a damaged one must not keep back the cells.
        for part in archive.infolist():
            if not part.filename.endswith((".xml", ".rels")):
                continue
            data = archive.read(part)
            for strict, transitional in _TRANSITIONAL.items():
                new = f"http://schemas.openxmlformats.org/{transitional}"
                data = data.replace(f"{_STRICT}{strict}".encode(), new.encode())
            target.writestr(part.filename, data)
    return usual


def _read(path: Path, source: BytesIO) -> Spreadsheet:
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
            parts = sheet_parts(archive)
            placed = [(sheet, parts[sheet.name]) for sheet in sheets if sheet.name in parts]
            put_beside_cells(Package(archive), placed)
            document = about(archive)
    except MemoryError:
        raise
    except Exception as trouble:  # openpyxl raises whatever its parsers meet in a damaged file
        raise Unreadable("file-not-spreadsheet", why="it is damaged or not complete") from trouble
    return spreadsheet(path, sheets, document, since_1904=book.epoch.year == 1904)


def _loaded(source: BytesIO, *, rich: bool) -> Workbook:
    """The workbook; a plain copy of it where openpyxl stumbles over what Excel opens without a
    word.
    """
    try:
        return load(source, rich=rich)
    except MemoryError:
        raise
    except Exception:  # it raises whatever its parsers meet
        return load(plain_copy(source), rich=rich)


def _read_sheet(source: Worksheet) -> Sheet:
    """Only the cells that the file names: a stray one in the last row costs nothing."""
    # Its own ways of walking pad rows out to the last column, and build a cell for each.
    found: dict[tuple[int, int], Any] = vars(source)["_cells"]
    styles = CellStyles.of(source.parent)
    cells = {
        place: read for place, cell in found.items() if (read := read_cell(*place, cell, styles))
    }
    return Sheet(
        name=source.title,
        cells=cells,
        merged=[
            (area.min_row, area.min_col, area.max_row, area.max_col)
            for area in source.merged_cells.ranges
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
        formulas = [cell for cell in sheet.cells.values() if cell.formula]
        if not formulas:
            continue
        results = formula_results(archive, sheet.name)
        for cell in formulas:
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
        suspects = [cell for cell in linked if str(cell.value) in cell.link]
        held = held_places(archive, sheet.name) if suspects else set()
        for cell in suspects:
            if (cell.row, cell.column) not in held:
                sheet.cells[cell.row, cell.column] = replace(cell, value=None)


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


XLSX = Format(
    (".xlsx", ".xlsm", ".xltx", ".xltm"), lambda contents: _BOOK in contents.parts, read_xlsx
)
