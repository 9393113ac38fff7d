"""Store what one file says beside what its sender had said before: one path for every account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import SENT_TO_LEADS, StoredReturn
from xlplan.rounds.compared.speaking import age_of
from xlplan.rounds.compared.summing_up import TakenFile
from xlplan.rounds.intake.account import Account
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What became of one file, and what there is to say of it.

    `superseded` are the returns that a later one of the same workbook replaced by this file's
    coming, itself among them when it was the earlier: each with the word on it.
    """

    file: TakenFile
    findings: list[Finding]
    superseded: list[tuple[StoredReturn, Finding]] = field(default_factory=list)


@dataclass(slots=True)
class Intake:
    """The files of one import so far, and what there is to say of them, as they came."""

    files: list[TakenFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, stored: StoredFile) -> None:
        """Take up one file. What it superseded may be an earlier file of this same import."""
        self.files.append(replace(stored.file, findings=len(stored.findings)))
        self.findings += stored.findings
        for older, superseded in stored.superseded:
            self.findings.append(superseded)
            for file in self.files:
                same = file.return_id == older.id
                if same:
                    file.status = "superseded"
                file.findings += same or (file.path, file.lead) == (older.name, older.lead)


def keep(account: Account, in_use: PlanInUse) -> StoredFile:
    """Store an account with the bytes that it was read from; of a duplicate, both are there.

    Inside `store.writing`.
    """
    taken, store = account.taken, in_use.store
    round_name = in_use.round_name(taken.round)
    if taken.status == "duplicate":
        return StoredFile(
            TakenFile(taken.name, taken.lead, round_name, "duplicate"), account.findings
        )
    beside = _of_the_same_workbook(taken, store)
    identity = store.add_return(taken, account.came.data, account.findings)
    # An edition that was asked about waits for the officer, whose it is yet to be told.
    status = "waiting" if taken.status == "asked" else taken.status
    file = TakenFile(taken.name, taken.lead, round_name, status, return_id=identity)
    superseded = _superseded(replace(taken, id=identity), beside, store)
    return StoredFile(file, account.findings, superseded)


def workbook_answered(taken: StoredReturn, store: Store) -> str:
    """The update workbook that a return answers, by its id; "" of what answers none."""
    issue = store.issue(taken.issue) if taken.issue else None
    return issue.root if issue and issue.kind in SENT_TO_LEADS else ""


def _of_the_same_workbook(taken: StoredReturn, store: Store) -> list[StoredReturn]:
    """Returns that stand, and answer the same workbook as one that is about to be stored."""
    root = workbook_answered(taken, store)
    if not root or taken.status == "refused":
        return []
    return [
        earlier
        for earlier in store.returns(lead=taken.lead)
        if earlier.status in {"waiting", "unchanged"}
        if workbook_answered(earlier, store) == root
    ]


def _superseded(
    taken: StoredReturn, beside: Iterable[StoredReturn], store: Store
) -> list[tuple[StoredReturn, Finding]]:
    """Of two returns of one workbook, the one saved later stands, whichever came first: mail
    arrives out of order, and a deputy's draft may be sent after the lead's own answers.
    """
    standing, superseded = taken, []
    for other in beside:
        older, standing = sorted((other, standing), key=age_of)
        store.update_return(older.id, status="superseded")
        tell = Teller(older.name, older.lead)
        superseded.append((older, tell("file-superseded", newer=standing.name)))
    return superseded
