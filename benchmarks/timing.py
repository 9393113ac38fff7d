"""Several ways of doing one thing, timed in turns, so that a busy machine is unfair to all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Work = Callable[[], Any]
Clock = Callable[[], float]
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Compared:
    """Seconds for ours and for the peer's, the median of some turns; what each does, and how many
    of what.
    """

    name: str
    count: str
    ours: float
    peer: float
    peer_is: str

    def line(self) -> str:
        seconds = f"{self.ours:8.3f} s {self.peer:8.3f} s {self.ours / self.peer:7.2f}"
        return f"{self.name:<8} {self.count:<28} {seconds}   {self.peer_is}"


HEADING = (
    f"{'what':<8} {'how many':<28} {'xlplan':>10} {'peer':>10} {'ratio':>7}   the peer, "
    "and what it leaves out"
)


def side_by_side(
    ours: Work,
    peer: Work,
    *,
    name: str,
    count: str,
    peer_is: str,
    turns: int = 3,
    clock: Clock = time.perf_counter,
) -> Compared:
    """Time both, in turns; with `time.process_time` as the clock only computing counts."""
    seconds = in_turns({"ours": ours, "peer": peer}, turns=turns, clock=clock)
    return Compared(name, count, seconds["ours"], seconds["peer"], peer_is)


def in_turns(
    works: Mapping[Name, Work],
    *,
    turns: int = 3,
    enough: float = float("inf"),
    clock: Clock = time.perf_counter,
) -> dict[Name, float]:
    """The median seconds of each by that clock. No turn begins once they have taken `enough`
    seconds together.
    """
    seconds: dict[Name, list[float]] = {name: [] for name in works}
    for turn in range(turns):
        if turn and sum(map(sum, seconds.values())) > enough:
            break
        # What was left behind before is not collected on anybody's time.
        gc.collect()
        for name, work in works.items():
            began = clock()
            work()
            seconds[name].append(clock() - began)
    return {name: statistics.median(taken) for name, taken in seconds.items()}
