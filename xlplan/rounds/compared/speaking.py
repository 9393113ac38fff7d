"""What the store took in, as the merge hears it: for every issue one return, each with its own
base.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xlplan.merge import Field, Return, ReturnedRow
from xlplan.plan.changes import Source
from xlplan.plan.model import Plan
from xlplan.plan.rounds import Issue, StoredCell, StoredReturn, StoredRow
from xlplan.plan.values import Table
from xlplan.store import Store

COMPARED = ("action", "section", "measure", "line")
"""The kinds of items that a return may be about."""
EDITION = "edition"
"""What stands for the issue of an office's edition that we never wrote."""

Spoken = tuple[str, str, str, str]
"""(lead, root issue, key, field) of a cell: one voice."""
Turn = tuple[int, int]
"""(revision shown, place among all issues) of a workbook: the greater was issued later."""
Proposed = tuple[str, frozenset[tuple[str, str]]]
"""(lead, values by field) of a proposed action, word for word."""


def proposed(taken: StoredReturn, row: StoredRow) -> Proposed:
    """What a row proposes."""
    return taken.lead, frozenset(
        (cell.field, cell.value.canonical) for cell in row.cells if cell.value
    )


def proposed_before(returns: Iterable[StoredReturn]) -> frozenset[Proposed]:
    """What leads have proposed and had an answer to that is merged. Said again word for word, it is
    not made again.
    """
    return frozenset(
        proposed(taken, row)
        for taken in returns
        for row in taken.rows
        if row.kind == "proposed"
        and row.cells
        and all(cell.settled is not None for cell in row.cells)
    )


def stamp_of(taken: StoredReturn) -> str:
    """When a return was last saved, as far as its file says; else when it came."""
    # A .csv says nowhere when it was saved, and pandas drops the properties of a workbook.
    return taken.saved_at or taken.arrived_at


def age_of(taken: StoredReturn) -> tuple[str, str, int]:
    """The order of one lead's returns: the greater was said later."""
    # The stamp inside a workbook counts whole seconds: a script saves several in one.
    return stamp_of(taken), taken.arrived_at, taken.id


def table_of(plan: Plan, fields: Iterable[str]) -> Table:
    """The plan as the merge reads it."""
    return {
        item.key: {name: item.get(name) for name in fields}
        for item in plan.items.values()
        if item.kind in COMPARED
    }


@dataclass(slots=True)
class CellsThatWait:
    """What waits about one cell: the first of the rounds that it answers, and of each lead the
    first issue.
    """

    round: int
    issues: dict[str, Turn]

    def hears(self, lead: str, round: int, turn: Turn) -> bool:
        """Whether a settled word of a lead counts beside what waits: it was said in that round or a
        later one, or the lead corrects in an older workbook what they have said in a newer one.
        """
        return round >= self.round or (lead in self.issues and turn >= self.issues[lead])


@dataclass(slots=True)
class ReturnsForMerge:
    """Turns taken returns into the merge's. Issues, bases and rounds are looked up once."""

    store: Store
    fields: Mapping[str, Field]
    rounds: dict[int, str]
    before: frozenset[Proposed] = frozenset()
    waits: dict[tuple[str, str], CellsThatWait] = field(default_factory=dict)
    spoken: frozenset[Spoken] = frozenset()
    _issues: dict[str, Issue | None] = field(default_factory=dict)
    _turns: dict[str, int] = field(default_factory=dict)
    _rooms: dict[str, tuple[Table, frozenset[str] | None]] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)

    def root(self, issue_id: str) -> str:
        """The workbook that was sent: a query workbook asks about one again."""
        issue = self._issue(issue_id)
        return issue.root if issue else EDITION

    def root_of(self, taken: StoredReturn, row: StoredRow) -> str:
        """The workbook that a row was issued in; a pasted row brings its own."""
        return self.root(self._issue_of(taken, row))

    def is_edition(self, taken: StoredReturn) -> bool:
        """Whether it is the office's: the master workbook that came back, or a new edition."""
        issue = self._issue(taken.issue)
        return issue is None or issue.kind == "master"

    def look_up(self, returns: Iterable[StoredReturn]) -> None:
        """Find out what waits: by cell, and by voice (lead, workbook, cell)."""
        spoken: set[Spoken] = set()
        for taken in returns:
            for row in taken.rows:
                waiting = [cell for cell in row.cells if row.key and cell.settled is None]
                if not waiting:
                    continue
                issue = self._issue_of(taken, row)
                root, turn = self.root(issue), self._turn(taken, issue)
                number = self._round_number(taken, issue)
                for cell in waiting:
                    spoken.add((taken.lead, root, row.home, cell.field))
                    place = (row.home, cell.field)
                    waits = self.waits.setdefault(place, CellsThatWait(number, {}))
                    waits.round = min(waits.round, number)
                    waits.issues[taken.lead] = min(waits.issues.get(taken.lead, turn), turn)
        self.spoken = frozenset(spoken)

    def returns_of(self, taken: StoredReturn) -> tuple[list[Return], list[Return]]:
        """A file as the merge hears it: a return for each issue whose rows are in it, of what
        waits; and of what is settled and counts beside it.
        """
        waiting: dict[str, list[ReturnedRow]] = {}
        settled: dict[str, list[ReturnedRow]] = {}
        about = {key for key, _ in self.waits}
        for row in taken.rows:
            # Most rows of a long history are settled, and nobody says anything newer about them.
            if row.kind not in {"answered", "held", "proposed"} or (
                row.key and row.home not in about
            ):
                continue
            # Leads paste rows out of last month's workbook, each with the code of that month.
            issue = self._issue_of(taken, row)
            root = self.root(issue)
            new = [cell for cell in row.cells if self._speaks(taken, row, cell, root)]
            if new:
                waiting.setdefault(issue, []).append(_heard(taken, row, new))
            old = [cell for cell in row.cells if self._counts(taken, row, cell, issue)]
            if old:
                settled.setdefault(issue, []).append(_heard(taken, row, old))
        return (
            [self._return(taken, issue, rows) for issue, rows in waiting.items()],
            [self._return(taken, issue, rows) for issue, rows in settled.items()],
        )

    def _issue(self, issue_id: str) -> Issue | None:
        if issue_id not in self._issues:
            self._issues[issue_id] = self.store.issue(issue_id) if issue_id else None
        return self._issues[issue_id]

    def _issue_of(self, taken: StoredReturn, row: StoredRow) -> str:
        # A new row has no code, nor has any in a file that lost its hidden columns.
        if not row.token or row.kind == "proposed":
            return taken.issue
        if row.token not in self._tokens:
            found = self.store.token(row.token)
            self._tokens[row.token] = found[0].id if found else ""
        return self._tokens[row.token] or taken.issue

    def _turn(self, taken: StoredReturn, issue_id: str) -> Turn:
        """The place of a workbook among those that one lead was sent: by what it showed, then as
        they were made.
        """
        if not self._turns:
            self._turns = {issue.id: place for place, issue in enumerate(self.store.issues(), 1)}
        root = self._issue(self.root(issue_id)) if issue_id else None
        shown = root.revision if root else taken.base
        return shown or 0, self._turns.get(root.id, 0) if root else 0

    def _round_number(self, taken: StoredReturn, issue_id: str) -> int:
        """The number of the round that a return answers, 0 before the first."""
        issue = self._issue(issue_id)
        number = taken.round if taken.round is not None else issue.round if issue else None
        return number or 0

    def _return(self, taken: StoredReturn, issue_id: str, rows: list[ReturnedRow]) -> Return:
        base, scope = self._room(taken, issue_id)
        issue = self._issue(issue_id)
        return Return(
            lead=taken.lead,
            base=base,
            rows=rows,
            scope=scope,
            arrival=age_of(taken),
            name=taken.name,
            issue=self.root(issue_id),
            round=self.rounds.get(self._round_number(taken, issue_id), ""),
            whole=issue is None or issue.kind == "master",
            rest=any(
                cell.settled is not None
                for row in taken.rows
                if row.kind == "held"
                for cell in row.cells
            ),
            issued=self._turn(taken, issue_id),
        )

    def _room(self, taken: StoredReturn, issue_id: str) -> tuple[Table, frozenset[str] | None]:
        """The base of an issue and the keys that it gave; the office was given the whole plan."""
        issue = self._issue(issue_id)
        name = issue_id or f"{EDITION} {taken.base}"
        if name not in self._rooms:
            table = table_of(
                self.store.snapshot(issue.revision if issue else taken.base), self.fields
            )
            if issue is None or issue.kind == "master":
                self._rooms[name] = (table, None)
            else:
                keys = frozenset(row.key for row in self.store.rows_of(issue_id))
                self._rooms[name] = ({key: row for key, row in table.items() if key in keys}, keys)
        return self._rooms[name]

    def _speaks(self, taken: StoredReturn, row: StoredRow, cell: StoredCell, root: str) -> bool:
        """Whether a cell waits. In answers that came apart, a settled one speaks again beside a
        newer word of the same voice.
        """
        if row.kind == "proposed":
            # A proposal stays on its sheet when the workbook is sent again: one answer to it is
            # enough.
            return cell.settled is None and proposed(taken, row) not in self.before
        # An office may have taken a column out of its mapping since the file came.
        if cell.field not in self.fields:
            return False
        if cell.settled is None:
            return True
        return row.kind == "held" and (taken.lead, root, row.home, cell.field) in self.spoken

    def _counts(self, taken: StoredReturn, row: StoredRow, cell: StoredCell, issue: str) -> bool:
        """Whether a cell is settled, and still said beside what waits. What the office has edited
        is the plan's own move.
        """
        waits = self.waits.get((row.home, cell.field))
        if waits is None or row.kind != "answered" or cell.settled is None:
            return False
        if self.is_edition(taken):
            return False
        if cell.field not in self.fields:
            return False
        number = self._round_number(taken, issue)
        return waits.hears(taken.lead, number, self._turn(taken, issue))


def _heard(taken: StoredReturn, row: StoredRow, cells: Iterable[StoredCell]) -> ReturnedRow:
    """A row of a return, with some of its cells."""
    at = stamp_of(taken)
    return ReturnedRow(
        key=row.key,
        values={cell.field: cell.value for cell in cells},
        sources={
            cell.field: Source(taken.lead, taken.name, cell.sheet, cell.cell, at, taken.id)
            for cell in cells
        },
        detached=row.note if row.kind == "held" else "",
    )
