"""The master's sheets of figures: dashboard, exceptions, completed, changes, by lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlplan.plan.figures.counts import ActionFigure
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
    Row,
    Table,
    TableCell,
    cells,
    rows,
)

LISTED = frozenset({"overdue", "in_30", "in_60", "in_90", "without"})
"""Groups whose actions are listed on the sheet of exceptions."""


def master_chapters(figures: Figures, past: Sequence[PastValue] = ()) -> list[Chapter]:
    """The master's sheets of figures: the dashboard, its lists, and every value there was if asked
    for.
    """
    found = [dashboard(figures), exceptions(figures), completed(figures), proposed(figures)]
    found += [moved(figures), changed(figures), by_lead(figures)]
    found += [by_recommendation(figures)] if figures.further.recommendations else []
    found += [measures(figures)] if figures.further.measures else []
    found += [timeline(figures)]
    return found + ([history(past)] if past else [])


def dashboard(figures: Figures) -> Chapter:
    """The plan at a glance; its numbers lead to the lists behind them."""
    heading = figures.heading
    told = (
        f"As of {long_day(heading.today)}. Previous: {heading.since}. Underlined numbers lead "
        "to their lists."
    )
    blocks: list[Block] = [
        Paragraph(told, "muted"),
        tiles(figures),
        *_charts(totals_chart(figures)),
    ]
    blocks += _charts(due_chart(figures), beside=True)
    blocks += [_due(figures), *_charts(movement_chart(figures), beside=True)]
    blocks += [further.steps(figures)] if figures.scale.ratings else []
    blocks += [_shares(figures), _linked_totals(figures), *further.published(figures)]
    return Chapter("Dashboard", "Dashboard", tuple(blocks))


def _charts(chart: Chart | None, *, beside: bool = False) -> list[Block]:
    """The chart, where there is anything to draw."""
    return [replace(chart, beside=beside)] if chart else []


def _shares(figures: Figures) -> Table:
    """Each rating, previous beside current, with its share of the total and its meaning."""
    before, after = figures.whole.before, figures.whole.after
    lines = []
    for code in codes(figures):
        rating = figures.scale.get(code)
        share = TableCell(after.count(code) / max(1, after.total), share=True)
        said = (
            f"{rating.name}: {rating.meaning}"
            if rating and rating.meaning
            else str(rating_cell(figures, code))
        )
        name = TableCell(said, colour=rating.colour if rating else "")
        lines.append(Row(cells(name, before.count(code), after.count(code), share)))
    share = TableCell(1.0 if after.total else 0.0, share=True)
    lines.append(Row(cells("All", before.total, after.total, share), total=True))
    columns = (
        Column("Rating", "text", 46),
        Column("Previous", "number", 9),
        Column("Current", "number", 9),
        Column("Share of total", "number", 9),
    )
    return Table("Totals", columns, tuple(lines))


def _linked_totals(figures: Figures) -> Table:
    """Totals by section; a section's name leads to it."""
    table = totals_table(figures)
    by_name = {section.name: section.key for section in figures.sections}
    linked = tuple(
        Row(
            (
                TableCell(str(row.cells[0]), leads_to=by_name.get(str(row.cells[0]), "")),
                *row.cells[1:],
            ),
            total=row.total,
        )
        for row in table.rows
    )
    return replace(table, caption="Totals by section, previous and current", rows=linked)


def _due(figures: Figures) -> Table:
    lines = []
    for name, words in DUE_GROUPS:
        theirs: tuple[ActionFigure, ...] = getattr(figures.due, name)
        target = f"list:{words}" if name in LISTED else ""
        lines.append((words, TableCell(len(theirs), leads_to=target)))
    columns = (Column("Open actions", "text", 46), Column("Number", "number", 9))
    return Table("What is due when", columns, rows(lines))


def exceptions(figures: Figures) -> Chapter:
    """What somebody should look at: the worst rating, overdue, due soon, no lead, no date."""
    worst = next((rating.name for rating in figures.scale.ratings if rating.kind == "graded"), "")
    lists = [(f"Rated {worst}", figures.worst)] if worst else []
    lists += [("No lead", figures.leaderless)]
    lists += [(words, getattr(figures.due, name)) for name, words in DUE_GROUPS if name in LISTED]
    return Chapter(
        "Exceptions",
        "Exceptions",
        tuple(_list(figures, caption, theirs) for caption, theirs in lists),
    )


def _list(figures: Figures, caption: str, theirs: tuple[ActionFigure, ...]) -> Table:
    columns = (
        actions.REF,
        actions.action_column(figures),
        Column("Rating", "code", 14),
        Column("Lead", "text", 26),
        Column("Due", "text", 20),
        Column(section_word(figures), "text", 34),
    )
    lines = [
        (
            *actions.about(one),
            rating_cell(figures, one.rag),
            actions.leads_of(one),
            actions.due_of(figures, one),
            one.section,
        )
        for one in theirs
    ]
    return Table(
        f"{caption}: {counted(len(theirs), figures.heading.action_word)}",
        columns,
        rows(lines),
        empty="None.",
    )


def completed(figures: Figures) -> Chapter:
    """Every completed action, wherever it stands."""
    done = tuple(action for action in figures.actions if action.status == "completed")
    return Chapter("Completed actions", "Completed actions", (_list(figures, "Completed", done),))


def moved(figures: Figures) -> Chapter:
    """Ratings and dates that moved since the last round; the section stands last, so that both
    share their columns.
    """
    ratings = actions.movements(figures)
    section = Column(ratings.group_title, "text", 34)
    lines = tuple(
        replace(row, cells=(*row.cells, TableCell(row.group)), group="") for row in ratings.rows
    )
    plain = replace(ratings, columns=(*ratings.columns, section), rows=lines, group_title="")
    return Chapter(
        "Movements",
        f"Movements {since(figures.heading.since)}",
        (plain, *actions.dates(figures)[:1]),
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
    columns = (
        Column("Lead", "text", 36),
        Column("Open", "number", 8),
        *rating_columns(figures),
        Column("Overdue", "number", 9),
        Column("Done", "number", 8),
        Column("Open actions", "long", 50),
    )
    lines = [_load(figures, load) for load in figures.loads]
    return Chapter(
        "By lead",
        "By lead",
        (Table("Load and standing", columns, rows(lines), empty="Nobody leads anything."),),
    )


def _load(figures: Figures, load: LeadLoad) -> tuple[TableCell | str | int, ...]:
    refs = ", ".join(action.ref for action in load.actions if action.open)
    counts = [load.open.count(code) for code in codes(figures)]
    return load.lead, load.open.total, *counts, load.overdue, load.completed, refs
