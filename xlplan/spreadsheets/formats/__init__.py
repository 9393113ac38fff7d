"""The formats that are read, a file or two each, and what else comes under their names."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from xlplan.spreadsheets.cells import Spreadsheet, Unreadable
from xlplan.spreadsheets.formats.csv import CSV
from xlplan.spreadsheets.formats.default_password import unlocked
from xlplan.spreadsheets.formats.ods import ODS
from xlplan.spreadsheets.formats.openxml.xlsb import XLSB
from xlplan.spreadsheets.formats.openxml.xlsx import XLSX
from xlplan.spreadsheets.formats.xls import XLS
from xlplan.spreadsheets.kinds import FileContents, Format, refused


def _other(why: str, *heads: bytes) -> Format:
    """A file that is told by its first bytes, and is no spreadsheet."""
    return refused(
        lambda contents: contents.head.startswith(heads), "file-not-spreadsheet", why=why
    )


def _is_word(contents: FileContents) -> bool:
    return contents.has_folder("word/") or contents.has_stream("WordDocument")


def _is_presentation(contents: FileContents) -> bool:
    return contents.has_folder("ppt/") or contents.has_stream("PowerPoint Document")


def _is_iwork(contents: FileContents) -> bool:
    # Numbers and Pages of an iPad or Mac pack their parts so; only they can unpack them.
    return any(part.endswith(".iwa") for part in contents.parts)


def _read_locked(path: Path, data: bytes) -> Spreadsheet:
    """Read a workbook in which nobody set a password; raises as its format does, and Unreadable
    where somebody did.
    """
    plain = unlocked(data)
    contents = FileContents(BytesIO(plain or b""))
    inside = next((known for known in (XLSX, XLSB) if known.recognises(contents)), None)
    if not plain or not inside:
        raise Unreadable("file-password")
    return inside.read(path, plain)


# Excel wraps an .xlsx, .xlsm or .xlsb with a password into an old Office file.
LOCKED = Format((), lambda contents: contents.has_stream("EncryptedPackage"), _read_locked)
WORKBOOKS = (LOCKED, XLSX, XLSB, ODS, XLS)
"""Kinds that are workbooks by what they hold; text may be anything."""
DOCUMENTS = (
    refused(_is_word, "file-not-spreadsheet", why="it is a Word document"),
    refused(_is_presentation, "file-not-spreadsheet", why="it is a presentation"),
)
FORMATS: tuple[Format, ...] = (
    *WORKBOOKS,
    *DOCUMENTS,
    refused(
        _is_iwork,
        "file-not-spreadsheet",
        why="it is a document of Apple Numbers or Pages, which has to be exported to Excel first",
    ),
    refused(
        lambda contents: contents.is_ole,
        "file-not-spreadsheet",
        why="it is an Office file of another kind",
    ),
    _other("it is an archive, and none of a spreadsheet", b"PK"),
    _other("it is a PDF", b"%PDF"),
    _other("it is a text document (RTF)", b"{\\rtf"),
    _other("it is a picture", b"\x89PNG", b"\xff\xd8\xff", b"GIF8"),
    _other("it is an archive (RAR)", b"Rar!"),
    _other("it is an archive (7z)", b"7z\xbc\xaf"),
    CSV,
)
"""In the order in which a file is held against them: the first that recognises it reads it."""
