"""xlplan status and xlplan close."""

from __future__ import annotations

from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def status(
    round_name: Annotated[
        str,
        typer.Option("--round", metavar="NAME", help="A round's name; the open one when left out."),
    ] = "",
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Show the round at a glance, and the next step.

    Example: xlplan status

    It names Salma Ali, who has not returned, and the next step.
    """
    from xlplan.rounds.status import standing

    now = standing(session(plan, by), round_name=round_name)
    if as_json:
        show.as_json(now.document())
        raise typer.Exit(now.exit_status)
    if now.round:
        show.line(f"{now.round.name}, return by {now.round.return_by}")
        rows = [
            (
                lead.lead,
                lead.actions,
                f"{lead.status}{', nothing to report' if lead.nil else ''}",
                lead.days_late or "",
            )
            for lead in now.leads
        ]
        show.table(("Lead", "Actions", "Status", "Days late"), rows)
        back = sum(1 for one in now.leads if one.status in {"returned", "late"})
        show.line(f"{back} of {len(now.leads)} have returned.")
    show.line(
        f"Waiting: {show.counted(now.waiting, 'change')}, "
        f"{show.counted(now.questions, 'question')}, "
        f"{show.counted(now.proposed, 'proposed action')}."
    )
    show.findings(now.findings)
    show.line(f"Next: {now.next}")
    raise typer.Exit(now.exit_status)


def close(
    final: Annotated[
        bool, typer.Option("--final", help="The plan is over: nothing more is exported.")
    ] = False,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """End the round; later returns are compared with what it showed.

    Example: xlplan close

    Then no round is open; the next export begins one.
    """
    from xlplan.rounds.closing import close_round

    closed = close_round(session(plan, by), final=final)
    if as_json:
        show.as_json(closed.document())
    else:
        show.line(
            f"{closed.round.name} is closed; {show.counted(closed.outstanding, 'lead')} had not "
            "returned."
        )
        if closed.final:
            show.line("The plan is over; `xlplan export --reopen` would go on with it.")
    raise typer.Exit(closed.exit_status)
