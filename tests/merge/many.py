"""Hold every law against many random situations: `python -m tests.merge.many 10000`."""

from __future__ import annotations

import sys
import time

from hypothesis import HealthCheck, given, settings

from tests.merge.laws import LAWS
from tests.strategies import Situation, situations


def many(count: int) -> int:
    """Draw `count` situations afresh and hold every law against each of them; gives how many were
    held.
    """
    held = 0

    @settings(
        max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(situations())
    def hold(one: Situation) -> None:
        nonlocal held
        held += 1
        for law in LAWS:
            law(one)

    hold()
    return held


if __name__ == "__main__":
    began = time.monotonic()
    held = many(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    print(
        f"{held} situations, {len(LAWS)} laws each, {time.monotonic() - began:.0f} seconds: all "
        "hold."
    )
