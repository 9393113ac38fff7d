"""Progress bars with counts, on stderr, for work of more than a second; none where nobody
watches.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from xlplan.cli import show

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE = 1.0
"""Seconds of silence before a bar appears."""


class Bars:
    """Shows how far the work has come: called with what is done, how many are done, and of how
    many.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._began = now()
        self._shown: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show the step, or move its bar on."""
        # A log file or a scheduled task would keep every step of a bar as a line.
        if self._now() - self._began < PATIENCE or not sys.stderr.isatty() or show.quiet():
            return
        if self._shown is None:
            self._shown = _bars()
            self._shown.start()
        if what not in self._tasks:
            self._tasks[what] = self._shown.add_task(what, total=total)
        self._shown.update(self._tasks[what], completed=done, total=total)

    def stop(self) -> None:
        """Take the bars away: what a command did, it says in words."""
        # rich hides the cursor while bars run; left running, the console would be without one.
        if self._shown is not None:
            self._shown.stop()
            self._shown = None
            self._tasks = {}


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # `xlplan status --json > status.json` keeps stdout: no bar may stand in that file.
    console = Console(stderr=True, no_color=not show.coloured())
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    )


bars = Bars()
"""The bars of the command that runs."""


def begin() -> Bars:
    """Fresh bars for a command that begins now."""
    global bars  # noqa: PLW0603 - one terminal, one command at a time, one set of bars
    bars = Bars()
    return bars
