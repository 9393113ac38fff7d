"""Print results: tables and sentences for people, plain text when piped, one JSON document for
scripts.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xlplan.plan.findings.finding import Finding
from xlplan.plan.text.english import listed

_COLOUR = {"error": "red", "warning": "yellow", "notice": "cyan"}
_MOST = 200
"""Findings that are printed; --verbose prints them all."""
_TOO_MANY_ALIKE = 6
"""Findings that say the same words in so many places are told in one line."""
SCREEN = 24
"""Rows of a screen that findings may take where what follows them should still be in sight."""
_ROW = 100
_PLACES = 8


@dataclass(slots=True)
class _Voice:
    """How much is said; settled anew when a command begins."""

    quiet: bool = False
    verbose: bool = False


_voice = _Voice()


def speak(*, quiet: bool = False, verbose: bool = False) -> None:
    """Settle how much the command that begins now says."""
    _voice.quiet, _voice.verbose = quiet, verbose


def quiet() -> bool:
    """Whether only what wants a person is said."""
    return _voice.quiet


def verbose() -> bool:
    """Whether everything is said, in full."""
    return _voice.verbose


def coloured() -> bool:
    """Whether colours are wanted: NO_COLOR, set to anything, says no."""
    # By the convention of no-color.org, a NO_COLOR that is set to nothing says nothing.
    return not os.environ.get("NO_COLOR")


def as_json(document: dict[str, Any]) -> None:
    """One JSON document on stdout."""
    # A script on Windows reads a pipe in the console's old code page, which has no "ž" and no "✓":
    # written as \u017e they arrive in any.
    sys.stdout.write(json.dumps(document, ensure_ascii=not _unicode(sys.stdout), indent=2) + "\n")


def _unicode(stream: Any) -> bool:
    # A StringIO that a test puts in the place of stdout has no encoding.
    return "utf" in (getattr(stream, "encoding", "") or "").lower()


def on_terminal() -> bool:
    """Whether a person reads stdout directly."""
    return sys.stdout.isatty()


def line(text: str = "") -> None:
    """One line on stdout, unless --quiet; characters that the console cannot show are replaced,
    never a crash.
    """
    if not _voice.quiet:
        _write(sys.stdout, text)


def attention(text: str) -> None:
    """One line on stdout that wants a person; --quiet says it too."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """One line on stderr."""
    _write(sys.stderr, text)


def _write(stream: Any, text: str) -> None:
    stream.write(_showable(text, stream) + "\n")


def _showable(text: str, stream: Any) -> str:
    # Leads paste dashes and ticks that the code page of a Windows console (cp850) does not have:
    # Python would raise UnicodeEncodeError in the middle of a table.
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text.encode(encoding, errors="replace").decode(encoding)


def short(text: str, limit: int = 40) -> str:
    """Text on one line, cut to a table's width unless --verbose."""
    # Alt+Enter in a cell makes line breaks, which would tear a table apart.
    flat = " ".join(text.split())
    return flat if _voice.verbose or len(flat) <= limit else flat[: limit - 3] + "..."


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """A table: with rules and colours on a terminal, aligned plain text when piped; nothing with
    --quiet.
    """
    if _voice.quiet:
        return
    texts = [[str(cell) for cell in row] for row in rows]
    # Piped into grep, a file or a mail, rules and colours would be noise.
    if on_terminal():
        _rich_table(columns, texts, title)
        return
    if title:
        line(title)
    widths = [
        max(len(row[place]) for row in [list(columns), *texts]) for place in range(len(columns))
    ]
    for row in [list(columns), *texts]:
        line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _rich_table(columns: Sequence[str], texts: list[list[str]], title: str) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = Table(*columns, title=title or None, title_justify="left")
    # To rich a lead's "[see 2.10]" is markup, and would be gone without escape().
    for row in texts:
        shown.add_row(*(escape(_showable(cell, sys.stdout)) for cell in row))
    Console(no_color=not coloured()).print(shown)


def findings(found: Sequence[Finding], *, screen: bool = False) -> None:
    """Findings, errors first, each with where it is and what to do; with --quiet no notices. On a
    `screen`, a line for each kind where all of them would not fit.
    """
    shown = _in_order(one for one in found if one.severity != "notice" or not _voice.quiet)
    if _voice.verbose:
        for one in shown:
            _finding(one, f"{one.severity}: {one} [{one.code}]")
        return
    lines = on_a_screen(shown) if screen else _lines(shown)
    most = len(lines) if screen else _MOST
    for one, text in lines[:most]:
        _finding(one, text)
    if len(lines) > most:
        attention(
            f"... and {len(lines) - most} more: --verbose prints them all, --json has them all."
        )


def _in_order(found: Iterable[Finding]) -> list[Finding]:
    order = {"error": 0, "warning": 1, "notice": 2}
    return sorted(found, key=lambda one: order[one.severity])


def _lines(shown: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """A line for each finding; one for what stands word for word in many places."""
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for one in shown:
        alike.setdefault((one.severity, one.message, one.hint), []).append(one)
    return [text for same in alike.values() for text in _told(same)]


def on_a_screen(found: Iterable[Finding]) -> list[tuple[Finding, str]]:
    """Lines for findings that fit on a screen, what matters first: each of its own where there is
    room, else one a kind with the places of the others.
    """
    shown = _in_order(found)
    lines = _lines(shown)
    if sum(map(_rows, lines)) <= SCREEN:
        return lines
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for one in shown:
        kinds.setdefault((one.severity, one.code), []).append(one)
    kept: list[tuple[Finding, str]] = []
    left = len(shown)
    for same in kinds.values():
        told = _kind(same)
        if kept and sum(map(_rows, [*kept, told])) >= SCREEN:
            rest = f"... and {left} more: --verbose prints them all, --json has them all."
            return [*kept, (same[0], rest)]
        kept.append(told)
        left -= len(same)
    return kept


def _rows(told: tuple[Finding, str]) -> int:
    return -(-len(told[1]) // _ROW)


def _kind(same: Sequence[Finding]) -> tuple[Finding, str]:
    """One line for all findings of a kind: the first in full, and where the others are."""
    first, *others = same
    # A mapping error may quote a whole cell.
    text = short(f"{first.severity}: {first}", 3 * _ROW)
    if not others:
        return first, text
    places = list(dict.fromkeys(one.ref or one.at.cell or str(one.at) for one in others))
    more = ", ..." if len(places) > _PLACES else ""
    return first, f"{text} {len(others)} more like it: {', '.join(places[:_PLACES])}{more}"


def _told(same: Sequence[Finding]) -> list[tuple[Finding, str]]:
    """One line a finding; what stands word for word in more places than a person reads is told in
    one line.
    """
    # A slip that was filled down stands in forty cells, each with the same words.
    if len(same) < _TOO_MANY_ALIKE:
        return [(one, f"{one.severity}: {one}") for one in same]
    first = same[0]
    places = ", ".join(place for one in same if (place := one.ref or one.at.cell or str(one.at)))
    files = ", ".join(dict.fromkeys(one.at.file for one in same if one.at.file))
    where = f"{files}, {len(same)} places" if files else f"{len(same)} places"
    return [
        (
            first,
            f"{first.severity}: {where}: {first.message} "
            f"{first.hint}{f' ({places})' if places else ''}",
        )
    ]


def _finding(one: Finding, text: str) -> None:
    if not on_terminal() or not coloured():
        attention(text)
        return
    from rich.console import Console
    from rich.text import Text

    # As a Text, brackets that a lead typed are no markup to rich.
    words = Text(_showable(text, sys.stdout))
    words.stylize(_COLOUR[one.severity], 0, len(one.severity))
    Console().print(words)


def without_address(leads: Sequence[str]) -> None:
    """One line for all leads whose mail has nowhere to go."""
    if leads:
        theirs = "its entry" if len(leads) == 1 else "their entries"
        attention(
            f"No address for {listed(leads, 6)}: add `email` to {theirs} in the mapping, or fill "
            "it in yourself."
        )


def counted(number: int, noun: str) -> str:
    """`1 question`, `2 questions`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
