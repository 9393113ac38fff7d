"""Walsall 2012: themes, heading paragraphs between the rows, review notes, a two-row header."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from layouts.page import Book, Heading, Page, Under
from layouts.sources import Record, by, records, stacked

RATINGS = {"B": "#9DC3E6", "G": "#A9D18E", "A": "#FFD966", "R": "#FF7C80", "Gr": "#BFBFBF"}
HEADER: list[Heading] = [
    Under("References", ("Action No.", "Reference to:")),
    *("Action", "Timescale", "Lead Person(s)", "Measures", "Review note for this period", "RAG"),
]
OUTCOMES = {
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
    """Themes with a two-row header each; in themes 2 and 3 the first heading paragraph stands above
    it.
    """
    book = Book(path, RATINGS)
    book.properties("Improvement Plan", "Walsall Children's Services", datetime(2012, 12, 14, 9))
    page = Page(book, "Plan", [9, 14, 44, 20, 20, 40, 50, 7])
    page.title(
        "Walsall Children's Services",
        "Improvement Plan",
        "Review for the Improvement Board, December 2012",
    )
    page.blank()
    for theme, rows in by(records("walsall-2012"), "theme_no"):
        page.line(f"THEME {theme} - {rows[0]['theme']}", "section")
        page.line(f"Theme Lead: {rows[0]['theme_lead']}", "under")
        page.line(f"Outcomes:\n{OUTCOMES[theme]}", "under")
        for number, (group, actions) in enumerate(by(rows, "group")):
            if number == 0 and theme == "1":
                page.header(HEADER)
            page.line(group, "paragraph")
            if number == 0 and theme != "1":
                page.header(HEADER)
            for action in actions:
                _action(page, action)
    page.line(
        "Actions without a rating were agreed after the ratings for this period had been settled.",
        "note",
    )
    page.line(
        "References are explained on the sheet Abbreviations; ratings on the sheet Key.", "note"
    )
    _keys(book)
    book.book.close()


def _action(page: Page, action: Record) -> None:
    """One row of the plan."""
    texts = [
        action["action_no"],
        action["reference_to"],
        action["action"],
        stacked(action["timescale"]),
    ]
    texts += [action["leads"], stacked(action["measures"]), action["review_note"], action["rag"]]
    page.cells(texts, {7: page.book.rating(action["rag"])})


def _keys(book: Book) -> None:
    """The sheets Key, Abbreviations and Summary."""
    key = Page(book, "Key", [8, 12, 60], landscape=False)
    key.header(["Code", "Colour", "Meaning"])
    for row in records("walsall-2012-key"):
        key.cells(list(row.values()), {0: book.rating(row["code"])})
    abbreviations = Page(book, "Abbreviations", [16, 60], landscape=False)
    abbreviations.header(["Abbreviation", "Meaning"])
    for row in records("walsall-2012-abbreviations"):
        abbreviations.cells(list(row.values()))
    _summary(book)


def _summary(book: Book) -> None:
    """The published totals lie across: the ratings are the headings."""
    rows = records("walsall-2012-summary")
    page = Page(book, "Summary", [20, *[16] * len(rows)], landscape=False)
    page.title("Summary of ratings")
    ratings = {column: book.rating(row["code"]) for column, row in enumerate(rows, start=1)}
    page.cells(["", *(row["code"] for row in rows)], ratings)
    for label, name in (("Colour", "colour"), ("Status", "status")):
        page.cells([label, *(row[name] for row in rows)])
    page.cells(
        ["Number of actions", *(int(row["number_of_actions"]) for row in rows)],
        dict.fromkeys(ratings, "number"),
    )
    shares = [float(row["percent_of_total"].rstrip("%")) for row in rows]
    percent = ["whole percent" if share.is_integer() else "percent" for share in shares]
    page.cells(
        ["% of total", *(round(share / 100, 4) for share in shares)],
        dict(enumerate(percent, start=1)),
    )
