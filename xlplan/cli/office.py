"""xlplan set, withdraw, reassign: what the office changes itself; received, unstage: answers that
came otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session

if TYPE_CHECKING:
    from xlplan.rounds.editing import Edited
    from xlplan.rounds.receiving import Noted


def _tell(edited: Edited, as_json: bool) -> None:
    if as_json:
        show.as_json(edited.document())
    else:
        show.findings(edited.findings)
        for change in edited.changes:
            ref = edited.say.ref(change.key) or change.key
            show.line(
                f"{ref} {change.field}: {change.old.text or '(blank)'} -> "
                f"{change.new.text or '(blank)'}"
            )
        show.line(
            f"Revision {edited.revision}."
            if edited.revision
            else "It was so already; nothing changed."
        )
    raise typer.Exit(edited.exit_status)


def _note(noted: Noted, as_json: bool) -> None:
    if as_json:
        show.as_json(noted.document())
    else:
        show.findings(noted.findings)
        show.line(f"{noted.lead}: {noted.what}." if noted.lead else f"{noted.what}.")
    raise typer.Exit(noted.exit_status)


def set_(
    ref: Annotated[str, typer.Argument(help="An action, such as 1.10.")],
    field: Annotated[str, typer.Argument(help="One of its fields, such as rag.")],
    value: Annotated[str, typer.Argument(help="The new value; '' clears it.")],
    for_lead: Annotated[
        str,
        typer.Option(
            "--for", metavar="LEAD", help="It is this lead's answer, and waits like a return."
        ),
    ] = "",
    source: Annotated[
        str,
        typer.Option("--source", metavar="TEXT", help="Where it comes from: 'e-mail of 12 Jan'."),
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why, kept with the change.")
    ] = "",
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Change one value, or with --for enter a lead's answer.

    Example: xlplan set 1.10 due "31 Mar 2013" --reason "agreed at the Board"

    Then 1.10 is due on 31 Mar 2013, and the log says why.
    """
    from xlplan.rounds.editing import set_value
    from xlplan.rounds.receiving import set_for

    officer = session(plan, by)
    # What a lead says on the telephone is their word: it waits, as their workbook would.
    if for_lead:
        _note(
            set_for(officer, ref, field, value, lead=for_lead, source=source, reason=reason),
            as_json,
        )
    _tell(set_value(officer, ref, field, value, source=source, reason=reason), as_json)


def withdraw(
    ref: Annotated[str, typer.Argument(help="The action that ends.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it ends.")],
    into: Annotated[
        list[str] | None,
        typer.Option(
            "--into",
            metavar="REF",
            help="The action that carries it on; again for each where it is split.",
        ),
    ] = None,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """End an action; its history stays.

    Example: xlplan withdraw 2.12 --reason "the same as 2.6" --into 2.6

    Then 2.12 is withdrawn, and 2.6 carries it on.
    """
    from xlplan.rounds.editing import withdraw as end

    _tell(end(session(plan, by), ref, reason=reason, into=into or ()), as_json)


def reassign(
    refs: Annotated[list[str], typer.Argument(help="The actions that move.")],
    to: Annotated[str, typer.Option("--to", metavar="LEAD", help="The lead they move to.")],
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Move actions to another lead.

    Example: xlplan reassign 3.2 3.23 --to "Sue Butcher"

    Then Sue Butcher leads both, and gets them in the next export.
    """
    from xlplan.rounds.editing import reassign as move

    _tell(move(session(plan, by), refs, to), as_json)


def received(
    lead: Annotated[str, typer.Argument(help="The lead who answered.")],
    nil: Annotated[bool, typer.Option("--nil", help="They have nothing to report.")] = False,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="How they answered.")] = "",
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Note that a lead answered without a workbook.

    Example: xlplan received "Salma Ali" --nil --note "by telephone"

    Then everybody has returned.
    """
    from xlplan.rounds.receiving import received as note_it

    _note(note_it(session(plan, by), lead, nil=nil, note=note), as_json)


def unstage(
    what: Annotated[str, typer.Argument(help="A returned file, or a lead.")],
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take out what waits of a file or a lead, so that it may be imported again.

    Example: xlplan unstage "Salma Ali"

    Then Salma Ali is outstanding again, if an answer of hers was waiting.
    """
    from xlplan.rounds.receiving import unstage as take_out

    _note(take_out(session(plan, by), what), as_json)
