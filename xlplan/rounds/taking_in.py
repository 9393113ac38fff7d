"""import: identify, validate, compare; what is taken in waits."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlplan.mapping.checking import Context
from xlplan.mapping.rules import check_row
from xlplan.plan.addresses import Address
from xlplan.plan.changes import Change, Proposal, Question
from xlplan.plan.findings import Finding, finding
from xlplan.plan.rounds import ReturnStatus, RowKind, TakenReturn, TakenRow
from xlplan.plan.values import BLANK, Row
from xlplan.rounds.comparing import Compared, Comparison, compare
from xlplan.rounds.desk import Desk, NothingDone, needs_a_person
from xlplan.rounds.documents import Document, Documents
from xlplan.rounds.gathering import Arrived, gather
from xlplan.rounds.identifying import Identified, KnownRow, identify
from xlplan.rounds.reading_rows import RowRead, RowReader
from xlplan.rounds.routing import key_to_leads
from xlplan.store import Store
from xlplan.workbook.cells import Unreadable, open_spreadsheet
from xlplan.workbook.layout import UpdateLayout
from xlplan.workbook.returned import ReturnedBook, read_returned

ROW_COUNTS = ("read", "refused", "repeated", "proposed", "held", "changed", "unchanged")


@dataclass(slots=True)
class TakenFile:
    """One file of an import: what became of it, and the sum of its rows."""

    path: str
    lead: str
    round: str
    status: ReturnStatus
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROW_COUNTS, 0))
    changes: int = 0
    questions: int = 0
    findings: int = 0
    return_id: int | None = None


@dataclass(slots=True)
class TakenIn:
    """What an import did: files, and what they say against the plan as it is now."""

    files: list[TakenFile]
    changes: list[Change]
    questions: list[Question]
    proposed: list[Proposal]
    findings: list[Finding]
    say: Documents

    @property
    def exit_status(self) -> int:
        """1 when a file or cell was refused, or something waits for a decision."""
        refused = any(file.status == "refused" for file in self.files)
        return int(refused or bool(self.questions or self.proposed) or needs_a_person(self.findings))

    def document(self) -> Document:
        """The JSON document of import."""
        return {
            "files": [
                {
                    "path": file.path,
                    "lead": file.lead or None,
                    "round": file.round or None,
                    "status": file.status,
                    "rows": file.rows,
                    "changes": file.changes,
                    "questions": file.questions,
                    "findings": file.findings,
                }
                for file in self.files
            ],
            "changes": [self.say.change(change) for change in self.changes],
            "questions": [self.say.question(question) for question in self.questions],
            "proposed": [self.say.proposed(proposal) for proposal in self.proposed],
            "findings": [self.say.finding(found) for found in self.findings],
        }


def import_returns(desk: Desk, paths: Sequence[Path], *, check: bool = False) -> TakenIn:
    """Take in what came back. With `check` everything is done on a copy of the store, and nothing is kept.

    Raises:
        NothingDone: a path does not exist.
    """
    with tempfile.TemporaryDirectory(prefix="xlplan-") as scratch:
        if check:
            copy = Path(scratch) / "plan.db"
            shutil.copyfile(desk.plan, copy)
            desk = replace(desk, plan=copy)
        gathered = gather(desk, paths or [_returned_folder(desk)], Path(scratch))
        with Store.open(desk.plan) as store:
            reception = _Reception(desk, store)
            with store.writing(desk.by):
                for arrived in gathered.files:
                    reception.take(arrived)
                reception.findings.extend(gathered.findings)
                if not gathered.files:
                    place = ", ".join(desk.shown(path) for path in paths or [_returned_folder(desk)])
                    reception.findings.append(finding("nothing-sheetlike", value=place))
                return reception.summed_up(compare(store))


def _returned_folder(desk: Desk) -> Path:
    folder = desk.folder / "workbooks" / "returned"
    if not folder.is_dir():
        raise NothingDone(
            f"There is no folder {desk.shown(folder)}.", "Make it and put the returned workbooks there, or name them."
        )
    return folder


class _Reception:
    """Takes in one file after another; knows the plan, the layout and the leads' key once for all."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self.desk = desk
        self.store = store
        self.comparison = Comparison(store)
        self.layout = UpdateLayout.of(self.comparison.mapping)
        self.files: list[TakenFile] = []
        self.findings: list[Finding] = []

    def take(self, arrived: Arrived) -> None:
        """Take in one file; whatever is wrong with it is a finding and stops no other."""
        before = self.store.file_with(arrived.sha256)
        if before is not None:
            self._note(TakenFile(arrived.name, before.lead, self._round(before.round), "duplicate"), [
                finding("file-duplicate", at=Address(arrived.name), lead=before.lead)
            ])
            return
        try:
            book = read_returned(open_spreadsheet(arrived.path))
        except Unreadable as trouble:
            self._refuse(arrived, [finding(trouble.code, at=Address(arrived.name), **trouble.details)])
            return
        known = identify(book, self.store, arrived.name)
        if known.issue is None:
            self._refuse(arrived, known.findings)
            return
        self._take_known(arrived, book, known)

    def _refuse(self, arrived: Arrived, findings: list[Finding]) -> None:
        refused = TakenReturn(
            0, arrived.name, arrived.sha256, "", None, "", None, "refused", self.desk.stamp, by=self.desk.by
        )
        identity = self.store.add_return(refused, arrived.data, findings)
        self._note(TakenFile(arrived.name, "", "", "refused", return_id=identity), findings)

    def _note(self, file: TakenFile, findings: list[Finding]) -> None:
        file.findings = len(findings)
        self.files.append(file)
        self.findings.extend(findings)

    def _round(self, number: int | None) -> str:
        return next((one.name for one in self.store.rounds() if one.id == number), "")

    def _take_known(self, arrived: Arrived, book: ReturnedBook, known: Identified) -> None:
        assert known.issue is not None
        reading = _FileReading(self, arrived.name, book, known)
        rows, findings = reading.rows(), reading.findings
        status: ReturnStatus = "waiting" if reading.says_something else "unchanged"
        taken = TakenReturn(
            id=0,
            name=arrived.name,
            sha256=arrived.sha256,
            lead=known.lead,
            round=known.issue.round,
            issue=known.issue.id,
            base=known.issue.revision,
            status=status,
            arrived_at=self.desk.stamp,
            saved_at=book.saved_at,
            by=self.desk.by,
            nil=not reading.says_something,
            scope=frozenset(row.key for row in self.store.rows_of(known.issue.id)),
            rows=tuple(rows),
        )
        earlier = [
            one
            for one in self.store.returns()
            if one.issue == taken.issue and one.status in {"waiting", "unchanged"}
        ]
        identity = self.store.add_return(taken, arrived.data, findings)
        file = TakenFile(arrived.name, known.lead, self._round(taken.round), status, return_id=identity)
        self._note(file, findings)
        self._stand_over(replace(taken, id=identity), earlier)

    def _stand_over(self, taken: TakenReturn, earlier: list[TakenReturn]) -> None:
        """Of two returns of one workbook, the one saved later stands; the other is superseded, whichever came first."""
        for other in earlier:
            newer, older = (taken, other) if _later(taken, other) else (other, taken)
            self.store.update_return(older.id, status="superseded")
            told = finding("file-superseded", at=Address(older.name), lead=older.lead, newer=newer.name)
            self.findings.append(told)
            for file in self.files:
                if file.return_id == older.id:
                    file.status = "superseded"
                    file.findings += 1

    def summed_up(self, compared: Compared) -> TakenIn:
        """What the files of this import say, with every row counted once."""
        ours = {file.path for file in self.files}
        returns = {taken.id: taken for taken in compared.returns}
        for file in self.files:
            _count(file, returns.get(file.return_id or 0) or self._stored(file), compared)
        return TakenIn(
            files=self.files,
            changes=[one for one in compared.merged.changes if ours & {source.file for source in one.sources}],
            questions=[
                one for one in compared.questions if ours & {candidate.source.file for candidate in one.candidates}
            ],
            proposed=[one for one in compared.proposals if one.source.file in ours],
            findings=self.findings,
            say=Documents(compared.plan, compared.mapping),
        )

    def _stored(self, file: TakenFile) -> TakenReturn | None:
        return next((taken for taken in self.store.returns() if taken.id == file.return_id), None)


def _later(one: TakenReturn, other: TakenReturn) -> bool:
    if one.saved_at and other.saved_at and one.saved_at != other.saved_at:
        return one.saved_at > other.saved_at
    return (one.arrived_at, one.id) > (other.arrived_at, other.id)


def _count(file: TakenFile, taken: TakenReturn | None, compared: Compared) -> None:
    """Every row read counts once, by the first that fits: refused, repeated, proposed, held, changed, unchanged."""
    if taken is None or file.status == "duplicate":
        return
    moved = {
        (change.key, change.field)
        for change in compared.merged.changes
        if any(source.file == file.path for source in change.sources)
    }
    asked = {
        (question.key, question.field)
        for question in compared.questions
        if any(candidate.source.file == file.path for candidate in question.candidates)
    }
    counted = Counter(_outcome(row, moved, {key for key, _ in asked}) for row in taken.rows)
    file.rows = {name: counted.get(name, 0) for name in ROW_COUNTS}
    file.rows["read"] = len(taken.rows)
    file.changes = len(moved)
    file.questions = len(asked)


def _outcome(row: TakenRow, moved: set[tuple[str, str]], asked: set[str]) -> str:
    if row.kind != "answered":
        return row.kind
    differing = [cell for cell in row.cells if cell.value.canonical != cell.shown.canonical]
    if any((row.key, cell.field) in moved for cell in differing):
        return "changed"
    if row.key in asked or row.note == "refused cell":
        return "held"
    says = any(cell.field != "no_change" for cell in differing)
    return "changed" if says else "unchanged"


class _FileReading:
    """Reads the rows of one known file."""

    def __init__(self, reception: _Reception, name: str, book: ReturnedBook, known: Identified) -> None:
        self.reception = reception
        self.name = name
        self.book = book
        self.known = known
        self.findings: list[Finding] = list(known.findings)
        self.says_something = False
        comparison = reception.comparison
        key = key_to_leads(comparison.plan, comparison.mapping)
        self.reader = RowReader(comparison.mapping, reception.layout, Context(key), name, known.lead)

    def rows(self) -> list[TakenRow]:
        """Every row of the file as it will be stored, with findings gathered on the way."""
        taken = [self._refused(row.row, row.sheet, row.token) for row in self.known.refused]
        repeats: dict[str, list[TakenRow]] = {}
        untouched: list[KnownRow] = []
        for row in self.known.rows:
            read = self._answered(row, untouched)
            repeats.setdefault(read.key or "", []).append(read)
        for rows in repeats.values():
            taken.extend(self._once(rows))
        taken.extend(self._proposals())
        self._say_what_is_missing(untouched, len(repeats))
        self._say_strays()
        return [replace(row, position=place) for place, row in enumerate(taken)]

    def _refused(self, row: int, sheet: str, token: str) -> TakenRow:
        return TakenRow(0, sheet, row, "refused", None, token)

    def _base(self, row: KnownRow) -> Row:
        item = self.reception.store.snapshot(row.issue.revision).items.get(row.issued.key)
        return item.values if item else {}

    def _ref(self, key: str) -> str:
        item = self.reception.comparison.plan.items.get(key)
        return item.text("ref") if item else ""

    def _answered(self, row: KnownRow, untouched: list[KnownRow]) -> TakenRow:
        base, key = self._base(row), row.detached or row.issued.key
        ref = self._ref(row.issued.key)
        read = self.reader.read(row.read, base, key=row.issued.key, ref=ref)
        self.findings.extend(read.findings)
        self._say_locked(row, base, ref)
        self._say_rules(row, base, read, ref)
        if read.differing or read.refused_fields:
            self.says_something = True
        else:
            untouched.append(row)
        kind: RowKind = "held" if row.detached and read.differing else "answered"
        if kind == "held":
            at = Address(self.name, row.read.sheet, f"A{row.read.row}")
            told = finding("row-detached", at=at, key=row.issued.key, ref=ref, lead=self.known.lead, other=self._ref(key))
            self.findings.append(told)
        only_refused = read.refused_fields and not read.differing
        note = row.detached if kind == "held" else "refused cell" if only_refused else ""
        return TakenRow(
            0, row.read.sheet, row.read.row, kind, row.issued.key, row.read.token, tuple(read.cells), note
        )

    def _say_rules(self, row: KnownRow, base: Row, read: RowRead, ref: str) -> None:
        after = {**base, **{cell.field: cell.value for cell in read.differing}}
        if not read.differing:
            return
        for name, severity, code, details in check_row(self.reader.mapping, base, after):
            column = next((one.id for one in self.reception.layout.columns if one.field == name), "")
            cell = row.read.cells.get(column)
            at = Address(self.name, row.read.sheet, cell.name if cell else f"A{row.read.row}")
            told = finding(
                code, at=at, key=row.issued.key, ref=ref, lead=self.known.lead, field=name, severity=severity, **details
            )
            self.findings.append(told)
        if read.ticked and len(read.differing) > 1:
            at = Address(self.name, row.read.sheet, f"A{row.read.row}")
            self.findings.append(
                finding("no-change-and-edits", at=at, key=row.issued.key, ref=ref, lead=self.known.lead)
            )

    def _say_locked(self, row: KnownRow, base: Row, ref: str) -> None:
        """Locked cells say only what we wrote; one that says otherwise is reported and not applied."""
        from xlplan.rounds.locked import locked_findings

        self.findings.extend(locked_findings(self, row, base, ref))

    def _once(self, rows: list[TakenRow]) -> Iterable[TakenRow]:
        """A row that stands several times with the same answers counts once; different answers are all kept."""
        first, *again = rows
        yield first
        said = {_said(first)}
        for row in again:
            at = Address(self.name, row.sheet, f"A{row.row}")
            ref = self._ref(row.key or "")
            same = _said(row) in said
            said.add(_said(row))
            code = "row-repeated" if same else "row-repeated-differs"
            self.findings.append(finding(code, at=at, key=row.key, ref=ref, lead=self.known.lead))
            yield replace(row, kind="repeated") if same else row

    def _proposals(self) -> list[TakenRow]:
        found = []
        for row in self.book.proposals:
            read = self.reader.read(row, {}, key=None, ref=None)
            self.findings.extend(read.findings)
            cells = tuple(cell for cell in read.cells if cell.value)
            if cells:
                self.says_something = True
                found.append(TakenRow(0, row.sheet, row.row, "proposed", None, "", cells))
        return found

    def _say_what_is_missing(self, untouched: list[KnownRow], read: int) -> None:
        assert self.known.issue is not None
        there = {row.issued.key for row in self.known.rows}
        for issued in self.reception.store.rows_of(self.known.issue.id):
            if issued.key not in there:
                told = finding(
                    "row-missing", at=Address(self.name), key=issued.key, ref=self._ref(issued.key), lead=self.known.lead
                )
                self.findings.append(told)
        if not self.says_something:
            self.findings.append(finding("nothing-answered", at=Address(self.name), lead=self.known.lead))
            return
        for row in untouched:
            at = Address(self.name, row.read.sheet, f"A{row.read.row}")
            told = finding(
                "row-not-looked-at",
                at=at,
                key=row.issued.key,
                ref=self._ref(row.issued.key),
                lead=self.known.lead,
            )
            self.findings.append(told)

    def _say_strays(self) -> None:
        for at, text in self.book.strays:
            where = Address(self.name, at.sheet, at.cell)
            code = "note-outside" if at.cell else "sheet-unread"
            value = text if at.cell else at.sheet
            self.findings.append(finding(code, at=where, lead=self.known.lead, value=value, text=text))
        for column in self.reception.layout.columns:
            if column.role == "input" and column.id in self.book.columns_missing:
                self.findings.append(
                    finding("column-missing", at=Address(self.name), lead=self.known.lead, value=column.heading)
                )


def _said(row: TakenRow) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((cell.field, cell.value.canonical) for cell in row.cells if cell.value != BLANK))
