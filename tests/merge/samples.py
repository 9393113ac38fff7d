"""Situations drawn once and kept: the same ones every time."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from tests.strategies import Situation, situations

Drawn = TypeVar("Drawn")


@lru_cache
def samples(count: int = 400) -> tuple[Situation, ...]:
    """The first `count` situations of a fixed draw."""
    return draw(situations(), count)


def draw(strategy: SearchStrategy[Drawn], count: int) -> tuple[Drawn, ...]:
    """The first `count` of a strategy, the same ones every time."""
    drawn: list[Drawn] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(one: Drawn) -> None:
        drawn.append(one)

    collect()
    return tuple(drawn)
