"""Options that every command shares, and the session they make."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import progress, show
from xlplan.rounds.session.session import NothingDone, Session, login

Plan = Annotated[
    Path,
    typer.Option(
        "--plan",
        metavar="FILE",
        # The plan of a team lies on a shared drive; commands are run from anywhere.
        envvar="XLPLAN_PLAN",
        help="The master plan's file.",
        show_default=True,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
By = Annotated[
    str,
    typer.Option(
        # A scheduled task, or a computer that a team shares, has a login that names nobody.
        "--by",
        metavar="NAME",
        envvar="XLPLAN_USER",
        help="Who does this; else the login name.",
    ),
]

DEFAULT_PLAN = Path("plan.db")


def session(plan: Path, by: str = "") -> Session:
    """The session of whoever runs the command, with the clock of XLPLAN_NOW where it is set.

    Raises:
        NothingDone: XLPLAN_NOW is no ISO time.
    """
    clock = os.environ.get("XLPLAN_NOW", "")
    if not clock:
        return Session(plan, by or login(), progress=progress.bars, say=show.complain)
    try:
        # A plan's days are local: kept with a zone, an evening in London would be the day before
        # or after elsewhere.
        now = datetime.fromisoformat(clock).replace(tzinfo=None, microsecond=0)
    except ValueError as trouble:
        raise NothingDone(
            f"XLPLAN_NOW is '{clock}', which is no time.", "Write it as 2013-01-18T17:40."
        ) from trouble
    return Session(plan, by or login(), now=lambda: now, progress=progress.bars, say=show.complain)
