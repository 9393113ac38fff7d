"""What was said of an action and is not in the plan: outranked, decided otherwise, replaced. Out of
the returns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Decision, Source
from xlplan.plan.model import Item
from xlplan.plan.rounds import StoredCell, StoredReturn
from xlplan.plan.values import Value
from xlplan.rounds.compared.speaking import stamp_of
from xlplan.rounds.compared.summing_up import differing
from xlplan.store import CellVersion, Store


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A value that somebody sent and that is not in the plan: since which revision it is settled,
    and why.
    """

    revision: int
    field: str
    value: Value
    source: Source
    why: str


def left_out(store: Store, action: Item, mapping: PlanMapping, field: str = "") -> list[LeftOut]:
    """What was settled about an action without being taken, in the order that it was settled."""
    versions = store.history(action.key, field or None)
    decisions = store.decisions()
    at = {revision.number: revision.at for revision in store.revisions()}
    found = [
        LeftOut(
            cell.settled,
            cell.field,
            cell.value,
            source,
            _why(
                action.key,
                taken,
                cell,
                mapping,
                [decision for decision in decisions if decision.at <= at[cell.settled]],
            ),
        )
        for taken, cell in _settled(store, action.key, field)
        if cell.settled is not None and not _stood(cell, versions, mapping)
        for source in [
            Source(taken.lead, taken.name, cell.sheet, cell.cell, stamp_of(taken), taken.id)
        ]
    ]
    return sorted(
        found,
        key=lambda left: (
            left.revision,
            list(mapping.fields).index(left.field),
            left.source.returned,
        ),
    )


def _settled(store: Store, key: str, field: str) -> Iterator[tuple[StoredReturn, StoredCell]]:
    """The answers about an action that wait no more and that the plan has a place for."""
    for taken in store.returns():
        for row in taken.rows:
            if row.home == key and row.kind in {"answered", "held"}:
                yield from (
                    (taken, cell)
                    for cell in differing(row)
                    if cell.settled and field in {"", cell.field}
                )


def _stood(cell: StoredCell, versions: Sequence[CellVersion], mapping: PlanMapping) -> bool:
    """Whether the plan held the value once the cell was settled: as its own, or within a list of
    entries.
    """
    settled = cell.settled or 0
    now = next(
        (
            version
            for version in versions
            if version.field == cell.field
            and version.revision <= settled
            and (version.ended is None or settled < version.ended)
        ),
        None,
    )
    spec = mapping.fields.get(cell.field)
    if now is None or spec is None:
        return spec is None
    return now.canonical == cell.value.canonical or (
        spec.merge == "append" and cell.value.text in now.text
    )


def _why(
    key: str,
    taken: StoredReturn,
    cell: StoredCell,
    mapping: PlanMapping,
    decisions: Sequence[Decision],
) -> str:
    """Why a value was not taken; `decisions` are those made by then, oldest first."""
    # Leads find a slip after sending, and send the workbook once more.
    if cell.superseded:
        return "replaced by a newer answer"
    in_list = mapping.fields[cell.field].merge == "append"
    # An officer who thinks again decides again: the last decision is the reason.
    for decision in reversed(decisions):
        if any(
            (claim.lead, claim.key, claim.field) == (taken.lead, key, cell.field)
            and claim.holds(cell.value.canonical, in_list=in_list)
            for claim in decision.grounds.cells
        ):
            return f"decided by {decision.by}{f': {decision.text}' if decision.text else ''}"
    # Joint leads may rate one action apart; a board is shown the worse of the two.
    if mapping.fields[cell.field].merge == "worst":
        return "outranked: the worst rating stands"
    return "decided otherwise"
