"""What leads do to a workbook, by hand or with another program: small edits on a real file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def edited(path: Path, edit: Callable[[Any], None], name: str = "edited.xlsx") -> Path:
    """The workbook after an edit, as another file beside it."""
    book = load_workbook(path)
    edit(book)
    out = path.with_name(name)
    book.save(out)
    return out


def places(sheet: Any) -> dict[str, int]:
    """Column numbers by id, from the key row of the actions."""
    row = next(
        row for row in sheet.iter_rows() if any(cell.value == "xlplan:token" for cell in row)
    )
    return {cell.value.removeprefix("xlplan:"): cell.column for cell in row if cell.value}


def row_of(sheet: Any, ref: str) -> int:
    """The row of an action."""
    column = places(sheet)["ref"]
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == ref)


def type_into(sheet: Any, ref: str, **typed: Any) -> None:
    """Type values into a row's columns, by id."""
    where, row = places(sheet), row_of(sheet, ref)
    for name, value in typed.items():
        sheet.cell(row, where[name]).value = value


def grid(sheet: Any) -> list[list[Any]]:
    """The values of a sheet, row by row."""
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
