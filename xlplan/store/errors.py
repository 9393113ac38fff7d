"""What can go wrong with a store; every message says what to do. Light: imports no library."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot do what was asked; the message is for the officer."""


class NoPlan(StoreError):
    """There is no plan at the place named, or what is there is no plan."""


class PlanExists(StoreError):
    """A plan, or another file, is already there; nothing was written over."""


class NewerStore(StoreError):
    """The plan was written by a newer xlplan than this one."""


class Busy(StoreError):
    """Somebody else is writing; the message names them when that is known."""


class NoRevision(StoreError):
    """The plan has no such revision."""


class MovedMeanwhile(StoreError):
    """A change names an old value that is not the plan's any more; nothing was written."""


class UndoBlocked(StoreError):
    """A revision cannot be taken back. `refs` lists (ref, field) of the cells that later revisions
    changed.
    """

    def __init__(self, message: str, refs: list[tuple[str, str]] | None = None) -> None:
        super().__init__(message)
        self.refs = refs or []
