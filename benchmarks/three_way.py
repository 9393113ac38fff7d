"""The merge by itself, at two sizes: in CPU time, beside a plain dictionary and two libraries."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from typing import get_args

from benchmarks.peers import PEERS
from benchmarks.tables import Case, Kind, case
from benchmarks.timing import HEADING, Compared, Work, in_turns
from xlplan.merge import three_way

SMALL, LARGE, LEADS = 10_000, 100_000, 20
KINDS: tuple[Kind, ...] = get_args(Kind)
ENOUGH = 30.0
"""Seconds of CPU after which a comparison takes no further turn."""


def speed(rows: int = SMALL, leads: int = LEADS, turns: int = 5) -> Iterator[str]:
    """A line for each kind of cell, number of returns and peer."""
    yield from _missing()
    yield HEADING
    for returns in (1, leads):
        for kind in KINDS:
            yield from (one.line() for one in _compared(case(kind, rows, returns), turns))


def growth(small: int = SMALL, large: int = LARGE, turns: int = 3) -> Iterator[str]:
    """What ten times the rows cost in time, and the most memory that is held on the way, beyond
    what was given.
    """
    yield from _missing()
    yield f"{'what':<8} {'who':<8} {'CPU':>16} {'growth':>8} {'memory':>10}   {large:,} rows"
    for kind in KINDS:
        sizes = {rows: _works(case(kind, rows, 1)) for rows in (small, large)}
        taken = in_turns(
            {(name, rows): work for rows, works in sizes.items() for name, work in works.items()},
            turns=turns,
            enough=ENOUGH,
            clock=time.process_time,
        )
        for name, work in sizes[large].items():
            after, times = taken[name, large], taken[name, large] / taken[name, small]
            # SQLite asks the system for its memory, and Python does not see it.
            held = f"{_megabytes(work):7.0f} MB" if name != "session" else f"{'-':>10}"
            yield f"{kind:<8} {name:<8} {after:14.3f} s {times:8.1f} {held}"


SETS = {"three-way": speed, "growth": growth}


def _missing() -> Iterator[str]:
    packages = [peer.package for peer in PEERS.values() if peer.missing]
    if packages:
        yield (
            f"Left out, not installed: {', '.join(packages)} "
            "(python -m pip install -r benchmarks/peers.txt)."
        )


def _works(one: Case) -> dict[str, Work]:
    """Ours, and that of each peer that is here. A peer knows texts only, whatever kind they are of
    ours.
    """
    works: dict[str, Work] = {"xlplan": lambda: three_way(one.master, one.returns, one.fields)}
    return works | {name: peer.prepare(one) for name, peer in PEERS.items() if not peer.missing}


def _compared(one: Case, turns: int) -> Iterator[Compared]:
    seconds = in_turns(_works(one), turns=turns, enough=ENOUGH, clock=time.process_time)
    ours = seconds.pop("xlplan")
    for name, peer in seconds.items():
        yield Compared(one.kind, one.count, ours, peer, PEERS[name].leaves_out)


def _megabytes(work: Work) -> float:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
