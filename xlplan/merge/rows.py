"""Sort the rows of a return: the plan's own, proposed ones, ones whose answers came apart, and what
was never given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from xlplan.merge.model import Field, PlainTable, Refused, Return, ReturnedRow, Why
from xlplan.merge.voices import Heard, PlanCell, ReturnedCells, Row, base_of, source_order
from xlplan.plan.changes import Source
from xlplan.plan.values import BLANK, Value


@dataclass(frozen=True, slots=True)
class Detached:
    """A row whose answers may belong to another: the row's own key, and the key that the answers
    name.

    `file` is the returned workbook it stands in: lead, name and arrival; `rest` as a `Return` has
    it.
    """

    lead: str
    key: str
    target: str
    why: str
    cells: Row
    heard: Heard
    file: tuple[str, str, str]
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A row without a key: what it says, and the return that it stands in."""

    cells: Row
    heard: Heard


@dataclass(slots=True)
class Sorted:
    """All rows of all returns by what they are, with each lead's returns of one issue together,
    oldest first; the issues of a lead too, the earliest first.
    """

    issues: list[list[Heard]] = field(default_factory=list)
    proposed: list[Proposed] = field(default_factory=list)
    detached: list[Detached] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


class _Came(NamedTuple):
    """A return, and whether its words were merged or decided before."""

    book: Return
    settled: bool


def sort_rows(
    returns: Iterable[Return],
    settled: Iterable[Return],
    master: PlainTable,
    fields: Mapping[str, Field],
    rounds: Sequence[str] = (),
) -> Sorted:
    """Put every row where it belongs. The order of `returns` does not matter, nor that of
    `settled`, of which only the rows of the plan are heard.
    """
    found = Sorted()
    came = [_Came(book, True) for book in settled] + [_Came(book, False) for book in returns]
    for turn, issue in _issues(came, rounds):
        found.issues.append([_hear(one, turn, master, fields, found) for one in issue])
    found.refused = list(dict.fromkeys(found.refused))
    return found


Turn = tuple[Any, ...]


def _issues(came: Iterable[_Came], rounds: Sequence[str]) -> list[tuple[Turn, list[_Came]]]:
    """Returns of one lead and one issue together, each oldest first, with the place of the issue
    among the lead's.
    """
    numbers = {label: number for number, label in enumerate(rounds)}
    ordered: list[tuple[Turn, list[_Came]]] = []
    for _, theirs in groupby(_oldest_first(came), key=lambda one: one.book.lead):
        issues: list[list[_Came]] = []
        for one in theirs:
            home = next((issue for issue in issues if _same_issue(issue[0].book, one.book)), None)
            if home is None:
                issues.append([one])
            else:
                # A lead sends the workbook, and again with what was forgotten.
                home.append(one)
        turns = [(_turn(issue, numbers), issue) for issue in issues]
        ordered += sorted(turns, key=lambda one: one[0])
    return ordered


def _turn(issue: Sequence[_Came], rounds: Mapping[str, int]) -> Turn:
    first = issue[0].book
    return first.issued, rounds.get(first.round, -1), issue[-1].book.arrival


def _same_issue(one: Return, other: Return) -> bool:
    if one.issue or other.issue:
        return one.issue == other.issue
    return one.round == other.round and one.base == other.base


def _oldest_first(came: Iterable[_Came]) -> list[_Came]:
    """By lead, then by arrival; two files of one moment by name and contents, so that the order in
    which they are given decides nothing.
    """

    def place(one: _Came) -> tuple[object, ...]:
        return one.book.lead, one.book.arrival, one.book.name, not one.settled

    ordered = []
    for _, same in groupby(sorted(came, key=place), key=place):
        tied = list(same)
        # Only here is every value of a file written out.
        ordered += sorted(tied, key=_contents) if len(tied) > 1 else tied
    return ordered


def _contents(one: _Came) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (row.key or "", sorted((name, str(value)) for name, value in row.values.items()))
        for row in one.book.rows
    ]


def _hear(
    one: _Came, turn: Turn, master: PlainTable, fields: Mapping[str, Field], found: Sorted
) -> Heard:
    book = one.book
    heard = Heard(book.lead, book.round, book.base, whole=book.whole, turn=turn)
    for row in book.rows:
        if not one.settled:
            _place(book, row, heard, master, fields, found)
        elif row.key and not row.detached:
            heard.add(row.key, ReturnedCells(book, row, fields, settled=True))
    return heard


# the row's key | in scope | in plan or base | answers detached | what the row is
# none          | -        | -               | no               | proposed, when it says anything
# any           | no       | any             | any              | refused: not-in-scope
# any           | yes      | neither         | any              | refused: unknown-key
# any           | yes      | either          | yes              | held, with the order mended
# any           | yes      | either          | no               | the plan's own
def _place(
    one: Return,
    row: ReturnedRow,
    heard: Heard,
    master: PlainTable,
    fields: Mapping[str, Field],
    found: Sorted,
) -> None:
    key = row.key or ""
    if not key and not row.detached:
        cells = _all_cells(one, row, fields)
        if any(said.value for said in cells.values()):
            found.proposed.append(Proposed(cells, heard))
        return
    target = row.detached if row.detached in master else key
    # A code can be copied or made up, and nothing in a file proves whose it is: what the lead was
    # sent decides.
    if one.scope is not None and not (key in one.scope and target in one.scope):
        found.refused.extend(_refuse(one, row, fields, "not-in-scope"))
        return
    if target not in master and target not in one.base:
        found.refused.extend(_refuse(one, row, fields, "unknown-key"))
        return
    found.refused.extend(_unknown_columns(one, row, master, fields))
    cells = ReturnedCells(one, row, fields)
    if row.detached:
        home = key if key in master or key in one.base else target
        file = (one.lead, one.name, str(one.arrival))
        heard.apart[target] = (*heard.apart.get(target, ()), cells)
        found.detached.append(
            Detached(one.lead, home, target, row.detached, cells, heard, file, one.rest)
        )
    else:
        heard.add(key, cells)


def _unlisted(name: str) -> Field:
    """How a field is read that this merge is not about: a proposal may carry a ref."""
    return Field(name, "ref" if name == "ref" else "text")


def _refuse(one: Return, row: ReturnedRow, fields: Mapping[str, Field], why: Why) -> list[Refused]:
    cells = _all_cells(one, row, fields)
    said = [(name, said) for name, said in cells.items() if said.value]
    key = row.key or row.detached
    if not said:
        return [Refused(one.lead, key, "", BLANK, Source(one.lead, one.name), why)]
    return [
        Refused(one.lead, key, name, one_said.value, one_said.source, why)
        for name, one_said in said
    ]


def _unknown_columns(
    one: Return, row: ReturnedRow, master: PlainTable, fields: Mapping[str, Field]
) -> list[Refused]:
    """Values in columns that the merge does not know, where they are not what the lead was
    shown.
    """
    if row.values.keys() <= fields.keys():
        return []
    # Leads add columns of their own, for notes or for a colleague.
    unknown = {name: _unlisted(name) for name in row.values if name not in fields}
    refused = []
    for name, said in ReturnedCells(one, row, unknown).items():
        shown = _shown(row.key or "", unknown[name], one.base, master)
        if said.value and not said.value.means(shown):
            refused.append(
                Refused(one.lead, row.key or "", name, said.value, said.source, "unknown-column")
            )
    return refused


def _shown(key: str, field_: Field, base: PlainTable, master: PlainTable) -> Value:
    return base_of(PlanCell(key, field_, BLANK), base if key in base else master) or BLANK


def _all_cells(one: Return, row: ReturnedRow, fields: Mapping[str, Field]) -> Row:
    """A row with all of its columns, those too that the merge does not know."""
    known = {name: fields.get(name) or _unlisted(name) for name in row.values}
    return dict(ReturnedCells(one, row, known))


def row_order(cells: Row) -> tuple[object, ...]:
    """A fixed order for rows without a key: by their values, then by where they stand."""
    return tuple(
        sorted(
            (name, said.value.canonical, said.value.text, *source_order(said.source))
            for name, said in cells.items()
        )
    )
