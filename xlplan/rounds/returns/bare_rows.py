"""Match the rows of a bare copy, without any mark of ours, by the refs that people see: only when
told whose it is.
"""

from __future__ import annotations

from xlplan.plan.rounds import Issue, IssuedRow, Round
from xlplan.plan.text.text import fold_code, same_text
from xlplan.rounds.owners.naming import sent_to
from xlplan.rounds.session.session import NothingDone
from xlplan.rounds.session.when import find_round
from xlplan.store import Store
from xlplan.workbook.returned.reading import RawRow


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
        shown = store.snapshot(issue.revision)
        self.taken = {
            fold_code(one.text("ref"))
            for plan in (shown, store.snapshot())
            for one in plan.of_kind("action")
        }
        self.rows = [
            (
                fold_code(shown.items[row.key].text("ref")),
                same_text(shown.items[row.key].text("action")).casefold(),
                row,
            )
            for row in store.rows_of(issue.id)
            if row.key in shown.items and shown.items[row.key].kind == "action"
        ]

    def find(self, row: RawRow) -> list[IssuedRow]:
        """The rows that a ref may mean. 2.1 is 2.10 with its end lost only where a number stands,
        and no action is 2.1.

        Where both were sent, a number may be either, and the action's own words tell which.
        """
        wanted = fold_code(row.ref)
        exact = [(action, one) for ref, action, one in self.rows if ref == wanted]
        if not _is_number(row) or (wanted in self.taken and not exact):
            return [one for _, one in exact]
        like = [
            (action, one) for ref, action, one in self.rows if same_number(ref, wanted)
        ] or exact
        if len(like) < 2:
            return [one for _, one in like]
        typed = same_text(row.cells["action"].as_text).casefold() if "action" in row.cells else ""
        worded = [one for action, one in like if action == typed]
        return worded if len(worded) == 1 else [one for _, one in like]


def same_number(one: str, other: str) -> bool:
    """A spreadsheet program that took the ref for a number writes 2.10 as 2.1, and 3 as 3.0: not a
    changed ref.
    """
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _is_number(row: RawRow) -> bool:
    return "ref" in row.cells and isinstance(row.cells["ref"].value, int | float)
