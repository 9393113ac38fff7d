"""One voice a lead: what all the returns of all their workbooks say together about one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from xlplan.merge.model import Field, NotTaken, Plain, PlainTable, Return, ReturnedRow
from xlplan.plan.changes import Candidate, Reason, Source
from xlplan.plan.values import BLANK, Value


class Statement(NamedTuple):
    """One value and the cell it stood in. `settled`: it was merged or decided before."""

    value: Value
    source: Source
    settled: bool = False


def source_order(source: Source) -> tuple[str, ...]:
    """By lead, then by where it stood."""
    return source.lead, source.file, source.sheet, source.cell, source.at


class ReturnedCells(Mapping[str, Statement]):
    """One row of a return, by field, in the columns that the merge knows; each read when it is
    asked for.
    """

    __slots__ = ("_fields", "_of", "_row", "_settled")

    def __init__(
        self, of: Return, row: ReturnedRow, fields: Mapping[str, Field], settled: bool = False
    ) -> None:
        self._of, self._row, self._fields, self._settled = of, row, fields, settled

    def __getitem__(self, name: str) -> Statement:
        source = self._row.sources.get(name) or Source(self._of.lead, self._of.name)
        return Statement(self._fields[name].read(self._row.values[name]), source, self._settled)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._row.values if name in self._fields)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: object) -> bool:
        return name in self._row.values and name in self._fields

    @property
    def raw(self) -> Mapping[str, Plain]:
        """The values as they came, unread, other columns too."""
        return self._row.values


Row = Mapping[str, Statement]
"""What a row says, by field."""


@dataclass(slots=True)
class Heard:
    """A return whose rows are sorted and read: for each key its rows, more than one where it was
    repeated.

    `apart` are rows whose answers name the key but stand on another row: they wait, and move
    nothing. `proposal`: it is a proposed action that the officer knows as one of the plan. `turn`
    is the place of its issue among those of its lead.
    """

    lead: str
    round: str
    base: PlainTable
    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    apart: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    whole: bool = False
    proposal: bool = False
    turn: tuple[Any, ...] = ()

    def speaks(self, key: str) -> bool:
        """Whether the rows of a key count by themselves: none of them waits."""
        return key in self.rows

    def of(self, key: str) -> tuple[Row, ...]:
        """The rows of a key; where there are none, those that wait to be one."""
        return self.rows.get(key) or self.apart.get(key, ())

    def add(self, key: str, row: Row) -> None:
        """Hear one more row of a key."""
        self.rows[key] = (*self.rows.get(key, ()), row)


class Voice(NamedTuple):
    """What one lead says now about one cell. `base` is None when the row had none; `table` is all
    that their workbook showed.

    `said` holds the distinct values of their latest answer; `back` is where that answer was put
    back to its base. `doubt` is why this voice alone does not settle the cell, None for a plain
    move. `replaced` are the meanings of their earlier answers, `instead_of` those of other issues,
    each with what it was said instead of.
    """

    lead: str
    round: str
    base: Value | None
    said: tuple[Statement, ...]
    doubt: Reason | None = None
    back: Statement | None = None
    replaced: frozenset[str] = frozenset()
    table: PlainTable = MappingProxyType({})
    instead_of: Mapping[str, str] = MappingProxyType({})

    def was_shown(self, master: Value) -> bool:
        """Whether the plan is as it was when they were sent their workbook, or as it was before
        their own earlier answers, where their workbook shows those.
        """
        # An undo takes what they had said before out of the plan; they have not been told.
        meaning = self.base.canonical if self.base is not None else master.canonical
        before = dict(self.instead_of)
        while meaning != master.canonical and meaning in before:
            meaning = before.pop(meaning)
        return meaning == master.canonical

    @property
    def settled(self) -> bool:
        """Whether all of it was merged or decided before: it counts as said, and moves nothing by
        itself.
        """
        return all(one.settled for one in self.said) and (self.back is None or self.back.settled)

    def candidates(self, master: Value) -> list[Candidate]:
        """The values to choose from. Of an answer taken back, only what would move the plan."""
        statements = [*self.said, self.back] if self.back else list(self.said)
        if self.doubt == "taken-back" or self.back:
            statements = [
                statement for statement in statements if not statement.value.means(master)
            ]
        return [Candidate(statement.value, statement.source) for statement in statements]


class PlanCell(NamedTuple):
    """One cell of the plan. `origin` names the leads whose earlier answers alone gave it its
    present value, in this issue; `credit` those who did, in whichever round.

    None: nobody told, so that what the voices' own earlier answers say is taken for it.
    """

    key: str
    field: Field
    master: Value
    origin: frozenset[str] | None = frozenset()
    credit: frozenset[str] = frozenset()


def distinct(said: Iterable[Statement]) -> tuple[Statement, ...]:
    """The first of each meaning; one that waits before one that is settled."""
    several = tuple(said)
    if len(several) < 2:
        return several
    firsts: dict[str, Statement] = {}
    for statement in several:
        first = firsts.setdefault(statement.value.canonical, statement)
        if first.settled and not statement.settled:
            firsts[statement.value.canonical] = statement
    return tuple(firsts.values())


def one_voice(
    cell: PlanCell, issues: Sequence[Sequence[Heard]], superseded: list[NotTaken]
) -> list[Voice]:
    """What a lead says about a cell in all their issues, the earliest first: one voice, or none.

    The later issue's answer stands where it says something; of issues that nothing orders, each
    does. In a list of entries each round has its own.
    """
    # Leads find last month's workbook again, and fill in both.
    spoken = [
        (issue[0].turn, voice) for issue in issues if (voice := listen(cell, issue, superseded))
    ]
    if cell.field.rule == "append":
        by_round = groupby(spoken, key=lambda one: one[1].round)
        return [voice for _, same in by_round for voice in _latest(cell, list(same), superseded)]
    return _latest(cell, spoken, superseded)


def _latest(
    cell: PlanCell, spoken: Sequence[tuple[tuple[Any, ...], Voice]], superseded: list[NotTaken]
) -> list[Voice]:
    """The latest of one lead's answers, oldest first; the ones before it are superseded."""
    if len(spoken) < 2:
        return [voice for _, voice in spoken]
    latest = [voice for turn, voice in spoken if turn == spoken[-1][0]]
    earlier = [voice for turn, voice in spoken if turn != spoken[-1][0]]
    if not earlier:
        return latest
    before = [statement for voice in earlier for statement in voice.said]
    gone = _meanings(before).union(*(voice.replaced for voice in earlier))
    instead_of = {
        said.value.canonical: voice.base.canonical
        for voice in earlier
        if voice.base is not None
        for said in voice.said
    }
    for voice in latest:
        _replace(cell, voice.lead, voice.said, before, superseded)
    return [
        voice._replace(replaced=voice.replaced | gone, instead_of=instead_of) for voice in latest
    ]


def listen(cell: PlanCell, returns: Sequence[Heard], superseded: list[NotTaken]) -> Voice | None:
    """The voice of one lead about one cell, None when they left it as it was.

    `returns` are those of one issue, oldest first. What a newer one replaces goes to `superseded`.
    A latest answer in a row that waits is no voice yet, but it replaces the ones before it, unless
    they say the same and do not wait.
    """
    name = cell.field.key
    told = [
        (heard, saying)
        for heard in returns
        if (saying := distinct([row[name] for row in heard.of(cell.key) if name in row]))
    ]
    sayings = [saying for _, saying in told]
    if not sayings:
        return None
    newest = returns[-1]
    lead, label = newest.lead, newest.round
    base = base_of(cell, newest.base)
    if newest.whole:
        cell = cell._replace(field=replace(cell.field, fresh=False))
    answers = [
        number
        for number, saying in enumerate(sayings)
        if any(moves(cell, base, statement.value) for statement in saying)
    ]
    if not answers:
        return _silent_or_back(cell, newest, base, sayings[-1][0])
    latest = _said_before(sayings, answers)
    earlier = [
        statement
        for number in answers[:-1]
        for statement in sayings[number]
        if moves(cell, base, statement.value)
    ]
    if earlier:
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
    return Voice(lead, label, base, latest, _doubt(base, latest, back), back, replaced, newest.base)


def _said_before(
    sayings: Sequence[tuple[Statement, ...]], answers: Sequence[int]
) -> tuple[Statement, ...]:
    """The latest answer. What it only says again is as settled as it was when first said."""
    # Leads go on in the workbook that they have sent, and send it with all of its old answers.
    before = {one.value.canonical: one for one in sayings[answers[0]]}
    for number in answers[1:]:
        before = {
            meaning: statement._replace(settled=before.get(meaning, statement).settled)
            for statement in sayings[number]
            for meaning in [statement.value.canonical]
        }
    return tuple(before.values())


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
    cell: PlanCell, newest: Heard, base: Value | None, last: Statement
) -> Voice | None:
    """Unmoved: nothing said, unless an earlier answer of theirs is in the plan and this one returns
    to the issue.
    """
    lead = newest.lead
    if base is None or lead not in (cell.origin or ()) or base.means(cell.master):
        return None
    said = (Statement(cell.master, Source(lead), last.settled),)
    back = _put_back(base, last)
    return Voice(lead, newest.round, base, said, "taken-back", back, table=newest.base)


def _put_back(base: Value | None, last: Statement) -> Statement:
    return last._replace(value=last.value if base is None else base)


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
