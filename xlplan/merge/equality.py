"""When two plain values of a type mean the same, and how one is stored: for values that no mapping
has read.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import cast

from xlplan.plan.leads.reading import LeadKey, read_leads
from xlplan.plan.rag import RagScale
from xlplan.plan.references import read_references
from xlplan.plan.text.numbers import read_number, read_percent, read_tick
from xlplan.plan.text.one_of import choice_meant, rating_meant
from xlplan.plan.text.text import fold_code, mend_lookalikes, same_text
from xlplan.plan.timescale.dates import day_in_figures, serial_day
from xlplan.plan.timescale.reading import read_timescale
from xlplan.plan.values import RawValue, Value

Words = RagScale | tuple[str, ...] | None
"""The few words that a rating or a choice is one of; None where nobody told."""

_CODES = frozenset({"ref", "leads", "links", "choice", "rag"})
_NUMBERS = {"number": read_number, "percent": read_percent}
REPEATING = frozenset({*_CODES, *_NUMBERS, "date", "timescale", "tick"})
"""Types of which a plan holds the same few texts in many rows, each dear to read."""

_NO_KEY = LeadKey(open=True)


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
    if isinstance(raw, str):
        return raw
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


def canonical_of(raw: RawValue, type_: str, words: Words = None) -> str:
    """The form in which two values of a type are compared, as a mapping's field reads it; "" for
    blank.

    A rating or choice is the word as it is listed; one of no list, or outside it, is compared
    without case.
    """
    text = written(raw)
    line = same_text(text)
    if not line or type_ not in REPEATING:
        return line
    if type_ in _CODES:
        return _code(text, type_, words)
    if type_ == "date" and isinstance(raw, int | float) and (day := serial_day(raw)):
        return day.isoformat()
    if type_ in {"date", "timescale"}:
        day = day_in_figures(line)
        return day.isoformat() if day else read_timescale(raw).canonical
    if type_ in _NUMBERS:
        return _NUMBERS[type_](raw) or line
    if type_ == "tick" and read_tick(raw) is not None:
        return "Yes" if read_tick(raw) else ""
    return line


def _code(text: str, type_: str, words: Words) -> str:
    if type_ == "links":
        return read_references(text).canonical
    if type_ == "leads":
        return read_leads(text, _NO_KEY).canonical
    return word_meant(text, words) or fold_code(text)


def word_meant(text: str, words: Words) -> str | None:
    """The rating or choice that is meant, G for `green`; None when the list does not know it."""
    if not words:
        return None
    return rating_meant(text, words) if isinstance(words, RagScale) else choice_meant(text, words)


def unlisted(value: Value) -> Value:
    """A rating or choice read elsewhere, for a field that was told no list: without case, as its
    plain values are.
    """
    folded = fold_code(value.canonical)
    return value if folded == value.canonical else Value(value.text, folded)


def stored(text: str, meaning: str, type_: str, words: Words) -> str:
    """What the plan keeps of a text that a lead sent: codes, dates and numbers in one form,
    all else as typed.
    """
    if type_ in _CODES:
        # West Sussex has initials in Cyrillic letters that look Latin.
        return word_meant(text, words) or " ".join(mend_lookalikes(text).split())
    if type_ == "date":
        return _iso(meaning) or text
    return meaning if type_ in {"number", "percent", "tick"} else text


def _iso(text: str) -> str | None:
    if day := day_in_figures(text):
        return day.isoformat()
    read = read_timescale(text)
    return read.due.isoformat() if read.due and read.precision == "day" else None
