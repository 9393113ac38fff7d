"""check, backup, restore: the store's own health."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlplan.rounds.desk import Desk, NothingDone
from xlplan.rounds.documents import Document
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the store found."""

    revision: int
    problems: list[str]

    @property
    def exit_status(self) -> int:
        """1 when something is wrong."""
        return int(bool(self.problems))

    def document(self) -> Document:
        """The JSON document of check."""
        return {"revision": self.revision, "problems": self.problems}


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy that was made or brought back."""

    path: str

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of backup and restore."""
        return {"path": self.path}


def check_store(desk: Desk) -> Checked:
    """Verify that the history has no gap, every value is explained and every stored return is as it came."""
    with Store.open(desk.plan) as store:
        return Checked(store.latest, store.verify())


def back_up(desk: Desk, to: Path) -> Kept:
    """A consistent copy of the plan.

    Raises:
        NothingDone: something lies there already.
    """
    if to.exists():
        raise NothingDone(f"{to.as_posix()} exists already.", "Name another file.")
    with Store.open(desk.plan) as store:
        store.backup(to)
    return Kept(desk.shown(to))


def bring_back(desk: Desk, copy: Path) -> Kept:
    """A backup becomes the plan again; the plan that stood there is kept beside it.

    Raises:
        NothingDone: there is no such copy.
    """
    if not copy.is_file():
        raise NothingDone(f"There is no file {copy.as_posix()}.", "Check the name.")
    Store.restore(copy, desk.plan).close()
    return Kept(desk.shown(Path(desk.plan)))
