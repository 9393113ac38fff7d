"""Read .xlsx and .xlsm: formulas, error values, notes, strike-through. Results of formulas are fetched where needed."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlplan.plan.values import RawValue
from xlplan.workbook.cells import COUNTS_FROM_1904, RawCell, Sheet, Spreadsheet, Unreadable
from xlplan.workbook.ooxml_parts import about, formula_results

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_THREAD = re.compile(r"^\[Threaded comment\].*?Comment:\s*", re.DOTALL)
_REPLY = re.compile(r"\n(Reply:)\n\s*")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOGICAL = {"=TRUE()": True, "=FALSE()": False}
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
        for part in source.infolist():
            data = source.read(part)
            if part.filename.endswith((".xml", ".rels")):
                for strict, transitional in _TRANSITIONAL.items():
                    new = f"http://schemas.openxmlformats.org/{transitional}"
                    data = data.replace(f"{_STRICT}{strict}".encode(), new.encode())
            target.writestr(part.filename, data)
    return _read(path, loose)


def _read(path: Path, source: BytesIO) -> Spreadsheet:
    # From memory: given a path, openpyxl goes by the file's name.
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(source, keep_vba=False, keep_links=False)
        sheets = [_read_sheet(sheet) for sheet in book.worksheets]
        with zipfile.ZipFile(source) as archive:
            _fetch_results(archive, book, sheets)
            said = about(archive)
    except MemoryError:
        raise
    except Exception as trouble:  # openpyxl raises whatever its parsers meet in a damaged file
        raise Unreadable("file-not-spreadsheet", why="it is damaged or not complete") from trouble
    if not sheets:
        raise Unreadable("file-not-spreadsheet", why="it has no sheet with cells")
    properties = {**said.properties, COUNTS_FROM_1904: "1"} if book.epoch.year == 1904 else said.properties
    return Spreadsheet(path, sheets, properties, said.application, said.saved_at)


def _read_sheet(source: Worksheet) -> Sheet:
    """Only the cells that the file names: a stray one in the last row costs nothing."""
    found: dict[tuple[int, int], Any] = vars(source)["_cells"]
    styles = _Styles(source.parent)
    cells = {place: read for place, cell in found.items() if (read := _read_cell(*place, cell, styles))}
    return Sheet(
        name=source.title,
        cells=cells,
        merged=[(one.min_row, one.min_col, one.max_row, one.max_col) for one in source.merged_cells.ranges],
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


class _Styles:
    """What styles say, looked up once for each: asking every cell for its font costs more than reading it."""

    def __init__(self, book: Any) -> None:
        self.struck = {number for number, font in enumerate(book._fonts) if font.strike}
        self.book = book
        self.formats: dict[int, str] = {}

    def number_format(self, cell: Any) -> str:
        """The format's code, "" for a cell without one."""
        number = cell._style.numFmtId
        if number not in self.formats:
            self.formats[number] = "" if cell.number_format == "General" else cell.number_format
        return self.formats[number]


def _read_cell(row: int, column: int, cell: Any, styles: _Styles) -> RawCell | None:
    kind = getattr(cell, "data_type", "n")
    value, formula = _value(cell.value, kind)
    note = getattr(cell, "comment", None)
    comment = _comment(note.text or "") if note else ""
    if value is None and not formula and not comment:
        return None
    return RawCell(
        row=row,
        column=column,
        value=value,
        formula=formula,
        error=kind == "e",
        comment=comment,
        struck=value is not None and cell._style.fontId in styles.struck,
        number_format=styles.number_format(cell),
    )


def _comment(text: str) -> str:
    """The text that people wrote: a thread carries a preamble for programs that do not know threads."""
    if not text.startswith("[Threaded comment]"):
        return text.strip()
    return _REPLY.sub(r"\n\1 ", _THREAD.sub("", text)).strip()


def _value(found: Any, kind: str) -> tuple[RawValue, str]:
    """The value and the formula of a cell; a formula's own value is not known yet."""
    if kind == "f":
        said = str(getattr(found, "text", None) or found)
        logical = _LOGICAL.get(said.upper())
        return (None, said) if logical is None else (logical, "")
    if isinstance(found, str):
        return _unescaped(found), ""
    if found is not None and not isinstance(found, int | float | bool) and not hasattr(found, "isoformat"):
        return str(found), ""
    return found, ""


def _unescaped(text: str) -> str:
    """`_x000D_` is how the format writes a control character."""
    if "_x" not in text:
        return text
    said = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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


def _as_date(value: RawValue, number_format: str, book: Workbook) -> RawValue:
    """A number that its cell shows as a date is one."""
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import from_excel

    if isinstance(value, str):
        return _unescaped(value)
    if value is None or isinstance(value, bool) or not number_format or not is_date_format(number_format):
        return value
    try:
        date: RawValue = from_excel(value, book.epoch)
    except (OverflowError, ValueError):
        return value
    return date
