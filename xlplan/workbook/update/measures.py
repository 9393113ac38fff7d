"""The sheet of measures that a lead reports: unit, target and last reading locked, this round's
reading to fill in.
"""

from __future__ import annotations

from typing import Any

from xlplan.plan.values import BLANK
from xlplan.workbook.kit.authoring import done, put
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import long_date, shortened
from xlplan.workbook.update.book import UpdateBook, UpdateMeasure, problems_text
from xlplan.workbook.update.layout import UpdateColumn
from xlplan.workbook.update.measures_layout import MEASURE_COLUMNS, MEASURE_PROBLEM
from xlplan.workbook.update.rules import Span, mark_changed
from xlplan.workbook.update.sizes import row_height
from xlplan.workbook.update.table import BANDS, TableArea, write_cell, write_fault, write_heads

_BAND = 2
_IF_ANY = {"unit", "last.reading"}
"""Columns that are hidden where no measure has anything in them."""


def write_measures(sheet: Any, book: UpdateBook, styles: Styles) -> list[str]:
    """Write the sheet; returns its texts outside the table, by which they are known again."""
    columns = (*MEASURE_COLUMNS, MEASURE_PROBLEM) if book.asks else MEASURE_COLUMNS
    shown = [
        column.id not in _IF_ANY or any(_text(row, column) for row in book.measures)
        for column in columns
    ]
    widths = tuple(
        float(column.width) if seen and not column.hidden else 0.0
        for column, seen in zip(columns, shown, strict=True)
    )
    grid = TableArea(columns, widths, _BAND, len(book.measures))
    title = say("measures", round=book.round.name, lead=book.lead)
    told = say("measures.how", day=long_date(book.round.return_by, book.mapping))
    put(sheet, 0, 1, title, styles["title"])
    put(sheet, 1, 1, told, styles["text"])
    sheet.set_row(0, 24)
    bands = {**BANDS, "input": say("measures.band")}
    write_heads(sheet, grid, styles, bands, lowest=20)
    for place, row in enumerate(book.measures, start=grid.first):
        _write_row(sheet, book, grid, styles, place, row)
    _guide(sheet, grid.span("reading"), styles)
    sheet.freeze_panes(grid.first, grid.place("measure"))
    sheet.repeat_rows(grid.band, grid.header)
    sheet.hide_gridlines(2)
    return [title, told, *bands.values()]


def _write_row(
    sheet: Any, book: UpdateBook, grid: TableArea, styles: Styles, place: int, row: UpdateMeasure
) -> None:
    texts = [_text(row, column) for column in grid.columns]
    for number, (column, text) in enumerate(zip(grid.columns, texts, strict=True)):
        write_cell(sheet, place, number, column, text, styles)
        if column.role == "input" and row.problems.get(column.field):
            write_fault(
                sheet,
                place,
                number,
                text,
                row.problems[column.field],
                styles,
                book.mapping.office.name,
            )
    sizes = [(text, width) for text, width in zip(texts, grid.widths, strict=True) if width]
    sheet.set_row(place, row_height(sizes))


def _text(row: UpdateMeasure, column: UpdateColumn) -> str:
    if column.role in {"token", "token2"}:
        return row.token
    if column.role == "problem":
        return problems_text(row)
    return row.typed if column.role == "input" else row.values.get(column.field, BLANK).text


def _guide(sheet: Any, span: Span, styles: Styles) -> None:
    column = next(one for one in MEASURE_COLUMNS if one.role == "input")
    rule = {
        "validate": "any",
        "input_title": column.heading,
        "input_message": shortened(column.prompt, 255),
    }
    done(sheet.data_validation(*span.cells, rule), f"the prompt of {column.heading}")
    mark_changed(sheet, span, f'{span.top}<>""', styles)
