"""Targets of measures: the cell as the office writes it, what it means, and which target is due by
a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from xlplan.plan.model import Item
from xlplan.plan.text.numbers import read_number, read_percent
from xlplan.plan.text.text import same_text
from xlplan.plan.timescale.dates import Period
from xlplan.plan.timescale.reading import read_timescale

__all__ = [
    "DueTarget",
    "Target",
    "compare",
    "read_target",
    "stated_target",
    "target_due",
    "targets_of",
]

TargetKind = Literal["number", "percent", "to-be-confirmed", "text", "none"]
Direction = Literal["at-least", "at-most"]

_NUMBER = r"[-+]?\d[\d,]*(?:\.\d+)?"
_PERCENT = re.compile(r"(?:%|per ?cent)$", re.IGNORECASE)
_AMOUNT = rf"{_NUMBER}(?:\s*(?:%|per ?cent\b))?"
# `from 51% to 30%`, `51 – 30%`, `51% → 30%`: the dashes are Word's.
_RANGE = re.compile(
    rf"(?:from\s+)?(?P<start>{_AMOUNT})\s*(?:to|-|–|—|→)\s*(?P<end>{_AMOUNT})", re.IGNORECASE
)
_ONE = re.compile(rf"(?P<end>{_AMOUNT})", re.IGNORECASE)
_STATED = re.compile(rf"(?<![\w.,]){_AMOUNT}(?!\w)", re.IGNORECASE)
# `A further 12 schools` counts on from the target before it.
_FURTHER = re.compile(r"(?:an?\s+)?(?:further|another|additional)\s+", re.IGNORECASE)
_AT_MOST = r"at most|(?:no|not) more than|max(?:imum)?(?: of)?|at or (?:under|below)|[<≤]=?"
_AT_LEAST = r"at least|no (?:less|fewer) than|min(?:imum)?(?: of)?|at or (?:over|above)|[>≥]=?"
_SIGNS: tuple[tuple[Direction, str], ...] = (
    ("at-most", rf"(?:to\s+)?(?:{_AT_MOST}|under|below|less than|fewer than|up to)"),
    ("at-least", rf"(?:to\s+)?(?:{_AT_LEAST}|over|above|more than)"),
)
# Words that make a bare number a limit; `under 5` may be an age: `children under 5 seen`.
_LIMIT = re.compile(rf"(?<!\w)(?:{_AT_MOST}|{_AT_LEAST})\s*$", re.IGNORECASE)
# `at most 7 days` is how soon a case is dealt with, not how many cases are.
_TIME = re.compile(r"\s*(?:working |calendar )?(?:hour|day|week|month|year)s?\b", re.IGNORECASE)
_BEFORE: tuple[tuple[Direction, re.Pattern[str]], ...] = tuple(
    (direction, re.compile(rf"(?:{words})\s*", re.IGNORECASE)) for direction, words in _SIGNS
)
_ENDS = tuple(
    (direction, re.compile(rf"(?<!\w)(?:{words})\s*$", re.IGNORECASE))
    for direction, words in _SIGNS
)
_AFTER: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    ("at-most", re.compile(r"\s*(?:or (?:less|fewer|under|below|lower))\b", re.IGNORECASE)),
    ("at-least", re.compile(r"\s*(?:or (?:more|over|above|better|higher)|\+)", re.IGNORECASE)),
)
# Plans are published before the figures are agreed: `TBC`, `To be agreed with partners`.
_TO_COME = re.compile(
    r"(?:tbc|tba|tbd|to be (?:confirmed|agreed|set|decided|determined))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_REST = re.compile(r"\s*(?:[,;.(]|$)")
"""What may follow an amount: the end, or words that stand apart from it."""


@dataclass(frozen=True, slots=True)
class Target:
    """A target as written and as read. Amounts are shortest digits; those of a percent are shares
    of one.

    `start` is where a range begins (`51% to 30%`); `further`: the amount comes on top of the target
    before it; `rest` holds the words after the amount; `direction` is None unless the text tells
    which way is better.
    """

    text: str
    kind: TargetKind
    amount: str = ""
    start: str = ""
    further: bool = False
    direction: Direction | None = None
    rest: str = ""

    @property
    def measurable(self) -> bool:
        """Whether a reading can be held against it: an amount that does not hang on another one."""
        return bool(self.amount) and not self.further


@dataclass(frozen=True, slots=True)
class DueTarget:
    """One target of a measure, and the last day of the time named for it; None when it names
    none.
    """

    target: Target
    by: date | None
    interim: bool = False


def read_target(text: str) -> Target:
    """Read a target's text. What is no amount stays text: never a guess.

    E.g. `at least 95%` reads 0.95 of a percent, the more the better; `51% to 30%` reads 0.3 from
    0.51, the less the better; `TBC` is to be confirmed; `under 5 days` and `Improve` are text.
    """
    words = same_text(text).strip()
    if not words:
        return Target(text, "none")
    if _TO_COME.fullmatch(words):
        return Target(text, "to-be-confirmed")
    bare, direction = _without_sign(words)
    further = _FURTHER.match(bare)
    bare = bare[further.end() :] if further else bare
    found = _RANGE.match(bare) or _ONE.match(bare)
    if found is None:
        return Target(text, "text")
    after, rest = _after(bare[found.end() :])
    start, end = found.groupdict().get("start") or "", found["end"]
    kind: TargetKind = "percent" if _is_percent(start) or _is_percent(end) else "number"
    amounts = [_amount(side, kind) for side in (start, end)]
    if not amounts[1] or (start and not amounts[0]) or not _REST.match(rest):
        return Target(text, "text")
    better = direction or after or _of_range(amounts[1], amounts[0])
    return Target(
        text, kind, amounts[1], amounts[0], bool(further), better, rest.lstrip(" ,;.").strip()
    )


def stated_target(measure: str, target: str) -> Target:
    """The target of a measure: its cell, or, where that is blank, the only percentage or limit that
    its wording names.

    A bare number in the wording is no target (`KPI 2`, `at most 7 days`, `under 5`); neither is one
    of several. E.g. `85% of visits in time` states 85%, `no more than 5%` states 5% at most, and
    `From 60% to 80%` states none.
    """
    if same_text(target).strip():
        return read_target(target)
    wording = same_text(measure)
    found = []
    for match in _STATED.finditer(wording):
        before, after = wording[: match.start()], wording[match.end() :]
        if _is_percent(match[0]) or (_LIMIT.search(before) and not _TIME.match(after)):
            found.append((match[0], _sign_before(before) or _after(after)[0]))
    if len(found) != 1:
        return Target(target, "none")
    words, direction = found[0]
    kind: TargetKind = "percent" if _is_percent(words) else "number"
    amount = _amount(words, kind)
    return Target(words, kind, amount, direction=direction) if amount else Target(target, "none")


def targets_of(measure: Item, period: Period | None) -> list[DueTarget]:
    """Both targets of a measure, the interim one first; those that nothing states are left out."""
    each = (
        (read_target(measure.text("interim_target")), measure.text("interim_by"), True),
        (
            stated_target(measure.text("measure"), measure.text("target")),
            measure.text("target_by"),
            False,
        ),
    )
    return [
        DueTarget(target, read_timescale(by, period).due, interim)
        for target, by, interim in each
        if target.kind != "none"
    ]


def target_due(measure: Item, on: date, period: Period | None) -> DueTarget | None:
    """The target that a measure has to meet by a day: the latest whose time has come, or else the
    first to come.

    A final target without a date follows the interim one, once that one's time has come.
    """
    # Plans date the target for this year and leave the final one without a date.
    due: DueTarget | None = None
    for target in targets_of(measure, period):
        waits = target.by is not None and on < target.by
        if due is None or (not waits and (due.by is None or due.by <= on)):
            due = target
    return due


def compare(reading: str, target: Target) -> float | None:
    """Reading less target; None unless both are numbers, or both percentages.

    E.g. `78%` against `at least 95%` is -0.17; `78` against `95%` is None.
    """
    read = read_percent if target.kind == "percent" else read_number
    words = same_text(reading)
    if not target.measurable or _is_percent(words) != (target.kind == "percent"):
        return None
    amount = read(words)
    # 0.78 - 0.95 is -0.16999999999999993 in floats.
    return None if amount is None else round(float(amount) - float(target.amount), 6)


def _is_percent(words: str) -> bool:
    return bool(_PERCENT.search(words))


def _amount(words: str, kind: TargetKind) -> str:
    """The digits of an amount; one side of a range may leave out the sign of the other (`51 to
    30%`).
    """
    # `51 to 30%`: the sign is written once.
    if kind == "percent" and not _is_percent(words):
        words = f"{words}%" if words else ""
    return (read_percent(words) if kind == "percent" else read_number(words)) or ""


def _without_sign(text: str) -> tuple[str, Direction | None]:
    """The words after `under` or `at least`, and which way is better."""
    for direction, words in _BEFORE:
        if found := words.match(text):
            return text[found.end() :], direction
    return text, None


def _sign_before(words: str) -> Direction | None:
    """Which way is better, by the last words before an amount."""
    return next((direction for direction, sign in _ENDS if sign.search(words)), None)


def _after(words: str) -> tuple[Direction | None, str]:
    """Which way is better by the words after an amount (`or more`), and the words that follow."""
    for direction, sign in _AFTER:
        if found := sign.match(words):
            return direction, words[found.end() :]
    return None, words


def _of_range(end: str, start: str) -> Direction | None:
    """A range tells the way: from where it begins to where it ends."""
    if not start or float(start) == float(end):
        return None
    return "at-least" if float(end) > float(start) else "at-most"
