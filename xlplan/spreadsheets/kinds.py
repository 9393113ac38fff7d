"""What a format is, and what a file is recognised by: never its name, which people and programs
change.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xlplan.spreadsheets.cells import Spreadsheet, Unreadable
from xlplan.spreadsheets.safety import damage_of_archives

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileContents:
    """What tells the kind of a file: its first eight bytes, the parts of a zip archive, the streams
    of an old Office file.

    Raises:
        BadZipFile: it begins as an archive and is none.
        OSError: it cannot be read.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.head = stream.read(len(_OLE))
        # Microsoft's OLE, a small file system of streams: .xls, old .doc, .msg, and locked .xlsx.
        self.is_ole = self.head.startswith(_OLE)
        self._ole = stream.read().lower() if self.is_ole else b""
        with damage_of_archives():
            self.archive = zipfile.ZipFile(stream) if self.head.startswith(_ZIP) else None
        self.parts = frozenset(self.archive.namelist() if self.archive else ())

    def has_stream(self, *names: str) -> bool:
        """Whether the directory of an old Office file has a stream with one of these names."""
        # The directory writes each name in UTF-16, in any case, and ends it with a zero.
        return any(name.lower().encode("utf-16-le") + b"\x00\x00" in self._ole for name in names)

    def has_folder(self, name: str) -> bool:
        """Whether the archive has a folder with this name, given with its slash."""
        return any(part.startswith(name) for part in self.parts)

    def beginnings(self, *names: str) -> list[bytes]:
        """How those of these parts begin that the archive has: up to 100,000 bytes of each."""
        found = []
        for name in names:
            if self.archive and name in self.parts:
                with damage_of_archives(), self.archive.open(name) as part:
                    found.append(part.read(100_000))
        return found


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file, its fields in the order in which they are asked.

    `suffixes` are the endings, in small letters, under which such files are looked for in folders,
    archives and messages; opening asks `recognises` alone. `read` gets the file's name and what it
    holds, and raises Unreadable where that cannot be taken in.
    """

    suffixes: tuple[str, ...]
    recognises: Callable[[FileContents], bool]
    read: Callable[[Path, bytes], Spreadsheet]


def refused(recognises: Callable[[FileContents], bool], code: str, **details: str) -> Format:
    """A kind of file that is known and not read: to read it is to say why."""

    def read(_: Path, __: bytes) -> Spreadsheet:
        raise Unreadable(code, **details)

    return Format((), recognises, read)
