"""The table of an update workbook: band, hidden key row, header, one row for each action."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from typing import Any

from xlplan.plan.findings.addresses import cell_name
from xlplan.workbook.kit.authoring import LONGEST_TEXT, done, put, put_date, put_number
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import shortened
from xlplan.workbook.update.book import UpdateBook, UpdateRow, problems_text, shown_text
from xlplan.workbook.update.layout import TICK, UpdateColumn, UpdateLayout, spec_of
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

BANDS = {
    "locked": say("band.locked"),
    "input": say("band.input"),
    "aside": say("band.aside"),
}
"""What stands above the parts of the table."""
NOTE_OPENING = say("problem.note")
"""How a note of ours on a faulty cell begins."""
_HEADER = 42.0
"""Points of a header in which filter buttons stand below two lines."""
WHOLE_OPENING = say("table.whole")
"""How a note of ours begins that has the whole of a shortened text."""


@dataclass(slots=True)
class TableArea:
    """Where the table stands, rows counted from 0; its columns with the widths they got, 0 for
    hidden ones.

    `heights` are those of the rows written so far, in points.
    """

    columns: tuple[UpdateColumn, ...]
    widths: tuple[float, ...]
    band: int
    rows: int
    heights: dict[int, float] = field(default_factory=dict)

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
        """The first row of an action."""
        return self.band + 3

    @property
    def last(self) -> int:
        """The last row of an action."""
        return self.header + self.rows

    def size(self, sheet: Any, row: int, height: float) -> None:
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
    def aside(self) -> int | None:
        """The first visible column of the context to the right; None when there is none."""
        seen = enumerate(zip(self.columns, self.widths, strict=True))
        return next((place for place, (column, width) in seen if column.aside and width), None)

    @property
    def first_visible(self) -> int:
        """The first column that people see."""
        return next(place for place, width in enumerate(self.widths) if width)


def lay_out(book: UpdateBook, band: int) -> TableArea:
    """Columns and widths for what this workbook holds. Locked columns without any text are
    hidden.
    """
    columns = UpdateLayout.of(book.mapping).columns
    if book.asks:
        columns = _beside_inputs(
            columns, UpdateColumn("problem", "", say("problem"), "problem", "text", 34)
        )
    widths, said = [], []
    for column in columns:
        texts = [shown_text(row, column) for row in book.rows]
        said.append(texts)
        empty = (
            column.role in {"locked", "last"}
            and column.id not in {"ref", "action"}
            and not any(texts)
        )
        widths.append(0.0 if column.hidden or empty else fitted_width(column, texts))
    fitted = within_a_page(columns, widths)
    return TableArea(columns, tuple(beyond_widened(columns, fitted, said)), band, len(book.rows))


def _beside_inputs(
    columns: tuple[UpdateColumn, ...], added: UpdateColumn
) -> tuple[UpdateColumn, ...]:
    """The columns with one more right after the inputs."""
    after = max(place for place, column in enumerate(columns) if column.role == "input") + 1
    return (*columns[:after], added, *columns[after:])


def write_table(
    sheet: Any, book: UpdateBook, grid: TableArea, styles: Styles, lists: dict[str, str]
) -> None:
    """Everything from the band to the last action. `lists`: ranges of lists that do not fit into a
    validation.
    """
    write_heads(sheet, grid, styles)
    for place, row in enumerate(book.rows, start=grid.first):
        _write_row(sheet, book, grid, styles, place, row)
    if grid.rows:
        _guide(sheet, book, grid, styles, lists)
        sheet.autofilter(grid.header, grid.first_visible, grid.last, len(grid.columns) - 1)


def write_heads(
    sheet: Any,
    grid: TableArea,
    styles: Styles,
    bands: Dictionary[str, str] = BANDS,
    lowest: float = _HEADER,
) -> None:
    """Band, hidden key row and header, with the widths of the columns."""
    told = dict(bands)
    for place, (column, width) in enumerate(zip(grid.columns, grid.widths, strict=True)):
        look = {"input": " input", "aside": " aside"}.get(column.side, "")
        put(
            sheet,
            grid.band,
            place,
            told.pop(column.side, "") if width else "",
            styles[f"band{look}"],
        )
        put(sheet, grid.keys, place, column.key, styles["hidden"])
        put(sheet, grid.header, place, column.heading, styles[f"header{look}"])
        options = None if width else {"hidden": 1}
        done(
            sheet.set_column(place, place, width or column.width, None, options),
            f"the width of {column.heading}",
        )
    grid.size(sheet, grid.band, 17)
    sheet.set_row(grid.keys, None, None, {"hidden": True})
    heads = [
        (column.heading, width)
        for column, width in zip(grid.columns, grid.widths, strict=True)
        if width
    ]
    grid.size(sheet, grid.header, row_height(heads, lowest, bold=True))


def _write_row(
    sheet: Any, book: UpdateBook, grid: TableArea, styles: Styles, place: int, row: UpdateRow
) -> None:
    texts = [
        shown_text(row, column) if column.role != "problem" else problems_text(row)
        for column in grid.columns
    ]
    for number, (column, text) in enumerate(zip(grid.columns, texts, strict=True)):
        if column.id == "done":
            _write_done(sheet, grid, styles, place, number, text)
        else:
            write_cell(sheet, place, number, column, text, styles)
        if (whole := shown_text(row, column, whole=True)) != shown_text(row, column):
            _note(sheet, place, number, WHOLE_OPENING + whole, book.mapping.office.name, tall=2.4)
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
    grid.size(sheet, place, row_height(sizes))


def write_cell(
    sheet: Any, row: int, place: int, column: UpdateColumn, text: str, styles: Styles
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
        put(sheet, row, place, text, styles[side + look])


def _write_done(
    sheet: Any, grid: TableArea, styles: Styles, row: int, place: int, text: str
) -> None:
    """The tick that appears as soon as any input of the row is moved."""
    conditions = [_moved_at(grid, column, row) for column in grid.columns if column.role == "input"]
    formula = f'=IF(OR({",".join(conditions)}),"{TICK}","")'
    done(
        sheet.write_formula(row, place, formula, styles["done"], text), f"the tick of row {row + 1}"
    )


def _moved_at(grid: TableArea, column: UpdateColumn, row: int) -> str:
    shown = "" if column.fresh else "$" + cell_name(row + 1, grid.place(f"last.{column.field}") + 1)
    return moved(column, "$" + cell_name(row + 1, grid.place(column.id) + 1), shown)


def write_fault(
    sheet: Any, row: int, place: int, typed: str, messages: Any, styles: Styles, author: str
) -> None:
    """Mark a cell that is to be mended, with what is wrong in a note on it."""
    mark_fault(sheet, row, place, typed, styles)
    _note(sheet, row, place, NOTE_OPENING + "\n".join(messages), author)


def _note(sheet: Any, row: int, place: int, note: str, author: str, tall: float = 1.2) -> None:
    """A note of ours; `tall` in heights of a usual one."""
    options = {"x_scale": 2 * tall, "y_scale": tall, "font_size": 9, "author": author}
    done(
        sheet.write_comment(row, place, shortened(note, LONGEST_TEXT), options),
        f"the note of row {row + 1}",
    )


def _guide(
    sheet: Any, book: UpdateBook, grid: TableArea, styles: Styles, lists: dict[str, str]
) -> None:
    """Validations, prompts and colours, each over exactly its own column."""
    for column in grid.columns:
        span = grid.span(column.id)
        if column.role == "input":
            guide_input(sheet, span, column, book.mapping, lists.get(column.field, ""))
            condition = _moved_at(grid, column, grid.first)
            if column.type == "rag":
                codes = choices_of(spec_of(book.mapping, column.field), book.mapping)
                mark_rating_input(sheet, span, condition, book.mapping, styles, codes)
            else:
                mark_changed(sheet, span, condition, styles)
        elif column.type == "rag" and not column.hidden:
            colour_ratings(sheet, span, book.mapping, styles)
    done_span = grid.span("done")
    mark_changed(sheet, done_span, f'{done_span.top}="{TICK}"', styles)


def long_lists(book: UpdateBook) -> dict[str, list[str]]:
    """Lists that do not fit into a validation, by field, and the sections for proposals under
    "section".
    """
    mapping = book.mapping
    lists = {
        column.field: choices_of(spec_of(mapping, column.field), mapping)
        for column in UpdateLayout.of(mapping).inputs
    }
    found = {
        field: choices for field, choices in lists.items() if choices and not fits_inline(choices)
    }
    sections = list(book.sections) or list(
        dict.fromkeys(row.section for row in book.rows if row.section)
    )
    return {**found, "section": sections} if sections else found
