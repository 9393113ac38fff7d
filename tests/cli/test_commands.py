"""The commands as a script runs them: statuses, one JSON document, words without a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from xlplan.cli.main import app, run

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = typer.main.get_command(app)


def command(
    *arguments: str, folder: Path, encoding: str = "utf-8", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "xlplan", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        encoding=encoding,
        check=False,
        timeout=120,
    )


def names() -> list[str]:
    return sorted(COMMANDS.commands)  # type: ignore[attr-defined]  # a group of commands


@pytest.mark.parametrize("name", names())
def test_every_command_explains_itself_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([name, "--help"]) == 0
    said = capsys.readouterr().out
    if name != "mapping":
        assert f"Example: xlplan {name}" in said
        assert "--json" in said


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"xlplan \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["status"], "xlplan init"),
        (["init", "nothing.xlsx", "--mapping", "nothing.toml"], "nothing.xlsx"),
        (["import", "nothing.xlsx"], "xlplan init"),
        (["export", "--round", "R", "--return-by", "soon"], "soon"),
        (["restore", "nothing.db"], "nothing.db"),
        (["improt"], "import"),
        (["status", "--jsn"], "--json"),
        (["mapping", "check", "nothing.toml"], "nothing.toml"),
    ],
)
def test_nothing_done_is_2_with_words_and_no_traceback(
    arguments: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert "Traceback" not in said.err + said.out
    assert said.out == ""
    assert not list(tmp_path.iterdir())


def test_json_is_one_document_even_when_nothing_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["status", "--json"]) == 2
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert "xlplan init" in document["error"] + document["hint"]


def test_an_unforeseen_fault_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("xlplan.rounds.status.standing", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run(["status"]) == 2
    said = capsys.readouterr().err
    (report,) = tmp_path.glob("xlplan-fault-*.txt")
    assert report.name in said
    assert "Traceback" not in said
    assert "on purpose" in report.read_text(encoding="utf-8")


def test_a_console_of_an_older_windows_shows_everything(tmp_path: Path) -> None:
    made = command(
        "init",
        str(ROOT / "workbooks" / "walsall-2012.xlsx"),
        "--mapping",
        str(ROOT / "mappings" / "walsall-2012.toml"),
        folder=tmp_path,
        encoding="cp1252",
        PYTHONIOENCODING="cp1252",
        PYTHONUTF8="0",
    )
    assert made.returncode == 1
    assert "58 actions" in made.stdout
    assert made.stderr == ""


def test_help_starts_without_the_heavy_libraries(tmp_path: Path) -> None:
    script = (
        "import sys; from xlplan.cli.main import run; run(['--help']); heavy = {'openpyxl', "
        "'pandas', 'xlsxwriter', "
        "'sqlalchemy', 'docx', 'jinja2'}; print(sorted(heavy & sys.modules.keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stdout.strip().endswith("[]")


def test_what_stands_in_many_places_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["init", str(ROOT / "workbooks" / "west-sussex-2019.xlsx")]
    arguments += ["--mapping", str(ROOT / "mappings" / "west-sussex-2019.toml")]
    assert run(arguments) == 1
    said = capsys.readouterr()
    (told,) = [
        line for line in (said.out + said.err).splitlines() if "This action has no lead" in line
    ]
    assert "45 places" in told
    assert "12.3" in told
