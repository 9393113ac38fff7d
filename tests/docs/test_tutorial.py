"""The tutorial and the library page, followed literally in a folder of their own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from tests.cli.running import ROOT, xlplan
from tests.stories.office import type_into

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
LIBRARY = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")


def pattern(expected: str) -> str:
    """The shown output as a pattern: `...` alone stands for any lines, within a line for any
    words.
    """
    lines = [
        "(?:.*\n)*?" if line.strip() == "..." else _line(line) for line in expected.splitlines()
    ]
    return "".join(lines)


def _line(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.rstrip().split("...")) + "\n"


def steps() -> list[tuple[str, str]]:
    """Every command with the output that is shown, and in their place the cells that the reader
    fills in.
    """
    found = []
    for block in re.finditer(
        r"^```console\n(.*?)^```|<!-- fills in: (.*?) -->", TUTORIAL, re.MULTILINE | re.DOTALL
    ):
        if block[2]:
            found.append(("fills in", block[2]))
            continue
        for part in re.split(r"^\$ ", block[1], flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def test_the_tutorial_followed_literally(tmp_path: Path) -> None:
    folder = tmp_path
    answers: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for command, shown in steps():
        if command == "fills in":
            lead, ref, column, text = (part.strip() for part in shown.split("|"))
            answers[lead][ref][column] = text
            continue
        _send_back(folder, answers)
        first, *words = shlex.split(command)
        if first == "cd":
            folder = folder / words[0]
            continue
        assert first == "xlplan", command
        # By today's date, and as whoever has logged in: that is what the reader's own says.
        ran = xlplan(*words, folder=folder, XLPLAN_NOW="", XLPLAN_USER="")
        assert ran.err == "", command
        assert re.fullmatch(pattern(shown), ran.out), (
            f"$ {command}\nshown:\n{shown}\nsaid:\n{ran.out}"
        )


def _send_back(folder: Path, answers: dict[str, dict[str, dict[str, str]]]) -> None:
    """Fill in the workbooks as the tutorial says, and save them among the returned ones."""
    for lead, rows in answers.items():
        sent = folder / "workbooks" / "out" / "February Board" / f"2013-02-13 {lead}.xlsx"
        saved = folder / "workbooks" / "returned" / f"from {lead}.xlsx"
        saved.write_bytes(sent.read_bytes())
        type_into(saved, rows)
    answers.clear()


def test_what_is_filled_in_is_what_the_text_says() -> None:
    prose = re.sub(r"<!--.*?-->", "", TUTORIAL)
    for _, shown in (step for step in steps() if step[0] == "fills in"):
        lead, ref, _, text = (part.strip() for part in shown.split("|"))
        assert lead in prose
        assert f"**{ref}**" in prose
        assert f"`{text}`" in prose


def test_the_library_page_runs(tmp_path: Path) -> None:
    assert xlplan("demo", "tour", folder=tmp_path).status == 0
    script = "\n".join(re.findall(r"^```python\n(.*?)^```", LIBRARY, re.MULTILINE | re.DOTALL))
    assert script.count("assert") >= 5
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path / "tour",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "open actions are green" in ran.stdout
    assert (tmp_path / "tour" / "since-the-start.html").is_file()
