"""Read a date of type date: a date cell, a serial number, or text in one of the usual orders. Never
guesses.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from xlplan.mapping.reading import Reading, as_typed, error
from xlplan.plan.text.text import fold_code
from xlplan.plan.timescale.dates import (
    NamedDate,
    Period,
    believable,
    day_words,
    likely_date,
    likely_day,
    real_day,
    serial_day,
    short_day,
    whole_year,
)
from xlplan.plan.values import RawValue, Value

EXAMPLE = "31/03/2025 or 31 Mar 2025"
# Excel believes in 29 February 1900, LibreOffice does not: before it they disagree on every day.
# What stands there is a small number (4, 12) that somebody typed into a cell for dates.
_FIRST_AGREED_DAY = date(1900, 3, 1)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"(\d{1,2})[/.\s-]+(\d{1,2})[/.\s-]+(\d{4}|\d{2})")
# SheetJS saves a date as the text `2026-03-04T00:00:00.000Z`.
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
# `Thursday, 4th of March 2026`, `4-Mar-26` as Excel shows a day.
_DAY_MONTH = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[\s/-]+(?:of "
    r")?([a-z]{3,9})\.?,?[\s/-]+(\d{4}|\d{2})"
)
# `March 4th, 2026`: Excel and Word under American settings.
_MONTH_DAY = re.compile(
    r"(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})"
)


def read_date(raw: RawValue, day_first: bool | None, period: Period | None = None) -> Reading:
    """A day, stored as YYYY-MM-DD. `day_first` None: a date that reads both ways is an error
    (`date-ambiguous`).

    One that does not fit the plan's period is read and doubted, as a timescale is.

    E.g. `04/03/2026` and `4 Mar 26` read 2026-03-04; `31/12/2026` is that day even where months
    come first; 46085, from SheetJS, is the serial number of 2026-03-04; `31 Feb 2026` and `soon`
    are errors.
    """
    reading = _read(raw, day_first)
    day = date.fromisoformat(reading.value.canonical) if reading.value else None
    if day is None or (believable(day, period) if period else day >= _FIRST_AGREED_DAY):
        return reading
    named = NamedDate("", "day", day.year, day.month, day.day)
    likely = likely_date(named, period) if period else "a later date"
    return Reading(
        reading.value, (("date-implausible", {"read": day_words(day), "likely": likely}),)
    )


def _read(raw: RawValue, day_first: bool | None) -> Reading:
    if isinstance(raw, datetime):
        return _stored(raw.date())
    if isinstance(raw, date):
        return _stored(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _stored(serial_day(raw))
    words = " ".join(fold_code(as_typed(raw)).strip(" .").split())
    if found := _NUMERIC.fullmatch(words):
        return _numeric(int(found[1]), int(found[2]), whole_year(found[3]), day_first)
    return _worded(words)


def _stored(day: date | None) -> Reading:
    if day is None:
        return error("date-not-a-date", example=EXAMPLE)
    return Reading(Value(day.isoformat(), day.isoformat()))


def _numeric(first: int, second: int, year: int, day_first: bool | None) -> Reading:
    british, american = real_day(year, second, first), real_day(year, first, second)
    if day_first is None and british and american and british != american:
        return error("date-ambiguous", first=short_day(british), second=short_day(american))
    if not (british or american):
        return _no_such_day(year, second, first)
    # Where only one order gives a day, it is that: 31/12 has no thirty-first month.
    if day_first is False:
        return _stored(american or british)
    return _stored(british or american)


def _worded(words: str) -> Reading:
    if found := _ISO.fullmatch(words):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _DAY_MONTH.fullmatch(words):
        year, month, day = whole_year(found[3]), _month(found[2]), int(found[1])
    elif found := _MONTH_DAY.fullmatch(words):
        year, month, day = whole_year(found[3]), _month(found[1]), int(found[2])
    else:
        return _stored(None)
    read = real_day(year, month, day)
    return _stored(read) if read else _no_such_day(year, month, day)


def _no_such_day(year: int, month: int, day: int) -> Reading:
    """A day that does not exist, with what was probably meant: the last of its month."""
    if not 1 <= month <= 12 or not 28 < day <= 31:
        return _stored(None)
    likely = likely_day(NamedDate("", "day", year, month, day))
    return error("date-not-a-date", example=f"a day that exists, perhaps {likely}")


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0
