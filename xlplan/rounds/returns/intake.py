"""Take in one returned file after another: each is stored as it came, with its rows and what there
is to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.rounds import Issue, ReturnStatus, Round, StoredReturn, StoredRow
from xlplan.rounds.arrivals.gathering import Arrived, Beside, Gathered
from xlplan.rounds.compared.edition_news import News, news_of
from xlplan.rounds.compared.speaking import age_of, stamp_of
from xlplan.rounds.compared.summing_up import TakenFile
from xlplan.rounds.edition.reading import read_edition
from xlplan.rounds.returns.collated import SheetsOfLead, divided
from xlplan.rounds.returns.file_read import FileRead
from xlplan.rounds.returns.identifying import Identified, identify
from xlplan.rounds.returns.plan_in_use import PlanInUse
from xlplan.rounds.returns.reading_files import FileReader
from xlplan.rounds.session.session import Session
from xlplan.spreadsheets.cells import COUNTS_FROM_1904, Spreadsheet, Unreadable
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.store import Store, StoreError
from xlplan.workbook.returned.reading import ReturnedBook, read_returned

_CAME = frozenset({"waiting", "unchanged", "superseded"})
"""What a return that was taken in may be."""
_NOT_HEARD = frozenset({"refused", "kept", "asked", "declined"})
"""What a file is of which nothing was taken in."""


class Intake(PlanInUse):
    """Takes in files for one import; knows the plan, the layout and the key to leads once
    for all.
    """

    def __init__(
        self, session: Session, store: Store, claim: Issue | None = None, *, as_office: bool = False
    ) -> None:
        super().__init__(session, store)
        self.claim = claim
        self.as_office = as_office
        self.files: list[TakenFile] = []
        self.findings: list[Finding] = []

    def take(self, arrived: Arrived) -> None:
        """Take in one file; whatever is wrong with it is a finding and stops no other."""
        before = self._taken_before(arrived)
        if before and not self._is_one_of_several(before) and self._stands(arrived, before):
            return
        try:
            opened = open_spreadsheet(arrived.path)
            book = read_returned(opened, self.mapping)
        except Unreadable as trouble:
            self._refuse(
                arrived, [finding(trouble.code, at=Address(arrived.name), details=trouble.details)]
            )
            return
        if self.as_office or (self.claim is None and self._is_master(book)):
            self._take_edition(arrived, opened)
            return
        for part in divided(opened, book, self.store, self.mapping, arrived.name):
            before = self.store.file_with(arrived.sha256, part.lead) if part.lead else None
            if before is None or not self._stands(arrived, before):
                self._take_sheets(arrived, part)

    def _take_sheets(self, arrived: Arrived, part: SheetsOfLead) -> None:
        """Take in what one lead sent of a file: mostly all of it."""
        try:
            known, read = self._read(arrived, part)
        except (StoreError, MemoryError):
            raise
        except Exception as trouble:  # a file that we stumble over must not keep back the others
            why = f"{type(trouble).__name__}: {trouble}"
            at, lead = Address(arrived.name), part.lead or None
            told = finding("file-not-understood", at=at, lead=lead, why=why)
            self._refuse(arrived, [*part.findings, told], part.lead)
            return
        if read is None:
            self._refuse(arrived, known.findings, part.lead)
        else:
            self._take_known(arrived, part.book, known, read)

    def _read(self, arrived: Arrived, part: SheetsOfLead) -> tuple[Identified, FileRead | None]:
        """Whose file it is, and its rows when that is known."""
        known = identify(part.book, self.store, arrived.name, self.claim)
        known.findings = [*part.findings, *known.findings]
        if known.issue is None:
            return known, None
        since_1904 = part.opened.properties.get(COUNTS_FROM_1904) == "1"
        return known, FileReader(self, arrived.name, part.book, known, since_1904=since_1904).read()

    def _is_master(self, book: ReturnedBook) -> bool:
        """Whether it says it is a master workbook: by its mark, or by the tokens of most of its
        rows.
        """
        if book.kind == "master":
            return True
        found = [self.store.token(row.token) for row in book.rows if row.token]
        kinds = Counter(one[0].kind for one in found if one)
        return kinds["master"] * 2 > kinds.total()

    def _taken_before(self, arrived: Arrived) -> StoredReturn | None:
        """The return that brought these bytes. One table of two leads may be claimed for each of
        them.
        """
        before = self.store.file_with(arrived.sha256)
        if before is None or self.claim is None or before.status in _NOT_HEARD:
            return before
        return self.store.file_with(arrived.sha256, self.claim.lead)

    def _is_one_of_several(self, before: StoredReturn) -> bool:
        """Whether its file brought other leads' sheets too: some may have been taken out since."""
        found = self.store.findings(return_id=before.id)
        return any(one.code == "file-of-several" for one in found)

    def _stands(self, arrived: Arrived, before: StoredReturn) -> bool:
        """Whether what the same bytes brought before stands, which is told then."""
        ours = before.id in {file.return_id for file in self.files}
        if not ours and self._may_be_tried_again(before):
            return False
        told = finding("file-duplicate", at=Address(arrived.name), lead=before.lead)
        self._note(
            TakenFile(arrived.name, before.lead, self._round(before.round), "duplicate"), [told]
        )
        return True

    def _may_be_tried_again(self, before: StoredReturn) -> bool:
        """What was refused, or kept unread, may come in after all, with --lead or a mended mapping.

        So may an edition once the officer says that it is the office's. The first try is taken out.
        """
        refused_rows = self.claim is not None and any(row.kind == "refused" for row in before.rows)
        vouched = self._is_vouched_for(before)
        if before.status not in {"refused", "kept"} and not refused_rows and not vouched:
            return False
        try:
            self.store.remove_return(before.id)
        except StoreError:  # something of it is merged
            return False
        return True

    def _is_vouched_for(self, before: StoredReturn) -> bool:
        """Whether the officer says now that a file is the office's which was asked about, or was
        not listened to.
        """
        silent = before.status == "unchanged" and not any(row.cells for row in before.rows)
        unheard = silent and before.lead == self.mapping.office.name
        return self.as_office and (unheard or before.status in {"asked", "declined"})

    def _take_edition(self, arrived: Arrived, opened: Spreadsheet) -> None:
        """The office's own workbook that came back: its return if the officer says so, else one
        question.

        Anybody may leave a copy of the master among the returns: its marks tell what it is, not
        whose words it holds.
        """
        edition = read_edition(opened, arrived.name, self.mapping, self.store)
        if not edition.readable:
            self._refuse(arrived, edition.findings)
            return
        current = self.store.current_round()
        status: ReturnStatus = "waiting" if edition.says_something else "unchanged"
        taken = replace(
            self._nothing_read(arrived.name, arrived.sha256, status),
            lead=self.mapping.office.name,
            round=current.id if current else None,
            issue=edition.issue,
            base=edition.base,
            saved_at=opened.saved_at,
            nil=not edition.says_something,
            rows=tuple(edition.rows),
        )
        if not self.as_office:
            news = news_of(taken, self.plan, self.mapping, self.store.returns(lead=taken.lead))
            if news.changes:
                self._ask(arrived, opened, news)
                return
            silent = tuple(replace(row, cells=()) for row in taken.rows)
            taken = replace(taken, status="unchanged", nil=True, rows=silent)
        identity = self.store.add_return(taken, arrived.data, edition.findings)
        file = TakenFile(
            arrived.name, taken.lead, self._round(taken.round), taken.status, return_id=identity
        )
        self._note(file, edition.findings)

    def _ask(self, arrived: Arrived, opened: Spreadsheet, news: News) -> None:
        """Keep an edition, and take in nothing of it until the officer has answered whether it is
        theirs.
        """
        told = news.told(arrived.name)
        asked = self._nothing_read(arrived.name, arrived.sha256, "asked")
        identity = self.store.add_return(
            replace(asked, saved_at=opened.saved_at), arrived.data, [told]
        )
        self._note(TakenFile(arrived.name, "", "", "waiting", return_id=identity), [told])

    def take_beside(self, gathered: Gathered) -> None:
        """Keep what came in a message or archive and is no spreadsheet, and tell what
        messages say.
        """
        for beside in gathered.beside:
            self._keep(beside, self._came_with(beside.message))
        for name, text in gathered.texts.items():
            returned = self._came_with(name)
            code = "message-text" if returned else "message-alone"
            told = finding(
                code, at=Address(name), lead=returned.lead if returned else None, value=text
            )
            self.findings.append(told)
            if returned:
                self.store.update_return(returned.id, note=text)
                self.store.add_findings(returned.id, [told])

    def _came_with(self, message: str) -> StoredReturn | None:
        """The return that came in the same message or archive, the first where it brought
        several.
        """
        names = {one.name: one for one in self.store.returns() if one.status != "kept"}
        theirs = [file.path for file in self.files if file.path.startswith(f"{message}/")]
        return next((names[path] for path in theirs if path in names), None)

    def _keep(self, beside: Beside, returned: StoredReturn | None) -> None:
        lead = returned.lead if returned else ""
        details = {"what": beside.packed} if beside.packed else {}
        code = "file-packed" if beside.packed else "file-kept"
        told = finding(code, at=Address(beside.name), lead=lead or None, details=details)
        self.findings.append(told)
        if self.store.file_with(beside.sha256) is None:
            kept = self._nothing_read(beside.name, beside.sha256, "kept")
            self.store.add_return(replace(kept, lead=lead), beside.data, [told])

    def _refuse(self, arrived: Arrived, findings: list[Finding], lead: str = "") -> None:
        refused = replace(self._nothing_read(arrived.name, arrived.sha256, "refused"), lead=lead)
        identity = self.store.add_return(refused, arrived.data, findings)
        self._note(TakenFile(arrived.name, lead, "", "refused", return_id=identity), findings)

    def _nothing_read(self, name: str, sha256: str, status: ReturnStatus) -> StoredReturn:
        return StoredReturn(
            0, name, sha256, "", None, "", None, status, self.session.stamp, by=self.session.by
        )

    def _note(self, file: TakenFile, findings: list[Finding]) -> None:
        file.findings = len(findings)
        self.files.append(file)
        self.findings.extend(findings)

    def _round(self, number: int | None) -> str:
        return next((one.name for one in self.store.rounds() if one.id == number), "")

    def _take_known(
        self, arrived: Arrived, book: ReturnedBook, known: Identified, read: FileRead
    ) -> None:
        assert known.issue is not None
        answers, told = self._round_of(known.issue, arrived, book, read)
        findings = [*told, *read.findings]
        status: ReturnStatus = "refused" if read.refused else "unchanged"
        if read.says_something:
            status = "waiting"
        taken = StoredReturn(
            id=0,
            name=arrived.name,
            sha256=arrived.sha256,
            lead=known.lead,
            round=answers,
            issue=known.issue.id,
            base=known.issue.revision,
            status=status,
            arrived_at=self.session.stamp,
            saved_at=book.saved_at,
            by=self.session.by,
            nil=read.nil,
            scope=frozenset(row.key for row in self.store.rows_of(known.issue.id)),
            rows=tuple(read.rows),
        )
        earlier = [
            one
            for one in self.store.returns(lead=taken.lead)
            if one.status in {"waiting", "unchanged"} and self._asks(one) == self._asks(taken)
        ]
        identity = self.store.add_return(taken, arrived.data, findings)
        file = TakenFile(
            arrived.name, known.lead, self._round(taken.round), status, return_id=identity
        )
        self._note(file, findings)
        if status != "refused":
            self._stand_over(replace(taken, id=identity), earlier)

    def _asks(self, taken: StoredReturn) -> str:
        """The update workbook that a return answers; a query workbook asks about one again."""
        issue = self.store.issue(taken.issue)
        return issue.root if issue else taken.issue

    def _round_of(
        self, issue: Issue, arrived: Arrived, book: ReturnedBook, read: FileRead
    ) -> tuple[int | None, list[Finding]]:
        """The round that a return answers, and a word when its workbook was sent for one that is
        over.

        Last round's workbook filled in again, by a lead who had answered that round, answers the
        open one. An older draft of what they had sent, or the same answers saved again, does not.
        """
        current = self.store.current_round()
        if current and current.id == issue.round:
            return issue.round, []
        at, name = Address(arrived.name), self._round(issue.round)
        if current is None or not self._was_sent(issue.lead, current) or not self._answered(issue):
            return issue.round, [finding("round-closed", at=at, lead=issue.lead, round=name)]
        theirs = self.store.returns(lead=issue.lead)
        before = [one for one in theirs if one.status in _CAME and self._asks(one) == issue.root]
        latest = max(before, key=age_of, default=None)
        if latest and (book.saved_at or self.session.stamp) < stamp_of(latest):
            return issue.round, [finding("round-closed", at=at, lead=issue.lead, round=name)]
        faulty = any(one.severity == "error" for one in read.findings)
        if latest and not faulty and _says(read.rows) == _says(latest.rows):
            told = finding("answers-again", at=at, lead=issue.lead, round=name, open=current.name)
            return latest.round, [told]
        told = finding("round-answered", at=at, lead=issue.lead, round=name, open=current.name)
        return current.id, [told]

    def _was_sent(self, lead: str, this_round: Round) -> bool:
        return any(one.lead == lead for one in self.store.issues(round=this_round.id))

    def _answered(self, issue: Issue) -> bool:
        """Whether the lead had answered the round that a workbook was sent for."""
        return any(
            one.status in _CAME for one in self.store.returns(round=issue.round, lead=issue.lead)
        )

    def _stand_over(self, taken: StoredReturn, earlier: list[StoredReturn]) -> None:
        """Of two returns of one workbook, the one saved later stands; the other is superseded,
        whichever came first.
        """
        standing = taken
        for other in earlier:
            newer, older = (
                (standing, other) if age_of(standing) > age_of(other) else (other, standing)
            )
            standing = newer
            self.store.update_return(older.id, status="superseded")
            told = finding(
                "file-superseded", at=Address(older.name), lead=older.lead, newer=newer.name
            )
            self.findings.append(told)
            for file in self.files:
                if file.return_id == older.id:
                    file.status = "superseded"
                if (file.path, file.lead) == (older.name, older.lead) or file.return_id == older.id:
                    file.findings += 1


def _says(rows: Iterable[StoredRow]) -> set[tuple[str, str, str]]:
    """All that rows say, ticks too, each by the action it is said of."""
    return {
        (row.home, cell.field, cell.value.canonical)
        for row in rows
        for cell in row.cells
        if cell.moved
    }
