"""xlplan export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def export(
    round_name: Annotated[
        str,
        typer.Option(
            "--round", metavar="NAME", help="The round's name, such as 'January 2013 Board'."
        ),
    ],
    return_by: Annotated[
        str, typer.Option("--return-by", metavar="DATE", help="The day by which leads return it.")
    ],
    lead: Annotated[
        list[str] | None,
        typer.Option("--lead", metavar="LEAD", help="Only this lead; may be repeated."),
    ] = None,
    section: Annotated[
        list[str] | None,
        typer.Option("--section", metavar="SECTION", help="Only this section; may be repeated."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help="Folder for the workbooks; else below workbooks/out/."
        ),
    ] = None,
    email: Annotated[
        bool,
        typer.Option(
            "--email", help="Also a draft mail to each lead, and send-list.csv for mail merge."
        ),
    ] = False,
    reopen: Annotated[
        bool, typer.Option("--reopen", help="Go on with a plan that `close --final` ended.")
    ] = False,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Write one update workbook for every lead with open actions.

    Example: xlplan export --round "February Board" --return-by 2013-02-13

    Then workbooks/out/February Board holds a workbook for every lead, to be mailed.
    """
    from xlplan.rounds.exporting import export_round
    from xlplan.rounds.session.given import day

    exported = export_round(
        session(plan, by),
        round_name=round_name,
        # typer reads a date in ISO form alone; officers type `13 Feb 2013`.
        return_by=day(return_by, "--return-by"),
        leads=lead or (),
        sections=section or (),
        out=out,
        email=email,
        reopen=reopen,
    )
    if as_json:
        show.as_json(exported.document())
    else:
        rows = [(sent.lead, len(sent.refs), sent.path) for sent in exported.workbooks]
        show.table(("Lead", "Actions", "Workbook"), rows)
        # A post that the key does not know leads many actions: one line names them all.
        for why in dict.fromkeys(action.why for action in exported.not_sent):
            refs = ", ".join(one.ref for one in exported.not_sent if one.why == why)
            show.attention(f"Not sent to a lead, but in the office's own workbook: {refs} ({why}).")
        show.without_address(exported.mailed.without_address)
        if exported.mailed.drafts:
            drafts = show.counted(len(exported.mailed.drafts), "draft")
            show.line(f"{drafts} written, none sent. List: {exported.mailed.send_list}")
        show.line(
            f"{show.counted(len(rows), 'workbook')} for {exported.round.name}. Mail them; then "
            "`xlplan import`."
        )
    raise typer.Exit(exported.exit_status)
