"""An assistant who puts the sheets of several leads into one workbook before sending them on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

MINE = {"Update", "Measures"}
"""The sheets of an update workbook that a lead fills in."""


def collated(
    folder: Path, *returns: Path, host: Path | None = None, name: str = "collated.xlsx"
) -> Path:
    """One workbook with the filled-in sheets of several, in their order.

    `host` is the one of them whose workbook the others were copied into: its hidden sheet, guide
    and properties are there. Without it the sheets were copied into a new workbook.
    """
    book = openpyxl.load_workbook(host) if host else openpyxl.Workbook()
    spare = [] if host else list(book.worksheets)
    for path in returns:
        theirs = [page for page in openpyxl.load_workbook(path) if page.title in MINE]
        for page in theirs:
            if path == host:
                book.move_sheet(page.title, len(book.sheetnames))
            else:
                copy_sheet(page, book, f"{page.title} {path.stem[-10:]}")
    for page in spare:
        book.remove(page)
    book.save(folder / name)
    return folder / name


def copy_sheet(page: Any, book: Any, title: str, *, rows: Iterable[int] = ()) -> Any:
    """A copy of a sheet's cells, where they stood, in another workbook; of all rows, or of some."""
    copy, wanted = book.create_sheet(title), set(rows)
    for cells in page.iter_rows():
        for cell in cells:
            if cell.value is not None and (not wanted or cell.row in wanted):
                copy.cell(cell.row, cell.column).value = cell.value
    return copy
