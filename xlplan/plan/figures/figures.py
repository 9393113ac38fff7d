"""Figures: everything that the change report and the master's dashboard say about a plan between
two points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from xlplan.plan.changes import Source
from xlplan.plan.figures.counts import ActionFigure, Tally
from xlplan.plan.figures.further import Further
from xlplan.plan.findings.finding import Finding
from xlplan.plan.rag import Movement, RagScale
from xlplan.plan.values import BLANK, Value


@dataclass(frozen=True, slots=True)
class Totals:
    """One section, or the whole plan, at both points. `opened` counts its open actions only."""

    key: str
    name: str
    before: Tally
    after: Tally
    opened_before: Tally
    opened_after: Tally


@dataclass(frozen=True, slots=True)
class Move:
    """One action whose rating or standing moved. `known` is False when the earlier point says
    nothing of it.
    """

    action: ActionFigure
    before: str
    after: str
    kind: Movement
    # An office's column of earlier ratings is blank for actions that came in between.
    known: bool = True


@dataclass(frozen=True, slots=True)
class Redated:
    """One due date that changed. `days` is above 0 when it slipped, None when one of the two names
    no day.

    `times` counts every change of this date that the plan's history knows, this one among them.
    """

    action: ActionFigure
    before: str
    after: str
    days: int | None
    times: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Actions that ended because they went into others: merged into one, or split into several."""

    gone: tuple[ActionFigure, ...]
    heirs: tuple[ActionFigure, ...]

    @property
    def said(self) -> str:
        """The whole of it by refs: `2.12 merged into 2.6`, `3.1 split into 3.1a, 3.1b`."""
        # Boards ask where 2.12 went: the plan's history alone can say.
        how = "merged into" if len(self.heirs) == 1 else "split into"
        return f"{_refs(self.gone)} {how} {_refs(self.heirs)}"


def _refs(actions: tuple[ActionFigure, ...]) -> str:
    """An action without a ref is told by the beginning of its text."""
    # Some plans are published without numbers, as bullets under a theme.
    return ", ".join(action.ref or f"'{action.text[:40]}'" for action in actions)


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that changed: whose it is, what it said, what it says, and everyone who said so."""

    key: str
    ref: str
    field: str
    label: str
    old: str
    new: str
    sources: tuple[Source, ...] = ()
    reason: str = ""
    values: tuple[Value, Value] = (BLANK, BLANK)
    """Old and new as they are stored: `old` and `new` name a section or an action in place of its
    key.
    """


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question or proposal, in the officer's words. `said` holds (lead, value)."""

    id: str
    ref: str
    label: str
    why: str
    plan_says: str
    said: tuple[tuple[str, str], ...]
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that was decided: how, by whom and when (ISO time), and the reason given. `said`:
    (lead, value).
    """

    id: str
    ref: str
    label: str
    why: str
    how: str
    by: str
    at: str
    reason: str = ""
    key: str = ""
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LeadReturn:
    """One lead in the round. `status`: returned, outstanding, late or refused; `nil`: returned
    without a change.
    """

    lead: str
    actions: int
    status: str
    nil: bool = False
    # By the day the file came in: a mail may have waited in somebody's inbox.
    days_late: int = 0

    @property
    def missing(self) -> bool:
        """Nothing that could be taken in has come."""
        return self.status in {"outstanding", "refused"}


@dataclass(frozen=True, slots=True)
class DueFigures:
    """Open actions by when they are due; the three months ahead do not overlap."""

    overdue: tuple[ActionFigure, ...] = ()
    in_30: tuple[ActionFigure, ...] = ()
    in_60: tuple[ActionFigure, ...] = ()
    in_90: tuple[ActionFigure, ...] = ()
    later: tuple[ActionFigure, ...] = ()
    unclear: tuple[ActionFigure, ...] = ()
    """A due text that names no day: ongoing, immediate, to be confirmed."""
    without: tuple[ActionFigure, ...] = ()
    """No due text at all."""


@dataclass(frozen=True, slots=True)
class LeadLoad:
    """What one lead leads: their open actions by rating, and how many of those are overdue."""

    lead: str
    open: Tally
    completed: int
    overdue: int
    actions: tuple[ActionFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportHeading:
    """What a report is about: the plan, the two points it compares, the day it speaks on."""

    title: str
    organisation: str
    round: str
    return_by: str
    since: str
    until: str
    today: date
    marking: str = ""
    draft: bool = False
    # Offices call them milestones, tasks or themes, and their boards know them by that word.
    action_word: str = "action"
    section_word: str = "section"
    ratings_only: bool = False
    """The earlier point holds ratings and nothing else: a column of the office's own workbook."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one report. Lists are in plan order unless they say otherwise."""

    heading: ReportHeading
    scale: RagScale
    whole: Totals
    sections: tuple[Totals, ...]
    actions: tuple[ActionFigure, ...]
    moves: tuple[Move, ...] = ()
    remaining: tuple[ActionFigure, ...] = ()
    """Open actions rated below the best graded rating, worst first."""
    stayed: frozenset[str] = frozenset()
    """Keys of open actions whose rating is what it was."""
    completed: tuple[Move, ...] = ()
    new: tuple[ActionFigure, ...] = ()
    withdrawn: tuple[ActionFigure, ...] = ()
    joined: tuple[Joined, ...] = ()
    """Merged and split actions. None of them is also told as new or withdrawn."""
    redated: tuple[Redated, ...] = ()
    """Longest slip first; dates brought forward and those that cannot be counted last."""
    reworded: tuple[Edit, ...] = ()
    reassigned: tuple[Edit, ...] = ()
    edits: tuple[Edit, ...] = ()
    questions: tuple[Asked, ...] = ()
    decisions: tuple[Settled, ...] = ()
    findings: tuple[Finding, ...] = ()
    returns: tuple[LeadReturn, ...] = ()
    due: DueFigures = DueFigures()
    loads: tuple[LeadLoad, ...] = ()
    further: Further = field(default_factory=Further)
    day_format: str = "%d %b %Y"
    """How tables write a day: as the office does, in strftime codes."""
    dated: frozenset[str] = frozenset()
    """Fields whose values are days."""
    numeric: frozenset[str] = frozenset()
    """Fields whose values are numbers."""

    @property
    def slipped(self) -> tuple[Redated, ...]:
        """Dates that moved to a later day, longest first."""
        # From `Ongoing` to a date is a change and no slip: nobody can say by how many days.
        return tuple(date for date in self.redated if date.days is not None and date.days > 0)

    @property
    def worst(self) -> tuple[ActionFigure, ...]:
        """Open actions with the worst graded rating."""
        return tuple(
            action for action in self.actions if action.open and self.scale.rank(action.rag) == 0
        )

    @property
    def leaderless(self) -> tuple[ActionFigure, ...]:
        """Open actions that no known lead leads."""
        return tuple(action for action in self.actions if action.open and not action.leads)
