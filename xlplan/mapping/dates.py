"""Read a date of type date: a date cell, a serial number, or text in one of the usual orders. Never guesses."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from xlplan.mapping.reading import Reading, as_typed, error
from xlplan.plan.text import fold_code
from xlplan.plan.values import RawValue, Value

EXAMPLE = "31/03/2025 or 31 Mar 2025"
LAST_SERIAL = 60_000
"""Serial numbers from 1 to here (the year 2064) are dates; other numbers are not."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMERIC = re.compile(r"(\d{1,2})[/.\s-]+(\d{1,2})[/.\s-]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
_DAY_MONTH = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of )?([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})"
)
_MONTH_DAY = re.compile(r"(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})")


def read_date(raw: RawValue, day_first: bool | None) -> Reading:
    """A day, stored as YYYY-MM-DD. `day_first` None: a date that reads both ways is an error (`date-ambiguous`)."""
    if isinstance(raw, datetime):
        return _read(raw.date())
    if isinstance(raw, date):
        return _read(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _serial(raw)
    said = " ".join(fold_code(as_typed(raw)).strip(" .").split())
    if found := _NUMERIC.fullmatch(said):
        return _numeric(int(found[1]), int(found[2]), _year(found[3]), day_first)
    return _read(_worded(said))


def _read(day: date | None) -> Reading:
    if day is None:
        return error("date-not-a-date", example=EXAMPLE)
    return Reading(Value(day.isoformat(), day.isoformat()))


def _serial(number: float) -> Reading:
    """Days since the end of 1899, as spreadsheets count; they believe in 29 February 1900."""
    if not 1 <= number <= LAST_SERIAL:
        return _read(None)
    whole = int(number)
    return _read(date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole))


def _numeric(first: int, second: int, year: int, day_first: bool | None) -> Reading:
    british, american = _day(year, second, first), _day(year, first, second)
    if day_first is None and british and american and british != american:
        return error("date-ambiguous", first=_spoken(british), second=_spoken(american))
    if day_first is False:
        return _read(american or british)
    return _read(british or american)


def _worded(said: str) -> date | None:
    if found := _ISO.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_MONTH.fullmatch(said):
        return _day(_year(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(said):
        return _day(_year(found[3]), _month(found[1]), int(found[2]))
    return None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _spoken(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"
