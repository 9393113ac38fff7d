"""Each fault is really met: with its handling switched off, the same returns go wrong as they must,
without a crash.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.stories.returns import faults, many
from tests.stories.returns.switches import NEEDS, SWITCHES


@pytest.fixture(scope="module")
def office(sent_by: Callable[[str], many.Office]) -> many.Office:
    return sent_by("walsall-2012")


def test_every_fault_has_a_switch() -> None:
    assert set(SWITCHES) == set(faults.ALL)


@pytest.mark.parametrize("name", faults.ALL)
def test_the_run_goes_wrong_without_its_handling(
    name: str, office: many.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, switch = SWITCHES[name]
    with many.composed(office, random.Random(name), (name, *NEEDS.get(name, ()))) as batch:
        assert batch.problems() == []
        switch(monkeypatch, office.sent[0])
        problems = batch.problems()
    assert any(name in one.faults for one in batch.sent), "the fault did not come up"
    kinds = {one.kind for one in problems}
    assert "crash" not in kinds, problems
    assert kind in kinds, "\n".join(map(str, problems))
