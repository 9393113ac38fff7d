"""Figures as blocks beside the ratings: published totals, measures, recommendations, proposals, a
timeline, history.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.plan.figures.figures import Figures
from xlplan.plan.figures.further import MeasureFigure, PastValue, PublishedTotal
from xlplan.plan.text.english import clipped, counted, day_of, since
from xlplan.reports.chapters.actions import REF
from xlplan.reports.chapters.charts import months_chart
from xlplan.reports.chapters.totals import (
    codes,
    month_name,
    rating_cell,
    rating_colour,
    rating_columns,
    rating_name,
    section_word,
)
from xlplan.workbook.pages.blocks import (
    Block,
    CellValue,
    Column,
    Row,
    Table,
    TableCell,
    cells,
    rows,
)

DIFFERS = "#FDE2E1"
"""What marks a published total that the rows do not give."""
LONGEST_GROUP = 44
"""Characters of a section's title that stand before each measure."""


def published(figures: Figures) -> tuple[Block, ...]:
    """The totals that the office published, each beside the rows' where they differ. Nothing when
    it publishes none.
    """
    told = figures.further.published
    if not told:
        return ()
    differences = sum(one.differs for one in told)
    by_section = any(one.section for one in told)
    differ = (
        f"{counted(differences, 'published total')} {'differs' if differences == 1 else 'differ'}"
    )
    note = "Every published total is what the rows of the office's own workbook give."
    if differences:
        after = "; the number after ≠ is what its rows give" if by_section else ""
        note = f"{differ} from the rows of the office's own workbook{after}."
    columns, lines = _matrix(figures, told) if by_section else _list(figures, told)
    return (Table("Totals as the office published them", columns, lines, note=note),)


def _matrix(
    figures: Figures, told: Iterable[PublishedTotal]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """A line for each section, a column for each rating."""
    by_place = {(one.section, one.code): one for one in told}
    names = {section.key: section.name for section in figures.sections}
    keys = list(dict.fromkeys(key for key, _ in by_place))
    counted_codes = list(dict.fromkeys(code for _, code in by_place))
    columns = (
        Column(section_word(figures), "long", 46),
        *(
            Column(rating_name(figures, code), "number", 11, rating_colour(figures, code))
            for code in counted_codes
        ),
        Column("Total", "number", 11),
    )
    lines = []
    for key in sorted(keys, key=lambda key: not key):
        theirs = [one for code in counted_codes if (one := by_place.get((key, code)))]
        whole = _sum(theirs)
        numbers = [_number(by_place.get((key, code))) for code in counted_codes]
        lines.append(Row(cells(names.get(key, "All"), *numbers, _number(whole)), total=not key))
    return columns, tuple(lines)


def _list(
    figures: Figures, told: tuple[PublishedTotal, ...]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """A line for each rating, with the share that it has of all."""
    columns = (
        Column("Rating", "text", 46),
        Column("Published", "number", 11),
        Column("In the rows", "number", 11),
        Column("Difference", "number", 11),
        Column("Published share", "number", 11),
    )
    whole = _sum(told)
    lines = []
    for one in (*told, whole):
        name = TableCell("All") if one is whole else rating_cell(figures, one.code)
        mark = TableCell(one.published - one.listed or None, colour=DIFFERS if one.differs else "")
        share = TableCell(one.published / whole.published if whole.published else 0.0, share=True)
        lines.append(Row(cells(name, one.published, one.listed, mark, share), total=one is whole))
    return columns, tuple(lines)


def _sum(told: Iterable[PublishedTotal]) -> PublishedTotal:
    each = list(told)
    return PublishedTotal(
        "", "", sum(one.published for one in each), sum(one.listed for one in each), ""
    )


def _number(one: PublishedTotal | None) -> TableCell:
    if one is None:
        return TableCell(None)
    return (
        TableCell(f"{one.published} ≠ {one.listed}", colour=DIFFERS)
        if one.differs
        else TableCell(one.published)
    )


def steps(figures: Figures) -> Table:
    """How many ratings moved since the point compared with, by what the step is called; leads to
    the list.
    """
    lines = [
        (kind.capitalize(), TableCell(count, leads_to="list:Ratings that moved"))
        for kind, count in sorted(figures.further.steps.items(), key=lambda one: (-one[1], one[0]))
    ]
    return Table(
        f"Movement {since(figures.heading.since)}",
        (Column("Step", "text", 46), Column("Number", "number", 9)),
        rows(lines),
        empty="No rating has moved.",
    )


def measures(figures: Figures) -> tuple[Block, ...]:
    """Every measure with its target and readings."""
    told = figures.further.measures
    labels = list(dict.fromkeys(label for one in told for label, _ in one.others))
    units = any(one.unit for one in told)
    due = any(one.due != one.target or one.due_by for one in told)
    columns = (
        Column("No", "code", 7),
        Column("Measure", "long", 56),
        *((Column("Unit", "text", 10),) if units else ()),
        *(Column(label, "text", 16) for label in labels),
        Column("Target", "text", 22),
        *((Column("Target due now", "text", 22),) if due else ()),
        Column("Previous reading", "text", 12),
        Column("Reading now", "text", 12),
        Column("Reading less target due" if due else "Reading less target", "number", 11),
    )
    lines = [_measure(one, labels, units, due) for one in told]
    without = sum(not one.reading for one in told)
    note = (
        f"{counted(without, 'measure')} {'has' if without == 1 else 'have'} no reading."
        if without
        else ""
    )
    return (
        Table(
            "Measures against targets",
            columns,
            rows(lines, [clipped(one.section, LONGEST_GROUP) for one in told]),
            empty="The plan has no measures.",
            group_title=section_word(figures),
            note=note,
        ),
    )


def _measure(
    one: MeasureFigure, labels: list[str], units: bool, due: bool
) -> tuple[CellValue | TableCell, ...]:
    others = dict(one.others)
    return (
        TableCell(one.no, strong=True),
        one.text,
        *((one.unit,) if units else ()),
        *(others.get(label, "") for label in labels),
        one.target,
        *((f"{one.due} (by {one.due_by})" if one.due_by else one.due,) if due else ()),
        one.previous,
        one.reading,
        TableCell(one.gap, share=one.share),
    )


def recommendations(figures: Figures) -> tuple[Block, ...]:
    """Each recommendation with the standing of the actions that answer it."""
    columns = (
        Column("Recommendation", "text", 22),
        Column("Actions", "number", 9),
        *rating_columns(figures),
        Column("Overdue", "number", 9),
        Column("Done", "number", 8),
        Column("Which", "long", 56),
    )
    lines: list[tuple[CellValue | TableCell, ...]] = [
        (
            TableCell(one.ref, strong=True),
            len(one.actions),
            *(one.tally.count(code) for code in codes(figures)),
            one.overdue,
            len(one.actions) - one.tally.total,
            ", ".join(action.ref or action.text[:30] for action in one.actions),
        )
        for one in figures.further.recommendations
    ]
    note = (
        "Ratings count open actions; an action that answers several recommendations stands under "
        "each."
        if lines
        else ""
    )
    return (
        Table(
            "By recommendation",
            columns,
            rows(lines),
            empty="No action names a recommendation.",
            note=note,
        ),
    )


def proposed(figures: Figures) -> tuple[Block, ...]:
    """Actions that leads ask for and nobody has decided on."""
    columns = (
        Column("No", "code", 7),
        Column(f"Proposed {figures.heading.action_word}", "long", 56),
        Column("By", "text", 24),
        Column("With", "long", 44),
        Column("Reads like", "text", 14),
        Column("File, sheet and cell", "text", 34),
    )
    lines = [
        (
            TableCell(one.id, strong=True),
            one.text,
            ", ".join(one.leads),
            "\n".join(f"{label}: {text}" for label, text in one.said),
            ", ".join(one.like),
            one.place,
        )
        for one in figures.further.proposed
    ]
    return (
        Table(
            "Proposed, waiting for a decision", columns, rows(lines), empty="Nothing is proposed."
        ),
    )


def timeline(figures: Figures) -> tuple[Block, ...]:
    """What is due in which month: a chart of open actions by rating, then the months with their
    actions.
    """
    months = figures.further.months
    columns = (
        Column("Month", "text", 20),
        Column("Open", "number", 8),
        *rating_columns(figures),
        Column("Done", "number", 8),
        Column("Open actions", "long", 56),
    )
    now = f"{figures.heading.today:%Y-%m}"
    lines = [
        Row(
            cells(
                TableCell(month_name(one.month), strong=one.month == now),
                one.open.total,
                *(one.open.count(code) for code in codes(figures)),
                one.completed,
                ", ".join(action.ref or action.text[:30] for action in one.actions if action.open),
            )
        )
        for one in months
    ]
    chart = months_chart(figures, months)
    table = Table(
        "Due dates by month", columns, tuple(lines), empty="No action names a day or month."
    )
    return (*((chart,) if chart else ()), table)


def history(past: Iterable[PastValue]) -> tuple[Block, ...]:
    """Every value that a cell has had, action by action."""
    columns = (
        REF,
        Column("Field", "text", 18),
        Column("Value", "long", 56),
        Column("Revision", "number", 9),
        Column("On", "text", 18),
        Column("Said by", "text", 24),
        Column("Reason", "text", 28),
    )
    lines = [
        (
            TableCell(one.ref, leads_to=one.key, strong=True),
            one.label,
            one.text or "(empty)",
            one.revision,
            day_of(one.at) if one.at else "not dated",
            ", ".join(one.said_by) or one.by,
            one.reason,
        )
        for one in past
    ]
    return (
        Table(
            "Every value of every action, oldest first",
            columns,
            rows(lines),
            empty="The plan is empty.",
        ),
    )
