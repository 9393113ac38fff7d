"""Refuse an archive that would hurt: bombs, locked parts, XML with declarations."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import BytesIO
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
_XML = (".xml", ".rels", ".vml")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY|doctype|entity)")
_LONGEST = len("<!DOCTYPE")
_PIECE = 1024 * 1024
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}


@contextmanager
def damage_of_archives() -> Iterator[None]:
    """An archive whose directory points before the file is damaged, and not out of reach."""
    try:
        yield
    except OSError as trouble:
        raise zipfile.BadZipFile(str(trouble)) from trouble


def bounded(
    read: Callable[[Path, zipfile.ZipFile], Spreadsheet],
) -> Callable[[Path, bytes], Spreadsheet]:
    """A reader of bytes that checks all of an archive before `read` gets it."""

    @wraps(read)
    def read_checked(path: Path, data: bytes) -> Spreadsheet:
        with damage_of_archives(), zipfile.ZipFile(BytesIO(data)) as archive:
            check_archive(archive)
            return read(path, archive)

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
    for part in parts:
        if part.filename.lower().endswith(_XML):
            _check_xml(archive, part)


def _check_size(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    tight = unpacked > _PLAIN_BYTES and unpacked > packed * _TIGHTEST
    if len(parts) > _MOST_PARTS or unpacked > MOST_BYTES or tight:
        raise _unsafe("it unpacks to far more than a plan can hold")


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Search a part for declarations, which may hide behind a long comment."""
    with archive.open(part) as stream:
        piece = stream.read(_PIECE)
        # XML may be UTF-16, in which no declaration reads as these bytes.
        encoding = _WIDE.get(piece[:2])
        wide = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        end = b""
        while piece:
            text = end + (wide.decode(piece).encode() if wide else piece)
            if _DECLARES.search(text):
                raise _unsafe("its XML declares entities, which no spreadsheet needs")
            end, piece = text[-_LONGEST:], stream.read(_PIECE)


def _unsafe(why: str) -> Unreadable:
    return Unreadable("file-unsafe", why=why)
