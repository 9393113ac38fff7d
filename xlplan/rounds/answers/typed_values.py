"""Values that the office types as decisions: held against the field and the rules of the row, as a
returned cell is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.rules import RowDoubt, check_row
from xlplan.plan.changes import Decision
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.values import Row, Value
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.owners.routing import key_to_leads


@dataclass(frozen=True, slots=True)
class DecidedCell:
    """A decision on one cell, what was typed for it, and where it was given."""

    decision: Decision
    key: str
    field: str
    typed: str
    at: Address = Address()


def doubts_on_typed(cells: Sequence[DecidedCell], compared: Waiting, today: date) -> list[Finding]:
    """What is amiss with the values that were typed; each is kept, and told as seriously as the
    mapping says.

    Decisions taken together are looked at together: a new date and its reason may stand on two
    lines.
    """
    findings = []
    for cell in cells:
        if cell.decision.choice == "value":
            findings += [_told(cell, doubt, compared) for doubt in _of_reading(cell, compared)]
            findings += [
                _told(cell, doubt, compared) for doubt in _of_row(cell, cells, compared, today)
            ]
    return findings


def _of_reading(cell: DecidedCell, compared: Waiting) -> list[RowDoubt]:
    """What the reading of the value by its type has to say."""
    spec = compared.mapping.fields[cell.field]
    context = Context(key_to_leads(compared.plan, compared.mapping))
    # Officers mistype as leads do: `31 June 2013` is kept, and told.
    read = read_value(spec, cell.typed or None, compared.mapping, context)
    return [RowDoubt(cell.field, code, dict(details)) for code, details in read.remarks]


def _of_row(
    cell: DecidedCell, cells: Sequence[DecidedCell], compared: Waiting, today: date
) -> list[RowDoubt]:
    """What the rules between fields have to say that they did not say before the value was
    typed.
    """
    decided = {
        one.field: one.decision.value
        for one in cells
        if one.key == cell.key and one.decision.choice in {"value", "take"}
    }
    others = {name: value for name, value in decided.items() if name != cell.field}
    before = check_row(compared.mapping, *_rows(cell.key, others, compared), today)
    after = check_row(compared.mapping, *_rows(cell.key, decided, compared), today)
    return [doubt for doubt in after if doubt not in before]


def _rows(key: str, decided: Mapping[str, Value], compared: Waiting) -> tuple[Row, Row]:
    """The row as it is and as it will be. A fresh field says something only where this round says
    it.
    """
    item, merged = compared.plan.items[key], compared.merged.merged.get(key, {})
    # Last round's progress note still stands in the plan; it explains no rating given now.
    fresh = {name for name, spec in compared.mapping.fields.items() if spec.input == "fresh"}
    before = {name: value for name, value in item.values.items() if name not in fresh}
    moved = {name: value for name, value in merged.items() if not value.means(item.get(name))}
    return before, {**before, **moved, **decided}


def _told(cell: DecidedCell, doubt: RowDoubt, compared: Waiting) -> Finding:
    item = compared.plan.items.get(cell.key)
    return finding(
        doubt.code,
        at=cell.at,
        key=cell.key,
        ref=item.called if item else None,
        field=doubt.field,
        value=cell.typed if doubt.field == cell.field else None,
        severity=doubt.severity,
        details=doubt.details,
    )
