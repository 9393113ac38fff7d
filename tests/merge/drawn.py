"""Each law, held against a fixed draw: for whoever runs the laws many hundred times, as `poe
mutants` does. pytest reads it only where it is named.
"""

from __future__ import annotations

from functools import lru_cache

import pytest

from tests.merge.laws import LAWS, Law
from tests.merge.samples import draw, samples
from tests.merge.splitting import (
    Split,
    once_all_is_decided_the_plan_is_the_same,
    splits,
    the_split_over_merges_makes_no_difference,
)

SITUATIONS = 60
"""So many that all laws together take some seconds; fewer leave rules of the merge untried."""


@lru_cache
def _splits() -> tuple[Split, ...]:
    return draw(splits(), SITUATIONS)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_law_holds(law: Law) -> None:
    for one in samples(SITUATIONS):
        law(one)


def test_the_split_over_merges_makes_no_difference() -> None:
    for split in _splits():
        the_split_over_merges_makes_no_difference(split)


def test_once_all_is_decided_the_plan_is_the_same() -> None:
    for split in _splits():
        once_all_is_decided_the_plan_is_the_same(split)
