"""What a mapping says in the plan's own words: its key to leads, its rating scale, its period, its
fields' names.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlplan.mapping.model import FieldSpec, LeadSpec, PlanMapping, RatingSpec, TableSpec
from xlplan.plan.leads.reading import Lead, LeadKey
from xlplan.plan.rag import RagScale, Rating
from xlplan.plan.timescale.reading import Period

DISPLAY_NAMES = {
    "ref": "Ref",
    "section": "Section",
    "requirement": "Requirement",
    "action": "Action",
    "leads": "Lead",
    "accountable": "Accountable",
    "responsible": "Responsible",
    "start": "Start",
    "due": "Due",
    "due_reason": "Reason for new date",
    "rag": "Rating",
    "progress": "Progress",
    "evidence": "Evidence",
    "measures": "Measures",
    "links": "Links",
    "completion": "Completion",
    "notes": "Notes",
    "no_change": "No change this round",
}
"""What people call the keys that mean the same in every mapping, where the mapping gives neither
name nor heading.
"""

COLUMN_FIELDS = ("section_ref", "section", "requirement_ref", "requirement")
"""Fields that say where an action belongs, when the workbook has a column for it in place of
lines.
"""


def lead_key(mapping: PlanMapping) -> LeadKey:
    """The key to leads that stands in the mapping. Without any key it is open: a name nobody listed
    is a lead.
    """
    leads = tuple(_lead(number, spec) for number, spec in enumerate(mapping.leads, start=1))
    # Many small plans have no list of staff: then whoever stands in the column is a lead.
    return LeadKey(leads, open=not (mapping.leads or mapping.leads_sheets))


def _lead(number: int, spec: LeadSpec) -> Lead:
    return Lead(
        key=f"lead:{number}",
        name=spec.name,
        kind=spec.kind,
        codes=(spec.code,) if spec.code else (),
        spellings=tuple(spec.spellings),
        members=tuple(spec.members),
        contact=spec.contact,
        role=spec.role,
        email=spec.email,
        copy_to=tuple(spec.copy_to),
        deputy=spec.deputy,
    )


def rag_scale(mapping: PlanMapping) -> RagScale:
    """The plan's scale, as the mapping lists it; graded ratings stand worst first."""
    return RagScale(tuple(_rating(spec) for spec in mapping.rag))


def _rating(spec: RatingSpec) -> Rating:
    return Rating(spec.code, spec.name, spec.colour, spec.meaning, spec.kind, tuple(spec.spellings))


def period(mapping: PlanMapping) -> Period | None:
    """The time that the plan covers; None when the mapping does not give both ends."""
    words = mapping.plan
    return Period(words.start, words.end) if words.start and words.end else None


def display_name(mapping: PlanMapping, field: str) -> str:
    """What people call a field: its name, else its first heading, else the usual word for
    its key.
    """
    spec = mapping.fields.get(field)
    if spec and spec.name:
        return spec.name
    if spec and spec.headings:
        # `Quarter 1` merged over `Update` and `Evidence`: the lower heading alone names nothing.
        return f"{spec.under} {spec.headings[0]}".strip()
    return DISPLAY_NAMES.get(field, field.replace("_", " ").capitalize())


def added_headings(mapping: PlanMapping, field: str) -> tuple[str, str]:
    """What may head a column of ours for a field that an office's table lacks.

    The field's name with its key, which no office writes, then the name alone.
    """
    name = display_name(mapping, field)
    return f"{name} ({field})", name


def all_shapes(mapping: PlanMapping) -> dict[str, list[str]]:
    """Shapes by field, for the patterns that open an action's text; new refs are refs too."""
    shapes = {key: list(spec.shapes) for key, spec in mapping.fields.items() if spec.shapes}
    if "ref" in shapes:
        shapes["ref"] += [shape for shape in mapping.new_refs if shape not in shapes["ref"]]
    return shapes


def opening_field(mapping: PlanMapping) -> tuple[str, FieldSpec] | None:
    """The field whose text is opened by refs or links, with its key; None when no field is."""
    return next(((key, spec) for key, spec in mapping.fields.items() if spec.opens), None)


def opening_parts(mapping: PlanMapping, field: str) -> set[str]:
    """Fields that open a field's text and need no column of their own: `ref` of `{ref} {text}`."""
    spec = mapping.fields.get(field)
    return {
        part
        for part in mapping.fields
        if spec and any(f"{{{part}}}" in pattern for pattern in spec.opens)
    }


def table_name(table: TableSpec) -> str:
    """What items call the table they stand in."""
    return table.name or table.sheet


def fields_of(mapping: PlanMapping, table: TableSpec) -> dict[str, FieldSpec]:
    """The fields that the office's table may have columns for, in the mapping's order."""
    if table.fields is None:
        return dict(mapping.fields)
    return {key: mapping.fields[key] for key in mapping.fields if key in table.fields}


def inputs(mapping: PlanMapping) -> dict[str, FieldSpec]:
    """The fields that leads fill in, in the mapping's order."""
    return {key: spec for key, spec in mapping.fields.items() if spec.edit == "lead"}


def points(mapping: PlanMapping) -> list[str]:
    """The names of earlier points that history columns give, oldest first."""
    return list(dict.fromkeys(point for _, point in _history(mapping)))


def _history(mapping: PlanMapping) -> Iterator[tuple[str, str]]:
    for key, spec in mapping.fields.items():
        for point in spec.history:
            yield key, point


def tells_sections(mapping: PlanMapping) -> bool:
    """Whether the plan has sections: in lines or columns, or a table that is one. A flat list of
    actions has none.
    """
    in_columns = any(
        name in mapping.fields and mapping.fields[name].headings
        for name in ("section", "section_ref")
    )
    in_lines = any(line.kind == "section" for table in mapping.tables for line in table.lines)
    return in_columns or in_lines or any(table.section for table in mapping.tables)
