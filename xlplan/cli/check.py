"""xlplan check, backup and restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session


def check(plan: Plan = DEFAULT_PLAN, by: By = "", as_json: Json = False) -> None:
    """Verify the master plan's file: its history, the stored returns, and that every rating, choice
    and date is one.

    Example: xlplan check

    It says that the plan is sound.
    """
    from xlplan.rounds.keeping import check_store

    checked = check_store(session(plan, by))
    if as_json:
        show.as_json(checked.document())
    else:
        for problem in checked.problems:
            show.attention(f"error: {problem}")
        show.findings(checked.findings)
        if checked.sound:
            show.line("The plan is sound.")
        elif checked.problems:
            show.line("Restore a backup, or ask the maintainers.")
    raise typer.Exit(checked.exit_status)


def backup(
    file: Annotated[Path, typer.Argument(help="The copy to write.")],
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Write a consistent copy of the plan.

    Example: xlplan backup before-the-board.db

    Then before-the-board.db holds the plan with its whole history.
    """
    from xlplan.rounds.keeping import back_up

    copy = back_up(session(plan, by), file)
    if as_json:
        show.as_json(copy.document())
    else:
        show.line(f"Written: {copy.path}")
    raise typer.Exit(copy.exit_status)


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that `xlplan backup` wrote.")],
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Bring a copy back; the plan that stood there is kept beside it.

    Example: xlplan restore before-the-board.db

    Then plan.db is as the copy has it, and the one that stood there is kept.
    """
    from xlplan.rounds.keeping import bring_back

    copy = bring_back(session(plan, by), file)
    if as_json:
        show.as_json(copy.document())
    else:
        show.line(f"{copy.path} is as the copy had it.")
    raise typer.Exit(copy.exit_status)
