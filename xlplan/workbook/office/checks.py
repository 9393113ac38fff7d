"""Hold the cells of a plan that was read against one another: starts against ends, references
against refs.
"""

from __future__ import annotations

from datetime import date

from xlplan.mapping.keys import period
from xlplan.plan.model import Item
from xlplan.plan.references import cross_references
from xlplan.plan.text.text import fold_code
from xlplan.plan.timescale.reading import Timescale, read_timescale
from xlplan.workbook.office.building import PlanBuilder

_MONTHS_BACK = {"year": 11, "quarter": 2}
"""How many months before its last one a longer time begins."""


def check_between_cells(builder: PlanBuilder) -> None:
    """Say where a start comes after its end, and where a text points to an action that is not
    there.
    """
    plan = builder.plan
    known = {item.get("ref").canonical for item in plan.items.values() if item.get("ref")}
    for action in plan.of_kind("action"):
        _check_dates(builder, action)
        for name in builder.reads[action.key].at:
            # Links name the inspection's paragraphs, `IN 3.1` or `Pg 6 para 17`, and no actions.
            if name not in {"ref", "links", "section", "section_ref", "requirement_ref"}:
                for ref in cross_references(action.text(name)):
                    if fold_code(ref) not in known:
                        builder.say(action.key, name, "reference-broken", ref)


def _check_dates(builder: PlanBuilder, action: Item) -> None:
    start, due = action.text("start"), action.text("due")
    if not start or not due:
        return
    # Kent starts and ends some actions in one month, `Nov 2010`: it begins on its first day.
    begins = first_day(read_timescale(start, period(builder.mapping)))
    ends = read_timescale(due, period(builder.mapping)).due
    if begins and ends and begins > ends:
        builder.say(action.key, "start", "start-after-end", start, end=due)


def first_day(when: Timescale) -> date | None:
    """The first day of the time that a timescale names last; None when nothing is dated."""
    if when.due is None or when.precision in {"day", "week"}:
        return when.due
    months = when.due.year * 12 + when.due.month - 1 - _MONTHS_BACK.get(when.precision or "", 0)
    return date(months // 12, months % 12 + 1, 1)
