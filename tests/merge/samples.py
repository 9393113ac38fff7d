"""Situations drawn once and kept: the same ones every time."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import HealthCheck, Phase, given, settings

from tests.strategies import Situation, situations


@lru_cache
def samples(count: int = 400) -> tuple[Situation, ...]:
    """The first `count` situations of a fixed draw."""
    drawn: list[Situation] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(situations())
    def collect(one: Situation) -> None:
        drawn.append(one)

    collect()
    return tuple(drawn)
