"""The master workbook as an issue of its own: every row carries a token, so that it can come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from xlplan.mapping.model import Mapping
from xlplan.plan.model import Plan
from xlplan.plan.rounds import Issue, IssuedRow
from xlplan.rounds.desk import Desk
from xlplan.store import Store
from xlplan.workbook.marks import make_code


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells one master workbook: its visible code, and a token for each row of an action or a measure."""

    code: str = ""
    tokens: dict[str, str] = field(default_factory=dict)


def marked(desk: Desk, store: Store, mapping: Mapping, plan: Plan, revision: int, path: Path) -> Marks:
    """Note in the store that a master workbook is written next: its rows come back by their tokens.

    Inside `store.writing`, before the file is seen.
    """
    rounds = store.rounds()
    identity = desk.token()
    code = make_code(identity)
    tokens = {item.key: desk.token() for item in (*plan.actions, *plan.of_kind("measure"))}
    this_round = store.current_round() or (rounds[-1] if rounds else None)
    number = this_round.id if this_round else None
    issue = Issue(identity, "master", number, mapping.office.name, code, desk.shown(path), revision, desk.stamp)
    rows = [IssuedRow(token, identity, key, place) for place, (key, token) in enumerate(tokens.items(), start=1)]
    store.add_issue(issue, rows)
    return Marks(code, tokens)
