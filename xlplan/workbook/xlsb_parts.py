"""What calamine does not tell of an .xlsb: error values, which cells are formulas, notes, threads, links.

The parts are binary records [MS-XLSB]: a kind and a size of one to four bytes, seven bits each, and what they hold.
"""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from zipfile import ZipFile

from xlplan.workbook.cell_extras import address_of
from xlplan.workbook.cells import Sheet
from xlplan.workbook.ooxml_parts import Place, elements_of
from xlplan.workbook.ooxml_threads import threads
from xlplan.workbook.openpyxl_cells import read_comment

_ROW, _ERROR, _FORMULA_ERROR, _SHEET, _LINK, _COMMENT, _COMMENT_TEXT = 0, 3, 11, 156, 494, 635, 637
_FORMULAS = {8, 9, 10, 11}
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class _Bytes:
    """One record's content, read from its beginning on."""

    data: bytes
    place: int = 0

    def numbers(self, shape: str) -> tuple[Any, ...]:
        """What stands next, by `struct`."""
        found = struct.unpack_from(f"<{shape}", self.data, self.place)
        self.place += struct.calcsize(f"<{shape}")
        return found

    def text(self) -> str:
        """A text with its length before it; "" for one that is not there."""
        (length,) = self.numbers("I")
        if length == 0xFFFFFFFF:
            return ""
        start, self.place = self.place, self.place + 2 * length
        return self.data[start : self.place].decode("utf-16-le", "replace")


def put_what_calamine_hides(archive: ZipFile, sheets: list[Sheet]) -> None:
    """Complete the cells of sheets that calamine has read. A part that cannot be read leaves them as they are."""
    parts = _sheet_parts(archive)
    said = threads(archive, parts)
    for sheet in sheets:
        part = parts.get(sheet.name, "")
        facts: dict[Place, dict[str, Any]] = {}
        with suppress(KeyError, struct.error):
            _read_sheet(archive, part, facts)
        for place, text in said.get(sheet.name, {}).items():
            facts.setdefault(place, {})["comment"] = text
        for place, more in facts.items():
            sheet.cells[place] = replace(sheet.cell(*place), **more)


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    targets = _relations(archive, "xl/workbook.bin")
    parts = {}
    for kind, record in _records(archive.read("xl/workbook.bin")):
        if kind == _SHEET:
            record.numbers("II")
            relation, name = record.text(), record.text()
            parts[name] = targets.get(relation, ("", ""))[1]
    return parts


def _relations(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part relates to: by its id the kind and the part, or the address outside."""
    folder, name = posixpath.split(part)
    found = {}
    for one in elements_of(archive, f"{folder}/_rels/{name}.rels"):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[one.get("Id", "")] = (one.get("Type", ""), target)
    return found


def _read_sheet(archive: ZipFile, part: str, facts: dict[Place, dict[str, Any]]) -> None:
    relations = _relations(archive, part)
    row = 0
    for kind, record in _records(archive.read(part)):
        if kind == _ROW:
            row = record.numbers("I")[0] + 1
        elif kind == _ERROR or kind in _FORMULAS:
            column, _ = record.numbers("II")
            fact = facts.setdefault((row, column + 1), {})
            if kind in {_ERROR, _FORMULA_ERROR}:
                fact |= {"error": True, "value": _ERRORS.get(record.numbers("B")[0], "#ERROR!")}
            if kind in _FORMULAS:
                fact["formula"] = "="
        elif kind == _LINK:
            top, _, left, _ = record.numbers("IIII")
            target, place = record.text(), record.text()
            facts.setdefault((top + 1, left + 1), {})["link"] = address_of(relations.get(target, ("", ""))[1], place)
    for kind_of_part, target in relations.values():
        if kind_of_part.endswith("/comments"):
            for at, text in _comments(archive.read(target)):
                facts.setdefault(at, {})["comment"] = text


def _comments(data: bytes) -> Iterator[tuple[Place, str]]:
    place = (0, 0)
    for kind, record in _records(data):
        if kind == _COMMENT:
            _, top, _, left, _ = record.numbers("IIIII")
            place = (top + 1, left + 1)
        elif kind == _COMMENT_TEXT:
            record.numbers("B")
            if text := read_comment(record.text()):
                yield place, text


def _records(data: bytes) -> Iterator[tuple[int, _Bytes]]:
    place = 0
    while place < len(data):
        kind, size = data[place], 0
        place += 1
        if kind & 0x80 and place < len(data):
            kind, place = (kind & 0x7F) | (data[place] << 7), place + 1
        for step in range(4):
            if place >= len(data):
                return
            byte, place = data[place], place + 1
            size |= (byte & 0x7F) << (7 * step)
            if not byte & 0x80:
                break
        yield kind, _Bytes(data[place : place + size])
        place += size
