"""Options that every command shares, and the session they make."""

from __future__ import annotations

import getpass
import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import progress, show
from xlplan.rounds.session.session import NothingDone, Session

Plan = Annotated[
    Path,
    typer.Option(
        "--plan",
        metavar="FILE",
        envvar="XLPLAN_PLAN",
        help="The master plan's file.",
        show_default=True,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
By = Annotated[
    str,
    typer.Option(
        "--by", metavar="NAME", envvar="XLPLAN_USER", help="Who does this; else the login name."
    ),
]

DEFAULT_PLAN = Path("plan.db")


def session(plan: Path, by: str = "") -> Session:
    """The session of whoever runs the command, with the clock of XLPLAN_NOW where it is set.

    Raises:
        NothingDone: XLPLAN_NOW is no ISO time.
    """
    said = os.environ.get("XLPLAN_NOW", "")
    if not said:
        return Session(plan, by or _login(), progress=progress.bars, say=show.complain)
    try:
        now = datetime.fromisoformat(said).replace(tzinfo=None, microsecond=0)
    except ValueError as trouble:
        raise NothingDone(
            f"XLPLAN_NOW is '{said}', which is no time.", "Write it as 2013-01-18T17:40."
        ) from trouble
    return Session(plan, by or _login(), now=lambda: now, progress=progress.bars, say=show.complain)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def a_date(text: str, option: str) -> date:
    """A date typed on the command line, day first or ISO.

    Raises:
        NothingDone: it is none.
    """
    from xlplan.plan.timescale.reading import read_timescale

    read = read_timescale(text)
    if read.due is None or read.precision != "day" or read.doubts:
        raise NothingDone(
            f"{option} '{text}' is not a date.", "Write it as 2013-01-18 or 18 Jan 2013."
        )
    return read.due
