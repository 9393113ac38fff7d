"""Dates as people name them: a day, a week, a month, a quarter, a season, a year; with or without
the year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "week", "month", "quarter", "year"]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
EASTER = "easter"
BEFORE = timedelta(days=183)
"""How long before a plan's period a date is still believed: plans take up work that has begun."""
AFTER = timedelta(days=366)
"""How long after a plan's period a date is still believed."""

LAST_SERIAL = 60_000
"""Serial numbers from 1 to here (the year 2064) are dates; other numbers are not."""

_TYPED_DAY = re.compile(r"(\d\d?)/(\d\d?)/((?:19|20)\d\d)", re.ASCII)
_STORED_DAY = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)", re.ASCII)
_WHOLE = "a date with its whole year"


def whole_year(digits: str) -> int:
    """`13` is 2013, `1998` itself."""
    return int(digits) + (2000 if len(digits) == 2 else 0)


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is none: 31 June."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_in_figures(line: str) -> date | None:
    """The day that a line names in figures and nothing else, `31/03/2013` or `2013-03-31`; None for
    all that takes a whole reading, and where there is no such day.
    """
    if found := _TYPED_DAY.fullmatch(line):
        day, month, year = map(int, found.groups())
    elif found := _STORED_DAY.fullmatch(line):
        year, month, day = map(int, found.groups())
    else:
        return None
    return real_day(year, month, day)


def serial_day(number: float) -> date | None:
    """Days since the end of 1899, as spreadsheets count; None for a number that is no date.

    They believe in 29 February 1900. 46085 is 4 March 2026.
    """
    # 20260304 or 2026 in a cell for dates is somebody's shorthand, and no serial number.
    if not 1 <= number <= LAST_SERIAL:
        return None
    whole = int(number)
    return date(1899, 12, 31 if whole < 60 else 30) + timedelta(days=whole)


def short_day(day: date) -> str:
    """As people write it: `4 Apr 2013`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a plan covers, both days included: for years left out and dates that do not
    fit.
    """

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class NamedDate:
    """A date as it is named. `month` is the last month of a longer time; `year` None when the text
    has none.

    `name` tells apart what ends on the same day and is not the same: a season, a week. `figures`:
    written as MM/YY. `cut` holds the digits of a year that lost its end.
    """

    text: str
    precision: Precision
    year: int | None
    month: int
    day: int | None = None
    name: str = ""
    figures: bool = False
    cut: str = ""

    @property
    def end(self) -> date | None:
        """Its last day; None without a year, and for a day that does not exist."""
        return self.end_in(self.year) if self.year else None

    def end_in(self, year: int) -> date | None:
        """Its last day if it were in this year."""
        if self.name == EASTER:
            return easter(year)
        if not 1 <= self.month <= 12 or not 1 <= year <= 9998:
            return None
        last = monthrange(year, self.month)[1]
        if self.day is None:
            return date(year, self.month, last)
        if not 1 <= self.day <= last:
            return None
        return date(year, self.month, self.day) + timedelta(
            days=6 if self.precision == "week" else 0
        )

    @property
    def canonical(self) -> str:
        """The form by which two are compared: what is read and no more."""
        if self.name == EASTER:
            return self.end.isoformat() if self.end else EASTER
        year = f"{self.cut}?" if self.cut else f"{self.year:04}" if self.year else "-"
        day = f"-{self.day:02}" if self.day is not None else ""
        span = self.precision if self.precision in {"week", "quarter", "year"} else ""
        return f"{self.name or span} {year}-{self.month:02}{day}".strip()

    def worded(self, year: int | None = None) -> str:
        """In words, `30 June 2013`; in another year when one is given."""
        return " ".join(f"{self._words()} {year or self.year or ''}".split())

    def _words(self) -> str:
        if self.name == EASTER:
            return "Easter"
        month = MONTHS[self.month - 1] if 1 <= self.month <= 12 else ""
        if self.precision == "year":
            return f"the year to {month}" if self.month != 12 else ""
        if self.precision == "quarter":
            return f"{MONTHS[self.month - 3]} to {month}"
        return f"{'the week from ' if self.precision == 'week' else ''}{self.day or ''} {month}"

    def as_typed(self, year: int) -> str:
        """In another year, in the form in which it was written."""
        return f"{self.month:02}/{year % 100:02}" if self.figures else self.worded(year)

    def of(self, year: int) -> NamedDate:
        """The same in a year that the text does not name."""
        return replace(self, year=year)


def easter(year: int) -> date:
    """Easter Sunday (Gregorian calendar, the anonymous algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def day_words(day: date) -> str:
    """`4 March 2013`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def year_in(named: NamedDate, period: Period) -> int | None:
    """The year of a date that names none: the first in which it falls into the period, or else
    follows its start.
    """
    years = range(period.start.year, period.end.year + 2)
    # West Sussex has `Mar` in a plan that runs from May 2019: the one after it is meant.
    inside = years_inside(named, period)
    later = [year for year in years if (end := named.end_in(year)) and end >= period.start]
    return next(iter(inside + later), None)


def years_inside(named: NamedDate, period: Period) -> list[int]:
    """The years in which a date would fall into the period; a month counts when any day of
    it does.
    """
    # A month's end is its last day: `March 2013` fits a plan that ends on 15 March.
    last = period.end if named.day is not None else period.end + timedelta(days=30)
    years = range(period.start.year, period.end.year + 1)
    return [year for year in years if (end := named.end_in(year)) and period.start <= end <= last]


def believable(day: date, period: Period) -> bool:
    """Whether a date fits a plan of this period, give or take."""
    early = day - period.start < -BEFORE
    late = day - period.end > AFTER
    return not early and not late


def likely_date(named: NamedDate, period: Period) -> str:
    """What was probably meant by a date outside the period: the year that differs in the fewest
    digits.
    """
    # Most wrong years are one slip of a finger: 2103 for 2013, 2016 typed in January 2017.
    written = f"{named.year or 0:04}"

    def slip(year: int) -> tuple[int, int]:
        return sum(a != b for a, b in zip(f"{year:04}", written, strict=True)), abs(
            year - (named.year or 0)
        )

    # Walsall's plan of December 2012 has `28 Feb 2012`, a year's slip.
    years = sorted(years_inside(named, period), key=slip)
    return (
        named.as_typed(years[0])
        if years
        else f"a date from {day_words(period.start)} to {day_words(period.end)}"
    )


def likely_day(named: NamedDate) -> str:
    """What was probably meant by a day that does not exist: the last of its month."""
    if not 1 <= named.month <= 12:
        return "a month from 1 to 12"
    # Walsall has `31 June 2013`.
    last = monthrange(named.year or 2001, named.month)[1]
    return replace(named, day=last if named.day else 1, precision="day").worded()


def likely_whole(named: NamedDate, period: Period | None) -> str:
    """What was probably meant by a date whose year lost its end: each year of the period that
    begins so.

    `3/4`, where no year does, may be a day without its year.
    """
    years = years_inside(named, period) if period else []
    # Sunderland has `12/1`, which lost the last figure of its year.
    begun = [
        year
        for year in years
        if f"{year:04}"[0 if len(named.cut) > 2 else 2 :].startswith(named.cut)
    ]
    if begun:
        return " or ".join(named.as_typed(year) for year in begun[:3])
    # Without a year in sight `3/4` is 3 April: councils write the day first.
    if period and named.figures:
        as_day = NamedDate(named.text, "day", None, int(named.cut), named.month)
        return next((as_day.worded(year) for year in years_inside(as_day, period)), _WHOLE)
    return _WHOLE
