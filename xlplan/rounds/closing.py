"""close: the round ends."""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.plan.rounds import Round
from xlplan.reports.documents import Document
from xlplan.rounds.papers.standings import lead_standings
from xlplan.rounds.session.session import NothingDone, Session
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
    """End the open round.

    Raises:
        NothingDone: no round is open.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        current = store.current_round()
        if current is None:
            raise NothingDone("No round is open.", "Open one with `xlplan export`.")
        # Whose file was refused has still to send one that can be read.
        missing = [
            standing
            for standing in lead_standings(store, current, session.today)
            if standing.status in {"outstanding", "refused"}
        ]
        store.close_round(current.id, session.stamp)
    return ClosedRound(current, len(missing), final)
