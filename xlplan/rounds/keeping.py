"""check, backup, restore: the store's own health."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlplan.reports.documents import Document
from xlplan.rounds.session.session import NothingDone, Session
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


def check_store(session: Session) -> Checked:
    """Verify that the history has no gap, every value is explained and every stored return is as it
    came.
    """
    with Store.open(session.plan) as store:
        return Checked(store.latest, store.verify())


def back_up(session: Session, to: Path) -> Kept:
    """A consistent copy of the plan.

    Raises:
        NothingDone: something lies there already.
    """
    # An older backup may be the only sound one: it is never written over.
    if to.exists():
        raise NothingDone(f"{to.as_posix()} exists already.", "Name another file.")
    with Store.open(session.plan) as store:
        store.backup(to)
    return Kept(session.shown(to))


def bring_back(session: Session, copy: Path) -> Kept:
    """A backup becomes the plan again; the plan that stood there is kept beside it.

    Raises:
        NothingDone: there is no such copy.
    """
    if not copy.is_file():
        raise NothingDone(f"There is no file {copy.as_posix()}.", "Check the name.")
    # Windows lets nobody move or delete a database that a program still holds open.
    Store.restore(copy, session.plan).close()
    return Kept(session.shown(Path(session.plan)))
