"""`poe mutants` finds what it names, and counts what mutmut tells."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Any:
    spec = importlib.util.spec_from_file_location("mutants", ROOT / ".ci" / "mutants.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "mutants", module)
    spec.loader.exec_module(module)
    return module


def test_what_the_configuration_names_is_there(command: Any) -> None:
    selected = [each.rpartition("=")[2] for each in CONFIG["pytest_add_cli_args_test_selection"]]
    plugins = [each for each in CONFIG["pytest_add_cli_args"] if each.startswith("tests.")]
    assert plugins
    for name in [*selected, *(f"{each.replace('.', '/')}.py" for each in plugins)]:
        assert (ROOT / name).exists(), name
    assert CONFIG["only_mutate"] == [f"{command.ROOM}/*.py"]


def test_a_mutant_that_nothing_says_anything_of_has_survived(command: Any) -> None:
    outcome = command.Outcome()
    for name, code in {"failed": 1, "endless": -24, "passed": 0, "no test": 33, "odd": 35}.items():
        outcome.add(name, code)
    assert (outcome.killed, outcome.timeout) == (1, 1)
    assert outcome.survived == ["passed", "no test", "odd"]
    assert outcome.share == 0.4


@pytest.mark.parametrize(("killed", "status"), [(9, 0), (8, 1)])
def test_nine_in_ten_are_asked_for(
    killed: int, status: int, command: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = command.Outcome(killed, survived=["x"] * (10 - killed))
    assert command._told({"rules": outcome, "__init__": command.Outcome()}) == status
    heading, *lines, sum_ = capsys.readouterr().out.splitlines()
    assert heading.split() == ["file", "killed", "survived", "timeout", "share"]
    assert [line.split()[0] for line in lines] == ["rules", "all"]
    assert f"{killed * 10}.0% of 10 mutants" in sum_


def test_a_file_that_is_not_there_is_told(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["speed"]) == 2
    assert "Choose from: __init__, " in capsys.readouterr().out
