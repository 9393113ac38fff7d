"""Write a workbook of openpyxl as .xlsb, which no program at hand does in full: the binary records
of [MS-XLSB].
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_ERRORS = {
    "#NULL!": 0,
    "#DIV/0!": 7,
    "#VALUE!": 0x0F,
    "#REF!": 0x17,
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}
_STATES = {"visible": 0, "hidden": 1, "veryHidden": 2}
_STRIKES = 0x0008
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def as_xlsb(path: Path, results: Mapping[str, Any] | None = None) -> Path:
    """The workbook at `path` as an .xlsb beside it. `results` are those of formulas, by cell.

    A text beside another cell names no column of its own, as SheetJS writes them.
    """
    book = load_workbook(path, rich_text=True)
    out = path.with_suffix(".xlsb")
    with ZipFile(path) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for part in ("docProps/core.xml", "docProps/custom.xml"):
            if part in source.namelist():
                target.writestr(part, source.read(part))
        target.writestr("[Content_Types].xml", _TYPES)
        target.writestr(
            "_rels/.rels", _package(part in source.namelist() for part in ["docProps/custom.xml"])
        )
        _write_book(target, book, results or {})
    return out


def _package(custom: Iterable[bool]) -> str:
    found = [
        ("rId1", f"{_DOC}/officeDocument", "xl/workbook.bin"),
        ("rId2", _CORE, "docProps/core.xml"),
    ]
    return _relations(
        found + [("rId3", f"{_DOC}/custom-properties", "docProps/custom.xml")] * any(custom)
    )


def _relations(found: list[tuple[str, str, str]]) -> str:
    lines = (
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{_outside(target)}/>'
        for key, kind, target in found
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


def _outside(target: str) -> str:
    return ' TargetMode="External"' if "://" in target else ""


def _write_book(target: ZipFile, book: Workbook, results: Mapping[str, Any]) -> None:
    related = [("rIdS", f"{_DOC}/styles", "styles.bin")]
    sheets = b""
    for number, sheet in enumerate(book.worksheets, start=1):
        related.append((f"rId{number}", f"{_DOC}/worksheet", f"worksheets/sheet{number}.bin"))
        sheets += _record(
            156, struct.pack("<II", _STATES[sheet.sheet_state], number), f"rId{number}", sheet.title
        )
        _write_sheet(target, number, sheet, results)
    since_1904 = struct.pack("<III", int(book.epoch == CALENDAR_MAC_1904), 0, 0)
    bundle = _record(143) + sheets + _record(144)
    target.writestr(
        "xl/workbook.bin", _record(131) + _record(153, since_1904, "") + bundle + _record(132)
    )
    target.writestr("xl/_rels/workbook.bin.rels", _relations(related))
    target.writestr("xl/styles.bin", _styles(book))


def _styles(book: Any) -> bytes:
    """Two fonts, the second of which strikes; all formats; and for each style of the workbook its
    format and font.
    """
    fonts = b"".join(_record(43, struct.pack("<HH", 220, line)) for line in (0, _STRIKES))
    formats = b"".join(
        _record(44, struct.pack("<H", number), text)
        for number, text in enumerate(book._number_formats, start=164)
    )
    shapes = b"".join(
        _record(
            47,
            struct.pack(
                "<HHHHHBBH", 0, one.numFmtId, _struck(book._fonts[one.fontId]), 0, 0, 0, 0, 0
            ),
        )
        for one in book._cell_styles
    )
    return (
        _record(278)
        + formats
        + fonts
        + _record(617, struct.pack("<I", 1))
        + shapes
        + _record(618)
        + _record(279)
    )


def _struck(font: Any) -> int:
    return int(bool(font and font.strike))


def _write_sheet(target: ZipFile, number: int, sheet: Any, results: Mapping[str, Any]) -> None:
    rows, links, related = b"", b"", list[tuple[str, str, str]]()
    for cells in sheet.iter_rows():
        held = [cell for cell in cells if cell.value is not None]
        if held:
            rows += _record(0, struct.pack("<IIH3xI", cells[0].row - 1, 0, 300, 0))
            for before, cell in zip([None, *held], held, strict=False):
                beside = before is not None and before.column == cell.column - 1
                rows += _cell(cell, results.get(cell.coordinate, ""), beside=beside)
        for cell in (cell for cell in cells if getattr(cell, "hyperlink", None)):
            related.append((f"rIdL{len(related)}", f"{_DOC}/hyperlink", cell.hyperlink.target))
            links += _record(
                494, _range(cell), related[-1][0], cell.hyperlink.location or "", "", ""
            )
    notes = [
        cell for cells in sheet.iter_rows() for cell in cells if getattr(cell, "comment", None)
    ]
    if notes:
        related.append(("rIdC", f"{_DOC}/comments", f"../comments{number}.bin"))
        target.writestr(f"xl/comments{number}.bin", _notes(notes))
    size = _record(148, struct.pack("<IIII", 0, sheet.max_row - 1, 0, sheet.max_column - 1))
    merged = b"".join(
        _record(
            176,
            struct.pack(
                "<IIII", one.min_row - 1, one.max_row - 1, one.min_col - 1, one.max_col - 1
            ),
        )
        for one in sheet.merged_cells.ranges
    )
    hidden = b"".join(
        _record(60, struct.pack("<IIIIH", one.min - 1, one.max - 1, 0, 0, 1))
        for one in sheet.column_dimensions.values()
        if one.hidden
    )
    data = (
        _record(129)
        + size
        + hidden
        + _record(145)
        + rows
        + _record(146)
        + merged
        + links
        + _record(130)
    )
    target.writestr(f"xl/worksheets/sheet{number}.bin", data)
    if related:
        target.writestr(f"xl/worksheets/_rels/sheet{number}.bin.rels", _relations(related))


def _cell(cell: Any, result: Any, *, beside: bool) -> bytes:
    value, is_date = cell.value, isinstance(cell.value, datetime)
    head = struct.pack("<II", cell.column - 1, cell.style_id)
    if cell.data_type == "f":
        return _formula(head, result)
    if cell.data_type == "e":
        return _record(3, head + bytes([_ERRORS[value]]))
    if isinstance(value, bool):
        return _record(4, head + bytes([value]))
    if isinstance(value, int) and abs(value) < 2**29:
        return _record(2, head + struct.pack("<i", value << 2 | 2))
    if is_date or isinstance(value, int | float):
        return _record(
            5,
            head
            + struct.pack("<d", to_excel(value, cell.parent.parent.epoch) if is_date else value),  # type: ignore[no-untyped-call]  # openpyxl's
        )
    if isinstance(value, list):
        return _record(62, head + b"\1" + _wide(str(value)) + _runs(value))
    return _record(17, head[4:], value) if beside else _record(6, head, str(value))


def _runs(pieces: list[Any]) -> bytes:
    """From which letter on a piece's font holds."""
    data, place = struct.pack("<I", len(pieces)), 0
    for piece in pieces:
        data += struct.pack("<HH", place, _struck(getattr(piece, "font", None)))
        place += len(str(piece))
    return data


def _formula(head: bytes, result: Any) -> bytes:
    tail = struct.pack("<HII", 0, 0, 0)
    if isinstance(result, str) and result in _ERRORS:
        return _record(11, head + bytes([_ERRORS[result]]) + tail)
    if isinstance(result, str):
        return _record(8, head + _wide(result) + tail)
    return _record(9, head + struct.pack("<d", result) + tail)


def _notes(cells: list[Any]) -> bytes:
    data = _record(628) + _record(630) + _record(632, b"", "Lead") + _record(631) + _record(633)
    for cell in cells:
        data += _record(635, struct.pack("<I", 0) + _range(cell) + b"\0" * 16)
        data += _record(637, b"\0", cell.comment.text) + _record(636)
    return data + _record(634) + _record(629)


def _range(cell: Any) -> bytes:
    return struct.pack("<IIII", cell.row - 1, cell.row - 1, cell.column - 1, cell.column - 1)


def _wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _record(kind: int, data: bytes = b"", *texts: str) -> bytes:
    data += b"".join(map(_wide, texts))
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = b"", len(data)
    while True:
        left, low = left >> 7, left & 0x7F
        size += bytes([low | 0x80 if left else low])
        if not left:
            return head + size + data
