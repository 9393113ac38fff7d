"""How much a command says: --quiet and --verbose, given to every command in one place."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from xlplan.cli import show

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what wants a person.")]
Verbose = Annotated[
    bool,
    typer.Option("--verbose", "-v", help="Say everything: every finding with its code, in full."),
]


def spoken(command: Callable[..., None]) -> Callable[..., None]:
    """The command with --quiet and --verbose as two more options, which it need not know."""

    @functools.wraps(command)
    def speaking(*, quiet: bool = False, verbose: bool = False, **given: Any) -> None:
        show.speak(quiet=quiet, verbose=verbose)
        command(**given)

    # Postponed annotations are texts, and this module lacks the names that stand in them.
    own = inspect.signature(command, eval_str=True)
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=False, annotation=kind)
        for name, kind in (("quiet", Quiet), ("verbose", Verbose))
    ]
    # typer makes an option of each parameter in the signature, and of nothing else.
    signature = own.replace(parameters=[*own.parameters.values(), *more])
    speaking.__signature__ = signature  # type: ignore[attr-defined]  # typer reads options from it
    return speaking


def add(app: typer.Typer, command: Callable[..., None] | typer.Typer) -> None:
    """Put a command into the table of contents, or a group of them; `import_` is called
    `import`.
    """
    if isinstance(command, typer.Typer):
        for one in command.registered_commands:
            one.callback = spoken(one.callback) if one.callback else None
        app.add_typer(command)
    else:
        # `import` and `set` are Python's own words: their functions are import_ and set_.
        app.command(name=command.__name__.rstrip("_"))(spoken(command))
