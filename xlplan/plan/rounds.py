"""Rounds, issues and returns as values: what was sent to whom, and what came back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from xlplan.plan.values import BLANK, Value

IssueKind = Literal["update", "query", "master", "decisions", "report"]
ReturnStatus = Literal[
    "waiting", "unchanged", "duplicate", "superseded", "refused", "kept", "asked", "declined"
]
"""`kept`: it came with a return and is no spreadsheet. `asked`: it says that it is the office's
edition, and the officer has not said so yet; `declined`: they said that it is not.
"""
RowKind = Literal["refused", "repeated", "proposed", "held", "answered"]
SENT_TO_LEADS = frozenset({"update", "query"})
"""Kinds of issue that a lead answers."""
# Filling a cell down, or pasting over the hidden column beside it, takes the answers' code away.
CODE_LOST = "?"
"""In place of a key: the answers of a row have lost the code that ties them to it."""


@dataclass(frozen=True, slots=True)
class Round:
    """One reporting cycle. It runs from revision `opened` (its base) until `closed`, None while
    open.
    """

    id: int
    name: str
    return_by: str
    opened_at: str
    opened: int
    closed_at: str = ""
    closed: int | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One workbook that we wrote for one lead. `revision` is the state of the plan that it shows:
    its base.

    `round` is None for a master workbook that was written before the first one.
    """

    id: str
    kind: IssueKind
    round: int | None
    lead: str
    code: str
    path: str
    revision: int
    at: str
    about: str = ""

    @property
    def root(self) -> str:
        """The update workbook that was sent: a query workbook asks `about` one again."""
        return self.about or self.id


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """One row of an issue: the token that tells it, and the item it shows."""

    token: str
    issue: str
    key: str
    position: int


@dataclass(frozen=True, slots=True)
class StoredCell:
    """One input cell of a return that says something: it differs from what the lead was shown.

    `settled` is the revision at which it was merged or decided, None while it waits; a cell that a
    newer return of the same lead replaced is `superseded`.
    """

    field: str
    value: Value
    sheet: str
    cell: str
    shown: Value = BLANK
    settled: int | None = None
    superseded: bool = False

    @property
    def moved(self) -> bool:
        """Whether it says something else than what was shown, and not the same typed otherwise."""
        return not self.value.means(self.shown)


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row of a return as it was read. `key` is the item, None when it is proposed or refused.

    Of a held row, whose answers came apart from it, `note` is the key that the answers name, or
    `CODE_LOST`.
    """

    position: int
    sheet: str
    row: int
    kind: RowKind
    key: str | None = None
    token: str = ""
    cells: tuple[StoredCell, ...] = ()
    note: str = ""

    @property
    def home(self) -> str:
        """The item that its answers are about: the row's own, but for a held row the one that they
        name.
        """
        named = self.note if self.kind == "held" and self.note != CODE_LOST else ""
        return named or self.key or ""


@dataclass(frozen=True, slots=True)
class StoredReturn:
    """One file taken in, or one answer that came otherwise. Times are ISO text, "" when unknown.

    `base` is the revision that its issue showed. `scope` holds the keys that the issue gave the
    lead.
    """

    id: int
    name: str
    sha256: str
    lead: str
    round: int | None
    issue: str
    base: int | None
    status: ReturnStatus
    arrived_at: str
    # By the clock of the lead's program, as the file's properties say; it need not be right.
    saved_at: str = ""
    by: str = ""
    nil: bool = False
    note: str = ""
    scope: frozenset[str] = frozenset()
    rows: tuple[StoredRow, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Revision:
    """One committed state of the plan. 1 is init; 0 and below are points seeded from the source's
    history.
    """

    # Columns such as `Previous RAG` in the office's workbook give points that nobody committed.
    number: int
    at: str
    by: str
    kind: str
    note: str = ""
    round: int | None = None
    changes: int = 0
    undoes: int | None = None
