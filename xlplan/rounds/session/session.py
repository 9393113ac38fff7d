"""Who works, when, where, and with what luck: everything a use case needs from outside,
passed in.
"""

from __future__ import annotations

import getpass
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from xlplan.plan.findings.finding import Finding


def _local_now() -> datetime:
    return datetime.now().replace(microsecond=0)


def _fresh_token() -> str:
    # 96 bits, letters and digits only: spreadsheet programs turn `=`, `-` and `1E5` into other
    # things.
    return "t" + secrets.token_hex(12)


def login() -> str:
    """The name that the officer is logged in by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # A service or a container runs under a number that no name belongs to.
        return "unknown"


def _in_silence(*_: object) -> None:
    """Nobody watches and nobody listens."""


@dataclass(frozen=True, slots=True)
class Session:
    """An officer at work on one plan. `now` is local time without a zone; `token` gives unguessable
    text.

    `folder` is the office's working folder: the default place of everything that is read and
    written. `progress` is told of long work: what is done, how many are done, of how many. `say` is
    told what a person should know in passing.
    """

    plan: Path | str
    by: str
    now: Callable[[], datetime] = _local_now
    token: Callable[[], str] = _fresh_token
    folder: Path = field(default_factory=Path.cwd)
    progress: Callable[[str, int, int], None] = _in_silence
    say: Callable[[str], None] = _in_silence

    @property
    def today(self) -> date:
        """The day it is where the officer works."""
        return self.now().date()

    @property
    def stamp(self) -> str:
        """Now, as ISO text to the second."""
        return self.now().isoformat(timespec="seconds")

    def shown(self, path: Path) -> str:
        """A path as people and scripts read it: relative to the working folder where it lies in it,
        with `/`.
        """
        try:
            return path.resolve().relative_to(self.folder.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


class NothingDone(Exception):
    """A command that could do nothing at all: what is wrong, what to do, and the findings that say
    where.
    """

    def __init__(self, message: str, hint: str = "", findings: list[Finding] | None = None) -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint
        self.findings = findings or []


class CutOff(Exception):
    """A command that was cut off after something was kept. Its cause is what cut it off; `hint`
    says how to finish.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint}")
        self.message = message
        self.hint = hint


def needs_a_person(findings: list[Finding]) -> bool:
    """Whether somebody has to look: an error or a warning, not a notice."""
    return any(found.severity != "notice" for found in findings)
