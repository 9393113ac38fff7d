"""The workbook that the plan was made from, read again for what the master must give back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.store import Store

MOST_OPEN = 4
"""Sources that stay open in a process; one that holds more plans opens the oldest again."""

_open: dict[tuple[str, str], Spreadsheet] = {}
"""Sources by hash and suffix: what a hash names never changes, so none of them grows stale."""


def source_sheets(store: Store) -> Spreadsheet:
    """The office's own workbook as init read it, opened once a process: merge, its master and its
    report share it. Nobody may change what it holds.
    """
    name, sha256 = store.source_name()
    source = sha256, Path(name).suffix
    opened = _open.get(source)
    if opened is None:
        opened = _opened(*store.source_file())
        while len(_open) >= MOST_OPEN:
            _open.pop(next(iter(_open)), None)
        _open[source] = opened
    return opened


def _opened(name: str, data: bytes) -> Spreadsheet:
    with tempfile.TemporaryDirectory(prefix="xlplan-") as scratch:
        path = Path(scratch) / f"source{Path(name).suffix}"
        path.write_bytes(data)
        return open_spreadsheet(path)
