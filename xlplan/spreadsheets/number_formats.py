"""What a number format makes of a number: a day, a time, a length of time, or a number still."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import cache

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    # Excel of China, Japan and Korea keeps its own ways of writing a day under these.
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((*range(32, 36), 55, 56), "h:mm"),
}
"""The codes of formats that a file names by a number alone; 0 is General."""

_EPOCH, _EPOCH_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
# Lotus thought that 1900 had a 29 February, and Excel counts it still: days before it are off by 1.
_LEAP_DAY = 60
_DAY = 24 * 60 * 60
_NEAR = timedelta(minutes=2)
# What a code says in words, and what it says of colours, conditions and countries.
_BESIDE = re.compile(r'"[^"]*"|\[(?!(?:h+|m+|s+)\])[^\]]*\]|[\\_*].', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")


@cache
def bare(code: str) -> str:
    """A code in small letters without words and colours, as far as it is for positive numbers;
    "" for General.
    """
    found = _BESIDE.sub("", code).partition(";")[0].strip().lower()
    return "" if found in {"general", "standard"} else found


@cache
def shows_time(code: str) -> bool:
    """Whether a number in this format is a day or a time, or a length of time."""
    return bool(re.search("[dmhys]", bare(code)))


def whole_day(moment: datetime, code: str) -> datetime:
    """The day for a moment next to midnight in a cell that shows no time: whoever looks at it sees
    the day that was meant.
    """
    # SheetJS writes 30 June as 23:59:12 of the day before, in the many zones that once had a clock
    # of seconds.
    near = (moment + _NEAR).replace(hour=0, minute=0, second=0, microsecond=0)
    is_near = abs(near - moment) <= _NEAR
    return near if is_near and not re.search("[hs]", bare(code)) else moment


def moment(serial: float, code: str, *, since_1904: bool = False) -> datetime | time | str:
    """What a cell of this format shows for a number of days: a day, the time of a day, or the text
    of a length of time (`[h]:mm`: `36:00`).

    Raises:
        ValueError, OverflowError: no calendar has such a day.
    """
    if _ELAPSED.search(bare(code)):
        return _elapsed(serial, bare(code))
    if serial < 0:
        raise ValueError("no calendar of a workbook begins so early")
    days, fraction = divmod(serial, 1)
    rest = timedelta(milliseconds=round(fraction * _DAY * 1000))
    if 0 <= serial < 1 and not rest.days:
        return (datetime.min + rest).time()
    if 0 < serial < _LEAP_DAY and not since_1904:
        days += 1
    return whole_day((_EPOCH_OF_1904 if since_1904 else _EPOCH) + timedelta(days=days) + rest, code)


def _elapsed(serial: float, code: str) -> str:
    """Hours, or minutes, or seconds that go on counting beyond the day, as the cell shows them."""
    seconds = round(abs(serial) * _DAY)
    largest = _ELAPSED.search(code)
    unit = largest[0][1] if largest else "h"
    sign = "-" if serial < 0 else ""
    if unit == "s":
        return f"{sign}{seconds}"
    minutes, left = divmod(seconds, 60)
    after = f":{left:02}" if "s" in code else ""
    if unit == "m":
        return f"{sign}{minutes}{after}"
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}{after}" if "m" in code else f"{sign}{hours}"
