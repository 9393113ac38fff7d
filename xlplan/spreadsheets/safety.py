"""Refuse an archive that would hurt: bombs, locked parts, XML with declarations, cells merged over
a whole sheet.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from xlplan.spreadsheets.cells import Spreadsheet, Unreadable

MOST_BYTES = 200 * 1024 * 1024
"""The most that a workbook may weigh, packed or unpacked: the largest master measured has a tenth
of it.
"""

MOST_CELLS = 2_000_000
"""The most cells that a workbook may hold."""

_MOST_PARTS = 5_000
# Below this size it does not matter how tightly a part was packed.
_PLAIN_BYTES = 20 * 1024 * 1024
# Workbooks of repeated rows pack 60 to 1; bombs 1000 to 1.
_TIGHTEST = 200
# Cells under merged ranges, links and notes: openpyxl makes an object of each.
_MOST_COVERED = 300_000
_XML = (".xml", ".rels", ".vml")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY|doctype|entity)")
_COVERS = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink|comment)\b[^>]*>")
_RANGE = re.compile(
    rb"""\bref=["']\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?["']"""
)
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


@contextmanager
def damage_of_archives() -> Iterator[None]:
    """An archive whose directory points before the file is damaged, and not out of reach."""
    try:
        yield
    except OSError as trouble:
        raise zipfile.BadZipFile(str(trouble)) from trouble


def bounded(read: Callable[[Path], Spreadsheet]) -> Callable[[Path], Spreadsheet]:
    """A reader of archives that checks all of an archive before it reads any."""

    @wraps(read)
    def read_checked(path: Path) -> Spreadsheet:
        with damage_of_archives(), zipfile.ZipFile(path) as archive:
            check_archive(archive)
        return read(path)

    return read_checked


def check_archive(archive: zipfile.ZipFile) -> None:
    """Go through every part of XML once, within bounds, before anything is parsed.

    Raises:
        Unreadable: the archive is locked or unsafe.
        BadZipFile: a part is damaged, or longer than the archive says.
    """
    parts = archive.infolist()
    # So 7-Zip and WinZip lock an archive; Excel's own password wraps the file into another format.
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable("file-password")
    _check_size(parts)
    covered = sum(
        _check_xml(archive, part) for part in parts if part.filename.lower().endswith(_XML)
    )
    if covered > _MOST_COVERED:
        raise _unsafe("its merged cells or links cover whole sheets")


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    tight = unpacked > _PLAIN_BYTES and unpacked > packed * _TIGHTEST
    if len(parts) > _MOST_PARTS or unpacked > MOST_BYTES or tight:
        raise _unsafe("it unpacks to far more than a plan can hold")


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """Search a part; the number of cells that its ranges cover. Declarations may hide behind a long
    comment.
    """
    text = archive.read(part)
    # XML may be UTF-16, in which no declaration reads as these bytes.
    if encoding := _WIDE.get(text[:2]):
        text = text.decode(encoding, errors="replace").encode()
    if _DECLARES.search(text):
        raise _unsafe("its XML declares entities, which no spreadsheet needs")
    if not part.filename.startswith("xl/"):
        return 0
    return sum(_area(tag[0]) for tag in _COVERS.finditer(text))


def _area(tag: bytes) -> int:
    found = _RANGE.search(tag)
    # `A:XFD`, or letters written as `&#88;`: openpyxl would read both, and no program writes them.
    if not found:
        raise _unsafe("it names ranges in a way that no program does")
    left, top, right, bottom = found.groups()
    return (_column(right or left) - _column(left) + 1) * (int(bottom or top) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _unsafe(why: str) -> Unreadable:
    return Unreadable("file-unsafe", why=why)
