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
from xlplan.plan.values import Table, Value
from xlplan.store import Store

COMPARED = ("action", "section", "measure", "line")
"""The kinds of items that a return may be about."""
EDITION = "edition"
"""What stands for the issue of an office's edition that we never wrote."""

Spoken = tuple[str, str, str, str]
"""(lead, root issue, key, field) of a cell: one voice."""
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
class ReturnsForMerge:
    """Turns taken returns into the merge's. Issues, bases and rounds are looked up once."""

    store: Store
    fields: Mapping[str, Field]
    rounds: dict[int, str]
    before: frozenset[Proposed] = frozenset()
    _issues: dict[str, Issue | None] = field(default_factory=dict)
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

    def waiting(self, returns: Iterable[StoredReturn]) -> frozenset[Spoken]:
        """Every voice with a cell that waits."""
        return frozenset(
            (taken.lead, self.root_of(taken, row), row.home, cell.field)
            for taken in returns
            for row in taken.rows
            for cell in row.cells
            if row.key and cell.settled is None
        )

    def returns_of(self, taken: StoredReturn, waiting: frozenset[Spoken]) -> list[Return]:
        """A file as the merge hears it: a return for each issue whose rows are in it."""
        by_issue: dict[str, list[ReturnedRow]] = {}
        about = {key for lead, _, key, _ in waiting if lead == taken.lead}
        for row in taken.rows:
            # Most rows of a long history are settled, and nobody says anything newer about them.
            if row.kind in {"answered", "held", "proposed"} and (not row.key or row.home in about):
                # Leads paste rows out of last month's workbook, each with the code of that month.
                issue = self._issue_of(taken, row)
                heard_row = self._row(taken, row, self.root(issue), waiting)
                if heard_row.values:
                    by_issue.setdefault(issue, []).append(heard_row)
        return [self._return(taken, issue, rows) for issue, rows in by_issue.items()]

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

    def _return(self, taken: StoredReturn, issue_id: str, rows: list[ReturnedRow]) -> Return:
        base, scope = self._room(taken, issue_id)
        issue = self._issue(issue_id)
        number = taken.round if taken.round is not None else issue.round if issue else None
        return Return(
            lead=taken.lead,
            base=base,
            rows=rows,
            scope=scope,
            arrival=age_of(taken),
            name=taken.name,
            issue=self.root(issue_id),
            round=self.rounds.get(number, "") if number is not None else "",
            whole=issue is None or issue.kind == "master",
            rest=any(
                cell.settled is not None
                for row in taken.rows
                if row.kind == "held"
                for cell in row.cells
            ),
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

    def _row(
        self, taken: StoredReturn, row: StoredRow, root: str, waiting: frozenset[Spoken]
    ) -> ReturnedRow:
        """What still speaks in a row. A cell merged earlier speaks again only beside a newer word
        of the same voice.
        """
        speaking = {
            cell.field: cell for cell in row.cells if self._speaks(taken, row, cell, root, waiting)
        }
        values: dict[str, Value | str | None] = {
            name: cell.value for name, cell in speaking.items()
        }
        at = stamp_of(taken)
        sources = {
            name: Source(taken.lead, taken.name, cell.sheet, cell.cell, at, taken.id)
            for name, cell in speaking.items()
        }
        return ReturnedRow(
            key=row.key,
            values=values,
            sources=sources,
            detached=row.note if row.kind == "held" else "",
        )

    def _speaks(
        self,
        taken: StoredReturn,
        row: StoredRow,
        cell: StoredCell,
        root: str,
        waiting: frozenset[Spoken],
    ) -> bool:
        if row.kind == "proposed":
            # A proposal stays on its sheet when the workbook is sent again: one answer to it is
            # enough.
            return cell.settled is None and proposed(taken, row) not in self.before
        # An office may have taken a column out of its mapping since the file came.
        if cell.field not in self.fields:
            return False
        return cell.settled is None or (taken.lead, root, row.home, cell.field) in waiting
