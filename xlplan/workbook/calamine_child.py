"""The child process of `from_calamine`: reads one file, writes its cells to stdout as JSON. A crash ends only this.

It is run as a script with nothing but the standard library and calamine, so that no file beside a returned workbook
can stand in for a module.
"""

from __future__ import annotations

import json
import sys
from datetime import date, time, timedelta
from typing import Any

MEMORY = 3 * 1024**3
"""Bytes that reading may take; a far stray cell asks for more than any computer has."""


def main(path: str) -> None:
    """Write `read` with the sheets, or what kept the file from being read: `password`, `damaged`."""
    _bound_memory()
    json.dump(_read(path), sys.stdout)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bound; there the process ends by itself
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _read(path: str) -> dict[str, Any]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        return {"outcome": "read", "sheets": [_sheet(book, one) for one in book.sheets_metadata if _has_cells(one)]}
    except python_calamine.PasswordError:
        return {"outcome": "password"}
    except Exception as trouble:
        return {"outcome": "damaged", "why": str(trouble)}


def _has_cells(metadata: Any) -> bool:
    return str(metadata.typ).endswith(".WorkSheet")


def _sheet(book: Any, metadata: Any) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(metadata.name)
    top, left = sheet.start or (0, 0)
    return {
        "name": metadata.name,
        "hidden": not str(metadata.visible).endswith(".Visible"),
        "merged": [[a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1] for a, b in sheet.merged_cell_ranges or []],
        "cells": [
            [top + row + 1, left + column + 1, *_plain(value)]
            for row, values in enumerate(sheet.to_python(skip_empty_area=True))
            for column, value in enumerate(values)
            if value not in ("", None)
        ],
    }


def _plain(value: Any) -> tuple[str, Any]:
    """A value and what it is, as JSON can carry it."""
    if isinstance(value, timedelta):
        return "text", str(value)
    if isinstance(value, date | time):
        return type(value).__name__, value.isoformat()
    return "plain", value


if __name__ == "__main__":
    main(sys.argv[1])
