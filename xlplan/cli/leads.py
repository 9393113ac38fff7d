"""xlplan leads."""

from __future__ import annotations

from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def leads(
    check: Annotated[
        bool,
        typer.Option("--check", help="Propose lines for the mapping; 1 when a name is unknown."),
    ] = False,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Show who leads what, and the names that nobody knows.

    Example: xlplan leads --check

    It proposes a line for the mapping for every name that nobody knows.
    """
    from xlplan.rounds.leads import who_leads

    led = who_leads(session(plan, by), check=check)
    if as_json:
        show.as_json(led.document())
        raise typer.Exit(led.exit_status)
    rows = [(load.lead, len(load.open), len(load.all), ", ".join(load.all)) for load in led.loads]
    show.table(("Lead", "Open", "All", "Actions"), rows)
    if led.nobody:
        show.attention(f"No lead: {', '.join(led.nobody)}.")
    for one in led.unknown:
        near = f" Nearest: {', '.join(one.near)}." if one.near else ""
        show.attention(f"Unknown: '{one.text}' ({', '.join(one.refs)}).{near}")
        if check:
            show.attention(one.proposal)
    raise typer.Exit(led.exit_status)
