"""LibreOffice as a lead has it: started once by each worker of a test run, and given workbooks to
work in.
"""

from __future__ import annotations

import atexit
import json
import shutil
import socket
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SOFFICE = shutil.which("soffice")
PYTHON = Path("/usr/bin/python3")
"""The system's own Python: Debian installs UNO, which steers LibreOffice, for no other."""

Jobs = list[tuple[Path, list[list[Any]]]]
"""Workbooks, each with the steps that a lead does in it; `leads_in_libreoffice.py` says which there
are.
"""


@cache
def has_uno() -> bool:
    """Whether the system's Python can steer LibreOffice."""
    if SOFFICE is None or not PYTHON.exists():
        return False
    tried = subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return tried.returncode == 0


needs_libreoffice = pytest.mark.skipif(
    not has_uno(), reason="LibreOffice with UNO (libreoffice-calc, python3-uno) is not installed"
)


def work(jobs: Jobs) -> list[dict[str, str]]:
    """Do the steps in each workbook; what the cells hold that were typed into, by address."""
    given = json.dumps([[str(source.resolve()), steps] for source, steps in jobs])
    lead = _lead()
    assert lead.stdin is not None
    assert lead.stdout is not None
    lead.stdin.write(given + "\n")
    lead.stdin.flush()
    answer = lead.stdout.readline()
    if not answer:
        # LibreOffice may fall over a workbook: whoever comes next gets a fresh one.
        _lead.cache_clear()
        raise AssertionError(f"LibreOffice gave up on {given}")
    held: list[dict[str, str]] = json.loads(answer)
    return held


def saved_by_libreoffice(path: Path, kind: str) -> Path:
    """The same workbook opened and saved by LibreOffice as xlsx, ods, xls or csv, in a folder of
    its own.
    """
    out = path.parent / f"by-libreoffice-{kind}"
    out.mkdir(exist_ok=True)
    saved = out / f"{path.stem}.{kind}"
    work([(path, [["save", str(saved.resolve())]])])
    return saved


@cache
def _lead() -> subprocess.Popen[str]:
    """Somebody who works in LibreOffice: a line of jobs in, a line of what came of them out."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    folder = tempfile.mkdtemp(prefix="xlplan-libreoffice-")
    program = subprocess.Popen(
        [
            str(SOFFICE),
            f"-env:UserInstallation={Path(folder).as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=socket,host=127.0.0.1,port={port};urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    lead = subprocess.Popen(
        [PYTHON, Path(__file__).with_name("leads_in_libreoffice.py"), port],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def end() -> None:
        for process in (lead, program):
            process.terminate()
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    return lead
