"""Sunderland 2017: five ratings with history, completed actions on a sheet of their own, published
totals.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from layouts.page import Book, Heading, Page, Under
from layouts.sources import Record, by, records, stacked

RATINGS = {"R": "#FF7C80", "A": "#FFC000", "LG": "#C5E0B4", "DG": "#70AD47", "C": "#9DC3E6"}
HEADER: list[Heading] = [
    *("Action", "Success measure(s)", "Lead", "Time", "RAG Initial", "RAG Previous", "RAG Current")
]
PRIORITY_LINES = ("Priority{}: {}", "Priority {} : {}", "Priority  {}: {}")
"""Blanks around the number vary from one priority to the next; the first has none."""

# The published text holds Cyrillic and Greek letters that look Latin. Here: the time of every other
# new action, and the current ratings of 4.4 (Greek Alpha) and 6.1 (Cyrillic Es).
CYRILLIC_TBC = "\u0422\u0412\u0421"
LOOKALIKE_TIMES = {"NEW 2", "NEW 4", "NEW 6", "NEW 8"}
LOOKALIKE_RATINGS = {"4.4": "\u0391", "6.1": "\u0421"}


def sunderland(path: Path) -> None:
    """Priorities with the header again in each; refs open the action's own text."""
    book = Book(path, RATINGS)
    book.properties(
        "Learning and Improvement Plan", "Sunderland Children's Services", datetime(2017, 2, 20, 9)
    )
    rows = records("sunderland-2017")
    plan = Page(book, "Plan", [52, 48, 24, 9, 9, 10, 9])
    plan.title("Sunderland Children's Services Learning and Improvement Plan")
    for priority, actions in by(
        [row for row in rows if row["status"] != "completed"], "priority_no"
    ):
        plan.line(_priority_line(priority, actions[0]), "section")
        plan.line(f"Outcome: {actions[0]['outcome']}", "under")
        plan.header(HEADER)
        for action in actions:
            _action(plan, action)
    completed = Page(book, "Completed", [60, 60, 9])
    completed.title("Completed actions")
    for priority, actions in by(
        [row for row in rows if row["status"] == "completed"], "priority_no"
    ):
        completed.line(f"Priority {priority}", "section")
        completed.header(["Action", "Success Measure (s)", "RAG"])
        for action in actions:
            texts = [_opened(action), _measured(action), _rated(action)]
            completed.cells(texts, {2: book.rating(action["rag_current"])})
    _totals(book)
    book.book.close()


def _priority_line(priority: str, action: Record) -> str:
    """`Priority 1: ...`, with the blanks of that priority."""
    return PRIORITY_LINES[(int(priority) - 1) % len(PRIORITY_LINES)].format(
        priority, action["priority"]
    )


def _action(page: Page, action: Record) -> None:
    """One row of the plan."""
    due = CYRILLIC_TBC if action["action_ref"] in LOOKALIKE_TIMES else action["time"]
    texts = [_opened(action), _measured(action), action["lead"], due]
    texts += [action["rag_initial"], action["rag_previous"], _rated(action)]
    codes = (action["rag_initial"], action["rag_previous"], action["rag_current"])
    page.cells(
        texts, {column: page.book.rating(code) for column, code in enumerate(codes, start=4)}
    )


def _opened(action: Record) -> str:
    """The action's text with its ref, and the inspection's, before it."""
    ref, ofsted, text = action["action_ref"], action["ofsted_ref"], action["action"]
    if ofsted:
        return f"{ref} - Ofsted {ofsted} {text}"
    return f"{ref}: {text}" if ref.startswith("NEW") else f"{ref} {text}"


def _measured(action: Record) -> str:
    """Success measures one a line, and what shows them on the last."""
    evidence = [f"Evidence: {action['evidence']}"] if action["evidence"] else []
    return "\n".join([stacked(action["success_measures"]), *evidence])


def _rated(action: Record) -> str:
    """The current rating, in the letters of the source."""
    return LOOKALIKE_RATINGS.get(action["action_ref"], action["rag_current"])


def _totals(book: Book) -> None:
    """The published totals: a row for each priority, two columns for each rating, under a heading
    over them all.
    """
    page = Page(book, "Table 1", [48, *[9] * 10])
    page.title("Table 1: ratings in November 2016 and now")
    ratings = ("Red", "Amber", "Light Green", "Dark Green", "Completed")
    colours = (Under(rating, ("Nov 16", "Current")) for rating in ratings)
    page.header(["Priority", *colours], over="Number of actions by rating")
    for row in records("sunderland-2017-table1"):
        number, priority, *counts = row.values()
        style = "number" if number else "total"
        page.cells(
            [f"{number} {priority}".strip(), *map(int, counts)],
            {0: "text" if number else "total"},
            style,
        )
