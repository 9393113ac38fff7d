"""What goes into an update workbook, and what each of its cells shows."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from xlplan.mapping.model import PlanMapping
from xlplan.plan.rounds import IssueKind, Round
from xlplan.plan.values import BLANK, Row
from xlplan.workbook.kit.sentences import say
from xlplan.workbook.update.layout import TICK, UpdateColumn

LONGEST_ASIDE = 4
"""Lines of its own that a text beside the inputs keeps: rows as tall as a long list would fill the
screen.
"""


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """One action or measure as a lead gets it.

    `values` are the plan's when issued: the base. `joint` names the other leads; `section` and
    `requirement` are their texts. `last` replaces what the locked column of a field shows beside
    its input. A query workbook has what the lead `typed`, by field, and the `problems` of its
    cells, by field ("" for the row).
    """

    token: str
    key: str
    values: Row
    joint: tuple[str, ...] = ()
    section: str = ""
    requirement: str = ""
    typed: Dictionary[str, str] = field(default_factory=dict)
    problems: Dictionary[str, Sequence[str]] = field(default_factory=dict)
    last: Dictionary[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UpdateBook:
    """One update or query workbook for one lead.

    `rows` are actions, `measures` those that the lead reports, with the last `reading` among their
    values. `sections` fill the list for proposed actions, those of the rows when left out;
    `proposals` are rows that a lead had typed, by field; `summary` stands on top of a query
    workbook.
    """

    mapping: PlanMapping
    plan_title: str
    round: Round
    lead: str
    code: str
    issue_id: str
    rows: Sequence[UpdateRow]
    created: datetime
    summary: Sequence[str] = ()
    kind: IssueKind = "update"
    measures: Sequence[UpdateRow] = ()
    sections: Sequence[str] = ()
    proposals: Sequence[Dictionary[str, str]] = ()

    @property
    def problems(self) -> list[Dictionary[str, Sequence[str]]]:
        """What is to be mended, of each action and measure."""
        return [*(row.problems for row in self.rows), *(row.problems for row in self.measures)]

    @property
    def asks(self) -> bool:
        """Whether it is a query workbook: something in it is to be mended."""
        return self.kind == "query" or any(self.problems)


def shown_text(row: UpdateRow, column: UpdateColumn, *, whole: bool = False) -> str:
    """The text that a column shows on a row when the workbook is issued.

    What explains an action is shortened to a few lines, unless `whole`; a note on the cell has all
    of it.
    """
    if column.role in {"token", "token2"}:
        return row.token
    if column.role == "changed":
        return TICK if any(_typed_moves(row, name) for name in row.typed) else ""
    if column.role == "problem":
        return _problems_text(row)
    if column.role == "input":
        return row.typed.get(column.field, "" if column.fresh else _value(row, column.field))
    if column.role == "last":
        return row.last.get(column.field, _value(row, column.field))
    special = {
        "section": row.section,
        "requirement": row.requirement,
        "joint": ", ".join(row.joint),
    }
    text = special.get(column.id, _value(row, column.field))
    return shortened_list(text) if column.aside and not whole else text


def shortened_list(text: str) -> str:
    """A text with as many lines as a cell keeps, and how many more there are."""
    # A published plan may list a dozen KPIs beside one action.
    lines = text.split("\n")
    if len(lines) <= LONGEST_ASIDE + 1:
        return text
    more = say("table.more", count=len(lines) - LONGEST_ASIDE)
    return "\n".join([*lines[:LONGEST_ASIDE], more])


def _problems_text(row: UpdateRow) -> str:
    """Every problem of a row, one a line."""
    return "\n".join(message for messages in row.problems.values() for message in messages)


def _typed_moves(row: UpdateRow, name: str) -> bool:
    return bool(row.typed[name]) if name not in row.values else row.typed[name] != _value(row, name)


def _value(row: UpdateRow, name: str) -> str:
    return row.values.get(name, BLANK).text
