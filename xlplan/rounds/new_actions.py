"""What there is to say of an action that a lead proposes: its values, the mapping's rules, where it is to stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from xlplan.mapping.rules import RowDoubt, check_new
from xlplan.plan.likeness import near
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import TakenCell
from xlplan.plan.text import fold_code
from xlplan.plan.values import Row

if TYPE_CHECKING:
    from xlplan.rounds.reception import Reception


def section_called(text: str, plan: Plan) -> Item | None:
    """The section that people call so: by its ref, its name, or both."""
    wanted = _called(text)
    return next((one for one in plan.sections if wanted and wanted in map(_called, _names(one))), None)


def _called(text: str) -> str:
    """A section's name as people say it: without what ends a heading."""
    return fold_code(text).rstrip(" .:")


def _names(section: Item) -> tuple[str, str, str]:
    ref, name = section.text("ref"), section.text("name")
    return ref, name, f"{ref} {name}".strip()


def doubts_on_new(cells: Iterable[TakenCell], refused: set[str], reception: Reception) -> list[RowDoubt]:
    """What is amiss in a proposed action; `refused` are fields whose cells cannot be read."""
    values = {cell.field: cell.value for cell in cells}
    by_rule = check_new(reception.mapping, values, reception.desk.today)
    return [*_of_itself(values, refused, reception.plan), *by_rule]


def _of_itself(values: Row, refused: set[str], plan: Plan) -> Iterator[RowDoubt]:
    if not values.get("action") and "action" not in refused:
        yield RowDoubt("action", "proposal-blank")
    section = values.get("section")
    if section and section_called(section.text, plan) is None:
        known = [name for one in plan.sections for name in _names(one) if name]
        details = {"value": section.text, "near": ", ".join(near(section.text, known)) or "none"}
        yield RowDoubt("section", "proposal-section", details)
