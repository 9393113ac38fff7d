"""The demo: a whole round in a folder, the same every time, and every figure it prints is the
commands' own.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from xlplan.cli.main import run
from xlplan.demo.playing import run_demo
from xlplan.rounds.session.session import NothingDone


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    import contextlib
    import io

    folder = tmp_path_factory.mktemp("demo") / "office"
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert run(["demo", str(folder)]) == 0
    return said.getvalue(), folder


def document(folder: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    run([*arguments, "--plan", str(folder / "plan.db"), "--json"])
    return json.loads(capsys.readouterr().out)


def test_it_prints_less_than_a_page(told: tuple[str, Path]) -> None:
    assert 10 < len(told[0].splitlines()) < 50


def test_every_file_that_it_names_is_there(told: tuple[str, Path]) -> None:
    said, folder = told
    named = re.findall(r"workbooks/(?:out|master|reports)/.*\.(?:xlsx|html)", said)
    assert len(named) == 4
    assert all((folder / name).is_file() for name in named)


def test_every_figure_is_the_commands_own(
    told: tuple[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    said, folder = told
    steps = {line[3:].split()[0]: line for line in said.splitlines() if re.match(r"\d\. ", line)}
    replayed = run_demo(folder.parent / "again").document()

    def figures(step: str) -> list[int]:
        return [int(number) for number in re.findall(r"(?<![\w.])\d+(?![\w.])", steps[step][3:])]

    made, sent, taken = replayed["init"], replayed["export"], replayed["import"]
    assert figures("init") == [
        made["actions"],
        made["sections"],
        made["leads"],
        len(made["findings"]),
    ]
    assert figures("export") == [len(sent["workbooks"]), len(sent["not_sent"])]
    leads = replayed["status"]["leads"]
    back = [one for one in leads if one["status"] in {"returned", "late"}]
    nil = [one for one in back if one["nil"]]
    assert figures("returns") == [len(back), len(leads), len(nil), len(leads) - len(back)]
    assert figures("import") == [
        len(taken["changes"]),
        len(taken["questions"]),
        len(taken["proposed"]),
    ]
    merged = replayed["merge"]
    assert figures("merge") == [
        merged["revision"],
        len(merged["changes"]),
        merged["open_questions"],
    ]
    log = document(folder, "log", capsys=capsys)
    assert log["revisions"][-1]["changes"] == len(merged["changes"])
    for found in taken["findings"]:
        assert (found["severity"] == "notice") or found["message"] in said


def test_it_has_the_trouble_that_real_returns_bring(told: tuple[str, Path]) -> None:
    said, _ = told
    for trouble in (
        "'Purple' is not a rating",
        "'31 June 2013' names a day",
        "leads do not edit it",
        "Salma Ali",
    ):
        assert trouble in said
    assert re.search(r"question C\d+: 2\.17 rag: .*Rose Collinson.* against .*Sue Butcher", said)


def test_run_twice_it_gives_the_same(tmp_path: Path) -> None:
    first = json.dumps(run_demo(tmp_path / "office").document())
    assert json.dumps(run_demo(tmp_path / "office").document()) == first


def test_it_never_clears_a_folder_of_someone_elses(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NothingDone, match="not empty"):
        run_demo(tmp_path)
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"
