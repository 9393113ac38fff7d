"""One voice a lead and issue: what all the returns of one workbook say together about one cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from xlplan.merge.model import Field, NotTaken, PlainTable
from xlplan.plan.changes import Candidate, Reason, Source
from xlplan.plan.values import BLANK, Value


@dataclass(frozen=True, slots=True)
class Statement:
    """One value and the cell it stood in."""

    value: Value
    source: Source


def source_order(source: Source) -> tuple[str, ...]:
    """By lead, then by where it stood."""
    return source.lead, source.file, source.sheet, source.cell, source.at


Cells = dict[str, Statement]
"""One row of a return, by field."""


@dataclass(slots=True)
class Heard:
    """A return whose rows are sorted and read: for each key its rows, more than one where it was
    repeated.

    `apart` are rows whose answers name the key but stand on another row: they wait, and move
    nothing.
    """

    lead: str
    round: str
    base: PlainTable
    rows: dict[str, list[Cells]] = field(default_factory=dict)
    apart: dict[str, list[Cells]] = field(default_factory=dict)
    whole: bool = False

    def speaks(self, key: str) -> bool:
        """Whether the rows of a key count by themselves: none of them waits."""
        return key in self.rows

    def of(self, key: str) -> list[Cells]:
        """The rows of a key; where there are none, those that wait to be one."""
        return self.rows.get(key) or self.apart.get(key, [])


@dataclass(frozen=True, slots=True)
class Voice:
    """What one lead says now about one cell. `base` is None when the row had none.

    `said` holds the distinct values of their latest answer; `back` is where that answer was put
    back to its base. `doubt` is why this voice alone does not settle the cell, None for a plain
    move. `replaced` are the meanings of their earlier answers.
    """

    lead: str
    round: str
    base: Value | None
    said: tuple[Statement, ...]
    doubt: Reason | None = None
    back: Statement | None = None
    replaced: frozenset[str] = frozenset()

    def candidates(self, master: Value) -> list[Candidate]:
        """The values to choose from. Of an answer taken back, only what would move the plan."""
        statements = [*self.said, self.back] if self.back else list(self.said)
        if self.doubt == "taken-back" or self.back:
            statements = [
                statement for statement in statements if not statement.value.means(master)
            ]
        return [Candidate(statement.value, statement.source) for statement in statements]


@dataclass(frozen=True, slots=True)
class PlanCell:
    """One cell of the plan. `origin` names the leads whose earlier answers alone gave it its
    present value.

    None: nobody told, so that what the voices' own earlier answers say is taken for it.
    """

    key: str
    field: Field
    master: Value
    origin: frozenset[str] | None = frozenset()


def distinct(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """The first of each meaning."""
    firsts: dict[str, Statement] = {}
    for statement in said:
        firsts.setdefault(statement.value.canonical, statement)
    return tuple(firsts.values())


def listen(cell: PlanCell, returns: Sequence[Heard], superseded: list[NotTaken]) -> Voice | None:
    """The voice of one lead about one cell, None when they left it as it was.

    `returns` are those of one issue, oldest first. What a newer one replaces goes to `superseded`.
    A latest answer in a row that waits is no voice yet, but it replaces the ones before it, unless
    they say the same and do not wait.
    """
    name = cell.field.key
    told = [
        (heard, distinct(row[name] for row in heard.of(cell.key) if name in row))
        for heard in returns
    ]
    told = [(heard, saying) for heard, saying in told if saying]
    sayings = [saying for _, saying in told]
    if not sayings:
        return None
    lead, label = returns[-1].lead, returns[-1].round
    base = base_of(cell, returns[-1].base)
    if returns[-1].whole:
        cell = replace(cell, field=replace(cell.field, fresh=False))
    answers = [
        number
        for number, saying in enumerate(sayings)
        if any(moves(cell, base, statement.value) for statement in saying)
    ]
    if not answers:
        return _silent_or_back(cell, lead, label, base, sayings[-1][0])
    latest = sayings[answers[-1]]
    earlier = [
        statement
        for number in answers[:-1]
        for statement in sayings[number]
        if moves(cell, base, statement.value)
    ]
    _replace(cell, lead, latest, earlier, superseded)
    if not told[answers[-1]][0].speaks(cell.key):
        straight = [
            saying
            for heard, saying in (told[number] for number in answers)
            if heard.speaks(cell.key)
        ]
        if not straight or not _meanings(straight[-1]) <= _meanings(latest):
            return None
        latest = straight[-1]
    # Leads often start afresh from the workbook as it was sent, and type only what is new.
    back = _put_back(base, sayings[-1][0]) if answers[-1] < len(sayings) - 1 else None
    replaced = _meanings(earlier)
    return Voice(lead, label, base, latest, _doubt(base, latest, back), back, replaced)


def base_of(cell: PlanCell, base: PlainTable) -> Value | None:
    """What the plan held when the lead was issued the row; None when the row has no base."""
    row = base.get(cell.key)
    return None if row is None else cell.field.keep(row.get(cell.field.key))


def moves(cell: PlanCell, base: Value | None, value: Value) -> bool:
    """Whether a value is a move: from the empty cell of a fresh field, from the base, or from the
    plan without one.
    """
    if cell.field.fresh and (base is not None or not value):
        return bool(value)
    return not value.means(cell.master if base is None else base)


# how many values | the row's base | newer, back at base | blank | the voice is in doubt as
# several          | any            | any                 | any   | repeated-row
# one              | none           | any                 | any   | no-base
# one              | known          | yes                 | any   | taken-back
# one              | known          | no                  | yes   | cleared
# one              | known          | no                  | no    | nothing: a plain move
def _doubt(
    base: Value | None, latest: tuple[Statement, ...], back: Statement | None
) -> Reason | None:
    if len(latest) > 1:
        return "repeated-row"
    if base is None:
        return "no-base"
    if back is not None:
        return "taken-back"
    return None if latest[0].value else "cleared"


def _silent_or_back(
    cell: PlanCell, lead: str, label: str, base: Value | None, last: Statement
) -> Voice | None:
    """Unmoved: nothing said, unless an earlier answer of theirs is in the plan and this one returns
    to the issue.
    """
    if base is None or lead not in (cell.origin or ()) or base.means(cell.master):
        return None
    said = (Statement(cell.master, Source(lead)),)
    return Voice(lead, label, base, said, "taken-back", _put_back(base, last))


def _put_back(base: Value | None, last: Statement) -> Statement:
    return Statement(last.value if base is None else base, last.source)


def _meanings(said: Iterable[Statement]) -> frozenset[str]:
    return frozenset(statement.value.canonical for statement in said)


def _replace(
    cell: PlanCell,
    lead: str,
    latest: tuple[Statement, ...],
    earlier: Iterable[Statement],
    superseded: list[NotTaken],
) -> None:
    now = _meanings(latest)
    superseded.extend(
        NotTaken(lead, cell.key, cell.field.key, statement.value, statement.source)
        for statement in distinct(earlier)
        if statement.value.canonical not in now
    )


def shown(cell: PlanCell, base: Value | None) -> Value:
    """What stood in the lead's cell when it was issued."""
    return BLANK if base is None or cell.field.fresh else base
