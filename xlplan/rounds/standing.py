"""status: the round at a glance, and the next step in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from xlplan.mapping.load import load_text
from xlplan.plan.findings import Finding
from xlplan.plan.rounds import Round, TakenReturn
from xlplan.rounds.comparing import compare
from xlplan.rounds.desk import Desk, NothingDone
from xlplan.rounds.documents import Document, finding_document
from xlplan.rounds.places import warn_of_synced
from xlplan.store import Store

LeadStatus = Literal["returned", "outstanding", "late", "refused"]


@dataclass(frozen=True, slots=True)
class LeadStanding:
    """One lead in one round. `days_late`: days after the return-by date that the return came, or has not come."""

    lead: str
    actions: int
    status: LeadStatus
    nil: bool
    days_late: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A round at a glance."""

    round: Round | None
    leads: list[LeadStanding]
    waiting: int
    questions: int
    proposed: int
    next: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """Always 0: looking needs nobody."""
        return 0

    def document(self) -> Document:
        """The JSON document of status."""
        return {
            "round": self.round.name if self.round else None,
            "return_by": self.round.return_by if self.round else None,
            "leads": [
                {
                    "lead": one.lead,
                    "actions": one.actions,
                    "status": one.status,
                    "nil": one.nil,
                    "days_late": one.days_late,
                }
                for one in self.leads
            ],
            "waiting": self.waiting,
            "questions": self.questions,
            "proposed": self.proposed,
            "next": self.next,
            "findings": [finding_document(found) for found in self.findings],
        }


def standing(desk: Desk, *, round_name: str = "") -> Standing:
    """How a round stands: who has answered, what waits, and what to do next.

    Raises:
        NothingDone: no round has that name.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        this_round = find_round(store, round_name)
        leads = lead_standings(store, this_round, desk.today) if this_round else []
        compared = compare(store)
    waiting, questions, proposed = (
        len(compared.merged.changes) + len(compared.accepted),
        len(compared.questions),
        len(compared.proposals),
    )
    sentence = _next_step(this_round, leads, waiting, questions + proposed)
    return Standing(this_round, leads, waiting, questions, proposed, sentence, warn_of_synced(desk))


def find_round(store: Store, name: str = "") -> Round | None:
    """The round of that name or unique beginning; without a name the open one, else the last.

    Raises:
        NothingDone: no round, or more than one, is called so.
    """
    rounds = store.rounds()
    if not name:
        return store.current_round() or (rounds[-1] if rounds else None)
    exact = [one for one in rounds if one.name == name]
    like = exact or [one for one in rounds if one.name.casefold().startswith(name.casefold())]
    if len(like) == 1:
        return like[0]
    known = ", ".join(one.name for one in rounds) or "none"
    problem = "no round" if not like else "more than one round"
    raise NothingDone(f"There is {problem} called '{name}'.", f"Rounds: {known}.")


def lead_standings(store: Store, this_round: Round, today: date) -> list[LeadStanding]:
    """Each lead who was sent a workbook in the round, in the order they were sent; not the office's own."""
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
        theirs = [taken for taken in returns if taken.lead == lead and taken.status != "duplicate"]
        standings.append(_standing(lead, len(keys), theirs, this_round, today))
    return standings


def _standing(lead: str, actions: int, theirs: list[TakenReturn], this_round: Round, today: date) -> LeadStanding:
    return_by = date.fromisoformat(this_round.return_by)
    good = [taken for taken in theirs if taken.status != "refused"]
    if good:
        first = min(_came(taken) for taken in good)
        late = max(0, (date.fromisoformat(first[:10]) - return_by).days)
        nil = all(taken.nil for taken in good)
        return LeadStanding(lead, actions, "late" if late else "returned", nil, late)
    overdue = max(0, (today - return_by).days)
    return LeadStanding(lead, actions, "refused" if theirs else "outstanding", False, overdue)


def _came(taken: TakenReturn) -> str:
    """When an answer came: the officer may import days after it, so the file's own stamp counts when it is earlier."""
    return min(taken.saved_at or taken.arrived_at, taken.arrived_at)


def _next_step(this_round: Round | None, leads: list[LeadStanding], waiting: int, questions: int) -> str:
    if this_round is None:
        return "Send the first round with `xlplan export --round NAME --return-by DATE`."
    if questions:
        return f"Decide {_count(questions, 'open question')} with `xlplan decisions`, then `xlplan merge`."
    if waiting:
        return f"Put {_count(waiting, 'waiting change')} into the plan with `xlplan merge`."
    if this_round.closed is not None:
        return "The round is closed: export the next one with `xlplan export`."
    missing = sum(1 for one in leads if one.status in {"outstanding", "refused"})
    if missing:
        verb = "has" if missing == 1 else "have"
        return f"{_count(missing, 'lead')} {verb} not returned: `xlplan remind` drafts reminders."
    return "Everybody has returned and everything is merged: write the report, and close the round."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
