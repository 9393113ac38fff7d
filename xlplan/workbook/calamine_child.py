"""The child process of `from_calamine`: reads one file, writes its cells to stdout. A crash here ends only this."""

from __future__ import annotations

import pickle
import sys
from datetime import timedelta
from typing import Any


def read(path: str) -> tuple[str, Any]:
    """`read` with the sheets, or what kept it from being read: `password`, `damaged`."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        return "read", [_sheet(book, metadata) for metadata in book.sheets_metadata]
    except python_calamine.PasswordError:
        return "password", None
    except (python_calamine.CalamineError, OSError, ValueError):
        return "damaged", None


def _sheet(book: Any, metadata: Any) -> tuple[str, bool, list[tuple[int, int, int, int]], list[tuple[int, int, Any]]]:
    sheet = book.get_sheet_by_name(metadata.name)
    top, left = sheet.start or (0, 0)
    cells = [
        (top + row + 1, left + column + 1, _plain(value))
        for row, values in enumerate(sheet.to_python(skip_empty_area=True))
        for column, value in enumerate(values)
        if value not in ("", None)
    ]
    merged = [(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in sheet.merged_cell_ranges or []]
    return metadata.name, "Visible" not in str(metadata.visible), merged, cells


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, timedelta) else value


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(read(sys.argv[1])))
