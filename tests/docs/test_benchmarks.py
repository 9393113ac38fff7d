"""The benchmarks run, and say what they compare; how fast anything is, no test asks."""

from __future__ import annotations

import pytest

from benchmarks.__main__ import main
from benchmarks.cases import CASES


@pytest.mark.parametrize("name", ["merge", "commit"])
def test_a_comparison_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    main([name])
    heading, line = capsys.readouterr().out.splitlines()
    assert "ratio" in heading
    assert line.startswith(name)
    assert " s " in line


def test_an_unknown_one_is_told() -> None:
    with pytest.raises(SystemExit, match=", ".join(CASES)):
        main(["speed"])
