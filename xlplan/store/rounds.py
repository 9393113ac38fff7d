"""Rounds, and the workbooks issued in them: what each lead was given, by token."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from xlplan.plan.rounds import Issue, IssuedRow, IssueKind, Round
from xlplan.store.cells import Cells
from xlplan.store.engine.schema import issue, issued_row, meta, round_, unwritten
from xlplan.store.errors import StoreError

# A query of SQLite before 3.32 takes 999 values.
MOST_VARIABLES = 500
_OVER = "over"


class Rounds(Cells):
    """Rounds and issues."""

    def over(self) -> str:
        """When the plan was closed for good, an ISO time; "" while it goes on."""
        with self._reading() as connection:
            query = select(meta.c.value).where(meta.c.name == _OVER)
            return connection.execute(query).scalar() or ""

    def set_over(self, at: str) -> None:
        """Close the plan for good, or with "" open it again."""
        self._writing_to().execute(delete(meta).where(meta.c.name == _OVER))
        if at:
            self._writing_to().execute(insert(meta).values(name=_OVER, value=at))

    def open_round(self, name: str, return_by: str, at: str) -> Round:
        """The round of this name, opened when it is new (which closes the open one).

        A round runs from the end of the one before it, the first from init. A known round keeps its
        state; its return-by date becomes the one given, where one is given.
        """
        connection = self._writing_to()
        # Officers export twice in a round: for a lead who joined, or with a later return-by date.
        known = self.round_named(name)
        if known is None:
            base = self._next_base(at)
            connection.execute(
                insert(round_).values(name=name, return_by=return_by, opened_at=at, opened=base)
            )
        elif return_by:
            connection.execute(
                update(round_).where(round_.c.id == known.id).values(return_by=return_by)
            )
        opened = self.round_named(name)
        assert opened is not None
        return opened

    def close_round(self, id: int, at: str) -> None:
        """End a round at the newest revision; one that has ended stays as it is."""
        self._writing_to().execute(
            update(round_)
            .where(round_.c.id == id, round_.c.closed.is_(None))
            .values(closed_at=at, closed=self.latest)
        )

    def rounds(self) -> list[Round]:
        """Every round, oldest first."""
        with self._reading() as connection:
            rows = connection.execute(select(round_).order_by(round_.c.id)).all()
        return [Round(**row._mapping) for row in rows]

    def round_named(self, name: str) -> Round | None:
        """The round of exactly this name."""
        return next((known for known in self.rounds() if known.name == name), None)

    def current_round(self) -> Round | None:
        """The open round."""
        return next((known for known in reversed(self.rounds()) if known.closed is None), None)

    def add_issue(self, new: Issue, rows: Iterable[IssuedRow], workbook: bytes = b"") -> None:
        """Keep what is sent: one workbook and its rows. The `workbook` is kept until
        `mark_written`.

        Raises:
            StoreError: a row names another issue.
        """
        sent = [asdict(row) for row in rows]
        if any(row["issue"] != new.id for row in sent):
            raise StoreError(f"A row of issue {new.id} names another issue.")
        self._writing_to().execute(insert(issue).values(**asdict(new)))
        if sent:
            self._writing_to().execute(insert(issued_row), sent)
        # The power may fail, or Excel hold the file open, before the workbook stands in the folder.
        if workbook:
            self._writing_to().execute(insert(unwritten).values(issue=new.id, data=workbook))

    def unwritten(self, kind: IssueKind) -> list[Issue]:
        """Issues of a kind whose workbooks were not marked as written, in the order they
        were made.
        """
        return self._issues(issue.c.kind == kind, issue.c.id.in_(select(unwritten.c.issue)))

    def unwritten_workbook(self, issue_id: str) -> bytes:
        """The workbook of an issue that was not marked as written."""
        with self._reading() as connection:
            query = select(unwritten.c.data).where(unwritten.c.issue == issue_id)
            return bytes(connection.execute(query).scalar_one())

    def mark_written(self, issues: Iterable[Issue]) -> None:
        """Let go of workbooks that stand, or that nobody waits for any more; their rows stay
        known.
        """
        ids = [workbook.id for workbook in issues]
        self._writing_to().execute(delete(unwritten).where(unwritten.c.issue.in_(ids)))

    def move_issue(self, issue_id: str, path: str) -> None:
        """Note under which name a workbook is written after all."""
        # Somebody may have put a file of that name into the folder meanwhile.
        self._writing_to().execute(update(issue).where(issue.c.id == issue_id).values(path=path))

    def issues(self, round: int | None = None, lead: str | None = None) -> list[Issue]:
        """Issues in the order they were made, of one round or lead where given."""
        wanted = [issue.c.round == round] if round is not None else []
        wanted += [issue.c.lead == lead] if lead is not None else []
        return self._issues(*wanted)

    def issue(self, id: str) -> Issue | None:
        """The issue with this id."""
        return next(iter(self._issues(issue.c.id == id)), None)

    def issue_by_code(self, code: str) -> Issue | None:
        """The issue with this visible code."""
        # It stands above the table, and stays where programs drop hidden sheets and properties.
        return next(iter(self._issues(issue.c.code == code)), None)

    def token(self, token: str) -> tuple[Issue, IssuedRow] | None:
        """Which issue and row a token was made for; None for a token that we never made."""
        return self.tokens([token]).get(token)

    def tokens(self, tokens: Iterable[str]) -> dict[str, tuple[Issue, IssuedRow]]:
        """The issue and row that each token was made for, without tokens that we never made."""
        # A row pasted from another plan's workbook brings a token of that plan.
        wanted = list(dict.fromkeys(tokens))
        rows = [
            row
            for start in range(0, len(wanted), MOST_VARIABLES)
            for row in self._issued(issued_row.c.token.in_(wanted[start : start + MOST_VARIABLES]))
        ]
        issues = self._issues(issue.c.id.in_({row.issue for row in rows}))
        by_id = {made_for.id: made_for for made_for in issues}
        return {row.token: (by_id[row.issue], row) for row in rows}

    def rows_of(self, issue_id: str) -> list[IssuedRow]:
        """The rows of an issue, as they stood in the workbook."""
        return self._issued(issued_row.c.issue == issue_id)

    def _next_base(self, at: str) -> int:
        """Close the open round; the revision that the next one starts from."""
        current = self.current_round()
        if current is not None:
            self.close_round(current.id, at)
        with self._reading() as connection:
            # Before the first round SQL's greatest of nothing is NULL: that round starts from init.
            return connection.execute(select(func.max(round_.c.closed))).scalar_one() or 1

    def _issues(self, *wanted: Any) -> list[Issue]:
        query = select(issue).where(*wanted).order_by(issue.c.number)
        with self._reading() as connection:
            return [_issue(row) for row in connection.execute(query)]

    def _issued(self, *wanted: Any) -> list[IssuedRow]:
        query = select(issued_row).where(*wanted).order_by(issued_row.c.position)
        with self._reading() as connection:
            return [IssuedRow(**row._mapping) for row in connection.execute(query)]


def _issue(row: Row[Any]) -> Issue:
    return Issue(**{name: value for name, value in row._mapping.items() if name != "number"})
