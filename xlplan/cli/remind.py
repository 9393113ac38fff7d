"""xlplan remind."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def remind(
    round_name: Annotated[
        str,
        typer.Option("--round", metavar="NAME", help="A round's name; the open one when left out."),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder for the drafts; else below workbooks/reminders/."
        ),
    ] = None,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Draft a reminder to every lead who has not returned, with their workbook attached again.

    Example: xlplan remind

    Then workbooks/reminders/ holds a draft for everybody who is outstanding, to be opened and sent.
    """
    from xlplan.rounds.reminding import remind as draft_reminders

    reminded = draft_reminders(session(plan, by), round_name=round_name, out=out)
    if as_json:
        show.as_json(reminded.document())
        raise typer.Exit(reminded.exit_status)
    drafts = reminded.mailed.drafts
    show.table(
        ("Lead", "To", "Draft"),
        # Outlook parts addresses with semicolons: copied from here they can be pasted as they are.
        [(draft.lead, "; ".join(draft.addresses), draft.path) for draft in drafts],
    )
    if not drafts:
        show.line(f"Everybody has returned for {reminded.round.name}: there is nobody to remind.")
    else:
        show.line(
            f"{show.counted(len(drafts), 'draft')} written, none sent. List: "
            f"{reminded.mailed.send_list}"
        )
    show.without_address(reminded.mailed.without_address)
    raise typer.Exit(reminded.exit_status)
