"""xlplan init."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def init(
    workbook: Annotated[Path, typer.Argument(help="The office's own workbook.")],
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="TOML",
            help="How the plan lies in it; else the one mapping in mappings/.",
        ),
    ] = None,
    accept_errors: Annotated[
        bool, typer.Option("--accept-errors", help="Go on without what cannot be read.")
    ] = False,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Make a new master plan from the office's workbook.

    Example: xlplan init walsall-2012.xlsx --plan second.db

    Then second.db holds the plan as the workbook has it: revision 1.
    """
    from xlplan.plan.timescale.doubted import DOUBTS
    from xlplan.rounds.init import start_plan

    started = start_plan(session(plan, by), workbook, mapping, accept_errors=accept_errors)
    if as_json:
        show.as_json(started.document())
    else:
        document = started.document()
        show.findings(started.findings, screen=True)
        show.line(f"{document['plan']}: revision 1 in {started.path}.")
        show.line(
            ", ".join(
                show.counted(document[f"{noun}s"], noun)
                for noun in ("section", "requirement", "action", "measure", "lead")
            )
            + "."
        )
        show.line("; ".join(f"{count} {name}" for name, count in document["status"].items()) + ".")
        rated = [
            f"{code or 'unrated'} {count}" for code, count in started.rag_totals.items() if count
        ]
        show.line(f"Ratings: {', '.join(rated)}.")
        doubted = {one.code for one in started.findings} & DOUBTS
        if doubted:
            show.line("Dates that do not fit are in no figure until confirmed: `xlplan decisions`.")
        show.line("Next: `xlplan export --round NAME --return-by DATE`.")
    raise typer.Exit(started.exit_status)
