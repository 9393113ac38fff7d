"""A row of an update workbook: what one action or measure shows to one of its leads."""

from __future__ import annotations

from collections.abc import Mapping

from xlplan.plan.model import Item, Plan
from xlplan.workbook.update.book import UpdateRow


def update_row(
    token: str,
    plan: Plan,
    item: Item,
    others: tuple[str, ...],
    last: Mapping[str, str] | None = None,
) -> UpdateRow:
    """The row of an action or measure as the plan has it; `others` are the leads it is shared with.

    `last` replaces what stands locked beside inputs, by field.
    """
    return UpdateRow(
        token=token,
        key=item.key,
        values=dict(item.values),
        joint=others,
        section=_titled(plan.items.get(item.text("section"))),
        requirement=_titled(plan.items.get(item.text("requirement"))),
        last=last or {},
    )


def _titled(item: Item | None) -> str:
    if item is None:
        return ""
    return " ".join(part for part in (item.text("ref"), item.text("name")) if part)
