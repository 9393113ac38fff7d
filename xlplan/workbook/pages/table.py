"""One table of a report on a sheet: heading row, rows as tall as their text, links to what they are
about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from xlplan.workbook.kit.authoring import done, put, writable
from xlplan.workbook.kit.measuring import LINE, lines_of
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.written import CellFormat, WrittenSheet
from xlplan.workbook.pages.blocks import Column, Row, Table, TableCell, heads, two_lines

# Excel allows a row 409 points.
TALLEST = 405.0


def shown_columns(table: Table) -> tuple[Column[Any], ...]:
    """The columns as a sheet has them: a table's groups are its first column."""
    return (
        (Column(table.group_title, width=26), *table.columns)
        if table.group_title
        else table.columns
    )


def widths_of(tables: Sequence[Table]) -> list[float]:
    """One width for each column of a sheet, wide enough for every table that stands on it."""
    widths: list[float] = []
    for table in tables:
        for place, column in enumerate(shown_columns(table)):
            if place == len(widths):
                widths.append(8.0)
            widths[place] = max(widths[place], float(column.width))
    return widths or [70.0]


def write_table(
    sheet: WrittenSheet,
    table: Table,
    row: int,
    widths: Sequence[float],
    styles: Styles,
    places: Mapping[str, str],
    *,
    alone: bool,
    captioned: bool = True,
) -> int:
    """Write a table from a row on; the only one of a sheet is frozen under its heading and filters.

    Without `captioned` it begins where its caption would stand.
    """
    row += captioned
    if captioned:
        put(sheet, row, 0, table.caption, styles["heading"])
    if not table.rows:
        put(sheet, row + 1, 0, table.empty, styles["muted"])
        return row + 2
    first = row + 1
    columns = shown_columns(table)
    top = _heading(sheet, columns, first, widths, styles)
    for number, line in enumerate(table.rows, start=top + 1):
        _write_row(sheet, table, line, number, widths, styles, places)
    last = top + len(table.rows)
    # A sheet has one filter and one frozen line.
    if alone:
        # Pairs of numbers run off the screen: the section's name stays beside them.
        sheet.freeze_panes(top + 1, 1 if two_lines(columns) else 0)
        sheet.autofilter(top, 0, last, len(columns) - 1)
        sheet.repeat_rows(first, top)
    if table.note:
        put(sheet, last + 1, 0, table.note, styles["muted"])
    return last + 2


def _heading(
    sheet: WrittenSheet,
    columns: Sequence[Column[Any]],
    row: int,
    widths: Sequence[float],
    styles: Styles,
) -> int:
    """Write the headings from a row on, in two lines where some stand over others; the row of the
    last line.
    """
    double = two_lines(columns)
    for head in heads(columns):
        style = _head(columns[head.first], styles, over=not head.alone)
        last = row + (head.alone and double)
        # XlsxWriter refuses to merge a single cell.
        if (head.wide, last) != (1, row):
            sheet.merge_range(row, head.first, last, head.first + head.wide - 1, "", style)
        put(sheet, row, head.first, head.title, style)
    if not double:
        sheet.set_row(row, row_height([column.title for column in columns], widths, bold=True))
        return row
    for place, column in enumerate(columns):
        if column.over:
            put(sheet, row + 1, place, column.title, _head(column, styles))
    over = [head.title if head.wide > 1 else "" for head in heads(columns)]
    sheet.set_row(row, row_height(over, [2 * min(widths[1:])] * len(over), bold=True))
    sheet.set_row(
        row + 1,
        row_height([column.title for column in columns if column.over], widths[1:], bold=True),
    )
    return row + 1


def _head(column: Column[Any], styles: Styles, *, over: bool = False) -> CellFormat:
    """The style of a heading; one that stands over others is in their middle."""
    if column.colour:
        return styles.on(column.colour, "head over" if over else "head number")
    return styles["head over" if over else "head number" if column.kind == "number" else "head"]


def _write_row(
    sheet: WrittenSheet,
    table: Table,
    row: Row,
    number: int,
    widths: Sequence[float],
    styles: Styles,
    places: Mapping[str, str],
) -> None:
    cells = (TableCell(row.group), *row.cells) if table.group_title else row.cells
    for place, cell in enumerate(cells):
        counts = shown_columns(table)[place].kind == "number"
        write_cell(sheet, number, place, cell, styles, places, total=row.total, counts=counts)
    sheet.set_row(number, row_height([str(cell) for cell in cells], widths))


def write_cell(
    sheet: WrittenSheet,
    row: int,
    column: int,
    cell: TableCell,
    styles: Styles,
    places: Mapping[str, str],
    *,
    total: bool = False,
    counts: bool = False,
) -> None:
    """Write one cell by what it holds; text stays text, and leads to its row where there is one.

    `counts`: it stands in a column of numbers, to the right.

    Raises:
        NotWritten: XlsxWriter refused it.
    """
    look = "total" if total else "figure"
    target = places.get(cell.leads_to, "") if cell.leads_to else ""
    name = f"cell {row},{column}"
    number = cell.value if isinstance(cell.value, int | float) else None
    if cell.colour:
        kind = "figure rating" if number is None and not counts else "figure rating number"
        style = styles.on(cell.colour, kind)
        if number is None:
            put(sheet, row, column, str(cell), style)
        else:
            done(sheet.write_number(row, column, number, style), name)
    elif number is not None:
        kind = "share" if cell.share else "strong number" if cell.strong else "number"
        if target and number:
            # A link is written with its address as its text; the number then takes the cell.
            done(sheet.write_url(row, column, target, styles[f"{look} link number"]), name)
            kind = "link number"
        done(sheet.write_number(row, column, number, styles[f"{look} {kind}"]), name)
    # Excel's filter puts dates in order, and texts such as `4 Mar 2013` by their letters.
    elif isinstance(cell.value, date):
        midnight = datetime.combine(cell.value, datetime.min.time())
        done(sheet.write_datetime(row, column, midnight, styles[f"{look} date"]), name)
    elif target and str(cell):
        done(
            sheet.write_url(row, column, target, styles[f"{look} link"], writable(str(cell))), name
        )
    else:
        kind = "count" if counts else "strong" if cell.strong else "text"
        put(sheet, row, column, str(cell), styles[f"{look} {kind}"])


def row_height(texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    """Points that a row needs for its tallest text, each in a column of so many characters; Excel
    allows 409.
    """
    lines = max(
        (lines_of(text, width, bold=bold) for text, width in zip(texts, widths, strict=False)),
        default=1,
    )
    return min(TALLEST, LINE * lines + 4)
