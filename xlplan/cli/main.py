"""The table of contents of the commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

import typer

from xlplan.cli import (
    check,
    decide,
    demo,
    export,
    import_,
    init,
    leads,
    log,
    mapping,
    master,
    merge,
    office,
    progress,
    remind,
    report,
    show,
    status,
)
from xlplan.cli.speech import add
from xlplan.cli.trouble import told
from xlplan.version import __version__

app = typer.Typer(
    name="xlplan",
    help="Run an improvement plan's monthly round in Excel workbooks without losing anything.",
    # To somebody who types the program's name alone typer would say `Missing command`.
    no_args_is_help=True,
    # With rich, typer takes twice as long to print a help text.
    rich_markup_mode=None,
    # A traceback of typer's own can print local variables: names of leads and what they answered.
    pretty_exceptions_enable=False,
    # Of itself click knows --help alone; people try -h first.
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    demo.demo,
    init.init,
    mapping.app,
    leads.leads,
    export.export,
    status.status,
    remind.remind,
    import_.import_,
    decide.decisions,
    decide.decide,
    merge.merge,
    master.master,
    report.report,
    log.log,
    office.set_,
    office.withdraw,
    office.reassign,
    office.received,
    office.unstage,
    log.undo,
    status.close,
    check.check,
    check.backup,
    check.restore,
):
    add(app, command)


def _version(wanted: bool) -> None:
    if wanted:
        show.line(f"xlplan {__version__}")
        raise typer.Exit(0)


@app.callback()
def start(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Run an improvement plan's monthly round in Excel workbooks without losing anything."""


def main() -> None:
    """Run a command; leave with its status."""
    sys.exit(run(sys.argv[1:]))


@cache
def tree() -> Any:
    """All commands with their options, as the command-line library has them."""
    return typer.main.get_command(app)


def run(arguments: Sequence[str]) -> int:
    """Run a command and give its status: 0 done, 1 something needs a person, 2 nothing was done."""
    show.speak()
    bars = progress.begin()
    try:
        # Left standalone, typer prints trouble in words of its own, JSON or not, and ends Python.
        return int(tree().main(list(arguments), prog_name="xlplan", standalone_mode=False) or 0)
    except (Exception, KeyboardInterrupt) as trouble:
        bars.stop()
        return told(trouble, arguments, tree)
    finally:
        bars.stop()


if __name__ == "__main__":
    main()
