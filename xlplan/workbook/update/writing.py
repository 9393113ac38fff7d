"""Write one lead's update workbook, or the query workbook that asks them to mend what they sent."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from xlplan.workbook.kit.authoring import new_workbook
from xlplan.workbook.kit.marks import METADATA_SHEET, subject
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.book import UpdateBook, UpdateRow, shown_text
from xlplan.workbook.update.guide import write_guide
from xlplan.workbook.update.layout import (
    GUIDE_SHEET,
    MEASURES,
    MEASURES_SHEET,
    UPDATE_SHEET,
    UpdateLayout,
)
from xlplan.workbook.update.meta import list_ranges, write_metadata
from xlplan.workbook.update.page import scale_page, set_up_page, zoom_of
from xlplan.workbook.update.proposals import write_proposals
from xlplan.workbook.update.table import TableArea, lay_out, long_lists, write_table
from xlplan.workbook.update.title import title_rows, write_measures_title, write_title

__all__ = ["UpdateBook", "UpdateRow", "shown_text", "write_update"]

ALLOWED = {
    "autofilter": True,
    "objects": True,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
"""What a lead may do on a protected sheet, comments included; no sorting. Excel refuses to sort
locked cells, and whoever sorts the unlocked ones alone moves answers away from their rows.
"""


def write_update(path: Path | BytesIO, book: UpdateBook) -> None:
    """Write the workbook; it opens on its table. The same contents give the same bytes.

    Raises:
        NotWritten: XlsxWriter refused a cell or a rule.
        OSError: the file cannot be written.
    """
    mapping = book.mapping
    out = new_workbook(
        path,
        title=f"{book.plan_title}: {book.kind} for {book.round.name}, {book.lead}",
        author=mapping.office.name,
        subject=subject(book.kind, book.code),
        code=book.code,
        created=book.created,
        marking=mapping.office.marking,
    )
    styles = Styles(out)
    sheet = out.add_worksheet(UPDATE_SHEET)
    measures = out.add_worksheet(MEASURES_SHEET) if book.measures else None
    guide = out.add_worksheet(GUIDE_SHEET)
    metadata = out.add_worksheet(METADATA_SHEET)
    actions = UpdateLayout.of(mapping)
    grid = lay_out(actions.asking() if book.asks else actions, book.rows, title_rows(book))
    texts = _write_update_sheet(sheet, book, grid, styles)
    texts += write_guide(guide, book, styles)
    if measures:
        texts += _write_measures_sheet(measures, book, styles)
    write_metadata(metadata, book, texts, long_lists(book))
    for page in (sheet, measures, guide):
        if page:
            # A guide to typing, no lock: SheetJS and pandas drop it, and anyone may take it off.
            page.protect("", ALLOWED)
            set_up_page(
                page, book.plan_title, book.lead, mapping.office.marking, portrait=page is guide
            )
    scale_page(sheet, grid)
    # Leads answer the sheet that they see first.
    sheet.activate()
    # LibreOffice makes it an ordinary hidden sheet, Gnumeric and pandas a visible one.
    metadata.very_hidden()
    out.close()


def _write_update_sheet(
    sheet: WrittenSheet, book: UpdateBook, grid: TableArea, styles: Styles
) -> list[str]:
    """Title block, table and rows for proposals; returns the texts outside the table, by which they
    are known again.
    """
    lists = list_ranges(long_lists(book))
    texts = write_title(sheet, book, grid, styles)
    write_table(sheet, book, grid, styles, lists)
    texts += write_proposals(sheet, book, grid, styles, lists.get("section", ""))
    _set_up_view(sheet, grid)
    return texts


def _write_measures_sheet(sheet: WrittenSheet, book: UpdateBook, styles: Styles) -> list[str]:
    """What to do, and the table; returns the texts outside the table and its bands."""
    texts = write_measures_title(sheet, book, styles)
    layout = MEASURES.asking() if book.asks else MEASURES
    write_table(sheet, book, lay_out(layout, book.measures, len(texts)), styles, {})
    return [*texts, *layout.bands.values()]


def _set_up_view(sheet: WrittenSheet, grid: TableArea) -> None:
    first_input = next(place for place, column in enumerate(grid.columns) if column.role == "input")
    # Excel opens on the selected cell: a lead can type at once.
    sheet.set_selection(grid.first, first_input, grid.first, first_input)
    sheet.set_zoom(zoom_of(grid))
