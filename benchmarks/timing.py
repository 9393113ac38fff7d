"""Two ways of doing one thing, timed in turns, so that a busy machine is unfair to both."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


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
        seconds = f"{self.ours:8.3f} s {self.peer:8.3f} s {self.ours / self.peer:7.1f}"
        return f"{self.name:<8} {self.count:<28} {seconds}   {self.peer_is}"


HEADING = (
    f"{'what':<8} {'how many':<28} {'xlplan':>10} {'peer':>10} {'ratio':>7}   the peer, "
    "and what it leaves out"
)


def side_by_side(
    ours: Callable[[], object],
    peer: Callable[[], object],
    *,
    name: str,
    count: str,
    peer_is: str,
    turns: int = 3,
) -> Compared:
    """Time both, in turns."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(turns):
        for side, work in zip(seconds, (ours, peer), strict=True):
            began = time.perf_counter()
            work()
            side.append(time.perf_counter() - began)
    return Compared(
        name, count, statistics.median(seconds[0]), statistics.median(seconds[1]), peer_is
    )
