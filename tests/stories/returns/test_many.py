"""At least 2,000 composed returns over the five plans: nothing lost unseen, nothing on a wrong row,
nothing made up.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.stories.returns import many

PER_JOB, JOBS = 100, 4


# With all seeds of a plan on one worker, its workbooks are sent once.
@pytest.mark.parametrize("seed", range(JOBS))
@pytest.mark.parametrize(
    "plan",
    [pytest.param(plan, marks=pytest.mark.xdist_group(f"sent {plan}")) for plan in many.PLANS],
)
def test_every_cell_is_where_it_belongs(
    plan: str,
    seed: int,
    sent_by: Callable[[str], many.Office],
    record_property: Callable[[str, object], None],
) -> None:
    tally = many.run_many(sent_by(plan), PER_JOB, seed)
    record_property("returns", json.dumps(tally.document()))
    assert tally.returns >= PER_JOB
    assert not tally.problems, "\n".join(tally.problems[:20])


def test_that_is_two_thousand() -> None:
    assert PER_JOB * JOBS * len(many.PLANS) >= 2_000
