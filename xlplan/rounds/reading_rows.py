"""Read a known row: every input cell by its type, with its address, against what the lead was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.model import FieldSpec
from xlplan.mapping.model import Mapping as PlanMapping
from xlplan.plan.addresses import Address
from xlplan.plan.findings import Finding, finding
from xlplan.plan.rounds import TakenCell
from xlplan.plan.values import BLANK, RawValue, Row, Value
from xlplan.workbook.cells import RawCell
from xlplan.workbook.layout import UpdateLayout, spec_of
from xlplan.workbook.returned import ReadRow
from xlplan.workbook.words import NO_CHANGE

_READ_AS_TYPED = {"rag", "date", "number", "percent", "tick", "choice", "timescale"}


@dataclass(slots=True)
class RowRead:
    """What one row of a return says: its input cells that can be stored, and what there is to say about any."""

    cells: list[TakenCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused_fields: set[str] = field(default_factory=set)

    @property
    def differing(self) -> list[TakenCell]:
        """Cells that say something: they differ from what the lead was shown."""
        return [cell for cell in self.cells if cell.value.canonical != cell.shown.canonical]

    @property
    def answers_something(self) -> bool:
        """Whether any cell says more than that there is nothing to say."""
        return bool(self.refused_fields) or any(cell.field != NO_CHANGE for cell in self.differing)

    @property
    def ticked(self) -> bool:
        """Whether 'no change this round' is ticked."""
        return any(cell.field == NO_CHANGE and cell.value for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows of one file for one lead. `key` and `ref` of a finding come from the row."""

    mapping: PlanMapping
    layout: UpdateLayout
    context: Context
    file: str
    lead: str

    def read(self, row: ReadRow, base: Row, *, key: str | None, ref: str | None) -> RowRead:
        """Read the input cells of a row. `base` is the item as the workbook showed it."""
        result = RowRead()
        for column in self.layout.columns:
            if column.role == "input" and column.id in row.cells:
                spec = spec_of(self.mapping, column.field)
                shown = BLANK if column.fresh else base.get(column.field, BLANK)
                self._read_cell(row, column.field, row.cells[column.id], spec, shown, result, key, ref)
        return result

    def read_proposal(self, row: ReadRow) -> RowRead:
        """Read a row that proposes an action; its cells are by field, and each field is free to be filled."""
        result = RowRead()
        for name, raw in row.cells.items():
            spec = self.mapping.fields.get(name, FieldSpec())
            if name != NO_CHANGE and not raw.blank:
                self._read_cell(row, name, raw, spec, BLANK, result, None, None)
        return result

    def _read_cell(
        self,
        row: ReadRow,
        name: str,
        raw: RawCell,
        spec: FieldSpec,
        shown: Value,
        result: RowRead,
        key: str | None,
        ref: str | None,
    ) -> None:
        at = Address(self.file, row.sheet, raw.name)

        def say(code: str, value: str | None = None, details: Mapping[str, str] | None = None) -> None:
            told = value if value is not None else raw.as_text
            result.findings.append(
                finding(code, at=at, key=key, ref=ref, lead=self.lead, field=name, value=told, details=details)
            )

        if raw.comment:
            say("cell-comment", raw.comment)
        if raw.error or (raw.formula and raw.value is None):
            say("cell-error" if raw.error else "cell-formula-empty", raw.as_text or raw.formula)
            result.refused_fields.add(name)
            return
        value, said = self._value(raw, spec)
        if value is None or value.canonical != shown.canonical:
            for code, details in said:
                say(code, details=details)
            if raw.formula and not raw.blank:
                say("cell-formula")
            if raw.struck:
                say("cell-struck")
        if value is None:
            result.refused_fields.add(name)
            return
        result.cells.append(TakenCell(name, value, row.sheet, raw.name, shown))

    def _value(self, raw: RawCell, spec: FieldSpec) -> tuple[Value | None, tuple[tuple[str, dict[str, str]], ...]]:
        plain: RawValue = raw.value
        if raw.blank:
            plain = None
        elif spec.type not in _READ_AS_TYPED or (spec.type == "timescale" and isinstance(plain, (int, float))):
            plain = raw.as_text
        reading = read_value(spec, plain, self.mapping, self.context)
        return reading.value, reading.said
