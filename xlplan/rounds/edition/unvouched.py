"""An edition that the officer has not vouched for: nothing of it counts until they say whose it is.

Anybody may leave a copy of the master among the returns: its marks tell what it is, not whose words
it holds.
"""

from __future__ import annotations

from dataclasses import replace

from xlplan.rounds.compared.edition_news import news_of
from xlplan.rounds.intake.account import Account, nothing_read
from xlplan.rounds.intake.plan_in_use import PlanInUse


def unvouched(account: Account, in_use: PlanInUse) -> Account:
    """The account of an edition as it is taken in without the officer's word: one question about
    what is new in it, or silence where it says nothing that the plan lacks.
    """
    taken = account.taken
    if taken.status == "refused":
        return account
    news = news_of(taken, in_use.plan, in_use.mapping, in_use.store.returns(lead=taken.lead))
    if news.changes:
        blank = nothing_read(account.came, in_use.session, "asked")
        return Account(
            account.came, replace(blank, saved_at=taken.saved_at), [news.finding(taken.name)]
        )
    silent = tuple(replace(row, cells=()) for row in taken.rows)
    return replace(account, taken=replace(taken, status="unchanged", nil=True, rows=silent))
