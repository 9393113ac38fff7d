"""What a returned file says outside the rows that are read: nothing that somebody typed is passed
over in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.workbook.returned.reading import ReturnedBook
from xlplan.workbook.returned.rows import may_be_code
from xlplan.workbook.returned.strays import MOST
from xlplan.workbook.update.layout import UpdateLayout

SAYS_ELSEWHERE = {
    *(
        "locked-changed",
        "note-outside",
        "sheet-unread",
        "column-unknown",
        "column-missing",
        "cell-comment",
    ),
    *("answer-unplaced", "sheet-cut-off", "text-box", "drawing-unread", "code-overwritten"),
}
"""Findings that tell of something typed where no answer is looked for: such a file did not come
back untouched.
"""


def stray_findings(book: ReturnedBook, layout: UpdateLayout, tell: Teller) -> Iterator[Finding]:
    """A finding for each text outside the tables, each column that somebody added, and each range
    that they merged.
    """
    listed: Counter[str] = Counter()
    rest: dict[str, Address] = {}
    for at, text in book.strays:
        if at.cell:
            listed[at.sheet] += 1
            if listed[at.sheet] <= MOST:
                yield tell("note-outside", at, value=text)
            else:
                rest.setdefault(at.sheet, at)
        else:
            code = "sheet-cut-off" if at.sheet in book.cut_off else "sheet-unread"
            yield tell(code, at, value=at.sheet, text=text)
    yield from _beside_the_rows(book, layout, tell)
    yield from _overwritten_codes(book, tell)
    for sheet, at in rest.items():
        yield tell("notes-unlisted", at, count=str(listed[sheet] - MOST))
    # A box drawn over a sheet holds text that no cell has: a manager's remark, a stamp.
    for at, drawn, ours in book.drawn:
        yield tell(
            "text-box" if drawn.kind == "text" else "drawing-unread",
            at,
            value=drawn.text,
            severity=None if ours else "notice",
            what={"picture": "A picture"}.get(drawn.kind, "An embedded document"),
        )
    for at, heading, text in book.columns_unknown:
        yield tell("column-unknown", at, value=heading, text=text)
    # Excel keeps the first of merged cells and drops what the others held.
    for at in book.merged:
        yield tell("cells-merged", at)
    for column in layout.inputs:
        if column.id in book.columns_missing:
            yield tell("column-missing", value=column.heading)


def _beside_the_rows(book: ReturnedBook, layout: UpdateLayout, tell: Teller) -> Iterator[Finding]:
    """What stands in the table's columns and in no row of an action."""
    inputs = {column.id: column.field for column in layout.inputs}
    for cell in book.loose:
        if cell.column in inputs:
            nothing = "no row of an action stands above it"
            above = f"the row above is {cell.above}" if cell.above else nothing
            field = inputs[cell.column]
            yield tell("answer-unplaced", cell.at, field=field, value=cell.text, above=above)
        else:
            yield tell("note-outside", cell.at, value=cell.text)


def _overwritten_codes(book: ReturnedBook, tell: Teller) -> Iterator[Finding]:
    """Words where a row's hidden code stood: a lead who unhides the column takes it for notes."""
    for row in book.rows:
        for raw in (row.cells[name] for name in ("token", "token2") if name in row.cells):
            if not raw.blank and not may_be_code(raw.as_text):
                value = raw.as_text.strip()
                yield tell.of_row(row, ref=row.ref)("code-overwritten", raw.name, value=value)
