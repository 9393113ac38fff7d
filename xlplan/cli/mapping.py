"""xlplan mapping check and use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, desk

app = typer.Typer(
    name="mapping", help="Hold a mapping against a workbook, or take an edited one into the plan.", no_args_is_help=True
)


@app.command()
def check(
    toml: Annotated[Path, typer.Argument(help="The mapping.")],
    workbook: Annotated[
        Path | None, typer.Argument(help="The workbook to hold it against.", show_default=False)
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a mapping finds in a workbook, and what it does not.

    Example: xlplan mapping check mappings/walsall-2012.toml walsall-2012.xlsx

    It says that 3 sections and 58 actions were found; nothing is written.
    """
    from xlplan.rounds.mappings import check_mapping

    checked = check_mapping(desk(DEFAULT_PLAN), toml, workbook)
    if as_json:
        show.as_json(checked.document())
        raise typer.Exit(checked.exit_status)
    show.findings(checked.findings)
    show.line(f"{checked.title}: {show.counted(checked.fields, 'field')} described.")
    if checked.actions is not None:
        show.line(f"{checked.sections} sections and {checked.actions} actions found in the workbook.")
    raise typer.Exit(checked.exit_status)


@app.command()
def use(
    toml: Annotated[Path, typer.Argument(help="The edited mapping.")],
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take an edited mapping into the plan, as one revision.

    Example: xlplan mapping use mappings/walsall-2012.toml

    It says what differs; a mapping that is in use already changes nothing.
    """
    from xlplan.rounds.mappings import use_mapping

    used = use_mapping(desk(plan, by), toml)
    if as_json:
        show.as_json(used.document())
    else:
        for line in used.differences:
            show.line(line)
        show.line(f"Revision {used.revision}." if used.revision else "The plan has this mapping already.")
    raise typer.Exit(used.exit_status)
