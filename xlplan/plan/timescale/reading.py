"""A timescale: the due text as people write it, and what can be read from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from xlplan.plan.text.text import clean, same_text
from xlplan.plan.timescale.dates import (
    NamedDate,
    Period,
    Precision,
    believable,
    day_words,
    likely_date,
    likely_day,
    likely_whole,
    year_in,
)
from xlplan.plan.timescale.stages import Stage, stages_of
from xlplan.plan.values import RawValue

__all__ = ["Doubt", "Milestone", "Period", "Precision", "Timescale", "read_timescale"]

_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Milestone:
    """One stage of an action: what it is ("" when the text does not say) and when it is due."""

    label: str
    due: date | None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd about a reading: a code of the catalogue and the details that its wording
    needs.

    `value` is among them where less than the whole text is meant.
    """

    code: str
    details: dict[str, str]


@dataclass(frozen=True, slots=True)
class Timescale:
    """What was written and what it means. `due` is the last day of what is named, None when nothing
    is dated.

    Of several milestones the last one counts. `canonical` never depends on the plan's period.
    `milestones` is empty for a lone date without words.
    """

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
    """Read a person's due text. Never guesses silently: what is odd stands in `doubts`, what is
    unread stays text. `Sept 2019` is due 2019-09-30, to the month.
    """
    text = _as_typed(raw)
    line = same_text(text)
    if not line:
        return Timescale(text, "")
    stages = stages_of(line)
    if not any(stage.read for stage in stages):
        return Timescale(text, line, doubts=(Doubt("date-unread", {}),))
    dated = _dated(stages, period)
    milestones = [_milestone(stage, dates) for stage, dates in zip(stages, dated, strict=True)]
    # Walsall names several stages in one cell: an action is done when the last of them is.
    last = max(
        (milestone for milestone in milestones if milestone.due),
        key=lambda milestone: milestone.due or date.min,
        default=None,
    )
    plain = len(milestones) == 1 and (not milestones[0].label or not stages[0].dates)
    return Timescale(
        text,
        "; ".join(stage.canonical for stage in stages),
        due=last.due if last else None,
        precision=last.precision if last else None,
        ongoing=any(stage.ongoing for stage in stages),
        immediate=any(stage.immediate for stage in stages),
        to_be_confirmed=any(stage.to_come for stage in stages),
        milestones=() if plain else tuple(milestones),
        see=next((stage.see for stage in stages if stage.see), None),
        doubts=tuple(_doubts(stages, dated, line, period)),
    )


def _as_typed(raw: RawValue) -> str:
    """A raw value as people write a due date: a date in words, a year without a point."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return day_words(raw)
    # Every number in a cell of Excel is a float: 2013 comes as 2013.0.
    if isinstance(raw, float):
        return f"{raw:.15g}"
    return "" if raw is None else clean(str(raw))


def _dated(stages: Sequence[Stage], period: Period | None) -> list[list[NamedDate]]:
    """The dates of each stage, with the year that the one after it in its part, or else the period,
    lends them.
    """
    dated: list[list[NamedDate]] = [list(stage.dates) for stage in stages]
    following: NamedDate | None = None
    for place in reversed(range(len(stages))):
        # People write the year once, at the end: `Dec, Jan and March 2011`.
        if place + 1 < len(stages) and stages[place + 1].part != stages[place].part:
            following = None
        for position in reversed(range(len(dated[place]))):
            following = dated[place][position] = _with_year(
                dated[place][position], following, period
            )
    return dated


def _with_year(named: NamedDate, following: NamedDate | None, period: Period | None) -> NamedDate:
    if named.year or named.cut or period is None:
        return named
    if following is not None and following.year:
        return named.of(following.year - (named.month > following.month))
    year = year_in(named, period)
    return named.of(year) if year else named


def _milestone(stage: Stage, dates: Sequence[NamedDate]) -> Milestone:
    if not dates:
        return Milestone(stage.text, None)
    last = dates[-1]
    return Milestone(stage.label, last.end, last.precision if last.end else None)


def _doubts(
    stages: Sequence[Stage], dated: Sequence[Sequence[NamedDate]], line: str, period: Period | None
) -> Iterator[Doubt]:
    doubted: set[str] = set()
    for stage, dates in zip(stages, dated, strict=True):
        for named, with_year in zip(stage.dates, dates, strict=True):
            typed = named.text.strip(" .,")
            doubt = _doubt(named, with_year, period)
            if doubt is not None and typed not in doubted:
                doubted.add(typed)
                yield (
                    doubt
                    if typed == line
                    else replace(doubt, details={"value": typed, **doubt.details})
                )


def _doubt(named: NamedDate, dated: NamedDate, period: Period | None) -> Doubt | None:
    """What is odd about a date as written, and as it was given a year."""
    if named.cut:
        return Doubt("date-truncated", {"likely": likely_whole(named, period)})
    if dated.end_in(dated.year or _LEAP_YEAR) is None:
        return Doubt("date-impossible", {"likely": likely_day(dated)})
    if dated.year is None:
        return Doubt("date-unread", {})
    if named.year is None:
        return Doubt("date-inferred", {"read": dated.worded()})
    if period is not None and dated.end and not believable(dated.end, period):
        return Doubt(
            "date-implausible", {"read": named.worded(), "likely": likely_date(named, period)}
        )
    return None
