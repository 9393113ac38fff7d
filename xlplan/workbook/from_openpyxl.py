"""Read .xlsx and .xlsm: formulas, error values, notes, strike-through. Results of formulas are fetched where needed."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from xlplan.plan.values import RawValue
from xlplan.workbook.cells import RawCell, Sheet, Spreadsheet, Unreadable

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_THREAD = re.compile(r"^\[Threaded comment\].*?Comment:\s*", re.DOTALL)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOGICAL = {"=TRUE()": True, "=FALSE()": False}


def read_xlsx(path: Path) -> Spreadsheet:
    """Read a workbook with openpyxl, loaded once, with its formulas.

    Raises:
        Unreadable: it is damaged.
    """
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, data_only=False, keep_links=False)
    except Exception as trouble:  # openpyxl raises whatever its parsers meet in a damaged file
        raise Unreadable("file-not-spreadsheet", why="it is damaged") from trouble
    sheets = [_read_sheet(sheet) for sheet in book.worksheets]
    _fetch_results(path, sheets)
    return Spreadsheet(path, sheets, _properties(book), _application(path), _saved_at(book))


def _read_sheet(source: Worksheet) -> Sheet:
    """Only the cells that the file names: a stray one in the last row costs nothing."""
    sheet = Sheet(
        name=source.title,
        merged=[(one.min_row, one.min_col, one.max_row, one.max_col) for one in source.merged_cells.ranges],
        hidden=source.sheet_state != "visible",
        hidden_columns=frozenset(_hidden(source)),
    )
    cells: dict[tuple[int, int], Any] = source._cells
    for (row, column), cell in cells.items():
        read = _read_cell(row, column, cell)
        if read is not None:
            sheet.cells[row, column] = read
    return sheet


def _hidden(source: Worksheet) -> list[int]:
    return [
        column
        for dimension in source.column_dimensions.values()
        if dimension.hidden and dimension.min and dimension.max
        for column in range(dimension.min, min(dimension.max, 500) + 1)
    ]


def _read_cell(row: int, column: int, cell: Any) -> RawCell | None:
    value, formula = _value(getattr(cell, "value", None))
    note = getattr(cell, "comment", None)
    comment = _THREAD.sub("", note.text or "").strip() if note else ""
    if value is None and not formula and not comment:
        return None
    return RawCell(
        row=row,
        column=column,
        value=value,
        formula=formula,
        error=getattr(cell, "data_type", "") == "e",
        comment=comment,
        struck=bool(value is not None and cell.font and cell.font.strike),
        number_format=cell.number_format or "",
    )


def _value(found: Any) -> tuple[RawValue, str]:
    """The value and the formula of a cell; a formula's own value is not known yet."""
    text = getattr(found, "text", None) if not isinstance(found, str) else found
    if isinstance(found, str) or (text is not None and hasattr(found, "ref")):
        said = str(text)
        if said.upper() in _LOGICAL:
            return _LOGICAL[said.upper()], ""
        if said.startswith("=") and len(said) > 1:
            return None, said
        return _unescaped(said), ""
    if found is not None and not isinstance(found, int | float | bool) and not hasattr(found, "isoformat"):
        return str(found), ""
    return found, ""


def _unescaped(text: str) -> str:
    """`_x000D_` is how the format writes a control character."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _fetch_results(path: Path, sheets: list[Sheet]) -> None:
    """Formulas show their last result to a person; openpyxl gives one or the other, so the results are read apart."""
    if not any(cell.formula for sheet in sheets for cell in sheet.cells.values()):
        return
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = openpyxl.load_workbook(path, data_only=True, keep_links=False)
    for sheet, source in zip(sheets, results.worksheets, strict=True):
        for place, cell in list(sheet.cells.items()):
            if cell.formula:
                shown = source.cell(*place)
                value, _ = _value(shown.value)
                sheet.cells[place] = RawCell(
                    row=cell.row,
                    column=cell.column,
                    value=value,
                    formula=cell.formula,
                    error=shown.data_type == "e",
                    comment=cell.comment,
                    struck=cell.struck,
                    number_format=cell.number_format,
                )


def _properties(book: Workbook) -> dict[str, str]:
    core = book.properties
    named = {
        "title": core.title,
        "subject": core.subject,
        "category": core.category,
        "keywords": core.keywords,
        "creator": core.creator,
        "description": core.description,
    }
    own = {prop.name: prop.value for prop in vars(book)["custom_doc_props"].props}
    return {name: str(value) for name, value in {**own, **named}.items() if value not in (None, "")}


def _saved_at(book: Workbook) -> str:
    modified = book.properties.modified
    return modified.replace(tzinfo=None, microsecond=0).isoformat() if modified else ""


def _application(path: Path) -> str:
    """The program that last wrote the file, as it names itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read("docProps/app.xml"))
    except (KeyError, ElementTree.ParseError):
        return ""
    found = next((one.text for one in root if one.tag.endswith("}Application")), "")
    return found or ""
