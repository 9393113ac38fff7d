"""What is said and asked does not depend on when somebody merged: through real workbooks, on every
plan.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.stories.decisions.sequences import COUNT, MEETINGS, Outcome, played
from tests.stories.office import an_office
from tests.stories.returns.many import PLANS


@pytest.mark.parametrize("plan", PLANS)
def test_the_split_over_merges_makes_no_difference(
    plan: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    met: Counter[str] = Counter()

    def play(seed: int, *, merges: bool) -> tuple[list[object], Outcome]:
        folder = tmp_path / f"{seed} {merges}"
        folder.mkdir()
        office = an_office(folder, capsys, monkeypatch, plan)
        office.init()
        office.export()
        events, outcome, meetings = played(office, seed, merges=merges)
        met.update(meetings)
        return [*events], outcome

    for seed in range(int(os.environ.get(COUNT, "4"))):
        events, often = play(seed, merges=True)
        _, once = play(seed, merges=False)
        assert often == once, f"seed {seed}: {events}"
    print(plan, dict(met))
    assert all(met[meeting] for meeting in MEETINGS), met
