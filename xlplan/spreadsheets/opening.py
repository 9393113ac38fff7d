"""Open any spreadsheet safely: told by what it holds, bounded before it is unpacked, refused with a
reason.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from xlplan.spreadsheets.cells import Spreadsheet, Unreadable
from xlplan.spreadsheets.safety import MOST_BYTES, check_archive

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "it is a PDF",
    b"{\\rtf": "it is a text document (RTF)",
    b"\x89PNG": "it is a picture",
    b"\xff\xd8\xff": "it is a picture",
    b"GIF8": "it is a picture",
    b"Rar!": "it is an archive (RAR)",
    b"7z\xbc\xaf": "it is an archive (7z)",
}
_OLE_OTHERS = {
    "WordDocument": "it is a Word document",
    "PowerPoint Document": "it is a presentation",
}
_OOXML_OTHERS = {"word/": "it is a Word document", "ppt/": "it is a presentation"}
_ODF_SHEET = b"opendocument.spreadsheet"
_STRICT = b"purl.oclc.org/ooxml"

_DAMAGED = "it is damaged or not complete"

Reader = Callable[[Path], Spreadsheet]


def open_by_content(path: Path) -> Spreadsheet:
    """Open a file by what its first bytes say.

    Raises:
        Unreadable: password, corrupt, unsafe, empty, or no spreadsheet.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        size = path.stat().st_size
        return _reader(path, head, size)(path)
    except Unreadable:
        raise
    except zipfile.BadZipFile as trouble:
        raise _not_one(_DAMAGED) from trouble
    except OSError as trouble:
        raise _not_one(f"it cannot be opened ({trouble.strerror or trouble})") from trouble
    except MemoryError as trouble:
        raise Unreadable(
            "file-unsafe", why="it unpacks to more than this computer can hold"
        ) from trouble
    except (
        Exception
    ) as trouble:  # what unpackers and parsers meet in a damaged file is anybody's guess
        raise _not_one(_DAMAGED) from trouble


def holds_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook by what they hold, whatever name they came under. Text never
    tells.
    """
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                names = set(archive.namelist())
                return bool(names & {"xl/workbook.xml", "xl/workbook.bin"}) or (
                    "mimetype" in names and _ODF_SHEET in archive.open("mimetype").read(200)
                )
        except (
            Exception
        ):  # a damaged archive may raise anything: whoever opens it says what is wrong
            return False
    others = any(_names(data, name) for name in _OLE_OTHERS)
    return data.startswith(_OLE) and _names(data, "Workbook") and not others


def is_locked(data: bytes) -> bool:
    """Whether bytes are a document of Office with a password."""
    return data.startswith(_OLE) and _names(data, "EncryptedPackage")


def _reader(path: Path, head: bytes, size: int) -> Reader:
    if size == 0:
        raise Unreadable("file-empty")
    if size > MOST_BYTES:
        raise Unreadable("file-unsafe", why="it is larger than 200 MB")
    if head.startswith(b"PK"):
        return _zip_reader(path)
    if head.startswith(_OLE):
        return _ole_reader(path)
    for magic, why in _OTHERS.items():
        if head.startswith(magic):
            raise _not_one(why)
    from xlplan.spreadsheets.formats.csv import read_csv

    return read_csv


def _zip_reader(path: Path) -> Reader:
    """An .xlsx, .xlsm, .xlsb or .ods: all are zip archives, told by the parts that only they
    have.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _told_by_parts(archive)
    except OSError as bad:
        raise _not_one(_DAMAGED) from bad


def _told_by_parts(archive: zipfile.ZipFile) -> Reader:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        check_archive(archive)
        from xlplan.spreadsheets.formats.xlsx import read_strict_xlsx, read_xlsx

        return read_strict_xlsx if _STRICT in archive.read("xl/workbook.xml") else read_xlsx
    if "xl/workbook.bin" in names:
        check_archive(archive)
        from xlplan.spreadsheets.formats.xlsb import read_xlsb

        return read_xlsb
    if "content.xml" in names and _is_ods(archive, names):
        check_archive(archive)
        from xlplan.spreadsheets.formats.ods import read_ods

        return read_ods
    for folder, why in _OOXML_OTHERS.items():
        if any(name.startswith(folder) for name in names):
            raise _not_one(why)
    if any(name.endswith(".iwa") for name in names):
        raise _not_one(
            "it is a document of Apple Numbers or Pages, which has to be exported to Excel first"
        )
    raise _not_one("it is an archive, and none of a spreadsheet")


def _is_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """A spreadsheet of OpenDocument, locked or not. A text document of it has the same parts."""
    told = {"mimetype", "META-INF/manifest.xml"} & names
    heads = []
    for name in told:
        with archive.open(name) as stream:
            heads.append(stream.read(100_000))
    if not any(_ODF_SHEET in head for head in heads):
        return False
    if any(b"encryption-data" in head for head in heads):
        raise Unreadable("file-password")
    return True


def _ole_reader(path: Path) -> Reader:
    """An old .xls, or a workbook with a password, which has the same outer shape."""
    data = path.read_bytes()
    if is_locked(data):
        raise Unreadable("file-password")
    if not (_names(data, "Workbook") or _names(data, "Book")):
        why = next(
            (why for name, why in _OLE_OTHERS.items() if _names(data, name)),
            "it is an Office file of another kind",
        )
        raise _not_one(why)
    from xlplan.spreadsheets.formats.xls import read_xls

    return read_xls


def _names(data: bytes, stream: str) -> bool:
    """Whether the file's directory has a stream with this name."""
    return stream.encode("utf-16-le") + b"\x00\x00" in data


def _not_one(why: str) -> Unreadable:
    return Unreadable("file-not-spreadsheet", why=why)


def open_spreadsheet(path: Path) -> Spreadsheet:
    """Open a file by what it holds, not by its name: .xlsx .xlsm .xls .xlsb .ods .csv.

    Bounds its size before unpacking, runs no macro, resolves no link or XML entity.

    Raises:
        Unreadable: password, corrupt, a zip bomb, empty, not a spreadsheet.
    """
    from xlplan.spreadsheets.opening import open_by_content

    return open_by_content(path)
