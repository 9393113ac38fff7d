"""xlplan import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session
from xlplan.plan.text.english import listed

if TYPE_CHECKING:
    from xlplan.rounds.importing import TakenIn


def import_(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Files, folders, .zip, .eml or .msg; workbooks/returned/ when left out.",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Say what would be found; keep nothing.")
    ] = False,
    lead: Annotated[
        str, typer.Option("--lead", help="Whose bare copy this is; with --round.")
    ] = "",
    round_name: Annotated[
        str, typer.Option("--round", help="The round that a bare copy answers; with --lead.")
    ] = "",
    as_office: Annotated[
        bool,
        typer.Option(
            "--as-office",
            help="It is the office's own: the master, or a new edition matched by refs.",
        ),
    ] = False,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take in what came back: identify, validate, compare. It waits until `xlplan merge`.

    Example: xlplan import workbooks/returned

    Then what is new there waits; a file that was taken in before counts once.
    """
    from xlplan.rounds.importing import import_returns

    taken = import_returns(
        session(plan, by),
        paths or [],
        check=check,
        lead=lead,
        round_name=round_name,
        as_office=as_office,
    )
    if as_json:
        show.as_json(taken.document())
        raise typer.Exit(taken.exit_status)
    show.findings(taken.findings)
    _table(taken)
    show.line(_sum(taken, "would wait" if check else "wait"))
    for question in taken.questions:
        if question.reason == "edition":
            answers = f"`xlplan decide {question.id} --accept`, or `--decline REASON`"
            show.line(f"{question.id}  {question.note} Answer: {answers}.")
    for query in taken.queries:
        show.line(f"To send back to {query.lead}: {query.path}")
    if not check:
        next_step = "`xlplan decisions` shows the questions; " if any(taken.in_all[1:]) else ""
        show.line(f"Next: {next_step}`xlplan merge` puts what waits into the plan.")
    raise typer.Exit(taken.exit_status)


def _table(taken: TakenIn) -> None:
    """A line a file: whose it is, what became of it, and its rows by what they gave."""
    counted = ("read", "changed", "held", "refused")
    rows = [
        (
            # With its folder a table of thirty files would not fit a console of 80 columns.
            Path(file.path).name,
            file.lead,
            file.status,
            *(file.rows[name] for name in counted),
            file.questions,
            file.findings,
        )
        for file in taken.files
    ]
    headings = ("Rows", "Changed", "Held", "Refused", "Questions", "Findings")
    show.table(("File", "Lead", "Status", *headings), rows)


def _sum(taken: TakenIn, wait: str) -> str:
    """What this import brought; and where it is not the same, what waits in all."""
    ours = (len(taken.changes), len(taken.questions), len(taken.proposed))
    nouns = ("change", "question", "proposed action")
    changes, questions, proposed = map(show.counted, taken.in_all, nouns)
    in_all = f"{changes} and {questions} {wait}; {proposed}."
    if ours == taken.in_all:
        return in_all
    return (
        "From this import: "
        f"{listed([show.counted(*one) for one in zip(ours, nouns, strict=True)])}. In all, {in_all}"
    )
