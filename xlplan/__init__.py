"""xlplan: run an improvement plan's monthly round in Excel workbooks without losing anything.

The library is `open_plan` and its kin (see `xlplan.api`); nothing is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlplan.version import __version__

if TYPE_CHECKING:
    from xlplan.api import (
        CutOff,
        MasterPlan,
        NothingDone,
        check_mapping,
        open_plan,
        restore_plan,
        start_plan,
        suggest_mapping,
    )

__all__ = [
    "CutOff",
    "MasterPlan",
    "NothingDone",
    "__version__",
    "check_mapping",
    "open_plan",
    "restore_plan",
    "start_plan",
    "suggest_mapping",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from xlplan import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
