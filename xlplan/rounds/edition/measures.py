"""What an edition says of measures: the office edits their sheet as it edits the plan's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import Issue, IssuedRow, StoredCell, StoredRow
from xlplan.plan.text.numbers import read_number, read_percent
from xlplan.plan.values import Value
from xlplan.rounds.compared.new_sections import KIND
from xlplan.rounds.edition.copies import Copies
from xlplan.rounds.edition.rows import MatchedEdition
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.measures import OfficeMeasure, list_measures


@dataclass(slots=True)
class MeasuresRead:
    """What the sheet of measures says that the office was not shown."""

    rows: list[StoredRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_edited_measures(edition: MatchedEdition, in_use: PlanInUse, tell: Teller) -> MeasuresRead:
    """Compare the sheet of measures with what it showed."""
    mapping = in_use.mapping
    sheet = edition.opened.sheets.sheet(mapping.measures.sheet) if mapping.measures else None
    found = list_measures(Grid(sheet, ""), mapping, edition.now) if sheet else None
    if sheet is None or found is None:
        return MeasuresRead()
    codes = {row: code for (name, row), code in edition.codes.items() if name == sheet.name}
    sent = in_use.store.tokens(codes.values())
    coded = {row: sent[code] for row, code in codes.items() if code in sent}
    shown = {
        number: in_use.store.snapshot(number)
        for number in {issue.revision for issue, _ in coded.values()}
    }
    reader = _MeasureReader(sheet.name, edition, coded, shown, replace(tell, sheet=sheet.name))
    reader.run(found.rows)
    return reader.result


@dataclass(frozen=True, slots=True)
class _MeasureReader:
    """`coded` is what was sent, by the row that bears its code now; `shown` are plans by
    revision.
    """

    sheet: str
    edition: MatchedEdition
    coded: dict[int, tuple[Issue, IssuedRow]]
    shown: dict[int, Plan]
    tell: Teller
    result: MeasuresRead = field(default_factory=MeasuresRead)

    def run(self, rows: tuple[OfficeMeasure, ...]) -> None:
        """Every row of the sheet, then what is missing on it."""
        keys = self._keys(rows)
        again = self._again(rows, keys)
        for one in rows:
            if one.row in keys:
                copies = [other for other in rows if again.get(other.row) == keys[one.row][0]]
                self._known(one, copies, *keys[one.row])
            elif one.row not in again:
                self._new(one)
        there = {key for key, _, _ in keys.values()}
        for measure in self.edition.base.of_kind("measure"):
            if measure.key not in there and measure.key in self.edition.now.items:
                self._say("measure-left-out", "", measure.text("measure"), measure)

    def _keys(self, rows: tuple[OfficeMeasure, ...]) -> dict[int, tuple[str, str, Plan]]:
        """Rows that the plan knows: key, token and the plan that they show. By their code, else
        number, else words.
        """
        keys: dict[int, tuple[str, str, Plan]] = {}
        # A row copied down to write a new measure brings the code of the one above it.
        for one in sorted(rows, key=lambda one: not self._reads_as_shown(one)):
            found = self.coded.get(one.row)
            if (
                found
                and found[1].key in self.edition.now.items
                and found[1].key not in {key for key, _, _ in keys.values()}
            ):
                issue, sent = found
                keys[one.row] = sent.key, sent.token, self.shown[issue.revision]
        # An edition of the office's own has no codes; its numbers are what its people quote.
        for name in ("no", "measure"):
            said = Counter(one.item.get(name).canonical for one in rows if one.row not in keys)
            for one in rows:
                taken = {key for key, _, _ in keys.values()}
                alike = [key for key in self._saying(name, one.item) if key not in taken]
                alone = (
                    said[one.item.get(name).canonical] == 1
                    and (self.sheet, one.row) not in self.edition.codes
                )
                if one.row not in keys and alone and len(alike) == 1:
                    keys[one.row] = alike[0], "", self.edition.base
        return keys

    def _reads_as_shown(self, one: OfficeMeasure) -> bool:
        """Whether a row says what its code's measure says: of a row that was copied down, it is the
        one that stays.
        """
        found = self.coded.get(one.row)
        return found is not None and self._reads_as(one, found[1].key)

    def _reads_as(self, one: OfficeMeasure, key: str) -> bool:
        known = self.edition.now.items.get(key)
        return known is not None and all(
            known.get(name) == one.item.get(name) for name in ("no", "measure")
        )

    def _again(
        self, rows: tuple[OfficeMeasure, ...], keys: dict[int, tuple[str, str, Plan]]
    ) -> dict[int, str]:
        """Further rows of measures that have one, by row: with its code or none, they are called as
        it is.

        Of several without codes, the first becomes the measure's own, in `keys`.
        """
        again: dict[int, str] = {}
        there = {key for key, _, _ in keys.values()}
        for one in rows:
            found = self.coded.get(one.row)
            named = (
                [found[1].key]
                if found
                else self._saying("no", one.item) or self._saying("measure", one.item)
            )
            if one.row in keys or len(named) != 1 or not self._reads_as(one, named[0]):
                continue
            if named[0] in there:
                again[one.row] = named[0]
            elif not found:
                keys[one.row] = named[0], "", self.edition.base
                there.add(named[0])
        return again

    def _saying(self, name: str, item: Item) -> list[str]:
        said = item.get(name)
        return [
            one.key
            for one in self.edition.now.of_kind("measure")
            if said and one.get(name).means(said)
        ]

    def _known(
        self, one: OfficeMeasure, copies: list[OfficeMeasure], key: str, token: str, shown: Plan
    ) -> None:
        before = shown.items.get(key) or self.edition.now.items[key]
        rows = [self._taken(row, key, token, before) for row in (one, *copies)]
        if copies:
            rows = list(Copies(rows, [self._shows(row, before) for row in (one, *copies)]).rows())
        for row in rows[1:]:
            code = "row-repeated" if row.kind == "repeated" else "row-repeated-differs"
            self._say(code, f"A{row.row}", "", before, ref=f"measure {before.called}")
        self.result.rows += [row for row in rows if row.cells or row.kind == "repeated"]

    def _taken(self, one: OfficeMeasure, key: str, token: str, before: Item) -> StoredRow:
        cells = [cell for name in one.cells if (cell := self._cell(one, name, before))]
        return StoredRow(0, self.sheet, one.row, "answered", key, token, tuple(cells))

    def _shows(self, one: OfficeMeasure, before: Item) -> dict[str, StoredCell]:
        """What stood in the cells of a row, by field."""
        places = ((name, before.get(name), raw.name) for name, raw in one.cells.items())
        return {name: StoredCell(name, shown, self.sheet, at, shown) for name, shown, at in places}

    def _cell(self, one: OfficeMeasure, name: str, before: Item) -> StoredCell | None:
        """What one cell says that it did not show; what cannot be read is told and left as
        it was.
        """
        raw, value = one.cells[name], one.item.get(name)
        if self._unreadable(raw, name, before):
            return None
        if name == "section" and not value and not raw.blank:
            if raw.as_text.strip() != before.text("section_ref"):
                self._say("measure-section", raw.name, raw.as_text.strip(), before)
            return None
        if _same(value, before.get(name)):
            return None
        return StoredCell(name, value, self.sheet, raw.name, before.get(name))

    def _unreadable(self, raw: RawCell, name: str, before: Item | None) -> bool:
        # A formula saved without a result, as openpyxl and some exporters leave it.
        empty = bool(raw.formula) and raw.value is None
        if raw.faulty or empty:
            code = "cell-formula-empty" if empty else "cell-error"
            told = before is None or before.get(name) or empty
            if told:
                self._say(code, raw.name, raw.as_text or raw.formula, before, name)
            return True
        return False

    def _new(self, one: OfficeMeasure) -> None:
        """A row that no measure's code or number tells is a new measure."""
        cells = [StoredCell(KIND, Value("measure", "measure"), self.sheet, f"A{one.row}")]
        for name, raw in one.cells.items():
            if self._unreadable(raw, name, None) or raw.blank:
                continue
            value = one.item.get(name)
            if name == "section" and not value:
                self._say("measure-section", raw.name, raw.as_text.strip())
            elif value:
                cells.append(StoredCell(name, value, self.sheet, raw.name))
        if len(cells) == 1:
            return
        says = one.item.text("measure") or "; ".join(
            raw.as_text.strip() for raw in one.cells.values() if not raw.blank
        )
        self._say("measure-new", cells[1].cell, says)
        cells.append(StoredCell("order", self._order(), self.sheet, f"A{one.row}"))
        self.result.rows.append(
            StoredRow(0, self.sheet, one.row, "proposed", None, "", tuple(cells))
        )

    def _order(self) -> Value:
        last = max((one.order for one in self.edition.now.of_kind("measure")), default=0)
        text = str(last + 1 + sum(row.kind == "proposed" for row in self.result.rows))
        return Value(text, text)

    def _say(
        self,
        code: str,
        cell: str,
        value: str,
        measure: Item | None = None,
        name: str = "",
        **details: str,
    ) -> None:
        tell = self.tell.of_item(measure.key, measure.text("no")) if measure else self.tell
        found = tell(code, cell, field=name or None, value=value or None, details=details)
        self.result.findings.append(found)


def _same(said: Value, shown: Value) -> bool:
    """Whether two texts say the same; one program shows 90% where another saves 0.9."""
    if said.means(shown):
        return True
    # Excel keeps 90% as 0.9 with a format; a .csv and LibreOffice's text export keep `90%`.
    one, other = _figure(said.text), _figure(shown.text)
    return one is not None and one == other


def _figure(text: str) -> str | None:
    return read_percent(text) if "%" in text else read_number(text)
