"""The workbook that the plan was made from, read again for what the master must give back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.store import Store


def source_sheets(store: Store) -> Spreadsheet:
    """The office's own workbook as init read it."""
    name, data = store.source_file()
    with tempfile.TemporaryDirectory(prefix="xlplan-") as scratch:
        path = Path(scratch) / f"source{Path(name).suffix}"
        path.write_bytes(data)
        return open_spreadsheet(path)
