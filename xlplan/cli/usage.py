"""Wrong usage gets the nearest right one: the command or option that was meant, and an example that
works.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from xlplan.rounds.session.session import NothingDone

_EXAMPLE = re.compile(r"Example: (xlplan .+)")


def right_usage(trouble: Any, arguments: Sequence[str], tree: Any) -> NothingDone:
    """What was wrong with the command line, and what to write instead.

    The command-line library's classes differ between its releases; what is asked of them here does
    not.
    """
    command, path, unknown = _walk(tree, arguments)
    # click takes an option of a command behind its name only; people type `xlplan --json status`.
    if unknown.startswith("-") and any(unknown in _options(one) for _, one in commands(tree)):
        return NothingDone(
            f"{unknown} stands after the command.",
            f"Write it like this: xlplan status {unknown} ...",
        )
    if unknown and not unknown.startswith("-"):
        return _no_such_command(unknown, path, command, tree)
    if below := getattr(command, "commands", None):
        return NothingDone(
            f"`{path}` wants one more word: {', '.join(below)}.", f"See `{path} --help`."
        )
    typed = (
        getattr(trouble, "option_name", None)
        if "No such option" in trouble.format_message()
        else None
    )
    message = f"There is no option {typed}." if typed else trouble.format_message()
    meant = difflib.get_close_matches(typed, _long(command), n=1, cutoff=0.5) if typed else []
    hints = [f"Did you mean {meant[0]}?"] if meant else []
    if example := example_of(command):
        hints.append(f"Write it like this: {example}")
    return NothingDone(message, "\n".join([*hints, f"See `{path} --help`."]))


def example_of(command: Any) -> str:
    """The example in a command's help, "" when it has none."""
    found = _EXAMPLE.search(command.help or "")
    return found[1].strip() if found else ""


def commands(tree: Any, path: str = "xlplan") -> Iterator[tuple[str, Any]]:
    """Every command below the tree, with the words that call it."""
    for name, command in getattr(tree, "commands", {}).items():
        if getattr(command, "commands", None):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def _walk(tree: Any, arguments: Sequence[str]) -> tuple[Any, str, str]:
    """The command that the arguments reach, the words that call it, and the first word that names
    none.
    """
    command, path = tree, "xlplan"
    for word in arguments:
        below = getattr(command, "commands", None)
        if not below:
            break
        if word not in below and word not in _options(command):
            return command, path, word
        if word in below:
            command, path = below[word], f"{path} {word}"
    return command, path, ""


def _no_such_command(word: str, path: str, group: Any, tree: Any) -> NothingDone:
    """Looks among all commands, those of the group first: `xlplan use` means `xlplan mapping
    use`.
    """
    calls = {name.rpartition(" ")[2]: name for name, _ in commands(tree)}
    calls |= {name: f"{path} {name}" for name in group.commands}
    # Commands are typed from memory: `improt`, `Merge`, `use` for `mapping use`.
    near = difflib.get_close_matches(word.casefold(), calls, n=2, cutoff=0.5)
    meant = f"Did you mean {' or '.join(f'`{calls[one]}`' for one in near)}? " if near else ""
    return NothingDone(
        f"There is no command `{path} {word}`.", f"{meant}`xlplan --help` lists them all."
    )


def _options(command: Any) -> list[str]:
    return [name for parameter in command.params for name in parameter.opts if name.startswith("-")]


def _long(command: Any) -> list[str]:
    return [name for name in _options(command) if name.startswith("--")]
