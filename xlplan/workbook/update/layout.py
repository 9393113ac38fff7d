"""The update workbook's columns, described once for its writer and its reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.words import NO_CHANGE, NO_CHANGE_SPEC, headings, label, prompt

Role = Literal["token", "locked", "last", "input", "token2", "changed", "problem"]

UPDATE_SHEET = "Update"
GUIDE_SHEET = "Guide"
MEASURES_SHEET = "Measures"
TICK = "✓"
PROPOSAL_ROWS = 10
PROPOSAL_MARK = "new"
"""What stands in the token column of the key row above the rows for proposals."""

_NEVER_SHOWN = {"ref", "action", "section", "requirement", NO_CHANGE}
_LAST_ORDER = {"due": 0, "rag": 1, "progress": 2}
_INPUT_ORDER = {"rag": 0, "progress": 1, "due": 2, "due_reason": 3, "evidence": 4}
_LEFT = ("ref", "action")
_WIDTHS = {
    "ref": 8,
    "action": 35,
    "section": 22,
    "requirement": 28,
    "rag": 8,
    "progress": 33,
    "due": 13,
    "due_reason": 15,
    "evidence": 16,
    NO_CHANGE: 11,
}
_LAST_WIDTHS = {"progress": 26, "due": 14}
_ASIDE_WIDTHS = {"measures": 42}
_INPUT_WIDTH = 16
_TYPE_WIDTHS = {
    "date": 12,
    "timescale": 14,
    "number": 10,
    "percent": 10,
    "tick": 11,
    "rag": 9,
    "links": 14,
    "choice": 14,
}
_OTHER_WIDTH = 26


@dataclass(frozen=True, slots=True)
class UpdateColumn:
    """One column. `id` is what the key row says of it; `field` is the mapping's field, "" when it
    is none's.

    An input of field `rag` has the id `rag`; the locked value beside it has the id `last.rag`.
    `fresh`: an input that starts empty. `width` is in characters; `hidden` columns carry identity
    and the values that inputs showed. `aside`: context that stands to the right of the inputs, and
    prints on a page of its own.
    """

    id: str
    field: str
    heading: str
    role: Role
    type: str
    width: int
    prompt: str = ""
    hidden: bool = False
    fresh: bool = False
    aside: bool = False

    @property
    def side(self) -> Literal["locked", "input", "aside"]:
        """Which of the three parts of the table it belongs to."""
        if self.role in {"input", "token2", "problem"}:
            return "input"
        return "aside" if self.aside else "locked"

    @property
    def key(self) -> str:
        """What stands above it in the hidden key row."""
        return f"xlplan:{self.id}"


@dataclass(frozen=True, slots=True)
class UpdateLayout:
    """All columns from left to right."""

    columns: tuple[UpdateColumn, ...]

    @classmethod
    def of(cls, mapping: PlanMapping) -> UpdateLayout:
        """The columns that a mapping asks for."""
        return cls(_named_apart(tuple(_columns(mapping))))

    @property
    def inputs(self) -> tuple[UpdateColumn, ...]:
        """What the lead fills in."""
        return tuple(column for column in self.columns if column.role == "input")

    def get(self, name: str) -> UpdateColumn | None:
        """The column with this id."""
        return next((column for column in self.columns if column.id == name), None)

    def place(self, name: str) -> int | None:
        """Its place, from 0."""
        return next((place for place, column in enumerate(self.columns) if column.id == name), None)


def inputs(mapping: PlanMapping) -> tuple[str, ...]:
    """Keys of the fields that a lead fills in, in the order of the workbook; `no_change` is the
    last.
    """
    return tuple(column.field for column in UpdateLayout.of(mapping).inputs)


def spec_of(mapping: PlanMapping, field: str) -> FieldSpec:
    """What the mapping says of a field; the tick 'no change' is there in every plan.

    Raises:
        KeyError: the mapping has no such field.
    """
    return mapping.fields.get(field) or {NO_CHANGE: NO_CHANGE_SPEC}[field]


def proposal_fields(mapping: PlanMapping) -> tuple[str, ...]:
    """Fields that a proposed action can be given, the action's text first."""
    wanted = (
        "action",
        "section",
        "measures",
        "due",
        "leads",
        "accountable",
        "responsible",
        "progress",
    )
    there = [field for field in wanted if field in mapping.fields or field in {"action", "section"}]
    return tuple(
        field for field in there if field != "accountable" or "leads" not in mapping.fields
    )


def _columns(mapping: PlanMapping) -> Iterator[UpdateColumn]:
    """What a lead needs to answer stands together and fits a screen and a page; what explains it
    stands beyond.
    """
    asked, offices = _asked(mapping), _office_fields(mapping)
    yield UpdateColumn("token", "", say("table.code"), "token", "text", 4, hidden=True)
    yield UpdateColumn("done", "", "Done", "changed", "text", 6)
    yield from (
        _locked(mapping, key) for key in (*_LEFT, *(key for key in offices if key in _LAST_ORDER))
    )
    lasts = sorted(asked, key=lambda field: _LAST_ORDER.get(field, 9))
    yield from (_last(mapping, field) for field in lasts if field != NO_CHANGE)
    for place, field in enumerate(asked):
        yield _input(mapping, field)
        if place == 0:
            yield UpdateColumn(
                "token2", "", say("table.code.copy"), "token2", "text", 4, hidden=True
            )
    yield UpdateColumn("joint", "", say("table.joint"), "locked", "text", 22, aside=True)
    context = (*_context(mapping), *(key for key in offices if key not in _LAST_ORDER))
    yield from (_locked(mapping, key, aside=True) for key in context)


def _asked(mapping: PlanMapping) -> list[str]:
    given = [
        key for key, spec in mapping.fields.items() if spec.edit == "lead" and key != NO_CHANGE
    ]
    return [*sorted(given, key=lambda field: _INPUT_ORDER.get(field, 9)), NO_CHANGE]


def _office_fields(mapping: PlanMapping) -> list[str]:
    """Other fields that leads see: not theirs to edit; leads are named in a column of their own;
    the due date last.
    """
    shown = [
        key
        for key, spec in mapping.fields.items()
        if spec.show and spec.edit != "lead" and key not in _NEVER_SHOWN and spec.type != "leads"
    ]
    return sorted(shown, key=lambda key: {"start": 1, "due": 2, "rag": 3}.get(key, 0))


def _context(mapping: PlanMapping) -> Iterator[str]:
    """Where an action belongs: its section, and its requirement in a plan that has them."""
    has_requirements = "requirement" in mapping.fields or any(
        line.kind == "requirement" for table in mapping.tables for line in table.lines
    )
    yield "section"
    if has_requirements:
        yield "requirement"


def _locked(mapping: PlanMapping, key: str, *, aside: bool = False) -> UpdateColumn:
    spec = mapping.fields.get(key, FieldSpec())
    width = _ASIDE_WIDTHS.get(key, _width(key, spec))
    return UpdateColumn(key, key, label(mapping, key), "locked", spec.type, width, aside=aside)


def _last(mapping: PlanMapping, key: str) -> UpdateColumn:
    spec = mapping.fields[key]
    seen = key == "rag" or (spec.input == "fresh" and key != "due_reason")
    width = _LAST_WIDTHS.get(key, _width(key, spec))
    return UpdateColumn(
        f"last.{key}", key, headings(mapping, key).last, "last", spec.type, width, hidden=not seen
    )


def _input(mapping: PlanMapping, key: str) -> UpdateColumn:
    spec = spec_of(mapping, key)
    fresh = spec.input == "fresh" or key == NO_CHANGE
    heading = headings(mapping, key).now
    width = _width(key, spec, _INPUT_WIDTH)
    return UpdateColumn(
        key, key, heading, "input", spec.type, width, prompt(mapping, key), fresh=fresh
    )


def _width(key: str, spec: FieldSpec, usual: int = _OTHER_WIDTH) -> int:
    """Our own width, or the mapping's where that is less: it is for the master's columns."""
    own = _WIDTHS.get(key, _TYPE_WIDTHS.get(spec.type, usual))
    return min(spec.width or own, own)


def _named_apart(columns: tuple[UpdateColumn, ...]) -> tuple[UpdateColumn, ...]:
    """Headings made different, so that a table that lost its key row can still be told column by
    column.
    """
    seen: dict[str, int] = {}
    apart = []
    for column in columns:
        folded = column.heading.casefold()
        seen[folded] = seen.get(folded, 0) + 1
        apart.append(
            replace(column, heading=f"{column.heading} ({seen[folded]})")
            if seen[folded] > 1
            else column
        )
    return tuple(apart)
