"""Match the rows of a bare copy, without any mark of ours, by the refs that people see: only when told whose it is."""

from __future__ import annotations

from xlplan.plan.rounds import Issue, IssuedRow, Round
from xlplan.plan.text import fold_code, same_text
from xlplan.rounds.desk import NothingDone
from xlplan.rounds.naming import sent_to
from xlplan.rounds.standing import find_round
from xlplan.store import Store
from xlplan.workbook.returned import ReadRow


def claimed_issue(store: Store, lead: str, round_name: str) -> Issue:
    """The update workbook that a lead was sent in a round: the officer says that a file answers it.

    Raises:
        NothingDone: no such round, or that lead was sent nothing in it.
    """
    this_round: Round | None = find_round(store, round_name)
    if this_round is None:
        raise NothingDone("No round was sent yet.", "Open one with `xlplan export`.")
    sent = [one for one in store.issues(round=this_round.id) if one.kind == "update"]
    return sent_to(lead, sent, this_round.name, store)[-1]


class RefsOfIssue:
    """The rows of one issue by ref, as its workbook showed them."""

    def __init__(self, store: Store, issue: Issue) -> None:
        self.issue = issue
        shown = store.snapshot(issue.revision).items
        self.rows = [
            (fold_code(shown[row.key].text("ref")), same_text(shown[row.key].text("action")).casefold(), row)
            for row in store.rows_of(issue.id)
            if row.key in shown
        ]

    def find(self, row: ReadRow) -> list[IssuedRow]:
        """The rows that a ref may mean: 2.1 may be 2.10 with its end lost, and the action's own words tell which."""
        wanted = fold_code(row.ref)
        found = [(action, one) for ref, action, one in self.rows if ref == wanted or _same_number(ref, wanted)]
        if len(found) < 2:
            return [one for _, one in found]
        typed = same_text(row.cells["action"].as_text).casefold() if "action" in row.cells else ""
        worded = [one for action, one in found if action == typed]
        return worded if len(worded) == 1 else [one for _, one in found]


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False
