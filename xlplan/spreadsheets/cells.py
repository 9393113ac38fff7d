"""Any spreadsheet as sheets of raw cells with addresses, opened safely. Knows formats; knows
nothing of a plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from xlplan.plan.findings.addresses import cell_name
from xlplan.plan.values import RawValue
from xlplan.spreadsheets.number_texts import in_words

COUNTS_FROM_1904 = "counts from 1904"
"""A property, "1" where bare serial numbers of a workbook count days from 1904, as old Macs did."""
# Excel's errors, those of its newer functions among them; LibreOffice numbers its own: `Err:502`.
_SHOWN_ERROR = re.compile(
    r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A|SPILL!|CALC!|GETTING_DATA)|Err:\d{3}"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as it stands in the file. `value` of an error cell is its text (`#REF!`); of a
    formula its result.

    `as_text` is what a text field should take it for: numbers without a spurious `.0`, dates as the
    cell shows them. `struck`: the whole text is struck through; `struck_part` is what is struck
    where only a part is. `link` is where the cell leads.
    """

    row: int
    column: int
    value: RawValue
    formula: str = ""
    error: bool = False
    comment: str = ""
    struck: bool = False
    struck_part: str = ""
    link: str = ""
    number_format: str = ""

    @property
    def name(self) -> str:
        """`H12`."""
        return cell_name(self.row, self.column)

    @property
    def blank(self) -> bool:
        """Nothing in it, or only blanks."""
        return self.value is None or (
            (isinstance(self.value, str) and not self.value.strip()) and not self.formula
        )

    @property
    def faulty(self) -> bool:
        """Whether it shows an error value; in a .csv, and where values were pasted, only the text
        tells.
        """
        return self.error or (
            isinstance(self.value, str) and bool(_SHOWN_ERROR.fullmatch(self.value.strip()))
        )

    @property
    def shows_no_day(self) -> bool:
        """Whether it is a day that shows as a month or a year: Excel makes one of `Feb 2017`."""
        code = _code(self.number_format)
        return isinstance(self.value, date) and "y" in code and "d" not in code and "h" not in code

    @property
    def as_text(self) -> str:
        """The value as a person reads it in the cell."""
        return text_of(self.value, self.number_format)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What lies over cells, at the cell under its corner (0, 0: nothing tells): a "text", a
    "picture", an "object".
    """

    row: int
    column: int
    kind: str
    text: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet: its cells by (row, column), only those that hold something, its merged ranges,
    what is `drawn` on it.

    `merged` holds (first row, first column, last row, last column); only the first cell of a range
    holds a value.
    """

    name: str
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    drawn: list[Drawn] = field(default_factory=list)

    def cell(self, row: int, column: int) -> RawCell:
        """The cell there; a blank one where nothing stands."""
        return self.cells.get((row, column)) or RawCell(row, column, None)

    def merged_value(self, row: int, column: int) -> RawCell:
        """The cell there, or the first one of the merged range that covers it."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return self.cell(top, left)
        return self.cell(row, column)

    @property
    def last_row(self) -> int:
        """The last row that holds anything, 0 when none does."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column that holds anything, 0 when none does."""
        return max((column for _, column in self.cells), default=0)

    def rows(self) -> Iterator[tuple[int, list[RawCell]]]:
        """Row numbers with their cells, left to right; rows without cells are left out."""
        by_row: dict[int, list[RawCell]] = {}
        for (row, _), cell in sorted(self.cells.items()):
            by_row.setdefault(row, []).append(cell)
        return iter(by_row.items())


@dataclass(slots=True)
class Spreadsheet:
    """One file: its sheets in order, its properties, the program that wrote it, when it was saved
    (ISO).
    """

    path: Path
    sheets: list[Sheet]
    properties: dict[str, str] = field(default_factory=dict)
    application: str = ""
    saved_at: str = ""

    def sheet(self, name: str) -> Sheet | None:
        """The sheet with this name, blanks and case aside; None when there is none."""
        # Offices retype the names of their tabs: a blank at the end, two in the middle.
        wanted = " ".join(name.split()).casefold()
        return next(
            (sheet for sheet in self.sheets if " ".join(sheet.name.split()).casefold() == wanted),
            None,
        )


class Unreadable(Exception):
    """A file that cannot be taken in: `code` and `details` are the catalogue's."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def is_lock_file(name: str) -> bool:
    """Whether a spreadsheet program left this file while a workbook of nearly that name is open."""
    # Excel leaves `~$Housing.xlsx`, LibreOffice `.~lock.Housing.xlsx#`.
    return name.startswith(("~$", ".~lock."))


def text_of(value: RawValue, number_format: str = "") -> str:
    """A value as people read it: 42 without `.0`, a date with its month as a word, a percentage
    with its sign.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return _date_text(value, _code(number_format))
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, int | float):
        shown = in_words(value, number_format, _plain_number) if number_format else None
        return _number_text(value, _code(number_format)) if shown is None else shown
    return value


def _code(number_format: str) -> str:
    """A number format without its colours and words, and only as far as it is for positive
    numbers.
    """
    # `[Red]0;"day "0` and `[$-809]d mmmm yyyy`: letters in brackets and quotes are no codes.
    return re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format.lower()).partition(";")[0]


def _date_text(value: date, code: str) -> str:
    """With its day, unless the cell shows none: `31 Jan 2013`, `Jan 2013`, `2013`."""
    month = _MONTHS[value.month - 1]
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return f"{value.day} {month} {value.year} {value:%H:%M}"
    if "d" in code or "y" not in code:
        return f"{value.day} {month} {value.year}"
    return f"{month} {value.year}" if "m" in code else str(value.year)


def _number_text(value: float, code: str) -> str:
    """With the zeros that its format adds (`2.10`, `007`); never fewer digits than it has."""
    if "%" in code:
        # A cell that shows 29% holds 0.29, which times a hundred is 28.999999999999996.
        return f"{_plain_number(float(f'{value * 100:.12g}'))}%"
    padded = re.fullmatch(r"(0+)(?:\.(0+))?", code)
    if padded:
        decimals = len(padded[2] or "")
        shown = f"{value:0{len(padded[1]) + bool(decimals) + decimals}.{decimals}f}"
        # A format of `0` rounds 42.7 on the screen: what was typed is more than what is shown.
        if float(shown) == value:
            return shown
    return _plain_number(value)


def _plain_number(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    # Excel keeps 15 digits; 0.1+0.2 is 0.3 there and 0.30000000000000004 in a float.
    return f"{value:.15g}"
