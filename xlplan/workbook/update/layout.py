"""The tables of the update workbook, each described once for its writer and its reader."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from xlplan.mapping.model import FieldSpec, FieldType, PlanMapping
from xlplan.workbook.kit.marks import KEY_PREFIX
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.kit.words import (
    NO_CHANGE,
    NO_CHANGE_SPEC,
    READING,
    READING_SPEC,
    headings,
    label,
    prompt,
)

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
_PLAIN = FieldSpec()

BANDS = {
    "locked": say("band.locked"),
    "input": say("band.input"),
    "aside": say("band.aside"),
}
"""What stands above the parts of the table of actions."""


@dataclass(frozen=True, slots=True)
class UpdateColumn:
    """One column. `id` is what the key row says of it; `field` is the item's field, "" when it
    is none's.

    An input of field `rag` has the id `rag`; the locked value beside it has the id `last.rag`.
    `spec` is what the mapping says of the field. `width` is in characters; `hidden` columns carry
    identity and the values that inputs showed. `always`: it is seen even where nothing stands in
    it. `aside`: context that stands to the right of the
    inputs, and prints on a page of its own.
    """

    id: str
    field: str
    heading: str
    role: Role
    width: int
    spec: FieldSpec = _PLAIN
    prompt: str = ""
    hidden: bool = False
    always: bool = False
    aside: bool = False

    @property
    def type(self) -> FieldType:
        """What its cells hold."""
        return self.spec.type

    @property
    def fresh(self) -> bool:
        """Whether an input starts empty, for this round's answer alone."""
        return self.spec.input == "fresh" or self.field == NO_CHANGE

    @property
    def side(self) -> Literal["locked", "input", "aside"]:
        """Which of the three parts of the table it belongs to."""
        if self.role in {"input", "token2", "problem"}:
            return "input"
        return "aside" if self.aside else "locked"

    @property
    def key(self) -> str:
        """What stands above it in the hidden key row, such as `xlplan:last.rag`."""
        return f"{KEY_PREFIX}{self.id}"


@dataclass(frozen=True, slots=True)
class UpdateLayout:
    """One table: its columns from left to right, and what makes it a table of actions or of
    measures.

    By its columns `names` people name an item, by `ref` alone where that is enough ("": never);
    `words` says what it is. All up to `in_view` stay on the screen. `marks` are ids that the other
    table has not. `bands` stand above the three sides. `small`: a few rows, without filters, the
    columns as wide as they are described.
    """

    kind: Literal["action", "measure"]
    columns: tuple[UpdateColumn, ...]
    names: tuple[str, ...]
    words: str
    in_view: str
    marks: frozenset[str]
    bands: Mapping[str, str]
    ref: str = ""
    small: bool = False

    @classmethod
    def of(cls, mapping: PlanMapping | None) -> UpdateLayout:
        """The table of actions that a mapping asks for; without one, a table of unknown columns."""
        return cls(
            kind="action",
            columns=_named_apart(tuple(_columns(mapping))) if mapping else (),
            names=("ref",),
            words="action",
            in_view="action",
            marks=frozenset({"ref", "action", "done"}),
            bands=BANDS,
            ref="ref",
        )

    @property
    def inputs(self) -> tuple[UpdateColumn, ...]:
        """What the lead fills in."""
        return tuple(column for column in self.columns if column.role == "input")

    def asking(self) -> UpdateLayout:
        """The table of a query workbook: what is to be mended stands right after the inputs."""
        after = 1 + max(
            place for place, column in enumerate(self.columns) if column.role == "input"
        )
        return replace(self, columns=(*self.columns[:after], _PROBLEM, *self.columns[after:]))


def _columns(mapping: PlanMapping) -> Iterator[UpdateColumn]:
    """What a lead needs to answer stands together and fits a screen and a page; what explains it
    stands beyond.
    """
    answered, offices = _lead_fields(mapping), _office_fields(mapping)
    yield _TOKEN
    yield UpdateColumn("done", "", "Done", "changed", 6)
    yield from (
        _locked(mapping, key) for key in (*_LEFT, *(key for key in offices if key in _LAST_ORDER))
    )
    lasts = sorted(answered, key=lambda field: _LAST_ORDER.get(field, 9))
    yield from (_last(mapping, field) for field in lasts if field != NO_CHANGE)
    for place, field in enumerate(answered):
        yield _input(mapping, field)
        if place == 0:
            yield _COPY
    yield UpdateColumn("joint", "", say("table.joint"), "locked", 22, aside=True)
    context = (*_context(mapping), *(key for key in offices if key not in _LAST_ORDER))
    yield from (_locked(mapping, key, aside=True) for key in context)


def _lead_fields(mapping: PlanMapping) -> list[str]:
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
    spec = mapping.fields.get(key, _PLAIN)
    width = _ASIDE_WIDTHS.get(key, _width(key, spec))
    return UpdateColumn(
        key, key, label(mapping, key), "locked", width, spec, always=key in _LEFT, aside=aside
    )


def _last(mapping: PlanMapping, key: str) -> UpdateColumn:
    spec = mapping.fields[key]
    # A current input shows its value itself; the hidden copy is what its colour is reckoned from.
    seen = key == "rag" or (spec.input == "fresh" and key != "due_reason")
    width = _LAST_WIDTHS.get(key, _width(key, spec))
    _, heading = headings(mapping, key)
    return UpdateColumn(f"last.{key}", key, heading, "last", width, spec, hidden=not seen)


def _input(mapping: PlanMapping, key: str) -> UpdateColumn:
    spec = mapping.fields.get(key, NO_CHANGE_SPEC)
    heading, _ = headings(mapping, key)
    width = _width(key, spec, _INPUT_WIDTH)
    return UpdateColumn(key, key, heading, "input", width, spec, prompt(mapping, key))


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


_TOKEN = UpdateColumn("token", "", say("table.code"), "token", 4, hidden=True)
# Unlocked, between the inputs: whoever sorts only the yellow cells takes it along, and it tells
# which answers came from which row.
_COPY = UpdateColumn("token2", "", say("table.code.copy"), "token2", 4, hidden=True)
_PROBLEM = UpdateColumn("problem", "", say("problem"), "problem", 34)

MEASURES = UpdateLayout(
    kind="measure",
    columns=(
        _TOKEN,
        UpdateColumn("no", "no", "No", "locked", 8, FieldSpec(type="ref"), always=True),
        UpdateColumn("measure", "measure", "Measure", "locked", 60, always=True),
        UpdateColumn("unit", "unit", "Unit", "locked", 14),
        UpdateColumn("target", "target", "Target", "locked", 22, always=True),
        UpdateColumn(f"last.{READING}", READING, say("measures.last"), "last", 14),
        # Left of the readings: it travels when a lead sorts all that they see. Workbooks sent
        # before it was there have their readings in column G; their key row says so.
        _COPY,
        UpdateColumn(
            READING, READING, say("measures.now"), "input", 18, READING_SPEC, say("measures.prompt")
        ),
    ),
    # Many measures of a plan have the same number, 1 in each section, or none at all.
    names=("no", "measure"),
    words="measure",
    # The words are 60 characters wide: fixed, they would leave a small screen no room to scroll.
    in_view="no",
    marks=frozenset({"no", "measure", READING}),
    bands={**BANDS, "input": say("measures.band")},
    small=True,
)
"""The table of measures, the same in every plan."""


def layout_of(columns: Collection[str], actions: UpdateLayout) -> UpdateLayout:
    """The table that has these columns, by their ids; the one of actions when nothing tells.

    `["token", "no", "reading"]` is the table of measures.
    """
    own = MEASURES.marks.intersection(columns) and not actions.marks.intersection(columns)
    return MEASURES if own else actions
