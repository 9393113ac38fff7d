"""Read .csv: in whatever encoding and with whatever separator the program that wrote it thought right."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from xlplan.workbook.cells import RawCell, Sheet, Spreadsheet, Unreadable

_MOST_BYTES = 50 * 1024 * 1024


def read_csv(path: Path) -> Spreadsheet:
    """Read a text file as one sheet of text cells.

    Raises:
        Unreadable: far too large.
    """
    data = path.read_bytes()
    if len(data) > _MOST_BYTES:
        raise Unreadable("file-unsafe", why="it holds far more than a plan can")
    text = _decoded(data)
    csv.field_size_limit(1_000_000)
    sheet = Sheet(path.stem)
    try:
        for row, values in enumerate(csv.reader(StringIO(text, newline=""), delimiter=_separator(text)), start=1):
            for column, value in enumerate(values, start=1):
                if value.strip():
                    sheet.cells[row, column] = RawCell(row, column, value.replace("\r\n", "\n"))
    except csv.Error as trouble:
        raise Unreadable("file-not-spreadsheet", why=f"it is no table ({trouble})") from trouble
    return Spreadsheet(path, [sheet])


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The one of comma, semicolon and tab that stands most often outside quotes in the first lines."""
    outside = "".join(text[:20_000].split('"')[::2])
    return max(",;\t", key=outside.count)
