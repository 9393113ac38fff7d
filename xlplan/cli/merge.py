"""xlplan merge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def merge(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; keep nothing.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Merge nothing while a question is open.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="Folder for the report and the master; else below workbooks/.",
        ),
    ] = None,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Put what waits and is decided into the plan, as one new revision; write the report and the
    master.

    Example: xlplan merge --dry-run

    It says what would change; the plan stays at its revision.
    """
    from xlplan.reports.documents import SYSTEM_FIELDS
    from xlplan.rounds.merging import merge_round

    merged = merge_round(session(plan, by), dry_run=dry_run, strict=strict, out=out)
    if as_json:
        show.as_json(merged.document())
        raise typer.Exit(merged.exit_status)
    say = merged.say
    rows = [
        (
            say.ref(change.key) or change.key,
            change.field,
            show.short(change.old.text),
            show.short(change.new.text),
            ", ".join(dict.fromkeys(source.lead for source in change.sources)),
        )
        for change in merged.changes
        if change.field not in SYSTEM_FIELDS
    ]
    if rows:
        show.table(("Action", "Field", "Was", "Is", "Said by"), rows)
    show.findings(merged.findings)
    if merged.stopped:
        show.attention(
            f"Nothing was merged: {show.counted(merged.open_questions, 'open question')}. See "
            "`xlplan decisions`."
        )
    elif merged.revision is None:
        show.line(
            f"{show.counted(len(merged.changes), 'change')} would be merged."
            if dry_run
            else "Nothing waits to be merged."
        )
    else:
        show.line(f"Revision {merged.revision}: {show.counted(len(merged.changes), 'change')}.")
    for path in (merged.master, *merged.reports):
        if path:
            show.line(f"Written: {path}")
    # A full drive stops the papers when the plan has moved already.
    if merged.unwritten:
        show.attention(
            f"The plan is at revision {merged.revision}, but the master and the report could not "
            "be written: "
            f"{merged.unwritten}. Mend that, then run `xlplan master` and `xlplan report`."
        )
    if merged.open_questions and not merged.stopped:
        show.attention(
            f"{show.counted(merged.open_questions, 'question')} still open: see `xlplan decisions`."
        )
    raise typer.Exit(merged.exit_status)
