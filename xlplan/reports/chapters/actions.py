"""The tables of the change report on actions: what moved, what remains, what is done, new or
late.
"""

from __future__ import annotations

from datetime import date

from xlplan.plan.figures.counts import ActionFigure
from xlplan.plan.figures.figures import Figures, Move, Redated
from xlplan.plan.text.english import clipped, long_day
from xlplan.reports.chapters.totals import rating_cell, section_word, shown
from xlplan.workbook.pages.blocks import Block, CellValue, Column, Table, TableCell, rows

REF = Column("Ref", "code", 9)
LONGEST = 220
"""Characters of an action's text that a table of a report shows."""


def action_column(figures: Figures) -> Column:
    """The column of action texts, in the office's word."""
    word = figures.heading.action_word
    return Column(word[:1].upper() + word[1:], "long", 52)


def ref_cell(action: ActionFigure) -> TableCell:
    """An action's ref, leading to its row."""
    return TableCell(action.ref, leads_to=action.key, strong=True)


def about(action: ActionFigure) -> tuple[TableCell, CellValue]:
    """Ref and shortened text."""
    return ref_cell(action), clipped(action.text, LONGEST)


def leads_of(action: ActionFigure) -> str:
    """Names of the leads, or that there is none."""
    return ", ".join(action.leads) or "No lead"


def due_of(figures: Figures, action: ActionFigure) -> TableCell:
    """When an action is due, as typed; a day as the office writes it."""
    return shown(figures, "due", action.due)


def movements(figures: Figures) -> Table:
    """Every rating that moved, by section: previous, current, what the step is called."""
    return Table(
        "Ratings that moved",
        (
            REF,
            action_column(figures),
            Column("Previous", "code", 14),
            Column("Current", "code", 14),
            Column("Step", "text", 16),
        ),
        rows(
            [_move(figures, move) for move in figures.moves],
            [move.action.section for move in figures.moves],
        ),
        empty="No rating has moved.",
        group_title=section_word(figures),
    )


def _move(figures: Figures, move: Move) -> tuple[CellValue | TableCell, ...]:
    was = rating_cell(figures, move.before, known=move.known)
    return (*about(move.action), was, rating_cell(figures, move.after), move.kind.capitalize())


def remaining(figures: Figures) -> Table:
    """Open actions below the best rating, worst first."""
    columns = (
        REF,
        action_column(figures),
        Column("Rating", "code", 14),
        Column("Lead", "text", 26),
        Column("Due", "text", 18),
        Column("Since before", "text", 14),
    )
    lines = [
        (
            *about(one),
            rating_cell(figures, one.rag),
            leads_of(one),
            due_of(figures, one),
            _since(figures, one),
        )
        for one in figures.remaining
    ]
    empty = (
        "No open action is rated below the best rating."
        if figures.scale.ratings
        else "The plan has no ratings."
    )
    return Table("Open and below the best rating, worst first", columns, rows(lines), empty=empty)


def _since(figures: Figures, action: ActionFigure) -> str:
    """What became of an action's rating since the earlier point; a new action had none."""
    if action.key in figures.stayed:
        return "As before"
    return "New" if action in figures.new else "Moved"


def came_and_went(figures: Figures) -> tuple[Block, ...]:
    """Completed, new and withdrawn actions; merged and split ones, where there are any, in lines of
    their own.
    """
    columns = (REF, action_column(figures), Column("Lead", "text", 26), Column("Due", "text", 18))
    completed = Table(
        "Completed",
        (
            REF,
            action_column(figures),
            Column("Previous", "code", 14),
            Column("Current", "code", 14),
        ),
        rows(
            [_move(figures, move)[:4] for move in figures.completed],
            [move.action.section for move in figures.completed],
        ),
        empty="Nothing was completed.",
        group_title=section_word(figures),
    )
    new = _plain(figures, "New", columns, figures.new, "Nothing is new.")
    withdrawn = _plain(figures, "Withdrawn", columns, figures.withdrawn, "Nothing was withdrawn.")
    return completed, new, withdrawn, *_merged_or_split(figures)


def _merged_or_split(figures: Figures) -> tuple[Table, ...]:
    """One line for each group of actions that went into others, with the text of the first that
    took it over.
    """
    if not figures.joined:
        return ()
    columns = (
        Column("What happened", "text", 34),
        action_column(figures),
        Column("Lead", "text", 26),
    )
    lines = [
        (
            TableCell(one.said, leads_to=one.heirs[0].key),
            clipped(one.heirs[0].text, LONGEST),
            leads_of(one.heirs[0]),
        )
        for one in figures.joined
    ]
    return (Table("Merged and split", columns, rows(lines)),)


def _plain(
    figures: Figures,
    caption: str,
    columns: tuple[Column, ...],
    actions: tuple[ActionFigure, ...],
    empty: str,
) -> Table:
    return Table(
        caption,
        columns,
        rows([(*about(one), leads_of(one), due_of(figures, one)) for one in actions]),
        empty=empty,
    )


def dates(figures: Figures) -> tuple[Block, ...]:
    """Due dates that changed, the longest slip first; then what is past its date."""
    changed = Table(
        "Due dates that changed",
        (
            REF,
            action_column(figures),
            Column("Was due", "text", 18),
            Column("Is due", "text", 18),
            Column("Days", "number", 8),
            Column("Times re-dated", "number", 11),
            Column("Lead", "text", 26),
            Column("Reason", "long", 36),
        ),
        rows([_redated(figures, one) for one in figures.redated]),
        empty="No due date changed.",
        note="Days above zero: the date slipped. No number: one of the two names no day."
        if figures.redated
        else "",
    )
    return changed, overdue(figures)


def _redated(figures: Figures, one: Redated) -> tuple[CellValue | TableCell, ...]:
    was, now = shown(figures, "due", one.before), shown(figures, "due", one.after)
    return (*about(one.action), was, now, one.days, one.times, leads_of(one.action), one.reason)


def overdue(figures: Figures) -> Table:
    """Open actions past their date, the oldest first."""
    today = figures.heading.today
    return Table(
        f"Open and past the due date on {long_day(today)}",
        (
            REF,
            action_column(figures),
            Column("Due", "text", 18),
            Column("Days over", "number", 9),
            Column("Rating", "code", 14),
            Column("Lead", "text", 26),
        ),
        rows(
            [
                (
                    *about(one),
                    due_of(figures, one),
                    _days(one.due_on, today),
                    rating_cell(figures, one.rag),
                    leads_of(one),
                )
                for one in figures.due.overdue
            ]
        ),
        empty="Nothing open is past its date.",
    )


def _days(due: date | None, today: date) -> int | None:
    return (today - due).days if due else None
