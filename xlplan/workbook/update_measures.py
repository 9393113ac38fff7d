"""The sheet of measures that a lead reports: unit, target and last reading locked, this round's reading to fill in."""

from __future__ import annotations

from typing import Any

from xlplan.plan.values import BLANK
from xlplan.workbook.authoring import done, put
from xlplan.workbook.layout import Column
from xlplan.workbook.sentences import say
from xlplan.workbook.style import Styles
from xlplan.workbook.update_book import MeasureRow, UpdateBook
from xlplan.workbook.update_rules import Span, mark_changed
from xlplan.workbook.update_sizes import row_height
from xlplan.workbook.update_table import BANDS, Grid, write_cell, write_heads
from xlplan.workbook.words import long_date, shortened

COLUMNS = (
    Column("token", "", say("table.code"), "token", "text", 4, hidden=True),
    Column("no", "no", "No", "locked", "ref", 8),
    Column("measure", "measure", "Measure", "locked", "text", 60),
    Column("unit", "unit", "Unit", "locked", "text", 14),
    Column("target", "target", "Target", "locked", "text", 22),
    Column("last.reading", "reading", say("measures.last"), "last", "text", 14),
    Column(
        "reading",
        "reading",
        say("measures.now"),
        "input",
        "text",
        18,
        say("measures.prompt"),
        fresh=True,
    ),
)
_BAND = 2
_IF_ANY = {"unit", "last.reading"}
"""Columns that are hidden where no measure has anything in them."""


def write_measures(sheet: Any, book: UpdateBook, styles: Styles) -> list[str]:
    """Write the sheet; returns its texts outside the table, by which they are known again."""
    shown = [column.id not in _IF_ANY or any(_text(row, column) for row in book.measures) for column in COLUMNS]
    widths = tuple(
        float(column.width) if seen and not column.hidden else 0.0 for column, seen in zip(COLUMNS, shown, strict=True)
    )
    grid = Grid(COLUMNS, widths, _BAND, len(book.measures))
    title = say("measures", round=book.round.name, lead=book.lead)
    told = say("measures.how", day=long_date(book.round.return_by, book.mapping))
    put(sheet, 0, 1, title, styles["title"])
    put(sheet, 1, 1, told, styles["text"])
    sheet.set_row(0, 24)
    bands = {**BANDS, "input": say("measures.band")}
    write_heads(sheet, grid, styles, bands, lowest=20)
    for place, row in enumerate(book.measures, start=grid.first):
        texts = [_text(row, column) for column in COLUMNS]
        for number, (column, text) in enumerate(zip(COLUMNS, texts, strict=True)):
            write_cell(sheet, place, number, column, text, styles)
        sheet.set_row(place, row_height(zip(texts[1:], widths[1:], strict=True)))
    _guide(sheet, grid.span("reading"), styles)
    sheet.freeze_panes(grid.first, grid.place("measure"))
    sheet.repeat_rows(grid.band, grid.header)
    sheet.hide_gridlines(2)
    return [title, told, *bands.values()]


def _text(row: MeasureRow, column: Column) -> str:
    if column.role == "token":
        return row.token
    return "" if column.role == "input" else row.values.get(column.field, BLANK).text


def _guide(sheet: Any, span: Span, styles: Styles) -> None:
    column = COLUMNS[-1]
    rule = {"validate": "any", "input_title": column.heading, "input_message": shortened(column.prompt, 255)}
    done(sheet.data_validation(*span.cells, rule), f"the prompt of {column.heading}")
    mark_changed(sheet, span, f'{span.top}<>""', styles)
