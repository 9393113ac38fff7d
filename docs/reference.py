"""Write the reference pages from the program itself: `python docs/reference.py`; a test holds them
to it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from xlplan.cli.main import tree  # noqa: E402 - the path comes first
from xlplan.cli.usage import commands, example_of  # noqa: E402 - the path comes first
from xlplan.plan.findings.catalogue import CATALOGUE  # noqa: E402 - the path comes first

SHARED = {"--plan", "--by", "--json", "--quiet", "--verbose", "--help"}
SEVERITIES = {
    "error": "Errors: not taken in, or nothing could be read",
    "warning": "Warnings: taken in, and somebody should look",
    "notice": "Notices: told, and nobody needs to do anything",
}
_NEVER_SHOWN = {"kept", "asked", "declined"}
"""What a file may be in the store and never is in what an import says of it."""
OPENING = """# Commands

`xlplan COMMAND --help` says the same. Every command takes `--plan FILE` (default `plan.db` in the
current folder, or `XLPLAN_PLAN`), `--json` (one JSON document on stdout, nothing else), `--quiet`
(`-q`: only what wants a person), `--verbose` (`-v`: every finding with its code, nothing cut short)
and `--help` (`-h`). Whoever does it is named with `--by`, else `XLPLAN_USER`, else the login.
`XLPLAN_NOW` (ISO time) sets the clock. `NO_COLOR` takes colours away. Work of more than a second
shows a bar with counts on a terminal, none when piped. `xlplan --install-completion` completes
commands and options when you press Tab; `xlplan --version` says which one you have.

Exit status: **0** done, nothing wants a person · **1** done, and something wants a person (a
refused file or cell, an open question, an action sent to nobody) · **2** nothing was done; a
message says what to do.

WHEN names a point of the plan's history: a round's name or its unique beginning (as it was when the
round ended; still open: now), `rN`, a date or month (at its end), `init`, `initial` (the earlier
ratings that the first workbook showed), `previous` (the end of the round before; in the first
round, the last earlier ratings that the first workbook showed). A report is written as its name
ends: @REPORTS@.

A lead is @LEADS@. A file is @FILES@.
"""
FINDINGS = """# Findings

Everything that xlplan has to say about one cell, row or file, by its code. Codes are stable:
`--json` gives them, and `--verbose` prints them. Words in braces are filled in. Where a warning is
more or less serious in one place than here, the finding says so.
"""


def commands_page() -> str:
    """docs/reference/commands.md."""
    from typing import get_args

    from xlplan.plan.rounds import ReturnStatus
    from xlplan.reports.formats.files import SUFFIXES
    from xlplan.rounds.papers.standings import LeadStatus

    opening = OPENING.replace("@REPORTS@", _listed(SUFFIXES))
    opening = opening.replace("@LEADS@", _listed(get_args(LeadStatus))).replace(
        "@FILES@", _listed(one for one in get_args(ReturnStatus) if one not in _NEVER_SHOWN)
    )
    parts = [opening]
    for name, command in commands(tree()):
        parts.append("\n".join(_command(name, command)))
    return "\n".join(parts)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _command(name: str, command: Any) -> Iterator[str]:
    says, _, after = str(command.help).partition("Example: ")
    effect = " ".join(after.split("\n", 1)[1].split())
    yield f"## {name}\n"
    yield f"{' '.join(says.split())}\n"
    yield f"    {_usage(name, command)}\n"
    yield f"Example: `{example_of(command)}`. {effect}\n"
    rows = list(_rows(command))
    if rows:
        yield "| argument or option | what it is | default |\n|---|---|---|"
        yield from rows
        yield ""


def _usage(name: str, command: Any) -> str:
    return " ".join([name, *(_called(one) for one in command.params if _own(one))])


def _own(parameter: Any) -> bool:
    return not SHARED & set(parameter.opts)


def _called(parameter: Any) -> str:
    """An argument or option as one types it; in square brackets when it may be left out."""
    many = "..." if parameter.nargs == -1 or getattr(parameter, "multiple", False) else ""
    if parameter.param_type_name == "argument":
        word = (parameter.metavar or parameter.name).strip("[]").rstrip(".").upper()
        typed = f"{word}{many}"
    else:
        typed = parameter.opts[0] + (
            "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}{many}"
        )
    return typed if parameter.required else f"[{typed}]"


def _rows(command: Any) -> Iterator[str]:
    for one in command.params:
        if _own(one):
            typed = _called(one).strip("[]").replace("|", "\\|")
            yield f"| `{typed}` | {(one.help or '').replace('|', ' or ')} | {_default(one)} |"


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    return f"`{parameter.default}`" if parameter.default not in (None, "", False, ()) else ""


def findings_page() -> str:
    """docs/reference/findings.md."""
    parts = [FINDINGS]
    for severity, title in SEVERITIES.items():
        rows = ["| code | meaning | what to do |", "|---|---|---|"]
        for code, wording in sorted(CATALOGUE.items()):
            if wording.severity == severity:
                rows.append(f"| `{code}` | {_cell(wording.message)} | {_cell(wording.hint)} |")
        parts.append(f"## {title}\n\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return re.sub(r"\{(\w+)\}", r"*{\1}*", text.replace("|", "\\|")).strip()


PAGES = {"reference/commands.md": commands_page, "reference/findings.md": findings_page}

if __name__ == "__main__":
    for page, write in PAGES.items():
        path = HERE / page
        path.parent.mkdir(exist_ok=True)
        path.write_text(write(), encoding="utf-8")
        print(f"Written: docs/{page}")
