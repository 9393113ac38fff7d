"""Read a known row: every input cell by its type, with its address, against what the lead was
shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.model import FieldSpec
from xlplan.mapping.model import PlanMapping as PlanMapping
from xlplan.plan.findings.finding import Finding, Severity
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import StoredCell
from xlplan.plan.text.text import fold_code, same_text
from xlplan.plan.values import BLANK, RawValue, Row, Value
from xlplan.rounds.returns.date_order import as_day, of_serial, read_figures, swapped
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.kit.words import NO_CHANGE, NO_CHANGE_WORDS
from xlplan.workbook.returned.reading import RawRow

_DATED = {"date", "timescale"}
_READ_AS_TYPED = {"rag", "date", "number", "percent", "tick", "choice", "timescale"}


@dataclass(slots=True)
class RowValues:
    """What one row of a return says: its input cells that can be stored, and what there is to say
    about any.
    """

    cells: list[StoredCell] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused_fields: set[str] = field(default_factory=set)

    @property
    def differing(self) -> list[StoredCell]:
        """Cells that say something: they differ from what the lead was shown."""
        return [cell for cell in self.cells if cell.moved]

    @property
    def answers_something(self) -> bool:
        """Whether any cell says more than that there is nothing to say."""
        return bool(self.refused_fields) or any(cell.field != NO_CHANGE for cell in self.differing)

    @property
    def ticked(self) -> bool:
        """Whether 'no change this round' is ticked."""
        return any(cell.field == NO_CHANGE and cell.value for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Doubted:
    """A cell whose value is not taken, or taken with a word: code, details, and whether it is a
    fault to mend.
    """

    code: str
    details: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows of one file; `tell` tells of the row that is read.

    `since_1904`: bare serial numbers in this file count days from 1904, as Excel for the Mac did
    by default until 2011: 41639 is then 1 January 2018, and not 31 December 2013.
    """

    mapping: PlanMapping
    context: Context
    since_1904: bool = False

    def read(self, row: RawRow, base: Row, tell: Teller) -> RowValues:
        """Read the input cells of a row. `base` is the item as the workbook showed it."""
        result = RowValues()
        for column in row.layout.inputs:
            if column.id in row.cells:
                known = base.get(column.field, BLANK)
                shown = BLANK if column.fresh else known
                _CellReader(self, result, tell).read(
                    column.field, row.cells[column.id], column.spec, shown, known
                )
        return result

    def read_proposal(self, row: RawRow, tell: Teller) -> RowValues:
        """Read a row that proposes an action; its cells are by field, and each field is free to be
        filled.
        """
        result = RowValues()
        for name, raw in row.cells.items():
            spec = self.mapping.fields.get(name, FieldSpec())
            if name != NO_CHANGE and not (raw.blank and not raw.formula and not beside_value(raw)):
                _CellReader(self, result, tell).read(name, raw, spec, BLANK, BLANK)
        return result


def beside_value(raw: RawCell) -> list[tuple[str, str]]:
    """What a cell says beside its value, each with the code of its finding: a comment, where the
    cell leads.
    """
    return [
        (code, said)
        for code, said in (("cell-comment", raw.comment), ("cell-link", raw.link))
        if said
    ]


def struck_text(raw: RawCell) -> tuple[str, dict[str, str]] | None:
    """The code and details of what is said of a cell whose text is struck through, all or a part of
    it.
    """
    if raw.struck:
        return "cell-struck", {}
    return ("cell-struck-part", {"part": raw.struck_part}) if raw.struck_part else None


def _shows_its_first_day(raw: RawCell) -> bool:
    """Whether a date cell shows a month or a year, and holds its first day: so Excel takes `Feb
    2017` and `2017`.

    Any other day was typed as a day, whatever the cell shows of it.
    """
    day = as_day(raw.value)
    return (
        day is not None
        and raw.shows_no_day
        and day.day == 1
        and (day.month == 1 or not raw.as_text.isdigit())
    )


@dataclass(frozen=True, slots=True)
class _CellReader:
    """Reads cells of one row into `result`."""

    rows: RowReader
    result: RowValues
    tell: Teller

    def read(self, name: str, raw: RawCell, spec: FieldSpec, shown: Value, known: Value) -> None:
        """Read one cell. `shown` is what stood in it, `known` what the plan had for the field when
        it was sent.
        """
        for code, text in beside_value(raw):
            self._say(name, raw, Doubted(code), text)
        # A formula that LibreOffice or a converter never calculated has no result to read.
        faulty = raw.error or (raw.faulty and same_text(raw.as_text) != same_text(shown.text))
        if faulty or (raw.formula and raw.value is None):
            told = Doubted("cell-error" if faulty else "cell-formula-empty")
            self._say(name, raw, told, raw.as_text or raw.formula)
            self.result.refused_fields.add(name)
            return
        if name == NO_CHANGE and NO_CHANGE_WORDS.fullmatch(fold_code(raw.as_text).strip(" .!")):
            raw = replace(raw, value=True)
        value, said = self._value(raw, spec, shown, known)
        if value is None or not value.means(shown):
            for doubt in said:
                self._say(name, raw, doubt)
        if raw.formula and not raw.blank:
            self._say(name, raw, Doubted("cell-formula"))
        if struck := struck_text(raw):
            self._say(name, raw, Doubted(*struck))
        if value is None:
            self.result.refused_fields.add(name)
        else:
            self.result.cells.append(StoredCell(name, value, self.tell.sheet, raw.name, shown))

    def _say(self, name: str, raw: RawCell, doubt: Doubted, value: str | None = None) -> None:
        found = self.tell(
            doubt.code,
            raw.name,
            field=name,
            value=raw.as_text if value is None else value,
            severity=doubt.severity,
            details=doubt.details,
        )
        self.result.findings.append(found)

    def _value(
        self, raw: RawCell, spec: FieldSpec, shown: Value, known: Value
    ) -> tuple[Value | None, list[Doubted]]:
        """The value by its type, and what there is to say; None when it is not taken."""
        # A date typed as text has its author's order; one that Excel took for a date has lost it.
        plain = self._plain(raw, spec, shown)
        read = None
        if spec.type in _DATED and isinstance(plain, str):
            read = read_figures(plain, self._day_first(plain, shown))
        if read and read.doubt:
            first, second = read.doubt
            return None, [Doubted("date-ambiguous", {"first": first, "second": second})]
        reading = read_value(
            spec, read.text if read else plain, self.rows.mapping, self.rows.context
        )
        said = [Doubted(code, details) for code, details in reading.remarks]
        if read and read.mended:
            said.append(Doubted("date-order", {"read": read.text}))
        is_date = as_day(plain) is not None or (read is not None and reading.value is not None)
        if is_date and reading.value and swapped(reading.value.canonical, known.canonical):
            return None, [Doubted("date-swapped", {"old": known.text}, "error")]
        return reading.value, said

    def _day_first(self, plain: RawValue, shown: Value) -> bool | None:
        """The order of day and month: the file's, and for what was left as we sent it, ours."""
        # What we wrote is British, whatever order the lead's own computer has.
        if isinstance(plain, str) and same_text(plain) == same_text(shown.text):
            return True
        return self.rows.context.day_first

    def _plain(self, raw: RawCell, spec: FieldSpec, shown: Value) -> RawValue:
        """What a reading gets: a value where the type has a meaning for it, else what a person
        reads in the cell.
        """
        if raw.blank:
            return None
        if spec.type in _DATED and same_text(raw.as_text) != same_text(shown.text):
            plain = of_serial(raw.value, since_1904=self.rows.since_1904)
            if spec.type == "date":
                return plain
            if not isinstance(plain, (int, float)):
                return raw.as_text if _shows_its_first_day(raw) else plain
        return (
            raw.as_text
            if spec.type not in _READ_AS_TYPED or spec.type == "timescale"
            else raw.value
        )
