"""When two plain values of a type mean the same, and how one is stored: for values that no mapping
has read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import cast

from xlplan.plan.rag import RagScale
from xlplan.plan.text.numbers import read_number, read_percent, read_tick
from xlplan.plan.text.text import clean, fold_code, mend_lookalikes, same_text
from xlplan.plan.timescale.reading import read_timescale
from xlplan.plan.values import BLANK, RawValue, Value

_CODES = frozenset({"ref", "leads", "links", "choice", "rag"})
_NUMBERS = {"number": read_number, "percent": read_percent}


def unboxed(raw: object) -> RawValue:
    """A value as a data frame may hold it: NaN, NaT and NA are None, a scalar is its own value."""
    if raw is None or isinstance(raw, str):
        return raw
    if _is_missing(raw):
        return None
    # pandas hands out numpy's scalars, and a database's numbers come as Decimal.
    inner = raw.item() if hasattr(raw, "item") else raw
    return float(inner) if isinstance(inner, Decimal) else cast(RawValue, inner)


def _is_missing(raw: object) -> bool:
    """Whether a value does not equal itself, or will not say: how every kind of frame marks an
    empty cell.
    """
    try:
        return bool(raw != raw)  # noqa: PLR0124 - only NaN and NaT differ from themselves
    except TypeError:
        # pandas' NA raises where it is asked whether it is true.
        return True


def written(raw: RawValue) -> str:
    """A raw value as people would type it: whole numbers without `.0`, dates as YYYY-MM-DD."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        # Excel makes a boolean of a typed `TRUE`.
        return "Yes" if raw else "No"
    if isinstance(raw, float):
        # Whole numbers of a .xlsx come from calamine as 42.0; Excel keeps 15 digits.
        return format(raw, ".15g")
    if isinstance(raw, datetime):
        # openpyxl gives a date as midnight of its day.
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(sep=" ")
    return raw.isoformat() if isinstance(raw, date | time) else str(raw)


def read_plain(
    raw: RawValue, type_: str, scale: RagScale | None, canonical: Callable[[object], str] | None
) -> Value:
    """A plain value as a lead returned it: codes, dates and numbers in their stored form, texts as
    typed.
    """
    text = clean(written(raw))
    meaning = canonical(raw) if canonical else canonical_of(raw, type_, scale)
    if not meaning:
        return BLANK
    return Value(_stored(text, meaning, type_, scale) if canonical is None else text, meaning)


def canonical_of(raw: RawValue, type_: str, scale: RagScale | None = None) -> str:
    """The form in which two values of a type are compared; "" for blank."""
    text = written(raw)
    if not same_text(text):
        return ""
    if type_ == "rag" and scale is not None:
        return fold_code(rating_code(text, scale) or text)
    if type_ in _CODES:
        return fold_code(text)
    if type_ in {"date", "timescale"}:
        return read_timescale(raw).canonical
    if type_ in _NUMBERS:
        return _NUMBERS[type_](raw) or same_text(text)
    if type_ == "tick" and read_tick(raw) is not None:
        return "Yes" if read_tick(raw) else ""
    return same_text(text)


def rating_code(text: str, scale: RagScale) -> str | None:
    """The code that a rating's code, name or another spelling stands for, G for `green`; None when
    the scale does not know it.
    """
    wanted = fold_code(text)
    for rating in scale.ratings:
        # Leads type `green` or `on track` where the scale says G.
        if wanted in {
            fold_code(spelling) for spelling in (rating.code, rating.name, *rating.spellings)
        }:
            return rating.code
    return None


def _stored(text: str, meaning: str, type_: str, scale: RagScale | None) -> str:
    if type_ == "rag" and scale is not None:
        return rating_code(text, scale) or text
    if type_ in _CODES:
        # West Sussex has initials in Cyrillic letters that look Latin.
        return " ".join(mend_lookalikes(text).split())
    if type_ == "date":
        return _iso(text) or text
    return meaning if type_ in {"number", "percent", "tick"} else text


def _iso(text: str) -> str | None:
    read = read_timescale(text)
    return read.due.isoformat() if read.due and read.precision == "day" else None
