"""xlplan decisions and xlplan decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import DEFAULT_PLAN, By, Json, Plan, session

if TYPE_CHECKING:
    from xlplan.plan.changes import Matter, Question, Source
    from xlplan.rounds.deciding import OpenQuestions

REASONS = {
    "leads-disagree": "the leads disagree",
    "both-moved": "the plan was changed meanwhile",
    "withdrawn": "the action was withdrawn",
    "detached": "the answers were sorted apart from their rows; accept puts them back as listed",
    "repeated-row": "the row came twice with different answers",
    "no-base": "what the lead was shown is not known",
    "taken-back": "a later return no longer shows the lead's answer",
    "cleared": "the cell was emptied",
    "doubted": "the date does not fit the plan",
    "needs-approval": "the change needs your approval",
    "same-new-ref": "two new actions have one ref",
    "proposed": "a new action is proposed",
    "edition": "a file says that it is the office's own; accept takes it in, decline leaves it out",
}


def _heading(waiting: OpenQuestions, question: Question) -> str:
    """The action that a question is about; of answers that came apart, or of an edition, the
    file.
    """
    if question.reason in {"detached", "edition"}:
        return question.candidates[0].source.file
    item = waiting.say.plan.items.get(question.key)
    text = (item.text("action") or item.text("name")) if item else ""
    # Published actions run to a paragraph; a console is 80 columns wide.
    return f"{waiting.say.ref(question.key) or question.key}  {text[:80]}".rstrip()


def _where(source: Source) -> str:
    """File, cell and time of an answer."""
    return ", ".join(part for part in (str(source.place), source.at.replace("T", " ")) if part)


def _show_question(waiting: OpenQuestions, question: Question) -> None:
    """The question, what it stands between, and who said what where."""
    from xlplan.plan.changes import option_letter
    from xlplan.plan.grounds import ROW
    from xlplan.workbook.decisions.lines import mended

    show.line(f"  {question.id}  {question.field}: {REASONS[question.reason]}")
    if question.field != ROW:
        show.line(f"      when issued: {question.base.text or '(blank)'}")
        show.line(f"      in the plan: {question.master.text or '(blank)'}")
    matter = waiting.matters[question.id]
    lettered = any(option.choice == "take" and option.listed for option in matter.options)
    for place, candidate in enumerate(question.candidates):
        letter = f"{option_letter(place)}  " if lettered else ""
        belongs = f" {mended(candidate, waiting.say.plan)} –" if candidate.to else ""
        show.line(
            f"      {letter}{matter.called[place]}:{belongs} "
            f"{candidate.value.text or '(blank)'}   [{_where(candidate.source)}]"
        )
    if question.note:
        show.line(f"      note: {question.note}")
    _show_answers(matter)


def _show_answers(matter: Matter) -> None:
    """What is typed after `xlplan decide` and the number."""
    commands = [option.shown for option in matter.options if option.listed]
    show.line(f"      answers: {', '.join(commands)}")


def _show_dates(waiting: OpenQuestions) -> None:
    """One line for the dates that the plan began with and that do not fit it; --verbose opens
    it.
    """
    dates = waiting.to_confirm
    if not dates:
        return
    refs = ", ".join(f"{waiting.say.ref(one.key) or one.key} ({one.id})" for one in dates)
    show.line(
        f"D  {show.counted(len(dates), 'date')} to confirm, in no figure until then: {refs}. "
        "`xlplan decide D --take as-typed` keeps all as text; --verbose shows each."
    )
    for one in dates if show.verbose() else []:
        show.line(f"  {one.id}  {waiting.say.ref(one.key) or one.key} {one.field}: {one.note}")
        _show_answers(waiting.matters[one.id])


def decisions(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write the decisions workbook there."),
    ] = None,
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Show all that waits for your decision.

    Example: xlplan decisions --out decisions.xlsx

    Then decisions.xlsx shows every open question with room for your answer.
    """
    from xlplan.rounds.answers.replacing import in_words
    from xlplan.rounds.deciding import open_decisions

    waiting = open_decisions(session(plan, by), out=out)
    if as_json:
        show.as_json(waiting.document())
        raise typer.Exit(waiting.exit_status)
    above = ""
    for question in waiting.questions:
        heading = _heading(waiting, question)
        if heading != above:
            above = heading
            show.line(heading)
        _show_question(waiting, question)
    for proposal in waiting.proposed:
        text = proposal.values.get("action")
        show.line(
            f"{proposal.id}  {proposal.lead} proposes: {text.text if text else ''}   "
            f"[{_where(proposal.source)}]"
        )
        matter = waiting.matters[proposal.id]
        if proposal.like:
            show.line(f"      much like {', '.join(proposal.like)}")
        if matter.outcome:
            show.line(f"      {matter.outcome}")
        _show_answers(matter)
    _show_dates(waiting)
    if waiting.questions or waiting.proposed:
        show.line(
            "Answer with `xlplan decide ID` and one of its answers, as `xlplan decide C1 --ask`."
        )
    else:
        show.line("Nothing waits for a decision.")
    if waiting.changes:
        hint = "the workbook of --out lists each, to be refused or replaced"
        show.line(
            f"{show.counted(len(waiting.changes), 'change')} will be taken at the next merge: "
            f"{hint}."
        )
    for made in (answered.decision for answered in waiting.decided):
        show.line(
            f"Decided by {made.by}: {made.question} {in_words(made)}; until the merge, "
            f"`xlplan decide {made.question}` alters it."
        )
    if waiting.written:
        show.line(f"Written: {waiting.written}")
    raise typer.Exit(waiting.exit_status)


def decide(
    what: Annotated[
        str, typer.Argument(help="A decisions workbook, or the number of a question: C1, P1, E1.")
    ],
    take: Annotated[
        str,
        typer.Option(
            "--take",
            metavar="OPTION|master|LEAD|=VALUE",
            help="An answer by its letter or its lead, the plan's own value, or another; of a "
            "doubted date (D1): as-it-stands, text-only or likely.",
        ),
    ] = "",
    both: Annotated[
        bool, typer.Option("--both", help="Keep all answers, one below the other.")
    ] = False,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Accept a clearing, an approval, a proposal or an edition."),
    ] = False,
    section: Annotated[
        str,
        typer.Option(
            "--section",
            metavar="REF",
            help="Where an accepted new action goes: a section, or a requirement in it.",
        ),
    ] = "",
    # typer gives an empty text for `--decline ""`, where the reason was forgotten, and else None.
    decline: Annotated[
        str | None, typer.Option("--decline", metavar="REASON", help="Decline it, with the reason.")
    ] = None,
    same_as: Annotated[
        str, typer.Option("--same-as", metavar="REF", help="The proposal is this action.")
    ] = "",
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask the leads; the question stays open.")
    ] = False,
    note: Annotated[
        str, typer.Option("--note", metavar="TEXT", help="A note kept with the decision.")
    ] = "",
    plan: Plan = DEFAULT_PLAN,
    by: By = "",
    as_json: Json = False,
) -> None:
    """Answer questions, from the decisions workbook or one at a time. `xlplan merge` applies the
    answers.

    Example: xlplan decide P1 --accept --section 3

    Then the next merge makes the proposed action P1 part of the plan, at the end of section 3.
    """
    from xlplan.rounds.answers.replacing import in_words
    from xlplan.rounds.deciding import by_hand, decide_from_workbook
    from xlplan.rounds.deciding import decide as record

    officer = session(plan, by)
    try:
        answer = by_hand(
            what,
            take=take,
            both=both,
            accept=accept,
            section=section,
            decline=decline,
            same_as=same_as,
            ask=ask,
            note=note,
        )
    except ValueError as trouble:
        raise typer.BadParameter(str(trouble)) from trouble
    decided = record(officer, [answer]) if answer else decide_from_workbook(officer, Path(what))
    if as_json:
        show.as_json(decided.document())
        raise typer.Exit(decided.exit_status)
    show.findings(decided.findings)
    for decision in decided.decisions:
        show.line(f"{decision.question}: {in_words(decision)}")
    show.line(
        f"{show.counted(len(decided.decisions), 'decision')} recorded; {decided.left} still open."
    )
    for query in decided.queries:
        show.line(f"To send back to {query.lead}: {query.path}")
    show.line("Next: `xlplan merge` applies them.")
    raise typer.Exit(decided.exit_status)
