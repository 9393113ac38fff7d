"""Kent 2010: accountable and responsible leads, start and end, requirements merged down, a key to
the leads' codes.
"""

from __future__ import annotations

from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from layouts.page import Book, Heading, Page, Under
from layouts.sources import Record, by, records

HEADER: list[Heading] = [
    *(
        "Ref.",
        "Requirements",
        "Actions in response",
        Under("Leads", ("A", "R")),
        Under("Timescale", ("Start", "End")),
    ),
    *("Completion/ Evidence", "Governance and Accountability", "Notes"),
]
SECTIONS = {"Immediately": "Immediately"}
"""Section lines as printed; the others end in a colon."""

ABOVE_THEIR_REQUIREMENT = {"A9.1": "A8", "A10.1": "A9"}
"""Actions that stand in the rows of the requirement before their own."""


def kent(path: Path) -> None:
    """One two-row header; section lines; ref and requirement merged down over the actions beside
    them.
    """
    book = Book(path)
    book.properties(
        "Children's Services Improvement Plan", "Kent County Council", datetime(2010, 12, 20, 9)
    )
    page = Page(book, "Plan", [6, 34, 48, 10, 14, 12, 16, 18, 30, 32])
    page.title(
        "Kent County Council", "Children's Social Services Improvement Plan", "December 2010"
    )
    page.header(HEADER, repeat=True)
    for section, actions in by(records("kent-2010"), "section"):
        page.line(SECTIONS.get(section, f"{section}:"), "section")
        _section(page, actions)
    _leads_key(book)
    book.book.close()


def _section(page: Page, actions: list[Record]) -> None:
    """A section's actions, a row each, beside the requirements that they stand with."""
    names = {action["requirement_ref"]: action["requirement"] for action in actions}
    placed = [{**action, "beside": _beside(action)} for action in actions]
    for ref, rows in by(placed, "beside"):
        last = page.row + len(rows) - 1
        page.merge(page.row, 0, last, 0, ref, "text")
        page.merge(page.row, 1, last, 1, names[ref], "text")
        for action in rows:
            _action(page, action)


def _beside(action: Record) -> str:
    """The requirement whose rows an action stands in."""
    return ABOVE_THEIR_REQUIREMENT.get(action["action_ref"], action["requirement_ref"])


def _action(page: Page, action: Record) -> None:
    """One row of the plan."""
    columns = (
        "lead_accountable",
        "lead_responsible",
        "start",
        "end",
        "completion",
        "governance",
        "notes",
    )
    page.cells(
        [
            None,
            None,
            f"{action['action_ref']} {action['action']}",
            *(action[name] for name in columns),
        ]
    )


def _leads_key(book: Book) -> None:
    """The sheet Leads key: people on the left, groups on the right."""
    page = Page(book, "Leads key", [8, 24, 56, 3, 12, 34, 24])
    page.title("Key to leads (A: accountable, R: responsible)")
    for first, headings in ((0, ("Code", "Name", "Role")), (4, ("Group", "Stands for", "Members"))):
        for column, heading in enumerate(headings, start=first):
            page.write(page.row, column, heading, "header")
    page.row += 1
    for person, group in zip_longest(records("kent-2010-leads"), records("kent-2010-groups")):
        groups = group.values() if group else ()
        page.cells([*person.values(), None, *groups])
