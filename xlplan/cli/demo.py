"""xlplan demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xlplan.cli import show
from xlplan.cli.options import Json

if TYPE_CHECKING:
    from xlplan.demo.playing import Demo


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where to play it.")] = Path(
        "xlplan-demo"
    ),
    as_json: Json = False,
) -> None:
    """Take an example plan through a whole round, and show where to look.

    Example: xlplan demo tour

    Then the folder tour holds a plan, its returns, a master workbook and a change report.
    """
    from xlplan.demo.playing import run_demo

    played = run_demo(folder)
    if as_json:
        show.as_json(played.document())
    else:
        _tell(played)
    raise typer.Exit(played.exit_status)


def _tell(played: Demo) -> None:
    started, exported = played.started.document(), played.exported
    taken, merged, now = played.taken, played.merged, played.standing
    back = [lead for lead in now.leads if lead.status in {"returned", "late"}]
    show.line(
        f"{started['plan']}, {exported.round.name}: a whole round in {played.folder.as_posix()}/"
    )
    show.line()
    show.line(
        f"1. init    {started['actions']} actions in {started['sections']} sections, "
        f"{started['leads']} leads; "
        f"{show.counted(len(started['findings']), 'finding')} in the office's workbook, each "
        "with its cell."
    )
    show.line(
        f"2. export  {show.counted(len(exported.workbooks), 'update workbook')}; "
        f"{show.counted(len(exported.not_sent), 'action')} went to no lead and stand in the "
        "office's own."
    )
    nil = sum(1 for one in back if one.nil)
    missing = [one.lead for one in now.leads if one.status == "outstanding"]
    show.line(
        f"3. returns {len(back)} of {len(now.leads)} came back ({nil} with nothing to report); "
        f"{len(missing)} {'has' if len(missing) == 1 else 'have'} not: {', '.join(missing)}."
    )
    show.line(
        f"4. import  {show.counted(len(taken.changes), 'change')} and "
        f"{show.counted(len(taken.questions), 'question')} wait, "
        f"{show.counted(len(taken.proposed), 'action')} proposed. Told to the officer, and "
        "nothing lost by it:"
    )
    for found in taken.findings:
        if found.severity != "notice":
            show.line(f"   {found.severity}: {found}")
    for question in taken.questions:
        answers = " against ".join(
            f"{candidate.value.text} ({candidate.source.lead})" for candidate in question.candidates
        )
        show.line(
            f"   question {question.id}: {taken.say.ref(question.key)} {question.field}: {answers}"
        )
    for decision in played.decided.decisions:
        show.line(
            f"5. decide  {decision.question}: {decision.choice} {decision.lead}. {decision.text}"
        )
    show.line(
        f"6. merge   revision {merged.revision}: {show.counted(len(merged.changes), 'change')}; "
        f"{show.counted(merged.open_questions, 'question')} left open."
    )
    show.line()
    show.line(f"Open these, in {played.folder.as_posix()}/:")
    show.line(f"   an update workbook  {exported.workbooks[0].path}")
    for name, path in (
        ("the master workbook", merged.master),
        *(("the change report", one) for one in merged.reports),
    ):
        show.line(f"   {name:<19} {path}")
    show.line(f"Go on there: cd {played.folder.as_posix()} && xlplan status")
