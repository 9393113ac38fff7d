"""What people typed, found again for what a decision knows by its comparison form alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from xlplan.plan.grounds import CellClaim
from xlplan.plan.rounds import StoredReturn
from xlplan.plan.values import Value


class OwnWords:
    """The texts of the cells that came back, by whose answer they are, on what.

    `lists` are the fields that keep answers as entries of one list.
    """

    def __init__(
        self, returns: Iterable[StoredReturn] = (), lists: Collection[str] = frozenset()
    ) -> None:
        self._lists = lists
        self._typed: dict[tuple[str, str, str], list[Value]] = {}
        for taken in returns:
            for row in taken.rows:
                # The officer may put a proposal, and answers that came apart, beside any action.
                homes = {row.home, ""} if row.kind in {"proposed", "held"} else {row.home}
                for home in homes:
                    for cell in row.cells:
                        answers = self._typed.setdefault((taken.lead, home, cell.field), [])
                        answers.append(cell.value)

    def of(self, claim: CellClaim) -> str:
        """The latest text that says so; "" where a cell was emptied, or no return holds it any
        more.

        Example: a claim of `2019-09` on a due date gives `End of Sept 2019`.
        """
        in_list = claim.field in self._lists
        answers = (
            value
            for key in (claim.key, "")
            # Sent again with another spelling, the later one is how they would put it now.
            for value in reversed(self._typed.get((claim.lead, key, claim.field), []))
        )
        return next(
            (value.text for value in answers if claim.holds(value.canonical, in_list=in_list)), ""
        )
