"""Author a workbook with XlsxWriter so that text stays text, rows grow, and nothing fails
unseen.
"""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from xlplan.workbook.kit.marks import CUSTOM_PROPERTY
from xlplan.workbook.kit.written import CellFormat, WrittenSheet

LONGEST_TEXT = 32_767
# XML cannot say these, and Excel calls the whole file damaged for one of them. Leads paste them out
# of PDFs and case systems.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MEANT_AS_TEXT = ("number_stored_as_text", "two_digit_text_year")
# Excel counts a 29 February 1900 that never was: other programs read the days before it one off.
_FIRST_DAY = datetime(1900, 3, 1)


class NotWritten(Exception):
    """XlsxWriter refused something; it says so by a return value only."""


class GrowingSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter says no types
    """A sheet whose rows open at the height we give and still grow when somebody types more."""

    def print_areas(self, *areas: tuple[int, int, int, int]) -> None:
        """Print several areas, each on pages of its own; the library itself takes one only."""
        ranges = [xl_range_abs(*area) for area in areas]
        self.print_area_range = ",".join(f"{quote_sheetname(self.name)}!{area}" for area in ranges)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_start_tag_unencoded(tag, _without_custom_height(tag, attributes))

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_empty_tag_unencoded(tag, _without_custom_height(tag, attributes))


def _without_custom_height(tag: str, attributes: Any) -> Any:
    # Excel fits a row to its text as people type, unless its height is called custom; XlsxWriter
    # calls every height so.
    return (
        [pair for pair in attributes if pair[0] != "customHeight"] if tag == "row" else attributes
    )


class GrowingWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter says no types
    """A workbook of growing sheets."""

    worksheet_class = GrowingSheet

    def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> GrowingSheet:
        """A new sheet, on which Excel does not put a green corner beside every ref and typed
        date.
        """
        sheet: GrowingSheet = super().add_worksheet(name, worksheet_class)
        sheet.ignore_errors(dict.fromkeys(_MEANT_AS_TEXT, "A1:XFD1048576"))
        return sheet


def new_workbook(
    path: Path | BytesIO,
    *,
    title: str,
    author: str,
    created: datetime,
    subject: str = "",
    code: str = "",
    marking: str = "",
) -> GrowingWorkbook:
    """Open a workbook for writing. The same `created` and contents give the same bytes.

    `code` becomes a custom property, `marking` the category.
    """
    # XlsxWriter's `write` would make a formula of a lead's `=1+1` and a link of `http://x`.
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = GrowingWorkbook(str(path) if isinstance(path, Path) else path, options)
    book.set_properties(
        {
            "title": writable(title),
            "author": writable(author),
            "subject": writable(subject),
            "category": writable(marking),
            # XlsxWriter refuses a time with a zone, and takes the clock's where it is given none.
            "created": created.replace(tzinfo=None),
        }
    )
    if code:
        book.set_custom_property(CUSTOM_PROPERTY, code, "text")
    return book


def writable(text: str) -> str:
    """Text that a spreadsheet can hold: LF line ends, no control characters, at most 32,767 UTF-16
    units.
    """
    # Half a character of two units fails only as the file is closed; openpyxl reads a carriage
    # return back as `_x000D_`.
    plain = _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    units = plain.encode("utf-16-le")
    return (
        plain
        if len(units) <= 2 * LONGEST_TEXT
        else units[: 2 * LONGEST_TEXT].decode("utf-16-le", "ignore")
    )


def put(
    sheet: WrittenSheet, row: int, column: int, text: str, style: CellFormat | None = None
) -> None:
    """Write text as text; an empty one as a formatted blank. Rows and columns count from 0, as
    XlsxWriter's.

    Raises:
        NotWritten: the cell lies outside the sheet.
    """
    written = (
        sheet.write_string(row, column, writable(text), style)
        if text
        else sheet.write_blank(row, column, None, style)
    )
    done(written, f"cell {row},{column}")


def put_date(
    sheet: WrittenSheet, row: int, column: int, text: str, style: CellFormat | None = None
) -> None:
    """Write an ISO date as a date; a text that is none, or lies before Excel's calendar, as
    text.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min
    if moment < _FIRST_DAY:
        put(sheet, row, column, text, style)
    else:
        done(
            # Excel knows no zones, and XlsxWriter refuses a time that has one.
            sheet.write_datetime(row, column, moment.replace(tzinfo=None), style),
            f"cell {row},{column}",
        )


# Excel keeps 15 digits of a number and no idle zeros: `007` and `1.50` stay text.
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?")
"""Texts that a cell may hold as a number and show as they are."""


def put_number(
    sheet: WrittenSheet, row: int, column: int, text: str, style: CellFormat | None = None
) -> None:
    """Write a number as a number; a text that is none as text."""
    try:
        number = float(text)
        done(sheet.write_number(row, column, number, style), f"cell {row},{column}")
    except (ValueError, TypeError):
        put(sheet, row, column, text, style)


def done(code: int | None, what: str) -> None:
    """Turn a return value into an exception.

    Raises:
        NotWritten: the value says that something was refused.
    """
    if code:
        raise NotWritten(f"XlsxWriter refused {what}: {code}")


def header_text(text: str, longest: int = 80) -> str:
    """Text for a page header or footer, where & begins a code."""
    return writable(text)[:longest].replace("&", "&&")
