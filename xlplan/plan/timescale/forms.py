"""The forms in which people write a date: one entry each, tried in order, none of them a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xlplan.plan.text.text import DASHES
from xlplan.plan.timescale.dates import EASTER, MONTHS, NamedDate, Precision, whole_year

Found = re.Match[str]

_DASH = f"[{re.escape(DASHES)}]"
_TO = rf"\s*(?:{_DASH}|/|&|\bto\b|\bor\b|\band\b)\s*"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
# Two digits are no year where people say what they count: `within 12 weeks`, `by the 31st`.
_YEAR = (
    r"'?(?P<year>[12][0-9]{3}|[0-9]{2})"
    r"(?![0-9:%]|st\b|nd\b|rd\b|th\b|\s?(?:day|week|month|year)s?\b)"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
# Offices plan meetings by their week: `w/c 4 March`, `W/E 8 March`.
_WEEK = (
    r"(?:(?P<week>w/?c|w/?b|week\s(?:commencing|beginning|of)|wk\.?\scomm?)\b[.:]?\s*|"
    r"(?:w/?e|week\sending)\b[.:]?\s*)?"
)
_OF = rf"(?:[\s.]*(?:of\s+(?:the\s+)?)?|{_DASH}|/)"
_THEN = rf"(?:[\s.,]*(?:of\s+)?|{_DASH}|/)"
_START = r"(?<![\w'])(?<!phase )(?<!stage )(?<!step )(?<!part )"
_APART = rf"(?<![\w/.'{re.escape(DASHES)}])"
_CLOSED = rf"(?![\w/%]|[.:{re.escape(DASHES)}][0-9])"
_VERB = re.compile(r"\s(?:be|need|not|have|also|require|change|slip)\b", re.IGNORECASE)
_LEADING_UP = re.compile(
    rf"(?:^|\b(?:by|in|of|end|until|till|to|from|early|mid|late|or|and)|/|→|{_DASH})\s?$",
    re.IGNORECASE,
)
_SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}
_TERMS = {"spring": 4, "summer": 7, "autumn": 12}


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a date. `alone`: only where nothing else is said beside it (a bare
    `2020`).
    """

    pattern: re.Pattern[str]
    read: Callable[[Found], NamedDate | None]
    alone: bool = False


def dates_in(said: str, *, alone: Callable[[int, int], bool]) -> list[tuple[int, int, NamedDate]]:
    """Every date of a text with where it stands, in order; `alone` tells whether a span is all that
    is said.
    """
    taken: list[tuple[int, int, NamedDate]] = []
    for form in FORMS:
        for found in form.pattern.finditer(said):
            start, end = found.span()
            if any(start < other_end and other_start < end for other_start, other_end, _ in taken):
                continue
            if form.alone and not alone(start, end):
                continue
            named = form.read(found)
            if named is not None:
                taken.append((start, end, named))
    return sorted(taken, key=lambda one: one[0])


def _month_of(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return next(
        number
        for number, name in enumerate(MONTHS, start=1)
        if name[:3].casefold() == word[:3].casefold()
    )


def _given(found: Found, group: str) -> str:
    return found.groupdict().get(group) or ""


def _day(found: Found) -> NamedDate:
    """A day; numbers with a month above 12 are in American order."""
    day, month = int(found["day"]), _month_of(found["month"])
    # Excel set to American dates shows 31 December as `12/31/2013`.
    if found["month"].isdecimal() and month > 12 >= day:
        day, month = month, day
    year = whole_year(found["year"]) if _given(found, "year") else None
    precision: Precision = "week" if _given(found, "week") else "day"
    return NamedDate(found[0], precision, year, month, day, cut=_given(found, "cut"))


def _days(found: Found) -> NamedDate:
    """`28-30 June 2013`: due on the last."""
    day = _day(found)
    return NamedDate(
        day.text, "day", day.year, day.month, day.day, name=f"from {int(found['first']):02} to"
    )


def _month(found: Found) -> NamedDate:
    year = whole_year(found["year"]) if _given(found, "year") else None
    in_figures = found["month"].isdecimal()
    return NamedDate(
        found[0],
        "month",
        year,
        _month_of(found["month"]),
        figures=in_figures,
        cut=_given(found, "cut"),
    )


def _bare_month(found: Found) -> NamedDate | None:
    """`Mar`; `may` and `march` may be other words, unless something leads up to them."""
    doubtful = found["month"] in {"may", "march"} or _VERB.match(found.string, found.end())
    led_to = _LEADING_UP.search(found.string[: found.start()])
    return None if doubtful and not led_to else _month(found)


def _quarter(found: Found) -> NamedDate:
    """A quarter of a calendar year (`Q3 2021`), or of a financial one, from April (`Q3
    2021/22`).
    """
    quarter, year = int(found["quarter"]), whole_year(found["year"])
    if not _given(found, "second"):
        return NamedDate(found[0], "quarter", year, quarter * 3)
    return NamedDate(
        found[0], "quarter", year + (quarter == 4), quarter * 3 + 3 if quarter < 4 else 3
    )


def _financial_quarter(found: Found) -> NamedDate | None:
    return _quarter(found) if _consecutive(found) else None


def _financial_year(found: Found) -> NamedDate | None:
    return (
        NamedDate(found[0], "year", whole_year(found["year"]) + 1, 3)
        if _consecutive(found)
        else None
    )


def _years(found: Found) -> NamedDate | None:
    first, last = int(found["year"]), int(found["second"])
    return NamedDate(found[0], "year", last, 12, name=f"from {first} to") if first < last else None


def _consecutive(found: Found) -> bool:
    return int(found["second"][-2:]) == (int(found["year"][-2:]) + 1) % 100


def _year(found: Found) -> NamedDate:
    return NamedDate(found[0], "year", int(found["year"]), 12)


def _feast(found: Found) -> NamedDate:
    year = whole_year(found["year"]) if _given(found, "year") else None
    if found["feast"].casefold() == EASTER:
        return NamedDate(found[0], "day", year, 4, name=EASTER)
    return NamedDate(found[0], "day", year, 12, 25)


def _season(found: Found) -> NamedDate | None:
    season, year = found["season"].casefold(), whole_year(found["year"])
    months = _TERMS if _given(found, "term") else _SEASONS
    if season not in months:
        return None
    return NamedDate(
        found[0],
        "quarter",
        year + (season == "winter"),
        months[season],
        name=season + _given(found, "term"),
    )


def _forms() -> Iterator[Form]:
    def form(pattern: str, read: Callable[[Found], NamedDate | None], alone: bool = False) -> Form:
        return Form(re.compile(pattern, re.IGNORECASE), read, alone)

    two_years = (
        r"(?P<year>20[0-9]{2}|[0-9]{2})\s?(?:/|"
        + _DASH
        + r")\s?(?P<second>20[0-9]{2}|[0-9]{2})(?![0-9/])"
    )
    # SheetJS writes days as `2013-01-31T00:00:00.000Z`.
    time = r"(?:[T\s][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?)?"
    quarter = r"(?:q|qtr|quarter)\.?\s?(?P<quarter>[1-4])"
    # 2013-01-31, 2013-01-31 00:00:00
    yield form(
        rf"{_APART}(?P<year>[12][0-9]{{3}})([-/.])(?P<month>[0-9]{{1,2}})\2"
        rf"(?P<day>[0-9]{{1,2}}){time}{_CLOSED}",
        _day,
    )
    # 31/03/13, 30.06.23, 31-3-2013, w/c 04/03/2013
    yield form(
        rf"{_APART}{_WEEK}{_WEEKDAY}{_DAY}\s?([-/.])\s?(?P<month>[0-9]{{1,2}})\s?\3\s?"
        rf"(?P<year>[0-9]{{4}}|[0-9]{{2}}){_CLOSED}",
        _day,
    )
    # 31/03/1, 31/03/201
    yield form(rf"{_APART}{_DAY}/(?P<month>[0-9]{{1,2}})/(?P<cut>[0-9]{{3}}|[0-9]){_CLOSED}", _day)
    # Q3 2021/22, 2021/22 Q3, Q3 2021, 2021 Q3
    yield form(rf"{_START}{quarter}[\s,/]*(?:of\s+)?(?:fy\s?)?{two_years}", _financial_quarter)
    yield form(rf"{_APART}(?:fy\s?)?{two_years}[\s,]*{quarter}(?![0-9])", _financial_quarter)
    yield form(rf"{_START}{quarter}[\s,/]*(?:of\s+)?(?P<year>20[0-9]{{2}})(?![0-9/])", _quarter)
    yield form(rf"{_APART}(?P<year>20[0-9]{{2}})[\s,]*{quarter}(?![0-9])", _quarter)
    # 28-30 June 2013
    yield form(
        rf"{_START}(?P<first>[0-9]{{1,2}})(?:st|nd|rd|th)?"
        rf"{_TO}{_DAY}{_OF}{_MONTH}(?:{_THEN}{_YEAR})?",
        _days,
    )
    # 31 Jan 2013, 31st Dec 2012, 31-Jan-13, Thursday 31 January 2013, w/c 4 March 2013
    yield form(rf"{_START}{_WEEK}{_WEEKDAY}(?:the\s)?{_DAY}{_OF}{_MONTH}{_THEN}{_YEAR}", _day)
    # January 31, 2013
    yield form(
        rf"{_START}{_WEEK}{_WEEKDAY}{_MONTH}\s(?:the\s)?{_DAY},?\s"
        rf"(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])",
        _day,
    )
    # March 201
    yield form(rf"{_START}{_MONTH}\s?(?P<cut>20[0-9])(?![0-9])", _month)
    # Mar 2013, Sept. 2019, March 17, Mar-17, Mar '17
    yield form(rf"{_START}{_MONTH}{_THEN}{_YEAR}", _month)
    # 2013 March
    yield form(rf"{_APART}(?P<year>(?:19|20)[0-9]{{2}})\s{_MONTH}(?!\s?[0-9])", _month)
    # 31 January, w/c 4 March, March 4th
    yield form(rf"{_START}{_WEEK}{_WEEKDAY}(?:the\s)?{_DAY}{_OF}{_MONTH}", _day)
    yield form(
        rf"{_START}{_WEEK}{_WEEKDAY}{_MONTH}\s(?:the\s)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)(?!\w)",
        _day,
    )
    # Easter 2024, Christmas; Summer 2013, autumn term 2013
    yield form(
        rf"{_START}(?P<feast>easter|christmas|xmas)(?:\s(?:sunday|day))?(?:\s{_YEAR})?(?!\w)",
        _feast,
    )
    yield form(
        rf"{_START}(?P<season>spring|summer|autumn|winter)(?P<term>\sterm)?\s{_YEAR}", _season
    )
    # 03/2016, 2016-03, 2016/3
    yield form(
        rf"{_APART}(?P<month>0?[1-9]|1[0-2])[-/.](?P<year>(?:19|20)[0-9]{{2}}){_CLOSED}", _month
    )
    # 2021/22, FY 2021-22, 2019-2021
    yield form(rf"{_APART}(?:fy\s?)?{two_years}", _named_financial_year, True)
    yield form(
        rf"{_APART}(?P<year>(?:19|20)[0-9]{{2}})\s?"
        rf"(?:{_DASH}|to)\s?(?P<second>20[0-9]{{2}})(?![0-9])",
        _years,
        True,
    )
    yield form(
        rf"{_APART}(?P<year>(?:19|20)[0-9]{{2}})[-/.](?P<month>0?[1-9]|1[0-2]){_CLOSED}", _month
    )
    # 03/16, 3/16; 03-16 alone; 12/1 alone has lost its end
    yield form(rf"{_APART}(?P<month>0?[1-9]|1[0-2])\s?/\s?(?P<year>[0-9]{{2}}){_CLOSED}", _month)
    yield form(rf"{_APART}(?P<month>0[1-9]|1[0-2])-(?P<year>[0-9]{{2}}){_CLOSED}", _month, True)
    yield form(rf"{_APART}(?P<month>0?[1-9]|1[0-2])/(?P<cut>[0-9]){_CLOSED}", _month, True)
    # March 4; Mar; 2020
    yield form(rf"{_START}{_MONTH}\s(?P<day>[1-9])(?!\w)", _day, True)
    yield form(rf"{_START}(?<![0-9]\s){_MONTH}(?!\s?[0-9])", _bare_month)
    yield form(rf"{_APART}(?P<year>(?:19|20)[0-9]{{2}})(?![\w/])", _year, True)


def _named_financial_year(found: Found) -> NamedDate | None:
    """`2021/22`; two short numbers are a month and year (`12/13`) unless the first can be no
    month.
    """
    short = len(found["year"]) == 2
    return (
        None
        if short and int(found["year"]) <= 12 and not found[0][0].isalpha()
        else _financial_year(found)
    )


FORMS: tuple[Form, ...] = tuple(_forms())
