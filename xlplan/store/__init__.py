"""The master plan with the history of every cell, in SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlplan.store.errors import (
    Busy,
    MovedMeanwhile,
    NewerStore,
    NoPlan,
    NoRevision,
    PlanExists,
    StoreError,
    UndoBlocked,
)

if TYPE_CHECKING:
    from xlplan.store.cells import CellVersion
    from xlplan.store.store import Store

__all__ = [
    "Busy",
    "CellVersion",
    "MovedMeanwhile",
    "NewerStore",
    "NoPlan",
    "NoRevision",
    "PlanExists",
    "Store",
    "StoreError",
    "UndoBlocked",
]


def __getattr__(name: str) -> Any:
    # The errors are wanted where nothing is stored: the database library is loaded only with the
    # store.
    if name == "Store":
        from xlplan.store.store import Store

        return Store
    if name == "CellVersion":
        from xlplan.store.cells import CellVersion

        return CellVersion
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
