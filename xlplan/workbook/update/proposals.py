"""The rows of an update workbook in which a lead proposes new actions."""

from __future__ import annotations

from xlplan.mapping.model import PlanMapping
from xlplan.workbook.kit.authoring import done, put
from xlplan.workbook.kit.marks import KEY_PREFIX
from xlplan.workbook.kit.sentences import SENTENCES, say
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import actions_word, label
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.book import UpdateBook
from xlplan.workbook.update.layout import PROPOSAL_MARK, PROPOSAL_ROWS, UpdateColumn
from xlplan.workbook.update.rules import Span, guide_input, prompt_rule
from xlplan.workbook.update.sizes import row_height
from xlplan.workbook.update.table import TableArea

_HOMES = {
    "action": ("action",),
    "section": ("last.progress", "last.due", "evidence"),
    "measures": ("evidence",),
    "due": ("due", "last.due"),
    "leads": ("due_reason",),
    "accountable": ("due_reason", "evidence"),
    "responsible": ("evidence", "due_reason"),
    "progress": ("progress",),
}
"""What a proposed action can be given, its text first; each with the columns of the table above
under which it may stand.
"""
_NARROWEST = 10
_HEADER = 30.0
PROPOSAL_HINT = say("propose.hint")


def proposal_title(mapping: PlanMapping) -> str:
    """The line above the rows."""
    return f"{say('propose', word=actions_word(mapping, 1))}: {PROPOSAL_HINT}"


def proposal_columns(mapping: PlanMapping, lead: str) -> tuple[UpdateColumn, ...]:
    """The table of proposals, as the mapping has its fields; every cell takes any text."""
    headings = {
        "action": say("propose.heading", word=actions_word(mapping, 1)),
        "progress": say("propose.why"),
    }
    fields = [field for field in _HOMES if field in {*mapping.fields, "action", "section"}]
    if "leads" in mapping.fields:
        fields = [field for field in fields if field != "accountable"]
    return tuple(
        UpdateColumn(
            id=f"{PROPOSAL_MARK}.{field}",
            field=field,
            heading=headings.get(field) or label(mapping, field),
            role="input",
            width=_NARROWEST,
            prompt=say(_prompt_of(field), lead=lead),
        )
        for field in fields
    )


def _prompt_of(field: str) -> str:
    return name if (name := f"propose.{field}") in SENTENCES else "propose.other"


def proposals_row(grid: TableArea) -> int:
    """The row of the line above them."""
    return grid.last + 2


def write_proposals(
    sheet: WrittenSheet, book: UpdateBook, grid: TableArea, styles: Styles, sections_range: str
) -> list[str]:
    """Heading, hidden key row, header and blank rows below the table; returns the texts written
    outside of inputs.
    """
    title, keys, header = (proposals_row(grid) + place for place in range(3))
    columns = proposal_columns(book.mapping, book.lead)
    homes = _homes(columns, grid)
    put(sheet, title, grid.first_visible, proposal_title(book.mapping), styles["heading"])
    grid.size(sheet, title, 17)
    grid.size(sheet, header, _HEADER)
    put(sheet, keys, grid.place("token"), KEY_PREFIX + PROPOSAL_MARK, styles["hidden"])
    sheet.set_row(keys, None, None, {"hidden": True})
    for column, place in homes:
        put(sheet, keys, place, column.key, styles["hidden"])
        put(sheet, header, place, column.heading, styles["header input"])
    rows = range(header + 1, header + 1 + max(PROPOSAL_ROWS, len(book.proposals)))
    _fill_between(sheet, grid, {place for _, place in homes}, styles, range(header, rows.stop))
    _write_rows(sheet, book, grid, homes, styles, rows)
    for column, place in homes:
        _guide(sheet, Span(place, rows[0], rows[-1]), book, column, sections_range)
    return [proposal_title(book.mapping), *(column.heading for column in columns)]


def _fill_between(
    sheet: WrittenSheet, grid: TableArea, homes: set[int], styles: Styles, rows: range
) -> None:
    """Columns that a proposal does not use, filled so that each row reads as one."""
    reach = range(min(homes), max(homes) + 1)
    for place in (place for place in reach if grid.widths[place] and place not in homes):
        for row in rows:
            put(sheet, row, place, "", styles["header input" if row == rows.start else "filler"])


def _homes(columns: tuple[UpdateColumn, ...], grid: TableArea) -> list[tuple[UpdateColumn, int]]:
    """Each column with a visible one of the table that is wide enough: its own kind's, else an
    input left over.

    A column without one is left out.
    """
    free = {
        column.id: place
        for place, (column, width) in enumerate(zip(grid.columns, grid.widths, strict=True))
        if width >= _NARROWEST and column.role in {"locked", "last", "input"}
    }
    homes: list[tuple[UpdateColumn, int]] = []
    homeless = []
    for column in columns:
        home = next((name for name in _HOMES[column.field] if name in free), None)
        if home:
            homes.append((column, free.pop(home)))
        else:
            homeless.append(column)
    for column in homeless:
        spare = next(
            (name for name, place in free.items() if grid.columns[place].role == "input"), "joint"
        )
        if spare in free:
            homes.append((column, free.pop(spare)))
    return homes


def _write_rows(
    sheet: WrittenSheet,
    book: UpdateBook,
    grid: TableArea,
    homes: list[tuple[UpdateColumn, int]],
    styles: Styles,
    rows: range,
) -> None:
    for number, row in enumerate(rows):
        typed = book.proposals[number] if number < len(book.proposals) else {}
        texts = [(typed.get(column.field, ""), place) for column, place in homes]
        for text, place in texts:
            # In text format, dates too: Excel makes 1 March 2026 of a typed `Mar 2026`.
            put(sheet, row, place, text, styles["input"])
        grid.size(sheet, row, row_height((text, grid.widths[place]) for text, place in texts))


def _guide(
    sheet: WrittenSheet, span: Span, book: UpdateBook, column: UpdateColumn, sections_range: str
) -> None:
    if column.field != "section" or not sections_range:
        guide_input(sheet, span, column, book.mapping)
        return
    # A warning lets a lead propose for a part that the plan does not have yet.
    rule = {
        "validate": "list",
        "source": sections_range,
        "error_type": "warning",
        "error_title": say("refuse.list"),
        "error_message": say("propose.section.keep"),
    }
    done(
        sheet.data_validation(*span.cells, rule | prompt_rule(column)),
        f"the validation of {column.heading}",
    )
