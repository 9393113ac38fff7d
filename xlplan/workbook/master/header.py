"""Headers of the plan's tables: one row or two, repeated and spelt as they were published."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from xlplan.workbook.kit.authoring import done, put
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.master.columns import MasterColumn
from xlplan.workbook.office.headings import headings_in
from xlplan.workbook.pages.table import row_height

LOWEST = 18.0


def write_header(
    sheet: WrittenSheet, row: int, text: str, columns: Sequence[MasterColumn], styles: Styles
) -> int:
    """Write a header from a row on (counted from 0); its last row. `text` holds its headings as
    published.
    """
    # A repeated header is spelt as it was published there, misspellings too.
    headings = headings_of(text, columns)
    two_rows = any(column.under for column in columns)
    last = row + 1 if two_rows else row
    for under, places in groupby(range(len(columns)), key=lambda place: columns[place].under):
        run = list(places)
        if under:
            _group(sheet, row, run, under, styles)
        for place in run:
            style = styles["plan header" if columns[place].published else "plan header extra"]
            # Kent 2010 prints `Leads` over A and R, and the headings beside it over both rows.
            if two_rows and not under:
                done(sheet.merge_range(row, place, last, place, "", style), f"heading {place}")
                put(sheet, row, place, headings[place], style)
            else:
                put(sheet, last, place, headings[place], style)
    below = [place for place in range(len(columns)) if two_rows and columns[place].under]
    whole = _height(
        headings, columns, [place for place in range(len(columns)) if place not in below]
    )
    second = _height(headings, columns, below)
    sheet.set_row(row, max(LOWEST, whole - second) if two_rows else whole)
    if two_rows:
        sheet.set_row(last, second)
    return last


def _height(
    headings: Sequence[str], columns: Sequence[MasterColumn], places: Sequence[int]
) -> float:
    """Points that the headings of some columns need."""
    texts, widths = (
        [headings[place] for place in places],
        [columns[place].width for place in places],
    )
    return max(LOWEST, row_height(texts, widths, bold=True))


def _group(sheet: WrittenSheet, row: int, places: list[int], under: str, styles: Styles) -> None:
    """The heading over several columns."""
    style = styles["plan header"]
    # XlsxWriter refuses to merge a single cell.
    if len(places) > 1:
        done(sheet.merge_range(row, places[0], row, places[-1], "", style), f"heading {places[0]}")
    put(sheet, row, places[0], under, style)


def headings_of(text: str, columns: Sequence[MasterColumn]) -> list[str]:
    """The headings that one header shows: as it was spelt, where it has as many as there are
    published columns.
    """
    published = [column for column in columns if column.published]
    # Leicestershire 2017: `Key Lead` above the first section, `Key lead(s)` above the others.
    spelt = headings_in(text, [column.under for column in published])
    if spelt is None:
        return [column.heading for column in columns]
    return [*spelt, *(column.heading for column in columns[len(published) :])]
