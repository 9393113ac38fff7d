"""What a program or a person gives a command, read before anything begins.

Wrong values end in a sentence with the parameter's name, never in a traceback from inside.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from reprlib import repr as shortened
from typing import SupportsIndex, TypeGuard

from xlplan.rounds.session.session import NothingDone


def text(value: object, name: str) -> str:
    """A text.

    Raises:
        ValueError: it is something else, such as the nan of an empty cell of a data frame.
    """
    if isinstance(value, str):
        return value
    raise _unfit(value, name, "text")


def flag(value: object, name: str) -> bool:
    """Yes or no.

    Raises:
        ValueError: it is neither True nor False; the text "no" would count as yes.
    """
    if isinstance(value, bool):
        return value
    raise _unfit(value, name, "True or False")


def number(value: object, name: str) -> int:
    """A whole number; those of numpy and pandas too.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return operator.index(value)
    raise _unfit(value, name, "a whole number")


def day(value: object, name: str) -> date:
    """A day: a date, or text day first or ISO.

    >>> day("18 Jan 2013", "return_by")
    datetime.date(2013, 1, 18)

    Raises:
        ValueError: it is neither date nor text.
        NothingDone: the text is no day.
    """
    from xlplan.plan.timescale.reading import read_timescale

    if _is_day(value):
        return value.date() if isinstance(value, datetime) else value
    if not isinstance(value, str):
        raise _unfit(value, name, "a date, or text such as 2013-01-18")
    read = read_timescale(value)
    if read.due is None or read.precision != "day" or read.doubts:
        raise NothingDone(
            f"{name} '{value}' is not a date.", "Write it as 2013-01-18 or 18 Jan 2013."
        )
    return read.due


def _is_day(value: object) -> TypeGuard[date]:
    # A timestamp of pandas is a datetime, and so a date. So is its NaT, which stands for an empty
    # cell: of all dates it alone has no ordinary text.
    return isinstance(value, date) and str(value) != "NaT"


def when(value: object, name: str) -> str:
    """A point of the plan's history: a round, rN, init, a date as text or as a date.

    Raises:
        ValueError: it is neither text nor date.
    """
    if _is_day(value):
        return day(value, name).isoformat()
    if isinstance(value, str):
        return value
    raise _unfit(value, name, "text such as r2, or a date")


def names(value: object, name: str) -> tuple[str, ...]:
    """Names of leads, sections or actions: one, or several; "" is none.

    Raises:
        ValueError: it is not text, nor a series of texts.
    """
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, Iterable):
        return tuple(text(each, name) for each in value)
    raise _unfit(value, name, "text, or a list of texts")


def place(value: object, name: str) -> Path:
    """The path of a file or folder.

    Raises:
        ValueError: it is empty (which Python reads as the current folder), or no path.
    """
    if isinstance(value, str | os.PathLike) and os.fspath(value):
        return Path(value)
    raise _unfit(value, name, "a path")


def places(value: object, name: str) -> list[Path]:
    """Paths: one, or several.

    Raises:
        ValueError: what is given is none.
    """
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | os.PathLike):
        return [place(each, name) for each in value]
    return [place(value, name)]


def _unfit(value: object, name: str, wanted: str) -> ValueError:
    return ValueError(f"{name} is {shortened(value)}: give {wanted}.")
