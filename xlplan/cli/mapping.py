"""xlplan mapping check, suggest and use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session
from xlplan.plan.text.english import clipped

if TYPE_CHECKING:
    from xlplan.workbook.office.match import Matches

app = typer.Typer(
    name="mapping",
    help="Draft a mapping, hold one against a workbook, or take an edited one into the plan.",
    no_args_is_help=True,
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

    checked = check_mapping(session(DEFAULT_PLAN), toml, workbook)
    if as_json:
        show.as_json(checked.document())
        raise typer.Exit(checked.exit_status)
    show.findings(checked.findings, screen=True)
    if checked.matches:
        _show_matches(checked.matches)
    show.line(f"{checked.title}: {show.counted(checked.fields, 'field')} described.")
    if checked.actions is not None:
        show.line(
            f"{checked.sections} sections and {checked.actions} actions found in the workbook."
        )
    raise typer.Exit(checked.exit_status)


def _show_matches(matches: Matches) -> None:
    """What was found, what of the mapping found nothing, what of the workbook is ignored."""
    rows = [
        # A printed heading may be long: `Key Performance indicators/measure of success`.
        (f"{one.sheet}!{one.cell}", clipped(one.text, 50), one.what, one.count)
        for one in matches.found
    ]
    show.table(("Cell", "Says", "Is", "How many"), rows, title="Found in the workbook")
    for path in matches.unused:
        show.line(f"Not found: {path}")
    if matches.added:
        show.line(f"Added to the right: {', '.join(matches.added)}")
    for one in matches.ignored:
        where = f"{one.sheet}!{one.cell}" if one.cell else f"sheet '{one.sheet}'"
        show.line(f"Ignored: {where} ({one.what}): {clipped(one.text, 50)}")


@app.command()
def suggest(
    workbook: Annotated[Path, typer.Argument(help="The office's workbook.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="Where to write the draft; printed when left out.", show_default=False
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Draft a mapping for a workbook that has none.

    Example: xlplan mapping suggest walsall-2012.xlsx --out draft.toml

    It writes draft.toml, says what it was unsure of, and how many sections and actions the draft
    finds.
    """
    from xlplan.rounds.mappings import suggest_mapping

    drafted = suggest_mapping(session(DEFAULT_PLAN), workbook, out)
    if as_json:
        show.as_json(drafted.document())
        raise typer.Exit(drafted.exit_status)
    if drafted.path is None:
        show.line(drafted.toml.rstrip())
    # The draft on stdout is redirected into a file (`> draft.toml`): what is said of it must not
    # stand in there.
    say = show.complain if drafted.path is None else show.line
    for doubt in drafted.doubts:
        say(f"Unsure: {doubt}.")
    say(f"{drafted.sections} sections and {drafted.actions} actions found through the draft.")
    errors = [found for found in drafted.findings if found.severity == "error"]
    if errors:
        say(f"`xlplan init` stops at {show.counted(len(errors), 'error')} of it:")
    for _, text in show.on_a_screen(errors):
        say(text)
    if drafted.path is not None:
        say(
            f"Next: read {drafted.path}, mend it, and run `xlplan mapping check {drafted.path} "
            # Pasted into a shell of Windows or of Unix, slashes are understood by both.
            f"{workbook.as_posix()}`."
        )
    raise typer.Exit(drafted.exit_status)


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

    used = use_mapping(session(plan, by), toml)
    if as_json:
        show.as_json(used.document())
    else:
        for line in used.differences:
            show.line(line)
        show.line(
            f"Revision {used.revision}." if used.revision else "The plan has this mapping already."
        )
    raise typer.Exit(used.exit_status)
