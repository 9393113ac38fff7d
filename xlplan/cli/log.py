"""xlplan log and xlplan undo."""

from __future__ import annotations

from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def log(
    ref: Annotated[str, typer.Argument(help="An action, such as 1.10.", show_default=False)] = "",
    field: Annotated[
        str, typer.Argument(help="One of its fields, such as rag.", show_default=False)
    ] = "",
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Show the revisions, or one action's history, cell by cell, with its sources.

    Example: xlplan log 3.12 due

    It shows the due date as the plan began and as Anne Thompson moved it, with her file and cell.
    """
    from xlplan.rounds.history import action_history, revisions

    if not ref:
        all_of_them = revisions(session(plan, by))
        if as_json:
            show.as_json(all_of_them.document())
        else:
            show.table(
                ("Revision", "At", "By", "Kind", "Changes", "Note"),
                [
                    (
                        revision.number,
                        revision.at,
                        revision.by,
                        revision.kind,
                        revision.changes,
                        revision.note,
                    )
                    for revision in all_of_them.revisions
                ],
            )
        raise typer.Exit(0)
    history = action_history(session(plan, by), ref, field)
    if as_json:
        show.as_json(history.document())
        raise typer.Exit(0)
    rows = [
        (
            step.revision,
            step.at,
            step.field,
            # Progress notes run to paragraphs; a line of a console holds the beginning of one.
            show.short(step.old.text if step.old else "", 60),
            show.short(step.new.text, 60),
            # What the office typed itself has no lead and no file behind it.
            ", ".join(_said(source) for source in step.sources) or step.by,
        )
        for step in history.steps
    ]
    show.table(("Revision", "At", "Field", "Was", "Is", "Said by"), rows)
    if history.left_out:
        show.line("Said and not taken:")
        others = [
            (
                one.revision,
                one.field,
                show.short(one.value.text or "(blank)", 60),
                one.why,
                _said(history.say.source(one.source)),
            )
            for one in history.left_out
        ]
        show.table(("Settled in", "Field", "Value", "Why", "Said by"), others)
    raise typer.Exit(0)


def _said(source: dict[str, str]) -> str:
    where = ", ".join(part for part in (source["file"], source["cell"]) if part)
    return f"{source['lead']} ({where})" if where else source["lead"]


def undo(
    revision: Annotated[
        int | None,
        typer.Argument(
            help="The revision to take back; the last merge when left out.", show_default=False
        ),
    ] = None,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take back the last merge, as a new revision; the returns it had merged wait again.

    Example: xlplan undo

    Then the plan is as before the merge, and the returns wait again.
    """
    from xlplan.rounds.history import undo as take_back

    undone = take_back(session(plan, by), revision)
    if as_json:
        show.as_json(undone.document())
    else:
        show.line(
            f"Revision {undone.revision} takes back revision {undone.undone}; its returns wait "
            "again."
        )
        for path in undone.papers.papers:
            show.line(f"Renamed: {path}")
        for path in undone.papers.left:
            show.attention(
                f"{path} shows what was taken back and could not be renamed: close it, and put "
                "UNDONE before its name."
            )
    raise typer.Exit(undone.exit_status)
