"""Read the rows of one known file: answers, repeats, proposals, and everything beside them that
somebody should see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xlplan.mapping.rules import RowDoubt, check_row
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import finding
from xlplan.plan.leads.key import LeadKey
from xlplan.plan.model import Plan
from xlplan.plan.rounds import CODE_LOST, Issue, IssuedRow, RowKind, StoredRow
from xlplan.plan.text.english import counted, verb
from xlplan.plan.values import BLANK, Row
from xlplan.rounds.compared.summing_up import REFUSED_CELL, differing
from xlplan.rounds.owners.routing import key_to_leads, leaders
from xlplan.rounds.returns.date_order import DateEvidence
from xlplan.rounds.returns.file_read import FileRead
from xlplan.rounds.returns.identifying import Identified, MatchedRow, RefusedRow
from xlplan.rounds.returns.locked import locked_findings
from xlplan.rounds.returns.new_actions import doubts_on_new
from xlplan.rounds.returns.plan_in_use import PlanInUse
from xlplan.rounds.returns.reading_rows import RowReader, RowValues, beside_value, struck_text
from xlplan.rounds.returns.refused_rows import Refusing
from xlplan.rounds.returns.repeated_rows import said_by, without_twins
from xlplan.rounds.returns.strays import SAYS_ELSEWHERE, strays_told
from xlplan.rounds.sending.update_rows import update_row
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.returned.reading import RawRow, ReturnedBook
from xlplan.workbook.update.book import UpdateRow


class FileReader:
    """Reads one file whose lead and issue are known."""

    def __init__(
        self,
        in_use: PlanInUse,
        name: str,
        book: ReturnedBook,
        known: Identified,
        *,
        since_1904: bool = False,
    ) -> None:
        self.in_use = in_use
        self.name = name
        self.book = book
        self.known = known
        self.result = FileRead(findings=list(known.findings))
        self.answers: list[tuple[str, RowValues]] = []
        self._plans: dict[int, tuple[Plan, LeadKey]] = {}
        context = replace(in_use.context, day_first=self._day_first())
        self.reader = RowReader(in_use.mapping, context, name, known.lead, since_1904)
        self.refusing = Refusing(in_use.mapping, context, name, known.lead)

    def read(self) -> FileRead:
        """Every row of the file, with findings gathered on the way."""
        taken = [self._refused(row) for row in self.known.refused]
        by_key: dict[str, list[StoredRow]] = {}
        for row in self.known.rows:
            read = self._answered(row)
            by_key.setdefault(read.key or "", []).append(read)
        for rows in by_key.values():
            taken.extend(self._once(rows))
        taken.extend(self._proposals())
        self._say_missing_rows()
        self.result.findings.extend(
            strays_told(self.book, self.in_use.layout, self.name, self.known.lead)
        )
        self._say_untouched()
        self.result.rows = [replace(row, position=place) for place, row in enumerate(taken)]
        return self.result

    def _day_first(self) -> bool | None:
        """The order of day and month in this file, by what its dates show."""
        evidence = DateEvidence()
        for row in self.known.rows:
            base = self._base(row)
            for column in row.read.layout.columns:
                raw = row.read.cells.get(column.id)
                if column.type in {"date", "timescale"} and raw and isinstance(raw.value, str):
                    evidence.look(
                        raw.value, base.get(column.field, BLANK), typed=column.role == "input"
                    )
        return evidence.day_first

    def _say(
        self,
        code: str,
        row: MatchedRow | StoredRow | None = None,
        *,
        key: str | None = None,
        **details: str,
    ) -> None:
        """One finding about a row, or about the file."""
        at, about = Address(self.name), key
        if isinstance(row, MatchedRow):
            at, about = Address(self.name, row.read.sheet, f"A{row.read.row}"), row.issued.key
        elif row is not None:
            at, about = Address(self.name, row.sheet, f"A{row.row}"), row.key
        found = finding(
            code,
            at=at,
            key=about,
            ref=self._ref(about or ""),
            lead=self.known.lead,
            details=details,
        )
        self.result.findings.append(found)

    def _ref(self, key: str) -> str:
        item = self.in_use.plan.items.get(key)
        return item.called if item else ""

    def _base(self, row: MatchedRow) -> Row:
        """What the plan held for the row when it was sent; for answers that came apart, for the row
        they belong to.
        """
        keys = (key for key in (row.detached, row.issued.key) if key)
        shown = (self.in_use.store.item(key, row.issue.revision) for key in keys)
        return next((item.values for item in shown if item), {})

    def _answered(self, row: MatchedRow) -> StoredRow:
        """One row of the return. Answers that belong to another row are held, never applied to this
        one.
        """
        base = self._base(row)
        read = self.reader.read(row.read, base, key=row.issued.key, ref=self._ref(row.issued.key))
        self.result.findings.extend(read.findings)
        self._say_locked(row)
        self._say_beside(row.read, row.issued.key)
        self._say_rules(row, base, read)
        self.answers.append((row.issued.key, read))
        self.result.says_something = self.result.says_something or read.answers_something
        kind: RowKind = "held" if row.detached else "answered"
        note = REFUSED_CELL if read.refused_fields and not read.differing else ""
        if kind == "held":
            note = row.detached
            lost = row.detached == CODE_LOST
            if read.differing:
                other = "" if lost else self._ref(row.detached)
                self._say("row-code-lost" if lost else "row-detached", row, other=other)
        return StoredRow(
            0,
            row.read.sheet,
            row.read.row,
            kind,
            row.issued.key,
            row.read.token,
            tuple(read.cells),
            note,
        )

    def _refused(self, row: RefusedRow) -> StoredRow:
        """A row that is not taken in: all that was typed in it is told, beside the action that it
        may be about.
        """
        at, like = row.read, row.like
        item = self.in_use.store.item(like.key, row.issue.revision) if like else None
        key = like.key if like and row.issue.lead == self.known.lead else None
        ref = self._ref(key or "") or at.ref
        read = self.reader.read(at, item.values if item else {}, key=key, ref=ref)
        told = self.refusing.told(
            at, read, self._shown(row.issue, like) if like else None, key=key, ref=ref
        )
        self.result.findings.extend([*read.findings, *told])
        self._say_beside(at, None)
        if told or read.answers_something or not self.known.rows:
            self.result.refused = True
        return StoredRow(0, at.sheet, at.row, "refused", None, at.token)

    def _say_locked(self, row: MatchedRow) -> None:
        issued = self._shown(row.issue, row.issued)
        if issued is None:
            return
        self.result.findings.extend(
            locked_findings(
                row.read,
                issued,
                self.in_use.mapping,
                self.reader.context,
                file=self.name,
                lead=self.known.lead,
            )
        )

    def _shown(self, issue: Issue, row: IssuedRow) -> UpdateRow | None:
        """A row as its workbook showed it; None of what the plan did not hold then."""
        mapping = self.in_use.mapping
        if issue.revision not in self._plans:
            plan = self.in_use.store.snapshot(issue.revision)
            self._plans[issue.revision] = plan, key_to_leads(plan, mapping)
        shown, leads = self._plans[issue.revision]
        item = shown.items.get(row.key)
        if item is None:
            return None
        led = leaders(item, mapping, leads)
        return update_row(
            row.token, shown, item, tuple(name for name in led.names if name != issue.lead)
        )

    def _say_beside(self, row: RawRow, key: str | None) -> None:
        """What cells that are not read as answers say beside their values; inputs say it as they
        are read.

        A row struck through is told once, at the first of its cells.
        """
        lead, ref = self.known.lead, self._ref(key or "") or row.ref
        inputs = {column.id for column in row.layout.inputs}
        others = [raw for name, raw in row.cells.items() if name not in inputs]
        told: list[tuple[RawCell, str, str, dict[str, str]]] = []
        told += ((raw, code, said, {}) for raw in others for code, said in beside_value(raw))
        told += [
            (raw, struck[0], raw.as_text, struck[1])
            for raw in others
            if (struck := struck_text(raw))
        ][:1]
        for raw, code, value, details in told:
            at = Address(self.name, row.sheet, raw.name)
            self.result.findings.append(
                finding(code, at=at, key=key, ref=ref, lead=lead, value=value, details=details)
            )

    def _say_rules(self, row: MatchedRow, base: Row, read: RowValues) -> None:
        """What the mapping asks of a row that was answered: a note with a red rating, a reason for
        a new date.
        """
        if not read.answers_something or row.read.layout.kind != "action":
            return
        after = {**base, **{cell.field: cell.value for cell in read.differing}}
        fresh = {column.field for column in self.in_use.layout.inputs if column.fresh}
        before = {name: value for name, value in base.items() if name not in fresh}
        asked = {**{name: value for name, value in after.items() if name not in fresh}}
        asked |= {cell.field: cell.value for cell in read.differing if cell.field in fresh}
        for doubt in check_row(self.in_use.mapping, before, asked, self.in_use.session.today):
            self._say_doubt(doubt, row.read, row.issued.key)
        if read.ticked and read.answers_something:
            self._say("no-change-and-edits", row)

    def _say_doubt(self, doubt: RowDoubt, row: RawRow, key: str | None) -> None:
        """What a rule of the mapping says of a row, at the cell that it is about."""
        raw = row.cells.get(doubt.field)
        at = Address(self.name, row.sheet, raw.name if raw else f"A{row.row}")
        told = finding(
            doubt.code,
            at=at,
            key=key,
            ref=self._ref(key or "") or row.ref or None,
            lead=self.known.lead,
            field=doubt.field,
            severity=doubt.severity,
            details=doubt.details,
        )
        self.result.findings.append(told)

    def _once(self, rows: list[StoredRow]) -> Iterable[StoredRow]:
        """A row that stands several times with the same answers counts once; different answers are
        all kept.
        """
        first, *again = rows
        yield first
        said = {said_by(first)}
        for row in again:
            same = said_by(row) in said
            said.add(said_by(row))
            self.result.findings = without_twins(self.result.findings, row)
            self._say("row-repeated" if same else "row-repeated-differs", row)
            yield replace(row, kind="repeated") if same else row

    def _proposals(self) -> list[StoredRow]:
        found = []
        for row in [*self.known.proposed, *self.book.proposals]:
            read = self.reader.read_proposal(row)
            self.result.findings.extend(read.findings)
            cells = tuple(cell for cell in read.cells if cell.value)
            if cells or read.refused_fields:
                self.result.says_something = True
                for doubt in doubts_on_new(cells, read.refused_fields, self.in_use):
                    self._say_doubt(doubt, row, None)
                found.append(StoredRow(0, row.sheet, row.row, "proposed", None, "", cells))
        return [self._proposed_once(row, found[:place]) for place, row in enumerate(found)]

    def _proposed_once(self, row: StoredRow, before: list[StoredRow]) -> StoredRow:
        """The same proposal word for word, on a sheet that was copied, counts once."""
        if not row.cells or said_by(row) not in {said_by(one) for one in before}:
            return row
        self._say("row-repeated", row)
        return replace(row, kind="repeated")

    def _say_missing_rows(self) -> None:
        assert self.known.issue is not None
        there = {row.issued.key for row in self.known.rows}
        there |= {row.like.key for row in self.known.refused if row.like}
        for issued in self.in_use.store.rows_of(self.known.issue.id):
            if issued.key not in there:
                self._say("row-missing", key=issued.key)

    def _say_untouched(self) -> None:
        """Nothing said at all is a nil return; a return that answers or ticks some rows says which
        it left.
        """
        looked_at = {key for key, read in self.answers if read.differing or read.refused_fields}
        if not self.result.says_something and not self.result.refused:
            self.result.nil = not any(one.code in SAYS_ELSEWHERE for one in self.result.findings)
            ticked = len({key for key, read in self.answers if read.ticked})
            how = (
                f"'no change' is ticked on {counted(ticked, 'row')}"
                if ticked
                else "the file came back untouched"
            )
            self._say("nothing-answered" if self.result.nil else "answers-elsewhere", how=how)
        heard_of = looked_at | self._heard_of() if looked_at else set()
        refs = [
            self._ref(key)
            for key in dict.fromkeys(key for key, _ in self.answers)
            if key not in heard_of
        ]
        if refs and looked_at:
            count = f"{counted(len(refs), 'row')} {verb(len(refs), 'was', 'were')}"
            self._say("rows-not-looked-at", count=count, refs=", ".join(refs))

    def _heard_of(self) -> set[str]:
        """Actions that the lead said something on elsewhere: in another row of the file, or another
        return of it.
        """
        assert self.known.issue is not None
        here = {row.detached for row in self.known.rows} | {
            row.like.key for row in self.known.refused if row.like
        }
        asked = self.known.issue.root
        return here | {
            row.home
            for taken in self.in_use.store.returns(lead=self.known.lead)
            if (issue := self.in_use.store.issue(taken.issue))
            if issue.root == asked
            for row in taken.rows
            if row.kind in {"answered", "held"} and differing(row)
        }
