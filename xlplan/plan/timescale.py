"""A timescale: the due text as people write it, and what can be read from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xlplan.plan.values import RawValue

Precision = Literal["day", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """The time that a plan covers, both days included: for years left out and dates that do not fit."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of an action: what it is ("" when the text does not say) and when it is due."""

    label: str
    due: date | None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd about a reading: a code of the catalogue and the details that its wording needs."""

    code: str
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class Timescale:
    """What was written and what it means. `due` is the last day of what is named, None when nothing is dated."""

    text: str
    canonical: str
    due: date | None = None
    precision: Precision | None = None
    ongoing: bool = False
    immediate: bool = False
    to_be_confirmed: bool = False
    milestones: tuple[Milestone, ...] = ()
    see: str | None = None
    doubts: tuple[Doubt, ...] = ()


def read_timescale(raw: RawValue, period: Period | None = None) -> Timescale:
    """Read a person's due text. Never guesses silently: what is odd stands in `doubts`, what is unread stays text."""
    raise NotImplementedError
