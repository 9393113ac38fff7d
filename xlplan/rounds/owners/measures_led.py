"""Whose measures they are: where the sheet of measures has a column of leads."""

from __future__ import annotations

from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.plan.leads.reading import read_leads
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.text import fold_code
from xlplan.rounds.owners.routing import key_to_leads
from xlplan.workbook.kit.words import READING, READING_SPEC
from xlplan.workbook.update.layout import MEASURES

_OF_MEASURES = frozenset(column.field for column in MEASURES.columns if column.field)


def spec_of_cell(mapping: PlanMapping, field: str) -> FieldSpec | None:
    """What the mapping says of a field of its actions, or of its measures; None of any other."""
    spec = mapping.fields.get(field)
    if spec is not None or not mapping.measures or field not in _OF_MEASURES:
        return spec
    return READING_SPEC if field == READING else FieldSpec()


def owned(plan: Plan, mapping: PlanMapping, lead: str) -> list[Item]:
    """The measures that a lead reports; none where the mapping's measures have no heading for
    `leads`.
    """
    if mapping.measures is None or "leads" not in mapping.measures.headings:
        return []
    key, wanted = key_to_leads(plan, mapping), fold_code(lead)
    return [
        measure
        for measure in plan.of_kind("measure")
        if wanted in map(fold_code, read_leads(measure.text("leads"), key).leads)
    ]
