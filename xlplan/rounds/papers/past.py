"""Every value that the plan's actions have had, for the sheet of history."""

from __future__ import annotations

from collections.abc import Iterator

from xlplan.mapping.keys import display_name
from xlplan.mapping.model import PlanMapping
from xlplan.plan.figures.further import PastValue
from xlplan.plan.model import Plan
from xlplan.reports.documents import SYSTEM_FIELDS
from xlplan.store import Store


def past_values(
    store: Store, mapping: PlanMapping, plan: Plan, until: int
) -> tuple[PastValue, ...]:
    """What each cell of each action said up to revision `until`, action by action in plan order,
    oldest first.
    """
    return tuple(_past(store, mapping, plan, until))


def _past(store: Store, mapping: PlanMapping, plan: Plan, until: int) -> Iterator[PastValue]:
    shown = [name for name in mapping.fields if name not in SYSTEM_FIELDS]
    for action in plan.of_kind("action"):
        versions = [
            version
            for version in store.history(action.key)
            if version.field in {*shown, "status"} and version.revision <= until
        ]
        versions.sort(key=lambda one: ([*shown, "status"].index(one.field), one.revision))
        for one in versions:
            yield PastValue(
                key=action.key,
                ref=action.text("ref"),
                label="Status" if one.field == "status" else display_name(mapping, one.field),
                text=one.text,
                revision=one.revision,
                at=one.at,
                by=one.by,
                # Joint leads who say the same are both named; one who said it in two files is named
                # once.
                said_by=tuple(dict.fromkeys(source.lead for source in one.sources if source.lead)),
                reason=one.reason,
            )
