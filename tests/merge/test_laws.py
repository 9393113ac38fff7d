"""The laws of the merge hold for whatever comes back."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings

from tests.merge.laws import LAWS, Law
from tests.merge.samples import samples
from tests.strategies import Situation, situations, troubles

TROUBLES = [
    "blank",
    "look-alike",
    "three forms of a date",
    "second return",
    "two issues",
    "repeated row",
    "missing row",
    "missing column",
    "withdrawn row",
    "joint leads",
    "proposal",
    "same new ref",
    "unknown key",
    "detached row",
    "no base",
    "origin",
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_law_holds(law: Law) -> None:
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(situations())
    def holds(one: Situation) -> None:
        law(one)

    holds()


@pytest.mark.parametrize("trouble", TROUBLES)
def test_one_situation_in_twenty_has_each_trouble(trouble: str) -> None:
    drawn = samples()
    counted = Counter(name for one in drawn for name in troubles(one))
    assert counted[trouble] * 20 >= len(drawn) >= 300
