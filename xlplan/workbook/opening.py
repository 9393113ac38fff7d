"""Open any spreadsheet safely: told by what it holds, bounded before it is unpacked, refused with a reason."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from xlplan.workbook.cells import Spreadsheet, Unreadable

MOST_BYTES = 200 * 1024 * 1024
"""The most that a workbook may unpack to: the largest master measured has a tenth of it."""

_MOST_PARTS = 5_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_STRICT = b"purl.oclc.org/ooxml"


def open_by_content(path: Path) -> Spreadsheet:
    """Open a file by its first bytes.

    Raises:
        Unreadable: password, corrupt, unsafe, empty, or no spreadsheet.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as trouble:
        raise Unreadable("file-not-spreadsheet", why=f"it cannot be opened ({trouble.strerror})") from trouble
    if not head:
        raise Unreadable("file-empty")
    if head.startswith(b"PK"):
        return _open_zip(path)
    if head.startswith(_OLE):
        return _open_ole(path)
    if _looks_like_text(path):
        from xlplan.workbook.from_csv import read_csv

        return read_csv(path)
    raise Unreadable("file-not-spreadsheet", why="nothing in it looks like one")


def _open_zip(path: Path) -> Spreadsheet:
    """An .xlsx, .xlsm, .xlsb or .ods: all are zip archives, told by a part that only they have."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            _check_safe(archive)
            strict = "xl/workbook.xml" in names and _STRICT in archive.read("xl/workbook.xml")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as trouble:
        raise Unreadable("file-not-spreadsheet", why="it is damaged") from trouble
    if "xl/workbook.xml" in names and not strict:
        from xlplan.workbook.from_openpyxl import read_xlsx

        return read_xlsx(path)
    if strict or "xl/workbook.bin" in names or "content.xml" in names:
        from xlplan.workbook.from_calamine import read_with_calamine

        return read_with_calamine(path)
    raise Unreadable("file-not-spreadsheet", why="it is an archive of something else")


def _check_safe(archive: zipfile.ZipFile) -> None:
    """Refuse bombs, locked archives and XML that defines entities, before anything is parsed."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise Unreadable("file-unsafe", why="it unpacks to far more than a plan can hold")
    for part in parts:
        if part.flag_bits & 0x1:
            raise Unreadable("file-password")
        if part.filename.endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as stream:
                if _ENTITY.search(stream.read(4096)):
                    raise Unreadable("file-unsafe", why="its XML defines entities, which no spreadsheet needs")


def _open_ole(path: Path) -> Spreadsheet:
    """An old .xls, or a workbook with a password, which has the same outer shape."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("file-password")
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Unreadable("file-not-spreadsheet", why="it is an older Office file of another kind")
    from xlplan.workbook.from_calamine import read_with_calamine

    return read_with_calamine(path)


def _looks_like_text(path: Path) -> bool:
    """Text with something that separates cells, and no byte that text does not have."""
    with path.open("rb") as stream:
        sample = stream.read(65_536)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in sample or sample.lstrip()[:1] in {b"<", b"{"} or sample.startswith((b"%PDF", b"{\\rtf")):
        return False
    return any(separator in sample for separator in (b",", b";", b"\t"))
