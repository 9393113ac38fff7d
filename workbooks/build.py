"""Make the example workbooks from the CSVs in `data/`, each in the layout in which its office publishes the plan.

    python workbooks/build.py                  all of them
    python workbooks/build.py walsall-2012     one

The same CSVs give the same bytes. `page.py` knows how a sheet is written; here stands what is on it.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from page import Book, Heading, Page, Under  # noqa: E402

Record = dict[str, str]


def records(name: str) -> list[Record]:
    """The rows of a CSV in `data/`, all of them text."""
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by(rows: list[Record], column: str) -> Iterator[tuple[str, list[Record]]]:
    """Runs of rows with the same value in a column."""
    return ((value, list(run)) for value, run in groupby(rows, key=lambda row: row[column]))


def stacked(text: str) -> str:
    """A list that the CSV keeps in one line, as the plan prints it: one item a line."""
    return text.replace("; ", "\n")


# --- Walsall 2012: themes, heading paragraphs, review notes -------------------------------------------------------

WALSALL_RATINGS = {"B": "#9DC3E6", "G": "#A9D18E", "A": "#FFD966", "R": "#FF7C80", "Gr": "#BFBFBF"}
WALSALL_HEADER: list[Heading] = [
    Under("References", ("Action No.", "Reference to:")),
    *("Action", "Timescale", "Lead Person(s)", "Measures", "Review note for this period", "RAG"),
]
WALSALL_OUTCOMES = {
    "1": "Partners know who is responsible for what and hold each other to account\n"
    "The safeguarding board challenges, and its challenge changes practice\n"
    "Early help reaches families before they need social care",
    "2": "Enough capable, well supported staff for the work there is\n"
    "Leaders know what practice is like and act on it\n"
    "A culture in which people learn from what went wrong",
    "3": "Children are seen, heard and kept safe\n"
    "Assessments and plans are timely and make a difference\n"
    "Looked after children and care leavers get the help they need",
}


def walsall(path: Path) -> None:
    """Themes with a two-row header each; in themes 2 and 3 the first heading paragraph stands above it."""
    book = Book(path, WALSALL_RATINGS)
    book.properties("Improvement Plan", "Walsall Children's Services", datetime(2012, 12, 14, 9))
    page = Page(book, "Plan", [9, 14, 44, 20, 20, 40, 50, 7])
    page.title("Walsall Children's Services", "Improvement Plan", "Review for the Improvement Board, December 2012")
    page.blank()
    for theme, rows in by(records("walsall-2012"), "theme_no"):
        page.line(f"THEME {theme} - {rows[0]['theme']}", "section")
        page.line(f"Theme Lead: {rows[0]['theme_lead']}", "under")
        page.line(f"Outcomes:\n{WALSALL_OUTCOMES[theme]}", "under")
        for number, (group, actions) in enumerate(by(rows, "group")):
            if number == 0 and theme == "1":
                page.header(WALSALL_HEADER)
            page.line(group, "paragraph")
            if number == 0 and theme != "1":
                page.header(WALSALL_HEADER)
            for action in actions:
                walsall_action(page, action)
    page.line("Actions without a rating were agreed after the ratings for this period had been settled.", "note")
    page.line("References are explained on the sheet Abbreviations; ratings on the sheet Key.", "note")
    walsall_keys(book)
    book.book.close()


def walsall_action(page: Page, action: Record) -> None:
    """One row of the plan."""
    texts = [action["action_no"], action["reference_to"], action["action"], stacked(action["timescale"])]
    texts += [action["leads"], stacked(action["measures"]), action["review_note"], action["rag"]]
    page.cells(texts, {7: page.book.rating(action["rag"])})


def walsall_keys(book: Book) -> None:
    """The sheets Key, Abbreviations and Summary."""
    key = Page(book, "Key", [8, 12, 60], landscape=False)
    key.header(["Code", "Colour", "Meaning"])
    for row in records("walsall-2012-key"):
        key.cells(list(row.values()), {0: book.rating(row["code"])})
    abbreviations = Page(book, "Abbreviations", [16, 60], landscape=False)
    abbreviations.header(["Abbreviation", "Meaning"])
    for row in records("walsall-2012-abbreviations"):
        abbreviations.cells(list(row.values()))
    summary = Page(book, "Summary", [8, 12, 60, 14, 12], landscape=False)
    summary.title("Summary of ratings")
    summary.header(["Code", "Colour", "Status", "Number of actions", "% of total"])
    for row in records("walsall-2012-summary"):
        share = float(row["percent_of_total"].rstrip("%"))
        percent = "whole percent" if share.is_integer() else "percent"
        values = [row["code"], row["colour"], row["status"], int(row["number_of_actions"]), round(share / 100, 4)]
        summary.cells(values, {0: book.rating(row["code"]), 3: "number", 4: percent})


# --- Sunderland 2017: five ratings with history, completed actions on a sheet of their own ------------------------

SUNDERLAND_RATINGS = {"R": "#FF7C80", "A": "#FFC000", "LG": "#C5E0B4", "DG": "#70AD47", "C": "#9DC3E6"}
SUNDERLAND_HEADER: list[Heading] = [
    *("Action", "Success measure(s)", "Lead", "Time", "RAG Initial", "RAG Previous", "RAG Current")
]
PRIORITY_LINES = ("Priority {}: {}", "Priority {} : {}", "Priority  {}: {}")
"""Blanks around the number vary from one priority to the next."""

# The published text holds Cyrillic and Greek letters that look Latin. Here: the time of every other new action, and
# the current ratings of 4.4 (Greek Alpha) and 6.1 (Cyrillic Es).
CYRILLIC_TBC = "\u0422\u0412\u0421"
LOOKALIKE_TIMES = {"NEW 2", "NEW 4", "NEW 6", "NEW 8"}
LOOKALIKE_RATINGS = {"4.4": "\u0391", "6.1": "\u0421"}


def sunderland(path: Path) -> None:
    """Priorities with the header again in each; refs open the action's own text."""
    book = Book(path, SUNDERLAND_RATINGS)
    book.properties("Learning and Improvement Plan", "Sunderland Children's Services", datetime(2017, 2, 20, 9))
    rows = records("sunderland-2017")
    plan = Page(book, "Plan", [52, 48, 24, 9, 9, 10, 9])
    plan.title("Sunderland Children's Services Learning and Improvement Plan")
    for priority, actions in by([row for row in rows if row["status"] != "completed"], "priority_no"):
        plan.line(priority_line(priority, actions[0]), "section")
        plan.line(f"Outcome: {actions[0]['outcome']}", "under")
        plan.header(SUNDERLAND_HEADER)
        for action in actions:
            sunderland_action(plan, action)
    completed = Page(book, "Completed", [60, 60, 9])
    completed.title("Completed actions")
    for priority, actions in by([row for row in rows if row["status"] == "completed"], "priority_no"):
        completed.line(priority_line(priority, actions[0]), "section")
        completed.header(["Action", "Success Measure (s)", "RAG"])
        for action in actions:
            texts = [opened(action), measured(action), rated(action)]
            completed.cells(texts, {2: book.rating(action["rag_current"])})
    sunderland_totals(book)
    book.book.close()


def priority_line(priority: str, action: Record) -> str:
    """`Priority 1: ...`, with the blanks of that priority."""
    return PRIORITY_LINES[(int(priority) - 1) % len(PRIORITY_LINES)].format(priority, action["priority"])


def sunderland_action(page: Page, action: Record) -> None:
    """One row of the plan."""
    due = CYRILLIC_TBC if action["action_ref"] in LOOKALIKE_TIMES else action["time"]
    texts = [opened(action), measured(action), action["lead"], due]
    texts += [action["rag_initial"], action["rag_previous"], rated(action)]
    codes = (action["rag_initial"], action["rag_previous"], action["rag_current"])
    page.cells(texts, {column: page.book.rating(code) for column, code in enumerate(codes, start=4)})


def opened(action: Record) -> str:
    """The action's text with its ref, and the inspection's, before it."""
    ref, ofsted, text = action["action_ref"], action["ofsted_ref"], action["action"]
    if ofsted:
        return f"{ref} - Ofsted {ofsted} {text}"
    return f"{ref}: {text}" if ref.startswith("NEW") else f"{ref} {text}"


def measured(action: Record) -> str:
    """Success measures one a line, and what shows them on the last."""
    evidence = [f"Evidence: {action['evidence']}"] if action["evidence"] else []
    return "\n".join([stacked(action["success_measures"]), *evidence])


def rated(action: Record) -> str:
    """The current rating, in the letters of the source."""
    return LOOKALIKE_RATINGS.get(action["action_ref"], action["rag_current"])


def sunderland_totals(book: Book) -> None:
    """The published totals: a row for each priority, two columns for each rating."""
    page = Page(book, "Table 1", [48, *[9] * 10])
    page.title("Table 1: ratings in November 2016 and now")
    ratings = ("Red", "Amber", "Light Green", "Dark Green", "Completed")
    page.header(["Priority", *(Under(rating, ("Nov 16", "Current")) for rating in ratings)])
    for row in records("sunderland-2017-table1"):
        number, priority, *counts = row.values()
        style = "number" if number else "total"
        page.cells([f"{number} {priority}".strip(), *map(int, counts)], {0: "text" if number else "total"}, style)


BUILDERS: dict[str, Callable[[Path], None]] = {
    "walsall-2012": walsall,
    "sunderland-2017": sunderland,
}


def main(names: list[str], folder: Path = HERE) -> None:
    """Write the workbooks with these names, all when there are none."""
    for name in names or BUILDERS:
        BUILDERS[name](folder / f"{name}.xlsx")


if __name__ == "__main__":
    main(sys.argv[1:])
