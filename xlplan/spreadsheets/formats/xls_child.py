"""The child process of `xls`: gets one .xls on stdin, writes its cells to stdout as JSON.

Some files make a reader abort or go on without end: that ends only this process. It is run as a
script with nothing but the standard library, xlrd and calamine, so that no file beside a returned
workbook can stand in for a module.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

MEMORY = 3 * 1024**3
"""Bytes that reading may take; a far stray cell asks for more than any computer has."""
SECONDS = 60
"""Seconds of computing, however long the clock runs meanwhile: a busy computer is no endless
file.
"""
_EMPTY, _TEXT, _NUMBER, _DATE, _TRUTH, _ERROR, _BLANK = range(7)
_BOF, _EOF, _FORMULA = 0x0809, 0x000A, 0x0006
_DRAWING, _OBJECT, _OBJECT_TEXT, _CONTINUE = 0x00EC, 0x005D, 0x01B6, 0x003C
_ANCHOR = b"\x10\xf0\x12\x00\x00\x00"
"""How the place of a drawn thing opens: its kind, and that 18 bytes follow, from the third on
column and row.
"""
_NOTE = 0x19
"""The kind of the boxes that notes on cells stand in: those are told with their cells."""


def main() -> None:
    """Write `read` with the sheets, or what kept the file from being read: `password`, `damaged`,
    `memory`.
    """
    _bound()
    data = sys.stdin.buffer.read()
    try:
        found = _read_xls(data) or _read_with_calamine(data)
    except MemoryError:
        found = {"outcome": "memory"}
    json.dump(found, sys.stdout)


def _bound() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such bounds; there the process ends by itself
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _read_xls(data: bytes) -> dict[str, Any] | None:
    """An .xls with all that its cells say; None for one that xlrd cannot read, which
    calamine may.
    """
    import xlrd

    try:
        # On demand, so that the bytes are still there when the formulas are looked for.
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            logfile=sys.stderr,
        )
        sheets = book.sheets()
    except MemoryError:
        raise
    except Exception as trouble:  # xlrd raises whatever its parsers meet in a damaged file
        return {"outcome": "password"} if "encrypted" in str(trouble) else None
    found = [
        _xls_sheet(book, sheet, start)
        for sheet, start in zip(sheets, book._sh_abs_posn, strict=True)
    ]
    return {"outcome": "read", "since_1904": book.datemode == 1, "sheets": found}


def _xls_sheet(book: Any, sheet: Any, start: int) -> dict[str, Any]:
    formulas = set(_formulas(book.mem, start))
    places = {(row, column) for row in range(sheet.nrows) for column in range(sheet.row_len(row))}
    places |= set(sheet.cell_note_map) | set(sheet.hyperlink_map)
    found = (
        _xls_cell(book, sheet, place, is_formula=place in formulas) for place in sorted(places)
    )
    return {
        "name": sheet.name,
        "hidden": bool(sheet.visibility),
        "hidden_columns": [
            column + 1
            for column, look in sheet.colinfo_map.items()
            if look.hidden and column < sheet.ncols
        ],
        "merged": [
            [top + 1, left + 1, bottom, right] for top, bottom, left, right in sheet.merged_cells
        ],
        "cells": [cell for cell in found if cell],
        "boxes": list(_boxes(book.mem, start)),
    }


def _formulas(stream: bytes, place: int) -> Iterator[tuple[int, int]]:
    """The places of a sheet's formulas; what stands in the file is told by xlrd only as a
    result.
    """
    for kind, content in _records(stream, place):
        if kind == _FORMULA and len(content) >= 4:
            yield struct.unpack_from("<HH", content)


def _boxes(stream: bytes, place: int) -> Iterator[tuple[int, int, str]]:
    """Text boxes and shapes that say something: row, column, text. No cell knows of them, nor does
    xlrd.
    """
    row = column = what = length = 0
    text = ""
    for kind, content in _records(stream, place):
        if (
            kind == _DRAWING
            and (found := content.find(_ANCHOR)) >= 0
            and len(content) >= found + 14
        ):
            column, _, row = struct.unpack_from("<HHH", content, found + 8)
        elif kind == _OBJECT and len(content) >= 6:
            (what,) = struct.unpack_from("<H", content, 4)
        elif kind == _OBJECT_TEXT and len(content) >= 12:
            (length,) = struct.unpack_from("<H", content, 10)
            text = ""
        elif kind == _CONTINUE and length and content:
            # The first byte of each piece says whether its letters take one byte or two.
            text += content[1:].decode("utf-16-le" if content[0] & 1 else "cp1252", "replace")[
                :length
            ]
            if len(text) >= length:
                length = 0
                if what != _NOTE and text.strip():
                    yield row + 1, column + 1, text.strip()
        elif kind != _CONTINUE:
            length = 0


def _records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """The records of the sheet that opens at a place, without those of charts in it."""
    # A chart in a sheet is a stream of its own within it, with records of the same kinds.
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _xls_cell(
    book: Any, sheet: Any, place: tuple[int, int], *, is_formula: bool
) -> list[Any] | None:
    """[row, column, kind, plain value, what else the cell says]; None when nothing stands in it."""
    row, column = place
    there = row < sheet.nrows and column < sheet.row_len(row)
    cell = sheet.cell(row, column) if there else None
    shape = book.xf_list[cell.xf_index] if cell else None
    more: dict[str, Any] = {}
    kind, value = _xls_value(cell, book.datemode) if cell else ("plain", None)
    note, link = sheet.cell_note_map.get(place), sheet.hyperlink_map.get(place)
    if note and note.text.strip():
        more["comment"] = note.text.strip()
    if link:
        more["link"] = [_decoded(link.url_or_path), _decoded(link.textmark)]
    if value in ("", None) and not is_formula and not more:
        return None
    if cell and cell.ctype == _ERROR:
        more["error"] = True
    if is_formula and cell and cell.ctype != _TRUTH:
        more["formula"] = "="
    if shape and (written := book.format_map[shape.format_key].format_str) != "General":
        more["number_format"] = written
    if shape and value not in ("", None):
        more["pieces"] = _pieces(book, sheet, place, str(value), shape.font_index)
    return [row + 1, column + 1, kind, value, more]


def _xls_value(cell: Any, datemode: int) -> tuple[str, Any]:
    import xlrd

    if cell.ctype == _ERROR:
        return "plain", xlrd.error_text_from_code.get(cell.value, "#ERROR!")
    if cell.ctype == _TRUTH:
        return "plain", bool(cell.value)
    if cell.ctype == _DATE:
        try:
            read = xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.XLDateError, OverflowError, ValueError):
            return "plain", cell.value
        return _plain(read.time() if 0 <= cell.value < 1 else read)
    if cell.ctype == _NUMBER and cell.value.is_integer() and abs(cell.value) < 1e15:
        return "plain", int(cell.value)
    return "plain", cell.value if cell.ctype in {_TEXT, _NUMBER} else None


def _pieces(
    book: Any, sheet: Any, place: tuple[int, int], text: str, font: int
) -> list[tuple[str, bool]]:
    """The text in pieces, each struck through or not; none where nothing is."""
    runs = [(0, font), *sheet.rich_text_runlist_map.get(place, ())]
    ends = [start for start, _ in runs[1:]] + [len(text)]
    struck = [bool(book.font_list[number].struck_out) for _, number in runs]
    pieces = [
        (text[start:end], line) for (start, _), end, line in zip(runs, ends, struck, strict=True)
    ]
    return pieces if any(struck) else []


def _decoded(text: Any) -> str:
    return text.decode("cp1252", "replace") if isinstance(text, bytes) else text or ""


def _read_with_calamine(data: bytes) -> dict[str, Any]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        return {
            "outcome": "read",
            "sheets": [_sheet(book, sheet) for sheet in book.sheets_metadata if _has_cells(sheet)],
        }
    except python_calamine.PasswordError:
        return {"outcome": "password"}
    except MemoryError:
        raise
    except Exception as trouble:
        return {"outcome": "damaged", "why": str(trouble)}
    except BaseException as trouble:
        # So its Rust says that it met what no file should hold; the class is not to be imported.
        if type(trouble).__name__ != "PanicException":
            raise
        return {"outcome": "damaged", "why": str(trouble)}


def _has_cells(metadata: Any) -> bool:
    return str(metadata.typ).endswith(".WorkSheet")


def _sheet(book: Any, metadata: Any) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(metadata.name)
    top, left = sheet.start or (0, 0)
    return {
        "name": metadata.name,
        "hidden": not str(metadata.visible).endswith(".Visible"),
        "merged": [
            [a[0] + 1, a[1] + 1, b[0] + 1, b[1] + 1] for a, b in sheet.merged_cell_ranges or []
        ],
        "cells": [
            [top + row + 1, left + column + 1, *_plain(value), {}]
            for row, values in enumerate(sheet.to_python(skip_empty_area=True))
            for column, value in enumerate(values)
            if value not in ("", None)
        ],
    }


def _plain(value: Any) -> tuple[str, Any]:
    """A value and what it is, as JSON can carry it."""
    if isinstance(value, timedelta):
        return "text", str(value)
    if isinstance(value, datetime | date | time):
        return type(value).__name__, value.isoformat()
    return "plain", value


if __name__ == "__main__":
    main()
