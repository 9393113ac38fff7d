"""What people read in a row: the ref of an action, number and words of a measure. A bare copy is
matched by them, only when told whose it is; a row with a code is held against them.
"""

from __future__ import annotations

from xlplan.plan.model import Item
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
    sent = [issue for issue in store.issues(round=this_round.id) if issue.kind == "update"]
    return sent_to(lead, sent, this_round.name, store)[-1]


class RowsOfIssue:
    """The rows of one issue by what people read in them, as its workbook showed them."""

    def __init__(self, store: Store, issue: Issue) -> None:
        shown = store.snapshot(issue.revision)
        self.taken = {
            fold_code(action.text("ref"))
            for plan in (shown, store.snapshot())
            for action in plan.of_kind("action")
        }
        self.rows = [
            (shown.items[row.key], row) for row in store.rows_of(issue.id) if row.key in shown.items
        ]

    def find(self, row: RawRow) -> list[IssuedRow]:
        """The rows that one may be: by its ref, or where none names an item, by all that it says of
        itself.
        """
        if row.layout.ref:
            return self._by_ref(row)
        return [
            issued for item, issued in self._like(row) if row.called and not _differs(row, item)
        ]

    def belies(self, row: RawRow, item: Item) -> bool:
        """Whether a row reads as another than the item that its code names; of an action, its ref
        says so.

        A measure whose number stands may be reworded, which is told; worded as another measure it
        is that one.
        """
        if item.kind != row.layout.kind:
            return True
        if row.layout.ref or not _differs(row, item):
            return False
        reworded = _fits_number(row, item) and row.text("no") and item.text("no")
        return not reworded or any(
            _same_words(row, other) for other, _ in self._like(row) if other.key != item.key
        )

    def _like(self, row: RawRow) -> list[tuple[Item, IssuedRow]]:
        """The rows of the same table."""
        return [(item, issued) for item, issued in self.rows if item.kind == row.layout.kind]

    def _by_ref(self, row: RawRow) -> list[IssuedRow]:
        """The rows that a ref may mean. 2.1 is 2.10 with its end lost only where a number stands,
        and no action is 2.1.

        Where both were sent, a number may be either, and the action's own words tell which.
        """
        wanted = fold_code(row.ref)
        refs = [(fold_code(item.text("ref")), item, issued) for item, issued in self._like(row)]
        exact = [(item, issued) for ref, item, issued in refs if ref == wanted]
        if not _is_number(row) or (wanted in self.taken and not exact):
            return [issued for _, issued in exact]
        like = [(item, issued) for ref, item, issued in refs if same_number(ref, wanted)] or exact
        # 2.1 and 2.10 are one number to a spreadsheet.
        worded = [issued for item, issued in like if _same_words(row, item)]
        return worded if len(worded) == 1 else [issued for _, issued in like]


def same_number(one: str, other: str) -> bool:
    """A spreadsheet program that took the ref for a number writes 2.10 as 2.1, and 3 as 3.0: not a
    changed ref.

    >>> same_number("2.10", "2.1"), same_number("A2.1", "A2.1"), same_number("3", "3.0")
    (True, False, True)
    """
    try:
        return float(one) == float(other)
    except ValueError:
        return False


def _is_number(row: RawRow) -> bool:
    # Excel and pandas take 2.10 for the number 2.1; LibreOffice keeps the text that we wrote.
    return "ref" in row.cells and isinstance(row.cells["ref"].value, int | float)


def _differs(row: RawRow, item: Item) -> bool:
    """Whether the row says a number or words that are not the measure's. What it leaves out says
    nothing.
    """
    return not _fits_number(row, item) or (
        bool(row.text(row.layout.words)) and not _same_words(row, item)
    )


def _fits_number(row: RawRow, item: Item) -> bool:
    typed, shown = row.text("no"), item.text("no")
    return not typed or fold_code(typed) == fold_code(shown) or same_number(typed, shown)


def _same_words(row: RawRow, item: Item) -> bool:
    words = row.layout.words
    return row.text(words).casefold() == same_text(item.text(words)).casefold()
