"""Print results: tables and sentences for people, plain text when piped, one JSON document for scripts."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from xlplan.plan.findings import Finding

_COLOUR = {"error": "red", "warning": "yellow", "notice": "cyan"}


def as_json(document: dict[str, Any]) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(document, ensure_ascii=not _unicode(sys.stdout), indent=2) + "\n")


def _unicode(stream: Any) -> bool:
    return "utf" in (getattr(stream, "encoding", "") or "").lower()


def on_terminal() -> bool:
    """Whether a person reads stdout directly."""
    return sys.stdout.isatty()


def line(text: str = "") -> None:
    """One line on stdout; characters that the console cannot show are replaced, never a crash."""
    _write(sys.stdout, text)


def complain(text: str) -> None:
    """One line on stderr."""
    _write(sys.stderr, text)


def _write(stream: Any, text: str) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, errors="replace").decode(encoding) + "\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """A table: with rules and colours on a terminal, aligned plain text when piped."""
    texts = [[str(cell) for cell in row] for row in rows]
    if on_terminal():
        _rich_table(columns, texts, title)
        return
    if title:
        line(title)
    widths = [max(len(row[place]) for row in [list(columns), *texts]) for place in range(len(columns))]
    for row in [list(columns), *texts]:
        line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _rich_table(columns: Sequence[str], texts: list[list[str]], title: str) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    shown = Table(*columns, title=title or None, title_justify="left")
    for row in texts:
        shown.add_row(*(escape(cell) for cell in row))
    Console(no_color="NO_COLOR" in os.environ).print(shown)


def findings(found: Sequence[Finding], *, most: int = 200) -> None:
    """Findings, errors first, each with where it is and what to do."""
    order = {"error": 0, "warning": 1, "notice": 2}
    for one in sorted(found, key=lambda one: order[one.severity])[:most]:
        text = f"{one.severity}: {one}"
        if on_terminal() and "NO_COLOR" not in os.environ:
            from rich.console import Console
            from rich.text import Text

            words = Text(text)
            words.stylize(_COLOUR[one.severity], 0, len(one.severity))
            Console().print(words)
        else:
            line(text)
    if len(found) > most:
        line(f"... and {len(found) - most} more; --json has them all.")


def counted(number: int, noun: str) -> str:
    """`1 question`, `2 questions`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
