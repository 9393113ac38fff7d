"""Take in one returned file after another: each is stored as it came, with its rows and what there is to say."""

from __future__ import annotations

from dataclasses import replace

from xlplan.mapping.checking import Context
from xlplan.plan.addresses import Address
from xlplan.plan.findings import Finding, finding
from xlplan.plan.rounds import ReturnStatus, TakenReturn
from xlplan.rounds.comparing import Comparison
from xlplan.rounds.desk import Desk
from xlplan.rounds.gathering import Arrived
from xlplan.rounds.identifying import Identified, identify
from xlplan.rounds.reading_files import FileReader
from xlplan.rounds.routing import key_to_leads
from xlplan.rounds.summing_up import TakenFile
from xlplan.store import Store
from xlplan.workbook.cells import Unreadable, open_spreadsheet
from xlplan.workbook.layout import UpdateLayout
from xlplan.workbook.returned import ReturnedBook, read_returned


class Reception:
    """Takes in files for one import; knows the plan, the layout and the key to leads once for all."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self.desk = desk
        self.store = store
        comparison = Comparison(store)
        self.plan, self.mapping = comparison.plan, comparison.mapping
        self.layout = UpdateLayout.of(self.mapping)
        self.context = Context(key_to_leads(self.plan, self.mapping))
        self.files: list[TakenFile] = []
        self.findings: list[Finding] = []

    def take(self, arrived: Arrived) -> None:
        """Take in one file; whatever is wrong with it is a finding and stops no other."""
        before = self.store.file_with(arrived.sha256)
        if before is not None:
            told = finding("file-duplicate", at=Address(arrived.name), lead=before.lead)
            self._note(TakenFile(arrived.name, before.lead, self._round(before.round), "duplicate"), [told])
            return
        try:
            book = read_returned(open_spreadsheet(arrived.path), self.mapping)
        except Unreadable as trouble:
            self._refuse(arrived, [finding(trouble.code, at=Address(arrived.name), details=trouble.details)])
            return
        known = identify(book, self.store, arrived.name)
        if known.issue is None:
            self._refuse(arrived, known.findings)
        else:
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
        read = FileReader(self, arrived.name, book, known).read()
        findings = [*self._late(known, arrived), *read.findings]
        status: ReturnStatus = "waiting" if read.says_something else "unchanged"
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
            nil=not read.says_something,
            scope=frozenset(row.key for row in self.store.rows_of(known.issue.id)),
            rows=tuple(read.rows),
        )
        earlier = [
            one
            for one in self.store.returns()
            if one.lead == taken.lead
            and one.status in {"waiting", "unchanged"}
            and self._asks(one) == self._asks(taken)
        ]
        identity = self.store.add_return(taken, arrived.data, findings)
        file = TakenFile(arrived.name, known.lead, self._round(taken.round), status, return_id=identity)
        self._note(file, findings)
        self._stand_over(replace(taken, id=identity), earlier)

    def _asks(self, taken: TakenReturn) -> str:
        """The update workbook that a return answers; a query workbook asks about one again."""
        issue = self.store.issue(taken.issue)
        return (issue.about or issue.id) if issue else taken.issue

    def _late(self, known: Identified, arrived: Arrived) -> list[Finding]:
        """A word on a return whose round is over."""
        current = self.store.current_round()
        if known.issue is None or (current and current.id == known.issue.round):
            return []
        name = self._round(known.issue.round)
        return [finding("round-closed", at=Address(arrived.name), lead=known.lead, round=name)]

    def _stand_over(self, taken: TakenReturn, earlier: list[TakenReturn]) -> None:
        """Of two returns of one workbook, the one saved later stands; the other is superseded, whichever came first."""
        standing = taken
        for other in earlier:
            newer, older = (standing, other) if _later(standing, other) else (other, standing)
            standing = newer
            self.store.update_return(older.id, status="superseded")
            told = finding("file-superseded", at=Address(older.name), lead=older.lead, newer=newer.name)
            self.findings.append(told)
            for file in self.files:
                if file.return_id == older.id:
                    file.status = "superseded"
                    file.findings += 1


def _later(one: TakenReturn, other: TakenReturn) -> bool:
    if one.saved_at and other.saved_at and one.saved_at != other.saved_at:
        return one.saved_at > other.saved_at
    return (one.arrived_at, one.id) > (other.arrived_at, other.id)
