"""A row of an update workbook: what one action shows to one of its leads."""

from __future__ import annotations

from collections.abc import Mapping

from xlplan.plan.model import Item, Plan
from xlplan.workbook.update.book import UpdateRow


def update_row(
    token: str,
    plan: Plan,
    action: Item,
    others: tuple[str, ...],
    last: Mapping[str, str] | None = None,
) -> UpdateRow:
    """The row of an action as the plan has it; `others` are the leads it is shared with.

    `last` replaces what stands locked beside inputs, by field.
    """
    return UpdateRow(
        token=token,
        key=action.key,
        values=dict(action.values),
        joint=others,
        section=_titled(plan.items.get(action.text("section"))),
        requirement=_titled(plan.items.get(action.text("requirement"))),
        last=last or {},
    )


def _titled(item: Item | None) -> str:
    if item is None:
        return ""
    return " ".join(part for part in (item.text("ref"), item.text("name")) if part)
