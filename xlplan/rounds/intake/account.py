"""What one file says, whoever sent it: the form that every returned file is read into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xlplan.plan.findings.finding import Finding
from xlplan.plan.rounds import ReturnStatus, StoredReturn
from xlplan.rounds.arrivals.gathering import Arrived, Beside
from xlplan.rounds.session.session import Session
from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.workbook.returned.reading import ReturnedBook


@dataclass(frozen=True, slots=True)
class Opened:
    """One file that could be opened: its sheets, and what may be rows of ours in them.

    Of a file into which somebody collated several leads' sheets, the part of one `lead`, with what
    there is to say of the division; else `lead` is "".
    """

    arrived: Arrived
    sheets: Spreadsheet
    book: ReturnedBook
    lead: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """The name that people know the file by."""
        return self.arrived.name


@dataclass(frozen=True, slots=True)
class Account:
    """All that one file says: the return as it will be stored, and what there is to say of it."""

    came: Arrived | Beside
    taken: StoredReturn
    findings: list[Finding] = field(default_factory=list)


def refused(
    came: Arrived, session: Session, findings: Iterable[Finding], lead: str = ""
) -> Account:
    """The account of a file that is not taken in: the findings say why."""
    return Account(came, nothing_read(came, session, "refused", lead), list(findings))


def nothing_read(
    came: Arrived | Beside, session: Session, status: ReturnStatus, lead: str = ""
) -> StoredReturn:
    """The return of a file of which nothing was read, or nothing yet."""
    return StoredReturn(
        0, came.name, came.sha256, lead, None, "", None, status, session.stamp, by=session.by
    )
