"""Compute the figures beside the ratings: measures, recommendations, proposals, months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from xlplan.mapping.keys import display_name, period
from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Proposal
from xlplan.plan.figures.counts import UNRATED, ActionFigure, Tally
from xlplan.plan.figures.figures import Move
from xlplan.plan.figures.further import (
    Further,
    MeasureFigure,
    Month,
    ProposedAction,
    Recommendation,
)
from xlplan.plan.measures import compare, target_due
from xlplan.plan.model import Item
from xlplan.plan.rag import RagScale
from xlplan.plan.references import read_references
from xlplan.plan.text.natural import natural
from xlplan.plan.text.text import fold_code
from xlplan.reports.reading import PlanReading
from xlplan.workbook.kit.words import day_format

KNOWN = frozenset(
    {"no", "measure", "section", "section_ref", "unit", "target", "reading", "order", "leads"}
)
"""Fields of a measure that have a place of their own."""


def further(
    reading: PlanReading,
    actions: Sequence[ActionFigure],
    moves: Iterable[Move],
    scale: RagScale,
    overdue: frozenset[str],
) -> Further:
    """Everything beside the ratings; `overdue` are the keys of actions past their date."""
    material = reading.material
    return Further(
        published=tuple(material.published),
        measures=tuple(_measure(item, reading) for item in material.after.of_kind("measure")),
        recommendations=_recommendations(reading, actions, scale, overdue),
        proposed=tuple(_proposed(proposal, material.mapping) for proposal in material.proposals),
        months=_months(actions, scale),
        steps=dict(Counter(move.kind for move in moves)),
    )


def count_open(actions: Iterable[ActionFigure], scale: RagScale) -> Tally:
    """Open actions by rating; a rating that the scale lacks counts as unrated."""
    counts = dict.fromkeys((*scale.codes, UNRATED), 0)
    for action in actions:
        if action.open:
            counts[action.rag if action.rag in counts else UNRATED] += 1
    return Tally(counts)


def _measure(item: Item, reading: PlanReading) -> MeasureFigure:
    was = reading.material.before.items.get(item.key)
    now, before = item.text("reading"), was.text("reading") if was else ""
    # West Sussex 2019 has an interim target and its date beside each KPI's target.
    others = tuple(
        (display_name(reading.material.mapping, name), value.text)
        for name, value in item.values.items()
        if name not in KNOWN and value
    )
    due = target_due(item, reading.material.today, period(reading.material.mapping))
    return MeasureFigure(
        key=item.key,
        no=item.text("no"),
        text=item.text("measure"),
        section=reading.section(item.text("section"))
        if item.text("section")
        # People type a measure's section by hand: `Obj. 1` is none of the plan's.
        else item.text("section_ref"),
        unit=item.text("unit"),
        target=item.text("target"),
        reading=now,
        previous=before,
        gap=compare(now, due.target) if due else None,
        due=due.target.text if due else "",
        due_by=due.by.strftime(day_format(reading.material.mapping)) if due and due.by else "",
        share=due is not None and due.target.kind == "percent",
        others=others,
    )


def _recommendations(
    reading: PlanReading, actions: Sequence[ActionFigure], scale: RagScale, overdue: frozenset[str]
) -> tuple[Recommendation, ...]:
    """Every reference in the plan's fields of links, in natural order, with the actions that name
    it.

    `Pg 5 para 9` and `Pg 5 Para 9` are one; it is called as the first action calls it.
    """
    fields = [key for key, spec in reading.material.mapping.fields.items() if spec.type == "links"]
    named: dict[str, list[ActionFigure]] = {}
    spelt: dict[str, str] = {}
    for action in actions:
        item = reading.material.after.items[action.key]
        # Cells of links are typed by hand, `14,6, 13,`, one ref maybe twice.
        refs = (ref for key in fields for ref in read_references(item.text(key)).refs)
        for ref in dict.fromkeys(spelt.setdefault(fold_code(ref), ref) for ref in refs):
            named.setdefault(ref, []).append(action)
    return tuple(
        Recommendation(
            ref,
            tuple(named[ref]),
            count_open(named[ref], scale),
            sum(a.key in overdue for a in named[ref]),
        )
        for ref in sorted(named, key=natural)
    )


def _proposed(proposal: Proposal, mapping: PlanMapping) -> ProposedAction:
    values = {name: value.text for name, value in proposal.values.items() if value}
    text = values.pop("action", "")
    return ProposedAction(
        proposal.id,
        # Two leads come out of one meeting and propose the same: both are named.
        tuple(dict.fromkeys([source.lead for source in proposal.sources] or [proposal.lead])),
        text,
        tuple((display_name(mapping, name), value) for name, value in values.items()),
        proposal.like,
        str(proposal.source.place),
    )


def _months(actions: Iterable[ActionFigure], scale: RagScale) -> tuple[Month, ...]:
    """Every month in which something is due, in order."""
    due: dict[str, list[ActionFigure]] = {}
    for action in actions:
        if action.due_on and action.status != "withdrawn":
            due.setdefault(action.due_on.isoformat()[: len("2013-01")], []).append(action)
    return tuple(
        Month(
            month,
            count_open(theirs, scale),
            sum(not action.open for action in theirs),
            tuple(theirs),
        )
        for month, theirs in sorted(due.items())
    )
