"""Each fault is really met: with its handling switched off, a run that has the fault in every return fails."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.returns import faults, many
from tests.returns.switches import NEEDS, SWITCHES


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> many.Office:
    return many.open_office("walsall-2012", tmp_path_factory.mktemp("office") / "walsall")


def test_every_fault_has_a_switch() -> None:
    assert set(SWITCHES) == set(faults.ALL)


@pytest.mark.parametrize("name", faults.ALL)
def test_the_run_fails_without_its_handling(
    name: str, office: many.Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    always = (name, *NEEDS.get(name, ()))
    SWITCHES[name](monkeypatch, office.sent[0])
    sent, problems = many.run_batch(office, random.Random(name), always)
    assert any(name in one.faults for one in sent), "the fault did not come up"
    assert problems
