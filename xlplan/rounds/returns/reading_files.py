"""Read the rows of one known file: answers, repeats, proposals, and everything beside them that
somebody should see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xlplan.mapping.rules import RowDoubt, check_row
from xlplan.plan.findings.teller import Teller
from xlplan.plan.leads.key import LeadKey
from xlplan.plan.model import Plan
from xlplan.plan.rounds import CODE_LOST, Issue, IssuedRow, ReturnStatus, RowKind, StoredRow
from xlplan.plan.text.english import counted, verb
from xlplan.plan.values import BLANK, Row
from xlplan.rounds.compared.summing_up import REFUSED_CELL, differing
from xlplan.rounds.intake.account import Account, nothing_read
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.intake.storing import workbook_answered
from xlplan.rounds.owners.routing import key_to_leads, leaders
from xlplan.rounds.returns.date_order import DateEvidence
from xlplan.rounds.returns.locked import locked_findings
from xlplan.rounds.returns.matching import Matched, MatchedRow, RefusedRow
from xlplan.rounds.returns.new_actions import doubts_on_new
from xlplan.rounds.returns.reading_rows import RowReader, RowValues, beside_value, struck_text
from xlplan.rounds.returns.refused_rows import Refusing
from xlplan.rounds.returns.repeated_rows import said_by, without_twins
from xlplan.rounds.returns.round_answered import in_its_round
from xlplan.rounds.returns.strays import SAYS_ELSEWHERE, stray_findings
from xlplan.rounds.sending.update_rows import update_row
from xlplan.spreadsheets.cells import COUNTS_FROM_1904
from xlplan.workbook.returned.reading import RawRow
from xlplan.workbook.update.book import UpdateRow


def read_rows(matched: Matched, in_use: PlanInUse) -> Account:
    """Read a return whose rows are known: every cell by its type, and what stands beside them."""
    return FileReader(matched, in_use).read()


class FileReader:
    """Reads one file whose lead and issue are known."""

    def __init__(self, matched: Matched, in_use: PlanInUse) -> None:
        self.in_use = in_use
        self.matched = matched
        self.opened = matched.opened
        self.tell = Teller(matched.opened.name, matched.lead)
        self.findings = list(matched.findings)
        self.answers: list[tuple[str, RowValues]] = []
        self.says_something = False
        self.refused = False
        self._plans: dict[int, tuple[Plan, LeadKey]] = {}
        context = replace(in_use.context, day_first=self._day_first())
        # A property of the whole file: a sheet moved into another workbook takes on that one's.
        since_1904 = self.opened.sheets.properties.get(COUNTS_FROM_1904) == "1"
        self.reader = RowReader(in_use.mapping, context, since_1904)
        self.refusing = Refusing(in_use.mapping, context)

    def read(self) -> Account:
        """Every row of the file, with findings gathered on the way."""
        rows = [self._refused(row) for row in self.matched.refused]
        by_key: dict[str, list[StoredRow]] = {}
        for row in self.matched.rows:
            answered = self._answered(row)
            by_key.setdefault(answered.key or "", []).append(answered)
        for copies in by_key.values():
            rows.extend(self._once(copies))
        rows.extend(self._proposals())
        self._say_missing_rows()
        self.findings += stray_findings(self.opened.book, self.in_use.layout, self.tell)
        nil = self._is_nil()
        self._say_untouched(nil)
        status: ReturnStatus = "refused" if self.refused else "unchanged"
        issue = self.matched.issue
        taken = replace(
            nothing_read(self.opened.arrived, self.in_use.session, status, self.matched.lead),
            issue=issue.id,
            base=issue.revision,
            status="waiting" if self.says_something else status,
            saved_at=self.opened.book.saved_at,
            nil=nil,
            scope=frozenset(row.key for row in self.in_use.store.rows_of(issue.id)),
            rows=tuple(replace(row, position=place) for place, row in enumerate(rows)),
        )
        return in_its_round(Account(self.opened.arrived, taken, self.findings), issue, self.in_use)

    def _day_first(self) -> bool | None:
        """The order of day and month in this file, by what its dates show."""
        evidence = DateEvidence()
        for row in self.matched.rows:
            base = self._base(row)
            for column in row.read.layout.columns:
                raw = row.read.cells.get(column.id)
                # Only text has an order: a date cell is a number, shown as its reader sees dates.
                if column.type in {"date", "timescale"} and raw and isinstance(raw.value, str):
                    evidence.look(
                        raw.value, base.get(column.field, BLANK), typed=column.role == "input"
                    )
        return evidence.day_first

    def _of(self, row: MatchedRow) -> Teller:
        return self.tell.of_row(row.read, row.issued.key, self.in_use.called(row.issued.key))

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
        base, tell = self._base(row), self._of(row)
        read = self.reader.read(row.read, base, tell)
        self.findings += read.findings
        self._say_locked(row)
        self._say_beside(row.read, tell)
        self._say_rules(row, base, read, tell)
        self.answers.append((row.issued.key, read))
        self.says_something = self.says_something or read.answers_something
        kind: RowKind = "held" if row.detached else "answered"
        # Answers sorted apart stand on other rows than they were typed on: Excel sorts the selected
        # columns alone where its offer to expand the selection is declined.
        note = REFUSED_CELL if read.refused_fields and not read.differing else ""
        if kind == "held":
            note = row.detached
            lost = row.detached == CODE_LOST
            if read.differing:
                other = "" if lost else self.in_use.called(row.detached)
                self.findings.append(tell("row-code-lost" if lost else "row-detached", other=other))
        at, cells = row.read, tuple(read.cells)
        return StoredRow(0, at.sheet, at.row, kind, row.issued.key, at.token, cells, note)

    def _refused(self, row: RefusedRow) -> StoredRow:
        """A row that is not taken in: all that was typed in it is told, beside the action that it
        may be about.
        """
        at, like = row.read, row.like
        item = self.in_use.store.item(like.key, row.issue.revision) if like else None
        key = like.key if like and row.issue.lead == self.matched.lead else None
        tell = self.tell.of_row(at, key, self.in_use.called(key) or at.ref)
        read = self.reader.read(at, item.values if item else {}, tell)
        shown = self._shown(row.issue, like) if like else None
        beside = self.refusing.findings(at, read, shown, tell)
        self.findings += [*read.findings, *beside]
        self._say_beside(at, tell.of_item(None, at.ref))
        if beside or read.answers_something or not self.matched.rows:
            self.refused = True
        return StoredRow(0, at.sheet, at.row, "refused", None, at.token)

    def _say_locked(self, row: MatchedRow) -> None:
        issued = self._shown(row.issue, row.issued)
        if issued is not None:
            mapping, context = self.reader.mapping, self.reader.context
            self.findings += locked_findings(row.read, issued, mapping, context, self.tell)

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

    def _say_beside(self, row: RawRow, tell: Teller) -> None:
        """What cells that are not read as answers say beside their values; inputs say it as they
        are read.

        A row struck through is told once, at the first of its cells.
        """
        tell = tell.of_item(tell.key, tell.ref or row.ref)
        inputs = {column.id for column in row.layout.inputs}
        others = [raw for name, raw in row.cells.items() if name not in inputs]
        for raw in others:
            for code, text in beside_value(raw):
                self.findings.append(tell(code, raw.name, value=text))
        # Leads strike a whole row through to say that it is done with.
        struck = ((raw, struck) for raw in others if (struck := struck_text(raw)))
        for raw, (code, details) in [*struck][:1]:
            self.findings.append(tell(code, raw.name, value=raw.as_text, details=details))

    def _say_rules(self, row: MatchedRow, base: Row, read: RowValues, tell: Teller) -> None:
        """What the mapping asks of a row that was answered: a note with a red rating, a reason for
        a new date.
        """
        if not read.answers_something or row.read.layout.kind != "action":
            return
        after = {**base, **{cell.field: cell.value for cell in read.differing}}
        # A note of last round stands beside its input, which starts empty: it explains nothing now.
        fresh = {column.field for column in self.in_use.layout.inputs if column.fresh}
        before = {name: value for name, value in base.items() if name not in fresh}
        wanted = {name: value for name, value in after.items() if name not in fresh}
        wanted |= {cell.field: cell.value for cell in read.differing if cell.field in fresh}
        for doubt in check_row(self.in_use.mapping, before, wanted, self.in_use.session.today):
            self._say_doubt(doubt, row.read, tell)
        if read.ticked and read.answers_something:
            self.findings.append(tell("no-change-and-edits"))

    def _say_doubt(self, doubt: RowDoubt, row: RawRow, tell: Teller) -> None:
        """What a rule of the mapping says of a row, at the cell that it is about."""
        raw = row.cells.get(doubt.field)
        found = tell.of_item(tell.key, tell.ref or row.ref)(
            doubt.code,
            raw.name if raw else "",
            field=doubt.field,
            severity=doubt.severity,
            details=doubt.details,
        )
        self.findings.append(found)

    def _once(self, rows: list[StoredRow]) -> Iterable[StoredRow]:
        """A row that stands several times with the same answers counts once; different answers are
        all kept.
        """
        first, *again = rows
        yield first
        before = {said_by(first)}
        for row in again:
            same = said_by(row) in before
            before.add(said_by(row))
            # A row pasted twice brings its faults twice: one word on each is enough.
            self.findings = without_twins(self.findings, row)
            tell = self.tell.of_row(row, row.key, self.in_use.called(row.key))
            self.findings.append(tell("row-repeated" if same else "row-repeated-differs"))
            yield replace(row, kind="repeated") if same else row

    def _proposals(self) -> list[StoredRow]:
        proposed = []
        for row in [*self.matched.proposed, *self.opened.book.proposals]:
            tell = self.tell.of_row(row)
            read = self.reader.read_proposal(row, tell)
            self.findings += read.findings
            cells = tuple(cell for cell in read.cells if cell.value)
            if cells or read.refused_fields:
                self.says_something = True
                for doubt in doubts_on_new(cells, read.refused_fields, self.in_use):
                    self._say_doubt(doubt, row, tell)
                proposed.append(StoredRow(0, row.sheet, row.row, "proposed", None, "", cells))
        return [self._proposed_once(row, proposed[:place]) for place, row in enumerate(proposed)]

    def _proposed_once(self, row: StoredRow, before: list[StoredRow]) -> StoredRow:
        """The same proposal word for word, on a sheet that was copied, counts once."""
        if not row.cells or said_by(row) not in {said_by(one) for one in before}:
            return row
        self.findings.append(self.tell.of_row(row)("row-repeated"))
        return replace(row, kind="repeated")

    def _say_missing_rows(self) -> None:
        there = {row.issued.key for row in self.matched.rows}
        there |= {row.like.key for row in self.matched.refused if row.like}
        for issued in self.in_use.store.rows_of(self.matched.issue.id):
            if issued.key not in there:
                tell = self.tell.of_item(issued.key, self.in_use.called(issued.key))
                self.findings.append(tell("row-missing"))

    def _is_nil(self) -> bool:
        """Whether the file says nothing at all: no answer, and nothing typed anywhere else. Some
        leads answer in a comment, a text box or a sheet of their own, and leave ours as it was.
        """
        return not (self.says_something or self.refused) and not any(
            found.code in SAYS_ELSEWHERE for found in self.findings
        )

    def _say_untouched(self, nil: bool) -> None:
        """Nothing said at all is a nil return; a return that answers or ticks some rows says which
        it left.
        """
        looked_at = {key for key, read in self.answers if read.differing or read.refused_fields}
        if not self.says_something and not self.refused:
            ticked = len({key for key, read in self.answers if read.ticked})
            how = (
                f"'no change' is ticked on {counted(ticked, 'row')}"
                if ticked
                else "the file came back untouched"
            )
            code = "nothing-answered" if nil else "answers-elsewhere"
            self.findings.append(self.tell(code, how=how))
        heard_of = looked_at | self._heard_of() if looked_at else set()
        refs = [
            self.in_use.called(key)
            for key in dict.fromkeys(key for key, _ in self.answers)
            if key not in heard_of
        ]
        if refs and looked_at:
            count = f"{counted(len(refs), 'row')} {verb(len(refs), 'was', 'were')}"
            self.findings.append(self.tell("rows-not-looked-at", count=count, refs=", ".join(refs)))

    def _heard_of(self) -> set[str]:
        """Actions that the lead said something on elsewhere: in another row of the file, or another
        return of it.
        """
        here = {row.detached for row in self.matched.rows} | {
            row.like.key for row in self.matched.refused if row.like
        }
        # Leads answer in parts: some rows today, the rest in a second copy of the same workbook.
        workbook = self.matched.issue.root
        return here | {
            row.home
            for taken in self.in_use.store.returns(lead=self.matched.lead)
            if workbook_answered(taken, self.in_use.store) == workbook
            for row in taken.rows
            if row.kind in {"answered", "held"} and differing(row)
        }
