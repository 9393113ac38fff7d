"""The fields of a plan as the merge knows them: their types, their rules, and what waits for
approval.
"""

from __future__ import annotations

from collections.abc import Callable

from xlplan.mapping.keys import display_name, rag_scale
from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.merge import Field
from xlplan.plan.rag import RagScale
from xlplan.plan.timescale.doubted import DATED
from xlplan.plan.values import Value
from xlplan.rounds.compared.doubted_dates import REASON_OF, doubts
from xlplan.workbook.kit.words import NO_CHANGE, READING

PLACED = ("ref", "section", "requirement", "table", "order", "status")
"""Where an action belongs and what it is called: cells like any other, which only the office
moves.
"""
OF_SECTIONS = ("name", "outcome", "lead")
"""What a section says of itself."""
_OFFICE_LABELS = {"ref": "the ref", "section": "the section", "order": "the order"}


def merge_fields(mapping: PlanMapping) -> dict[str, Field]:
    """Every field that a return may move, in the mapping's order. A tick for "no change" is no
    value of the plan.
    """
    scale = rag_scale(mapping)
    named = {
        key: _field(key, spec, mapping, scale)
        for key, spec in mapping.fields.items()
        if key != NO_CHANGE
    }
    placed = {
        name: Field(name, label=_OFFICE_LABELS.get(name, name)) for name in (*PLACED, *OF_SECTIONS)
    }
    placed["status"] = Field("status", approve_if=_ends)
    measured = {name: Field(name, label=name.replace("_", " ")) for name in measure_fields(mapping)}
    if mapping.measures:
        # A measure's reading is of one month or quarter: nobody corrects last round's, all type a
        # new one.
        placed[READING] = Field(READING, fresh=True, label="the reading")
    return {**measured, **named, **placed}


def measure_fields(mapping: PlanMapping) -> list[str]:
    """What the sheet of measures says of each of them: the office's to edit."""
    return list(mapping.measures.headings) if mapping.measures else []


def lead_fields(mapping: PlanMapping) -> frozenset[str]:
    """The fields that leads fill in."""
    names = {
        key for key, spec in mapping.fields.items() if spec.edit == "lead" and key != NO_CHANGE
    }
    return frozenset(names | ({READING} if mapping.measures else set()))


# `approve` on a rating asks about what completes an action or opens it again; on any other field,
# about every move.
def _field(key: str, spec: FieldSpec, mapping: PlanMapping, scale: RagScale) -> Field:
    of_closing = spec.merge == "approve" and spec.type == "rag"
    return Field(
        key=key,
        type=spec.type,
        rule="conflict" if of_closing else spec.merge,
        fresh=spec.input == "fresh",
        scale=scale if spec.type == "rag" else None,
        label=display_name(mapping, key),
        approve_if=_closes(scale) if of_closing else None,
        choices=tuple(spec.choices),
        doubt_if=doubts(mapping) if spec.type in DATED else None,
        beside=REASON_OF.get(key, ""),
    )


def _closes(scale: RagScale) -> Callable[[Value, Value], bool]:
    closed = {rating.code for rating in scale.ratings if rating.kind == "closed"}
    # Boards read a closed rating as signed off: to close an action or open it again takes a yes.
    return lambda old, new: (old.text in closed) != (new.text in closed)


def _ends(_: Value, new: Value) -> bool:
    """An action whose row the office left out is asked about, never ended."""
    return new.canonical == "withdrawn"
