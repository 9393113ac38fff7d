"""What stands on top of the table: whose update, by when, what to do, how far along."""

from __future__ import annotations

from xlplan.plan.findings.addresses import cell_name
from xlplan.workbook.kit.authoring import done, put
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import actions_word, contact, long_date
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.book import UpdateBook, shown_text
from xlplan.workbook.update.layout import MEASURES_SHEET, TICK, UpdateLayout
from xlplan.workbook.update.table import TableArea

_SUMMARY_LINES = 3
"""More would leave a small screen too few rows: the block stays in view."""
_FIXED_ROWS = 4


def title_rows(book: UpdateBook) -> int:
    """How many rows the title block takes."""
    return _FIXED_ROWS + len(_summary(book))


def write_title(
    sheet: WrittenSheet, book: UpdateBook, grid: TableArea, styles: Styles
) -> list[str]:
    """Write the block from the first row down; returns its texts."""
    # In a hidden column the text would be hidden with it.
    column = grid.first_visible
    lines = [
        (say("title", plan=book.plan_title, round=book.round.name), "title", 22.0),
        (_return_line(book), "strong", 16.0),
        (_how_to(book), "text", 15.0),
        *((line, "trouble", 15.0) for line in _summary(book)),
    ]
    for row, (text, look, height) in enumerate(lines):
        put(sheet, row, column, text, styles[look])
        grid.size(sheet, row, height)
    row = len(lines)
    _write_count(sheet, book, grid, row, column, styles)
    identity = _identity_line(book)
    put(sheet, row, _identity_place(grid), identity, styles["muted"])
    return [text for text, _, _ in lines] + [identity]


def write_measures_title(sheet: WrittenSheet, book: UpdateBook, styles: Styles) -> list[str]:
    """Whose measures and by when, on two rows of their own sheet; returns the texts."""
    title = say("measures", round=book.round.name, lead=book.lead)
    how = say("measures.how", day=long_date(book.round.return_by, book.mapping))
    put(sheet, 0, 1, title, styles["title"])
    put(sheet, 1, 1, how, styles["text"])
    sheet.set_row(0, 24)
    return [title, how]


def _identity_place(grid: TableArea) -> int:
    """The first visible column after the action, clear of the count."""
    after = grid.beyond_view
    return next((place for place in range(after, len(grid.widths)) if grid.widths[place]), after)


def _return_line(book: UpdateBook) -> str:
    day = long_date(book.round.return_by, book.mapping)
    return say("title.return", lead=book.lead, day=day, contact=contact(book.mapping))


def _how_to(book: UpdateBook) -> str:
    also = f" {say('title.measures', sheet=MEASURES_SHEET)}" if book.measures else ""
    if book.asks:
        return say("title.mend") + also
    return say("title.how", tick=UpdateLayout.of(book.mapping).inputs[-1].heading, also=also)


def _summary(book: UpdateBook) -> list[str]:
    lines = list(book.summary)
    if len(lines) <= _SUMMARY_LINES:
        return lines
    rest = len(lines) - _SUMMARY_LINES + 1
    return [*lines[: _SUMMARY_LINES - 1], say("title.more", count=rest, column=say("problem"))]


def _identity_line(book: UpdateBook) -> str:
    marking = f"{book.mapping.office.marking}   ·   " if book.mapping.office.marking else ""
    day = long_date(book.created.date().isoformat(), book.mapping)
    return marking + say("title.code", code=book.code, day=day)


def _write_count(
    sheet: WrittenSheet, book: UpdateBook, grid: TableArea, row: int, column: int, styles: Styles
) -> None:
    """The live count of rows with an answer."""
    total = len(book.rows)
    word = actions_word(book.mapping, total)
    ticked = sum(bool(shown_text(action, grid.columns[grid.place("done")])) for action in book.rows)
    counted = say("title.count", done=ticked, total=total, word=word)
    if not total:
        put(sheet, row, column, counted, styles["strong"])
        return
    # A formula, so that the count moves as the lead types; its result is written with it, since
    # LibreOffice shows that until somebody edits the sheet.
    ticks, tokens = _rows_of(grid, "done"), _rows_of(grid, "token")
    live = say(
        "title.count",
        done=f'"&COUNTIF({ticks},"{TICK}")&"',
        total=f'"&COUNTA({tokens})&"',
        word=word,
    )
    formula = f'="{live}"'.replace('=""&', "=")
    done(
        sheet.write_formula(row, column, formula, styles["strong"], counted),
        "the count of updated rows",
    )


def _rows_of(grid: TableArea, name: str) -> str:
    place = grid.place(name) + 1
    return f"{cell_name(grid.first + 1, place)}:{cell_name(grid.last + 1, place)}"
