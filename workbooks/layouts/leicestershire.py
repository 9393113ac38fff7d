"""Leicestershire 2017: no refs; a row is a requirement with its action; the header is spelt anew in
each section.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from layouts.page import Book, Page
from layouts.sources import by, records, stacked

FIRST_HEADER = (
    *("Requirement", "Links to Ofsted Recommendations", "Early Actions", "Key Lead"),
    *("Timescale(s)", "Progress (to date)", "Smart Targets"),
)
LATER_HEADER = (
    *("Requirement", "Link to Ofsted recommendations", "Early actions", "Key lead(s)"),
    *("Timescales", "Progress to date", "SMART targets"),
)
STACKED = ("early_actions", "key_leads", "timescales", "progress", "smart_targets")
"""Columns whose cells hold several lines."""


def leicestershire(path: Path) -> None:
    """A line and a header for each section, then a row for each requirement."""
    book = Book(path)
    book.properties("Road to Excellence", "Leicestershire County Council", datetime(2017, 3, 1, 9))
    page = Page(book, "Plan", [32, 14, 52, 30, 18, 42, 42])
    page.title(
        "Leicestershire Children and Family Services: continuous improvement plan, from March 2017"
    )
    for number, (section, rows) in enumerate(by(records("leicestershire-2017"), "section")):
        page.line(section, "section")
        page.header(LATER_HEADER if number else FIRST_HEADER)
        for row in rows:
            page.cells(
                [row["requirement"], row["ofsted_links"], *(stacked(row[name]) for name in STACKED)]
            )
    book.book.close()
