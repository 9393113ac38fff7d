"""The nearest names, and actions that say nearly the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.plan.text.likeness import alike, in_order, near

NAMES = ["Sue Butcher", "Rose Collinson", "Ann Marie Dodds", "Head of Service", "A1.1"]


@pytest.mark.parametrize(
    ("value", "nearest"),
    [
        ("S Butcher", ["Sue Butcher"]),
        ("rose colinson", ["Rose Collinson"]),
        ("Dodds", ["Ann Marie Dodds"]),
        ("Butcher, Sue", ["Sue Butcher"]),
        ("Collinson, Roes", ["Rose Collinson"]),
        ("Sue Bancroft", []),
        ("Head of QA", []),
        ("New Head of Service", ["Head of Service"]),
        ("А1.1", ["A1.1"]),
        ("Zebra", []),
        ("", []),
    ],
)
def test_nearest_names(value: str, nearest: list[str]) -> None:
    assert near(value, NAMES) == nearest


def test_no_more_than_asked_for_and_the_best_first() -> None:
    assert near("1.10", ["1.1", "1.100", "1.10", "11.0"], n=2) == ["1.10", "1.100"]


def test_the_same_action_in_other_words_is_more_alike_than_another() -> None:
    action = "Recruit a permanent head of service for the front door"
    reworded = "Recruit permanent Head of Service for front door"
    other = "Review the thresholds with partners by the summer"
    assert alike(action, action.upper()) == 1
    assert alike(action, reworded) > 0.85
    assert alike(action, other) < 0.5
    assert alike(action, "") == 0


@settings(max_examples=120)
@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_has_no_direction(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == alike(other, one)


@settings(max_examples=120)
@given(st.text("ab c", max_size=12), st.text("ab c", max_size=12))
def test_letters_in_order_are_a_share_without_direction_and_nothing_below_the_least(
    one: str, other: str
) -> None:
    share = in_order(one, other)
    assert 0 <= share == in_order(other, one) <= 1
    assert (share == 1) == (one == other)
    assert in_order(one, other, 0.75) == (share if share >= 0.75 else 0)
