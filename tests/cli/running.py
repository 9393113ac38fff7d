"""Run a command with what it says and its status; where the process itself matters, the installed
one.
"""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from xlplan.cli.main import run

ROOT = Path(__file__).resolve().parents[2]
NOW = "2013-01-17T18:00:00"
ERRORS = ("strict", "backslashreplace")
"""What Python's own stdout and stderr do about characters that a console cannot show."""


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The JSON document on stdout: all of it, and nothing else."""
        return json.loads(self.out)


def program() -> list[str]:
    """The installed console script; `python -m xlplan` where only the module is there."""
    script = shutil.which("xlplan", path=str(Path(sys.executable).parent))
    return [script] if script else [sys.executable, "-m", "xlplan"]


def _wanted(environment: dict[str, str]) -> dict[str, str]:
    return {"XLPLAN_NOW": NOW, "XLPLAN_USER": "officer", "XLPLAN_PLAN": "", **environment}


def xlplan(*arguments: str, folder: Path, **environment: str) -> Ran:
    """Run it in this process; `environment` adds to the test's own, an empty value takes a variable
    away.
    """
    encoding = environment.pop("PYTHONIOENCODING", "utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding, errors, newline="\n") for errors in ERRORS)
    with pytest.MonkeyPatch.context() as world, redirect_stdout(out), redirect_stderr(err):
        world.chdir(folder)
        for name, value in _wanted(environment).items():
            world.setenv(name, value) if value else world.delenv(name, raising=False)
        status = run(arguments)
    return Ran(status, *(_written(stream, encoding) for stream in (out, err)))


def _written(stream: io.TextIOWrapper, encoding: str) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]  # a BytesIO


def in_a_process(*arguments: str, folder: Path, **environment: str) -> Ran:
    """Run the installed command in a process of its own, as an officer or a script does."""
    wanted = {**os.environ, "PYTHONPATH": str(ROOT), **_wanted(environment)}
    ran = subprocess.run(
        [*program(), *arguments],
        cwd=folder,
        env={name: value for name, value in wanted.items() if value},
        capture_output=True,
        text=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        check=False,
        timeout=120,
    )
    assert "Traceback" not in ran.stderr + ran.stdout
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def as_typed(line: str, *, folder: Path, **environment: str) -> Ran:
    """Run a line as somebody typed it: `xlplan status --json`."""
    first, *arguments = shlex.split(line)
    assert first == "xlplan"
    return xlplan(*arguments, folder=folder, **environment)
