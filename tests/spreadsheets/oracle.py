"""What openpyxl says of a workbook, in the words of our cells: what our own reader is held against.

python -m tests.spreadsheets.oracle FILE...    tells where the two differ, in files of any number
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.escape import unescape

from xlplan.spreadsheets.cells import RawCell, Spreadsheet, Unreadable
from xlplan.spreadsheets.formats.openxml.xlsx import read_xlsx

Place = tuple[int, int]
_TRUTHS = {"=TRUE()": True, "=FALSE()": False}


class SaidCell(NamedTuple):
    """What a cell says; a text of nothing is nothing."""

    value: object
    formula: str = ""
    error: bool = False
    comment: str = ""
    link: str = ""
    struck: bool = False
    struck_part: str = ""
    number_format: str = ""


class SaidSheet(NamedTuple):
    """What a sheet says, its cells by place."""

    name: str
    hidden: bool
    merged: frozenset[tuple[int, int, int, int]]
    hidden_columns: frozenset[int]
    cells: dict[Place, SaidCell]


def said_by_us(book: Spreadsheet) -> list[SaidSheet]:
    """What our reader made of a workbook; threads of comments are beyond openpyxl."""
    return [
        SaidSheet(
            sheet.name,
            sheet.hidden,
            frozenset(sheet.merged),
            sheet.hidden_columns,
            {place: _our_cell(cell) for place, cell in sheet.cells.items()},
        )
        for sheet in book.sheets
    ]


def _our_cell(cell: RawCell) -> SaidCell:
    return SaidCell(
        None if cell.value == "" else cell.value,
        cell.formula,
        cell.error,
        cell.comment,
        "" if cell.formula else cell.link,
        cell.struck,
        cell.struck_part,
        "" if cell.value is None else cell.number_format,
    )


def said_by_openpyxl(path: Path) -> list[SaidSheet]:
    """What openpyxl makes of it, asked once for formulas and once for their results."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book, results = (
            load_workbook(path, data_only=only, rich_text=not only) for only in (False, True)
        )
    return [_their_sheet(sheet, results[sheet.title]) for sheet in book.worksheets]


def _their_sheet(sheet: Any, results: Any) -> SaidSheet:
    cells = dict(_their_cells(sheet, results))
    last = max((column for _, column in cells), default=0)
    hidden = {
        column
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min, min(dimension.max, last) + 1)
    }
    merged = {(one.min_row, one.min_col, one.max_row, one.max_col) for one in sheet.merged_cells}
    return SaidSheet(
        sheet.title, sheet.sheet_state != "visible", frozenset(merged), frozenset(hidden), cells
    )


def _their_cells(sheet: Any, results: Any) -> Iterator[tuple[Place, SaidCell]]:
    for place, cell in vars(sheet)["_cells"].items():
        if isinstance(cell, MergedCell):
            continue
        result = vars(results)["_cells"][place]
        formula = str(getattr(cell.value, "text", cell.value)) if cell.data_type == "f" else ""
        link = cell.hyperlink
        leads = link and (link.target or "") + (f"#{link.location}" if link.location else "")
        # It shows a link's address in a cell that holds nothing, and a formula's result without.
        value = None if leads and result.value == (link.target or link.location) else result.value
        comment = unescape(cell.comment.text).strip() if cell.comment else ""
        if formula in _TRUTHS:
            value, formula = _TRUTHS[formula], ""
        if result.value is None and not formula and not comment and not leads:
            continue
        value = _plain(value, cell.number_format)
        struck, part = _struck(cell, f"{formula}{'' if value is None else value}")
        yield (
            place,
            SaidCell(
                value,
                formula,
                result.data_type == "e" and value is not None,
                comment,
                leads or "",
                struck,
                part,
                "" if value is None or cell.number_format == "General" else cell.number_format,
            ),
        )


def _plain(value: Any, code: str) -> object:
    if isinstance(value, str):
        return unescape(value) or None
    if isinstance(value, timedelta) and code == "[h]:mm":
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return value


def _struck(cell: Any, shown: str) -> tuple[bool, str]:
    pieces = cell.value if isinstance(cell.value, CellRichText) else [shown]
    told = [
        (str(piece), bool(piece.font.strike if isinstance(piece, TextBlock) else cell.font.strike))
        for piece in pieces
        if str(piece).strip()
    ]
    lines = [text.strip() for text, strikes in told if strikes]
    whole = bool(told) and len(lines) == len(told)
    return whole, "" if whole else " … ".join(lines)


def differences(path: Path) -> list[str]:
    """Where the two differ, a line each; nothing where openpyxl refuses the file."""
    try:
        theirs = said_by_openpyxl(path)
    except Exception:  # it raises whatever its parsers meet
        return []
    try:
        ours = said_by_us(read_xlsx(path, path.read_bytes()))
    except Unreadable as refusal:
        return [f"refused: {refusal.details}"]
    if len(ours) != len(theirs):
        return [f"sheets: {[one.name for one in ours]}, openpyxl {[one.name for one in theirs]}"]
    return [line for pair in zip(ours, theirs, strict=True) for line in _between(*pair)]


def _between(ours: SaidSheet, theirs: SaidSheet) -> Iterator[str]:
    for name in SaidSheet._fields[:-1]:
        if getattr(ours, name) != getattr(theirs, name):
            yield f"{ours.name}: {name} {getattr(ours, name)}, openpyxl {getattr(theirs, name)}"
    for place in sorted(ours.cells.keys() | theirs.cells.keys()):
        mine, other = ours.cells.get(place), theirs.cells.get(place)
        if mine != other:
            yield f"{ours.name} {place}: {mine}, openpyxl {other}"


def main() -> int:
    """Tell every difference; 1 when there is any."""
    found = [f"{name}: {line}" for name in sys.argv[1:] for line in differences(Path(name))]
    print("\n".join(found) or "No difference.")
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
