"""What there is to say of an action that a lead proposes: its values, the mapping's rules, where it
is to stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlplan.mapping.rules import RowDoubt, check_new
from xlplan.plan.model import Plan, names_of
from xlplan.plan.rounds import StoredCell
from xlplan.plan.text.likeness import near
from xlplan.plan.values import Row
from xlplan.rounds.intake.plan_in_use import PlanInUse


def doubts_on_new(
    cells: Iterable[StoredCell], refused: set[str], in_use: PlanInUse
) -> list[RowDoubt]:
    """What is amiss in a proposed action; `refused` are fields whose cells cannot be read."""
    values = {cell.field: cell.value for cell in cells}
    by_rule = check_new(in_use.mapping, values, in_use.session.today)
    return [*_of_itself(values, refused, in_use.plan), *by_rule]


def _of_itself(values: Row, refused: set[str], plan: Plan) -> Iterator[RowDoubt]:
    if not values.get("action") and "action" not in refused:
        yield RowDoubt("action", "proposal-blank")
    # Leads name a section as they say it: `Priority 2`, `2`, `Housing`.
    section = values.get("section")
    if section and plan.section_called(section.text) is None:
        known = [name for one in plan.sections for name in names_of(one) if name]
        details = {"value": section.text, "near": ", ".join(near(section.text, known)) or "none"}
        yield RowDoubt("section", "proposal-section", details)
