"""Figures beside the ratings."""

from __future__ import annotations

import pytest

from tests.reports.builders import some_figures
from xlplan.reports.further import gap


@pytest.mark.parametrize(
    ("reading", "target", "wanted"),
    [
        ("87%", "90%", -0.03),
        ("12", "10", 2.0),
        ("1,200", "1000", 200.0),
        ("87", "90%", None),
        ("", "90", None),
        ("90", "to be set", None),
    ],
)
def test_a_reading_is_held_against_a_target_of_its_own_kind_only(reading, target, wanted):
    assert gap(reading, target) == wanted


def test_months_hold_every_action_with_a_day_once_in_order():
    told = some_figures()
    months = told.further.months
    assert [one.month for one in months] == sorted({f"{a.due_on:%Y-%m}" for a in told.actions if a.due_on})
    assert sum(one.open.total + one.completed for one in months) == sum(a.due_on is not None for a in told.actions)


def test_steps_count_every_rating_that_moved():
    told = some_figures()
    assert sum(told.further.steps.values()) == len(told.moves) > 0
