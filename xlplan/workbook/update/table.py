"""A table of an update workbook: band, hidden key row, header, a row for each action or measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlplan.plan.findings.addresses import cell_name
from xlplan.workbook.kit.authoring import LONGEST_TEXT, done, put, put_date, put_number
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import shortened
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.book import UpdateBook, UpdateRow, shown_text
from xlplan.workbook.update.layout import TICK, UpdateColumn, UpdateLayout
from xlplan.workbook.update.rules import (
    Span,
    choices_of,
    colour_ratings,
    fits_inline,
    guide_input,
    mark_changed,
    mark_fault,
    mark_rating_input,
    moved,
)
from xlplan.workbook.update.sizes import beyond_widened, fitted_width, row_height, within_a_page

NOTE_OPENING = say("problem.note")
"""How a note of ours on a faulty cell begins."""
_HEADER = 20.0
_FILTERED_HEADER = 42.0
"""Points of a header in which filter buttons stand below two lines."""
WHOLE_OPENING = say("table.whole")
"""How a note of ours begins that has the whole of a shortened text."""


@dataclass(slots=True)
class TableArea:
    """Where a table stands, rows counted from 0, with what it shows; the widths that its columns
    got, 0 for hidden ones.

    `heights` are those of the rows written so far, in points.
    """

    layout: UpdateLayout
    widths: tuple[float, ...]
    band: int
    rows: Sequence[UpdateRow]
    heights: dict[int, float] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[UpdateColumn, ...]:
        """Its columns from left to right."""
        return self.layout.columns

    @property
    def keys(self) -> int:
        """The hidden key row."""
        return self.band + 1

    @property
    def header(self) -> int:
        """The header row."""
        return self.band + 2

    @property
    def first(self) -> int:
        """The first row of an item."""
        return self.band + 3

    @property
    def last(self) -> int:
        """The last row of an item."""
        return self.header + len(self.rows)

    def size(self, sheet: WrittenSheet, row: int, height: float) -> None:
        """Give a row its height."""
        sheet.set_row(row, height)
        self.heights[row] = height

    def place(self, name: str) -> int:
        """A column's place by its id.

        Raises:
            KeyError: there is no such column.
        """
        return {column.id: place for place, column in enumerate(self.columns)}[name]

    def span(self, name: str) -> Span:
        """The rows of one column."""
        return Span(self.place(name), self.first, self.last)

    @property
    def beyond_view(self) -> int:
        """The first column that scrolls: those before it say which row it is."""
        return self.place(self.layout.in_view) + 1

    @property
    def aside(self) -> int | None:
        """The first visible column of the context to the right; None when there is none."""
        seen = enumerate(zip(self.columns, self.widths, strict=True))
        return next((place for place, (column, width) in seen if column.aside and width), None)

    @property
    def first_visible(self) -> int:
        """The first column that people see."""
        return next(place for place, width in enumerate(self.widths) if width)


def lay_out(layout: UpdateLayout, rows: Sequence[UpdateRow], band: int) -> TableArea:
    """A table with widths for what it holds. Locked columns without any text are hidden."""
    columns, widths, texts_by_column = layout.columns, [], []
    for column in columns:
        texts = [shown_text(row, column) for row in rows]
        texts_by_column.append(texts)
        empty = column.role in {"locked", "last"} and not column.always and not any(texts)
        width = column.width if layout.small else fitted_width(column, texts)
        widths.append(0.0 if column.hidden or empty else float(width))
    fitted = within_a_page(columns, widths)
    return TableArea(layout, tuple(beyond_widened(columns, fitted, texts_by_column)), band, rows)


def write_table(
    sheet: WrittenSheet, book: UpdateBook, grid: TableArea, styles: Styles, lists: dict[str, str]
) -> None:
    """Everything from the band to the last row, the part that stays in view when people scroll, and
    what every page repeats. `lists`: ranges of lists that do not fit into a validation.
    """
    _write_heads(sheet, grid, styles)
    for place, row in enumerate(grid.rows, start=grid.first):
        _write_row(sheet, book, grid, styles, place, row)
    if grid.rows:
        _guide(sheet, book, grid, styles, lists)
        # A plain range with filters, no Excel table: on a protected sheet a table cannot grow.
        if not grid.layout.small:
            sheet.autofilter(grid.header, grid.first_visible, grid.last, len(grid.columns) - 1)
    sheet.freeze_panes(grid.first, grid.beyond_view)
    sheet.repeat_rows(grid.band, grid.header)
    sheet.hide_gridlines(2)


def _write_heads(sheet: WrittenSheet, grid: TableArea, styles: Styles) -> None:
    """Band, hidden key row and header, with the widths of the columns."""
    bands = dict(grid.layout.bands)
    for place, (column, width) in enumerate(zip(grid.columns, grid.widths, strict=True)):
        look = {"input": " input", "aside": " aside"}.get(column.side, "")
        band = bands.pop(column.side, "") if width else ""
        put(sheet, grid.band, place, band, styles[f"band{look}"])
        put(sheet, grid.keys, place, column.key, styles["hidden"])
        put(sheet, grid.header, place, column.heading, styles[f"header{look}"])
        # Hidden columns have a width too: SheetJS and pandas show them, and people unhide them.
        options = None if width else {"hidden": 1}
        done(
            sheet.set_column(place, place, width or column.width, None, options),
            f"the width of {column.heading}",
        )
    grid.size(sheet, grid.band, 17)
    # Leads retype headings; of twelve programs only pandas loses a hidden row of keys.
    sheet.set_row(grid.keys, None, None, {"hidden": True})
    heads = [
        (column.heading, width)
        for column, width in zip(grid.columns, grid.widths, strict=True)
        if width
    ]
    lowest = _HEADER if grid.layout.small else _FILTERED_HEADER
    grid.size(sheet, grid.header, row_height(heads, lowest, bold=True))


def _write_row(
    sheet: WrittenSheet,
    book: UpdateBook,
    grid: TableArea,
    styles: Styles,
    place: int,
    row: UpdateRow,
) -> None:
    author = book.mapping.office.name
    texts = [shown_text(row, column) for column in grid.columns]
    for number, (column, text) in enumerate(zip(grid.columns, texts, strict=True)):
        if column.role == "changed":
            _write_done(sheet, grid, styles, place, number, text)
        else:
            _write_cell(sheet, place, number, column, text, styles)
        if (whole := shown_text(row, column, whole=True)) != text:
            _note(sheet, place, number, WHOLE_OPENING + whole, author, tall=2.4)
        if column.role == "input" and (problems := row.problems.get(column.field)):
            # Marked until it is mended, with what is wrong in a note on it.
            mark_fault(sheet, place, number, text, styles)
            _note(sheet, place, number, NOTE_OPENING + "\n".join(problems), author)
    # LibreOffice shows one line of a wrapped row that was given no height; Excel fits it itself.
    sizes = [(text, width) for text, width in zip(texts, grid.widths, strict=True) if width]
    grid.size(sheet, place, row_height(sizes))


def _write_cell(
    sheet: WrittenSheet, row: int, place: int, column: UpdateColumn, text: str, styles: Styles
) -> None:
    """One cell in the style of its column; dates and numbers as such, all else as text."""
    side = "input" if column.role == "input" else "locked"
    if column.role in {"token", "token2"}:
        put(sheet, row, place, text, styles["hidden open" if column.role == "token2" else "hidden"])
    elif column.role == "problem":
        put(sheet, row, place, text, styles["problem"])
    elif column.type == "date":
        put_date(sheet, row, place, text, styles[f"{side} date"])
    elif column.type in {"number", "percent"}:
        put_number(sheet, row, place, text, styles[f"{side} {column.type}"])
    else:
        look = {"rag": " rating", "tick": " centre", "ref": " centre"}.get(column.type, "")
        # As text: under any other format Excel makes a date of a typed `3/4`.
        put(sheet, row, place, text, styles[side + look])


def _write_done(
    sheet: WrittenSheet, grid: TableArea, styles: Styles, row: int, place: int, text: str
) -> None:
    """The tick that appears as soon as any input of the row is moved."""
    # LibreOffice does not recompute our formulas on opening: the result is written with them.
    conditions = [_moved_at(grid, column, row) for column in grid.columns if column.role == "input"]
    formula = f'=IF(OR({",".join(conditions)}),"{TICK}","")'
    done(
        sheet.write_formula(row, place, formula, styles["done"], text), f"the tick of row {row + 1}"
    )


def _moved_at(grid: TableArea, column: UpdateColumn, row: int) -> str:
    shown = "" if column.fresh else "$" + cell_name(row + 1, grid.place(f"last.{column.field}") + 1)
    return moved(column, "$" + cell_name(row + 1, grid.place(column.id) + 1), shown)


def _note(
    sheet: WrittenSheet, row: int, place: int, note: str, author: str, tall: float = 1.2
) -> None:
    """A note of ours; `tall` in heights of a usual one."""
    # Neither Excel nor LibreOffice fits a note to its text, and XlsxWriter's own size holds a
    # line or two.
    options = {"x_scale": 2 * tall, "y_scale": tall, "font_size": 9, "author": author}
    done(
        sheet.write_comment(row, place, shortened(note, LONGEST_TEXT), options),
        f"the note of row {row + 1}",
    )


def _guide(
    sheet: WrittenSheet, book: UpdateBook, grid: TableArea, styles: Styles, lists: dict[str, str]
) -> None:
    """Validations, prompts and colours, each over exactly its own column; the ticks' at the end."""
    for column in sorted(grid.columns, key=lambda column: column.role == "changed"):
        span = grid.span(column.id)
        if column.role == "input":
            guide_input(sheet, span, column, book.mapping, lists.get(column.field, ""))
            condition = _moved_at(grid, column, grid.first)
            if column.type == "rag":
                codes = choices_of(column.spec, book.mapping)
                mark_rating_input(sheet, span, condition, book.mapping, styles, codes)
            else:
                mark_changed(sheet, span, condition, styles)
        elif column.type == "rag" and not column.hidden:
            colour_ratings(sheet, span, book.mapping, styles)
        elif column.role == "changed":
            mark_changed(sheet, span, f'{span.top}="{TICK}"', styles)


def long_lists(book: UpdateBook) -> dict[str, list[str]]:
    """Lists that do not fit into a validation, by field, and the sections for proposals under
    "section".
    """
    mapping = book.mapping
    lists = {
        column.field: choices_of(column.spec, mapping) for column in UpdateLayout.of(mapping).inputs
    }
    found = {
        field: choices for field, choices in lists.items() if choices and not fits_inline(choices)
    }
    sections = list(book.sections) or list(
        dict.fromkeys(row.section for row in book.rows if row.section)
    )
    return {**found, "section": sections} if sections else found
