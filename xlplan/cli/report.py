"""xlplan report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def report(
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="WHEN", help="A round, rN, a date, init, initial or previous."
        ),
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="WHEN", help="The same; now when left out.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="The file to write: .xlsx .html .docx .md .json by its ending.",
        ),
    ] = None,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Write the change report; by default over the whole open round.

    Example: xlplan report --since init --out report.docx

    Then report.docx tells the board all that has moved since the plan began.
    """
    from xlplan.rounds.reporting import make_report

    made = make_report(session(plan, by), since=since, until=until, out=out)
    if as_json:
        show.as_json(made.document())
        raise typer.Exit(made.exit_status)
    for sentence in made.sentences:
        show.line(sentence)
    for path in made.paths:
        show.line(f"Written: {path}")
    raise typer.Exit(made.exit_status)
