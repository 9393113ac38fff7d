"""An edition that nobody has vouched for: what is new in it, and the one question about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Candidate, Question, Source
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.grounds import ROW
from xlplan.plan.model import Plan
from xlplan.plan.rounds import StoredReturn
from xlplan.plan.text.english import counted
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.compared.fields import lead_fields
from xlplan.rounds.compared.speaking import proposed, proposed_before, stamp_of

ASKED = "edition-asked"
"""The finding that says what is new in an edition; the question says the same."""


@dataclass(frozen=True, slots=True)
class News:
    """How many cells and new rows of an edition are new to the plan; `of_leads`: in fields that
    leads fill in.
    """

    changes: int
    of_leads: int

    def finding(self, file: str) -> Finding:
        """What is new, as the officer is asked about it."""
        others = self.changes - self.of_leads
        value = counted(self.changes, "change")
        of_leads = self.of_leads or "none"
        return Teller(file)(ASKED, value=value, of_leads=of_leads, others=others or "none")


def news_of(
    taken: StoredReturn, plan: Plan, mapping: PlanMapping, before: Iterable[StoredReturn]
) -> News:
    """What an edition says that the plan does not, and that no return `before` has had an answer
    to.
    """
    moved: set[tuple[str, str]] = set()
    known, rows = proposed_before(before), 0
    for row in taken.rows:
        if row.kind == "proposed":
            # Offices go on working in an old copy of their master, with rows that were answered
            # long ago.
            rows += proposed(taken, row) not in known
        elif row.kind in {"answered", "held"}:
            item = plan.items.get(row.home)
            now = {cell.field: item.get(cell.field) if item else BLANK for cell in row.cells}
            moved |= {
                (row.home, cell.field)
                for cell in row.cells
                # A master may be weeks old when it comes back: the plan has some of its changes by
                # then.
                if cell.moved and not cell.value.means(now[cell.field])
            }
    theirs = lead_fields(mapping)
    return News(len(moved) + rows, sum(name in theirs for _, name in moved))


def edition_question(taken: StoredReturn, told: Finding, office: str) -> Question:
    """The question whether a file is the office's edition, bound to its bytes. `told` is what is
    new in it.
    """
    value = Value(told.value or "", taken.sha256)
    source = Source(office, taken.name, at=stamp_of(taken), returned=taken.id)
    return Question("", ROW, "edition", BLANK, BLANK, (Candidate(value, source),), told.message)
