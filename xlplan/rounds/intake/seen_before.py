"""Files whose very bytes came before: leads send again when they hear nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import Issue, StoredReturn
from xlplan.rounds.arrivals.gathering import Arrived
from xlplan.rounds.intake.account import Account, nothing_read
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.intake.storing import Intake
from xlplan.store import StoreError

_NOT_HEARD = frozenset({"refused", "kept", "asked", "declined"})
"""What a file is of which nothing was taken in."""


@dataclass(frozen=True, slots=True)
class OfficersWord:
    """What the officer says of the files: the workbook that they answer, or that they are the
    office's.
    """

    issue: Issue | None = None
    as_office: bool = False


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """Tells duplicates of what stands. `intake` is what this same import has taken in so far."""

    in_use: PlanInUse
    word: OfficersWord
    intake: Intake

    def whole(self, arrived: Arrived) -> Account | None:
        """The file as a duplicate; None when it is to be read.

        One table of two leads may be claimed for each of them. A file that brought several leads'
        sheets is asked about one by one: some may have been taken out since.
        """
        store, claim = self.in_use.store, self.word.issue
        # By its bytes: mailers rename, `Update (1).xlsx`, and programs that save change the bytes.
        before = store.file_with(arrived.sha256)
        if before and claim and before.status not in _NOT_HEARD:
            before = store.file_with(arrived.sha256, claim.lead)
        if before is None:
            return None
        found = store.findings(return_id=before.id)
        several = any(finding.code == "file-of-several" for finding in found)
        return None if several else self._duplicate(arrived, before)

    def part(self, arrived: Arrived, lead: str) -> Account | None:
        """The part of one lead as a duplicate; None when it is to be read, or is no part."""
        before = self.in_use.store.file_with(arrived.sha256, lead) if lead else None
        return self._duplicate(arrived, before) if before else None

    def _duplicate(self, arrived: Arrived, before: StoredReturn) -> Account | None:
        """The word that what the same bytes brought before stands, unless it does not."""
        ours = before.id in {file.return_id for file in self.intake.files}
        if not ours and self._is_tried_again(before):
            return None
        taken = nothing_read(arrived, self.in_use.session, "duplicate", before.lead)
        word = Teller(arrived.name, before.lead)("file-duplicate")
        return Account(arrived, replace(taken, round=before.round), [word])

    def _is_tried_again(self, before: StoredReturn) -> bool:
        """What was refused, or kept unread, may come in after all, with --lead or a mended mapping.

        So may an edition once the officer says that it is the office's. The first try is taken out.
        """
        unheard = before.status in {"refused", "kept"} or self._is_vouched_for(before)
        if not unheard and not (
            self.word.issue and any(row.kind == "refused" for row in before.rows)
        ):
            return False
        try:
            self.in_use.store.remove_return(before.id)
        except StoreError:  # something of it is merged
            return False
        return True

    def _is_vouched_for(self, before: StoredReturn) -> bool:
        """Whether the officer says now that a file is the office's which was asked about, or was
        not listened to.
        """
        silent = before.status == "unchanged" and not any(row.cells for row in before.rows)
        unheard = silent and before.lead == self.in_use.mapping.office.name
        return self.word.as_office and (unheard or before.status in {"asked", "declined"})
