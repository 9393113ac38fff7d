"""WHEN: the points of a plan's history as an officer names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from xlplan.plan.rounds import Round
from xlplan.plan.text.english import THIS_ROUND
from xlplan.plan.timescale.reading import read_timescale
from xlplan.rounds.session.session import NothingDone
from xlplan.store import Store

PREVIOUS = "previous"
"""The end of the round before; in the first, the column of that name in the office's workbook."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its revision, and what people call it."""

    revision: int
    name: str


def point(store: Store, when: str, about: Round | None = None) -> Point:
    """A round's name or its unique beginning (as it was when the round ended), rN, a date or month
    (at its end), init, initial, previous.

    "jan" is the January Board where no other round begins so; "Jan 2013" is 31 January 2013.
    "previous" is the end of the round before `about` (left out: the open one, else the last).

    Raises:
        NothingDone: it names no point of this plan.
    """
    text = when.strip()
    # Published plans show earlier ratings beside the current one, in columns such as "Initial" and
    # "Previous": points without a date, from before the first revision.
    seeded = {one.note.casefold(): one.number for one in store.points()}
    if text.casefold() == PREVIOUS:
        if before := round_before(store, about):
            return _end_of(store, before)
        # A workbook may show one column of earlier ratings, whatever its heading.
        if seeded:
            seeded.setdefault(PREVIOUS, [*seeded.values()][-1])
    if text.casefold() in seeded:
        return Point(seeded[text.casefold()], text.casefold())
    if text.casefold() == "init":
        return Point(1, "init")
    numbered = re.fullmatch(r"[rR](\d+)", text)
    if numbered:
        return _revision(store, int(numbered[1]))
    named = _round(store, text)
    if named:
        return _end_of(store, named)
    read = read_timescale(text)
    if read.due is not None and not read.doubts:
        return _day(store, read.due, text)
    rounds = ", ".join(one.name for one in store.rounds()) or "none yet"
    raise NothingDone(
        f"'{when}' names no point of this plan.",
        f"Name a round ({rounds}), r1 to r{store.latest}, a date, or init.",
    )


def _end_of(store: Store, known: Round) -> Point:
    return Point(known.closed if known.closed is not None else store.latest, known.name)


def round_before(store: Store, about: Round | None = None) -> Round | None:
    """The round before another; left out: before the open one, else before the last."""
    about = about or find_round(store)
    before = [one for one in store.rounds() if about is not None and one.id < about.id]
    return before[-1] if before else None


def _revision(store: Store, number: int) -> Point:
    if not 1 <= number <= store.latest:
        raise NothingDone(f"There is no revision {number}.", f"The plan has r1 to r{store.latest}.")
    taken_back = ", taken back since" if number in store.undone() else ""
    return Point(number, f"revision {number}{taken_back}")


def _round(store: Store, name: str) -> Round | None:
    rounds = store.rounds()
    exact = [one for one in rounds if one.name.casefold() == name.casefold()]
    like = exact or [one for one in rounds if one.name.casefold().startswith(name.casefold())]
    if len(like) > 1:
        raise NothingDone(
            f"More than one round begins with '{name}'.",
            f"Say which: {', '.join(r.name for r in like)}.",
        )
    return like[0] if like else None


def _day(store: Store, day: date, text: str) -> Point:
    """The last revision committed on or before the end of a day."""
    before = [
        one for one in store.revisions() if one.number >= 1 and one.at[:10] <= day.isoformat()
    ]
    if not before:
        raise NothingDone(f"The plan begins after {text}.", "See `xlplan log`.")
    return Point(before[-1].number, text)


def start_of_round(store: Store, this_round: Round | None) -> Point:
    """Where a round begins: the end of the one before it. Before any round: init."""
    if this_round is None:
        return Point(1, "init")
    before = round_before(store, this_round)
    if before is None:
        return Point(this_round.opened, THIS_ROUND)
    return Point(before.closed if before.closed is not None else this_round.opened, before.name)


def previous_ratings(store: Store) -> dict[str, str]:
    """Each action's rating at the end of the round before the open one, else before the last.

    In the first round that is where it began; a source's own column of previous ratings counts
    until something moved. What was undone moved nothing.
    """
    undone = store.undone()
    idle = {*undone, *undone.values()}
    merged = [
        one
        for one in store.revisions()
        if one.number > 1 and one.round is not None and one.number not in idle
    ]
    this_round, seeds = find_round(store), store.points()
    if merged or round_before(store, this_round):
        at = start_of_round(store, this_round).revision
    elif seeds:
        at = seeds[-1].number
    else:
        return {}
    return {
        item.key: item.text("rag")
        for item in store.snapshot(at).items.values()
        if item.kind == "action"
    }


def find_round(store: Store, name: str = "") -> Round | None:
    """The round of that name or unique beginning; without a name the open one, else the last.

    Raises:
        NothingDone: no round, or more than one, is called so.
    """
    rounds = store.rounds()
    if not name:
        return store.current_round() or (rounds[-1] if rounds else None)
    exact = [one for one in rounds if one.name == name]
    like = exact or [one for one in rounds if one.name.casefold().startswith(name.casefold())]
    if len(like) == 1:
        return like[0]
    known = ", ".join(one.name for one in rounds) or "none"
    problem = "no round" if not like else "more than one round"
    raise NothingDone(f"There is {problem} called '{name}'.", f"Rounds: {known}.")
