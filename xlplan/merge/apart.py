"""Answers sorted apart from their rows: asked about once a file, with the mended order for one yes
or no.

A row whose two tokens differ never moves a cell by itself, and values alone are never called a
permutation: only what the second token says of a row is believed. Accepted, the answers speak for
the rows they name as if they had never left them, and every cell goes through the usual comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from xlplan.merge.decisions import Decisions
from xlplan.merge.holding import allows, row_candidate
from xlplan.merge.model import Field, NotTaken, PlainTable
from xlplan.merge.rows import Detached
from xlplan.merge.voices import Heard, PlanCell, Statement, base_of, moves
from xlplan.plan.changes import Candidate, Decision, Question
from xlplan.plan.grounds import ROW
from xlplan.plan.values import BLANK, Value


@dataclass(frozen=True, slots=True)
class Held:
    """A row whose answers came apart, with what it would change in the row that the answers
    name.
    """

    row: Detached
    candidate: Candidate


def held_rows(
    rows: Iterable[Detached], master: PlainTable, fields: Mapping[str, Field]
) -> list[Held]:
    """The detached rows that say anything."""
    held = []
    for row in rows:
        edits = [
            (name, said)
            for name, said in row.cells.items()
            if _moves(row.target, name, said, row.heard, master, fields)
        ]
        if edits:
            cells = ((name, said.value) for name, said in edits)
            candidate = row_candidate(cells, edits[0][1].source, row.key, row.target)
            held.append(Held(row, candidate))
    return held


def not_replaced(
    rows: Sequence[Detached],
    issues: Sequence[Sequence[Heard]],
    master: PlainTable,
    fields: Mapping[str, Field],
    superseded: list[NotTaken],
) -> list[Detached]:
    """The detached rows without what a newer return of their lead and issue says anew of the rows
    they name.

    What it replaces goes to `superseded`: a lead who sends the file again in the right order has
    answered themself.
    """
    ages = {
        id(heard): (number, age)
        for number, issue in enumerate(issues)
        for age, heard in enumerate(issue)
    }
    left = []
    for row in rows:
        number, age = ages[id(row.heard)]
        newer = issues[number][age + 1 :]
        if not newer:
            left.append(row)
            continue
        kept = {}
        for name, said in row.cells.items():
            anew = _said_of(row.target, name, newer, rows, master, fields)
            if not anew:
                kept[name] = said
            elif said.value.canonical not in anew and _moves(
                row.target, name, said, row.heard, master, fields
            ):
                superseded.append(NotTaken(row.lead, row.target, name, said.value, said.source))
        left.append(replace(row, cells=kept))
    return left


def _said_of(
    key: str,
    name: str,
    returns: Sequence[Heard],
    detached: Iterable[Detached],
    master: PlainTable,
    fields: Mapping[str, Field],
) -> set[str]:
    """The meanings of what these returns say of a cell, in its own row or in answers that
    name it.
    """
    found = [(heard, cells) for heard in returns for cells in heard.rows.get(key, ())]
    found += [
        (row.heard, row.cells)
        for row in detached
        if row.target == key and any(row.heard is heard for heard in returns)
    ]
    return {
        cells[name].value.canonical
        for heard, cells in found
        if name in cells and _moves(key, name, cells[name], heard, master, fields)
    }


def hold_detached(
    rows: Iterable[Held], as_sent: Iterable[Held], master: PlainTable, decisions: Decisions
) -> list[Question]:
    """Ask once about every file in which answers came apart; where that was accepted, they speak
    for their own rows.

    `as_sent` are the rows as they came: a decision on those holds for what a newer return has left
    of them. So does one on a file of which some answers are settled by now.
    """
    came, questions = _by_file(as_sent), []
    for file, same in _by_file(rows).items():
        question = _question(same, master)
        # A lead may put some rows right and send the file again: what is left is the same question.
        said_in = {held.row.heard.round for held in same}
        whole = _question(came.get(file, same), master)
        decision = decisions.on(question, said_in) or decisions.on(whole, said_in)
        if decision is None and any(held.row.rest for held in same):
            decision = decisions.on_more_than(question, said_in)
        if decision is None:
            questions.append(decisions.noted(question))
            continue
        decisions.record(question, decision)
        for held in same:
            if allows(decision, held.row.lead):
                held.row.heard.apart.pop(held.row.target, None)
                held.row.heard.add(_home(held.row, decision, master), held.row.cells)
    return questions


def _by_file(rows: Iterable[Held]) -> dict[tuple[str, str, str], list[Held]]:
    by_file: dict[tuple[str, str, str], list[Held]] = {}
    for held in rows:
        by_file.setdefault(held.row.file, []).append(held)
    return by_file


def _question(rows: Iterable[Held], master: PlainTable) -> Question:
    """One question about all of a file's rows; equal rows, of a sheet that was copied, stand
    once.
    """
    places = {key: number for number, key in enumerate(master)}
    listed = sorted(
        (held.candidate for held in rows),
        key=lambda candidate: (places.get(candidate.stands, len(places)), candidate.to),
    )
    first = {candidate.value.canonical: candidate for candidate in reversed(listed)}
    # People copy a whole sheet before they sort it, and send the file with both.
    candidates = tuple(reversed(first.values()))
    order = "; ".join(_step(candidate, master) for candidate in candidates)
    return Question(
        candidates[0].stands,
        ROW,
        "detached",
        BLANK,
        BLANK,
        candidates,
        f"The mended order: {order}.",
    )


def _step(candidate: Candidate, master: PlainTable) -> str:
    stands, to = (_ref(key, master) for key in (candidate.stands, candidate.to))
    return (
        f"what stands on {stands} stays"
        if stands == to
        else f"what stands on {stands} belongs to {to}"
    )


def _ref(key: str, master: PlainTable) -> str:
    """What people call a row: its ref, where the table has refs."""
    ref = master.get(key, {}).get("ref")
    return (ref.text if isinstance(ref, Value) else str(ref or "")) or key


def _moves(
    key: str,
    name: str,
    said: Statement,
    heard: Heard,
    master: PlainTable,
    fields: Mapping[str, Field],
) -> bool:
    """Whether a value differs from what the lead was shown in a row."""
    field = fields[name]
    cell = PlanCell(key, field, field.keep(master.get(key, {}).get(name)))
    return moves(cell, base_of(cell, heard.base), said.value)


def _home(row: Detached, decision: Decision, master: PlainTable) -> str:
    """The row that accepted answers speak for: the one they name, unless the officer names
    another.
    """
    return decision.same_as if decision.same_as in master else row.target
