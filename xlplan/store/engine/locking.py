"""Who is writing: a note beside the plan, for the message that a second writer gets.

The database's own lock keeps writers apart; the note only names the one who holds it, so a note
that a killed program left behind stops nobody.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WriterNote:
    """The note `<plan>.lock`; None for a plan that lies in no file."""

    path: Path | None

    @contextmanager
    def held(self, by: str) -> Iterator[None]:
        """Leave the writer's name and the time beside the plan for as long as they write."""
        self._leave(by)
        try:
            yield
        finally:
            self._take_away()

    def writer(self) -> str:
        """`Asha, since 10:41 on 5 January 2013`; "" when nobody says that they are writing."""
        lines = self._lines()
        if len(lines) < 4 or not _may_live(lines[2], lines[3]):
            return ""
        name, at = lines[0], lines[1]
        with suppress(ValueError):
            began = datetime.fromisoformat(at)
            at = f"{began:%H:%M} on {began.day} {began:%B %Y}"
        return f"{name}, since {at}"

    def _leave(self, by: str) -> None:
        if self.path is None:
            return
        name = " ".join(by.split()) or "somebody"
        now = datetime.now().isoformat(timespec="seconds")
        # A folder that takes no note, read-only or full, may still take the plan.
        with suppress(OSError):
            self.path.write_text(
                "\n".join([name, now, socket.gethostname(), str(os.getpid())]), encoding="utf-8"
            )

    def _take_away(self) -> None:
        if self.path is not None:
            # A virus scanner or a synced drive may hold the note a moment longer.
            with suppress(OSError):
                self.path.unlink()

    def _lines(self) -> list[str]:
        if self.path is None:
            return []
        try:
            return self.path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError):
            return []


def _may_live(host: str, pid: str) -> bool:
    """Whether the program that left a note may still run: known only on this computer."""
    # On Windows signal 0 is Ctrl+C, and asks nothing.
    if host != socket.gethostname() or os.name != "posix" or not pid.isdecimal():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    # It runs, as another user's; or a file of another kind has some long number there.
    except (PermissionError, OverflowError):
        return True
    return True
