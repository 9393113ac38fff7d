"""The table of contents of the commands, and the one place that turns trouble into words and statuses."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import typer

from xlplan import __version__
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
    report,
    show,
    status,
)
from xlplan.rounds.desk import NothingDone

app = typer.Typer(
    name="xlplan",
    help="Run an improvement plan's monthly round in Excel workbooks without losing anything.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demo.demo)
app.command()(init.init)
app.add_typer(mapping.app, name="mapping")
app.command()(leads.leads)
app.command()(export.export)
app.command()(status.status)
app.command(name="import")(import_.import_)
app.command()(decide.decisions)
app.command()(decide.decide)
app.command()(merge.merge)
app.command()(master.master)
app.command()(report.report)
app.command()(log.log)
app.command(name="set")(office.set_)
app.command()(office.withdraw)
app.command()(office.reassign)
app.command()(office.received)
app.command()(office.unstage)
app.command()(log.undo)
app.command()(status.close)
app.command()(check.check)
app.command()(check.backup)
app.command()(check.restore)


def _version(wanted: bool) -> None:
    if wanted:
        show.line(f"xlplan {__version__}")
        raise typer.Exit(0)


@app.callback()
def start(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Run an improvement plan's monthly round in Excel workbooks without losing anything."""


def main() -> None:
    """Run a command; leave with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command and give its status: 0 done, 1 something needs a person, 2 nothing was done."""
    from xlplan.store import StoreError

    wants_json = "--json" in arguments
    try:
        status = typer.main.get_command(app).main(list(arguments), prog_name="xlplan", standalone_mode=False)
    except NothingDone as trouble:
        return _nothing_done(trouble, wants_json)
    except StoreError as trouble:
        return _nothing_done(NothingDone(str(trouble)), wants_json)
    except (typer.Abort, KeyboardInterrupt):
        show.complain("Stopped.")
        return 2
    except PermissionError as trouble:
        name = os.path.basename(str(trouble.filename or ""))
        hint = f"If {name} is open in Excel, close it and try again."
        return _nothing_done(NothingDone(f"{trouble.filename} cannot be written or read.", hint), wants_json)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as trouble:
        return _misused(trouble, wants_json) if hasattr(trouble, "format_message") else _unforeseen(trouble, arguments)
    return int(status or 0)


def _nothing_done(trouble: NothingDone, wants_json: bool) -> int:
    show.complain(f"xlplan: {trouble.message}" + (f"\n{trouble.hint}" if trouble.hint else ""))
    for found in trouble.findings:
        show.complain(f"{found.severity}: {found}")
    if wants_json:
        from xlplan.rounds.documents import finding_document

        document = {
            "error": trouble.message,
            "hint": trouble.hint,
            "findings": [finding_document(found) for found in trouble.findings],
        }
        show.as_json(document)
    return 2


def _misused(trouble: Any, wants_json: bool) -> int:
    """Wrong usage, as the command-line library says it; its classes differ between releases, their methods do not."""
    context = getattr(trouble, "ctx", None)
    hint = f"See `{context.command_path} --help`." if context else ""
    return _nothing_done(NothingDone(trouble.format_message(), hint), wants_json)


def _unforeseen(trouble: Exception, arguments: Sequence[str]) -> int:
    """A fault of ours: what happened goes to a file, and the person hears where."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="xlplan-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as report:
        report.write(f"xlplan {__version__}\n{' '.join(arguments)}\n\n")
        report.write("".join(traceback.format_exception(trouble)))
    show.complain(f"xlplan: something went wrong inside xlplan ({type(trouble).__name__}: {trouble}).")
    show.complain(f"Your plan is as it was before the command. Please send {report.name} to the maintainers.")
    return 2


if __name__ == "__main__":
    main()
