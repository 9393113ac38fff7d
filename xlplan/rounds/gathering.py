"""Find the files that came back: named ones, folders, archives and messages, each workbook in them on its own."""

from __future__ import annotations

import email
import email.policy
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from xlplan.plan.addresses import Address
from xlplan.plan.findings import Finding, finding
from xlplan.rounds.desk import Desk, NothingDone

SHEETLIKE = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv"})
_MOST_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file as it came: the name people know it by, where its bytes lie now, and their hash."""

    name: str
    path: Path
    sha256: str

    @property
    def data(self) -> bytes:
        """The bytes as received."""
        return self.path.read_bytes()


@dataclass(slots=True)
class Gathered:
    """What was found: files to take in, and what was passed over with a word."""

    files: list[Arrived]
    findings: list[Finding]


def gather(desk: Desk, paths: Iterable[Path], unpacked: Path) -> Gathered:
    """Every file below `paths`, sorted by name within a folder; workbooks out of archives go to the folder `unpacked`.

    Raises:
        NothingDone: a path does not exist.
    """
    found = Gathered([], [])
    for path in paths:
        if not path.exists():
            raise NothingDone(f"There is no file or folder {path.as_posix()}.", "Check the name.")
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                _take(desk, file, path.is_dir(), unpacked, found)
    return found


def _take(desk: Desk, file: Path, from_folder: bool, unpacked: Path, found: Gathered) -> None:
    name = desk.shown(file)
    if file.name.startswith(("~$", ".~lock.")):
        found.findings.append(finding("file-lock", at=Address(name)))
        return
    suffix = file.suffix.lower()
    if suffix == ".zip":
        found.files.extend(_unpack(name, _zip_members(file), unpacked, found))
    elif suffix == ".eml":
        found.files.extend(_unpack(name, _attachments(file), unpacked, found))
    elif from_folder and suffix not in SHEETLIKE:
        found.findings.append(finding("file-passed-over", at=Address(name)))
    else:
        found.files.append(Arrived(name, file, _hash(file.read_bytes())))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unpack(container: str, members: Iterator[tuple[str, bytes]], unpacked: Path, found: Gathered) -> Iterator[Arrived]:
    """Write each workbook among the members where it can be opened, under a name that no member chooses."""
    try:
        for member, data in members:
            name = f"{container}/{member}"
            suffix = PurePosixPath(member).suffix.lower()
            if suffix not in SHEETLIKE:
                found.findings.append(finding("file-passed-over", at=Address(name)))
                continue
            path = unpacked / f"{_hash(name.encode())[:16]}{suffix}"
            path.write_bytes(data)
            yield Arrived(name, path, _hash(data))
    except (zipfile.BadZipFile, RuntimeError, OSError, NotImplementedError) as trouble:
        found.findings.append(finding("file-not-spreadsheet", at=Address(container), why=str(trouble)))


def _zip_members(file: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(file) as archive:
        left = _MOST_BYTES
        for member in archive.infolist():
            base = PurePosixPath(member.filename).name
            if member.is_dir() or base.startswith(("~$", "._", ".~lock.")):
                continue
            with archive.open(member) as stream:
                data = stream.read(left + 1)
            left -= len(data)
            if left < 0:
                raise RuntimeError("it unpacks to more than 200 MB")
            yield member.filename, data


def _attachments(file: Path) -> Iterator[tuple[str, bytes]]:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    for number, part in enumerate(message.iter_attachments(), start=1):
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            yield part.get_filename() or f"attachment {number}", payload
