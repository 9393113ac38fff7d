"""close: the round ends."""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.plan.rounds import Round
from xlplan.reports.documents import Document
from xlplan.rounds.exporting import REOPEN
from xlplan.rounds.papers.standings import lead_standings
from xlplan.rounds.session.session import NothingDone, Session
from xlplan.rounds.session.when import find_round
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class ClosedRound:
    """A round that ended, and how many leads had not answered."""

    round: Round
    outstanding: int
    final: bool

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of close."""
        return {"round": self.round.name, "outstanding": self.outstanding, "final": self.final}


def close_round(session: Session, *, final: bool = False) -> ClosedRound:
    """End the open round; with `final` the plan is over, and nothing is exported until it is opened
    again.

    Raises:
        NothingDone: no round is open; with `final`, there was none, or the plan is over already.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        current = store.current_round()
        if final and store.over():
            raise NothingDone("The plan is over already.", REOPEN)
        # The last round may have ended before anybody knew that it was the last.
        current = current or (find_round(store) if final else None)
        if current is None:
            raise NothingDone("No round is open.", "Open one with `xlplan export`.")
        # Whose file was refused has still to send one that can be read.
        missing = [
            standing
            for standing in lead_standings(store, current, session.today)
            if standing.status in {"outstanding", "refused"}
        ]
        store.close_round(current.id, session.stamp)
        if final:
            store.set_over(session.stamp)
    return ClosedRound(current, len(missing), final)
