"""close: the round ends."""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.plan.rounds import Round
from xlplan.rounds.desk import Desk, NothingDone
from xlplan.rounds.documents import Document
from xlplan.rounds.standing import lead_standings
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class Closed:
    """A round that ended, and how many leads had not answered."""

    round: Round
    outstanding: int
    final: bool

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of close."""
        return {"round": self.round.name, "outstanding": self.outstanding, "final": self.final}


def close_round(desk: Desk, *, final: bool = False) -> Closed:
    """End the open round.

    Raises:
        NothingDone: no round is open.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        current = store.current_round()
        if current is None:
            raise NothingDone("No round is open.", "Open one with `xlplan export`.")
        missing = [
            one for one in lead_standings(store, current, desk.today) if one.status in {"outstanding", "refused"}
        ]
        store.close_round(current.id, desk.stamp)
    return Closed(current, len(missing), final)
