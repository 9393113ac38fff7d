"""What a cell's raw value is as a value of its field, and a raw value as a person would have typed
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xlplan.plan.values import RawValue, Value

Details = tuple[str, dict[str, str]]
"""A code of the catalogue, and the details that its wording needs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell's raw value is as a value of its field, and what there is to say about it.

    `value` is None when nothing can be stored (an error): then `remarks` holds why, and what was
    typed stays with the return.
    """

    value: Value | None
    remarks: tuple[Details, ...] = ()


def error(code: str, **details: str) -> Reading:
    """A reading from which nothing can be stored, and why."""
    return Reading(None, ((code, details),))


def as_typed(raw: RawValue) -> str:
    """A raw value as a person would have typed it: 42, not 42.0; a date as YYYY-MM-DD.

    E.g. 42.0 reads `42`, True `Yes`, and midnight of 4 March 2026 `2026-03-04`.
    """
    if isinstance(raw, bool):
        return "Yes" if raw else "No"
    # Excel keeps 15 digits of a number; 0.1+0.2 shows as 0.3 there.
    if isinstance(raw, float):
        return f"{raw:.15g}"
    # A cell with a date alone comes as midnight: formats have no days apart from times.
    if isinstance(raw, datetime) and (raw.hour, raw.minute, raw.second) == (0, 0, 0):
        return raw.date().isoformat()
    return "" if raw is None else str(raw)
