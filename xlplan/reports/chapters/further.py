"""Figures as blocks beside the ratings: published totals, measures, recommendations, proposals, a
timeline, history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from xlplan.plan.figures.counts import ActionFigure
from xlplan.plan.figures.figures import Figures
from xlplan.plan.figures.further import (
    MeasureFigure,
    Month,
    PastValue,
    ProposedAction,
    PublishedTotal,
    Recommendation,
)
from xlplan.plan.text.english import clipped, counted, day_of, since
from xlplan.reports.chapters.actions import REF
from xlplan.reports.chapters.charts import months_chart
from xlplan.reports.chapters.totals import (
    month_name,
    rating_cell,
    rating_colour,
    rating_columns,
    rating_name,
    section_word,
)
from xlplan.workbook.kit import palette
from xlplan.workbook.pages.blocks import Block, Column, Table, TableCell

DIFFERS = palette.FAULT
"""What marks a published total that the rows do not give."""
LONGEST_GROUP = 44
"""Characters of a section's title that stand before each measure."""
LONGEST_NAME = 30
"""Characters that name an action without a ref."""


def published(figures: Figures) -> tuple[Block, ...]:
    """The totals that the office published, each beside the rows' where they differ. Nothing when
    it publishes none.
    """
    totals = figures.further.published
    if not totals:
        return ()
    differences = sum(total.differs for total in totals)
    by_section = any(total.section for total in totals)
    differ = (
        f"{counted(differences, 'published total')} {'differs' if differences == 1 else 'differ'}"
    )
    note = "Every published total is what the rows of the office's own workbook give."
    if differences:
        after = "; the number after ≠ is what its rows give" if by_section else ""
        note = f"{differ} from the rows of the office's own workbook{after}."
    caption = "Totals as the office published them"
    # Sunderland 2017 publishes priorities by rating, Walsall 2012 a line for each rating.
    shape = _matrix if by_section else _list
    return (shape(figures, caption, totals, note),)


def _matrix(figures: Figures, caption: str, totals: Sequence[PublishedTotal], note: str) -> Table:
    """A line for each section, a column for each rating."""
    # A published table may leave out the number of a rating that no action of a section has.
    by_place = {(total.section, total.code): total for total in totals}
    names = {section.key: section.name for section in figures.sections}
    keys = dict.fromkeys(key for key, _ in by_place)
    codes = dict.fromkeys(code for _, code in by_place)

    def rating(code: str) -> Column[str]:
        return Column(
            rating_name(figures, code),
            "number",
            11,
            rating_colour(figures, code),
            of=lambda key: _number(by_place.get((key, code))),
        )

    def whole(key: str) -> TableCell:
        return _number(_sum(total for (section, _), total in by_place.items() if section == key))

    return Table.of(
        caption,
        (
            Column(section_word(figures), "long", 46, of=lambda key: names.get(key, "All")),
            *(rating(code) for code in codes),
            Column("Total", "number", 11, of=whole),
        ),
        # Offices put the line of all sections last.
        sorted(keys, key=lambda key: not key),
        total=lambda key: not key,
        note=note,
    )


def _list(figures: Figures, caption: str, totals: Sequence[PublishedTotal], note: str) -> Table:
    """A line for each rating, with the share that it has of all."""
    whole = _sum(totals)

    def difference(total: PublishedTotal) -> TableCell:
        return TableCell(
            total.published - total.listed or None, colour=DIFFERS if total.differs else ""
        )

    def share(total: PublishedTotal) -> TableCell:
        return TableCell(total.published / (whole.published or 1), share=True)

    columns: tuple[Column[PublishedTotal], ...] = (
        Column(
            "Rating",
            width=46,
            of=lambda total: "All" if total is whole else rating_cell(figures, total.code),
        ),
        Column("Published", "number", 11, of=lambda total: total.published),
        Column("In the rows", "number", 11, of=lambda total: total.listed),
        Column("Difference", "number", 11, of=difference),
        Column("Published share", "number", 11, of=share),
    )
    return Table.of(
        caption, columns, (*totals, whole), total=lambda total: total is whole, note=note
    )


def _sum(totals: Iterable[PublishedTotal]) -> PublishedTotal:
    each = list(totals)
    return PublishedTotal(
        "", "", sum(total.published for total in each), sum(total.listed for total in each), ""
    )


def _number(total: PublishedTotal | None) -> TableCell:
    if total is None:
        return TableCell(None)
    return (
        TableCell(f"{total.published} ≠ {total.listed}", colour=DIFFERS)
        if total.differs
        else TableCell(total.published)
    )


def steps(figures: Figures) -> Table:
    """How many ratings moved since the point compared with, by what the step is called; leads to
    the list.
    """
    columns: tuple[Column[tuple[str, int]], ...] = (
        Column("Step", width=46, of=lambda step: step[0].capitalize()),
        Column(
            "Number",
            "number",
            9,
            of=lambda step: TableCell(step[1], leads_to="list:Ratings that moved"),
        ),
    )
    return Table.of(
        f"Movement {since(figures.heading.since)}",
        columns,
        sorted(figures.further.steps.items(), key=lambda step: (-step[1], step[0])),
        empty="No rating has moved.",
    )


def measures(figures: Figures) -> tuple[Block, ...]:
    """Every measure with its target and readings."""
    measured = figures.further.measures
    labels = dict.fromkeys(label for measure in measured for label, _ in measure.others)
    # West Sussex 2019 gives its KPIs no unit.
    units = any(measure.unit for measure in measured)
    due = any(measure.due != measure.target or measure.due_by for measure in measured)

    def other(label: str) -> Column[MeasureFigure]:
        return Column(label, width=16, of=lambda measure: dict(measure.others).get(label, ""))

    unit: Column[MeasureFigure] = Column("Unit", width=10, of=lambda measure: measure.unit)
    target_due = Column("Target due now", width=22, of=_target_due)
    columns: tuple[Column[MeasureFigure], ...] = (
        Column("No", "code", 7, of=lambda measure: TableCell(measure.no, strong=True)),
        Column("Measure", "long", 56, of=lambda measure: measure.text),
        *((unit,) if units else ()),
        *(other(label) for label in labels),
        Column("Target", width=22, of=lambda measure: measure.target),
        *((target_due,) if due else ()),
        Column("Previous reading", width=12, of=lambda measure: measure.previous),
        Column("Reading now", width=12, of=lambda measure: measure.reading),
        Column(
            "Reading less target due" if due else "Reading less target",
            "number",
            11,
            of=lambda measure: TableCell(measure.gap, share=measure.share),
        ),
    )
    without = sum(not measure.reading for measure in measured)
    note = (
        f"{counted(without, 'measure')} {'has' if without == 1 else 'have'} no reading."
        if without
        else ""
    )
    return (
        Table.of(
            "Measures against targets",
            columns,
            measured,
            empty="The plan has no measures.",
            group_title=section_word(figures),
            group=lambda measure: clipped(measure.section, LONGEST_GROUP),
            note=note,
        ),
    )


def _target_due(measure: MeasureFigure) -> str:
    return f"{measure.due} (by {measure.due_by})" if measure.due_by else measure.due


def _refs(actions: Iterable[ActionFigure]) -> str:
    # Some published plans print no refs, and a row that an office adds often has none.
    return ", ".join(action.ref or action.text[:LONGEST_NAME] for action in actions)


def recommendations(figures: Figures) -> tuple[Block, ...]:
    """Each recommendation with the standing of the actions that answer it."""
    answered = figures.further.recommendations
    columns: list[Column[Recommendation]] = [
        Column("Recommendation", width=22, of=lambda item: TableCell(item.ref, strong=True)),
        Column("Actions", "number", 9, of=lambda item: len(item.actions)),
        *rating_columns(figures, attrgetter("tally")),
        Column("Overdue", "number", 9, of=lambda item: item.overdue),
        Column("Done", "number", 8, of=lambda item: len(item.actions) - item.tally.total),
        Column("Which", "long", 56, of=lambda item: _refs(item.actions)),
    ]
    note = (
        # Plans answer an inspection: one action names several of its recommendations, `14, 6`.
        "Ratings count open actions; an action that answers several recommendations stands under "
        "each."
        if answered
        else ""
    )
    return (
        Table.of(
            "By recommendation",
            columns,
            answered,
            empty="No action names a recommendation.",
            note=note,
        ),
    )


def proposed(figures: Figures) -> tuple[Block, ...]:
    """Actions that leads ask for and nobody has decided on."""
    columns: tuple[Column[ProposedAction], ...] = (
        Column("No", "code", 7, of=lambda action: TableCell(action.id, strong=True)),
        Column(
            f"Proposed {figures.heading.action_word}", "long", 56, of=lambda action: action.text
        ),
        Column("By", width=24, of=lambda action: ", ".join(action.leads)),
        Column(
            "With",
            "long",
            44,
            of=lambda action: "\n".join(f"{label}: {text}" for label, text in action.said),
        ),
        # Leads propose what the plan has already, in words of their own.
        Column("Reads like", of=lambda action: ", ".join(action.like)),
        Column("File, sheet and cell", width=34, of=lambda action: action.place),
    )
    return (
        Table.of(
            "Proposed, waiting for a decision",
            columns,
            figures.further.proposed,
            empty="Nothing is proposed.",
        ),
    )


def timeline(figures: Figures) -> tuple[Block, ...]:
    """What is due in which month: a chart of open actions by rating, then the months with their
    actions.
    """
    months = figures.further.months
    now = f"{figures.heading.today:%Y-%m}"
    columns: list[Column[Month]] = [
        Column(
            "Month",
            width=20,
            of=lambda month: TableCell(month_name(month.month), strong=month.month == now),
        ),
        Column("Open", "number", 8, of=lambda month: month.open.total),
        *rating_columns(figures, attrgetter("open")),
        Column("Done", "number", 8, of=lambda month: month.completed),
        Column(
            "Open actions",
            "long",
            56,
            of=lambda month: _refs(action for action in month.actions if action.open),
        ),
    ]
    chart = months_chart(figures, months)
    table = Table.of("Due dates by month", columns, months, empty="No action names a day or month.")
    return (*((chart,) if chart else ()), table)


def history(past: Iterable[PastValue]) -> tuple[Block, ...]:
    """Every value that a cell has had, action by action."""
    columns: tuple[Column[PastValue], ...] = (
        REF,
        Column("Field", width=18, of=lambda value: value.label),
        Column("Value", "long", 56, of=lambda value: value.text or "(empty)"),
        Column("Revision", "number", 9, of=lambda value: value.revision),
        Column("On", width=18, of=lambda value: day_of(value.at) if value.at else "not dated"),
        Column("Said by", width=24, of=lambda value: ", ".join(value.said_by) or value.by),
        Column("Reason", width=28, of=lambda value: value.reason),
    )
    return (
        Table.of(
            "Every value of every action, oldest first",
            columns,
            past,
            empty="The plan is empty.",
        ),
    )
