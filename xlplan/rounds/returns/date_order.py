"""Which comes first in a date written in figures, day or month: decided once a file, by what the
file itself shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import isfinite

from xlplan.plan.text.text import same_text
from xlplan.plan.timescale.dates import real_day, short_day, whole_year
from xlplan.plan.values import RawValue, Value

_FIGURES = re.compile(r"(?<![\d/.\-])(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/\-]|\.\d)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 60_000
"""Days since the end of 1899 that a due date may be: 1954 to 2064. Smaller numbers are years and
counts.
"""
_SERIAL = re.compile(r"[2-5]\d{4}")
_LATER_IN_1904 = 1_462
"""Days by which a workbook that counts from 1904 counts less."""


@dataclass(slots=True)
class DateEvidence:
    """What the dates of one file say about their order.

    A part above 12 tells wherever it stands. So does a date that we know, in a locked cell. In a
    cell that the lead fills in, agreement with the known date tells only for the day first: the
    month first may just as well be another date, typed anew (4 July over 7 April), or the known one
    with day and month changed round.
    """

    seen: set[bool] = field(default_factory=set)
    sent: set[bool] = field(default_factory=set)
    """The same of texts that came back as we had sent them: they tell of the plan, and only where
    nothing else does.
    """

    def look(self, text: str, known: Value, *, typed: bool) -> None:
        """Look at what stands in one cell. `known` is what the plan had for it; `typed`: the lead
        fills it in.
        """
        evidence = self.sent if same_text(text) == same_text(known.text) else self.seen
        days = {real_day(int(y), int(m), int(d)) for y, m, d in _ISO.findall(known.canonical)}
        for found in _FIGURES.finditer(text):
            british, american = _readings(found)
            if british == american:
                continue
            if not (british and american):
                evidence.add(british is not None)
            elif british in days:
                evidence.add(True)
            # The lead may mean another day: only a cell that they do not fill in is evidence.
            elif american in days and not typed:
                evidence.add(False)

    @property
    def day_first(self) -> bool | None:
        """True or False when all that was seen agrees; None when nothing tells, or the file
        contradicts itself.
        """
        orders = self.seen or self.sent
        return next(iter(orders)) if len(orders) == 1 else None


@dataclass(frozen=True, slots=True)
class NumericDate:
    """How a text with dates in figures is to be read: with the month in words where the file puts
    the month first.

    `doubt` holds both readings of a date that nothing decides. `mended` says that the month stood
    first.
    """

    text: str
    mended: bool = False
    doubt: tuple[str, str] | None = None


def read_figures(text: str, day_first: bool | None) -> NumericDate:
    """Read the dates in figures of a text in the order of their file; one that reads one way only
    needs no order.

    >>> read_figures("by 04/07/2019", None).doubt
    ('4 Jul 2019', '7 Apr 2019')
    >>> read_figures("by 04/07/2019", False).text
    'by 7 Apr 2019'
    >>> read_figures("by 31/12/2019", None).text
    'by 31/12/2019'
    """
    said = text
    for found in reversed(list(_FIGURES.finditer(text))):
        british, american = _readings(found)
        if not (british and american) or british == american:
            continue
        if day_first is None:
            return NumericDate(text, doubt=(short_day(british), short_day(american)))
        if not day_first:
            said = f"{said[: found.start()]}{short_day(american)}{said[found.end() :]}"
    return NumericDate(said, mended=said != text)


def of_serial(raw: RawValue, *, since_1904: bool = False) -> RawValue:
    """The date that a bare serial number stands for, written as text in a .csv; anything else as it
    is.
    """
    if isinstance(raw, str) and _SERIAL.fullmatch(raw.strip()):
        raw = int(raw)  # a .csv saved from date cells in the format General
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw):
        return raw
    # Excel for the Mac counted from 1904 by default until 2011.
    number = int(raw) + (_LATER_IN_1904 if since_1904 else 0)
    if raw != int(raw) or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return raw
    return date(1899, 12, 30) + timedelta(days=number)


def swapped(found: str, shown: str) -> bool:
    """Whether a date (canonical) is the one that was shown with day and month changed round: an
    Excel set to American dates turns the 4 July that we wrote as text into 7 April.

    >>> swapped("2019-04-07", "2019-07-04"), swapped("2019-07-04", "2019-07-04")
    (True, False)
    """
    one, other = _ISO.fullmatch(found), _ISO.fullmatch(shown)
    return bool(one and other and found != shown and one.groups() == (other[1], other[3], other[2]))


def as_day(raw: RawValue) -> date | None:
    """The day of a date cell."""
    return raw.date() if isinstance(raw, datetime) else raw if isinstance(raw, date) else None


def _readings(found: re.Match[str]) -> tuple[date | None, date | None]:
    """The date as a British and as an American writes it."""
    year = whole_year(found[4])
    return real_day(year, int(found[3]), int(found[1])), real_day(
        year, int(found[1]), int(found[3])
    )
