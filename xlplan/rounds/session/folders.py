"""Where things lie in an office: folders that a cloud program watches, and files that lie where
ours should go.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.rounds.session.session import Session

# A work account's folder is "OneDrive - Walsall Council", a second one's "Dropbox (Team)".
_SYNCED = {
    "OneDrive": re.compile(r"onedrive( - .*)?$|onedrive-.*", re.IGNORECASE),
    "Dropbox": re.compile(r"dropbox( \(.*\))?$", re.IGNORECASE),
    "Google Drive": re.compile(r"google ?drive(-.*)?$|my drive$", re.IGNORECASE),
    "iCloud Drive": re.compile(
        r"icloud ?drive$|mobile documents$|com~apple~clouddocs$", re.IGNORECASE
    ),
    "Box": re.compile(r"box( sync)?$", re.IGNORECASE),
    "Nextcloud": re.compile(r"(nextcloud|owncloud)\d*$", re.IGNORECASE),
}
_WATCHED_BY = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Environment variables by which Windows says where OneDrive keeps its folders."""


def synced_by(path: str, environment: Mapping[str, str] = os.environ) -> str:
    """The cloud program that carries a file about, told by the folders above it; "" for none."""
    parts = [part for part in re.split(r"[\\/]+", path) if part][:-1]
    for name, pattern in _SYNCED.items():
        if any(pattern.match(part) for part in parts):
            return name
    plain = path.replace("\\", "/").casefold()
    roots = (
        environment.get(name, "").replace("\\", "/").rstrip("/").casefold() for name in _WATCHED_BY
    )
    return "OneDrive" if any(root and plain.startswith(f"{root}/") for root in roots) else ""


def warn_of_synced(session: Session) -> list[Finding]:
    """A warning when the plan lies where two machines may write it at once."""
    if not isinstance(session.plan, Path):
        return []
    program = synced_by(str(session.plan.absolute()))
    return (
        [finding("plan-synced", at=Address(session.shown(session.plan)), value=program)]
        if program
        else []
    )


def free_path(path: Path, taken: Collection[str] = ()) -> Path:
    """The path itself, or with a number where something lies there already, or its name in small
    letters is `taken`.
    """
    # To Windows and macOS "A. Ali.xlsx" and "A. ALI.xlsx" are one file.
    free, count = path, 2
    while free.exists() or free.name.casefold() in taken:
        free = path.with_name(f"{path.stem} ({count}){path.suffix}")
        count += 1
    return free


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Where to write a file beside its name: it takes the name when it is whole, or nothing is left
    of it.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        # A cloud program sends a file off as soon as it has its name, a laptop is shut: what has
        # the name is on the disk, whole.
        with part.open("rb+") as whole:
            os.fsync(whole.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def make_way(session: Session, path: Path) -> Path:
    """Room for a file that somebody named: what lies there already is kept beside it, and said so.

    Raises:
        IsADirectoryError: a folder has that name.
        PermissionError: the file that lies there is open in another program.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.is_file():
        kept = path.rename(free_path(path.with_name(f"{path.stem} (older){path.suffix}")))
        session.say(
            f"{session.shown(path)} was there already: the older one is kept as {kept.name}."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
