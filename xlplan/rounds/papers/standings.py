"""How each lead stands in a round: returned, late, outstanding, refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xlplan.mapping.load import load_text
from xlplan.plan.rounds import Round, StoredReturn
from xlplan.store import Store

LeadStatus = Literal["returned", "outstanding", "late", "refused"]


@dataclass(frozen=True, slots=True)
class LeadStanding:
    """One lead in one round. `days_late`: days after the return-by date that the return came, or
    has not come.
    """

    lead: str
    actions: int
    status: LeadStatus
    nil: bool
    days_late: int


def lead_standings(store: Store, this_round: Round, today: date) -> list[LeadStanding]:
    """Each lead who was sent a workbook in the round, in the order they were sent; not the office's
    own.
    """
    returns = [taken for taken in store.returns() if taken.round == this_round.id]
    standings = []
    actions: dict[str, set[str]] = {}
    office = load_text(store.mapping_toml(), "the mapping in use").office.name
    led = {item.key for item in store.snapshot().of_kind("action")}
    for issue in store.issues(round=this_round.id):
        if issue.kind == "update" and issue.lead != office:
            actions.setdefault(issue.lead, set()).update(
                key for row in store.rows_of(issue.id) if (key := row.key) in led
            )
    for lead, keys in actions.items():
        # Leads mail a file and put the same one on the shared drive.
        theirs = [taken for taken in returns if taken.lead == lead and taken.status != "duplicate"]
        standings.append(_standing(lead, len(keys), theirs, this_round, today))
    return standings


def _standing(
    lead: str, actions: int, theirs: list[StoredReturn], this_round: Round, today: date
) -> LeadStanding:
    return_by = date.fromisoformat(this_round.return_by)
    good = [taken for taken in theirs if taken.status != "refused"]
    if good:
        # Who answered in time and sends a correction after the day is not late.
        first = min(_came(taken) for taken in good)
        late = max(0, (date.fromisoformat(first[:10]) - return_by).days)
        nil = all(taken.nil for taken in good)
        return LeadStanding(lead, actions, "late" if late else "returned", nil, late)
    overdue = max(0, (today - return_by).days)
    return LeadStanding(lead, actions, "refused" if theirs else "outstanding", False, overdue)


def _came(taken: StoredReturn) -> str:
    """When an answer came: the officer may import days after it, so the file's own stamp counts
    when it is earlier.
    """
    return min(taken.saved_at or taken.arrived_at, taken.arrived_at)
