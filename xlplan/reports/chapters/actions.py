"""The tables of the change report on actions: what moved, what remains, what is done, new or
late.
"""

from __future__ import annotations

from typing import Protocol

from xlplan.plan.figures.counts import ActionFigure
from xlplan.plan.figures.figures import Figures, Joined, Move, Redated
from xlplan.plan.text.english import capital, clipped, long_day
from xlplan.reports.chapters.totals import rating_cell, section_word, shown
from xlplan.workbook.pages.blocks import Block, Column, Table, TableCell

LONGEST = 220
"""Characters of an action's text that a table of a report shows."""


class Referred(Protocol):
    """Whatever is about one action: its ref, and the key that leads to its row."""

    @property
    def ref(self) -> str:
        """What people call the action."""

    @property
    def key(self) -> str:
        """The key of the action's row."""


def leads_of(action: ActionFigure) -> str:
    """Names of the leads, or that there is none."""
    # On paper an empty cell looks like one that was forgotten.
    return ", ".join(action.leads) or "No lead"


REF: Column[Referred] = Column(
    "Ref", "code", 9, of=lambda item: TableCell(item.ref, leads_to=item.key, strong=True)
)
LEAD = Column("Lead", width=26, of=leads_of)


def action_column(figures: Figures) -> Column[ActionFigure]:
    """The column of action texts, in the office's word."""
    return Column(
        capital(figures.heading.action_word),
        "long",
        52,
        # Leicestershire 2017 has cells of several actions, a line each.
        of=lambda action: clipped(action.text, LONGEST),
    )


def rating_column(figures: Figures) -> Column[ActionFigure]:
    """Ratings as they are now."""
    return Column("Rating", "code", of=lambda action: rating_cell(figures, action.rag))


def due_column(figures: Figures, width: int = 18) -> Column[ActionFigure]:
    """When actions are due, as typed; a day as the office writes it."""
    return Column("Due", width=width, of=lambda action: shown(figures, "due", action.due))


def movements(figures: Figures, *, grouped: bool = True) -> Table:
    """Every rating that moved: previous, current, what the step is called.

    Grouped by section; otherwise the section is the last column, so that a table below on the same
    sheet shares the columns before it.
    """
    # Colour alone says nothing to a screen reader or in a grey print: the step has words.
    step: Column[Move] = Column("Step", width=16, of=lambda move: move.kind.capitalize())
    word = section_word(figures)
    # A column of a sheet has one width, whatever tables stand on it.
    section: Column[Move] = Column(word, width=34, of=lambda move: move.action.section)
    return Table.of(
        "Ratings that moved",
        (*_moved(figures), step, *(() if grouped else (section,))),
        figures.moves,
        empty="No rating has moved.",
        group_title=word if grouped else "",
        group=lambda move: move.action.section if grouped else "",
    )


def _moved(figures: Figures) -> tuple[Column[Move], ...]:
    """Which action, what its rating was, what it is."""
    return (
        REF.through(lambda move: move.action),
        action_column(figures).through(lambda move: move.action),
        Column(
            "Previous", "code", of=lambda move: rating_cell(figures, move.before, known=move.known)
        ),
        Column("Current", "code", of=lambda move: rating_cell(figures, move.after)),
    )


def remaining(figures: Figures) -> Table:
    """Open actions below the best rating, worst first."""
    since: Column[ActionFigure] = Column("Since before", of=lambda action: _since(figures, action))
    return Table.of(
        "Open and below the best rating, worst first",
        (
            REF,
            action_column(figures),
            rating_column(figures),
            LEAD,
            due_column(figures),
            since,
        ),
        figures.remaining,
        empty="No open action is rated below the best rating."
        if figures.scale.ratings
        # Kent 2010 and Leicestershire 2017 were published without ratings.
        else "The plan has no ratings.",
    )


def _since(figures: Figures, action: ActionFigure) -> str:
    """What became of an action's rating since the earlier point; a new action had none."""
    if action.key in figures.stayed:
        return "As before"
    return "New" if action in figures.new else "Moved"


def came_and_went(figures: Figures) -> tuple[Block, ...]:
    """Completed, new and withdrawn actions; merged and split ones, where there are any, in lines of
    their own.
    """
    completed = Table.of(
        "Completed",
        _moved(figures),
        figures.completed,
        empty="Nothing was completed.",
        group_title=section_word(figures),
        group=lambda move: move.action.section,
    )
    columns = (REF, action_column(figures), LEAD, due_column(figures))
    new = Table.of("New", columns, figures.new, empty="Nothing is new.")
    withdrawn = Table.of("Withdrawn", columns, figures.withdrawn, empty="Nothing was withdrawn.")
    return completed, new, withdrawn, *_merged_or_split(figures)


def _merged_or_split(figures: Figures) -> tuple[Table, ...]:
    """One line for each group of actions that went into others, with the text of the first that
    took it over.
    """
    if not figures.joined:
        return ()
    columns: tuple[Column[Joined], ...] = (
        Column(
            "What happened",
            width=34,
            of=lambda link: TableCell(link.said, leads_to=link.heirs[0].key),
        ),
        action_column(figures).through(lambda link: link.heirs[0]),
        LEAD.through(lambda link: link.heirs[0]),
    )
    return (Table.of("Merged and split", columns, figures.joined),)


def dates(figures: Figures) -> tuple[Table, Table]:
    """Due dates that changed, the longest slip first; then what is past its date."""
    columns: tuple[Column[Redated], ...] = (
        REF.through(lambda date: date.action),
        action_column(figures).through(lambda date: date.action),
        Column("Was due", width=18, of=lambda date: shown(figures, "due", date.before)),
        Column("Is due", width=18, of=lambda date: shown(figures, "due", date.after)),
        Column("Days", "number", 8, of=lambda date: date.days),
        # Boards ask of a date that slipped whether it is the first time.
        Column("Times re-dated", "number", 11, of=lambda date: date.times),
        LEAD.through(lambda date: date.action),
        Column("Reason", "long", 36, of=lambda date: date.reason),
    )
    changed = Table.of(
        "Due dates that changed",
        columns,
        figures.redated,
        empty="No due date changed.",
        note="Days above zero: the date slipped. No number: one of the two names no day."
        if figures.redated
        else "",
    )
    return changed, overdue(figures)


def overdue(figures: Figures) -> Table:
    """Open actions past their date, the oldest first."""
    today = figures.heading.today
    over: Column[ActionFigure] = Column(
        "Days over",
        "number",
        9,
        of=lambda action: (today - action.due_on).days if action.due_on else None,
    )
    return Table.of(
        # A paper lies about long after it was printed: it says of which day it speaks.
        f"Open and past the due date on {long_day(today)}",
        (
            REF,
            action_column(figures),
            due_column(figures),
            over,
            rating_column(figures),
            LEAD,
        ),
        figures.due.overdue,
        empty="Nothing open is past its date.",
    )
