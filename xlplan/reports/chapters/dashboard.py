"""The master's sheets of figures: dashboard, exceptions, completed, changes, by lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from xlplan.plan.figures.counts import ActionFigure, Tally
from xlplan.plan.figures.figures import Figures, LeadLoad
from xlplan.plan.figures.further import PastValue
from xlplan.plan.text.english import counted, long_day, since
from xlplan.reports.chapters import actions, further, record
from xlplan.reports.chapters.charts import DUE_GROUPS, due_chart, movement_chart, totals_chart
from xlplan.reports.chapters.totals import (
    codes,
    rating_cell,
    rating_columns,
    section_word,
    tiles,
    totals_table,
)
from xlplan.workbook.pages.blocks import (
    Block,
    Chapter,
    Chart,
    Column,
    Paragraph,
    Table,
    TableCell,
)

LISTED = frozenset({"overdue", "in_30", "in_60", "in_90", "without"})
"""Groups whose actions are listed on the sheet of exceptions."""


def master_chapters(figures: Figures, past: Sequence[PastValue] = ()) -> list[Chapter]:
    """The master's sheets of figures: the dashboard, its lists, and every value there was if asked
    for.
    """
    found = [dashboard(figures), exceptions(figures), completed(figures), proposed(figures)]
    found += [moved(figures), changed(figures), by_lead(figures)]
    # Kent 2010 names no recommendations, and most plans list no measures.
    found += [by_recommendation(figures)] if figures.further.recommendations else []
    found += [measures(figures)] if figures.further.measures else []
    found += [timeline(figures)]
    return found + ([history(past)] if past else [])


def dashboard(figures: Figures) -> Chapter:
    """The plan at a glance; its numbers lead to the lists behind them."""
    heading = figures.heading
    note = (
        f"As of {long_day(heading.today)}. Previous: {heading.since}. Underlined numbers lead "
        "to their lists."
    )
    blocks: list[Block] = [
        Paragraph(note, "muted"),
        tiles(figures),
        *_charts(totals_chart(figures)),
    ]
    # A window of Excel is wide and low: below the tables no chart would be in sight.
    blocks += _charts(due_chart(figures), beside=True)
    blocks += [_due(figures), *_charts(movement_chart(figures), beside=True)]
    blocks += [further.steps(figures)] if figures.scale.ratings else []
    by_section = totals_table(figures, "Totals by section, previous and current", linked=True)
    blocks += [_shares(figures), by_section, *further.published(figures)]
    return Chapter("Dashboard", "Dashboard", tuple(blocks))


def _charts(chart: Chart | None, *, beside: bool = False) -> list[Block]:
    """The chart, where there is anything to draw."""
    return [replace(chart, beside=beside)] if chart else []


def _shares(figures: Figures) -> Table:
    """Each rating, previous beside current, with its share of the total and its meaning; all of
    them last.
    """
    before, after = figures.whole.before, figures.whole.after

    def name(code: str | None) -> TableCell:
        rating = figures.scale.get(code or "")
        # What an office calls LG, or amber, a new member of its board does not know.
        if rating and rating.meaning:
            return TableCell(f"{rating.name}: {rating.meaning}", colour=rating.colour)
        return TableCell("All") if code is None else rating_cell(figures, code)

    def count(tally: Tally, code: str | None) -> int:
        return tally.total if code is None else tally.count(code)

    def share(code: str | None) -> TableCell:
        return TableCell(count(after, code) / max(1, after.total), share=True)

    columns: tuple[Column[str | None], ...] = (
        Column("Rating", width=46, of=name),
        Column("Previous", "number", 9, of=lambda code: count(before, code)),
        Column("Current", "number", 9, of=lambda code: count(after, code)),
        Column("Share of total", "number", 9, of=share),
    )
    return Table.of("Totals", columns, (*codes(figures), None), total=lambda code: code is None)


def _due(figures: Figures) -> Table:
    """How many open actions are due when; each number leads to their list, where there is one."""

    def number(group: tuple[str, str]) -> TableCell:
        name, words = group
        theirs: tuple[ActionFigure, ...] = getattr(figures.due, name)
        return TableCell(len(theirs), leads_to=f"list:{words}" if name in LISTED else "")

    columns: tuple[Column[tuple[str, str]], ...] = (
        Column("Open actions", width=46, of=lambda group: group[1]),
        Column("Number", "number", 9, of=number),
    )
    return Table.of("What is due when", columns, DUE_GROUPS)


def exceptions(figures: Figures) -> Chapter:
    """What somebody should look at: the worst rating, overdue, due soon, no lead, no date."""
    worst = next((rating.name for rating in figures.scale.ratings if rating.kind == "graded"), "")
    lists = [(f"Rated {worst}", figures.worst)] if worst else []
    # Plans name posts that are vacant: Walsall 2012 has a `New Head of Service`.
    lists += [("No lead", figures.leaderless)]
    lists += [(words, getattr(figures.due, name)) for name, words in DUE_GROUPS if name in LISTED]
    return Chapter(
        "Exceptions",
        "Exceptions",
        tuple(_list(figures, caption, theirs) for caption, theirs in lists),
    )


def _list(figures: Figures, caption: str, theirs: tuple[ActionFigure, ...]) -> Table:
    section: Column[ActionFigure] = Column(
        section_word(figures), width=34, of=lambda action: action.section
    )
    return Table.of(
        f"{caption}: {counted(len(theirs), figures.heading.action_word)}",
        (
            actions.REF,
            actions.action_column(figures),
            actions.rating_column(figures),
            actions.LEAD,
            actions.due_column(figures, 20),
            section,
        ),
        theirs,
        empty="None.",
    )


def completed(figures: Figures) -> Chapter:
    """Every completed action, wherever it stands."""
    # Sunderland 2017 has completed actions on a sheet of their own, others leave them in their
    # place.
    done = tuple(action for action in figures.actions if action.status == "completed")
    return Chapter("Completed actions", "Completed actions", (_list(figures, "Completed", done),))


def moved(figures: Figures) -> Chapter:
    """Ratings and dates that moved since the last round."""
    redated, _ = actions.dates(figures)
    return Chapter(
        "Movements",
        f"Movements {since(figures.heading.since)}",
        (actions.movements(figures, grouped=False), redated),
    )


def changed(figures: Figures) -> Chapter:
    """Every cell that changed since the last round."""
    return Chapter("Changes", f"Changes {since(figures.heading.since)}", (record.changes(figures),))


def proposed(figures: Figures) -> Chapter:
    """Actions that leads ask for."""
    return Chapter("Proposed", "Proposed actions", further.proposed(figures))


def measures(figures: Figures) -> Chapter:
    """Measures against their targets."""
    return Chapter("Measures", "Measures against targets", further.measures(figures))


def by_recommendation(figures: Figures) -> Chapter:
    """The standing of what answers each recommendation."""
    return Chapter("By recommendation", "By recommendation", further.recommendations(figures))


def timeline(figures: Figures) -> Chapter:
    """What is due in which month."""
    return Chapter("Timeline", "Timeline of due dates", further.timeline(figures))


def history(past: Sequence[PastValue]) -> Chapter:
    """Everything that every action has said."""
    return Chapter("History", "History", further.history(past))


def by_lead(figures: Figures) -> Chapter:
    """What each lead leads, how it is rated, and what of it is overdue."""
    columns: list[Column[LeadLoad]] = [
        Column("Lead", width=36, of=lambda load: load.lead),
        Column("Open", "number", 8, of=lambda load: load.open.total),
        *rating_columns(figures, attrgetter("open")),
        Column("Overdue", "number", 9, of=lambda load: load.overdue),
        Column("Done", "number", 8, of=lambda load: load.completed),
        Column(
            "Open actions",
            "long",
            50,
            of=lambda load: ", ".join(action.ref for action in load.actions if action.open),
        ),
    ]
    table = Table.of("Load and standing", columns, figures.loads, empty="Nobody leads anything.")
    return Chapter("By lead", "By lead", (table,))
