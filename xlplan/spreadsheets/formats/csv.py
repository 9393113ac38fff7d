"""Read .csv and .txt: in whatever encoding and with whatever separator the program that wrote it
thought right.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from xlplan.spreadsheets.cells import RawCell, Sheet, Spreadsheet, Unreadable
from xlplan.spreadsheets.kinds import Format
from xlplan.spreadsheets.safety import MOST_CELLS

_MOST_BYTES = 50 * 1024 * 1024
# The csv module refuses a field over 131,072 characters unless told otherwise.
_LONGEST_CELL = 1_000_000
# Excel writes `;` where the comma is the decimal sign, and tabs for "Unicode Text".
_SEPARATORS = ",;\t|"
_SAMPLED_ROWS = 50
_SUFFIXES = (".csv", ".txt", ".tsv", ".tab")


def read_csv(path: Path, data: bytes) -> Spreadsheet:
    """Read a text file as one sheet of text cells, named after the file.

    Raises:
        Unreadable: no text, no table, or far too large.
    """
    if len(data) > _MOST_BYTES:
        raise Unreadable("file-unsafe", why="it holds far more than a plan can")
    text, separator = _marked(_decoded(data))
    separator = separator or _separator(text)
    if not separator and path.suffix.lower() not in _SUFFIXES:
        raise Unreadable("file-not-spreadsheet", why="it is text, and no table")
    sheet = Sheet(path.stem)
    try:
        _fill(sheet, text, separator or ",")
    except csv.Error as trouble:
        raise Unreadable("file-not-spreadsheet", why=f"it is no table ({trouble})") from trouble
    return Spreadsheet(path, [sheet])


def _fill(sheet: Sheet, text: str, separator: str) -> None:
    for row, values in enumerate(_rows(text, separator), start=1):
        for column, value in enumerate(values, start=1):
            if value.strip():
                # Within a cell Windows breaks lines with CR LF, a Mac with CR.
                lines = value.replace("\r\n", "\n").replace("\r", "\n")
                sheet.cells[row, column] = RawCell(row, column, lines)
        if len(sheet.cells) > MOST_CELLS:
            raise Unreadable("file-unsafe", why="it holds far more than a plan can")


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    return iter(csv.reader(StringIO(text, newline=""), delimiter=separator))


def _decoded(data: bytes) -> str:
    """Text by its mark, else UTF-8, else as Windows writes it in western Europe.

    Raises:
        Unreadable: it holds bytes that text does not.
    """
    # Excel's "Unicode Text" is UTF-16; "CSV UTF-8" begins with a mark, plain "CSV" is cp1252.
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    sample = text[:65_536]
    odd = sum(letter < " " and letter not in "\t\n\r\x0b\x0c" for letter in sample)
    if "\x00" in sample or odd * 100 > len(sample):
        raise Unreadable("file-not-spreadsheet", why="nothing in it looks like one")
    # Portals export web pages under the name .xls, which Excel opens with a warning.
    if sample.lstrip()[:1] in {"<", "{"}:
        raise Unreadable(
            "file-not-spreadsheet", why="it is a web page or data file with another name"
        )
    return text


def _marked(text: str) -> tuple[str, str]:
    """Excel may be told the separator by a first line `sep=;`, which is no row."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"')
    if line.lower().startswith("sep=") and len(line) == 5:
        return rest, line[4]
    return text, ""


def _separator(text: str) -> str:
    """The separator that most rows of the beginning agree on, by the number of cells that it gives;
    "" for none.
    """
    best = ("", 0)
    for separator in _SEPARATORS:
        try:
            widths = Counter(
                len(row) for row in islice(_rows(text, separator), _SAMPLED_ROWS) if row
            )
        except csv.Error:
            continue
        split = sum(count * (width - 1) for width, count in widths.items())
        agreed = max((count for width, count in widths.items() if width > 1), default=0)
        if split and split * agreed > best[1]:
            best = (separator, split * agreed)
    return best[0]


CSV = Format(_SUFFIXES, lambda _: True, read_csv)
"""Text has no mark of its own: it is what no other format recognises."""
