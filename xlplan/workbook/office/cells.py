"""Read the cells of one action's row as values of its fields, with everything there is to say about
each.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.keys import all_shapes
from xlplan.mapping.model import FieldSpec, PlanMapping
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.catalogue import CATALOGUE
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.text.shapes import fit
from xlplan.plan.values import RawValue, Value
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.kit.authoring import PLAIN_NUMBER
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.header import Header

_AS_STORED = frozenset(["date", "number", "percent", "tick"])
"""Types for which the cell's own number or date counts, not how the cell shows it."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a field of an item, once its ref is known."""

    key: str
    field: str
    at: Address
    code: str
    value: str
    details: dict[str, str] = dataclasses.field(default_factory=dict)

    def finding(self, ref: str) -> Finding:
        """Worded for the action with this ref.

        In the office's own workbook a bad cell is a warning: the plan is read whole without its
        value, which stands in the finding. Only an action whose text cannot be read is missing
        something.
        """
        details: dict[str, Any] = {"value": self.value, **self.details}
        at_fault = CATALOGUE[self.code].severity == "error" and self.field != "action"
        return finding(
            self.code,
            at=self.at,
            key=self.key,
            ref=ref or None,
            field=self.field or None,
            severity="warning" if at_fault else None,
            **details,
        )


def plain_value(cell: RawCell, spec: FieldSpec) -> RawValue:
    """What a cell says to a field of this type: as a person reads it, except where numbers and
    dates are meant.
    """
    if cell.blank:
        return None
    # Excel turns a typed `3/4` into a date cell; one that shows its day is what the office means.
    if spec.type in _AS_STORED or (spec.type == "timescale" and _whole_day(cell)):
        return cell.value
    return cell.as_text


def _kept(cell: RawCell) -> str:
    """A cell's text to be written again; as in Excel, an apostrophe tells a text from a number."""
    text = cell.as_text.strip().replace("\t", " ")
    like_a_number = isinstance(cell.value, str) and PLAIN_NUMBER.fullmatch(text)
    return f"'{text}" if like_a_number or text.startswith("'") else text


def _whole_day(cell: RawCell) -> bool:
    """A date cell that shows its day; one that shows `Sept 2019` means the month."""
    return isinstance(cell.value, datetime | date) and not cell.shows_no_day


@dataclass(slots=True)
class ActionRead:
    """One action: its fields, earlier values by (field, point), where each field stands.

    `opening` is how its text opens, with the marks and blanks of its own cell: `{ref}. {text}`.
    """

    values: dict[str, Value] = dataclasses.field(default_factory=dict)
    earlier: dict[tuple[str, str], Value] = dataclasses.field(default_factory=dict)
    opening: str = ""
    said: list[Remark] = dataclasses.field(default_factory=list)
    at: dict[str, Address] = dataclasses.field(default_factory=dict)
    comments: list[str] = dataclasses.field(default_factory=list)


class ActionReader:
    """Reads rows of one table. A field's column is its heading's; `rag:initial` is a history
    column.
    """

    def __init__(self, grid: Grid, mapping: PlanMapping, context: Context, header: Header) -> None:
        self.grid = grid
        self.mapping = mapping
        self.context = context
        opened_last = sorted(
            header.columns.items(),
            key=lambda place: bool(mapping.fields[place[0].partition(":")[0]].opens),
        )
        self.columns = dict(opened_last)
        self.header = header
        self.headed = frozenset(cell.column for cell in header.cells)
        self.shapes = all_shapes(mapping)

    def read(self, row: int, key: str) -> ActionRead:
        """Read one row; a cell merged down over it counts as its own."""
        read = ActionRead()
        for column_field, column in self.columns.items():
            cell = self.grid.down(row, column)
            name, _, point = column_field.partition(":")
            spec = self.mapping.fields[name]
            if not point:
                read.at[name] = self.grid.at(cell)
            value = self._cell(cell, name, spec, key, read)
            if value is None or not value:
                continue
            if point:
                read.earlier[name, point] = value
            elif spec.opens:
                self._opened(value.text, name, cell, key, read)
            else:
                read.values[name] = value
        return read

    def cells_of(self, row: int, *, but: Collection[int] = ()) -> str:
        """The texts of a row, a tab between two columns of the header, then what stands under no
        heading; `but` are columns to leave blank.
        """
        there = {
            cell.column: _kept(cell) for cell in self.grid.content(row) if cell.column not in but
        }
        headed = [there.pop(cell.column, "") for cell in self.header.cells]
        return "\t".join([*headed, *there.values()]).rstrip("\t")

    def unread(self, row: int) -> str:
        """The texts of an action's row that no field reads, each at its column as in `cells_of`."""
        return self.cells_of(row, but=frozenset(self.columns.values()))

    def _cell(
        self, cell: RawCell, name: str, spec: FieldSpec, key: str, read: ActionRead
    ) -> Value | None:
        def say(code: str, value: str, details: dict[str, str] | None = None) -> None:
            read.said.append(Remark(key, name, self.grid.at(cell), code, value, details or {}))

        # Comments are not printed unless somebody asks Excel for them: no board has seen this one.
        if cell.comment:
            say("cell-comment", cell.comment)
            read.comments.append(cell.comment)
        if cell.faulty:
            # Excel shows `#REF!` where what a formula points to was deleted: nobody's words.
            say("cell-error", cell.as_text)
            return None
        # openpyxl saves a formula without its result: the cell then looks blank.
        if cell.formula:
            say(
                "cell-formula-empty" if cell.value is None else "cell-formula",
                cell.as_text or cell.formula,
            )
        # Offices strike out what they mean to drop and leave it standing for the board to see.
        if cell.struck and not cell.blank:
            say("cell-struck", cell.as_text)
        elif cell.struck_part:
            say("cell-struck-part", cell.as_text, {"part": cell.struck_part})
        reading = read_value(spec, plain_value(cell, spec), self.mapping, self.context)
        for code, details in reading.remarks:
            say(code, cell.as_text.strip(), details)
        return reading.value

    def _opened(self, text: str, name: str, cell: RawCell, key: str, read: ActionRead) -> None:
        """Take ref and links off the front of a text, by the first pattern that fits it."""
        # Sunderland has `1.5 Improve ...`, `NEW 1: Recruit ...`, `1.1 - Ofsted 7 (a) Put ...`.
        fits = (fit(pattern, text, self.shapes) for pattern in self.mapping.fields[name].opens)
        found = next((fitting for fitting in fits if fitting), None)
        read.opening = found.pattern if found else ""
        for field_name, part in (found.parts if found else {"text": text}).items():
            into = name if field_name == "text" else field_name
            # A ref that has a column of its own counts, whatever the text begins with.
            if into != name and into in read.values:
                continue
            reading = read_value(self.mapping.fields[into], part, self.mapping, self.context)
            read.said += [
                Remark(key, into, self.grid.at(cell), code, part, details)
                for code, details in reading.remarks
            ]
            if reading.value:
                read.values[into] = reading.value
