"""One story a plan, played once."""

from __future__ import annotations

import pytest

from tests.stories.proof.expected_charts import Expected
from tests.stories.proof.happenings import play
from tests.stories.proof.recomputed import Recomputed
from tests.stories.proof.story import YEARS, Story


# Whoever plays a story has all of its tests: it takes longer than they do.
@pytest.fixture(
    scope="session",
    params=[pytest.param(plan, marks=pytest.mark.xdist_group(plan)) for plan in YEARS],
)
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    return play(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="session")
def told(story: Story) -> Recomputed:
    return Recomputed(story)


@pytest.fixture(scope="session")
def expected(told: Recomputed) -> Expected:
    return Expected(told)
