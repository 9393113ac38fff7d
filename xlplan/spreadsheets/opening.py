"""Open any spreadsheet safely: recognised by what it holds, bounded before it is unpacked, refused
with a reason.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from xlplan.spreadsheets.cells import Spreadsheet, Unreadable
from xlplan.spreadsheets.formats import DOCUMENTS, FORMATS, LOCKED, WORKBOOKS
from xlplan.spreadsheets.kinds import FileContents, Format
from xlplan.spreadsheets.safety import MOST_BYTES

_DAMAGED = "it is damaged or not complete"


def open_spreadsheet(path: Path) -> Spreadsheet:
    """Open a file by what it holds, not by its name: .xlsx .xlsm .xls .xlsb .ods .csv.

    Bounds its size before unpacking, runs no macro, resolves no link or XML entity.

    Raises:
        Unreadable: password, corrupt, a zip bomb, empty, not a spreadsheet.
    """
    try:
        data = _bytes_of(path)
        return _format_of(FileContents(BytesIO(data))).read(path, data)
    except Unreadable:
        raise
    except zipfile.BadZipFile as trouble:
        raise Unreadable("file-not-spreadsheet", why=_DAMAGED) from trouble
    except OSError as trouble:
        # A synced drive may hold the name alone, and fetch the content only while it is online.
        why = f"it cannot be opened ({trouble.strerror or trouble})"
        raise Unreadable("file-not-spreadsheet", why=why) from trouble
    except MemoryError as trouble:
        why = "it unpacks to more than this computer can hold"
        raise Unreadable("file-unsafe", why=why) from trouble
    except Exception as trouble:
        # What unpackers and parsers meet in a damaged file is anybody's guess.
        raise Unreadable("file-not-spreadsheet", why=_DAMAGED) from trouble


def holds_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook by what they hold, whatever name they came under; one with a
    password counts too, text never.
    """
    try:
        contents = FileContents(BytesIO(data))
        found = _format_of(contents)
        # A Word document with a sheet in it has the streams of both.
        is_document = any(document.recognises(contents) for document in DOCUMENTS)
    except Exception:
        # A damaged archive may raise anything: whoever opens it says what is wrong.
        return False
    return found is LOCKED or (found in WORKBOOKS and not is_document)


def _bytes_of(path: Path) -> bytes:
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("file-empty")
    if size > MOST_BYTES:
        raise Unreadable("file-unsafe", why="it is larger than 200 MB")
    return path.read_bytes()


def _format_of(contents: FileContents) -> Format:
    return next(known for known in FORMATS if known.recognises(contents))
