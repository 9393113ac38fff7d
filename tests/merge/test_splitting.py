"""What is said and asked does not depend on when somebody merged."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.merge.building import FIELDS, PLAN, back
from tests.merge.splitting import (
    Split,
    once_all_is_decided_the_plan_is_the_same,
    splits,
    the_split_over_merges_makes_no_difference,
)
from tests.strategies import Situation
from xlplan.merge import Merged, three_way

few = settings(
    max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)


@few
@given(splits())
def test_the_split_over_merges_makes_no_difference(split: Split) -> None:
    the_split_over_merges_makes_no_difference(split)


@few
@given(splits())
def test_once_all_is_decided_the_plan_is_the_same(split: Split) -> None:
    once_all_is_decided_the_plan_is_the_same(split)


def test_the_law_fails_where_what_was_settled_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    returns = (
        back("Asha", {"a1": {"rag": "G"}}, round="Feb"),
        back("Ben", {"a1": {"rag": "R"}}, round="Feb"),
    )
    split = Split(Situation(PLAN, returns, FIELDS), frozenset(), frozenset({0}))
    the_split_over_merges_makes_no_difference(split)
    core = three_way

    def forgetting(*given: Any, settled: object, **rest: Any) -> Merged:
        return core(*given, **rest)

    monkeypatch.setattr("tests.merge.splitting.three_way", forgetting)
    with pytest.raises(AssertionError):
        the_split_over_merges_makes_no_difference(split)
