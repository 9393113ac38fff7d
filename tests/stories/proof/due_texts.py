"""What day a due text names, read without the program: the forms that the five plans and this proof
type.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_FORMS = (
    re.compile(rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)? {_MONTH} (?P<year>\d{{4}}|\d\d)\b"),
    re.compile(rf"\b{_MONTH} (?P<year>\d{{4}}|\d\d)\b"),
    re.compile(r"\b(?P<day>\d\d?)/(?P<number>\d\d)/(?P<year>\d{4})\b"),
    re.compile(r"\b(?P<number>\d\d)/(?P<year>\d\d)\b"),
    re.compile(r"^(?P<year>20\d\d)$"),
)
"""Tried in this order; what one has read is taken out, so that `31 June 2013` is never read as June
2013.
"""
YEAR_LEFT_OUT = {
    "Mar": date(2020, 3, 31),
    "Dec → New systems to be fully operational end of March.": date(2017, 3, 31),
}
"""Months without any year, and the day that a person who knows the plan would give them."""

OUTSIDE = frozenset({"28 Feb 2012", "06/06", "03/06"})
"""Days that lie years outside their plans: no figure counts them until somebody confirms them."""
DOUBTED = OUTSIDE | {"31 June 2013", "12/1"}


def due_on(text: str) -> date | None:
    """The last day that a text names, the latest of several; None where none of them counts."""
    if text in OUTSIDE:
        return None
    if text in YEAR_LEFT_OUT:
        return YEAR_LEFT_OUT[text]
    left, found = " ".join(text.casefold().replace("\n", " ; ").split()), []
    for form in _FORMS:
        found += [
            form_day for match in form.finditer(left) if (form_day := _day(match.groupdict()))
        ]
        left = form.sub(" ", left)
    return max(found, default=None)


def _day(said: dict[str, str | None]) -> date | None:
    year = int(said["year"] or 0)
    year += 2000 if year < 100 else 0
    month = MONTHS.index(said["month"]) + 1 if said.get("month") else int(said.get("number") or 12)
    last = monthrange(year, month)[1]
    day = int(said.get("day") or last)
    return date(year, month, day) if day <= last else None
