"""Two rounds of one plan with something of everything in them, and the files that they leave."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.rounds.office import ROOT, type_into
from xlplan.cli.main import run
from xlplan.mapping.load import load_mapping
from xlplan.workbook.office import read_office_workbook

YEARS = {
    "walsall-2012": 2013,
    "sunderland-2017": 2017,
    "west-sussex-2019": 2019,
    "kent-2010": 2011,
    "leicestershire-2017": 2017,
}
FORMATS = ("xlsx", "html", "docx", "md", "json")
Document = dict[str, Any]


@dataclass
class Story:
    """One plan in a folder of its own; what was done to it, as far as its log does not say."""

    plan: str
    folder: Path
    chance: random.Random
    before: int = 0
    """The revision that the last round begins after."""
    now: int = 0
    today: date = date.min
    findings: list[Document] = field(default_factory=list)
    returned: dict[str, tuple[str, bool, int]] = field(default_factory=dict)
    """Who answered in the last round: standing, whether nil, days late."""
    sent: dict[str, list[str]] = field(default_factory=dict)
    """Refs by lead in the last round; the office's own workbook is not among them."""
    issued: dict[str, Path] = field(default_factory=dict)
    decided: dict[str, Document] = field(default_factory=dict)
    """Questions and proposals that were answered, by number."""
    waiting: Document = field(default_factory=dict)
    """`decisions --json` at the end."""
    revisions: list[Document] = field(default_factory=list)
    led: list[Document] = field(default_factory=list)
    """`leads --json` at the end."""
    logs: dict[str, Document] = field(default_factory=dict)
    """`log REF --json` by key."""
    actions: int = 0
    """How many `init` told."""
    measures: int = 0
    refs: list[str] = field(default_factory=list)
    """All that `init` took in."""
    touched: set[str] = field(default_factory=set)
    """Refs that something has happened to in the last round."""
    merged: Document = field(default_factory=dict)
    """`merge --json` of the last round."""

    @property
    def year(self) -> int:
        """The year that it plays in."""
        return YEARS[self.plan]

    def run(self, *arguments: str | Path, status: tuple[int, ...] = (0, 1)) -> Document:
        """A command's JSON."""
        told = io.StringIO()
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(io.StringIO()) as complaint:
            left = run([*map(str, arguments), "--json"])
        assert left in status, (arguments, complaint.getvalue())
        return json.loads(told.getvalue()) if told.getvalue() else {}

    def clock(self, day: str) -> None:
        """The day in the story's year."""
        self.today = date.fromisoformat(f"{self.year}-{day}")
        os.environ["XLPLAN_NOW"] = f"{self.today.isoformat()}T09:00:00"

    @cached_property
    def mapping(self) -> Document:
        """The mapping as TOML has it."""
        return tomllib.loads((ROOT / "mappings" / f"{self.plan}.toml").read_text(encoding="utf-8"))

    @property
    def codes(self) -> list[str]:
        """The plan's ratings."""
        return [one["code"] for one in self.mapping["rag"]]

    @cached_property
    def report(self) -> Document:
        """The change report's JSON."""
        return json.loads((self.folder / "report.json").read_text(encoding="utf-8"))

    def begin(self) -> None:
        """Make the plan."""
        mapping = ROOT / "mappings" / f"{self.plan}.toml"
        made = self.run("init", ROOT / "workbooks" / f"{self.plan}.xlsx", "--mapping", mapping, "--accept-errors")
        self.actions, self.measures = made["actions"], made["measures"]
        plan = read_office_workbook(ROOT / "workbooks" / f"{self.plan}.xlsx", load_mapping(mapping)).plan
        self.refs = [action.text("ref") for action in plan.actions]

    def export(self, name: str, return_by: str) -> None:
        """Send a round; the office's own workbook is nobody's to return."""
        books = self.run("export", "--round", name, "--return-by", f"{self.year}-{return_by}")["workbooks"]
        asked = [one for one in books if one["lead"] != "Programme office"]
        self.sent = {one["lead"]: one["refs"] for one in asked}
        self.issued = {one["lead"]: self.folder / one["path"] for one in asked}


def new_story(plan: str, folder: Path) -> Story:
    """A story that has not begun."""
    return Story(plan, folder, random.Random(plan))


def play(plan: str, folder: Path) -> Story:
    """The whole story; afterwards `folder` holds the report in every format and the master."""
    story = new_story(plan, folder)
    with at_work(folder):
        story.clock("05-02")
        story.begin()
        _first_round(story)
        _second_round(story)
        story.revisions = story.run("log")["revisions"]
        story.now = story.revisions[-1]["revision"]
        _leave_everything(story)
    return story


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """An officer at work in a folder; afterwards all is as it was."""
    with pytest.MonkeyPatch.context() as world:
        world.chdir(folder)
        world.setenv("XLPLAN_USER", "officer")
        world.setenv("XLPLAN_NOW", "")
        world.delenv("XLPLAN_PLAN", raising=False)
        yield


def _first_round(story: Story) -> None:
    story.export("May Board", "05-20")
    for lead, ref in story.chance.sample([(lead, ref) for lead, refs in story.sent.items() for ref in refs], 7):
        _answer(story, lead, ref)
    story.run("merge")
    story.run("close")
    story.before = story.run("log")["revisions"][-1]["revision"]


def _second_round(story: Story) -> None:
    story.clock("06-03")
    story.export("June Board", "06-20")
    first, second, third, fourth, *others = sorted(story.sent, key=lambda lead: (-len(story.sent[lead]), lead))
    _questions(story, third)
    _import(story, _filled(story, fourth), fourth, ("returned", False, 0))
    for lead in (first, second):
        for ref in _free(story, lead, 3):
            _answer(story, lead, ref)
        story.returned[lead] = ("returned", False, 0)
    _office(story, first)
    _edges(story)
    _import(story, _copy(story, others[0]), others[0], ("returned", True, 0))
    story.run("received", others[1], "--nil")
    story.returned[others[1]] = ("returned", True, 0)
    _decide(story)
    story.merged = story.run("merge")
    story.clock("06-24")
    path = _copy(story, others[2])
    type_into(path, {})  # saved again: a file that nobody saved is dated by its issue
    _import(story, path, others[2], ("late", True, 4))


def _free(story: Story, lead: str, count: int) -> list[str]:
    """Refs that a lead was sent and that nothing has happened to in this round: what happens is told apart."""
    found = [ref for ref in story.sent[lead] if ref not in story.touched][:count]
    story.touched.update(found)
    return found


def _answer(story: Story, lead: str, ref: str) -> None:
    """One cell said by a lead in an e-mail: what, and which field, is left to chance."""
    field, said = story.chance.choice(
        [("rag", _rating(story)), ("rag", _rating(story)), ("due", _due(story)), ("progress", _text(story))]
    )
    story.run("set", ref, field, said, "--for", lead, "--reason", "as agreed")


def _rating(story: Story) -> str:
    return str(story.chance.choice(story.codes))


def _due(story: Story) -> str:
    """A due text in one of the forms that `due_texts` reads."""
    named = date(story.year, story.chance.randint(1, 12), story.chance.randint(1, 28))
    forms = (
        f"{named.day}/{named:%m/%Y}",
        f"{named:%b %Y}",
        f"{named.day} {named:%B %Y}",
        f"{named:%B} {story.year + 1}",
    )
    return story.chance.choice([*forms, "Ongoing"])


def _text(story: Story) -> str:
    return f"Said {story.chance.randint(100, 999)}"


def _questions(story: Story, lead: str) -> None:
    """The office and a lead say different things of two ratings."""
    for ref in _free(story, lead, 2):
        was = story.run("log", ref, "rag")["history"]
        one, other, *_ = (code for code in story.codes if not was or code != was[-1]["new"])
        story.run("set", ref, "rag", one)
        story.run("set", ref, "rag", other, "--for", lead)
    story.returned[lead] = ("returned", False, 0)


def _office(story: Story, lead: str) -> None:
    """What the office does itself: two actions end, one moves to another lead, one is reworded, one date is undone."""
    refs = dict.fromkeys(ref for refs in story.sent.values() for ref in refs if ref not in story.sent[lead])
    ended, merged, heir, moved, redated = [ref for ref in refs if ref not in story.touched][:5]
    story.touched |= {ended, merged, heir, moved, redated}
    story.run("withdraw", ended, "--reason", "no longer needed")
    story.run("withdraw", merged, "--reason", "the same work", "--into", heir)
    story.run("reassign", moved, "--to", lead)
    story.run("set", heir, "action", "Do the work of two actions", "--reason", "merged")
    story.run("set", redated, "due", f"1/02/{story.year}", "--reason", "a slip of the pen")
    story.run("undo", str(story.run("log")["revisions"][-1]["revision"]))
    story.run("set", redated, "due", f"14 March {story.year + 1}", "--reason", "agreed at the Board")


def _edges(story: Story) -> None:
    """Dates on either side of every line that a figure draws: overdue, and the next 30, 60 and 90 days."""
    free = (ref for lead in story.sent for ref in story.sent[lead] if ref not in story.touched)
    last = date(story.year, 6, 24)
    for ref, ahead in zip(dict.fromkeys(free), (-1, 0, 30, 31, 60, 61, 90, 91), strict=False):
        story.run("set", ref, "due", f"{last + timedelta(ahead):%d %b %Y}", "--reason", "agreed at the Board")


def _copy(story: Story, lead: str) -> Path:
    """A lead's workbook as it comes back."""
    path = story.folder / f"back {list(story.sent).index(lead)}.xlsx"
    shutil.copy(story.issued[lead], path)
    return path


def _filled(story: Story, lead: str) -> Path:
    """A workbook with a rating, a text, a rating that is none, and two proposed actions."""
    path = _copy(story, lead)
    one, *others = _free(story, lead, 2)
    answers = {one: {"rag": _rating(story), "progress": _text(story)}} | {ref: {"rag": "Purple"} for ref in others}
    type_into(path, answers)
    book = openpyxl.load_workbook(path)
    cells = (cell for row in book["Update"].iter_rows() for cell in row)
    key = next(cell for cell in cells if cell.value == "xlplan:new.action")
    key.offset(row=2).value = "Publish a yearly report for parents and carers"
    key.offset(row=3).value = "Buy a second minibus"
    book.save(path)
    return path


def _import(story: Story, path: Path, lead: str, standing: tuple[str, bool, int]) -> None:
    story.findings += story.run("import", path)["findings"]
    story.returned[lead] = standing


def _decide(story: Story) -> None:
    """Take one answer, accept one proposal; the others stay open."""
    waiting = story.run("decisions")
    question, proposal = waiting["questions"][0], waiting["proposed"][0]
    story.run("decide", question["id"], "--take", question["candidates"][0]["lead"])
    story.run("decide", proposal["id"], "--accept")
    story.decided = {question["id"]: question, proposal["id"]: proposal}


def _leave_everything(story: Story) -> None:
    """The logs of all actions, what waits, the report in every format, the master."""
    refs = [*story.refs, *(row["ref"] for row in story.merged["new_actions"])]
    told = [story.run("log", ref) for ref in refs]
    story.logs = {one["key"]: one for one in told}
    story.waiting = story.run("decisions")
    story.led = story.run("leads")["leads"]
    for name in FORMATS:
        story.run("report", "--out", f"report.{name}")
    story.run("master", "--out", "master.xlsx")
