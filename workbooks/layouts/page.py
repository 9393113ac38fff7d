"""One sheet of an example workbook, written from top to bottom the way a council lays out
its plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

Cell = str | int | float

LINE = 15
"""Height of one line of text, in points."""

A3, A4 = 8, 9
"""Paper sizes as Excel numbers them."""

TALLEST = 405
"""Excel allows 409 points."""

BORDER = {"border": 1, "border_color": "#808080", "valign": "top", "text_wrap": True}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#1F3864"},
    "subtitle": {"font_size": 11, "font_color": "#404040"},
    "section": {
        **BORDER,
        "bold": True,
        "font_size": 13,
        "bg_color": "#1F3864",
        "font_color": "#FFFFFF",
    },
    "under": {**BORDER, "bg_color": "#DCE4F2"},
    "paragraph": {**BORDER, "bold": True, "bg_color": "#EDEDED"},
    "header": {
        **BORDER,
        "bold": True,
        "bg_color": "#2F5597",
        "font_color": "#FFFFFF",
        "valign": "vcenter",
    },
    "text": {**BORDER, "num_format": "@"},
    "number": {**BORDER, "align": "center"},
    "percent": {**BORDER, "align": "center", "num_format": "0.00%"},
    "whole percent": {**BORDER, "align": "center", "num_format": "0%"},
    "total": {**BORDER, "bold": True, "align": "center", "bg_color": "#EDEDED"},
    "note": {"italic": True, "font_size": 9, "text_wrap": True, "valign": "top"},
}


@dataclass(frozen=True)
class Under:
    """A heading merged over the headings of several columns."""

    heading: str
    columns: tuple[str, ...]


Heading = str | Under


@dataclass
class Book:
    """A workbook in the making; its bytes are the same every time."""

    path: Path
    colours: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = Workbook(str(self.path), options)
        self.formats: dict[str, Any] = {}

    def properties(self, title: str, author: str, created: datetime) -> None:
        """What the file's properties say; without a fixed time the bytes would differ at
        each run.
        """
        self.book.set_properties({"title": title, "author": author, "created": created})

    def style(self, name: str) -> Any:
        """A format by its name in STYLES, or `rating X`: the fill of that rating."""
        if name not in self.formats:
            rating = name.removeprefix("rating ")
            filled = {
                **BORDER,
                "align": "center",
                "bold": True,
                "bg_color": self.colours.get(rating, "#FFFFFF"),
            }
            self.formats[name] = self.book.add_format(STYLES.get(name, filled))
        return self.formats[name]

    def rating(self, code: str) -> str:
        """The style of a cell that holds a rating; a blank one has no fill."""
        return f"rating {code}" if code else "text"


class Page:
    """A sheet that grows downwards. `row` is the next free row, from 0; widths are in
    characters.
    """

    def __init__(
        self, book: Book, name: str, widths: Sequence[float], *, landscape: bool = True
    ) -> None:
        self.book = book
        self.sheet = book.book.add_worksheet(name)
        self.widths = list(widths)
        self.row = 0
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_paper(A3 if landscape else A4)
        if landscape:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_footer("&L&A&RPage &P of &N")

    def title(self, *lines: str) -> None:
        """Title lines in the first column, the first one large."""
        for number, line in enumerate(lines):
            self.sheet.write_string(
                self.row, 0, line, self.book.style("subtitle" if number else "title")
            )
            self.sheet.set_row(self.row, 18 if number else 24)
            self.row += 1

    def blank(self) -> None:
        """An empty row."""
        self.row += 1

    def line(self, text: str, style: str) -> None:
        """One text merged over the whole width."""
        self.merge(self.row, 0, self.row, len(self.widths) - 1, text, style)
        self.sheet.set_row(self.row, _height([(text, sum(self.widths))]) + 4)
        self.row += 1

    def merge(self, top: int, left: int, bottom: int, right: int, text: Cell, style: str) -> None:
        """One cell over a range; a range of one cell is no merge."""
        if (top, left) == (bottom, right):
            self.write(top, left, text, style)
        else:
            self.sheet.merge_range(top, left, bottom, right, text, self.book.style(style))

    def write(self, row: int, column: int, value: Cell, style: str) -> None:
        """One cell: text stays text, whatever it looks like."""
        if isinstance(value, str) and value:
            self.sheet.write_string(row, column, value, self.book.style(style))
        elif isinstance(value, str):
            self.sheet.write_blank(row, column, None, self.book.style(style))
        else:
            self.sheet.write_number(row, column, value, self.book.style(style))

    def header(self, headings: Sequence[Heading], *, repeat: bool = False, over: str = "") -> None:
        """A header of one row; of two when a heading is merged over several columns, the others
        then over both rows.

        `over` stands in a row above them all but the first, which is then merged over three.
        """
        depth = 2 if any(isinstance(heading, Under) for heading in headings) else 1
        if over:
            self.merge(self.row, 1, self.row, len(self.widths) - 1, over, "header")
            self.merge(self.row, 0, self.row + depth, 0, str(headings[0]), "header")
            self.row += 1
        self._headings(headings[1:] if over else headings, 1 if over else 0, depth)
        first = self.row - 1 if over else self.row
        for row in range(first, self.row + depth):
            self.sheet.set_row(row, 2 * LINE)
        if repeat:
            self.sheet.repeat_rows(first, self.row + depth - 1)
        self.row += depth

    def _headings(self, headings: Sequence[Heading], column: int, depth: int) -> None:
        for heading in headings:
            if isinstance(heading, Under):
                last = column + len(heading.columns) - 1
                self.merge(self.row, column, self.row, last, heading.heading, "header")
                for place, name in enumerate(heading.columns, start=column):
                    self.write(self.row + 1, place, name, "header")
                column = last
            else:
                self.merge(self.row, column, self.row + depth - 1, column, heading, "header")
            column += 1

    def cells(
        self,
        values: Sequence[Cell | None],
        styles: Mapping[int, str] | None = None,
        default: str = "text",
        *,
        at_least: float = 0,
    ) -> None:
        """A row of cells, `at_least` so many points high; None where a merged cell covers the
        place.
        """
        styles = styles or {}
        for column, value in enumerate(values):
            if value is not None:
                self.write(self.row, column, value, styles.get(column, default))
        texts = [
            (str(value or ""), width) for value, width in zip(values, self.widths, strict=False)
        ]
        self.sheet.set_row(self.row, max(at_least, _height(texts)))
        self.row += 1


def _height(texts: Sequence[tuple[str, float]]) -> float:
    """Points that a row needs for its longest text, each given with the width of its column."""
    lines = max(
        sum(max(1, -(-len(line) // max(1, int(width)))) for line in text.split("\n"))
        for text, width in texts
    )
    return min(TALLEST, lines * LINE)
