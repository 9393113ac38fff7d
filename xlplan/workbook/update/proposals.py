"""The rows of an update workbook in which a lead proposes new actions."""

from __future__ import annotations

from typing import Any

from xlplan.mapping.model import PlanMapping
from xlplan.workbook.kit.authoring import done, put
from xlplan.workbook.kit.marks import KEY_PREFIX
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.words import actions_word, label, shortened
from xlplan.workbook.update.book import UpdateBook
from xlplan.workbook.update.layout import PROPOSAL_MARK, PROPOSAL_ROWS, proposal_fields
from xlplan.workbook.update.rules import Span
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
_NARROWEST = 10
_HEADER = 30.0
PROPOSAL_HINT = say("propose.hint")


def proposal_title(mapping: PlanMapping) -> str:
    """The line above the rows."""
    return f"{say('propose', word=actions_word(mapping, 1))}: {PROPOSAL_HINT}"


def proposal_headings(mapping: PlanMapping) -> dict[str, str]:
    """Headings of the rows for proposals, by field."""
    said = {field: label(mapping, field) for field in proposal_fields(mapping)}
    return said | {
        "action": say("propose.heading", word=actions_word(mapping, 1)),
        **({"progress": say("propose.why")} if "progress" in said else {}),
    }


def proposals_row(grid: TableArea) -> int:
    """The row of the line above them."""
    return grid.last + 2


def write_proposals(
    sheet: Any, book: UpdateBook, grid: TableArea, styles: Styles, sections_range: str
) -> list[str]:
    """Heading, hidden key row, header and blank rows below the table; returns the texts written
    outside of inputs.
    """
    title = proposals_row(grid)
    homes = _homes(book.mapping, grid)
    put(sheet, title, grid.first_visible, proposal_title(book.mapping), styles["heading"])
    grid.size(sheet, title, 17)
    grid.size(sheet, title + 2, _HEADER)
    put(sheet, title + 1, grid.place("token"), KEY_PREFIX + PROPOSAL_MARK, styles["hidden"])
    sheet.set_row(title + 1, None, None, {"hidden": True})
    said = proposal_headings(book.mapping)
    for field, place in homes.items():
        put(sheet, title + 1, place, f"{KEY_PREFIX}{PROPOSAL_MARK}.{field}", styles["hidden"])
        put(sheet, title + 2, place, said[field], styles["header input"])
    _fill_between(
        sheet,
        grid,
        homes,
        styles,
        range(title + 2, title + 3 + max(PROPOSAL_ROWS, len(book.proposals))),
    )
    first = title + 3
    last = first + max(PROPOSAL_ROWS, len(book.proposals)) - 1
    _write_rows(sheet, book, grid, homes, styles, range(first, last + 1))
    for field, place in homes.items():
        _guide(sheet, Span(place, first, last), book, field, said[field], sections_range)
    return [proposal_title(book.mapping), *said.values()]


def _fill_between(
    sheet: Any, grid: TableArea, homes: dict[str, int], styles: Styles, rows: range
) -> None:
    """Columns that a proposal does not use, filled so that each row reads as one."""
    reach = range(min(homes.values()), max(homes.values()) + 1)
    for place in (place for place in reach if grid.widths[place] and place not in homes.values()):
        for row in rows:
            put(sheet, row, place, "", styles["header input" if row == rows.start else "filler"])


def _homes(mapping: PlanMapping, grid: TableArea) -> dict[str, int]:
    """Each field with a visible column of the table that is wide enough: its own kind's, else an
    input left over.

    A field without one is left out.
    """
    free = {
        column.id: place
        for place, (column, width) in enumerate(zip(grid.columns, grid.widths, strict=True))
        if width >= _NARROWEST and column.role in {"locked", "last", "input"}
    }
    homes: dict[str, int] = {}
    for field in proposal_fields(mapping):
        home = next((name for name in _HOMES[field] if name in free), None)
        if home:
            homes[field] = free.pop(home)
    for field in proposal_fields(mapping):
        spare = next(
            (name for name, place in free.items() if grid.columns[place].role == "input"), "joint"
        )
        if field not in homes and spare in free:
            homes[field] = free.pop(spare)
    return homes


def _write_rows(
    sheet: Any,
    book: UpdateBook,
    grid: TableArea,
    homes: dict[str, int],
    styles: Styles,
    rows: range,
) -> None:
    for number, row in enumerate(rows):
        typed = book.proposals[number] if number < len(book.proposals) else {}
        for field, place in homes.items():
            put(sheet, row, place, typed.get(field, ""), styles["input"])
        grid.size(
            sheet,
            row,
            row_height(
                (typed.get(field, ""), grid.widths[place]) for field, place in homes.items()
            ),
        )


def _guide(
    sheet: Any, span: Span, book: UpdateBook, field: str, heading: str, sections_range: str
) -> None:
    prompts = {
        "action": say("propose.action"),
        "section": say("propose.section"),
        "due": say("propose.due"),
        "leads": say("propose.leads", lead=book.lead),
        "measures": say("propose.measures"),
        "progress": say("propose.progress"),
    }
    rule: dict[str, Any] = {"validate": "any"}
    if field == "section" and sections_range:
        rule = {
            "validate": "list",
            "source": sections_range,
            "error_type": "warning",
            "error_title": say("refuse.list"),
        }
        rule["error_message"] = say("propose.section.keep")
    rule |= {
        "input_title": shortened(heading, 32),
        "input_message": shortened(prompts.get(field, say("propose.other")), 255),
    }
    done(sheet.data_validation(*span.cells, rule), f"the validation of {heading}")
