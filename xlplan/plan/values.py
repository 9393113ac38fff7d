"""A cell's value: the text that people wrote, and the canonical form by which two values are
compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

# Excel has one type for days and times; what a cell means is in its number format.
RawValue = str | int | float | bool | datetime | date | time | None
"""What a spreadsheet cell may hold when it is read."""


@dataclass(frozen=True, slots=True)
class Value:
    """One cell. `text` is kept and shown; two values are equal in meaning when their `canonical` is
    equal.
    """

    text: str
    canonical: str

    def __bool__(self) -> bool:
        """Whether anything stands in the cell."""
        return self.canonical != ""

    def means(self, other: Value) -> bool:
        """Whether two values say the same, however each was typed: `1/9/19` and `1 Sept 2019`."""
        return self.canonical == other.canonical


BLANK = Value("", "")
"""Empty, blank and null are one value (design, section 8, rule 2)."""

Row = Mapping[str, Value]
"""One item's values by field key; a field that is absent is blank."""
Table = Mapping[str, Row]
"""Rows by the item's permanent key."""
