"""xlplan: run an improvement plan's monthly round in Excel workbooks without losing anything.

The library is `open_plan` and `start_plan` (see `xlplan.api`); nothing is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlplan.version import __version__

if TYPE_CHECKING:
    from xlplan.api import CutOff, MasterPlan, NothingDone, open_plan, start_plan

__all__ = ["CutOff", "MasterPlan", "NothingDone", "__version__", "open_plan", "start_plan"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from xlplan import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
