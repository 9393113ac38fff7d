"""The one place that turns trouble into words, the next step, and a status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer

from xlplan.cli import show
from xlplan.cli.usage import right_usage
from xlplan.rounds.session.session import CutOff, NothingDone
from xlplan.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

SOMETHING_KEPT = 1
NOTHING_DONE = 2


def told(trouble: BaseException, arguments: Sequence[str], command: Callable[[], Any]) -> int:
    """Say what went wrong and what to do; the status that the program ends with.

    `command` gives the tree of commands, for the nearest right usage.
    """
    from xlplan.store import StoreError

    # Where the usage is wrong typer has given no option yet: the words themselves are looked at.
    wants_json = "--json" in arguments
    if isinstance(trouble, NothingDone):
        return _nothing_done(trouble, wants_json)
    if isinstance(trouble, CutOff):
        why = next((_disk(refused) for refused in _of_the_disk(trouble.__cause__)), None)
        hint = f"{why.message} {why.hint} {trouble.hint}" if why else trouble.hint
        return _nothing_done(NothingDone(trouble.message, hint), wants_json, SOMETHING_KEPT)
    if isinstance(trouble, StoreError):
        return _nothing_done(NothingDone(str(trouble)), wants_json)
    # click turns Ctrl+C into an Abort of its own.
    if isinstance(trouble, (typer.Abort, KeyboardInterrupt)):
        show.complain("Stopped. What a command had not finished, it has not begun.")
        return NOTHING_DONE
    if isinstance(trouble, BrokenPipeError):
        return _nobody_reads()
    # Wrong usage: click raises it, and later releases of typer from a copy of their own, so that
    # its classes cannot be named here.
    if hasattr(trouble, "format_message"):
        return _nothing_done(right_usage(trouble, arguments, command()), wants_json)
    for refused in _of_the_disk(trouble):
        return _nothing_done(_disk(refused), wants_json)
    return _unforeseen(trouble, arguments, wants_json)


def _nobody_reads() -> int:
    """`xlplan log | head`: the reader has seen enough. Nothing more may be written, not even when
    Python ends.
    """
    # Python flushes stdout as it ends, and would complain of the closed pipe there.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _of_the_disk(trouble: BaseException | None) -> Iterator[OSError]:
    """The refusal of the file system behind an exception; libraries wrap it in their own."""
    seen = trouble
    while seen is not None:
        # XlsxWriter's FileCreateError has the PermissionError of the system as its argument.
        for refusal in (seen, *seen.args):
            if isinstance(refusal, OSError) and refusal.errno is not None:
                yield refusal
        seen = seen.__cause__ or seen.__context__


def _disk(trouble: OSError) -> NothingDone:
    """What the file system refused, in an officer's words."""
    path = str(trouble.filename or "A file")
    name = path.replace("\\", "/").rpartition("/")[2]
    if isinstance(trouble, PermissionError):
        # Excel locks the workbook that it shows, and Windows says no more than "Permission denied".
        hint = (
            f"If {name} is open in Excel, close it and try again; else check who may write there."
        )
        return NothingDone(f"{path} cannot be written or read.", hint)
    # A path of more than 260 characters is too long for Windows: offices nest folders deeply.
    advice = {
        errno.ENOSPC: "The disk is full: make room and try again.",
        errno.ENAMETOOLONG: "The name is too long: use a shorter one, or a folder nearer the "
        "drive's root.",
        errno.EISDIR: "That is a folder: name a file in it.",
        errno.ENOTDIR: "A part of that path is a file, not a folder: check the name.",
        errno.ENOENT: "Check the name, and that its folder exists.",
        errno.EROFS: "The drive is read-only: work in another folder.",
    }
    hint = advice.get(trouble.errno or 0, "Check the drive and the name, and try again.")
    return NothingDone(f"{path}: {trouble.strerror or trouble}.", hint)


def _nothing_done(trouble: NothingDone, wants_json: bool, status: int = NOTHING_DONE) -> int:
    show.complain(f"xlplan: {trouble.message}" + (f"\n{trouble.hint}" if trouble.hint else ""))
    told = show.on_a_screen(trouble.findings) if not show.verbose() else []
    for line in [text for _, text in told] or [
        f"{one.severity}: {one}" for one in trouble.findings
    ]:
        show.complain(line)
    if wants_json:
        from xlplan.reports.documents import finding_document

        document = {
            "error": trouble.message,
            "hint": trouble.hint,
            "findings": [finding_document(found) for found in trouble.findings],
        }
        show.as_json(document)
    return status


def _unforeseen(trouble: BaseException, arguments: Sequence[str], wants_json: bool) -> int:
    """A fault of ours: what happened goes to a file, and the person hears where."""
    import platform
    import tempfile
    import traceback

    # On Linux a name that is no UTF-8 reaches Python with surrogates, which UTF-8 cannot write.
    with tempfile.NamedTemporaryFile(
        "w", prefix="xlplan-fault-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as report:
        report.write(
            f"xlplan {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        )
        report.write(f"{' '.join(arguments)}\n\n")
        report.write("".join(traceback.format_exception(trouble)))
    return _nothing_done(
        NothingDone(
            f"Something went wrong inside xlplan ({type(trouble).__name__}: {trouble}).",
            "Nothing is half done: `xlplan log` shows what the plan holds. "
            f"Please send {report.name} to the maintainers.",
        ),
        wants_json,
    )
