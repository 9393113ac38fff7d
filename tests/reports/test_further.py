"""Figures beside the ratings."""

from __future__ import annotations

from tests.reports.builders import some_figures


def test_months_hold_every_action_with_a_day_once_in_order() -> None:
    told = some_figures()
    months = told.further.months
    assert [one.month for one in months] == sorted(
        {f"{a.due_on:%Y-%m}" for a in told.actions if a.due_on}
    )
    assert sum(one.open.total + one.completed for one in months) == sum(
        a.due_on is not None for a in told.actions
    )


def test_steps_count_every_rating_that_moved() -> None:
    told = some_figures()
    assert sum(told.further.steps.values()) == len(told.moves) > 0
