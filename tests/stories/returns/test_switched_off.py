"""Each fault is really met: with its handling switched off, the same returns go wrong as they must,
without a crash.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.stories.returns import faults, many
from tests.stories.returns.oracle import Problem
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
    kind, _ = SWITCHES[name]
    # A fault may miss the cells that it harms: among twice as many returns it meets them.
    problems, faulty = gone_wrong(name, office, monkeypatch, leads=2)
    if not faulty or kind not in {one.kind for one in problems}:
        problems, faulty = gone_wrong(name, office, monkeypatch, leads=4)
    assert faulty, "the fault did not come up"
    kinds = {one.kind for one in problems}
    assert "crash" not in kinds, problems
    assert kind in kinds, "\n".join(map(str, problems))


def gone_wrong(
    name: str, office: many.Office, monkeypatch: pytest.MonkeyPatch, leads: int
) -> tuple[list[Problem], bool]:
    """What is wrong without the handling of a fault, and whether any return has it."""
    _, switch = SWITCHES[name]
    always = (name, *NEEDS.get(name, ()))
    with many.composed(office, random.Random(name), always, leads) as batch:
        assert batch.problems() == []
        with monkeypatch.context() as off:
            switch(off, office.sent[0])
            problems = batch.problems()
    return problems, any(name in one.faults for one in batch.sent)
