"""What a returned file says outside the rows that are read: nothing that somebody typed is passed
over in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
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


def strays_told(
    book: ReturnedBook, layout: UpdateLayout, file: str, lead: str
) -> Iterator[Finding]:
    """A finding for each text outside the tables, each column that somebody added, and each range
    that they merged.
    """
    listed: Counter[str] = Counter()
    rest: dict[str, Address] = {}
    for at, text in book.strays:
        where = Address(file, at.sheet, at.cell)
        if at.cell:
            listed[at.sheet] += 1
            if listed[at.sheet] <= MOST:
                yield finding("note-outside", at=where, lead=lead, value=text)
            else:
                rest.setdefault(at.sheet, where)
        else:
            code = "sheet-cut-off" if at.sheet in book.cut_off else "sheet-unread"
            yield finding(code, at=where, lead=lead, value=at.sheet, text=text)
    yield from _beside_the_rows(book, layout, file, lead)
    yield from _overwritten_codes(book, file, lead)
    for sheet, where in rest.items():
        yield finding("notes-unlisted", at=where, lead=lead, count=str(listed[sheet] - MOST))
    for at, drawn, ours in book.drawn:
        yield finding(
            "text-box" if drawn.kind == "text" else "drawing-unread",
            at=Address(file, at.sheet, at.cell),
            lead=lead,
            value=drawn.text,
            severity=None if ours else "notice",
            what={"picture": "A picture"}.get(drawn.kind, "An embedded document"),
        )
    for at, heading, text in book.columns_unknown:
        where = Address(file, at.sheet, at.cell)
        yield finding("column-unknown", at=where, lead=lead, value=heading, text=text)
    for at in book.merged:
        yield finding("cells-merged", at=Address(file, at.sheet, at.cell), lead=lead)
    for column in layout.inputs:
        if column.id in book.columns_missing:
            yield finding("column-missing", at=Address(file), lead=lead, value=column.heading)


def _beside_the_rows(
    book: ReturnedBook, layout: UpdateLayout, file: str, lead: str
) -> Iterator[Finding]:
    """What stands in the table's columns and in no row of an action."""
    inputs = {column.id: column.field for column in layout.inputs}
    for one in book.loose:
        where = Address(file, one.at.sheet, one.at.cell)
        if one.column in inputs:
            above = (
                f"the row above is {one.above}"
                if one.above
                else "no row of an action stands above it"
            )
            field = inputs[one.column]
            yield finding(
                "answer-unplaced", at=where, lead=lead, field=field, value=one.text, above=above
            )
        else:
            yield finding("note-outside", at=where, lead=lead, value=one.text)


def _overwritten_codes(book: ReturnedBook, file: str, lead: str) -> Iterator[Finding]:
    """Words where a row's hidden code stood."""
    for row in book.rows:
        for raw in (row.cells[name] for name in ("token", "token2") if name in row.cells):
            if not raw.blank and not may_be_code(raw.as_text):
                at = Address(file, row.sheet, raw.name)
                yield finding(
                    "code-overwritten",
                    at=at,
                    ref=row.ref or None,
                    lead=lead,
                    value=raw.as_text.strip(),
                )
