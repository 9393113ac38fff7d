"""Figures beside the ratings: published totals, measures, recommendations, proposals, months, the
whole history.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlplan.plan.figures.counts import ActionFigure, Tally


@dataclass(frozen=True, slots=True)
class PublishedTotal:
    """One total as the office published it, and what the rows of the same workbook give.

    `section` is its key, "" for a total of the whole plan; `place` is the sheet and cell.
    """

    section: str
    code: str
    # Offices count by hand, and publish the count of a draft beside the rows of the final plan.
    published: int
    listed: int
    place: str

    @property
    def differs(self) -> bool:
        """Whether the rows give another number."""
        return self.published != self.listed


@dataclass(frozen=True, slots=True)
class MeasureFigure:
    """One measure against its target. `gap` is reading less the target due, None unless both are
    numbers of one kind.

    `due` is the target due on the day of the report as it is written, `due_by` its day ("" when it
    has none), `share` whether it is a percentage. `others` are the office's own columns: label and
    text.
    """

    key: str
    no: str
    text: str
    section: str
    unit: str
    target: str
    reading: str
    previous: str
    gap: float | None = None
    due: str = ""
    due_by: str = ""
    share: bool = False
    # Sheets of measures have columns that no two plans share: baseline, source, frequency.
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the plan answers: one reference, and the actions that refer to it."""

    ref: str
    actions: tuple[ActionFigure, ...]
    tally: Tally
    overdue: int


@dataclass(frozen=True, slots=True)
class ProposedAction:
    """An action that leads ask for. `said` holds label and text; `like` names actions that read
    much the same.
    """

    id: str
    leads: tuple[str, ...]
    text: str
    said: tuple[tuple[str, str], ...]
    # Two leads of one meeting propose the same action in other words.
    like: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Month:
    """Actions due in one month (`2013-03`): the open ones by rating, and how many are completed."""

    month: str
    open: Tally
    completed: int
    actions: tuple[ActionFigure, ...]


@dataclass(frozen=True, slots=True)
class PastValue:
    """One value that a cell has or had, from a revision on; `at` is an ISO time, "" when the point
    has no date.
    """

    key: str
    ref: str
    label: str
    text: str
    revision: int
    at: str
    by: str
    said_by: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Further:
    """All of these for one report."""

    published: tuple[PublishedTotal, ...] = ()
    measures: tuple[MeasureFigure, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    proposed: tuple[ProposedAction, ...] = ()
    months: tuple[Month, ...] = ()
    steps: Mapping[str, int] = field(default_factory=dict)
    """How many ratings moved, by what the step is called."""
