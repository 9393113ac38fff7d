"""The round that a return answers: mostly the one that its workbook was sent for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import Issue, Round, StoredReturn, StoredRow
from xlplan.rounds.compared.speaking import age_of, stamp_of
from xlplan.rounds.intake.account import Account
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.intake.storing import workbook_answered
from xlplan.store import Store

_CAME = frozenset({"waiting", "unchanged", "superseded"})
"""What a return that was taken in may be."""


def in_its_round(account: Account, issue: Issue, in_use: PlanInUse) -> Account:
    """The account with the round that it answers, and a word first when its workbook was sent for
    one that is over.
    """
    number, findings = _round_of(account, issue, in_use)
    taken = replace(account.taken, round=number)
    return replace(account, taken=taken, findings=[*findings, *account.findings])


def _round_of(
    account: Account, issue: Issue, in_use: PlanInUse
) -> tuple[int | None, list[Finding]]:
    """Last round's workbook filled in again, by a lead who had answered that round, answers the
    open one: leads keep the file and answer by `Reply` to last month's message. An older draft of
    what they had sent, or the same answers saved again, does not.
    """
    store, taken = in_use.store, account.taken
    current = store.current_round()
    if current and current.id == issue.round:
        return issue.round, []
    tell, name = Teller(taken.name, issue.lead), in_use.round_name(issue.round)
    over = issue.round, [tell("round-closed", round=name)]
    if current is None or not _was_sent(issue.lead, current, store) or not _answered(issue, store):
        return over
    earlier = [
        before
        for before in store.returns(lead=issue.lead)
        if before.status in _CAME and workbook_answered(before, store) == issue.root
    ]
    latest = max(earlier, key=age_of, default=None)
    if latest and stamp_of(taken) < stamp_of(latest):
        return over
    # The same answers saved again are last round's file re-sent, say by a mailer's outbox.
    faulty = any(found.severity == "error" for found in account.findings)
    if latest and not faulty and _says(taken.rows) == _says(latest.rows):
        return latest.round, [tell("answers-again", round=name, open=current.name)]
    return current.id, [tell("round-answered", round=name, open=current.name)]


def _was_sent(lead: str, this_round: Round, store: Store) -> bool:
    return any(issue.lead == lead for issue in store.issues(round=this_round.id))


def _answered(issue: Issue, store: Store) -> bool:
    """Whether the lead had answered the round that a workbook was sent for."""
    returns: list[StoredReturn] = store.returns(round=issue.round, lead=issue.lead)
    return any(taken.status in _CAME for taken in returns)


def _says(rows: Iterable[StoredRow]) -> set[tuple[str, str, str]]:
    """All that rows say, ticks too, each by the action it is said of."""
    return {
        (row.home, cell.field, cell.value.canonical)
        for row in rows
        for cell in row.cells
        if cell.moved
    }
