"""Find the files that came back: named ones, folders, archives and messages, each workbook in them
on its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.rounds.arrivals.containers import (
    TooMuch,
    Unpacked,
    holds_row_codes,
    is_outlook_message,
    packed_as,
    unpack_archive,
    unpack_eml,
    unpack_msg,
)
from xlplan.rounds.session.session import NothingDone, Session
from xlplan.spreadsheets.cells import is_lock_file
from xlplan.spreadsheets.formats import FORMATS
from xlplan.spreadsheets.formats.csv import CSV
from xlplan.spreadsheets.opening import holds_workbook

# Folders and messages hold texts of all sorts: of these only a .csv is a table by its name.
_TEXTS = frozenset(CSV.suffixes) - {".csv"}
SHEETLIKE = frozenset(suffix for known in FORMATS for suffix in known.suffixes) - _TEXTS
_CONTAINERS: dict[str, Callable[[bytes], Unpacked]] = {
    ".zip": unpack_archive,
    ".eml": unpack_eml,
    ".msg": unpack_msg,
}
CONTAINERS = tuple(_CONTAINERS)
"""How the names of archives and messages end."""
RETURNED = Path("workbooks", "returned")
"""Where returns are looked for when no path is given, in the working folder."""
_DEEPEST = 4
"""An archive in a message in an archive is opened; further down it is told."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file as it came: the name people know it by, where its bytes lie now, their hash, and
    what it came in.
    """

    name: str
    path: Path
    sha256: str
    message: str = ""

    @property
    def data(self) -> bytes:
        """The bytes as received."""
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Beside:
    """What came with a return and is no spreadsheet: kept with it, not read. `message` is what it
    came in.

    `packed` says what it is where a workbook may be in it; "" for any other.
    """

    name: str
    data: bytes
    message: str
    packed: str = ""

    @property
    def sha256(self) -> str:
        """The hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(slots=True)
class Gathered:
    """What was found: files to take in, what came beside them, what messages say, what was passed
    over with a word.

    `refused` names files that could not even be opened; the findings say why.
    """

    files: list[Arrived] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def gather(session: Session, paths: Iterable[Path], unpacked: Path) -> Gathered:
    """Every file below `paths`, sorted by name within a folder; workbooks out of archives go to the
    folder `unpacked`.

    Raises:
        NothingDone: a path does not exist.
    """
    gathering = _Gathering(unpacked)
    for path in paths:
        if not path.exists():
            raise NothingDone(f"There is no file or folder {path.as_posix()}.", "Check the name.")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                gathering.take(_name(session, file, path), file, named=not path.is_dir())
    return gathering.found


def _name(session: Session, file: Path, given: Path) -> str:
    """What a file is called: absolute as given, else from the working folder; the folder of returns
    is never given.
    """
    ours = session.folder / RETURNED
    return _printable(
        file.as_posix() if given.is_absolute() and given != ours else session.shown(file)
    )


def _printable(name: str) -> str:
    """A name that can be stored and shown: what another system left in it and no alphabet has is a
    question mark.
    """
    return name.encode("utf-8", "replace").decode()


class _Gathering:
    """One gathering under way: what was found so far, and where members of archives are written."""

    def __init__(self, unpacked: Path) -> None:
        self.found = Gathered()
        self.unpacked = unpacked
        self.names: dict[str, int] = {}

    def take(self, name: str, file: Path, *, named: bool) -> None:
        """Take one file of the disk. One that the officer named is tried even when its name is not
        a spreadsheet's.
        """
        if is_lock_file(file.name):
            self._say("file-lock", name)
            return
        try:
            data = file.read_bytes()
        except OSError:  # Windows lets nobody read a workbook that Excel has open
            self._refuse("file-in-use", name)
            return
        suffix = _suffix(file.name, data)
        is_container = suffix in _CONTAINERS
        if suffix in SHEETLIKE or (named and not is_container) or _is_workbook(data, suffix):
            self.found.files.append(Arrived(name, file, _hash(data)))
        elif is_container:
            self._open(name, data, suffix, depth=1)
        elif packed := packed_as(data):
            self._say("file-packed", name, what=packed)
        else:
            self._say("file-passed-over", name)

    def _say(self, code: str, name: str, **details: str) -> None:
        self.found.findings.append(Teller(name)(code, details=details))

    def _refuse(self, code: str, name: str, **details: str) -> None:
        self._say(code, name, **details)
        self.found.refused.append(name)

    def _open(self, name: str, data: bytes, suffix: str, depth: int) -> None:
        """Take what an archive or message holds; what was read of a damaged one is taken all the
        same.
        """
        try:
            unpacked = _CONTAINERS[suffix](data)
        except TooMuch as trouble:
            self._refuse("file-unsafe", name, why=str(trouble))
            return
        except MemoryError:
            self._refuse("file-unsafe", name, why="it unpacks to more than this computer can hold")
            return
        except (
            Exception
        ) as trouble:  # what is met in a damaged archive or message is anybody's guess
            self._refuse_damaged(name, str(trouble))
            return
        if not (unpacked.text or unpacked.members or unpacked.damaged):
            self._say("container-empty", name)
        if unpacked.text:
            self.found.texts[name] = unpacked.text
        for member, why in unpacked.damaged:
            self._refuse_damaged(self._named(f"{name}/{member}"), why)
        for member, content in unpacked.members:
            self._member(name, self._named(f"{name}/{member}"), content, depth)

    def _refuse_damaged(self, name: str, why: str) -> None:
        if "password" in why:
            self._refuse("file-password", name)
        else:
            self._refuse(
                "file-not-spreadsheet",
                name,
                why="it is damaged or not complete, and cannot be opened",
            )

    def _named(self, name: str) -> str:
        """A name that no other member has: leads call their files alike, and each is a file of its
        own.
        """
        # Two leads answer `Re: update` with `Update.xlsx` in one archive.
        name = _printable(name)
        self.names[name] = self.names.get(name, 0) + 1
        if self.names[name] == 1:
            return name
        path = PurePosixPath(name)
        return self._named(f"{path.parent}/{path.stem} ({self.names[name]}){path.suffix}")

    def _member(self, container: str, name: str, data: bytes, depth: int) -> None:
        suffix = _suffix(name, data)
        if is_lock_file(PurePosixPath(name).name):
            self._say("file-lock", name)
        elif suffix in SHEETLIKE or _is_workbook(data, suffix):
            self.found.files.append(
                Arrived(name, self._written(name, suffix, data), _hash(data), container)
            )
        elif suffix in _CONTAINERS and depth < _DEEPEST:
            self._open(name, data, suffix, depth + 1)
        else:
            packed = (
                f"a {suffix} inside of many others" if suffix in _CONTAINERS else packed_as(data)
            )
            self.found.beside.append(Beside(name, data, container, packed))

    def _written(self, name: str, suffix: str, data: bytes) -> Path:
        """The bytes where they can be opened, under a name that no member chooses."""
        path = self.unpacked / f"{_hash(name.encode())[:16]}-{len(self.found.files)}{suffix}"
        path.write_bytes(data)
        return path


def _suffix(name: str, data: bytes) -> str:
    """How a file is taken: by the ending of its name, or as what it plainly is whatever the
    ending.
    """
    suffix = PurePosixPath(name).suffix.lower()
    # Mailers and portals rename a .csv to .txt.
    if suffix in _TEXTS and holds_row_codes(data):
        return ".csv"
    if suffix not in {*SHEETLIKE, *_CONTAINERS} and is_outlook_message(data):
        return ".msg"
    return suffix


def _is_workbook(data: bytes, suffix: str) -> bool:
    """Whether a file is a workbook whatever its name says; a message may hold one and is none."""
    return (suffix != ".msg" or data.startswith(b"PK")) and holds_workbook(data)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
