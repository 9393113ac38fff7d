"""Run the installed command in a process of its own, as an officer or a script does."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOW = "2013-01-17T18:00:00"


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


def xlplan(*arguments: str, folder: Path, **environment: str) -> Ran:
    """Run it; `environment` adds to the test's own, an empty value takes a variable away."""
    wanted = {
        **os.environ,
        "XLPLAN_NOW": NOW,
        "XLPLAN_USER": "officer",
        "PYTHONPATH": str(ROOT),
        **environment,
    }
    ran = subprocess.run(
        [*program(), *arguments],
        cwd=folder,
        env={name: value for name, value in wanted.items() if value and name != "XLPLAN_PLAN"},
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
