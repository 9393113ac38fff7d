"""Carry further sheets of the office's own workbook into the master as they stand: values, merges,
number formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from xlplan.spreadsheets.cells import RawCell, Sheet
from xlplan.workbook.kit.authoring import done, put
from xlplan.workbook.kit.marks import METADATA_SHEET
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.written import CellFormat, WrittenSheet
from xlplan.workbook.pages.blocks import OUR_SHEET
from xlplan.workbook.pages.table import row_height

WIDEST = 60.0
# Excel counts a 29 February 1900 that never was: other programs read the days before it one off.
FIRST_DAY = datetime(1900, 3, 1)


def carried_sheets(sheets: Iterable[Sheet], taken: Iterable[str]) -> Iterator[Sheet]:
    """Those that are the office's own and whose names are free; sheets of figures that we wrote
    stay behind.
    """
    names = {name.casefold() for name in taken} | {METADATA_SHEET}
    for sheet in sheets:
        # An office may run `init` on last month's master: its dashboard would come along beside the
        # new one.
        ours = any(
            cell.value == OUR_SHEET
            for cell in sheet.cells.values()
            if cell.row <= 3 and cell.column == 1
        )
        if not ours and sheet.name.casefold() not in names:
            yield sheet


def carry(sheet: WrittenSheet, source: Sheet, styles: Styles) -> None:
    """Write every cell of `source`; a formula stays one, with its value."""
    widths = _widths(source)
    for column, width in enumerate(widths):
        sheet.set_column(
            column, column, width, None, {"hidden": column + 1 in source.hidden_columns}
        )
    first = _first_full_row(source)
    covered = {
        (top, left): (top, left, bottom, right) for top, left, bottom, right in source.merged
    }
    for place, cell in sorted(source.cells.items()):
        # What stands above the list is its title: it runs over its neighbours.
        title = isinstance(cell.value, str) and cell.row < first and place not in covered
        style = (
            styles["carried title"]
            if title
            else styles.numbered("carried head" if cell.row == first else "carried", _format(cell))
        )
        if place in covered:
            top, left, bottom, right = covered[place]
            done(sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", style), cell.name)
        _write(sheet, cell, style)
    for row in {cell.row for cell in source.cells.values()}:
        single = row < first
        texts = [
            "" if single or (row, n + 1) in covered else source.cell(row, n + 1).as_text
            for n in range(len(widths))
        ]
        sheet.set_row(row - 1, row_height(texts, widths))
    if source.hidden:
        sheet.hide()


def _write(sheet: WrittenSheet, cell: RawCell, style: CellFormat) -> None:
    row, column, value = cell.row - 1, cell.column - 1, cell.value
    # An .xlsx says `[1]` for another workbook and `Costs[May]` for a column of a table: neither is
    # carried along.
    if cell.formula and "[" not in cell.formula:
        done(
            # XlsxWriter would write 0 as the result, and LibreOffice shows what is written.
            sheet.write_formula(row, column, cell.formula, style, "" if value is None else value),
            cell.name,
        )
    elif isinstance(value, bool):
        done(sheet.write_boolean(row, column, value, style), cell.name)
    elif isinstance(value, int | float):
        done(sheet.write_number(row, column, value, style), cell.name)
    elif isinstance(value, datetime | date | time) and not _too_early(value):
        done(sheet.write_datetime(row, column, value, style), cell.name)
    else:
        put(sheet, row, column, cell.as_text, style)


def _too_early(value: datetime | date | time) -> bool:
    """Before Excel's calendar is sure of its days."""
    # It has a 29 February 1900, which never was.
    if isinstance(value, time):
        return False
    return datetime(value.year, value.month, value.day) < FIRST_DAY


def _format(cell: RawCell) -> str:
    if cell.number_format and cell.number_format != "General":
        return cell.number_format
    # In a General cell Excel makes a date of the text `3/4` as soon as somebody edits it.
    return "@" if isinstance(cell.value, str) and not cell.formula else ""


def _first_full_row(source: Sheet) -> int:
    """The row that looks like the heading of a list: the first with two texts or more."""
    counts: dict[int, int] = {}
    for cell in source.cells.values():
        counts[cell.row] = counts.get(cell.row, 0) + (
            isinstance(cell.value, str) and not cell.blank
        )
    return min((row for row, count in counts.items() if count > 1), default=0)


def _widths(source: Sheet) -> list[float]:
    """Columns as wide as their longest line, within reason; cells merged across count for none."""
    across = {(top, left) for top, left, _, right in source.merged if right > left}
    first = _first_full_row(source)
    widths = [9.0] * source.last_column
    for (row, column), cell in source.cells.items():
        if (row, column) in across or row < first:
            continue
        longest = max((len(line) for line in cell.as_text.split("\n")), default=0)
        widths[column - 1] = max(widths[column - 1], min(WIDEST, longest * 1.1 + 2))
    return widths
