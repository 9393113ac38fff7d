"""The hidden sheet of an update workbook: whose it is, what its rows are, our own texts, and long
lists.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.plan.findings.addresses import column_letters
from xlplan.workbook.kit.authoring import put
from xlplan.workbook.kit.marks import METADATA_SHEET
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.book import UpdateBook
from xlplan.workbook.update.layout import BANDS, UpdateLayout
from xlplan.workbook.update.table import NOTE_OPENING

_FORMAT = "1"
_FIRST_LIST = 5
"""Lists stand from column F on, the name of the list on top."""


def write_metadata(
    sheet: WrittenSheet, book: UpdateBook, texts: Iterable[str], lists: dict[str, list[str]]
) -> None:
    """Lines of name and values: what the workbook is, its columns, its rows' tokens and refs, every
    text of ours.
    """
    wrong = [messages for problems in book.problems for messages in problems.values()]
    notes = [NOTE_OPENING + "\n".join(messages) for messages in wrong if messages]
    lines: list[tuple[str, ...]] = [
        ("format", _FORMAT),
        ("kind", book.kind),
        ("code", book.code),
        ("plan", book.mapping.plan.id),
        ("title", book.plan_title),
        ("round", book.round.name),
        ("lead", book.lead),
        ("issue", book.issue_id),
        *(
            ("column", column.id, column.heading)
            for column in UpdateLayout.of(book.mapping).columns
        ),
        *(
            ("row", row.token, row.values["ref"].text if "ref" in row.values else "")
            for row in book.rows
        ),
        *(("text", text) for text in dict.fromkeys([*texts, *BANDS.values(), *notes])),
    ]
    # All as text: LibreOffice cuts a code of 16 digits to 15 where it stands as a number.
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            put(sheet, row, column, text)
    for column, (name, items) in enumerate(lists.items(), start=_FIRST_LIST):
        for row, item in enumerate([f"list {name}", *items]):
            put(sheet, row, column, item)


def list_ranges(lists: dict[str, list[str]]) -> dict[str, str]:
    """The range of each list, as a validation names it."""
    ranges = {}
    for column, (name, items) in enumerate(lists.items(), start=_FIRST_LIST + 1):
        # A range, since Excel divides a list in a validation at its commas.
        letters = column_letters(column)
        ranges[name] = f"='{METADATA_SHEET}'!${letters}$2:${letters}${len(items) + 1}"
    return ranges
