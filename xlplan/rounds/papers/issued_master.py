"""The master workbook as an issue of its own: every row carries a token, so that it can come
back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Plan
from xlplan.plan.rounds import Issue, IssuedRow
from xlplan.rounds.session.session import Session
from xlplan.store import Store
from xlplan.workbook.kit.marks import make_code


@dataclass(frozen=True, slots=True)
class MasterMarks:
    """What tells one master workbook: its visible code, and a token for each row of an action or a
    measure.
    """

    code: str = ""
    tokens: dict[str, str] = field(default_factory=dict)


def marked(
    session: Session, store: Store, mapping: PlanMapping, plan: Plan, revision: int, path: Path
) -> MasterMarks:
    """Note in the store that a master workbook is written next: its rows come back by their tokens.

    Inside `store.writing`, before the file is seen.
    """
    rounds = store.rounds()
    identity = session.token()
    code = make_code(identity)
    # Offices sort, cut and paste the rows of their master: no row can be told by its place.
    tokens = {item.key: session.token() for item in (*plan.actions, *plan.of_kind("measure"))}
    # A master for the board may be written when the round is closed.
    this_round = store.current_round() or (rounds[-1] if rounds else None)
    number = this_round.id if this_round else None
    issue = Issue(
        identity,
        "master",
        number,
        mapping.office.name,
        code,
        session.shown(path),
        revision,
        session.stamp,
    )
    rows = [
        IssuedRow(token, identity, key, place)
        for place, (key, token) in enumerate(tokens.items(), start=1)
    ]
    store.add_issue(issue, rows)
    return MasterMarks(code, tokens)
