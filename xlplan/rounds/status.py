"""status: the round at a glance, and the next step in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlplan.plan.findings.finding import Finding
from xlplan.plan.rounds import Round
from xlplan.plan.text.english import counted, verb
from xlplan.reports.documents import Document, finding_document
from xlplan.rounds.compared.comparing import compare
from xlplan.rounds.papers.standings import LeadStanding, lead_standings
from xlplan.rounds.session.folders import warn_of_synced
from xlplan.rounds.session.session import Session
from xlplan.rounds.session.when import find_round
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """A round at a glance."""

    round: Round | None
    leads: list[LeadStanding]
    waiting: int
    questions: int
    proposed: int
    next: str
    over: str = ""
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
                    "lead": lead.lead,
                    "actions": lead.actions,
                    "status": lead.status,
                    "nil": lead.nil,
                    "days_late": lead.days_late,
                }
                for lead in self.leads
            ],
            "waiting": self.waiting,
            "questions": self.questions,
            "proposed": self.proposed,
            "next": self.next,
            "over": self.over or None,
            "findings": [finding_document(found) for found in self.findings],
        }


def standing(session: Session, *, round_name: str = "") -> Standing:
    """How a round stands: who has answered, what waits, and what to do next.

    Raises:
        NothingDone: no round has that name.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        this_round = find_round(store, round_name)
        leads = lead_standings(store, this_round, session.today) if this_round else []
        compared, over = compare(store), store.over()[:10]
    waiting, questions, proposed = (
        len(compared.merged.changes) + len(compared.accepted),
        len(compared.questions),
        len(compared.proposals),
    )
    sentence = _next_step(this_round, leads, waiting, questions + proposed, over)
    # OneDrive or Dropbox carries a plan off between two computers that both write it.
    synced = warn_of_synced(session)
    return Standing(this_round, leads, waiting, questions, proposed, sentence, over, synced)


def _next_step(
    this_round: Round | None, leads: list[LeadStanding], waiting: int, questions: int, over: str
) -> str:
    if this_round is None:
        return "Send the first round with `xlplan export --round NAME --return-by DATE`."
    if questions:
        return (
            f"Decide {counted(questions, 'open question')} with `xlplan decisions`, then "
            "`xlplan merge`."
        )
    if waiting:
        return f"Put {counted(waiting, 'waiting change')} into the plan with `xlplan merge`."
    if over:
        return f"The plan is over since {over}; `xlplan export --reopen` goes on with it."
    if this_round.closed is not None:
        return "The round is closed: export the next one with `xlplan export`."
    # Leads whose file could not be opened have still to send one.
    missing = sum(1 for lead in leads if lead.status in {"outstanding", "refused"})
    if missing:
        have = verb(missing, "has", "have")
        return f"{counted(missing, 'lead')} {have} not returned: `xlplan remind` drafts reminders."
    return "Everybody has returned and everything is merged: write the report, and close the round."
