"""demo: one example plan through a whole round, with the trouble that real returns bring."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from xlplan.demo.examples import example
from xlplan.demo.story import Story, fill_in, read_story
from xlplan.reports.documents import Document
from xlplan.rounds.answers.choosing import Answer, OfficerText
from xlplan.rounds.deciding import Decided, decide, open_decisions
from xlplan.rounds.exporting import Exported, export_round
from xlplan.rounds.importing import TakenIn, import_returns
from xlplan.rounds.init import Started, start_plan
from xlplan.rounds.merging import MergedRound, merge_round
from xlplan.rounds.session.given import place
from xlplan.rounds.session.session import NothingDone, Session
from xlplan.rounds.status import Standing, standing

_MARK = ".xlplan-demo"
STORY = "demo-story.toml"


@dataclass(frozen=True, slots=True)
class Demo:
    """What happened in each step, and where it lies."""

    folder: Path
    story: Story
    started: Started
    exported: Exported
    taken: TakenIn
    decided: Decided
    merged: MergedRound
    standing: Standing

    @property
    def as_written(self) -> bool:
        """Whether the story ran as written: every return was taken in, every decision was recorded,
        and it merged.
        """
        return (
            len(self.taken.files) == len(self.story.returns)
            and all(file.status in {"waiting", "unchanged"} for file in self.taken.files)
            and len(self.decided.decisions) == len(self.story.decisions)
            and self.merged.revision is not None
        )

    @property
    def exit_status(self) -> int:
        """0 when the story ran as written."""
        return 0 if self.as_written else 1

    def document(self) -> Document:
        """The JSON document of demo: those of its steps."""
        return {
            "folder": self.folder.as_posix(),
            "init": self.started.document(),
            "export": self.exported.document(),
            "import": self.taken.document(),
            "decide": self.decided.document(),
            "merge": self.merged.document(),
            "status": self.standing.document(),
        }

    def trouble(self) -> Counter[str]:
        """How often each kind of error and warning came up at import."""
        return Counter(found.code for found in self.taken.findings if found.severity != "notice")


def run_demo(folder: str | Path, *, story_path: Path | None = None) -> Demo:
    """Play the story in a folder of its own; a folder that an earlier demo made is made anew.

    Raises:
        NothingDone: the folder holds something else.
    """
    folder = place(folder, "folder")
    story = read_story(story_path or example("workbooks", STORY))
    _make_room(folder)
    # The same codes in every run: docs and tests show what the demo prints.
    chance = random.Random(story.plan)

    def at(moment: datetime) -> Session:
        return Session(folder / "plan.db", story.officer, lambda: moment, _tokens(chance), folder)

    workbook = shutil.copy(example("workbooks", f"{story.plan}.xlsx"), folder)
    mapping = folder / "mappings" / f"{story.plan}.toml"
    mapping.parent.mkdir()
    shutil.copy(example("mappings", mapping.name), mapping)
    started = start_plan(at(story.started), Path(workbook), mapping)
    exported = export_round(
        at(story.exported),
        round_name=story.round.name,
        return_by=date.fromisoformat(story.round.return_by),
    )
    # The folder in which `xlplan import` looks when no path is given.
    returned = folder / "workbooks" / "returned"
    returned.mkdir(parents=True)
    sent = {export.lead: folder / export.path for export in exported.workbooks}
    for answer in story.returns:
        fill_in(sent[answer.lead], answer, returned)
    taken = import_returns(at(story.imported), [])
    decided = decide(at(story.merged), _answers(story, at(story.merged)))
    merged = merge_round(at(story.merged))
    return Demo(
        folder, story, started, exported, taken, decided, merged, standing(at(story.merged))
    )


def _make_room(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        # Somebody may name the folder of their own plan: only a folder with our mark is emptied.
        if not (folder / _MARK).exists():
            raise NothingDone(
                f"The folder {folder.as_posix()} is not empty.", "Name another: `xlplan demo DIR`."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _MARK).write_text(
        "Made by `xlplan demo`, which makes this folder anew.\n", encoding="utf-8"
    )


def _tokens(chance: random.Random) -> Callable[[], str]:
    return lambda: f"t{chance.getrandbits(96):024x}"


def _answers(story: Story, session: Session) -> list[Answer]:
    """The story's decisions as answers to the questions that came up."""
    waiting = open_decisions(session)
    return [
        Answer(question.id, wanted.take, reason=OfficerText(wanted.note))
        for wanted in story.decisions
        for question in waiting.questions
        if waiting.say.ref(question.key) == wanted.ref and question.field == wanted.field
    ]
