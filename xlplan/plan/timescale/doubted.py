"""Doubted dates: read, and not fitting the plan. What may be chosen for one, and what day it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.text.text import fold_code
from xlplan.plan.timescale.dates import Period, believable
from xlplan.plan.timescale.reading import Doubt, read_timescale
from xlplan.plan.values import Value

AS_IT_STANDS: Final = "as-it-stands"
TEXT_ONLY: Final = "text-only"
LIKELY: Final = "likely"
KEEP_ALL = "Keep all as typed"
"""All dates that the plan holds at once: each is text only."""

DATED = frozenset({"date", "timescale"})
"""Types of fields whose values may be doubted dates."""

_OUTSIDE = "date-implausible"
DOUBTS = frozenset({_OUTSIDE, "date-impossible", "date-truncated"})
"""Codes of what makes a date doubted."""
_CONFIRMED = ".confirmed"


@dataclass(frozen=True, slots=True)
class DoubtedDate:
    """A date that does not fit: `likely` is what was probably meant, "" where nobody can say;
    `day` its last day, None of one that does not exist.
    """

    text: str
    doubts: tuple[Doubt, ...]
    likely: str = ""
    day: date | None = None

    @property
    def findings(self) -> list[Finding]:
        """What is doubted, in words."""
        return [
            finding(doubt.code, value=self.text, details=doubt.details) for doubt in self.doubts
        ]

    @property
    def choices(self) -> dict[str, str]:
        """What may become of it, each with the words that name it."""
        words = {AS_IT_STANDS: "As it stands", TEXT_ONLY: "Text only", LIKELY: self.likely}
        if self.day is None:
            del words[AS_IT_STANDS]
        return {choice: text for choice, text in words.items() if text}

    def choice(self, typed: str) -> str | None:
        """The choice that is meant by its code or its words: `Text only`, `30 June 2013`."""
        wanted = fold_code(typed)
        known = {fold_code(text): choice for choice, text in self.choices.items()}
        return known.get(wanted) or (wanted if wanted in self.choices else None)


def doubted_date(text: str, period: Period | None) -> DoubtedDate | None:
    """What is doubted of a due text or a day; None where it fits the plan, or is no date at all.

    E.g. in a plan of 2013 `31 June 2013` is doubted, likely 30 June 2013, and so is 28 Feb 2012.
    """
    read = read_timescale(text, period)
    doubts = tuple(doubt for doubt in read.doubts if doubt.code in DOUBTS)
    if not doubts:
        return None
    outside = all(doubt.code == _OUTSIDE for doubt in doubts)
    return DoubtedDate(text, doubts, _likely(text, doubts, period), read.due if outside else None)


def _likely(text: str, doubts: tuple[Doubt, ...], period: Period | None) -> str:
    """The text with what was probably meant in it; "" where more than one thing may be meant."""
    for doubt in doubts:
        likely = doubt.details["likely"]
        # "12/15 or 12/16", "a date from 1 January to 31 March".
        if " or " in likely or likely.startswith("a "):
            return ""
        text = text.replace(doubt.details.get("value", text), likely, 1)
    meant = read_timescale(text, period)
    fits = meant.due and {doubt.code for doubt in meant.doubts} <= {"date-inferred"}
    return text if fits else ""


def is_keep_all(typed: str) -> bool:
    """Whether an answer keeps all dates as typed: `as-typed`, `text-only`, or the words for it."""
    return fold_code(typed) in {"as-typed", TEXT_ONLY, "text only", fold_code(KEEP_ALL)}


def confirmation(name: str) -> str:
    """The field that says what a person made of a doubted date in another field."""
    return name + _CONFIRMED


def is_confirmation(name: str) -> bool:
    """Whether a field says what was made of a doubted date."""
    return name.endswith(_CONFIRMED)


def confirmed_as(choice: str, value: Value) -> Value:
    """What is kept of an answer: it holds for this date and no other."""
    return Value(choice.replace("-", " "), f"{choice} {value.canonical}")


def is_open(value: Value, confirmed: Value, period: Period | None) -> bool:
    """Whether a date is doubted, and nobody has said what it is to be."""
    settled = {confirmed_as(choice, value) for choice in (AS_IT_STANDS, TEXT_ONLY)}
    return confirmed not in settled and doubted_date(value.text, period) is not None


def day_of(value: Value, confirmed: Value, period: Period | None) -> date | None:
    """The last day that a due text names, for figures; None where it names none, or is doubted."""
    try:
        day = date.fromisoformat(value.canonical)
    except ValueError:
        day = None
    if day is not None and (period is None or believable(day, period)):
        return day
    if not value:
        return None
    if confirmed != confirmed_as(AS_IT_STANDS, value) and doubted_date(value.text, period):
        return None
    return day or read_timescale(value.text, period).due
