"""What became of the officer's earlier decisions: a word where one rests, or holds against all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from xlplan.merge import Answered
from xlplan.plan.changes import Change, Decision, Question
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import StoredReturn
from xlplan.rounds.compared.comparing import Waiting

Places = Collection[tuple[str, str]]
"""Cells as (key, field)."""


def places_in(returns: Iterable[StoredReturn]) -> frozenset[tuple[str, str]]:
    """The cells that returns speak of."""
    return frozenset(
        (row.home, cell.field) for taken in returns for row in taken.rows for cell in row.cells
    )


def told_of_decisions(compared: Waiting, about: Places | None = None) -> list[Finding]:
    """A word on each decision that rests, since nobody says any more what it took, and on each that
    keeps the plan though all now say one other value. `about`: of these cells alone.
    """
    return [
        Teller("").of_item(cell.key, _called(cell.key, compared))(
            code,
            field=cell.field,
            value=value,
            number=decision.question,
        )
        for code, cell, decision, value in _found(compared)
        if about is None or (cell.key, cell.field) in about
    ]


def _found(compared: Waiting) -> Iterator[tuple[str, Question | Change, Decision, str]]:
    for one in compared.merged.resting:
        if isinstance(one.about, Question | Change):
            yield "decision-rests", one.about, one.decision, one.decision.value.text
    for one in compared.merged.answered:
        if _holds_against_all(one) and isinstance(one.about, Change):
            yield "decision-kept", one.about, one.decision, one.about.new.text


def _holds_against_all(one: Answered) -> bool:
    """Whether the plan is kept, as was decided among several values, against one that all say."""
    if one.decision.choice != "master" or one.decision.grounds == one.about.grounds:
        return False
    return len({claim.canonical for claim in one.decision.grounds.cells}) > 1


def _called(key: str, compared: Waiting) -> str:
    item = compared.plan.items.get(key)
    return item.called if item else ""
