"""xlplan master."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def master(
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="WHEN", help="A round, rN, a date, or init; now when left out."
        ),
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The file to write.")
    ] = None,
    history: Annotated[
        bool,
        typer.Option("--history", help="Also a sheet of every value that every action has had."),
    ] = False,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Write the consolidated master workbook, as it is now or was at a point.

    Example: xlplan master --as-of init --out master.xlsx

    Then master.xlsx shows the plan as it began.
    """
    from xlplan.rounds.reporting import make_master

    made = make_master(session(plan, by), as_of=as_of, out=out, history=history)
    if as_json:
        show.as_json(made.document())
    else:
        show.line(f"Written: {made.path} ({made.point}).")
    raise typer.Exit(made.exit_status)
