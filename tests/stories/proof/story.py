"""Two rounds of one plan with something of everything in them, and the files that they leave."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tests.stories.office import ROOT
from xlplan.cli.main import run
from xlplan.mapping.load import load_mapping
from xlplan.workbook.office.reading import read_office_workbook

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
    twice: str = ""
    """An action that is re-dated in both rounds."""
    merged: Document = field(default_factory=dict)
    """`merge --json` of the last round."""

    @property
    def year(self) -> int:
        """The year that it plays in."""
        return YEARS[self.plan]

    def run(self, *arguments: str | Path, status: tuple[int, ...] = (0, 1)) -> Document:
        """A command's JSON."""
        told = io.StringIO()
        with (
            contextlib.redirect_stdout(told),
            contextlib.redirect_stderr(io.StringIO()) as complaint,
        ):
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

    @property
    def closed(self) -> str:
        """The rating of what is done."""
        return next(str(one["code"]) for one in self.mapping["rag"] if one.get("kind") == "closed")

    @property
    def worst(self) -> str:
        """The worst rating of what is open."""
        return next(
            str(one["code"]) for one in self.mapping["rag"] if one.get("kind", "graded") == "graded"
        )

    @cached_property
    def report(self) -> Document:
        """The change report's JSON."""
        return json.loads((self.folder / "report.json").read_text(encoding="utf-8"))

    def begin(self) -> None:
        """Make the plan."""
        mapping = ROOT / "mappings" / f"{self.plan}.toml"
        made = self.run(
            "init",
            ROOT / "workbooks" / f"{self.plan}.xlsx",
            "--mapping",
            mapping,
            "--accept-errors",
        )
        self.actions, self.measures = made["actions"], made["measures"]
        plan = read_office_workbook(
            ROOT / "workbooks" / f"{self.plan}.xlsx", load_mapping(mapping)
        ).plan
        self.refs = [action.text("ref") for action in plan.actions]

    def export(self, name: str, return_by: str) -> None:
        """Send a round; the office's own workbook is nobody's to return."""
        books = self.run("export", "--round", name, "--return-by", f"{self.year}-{return_by}")[
            "workbooks"
        ]
        asked = [one for one in books if one["lead"] != "Programme office"]
        self.sent = {one["lead"]: one["refs"] for one in asked}
        self.issued = {one["lead"]: self.folder / one["path"] for one in asked}


def new_story(plan: str, folder: Path) -> Story:
    """A story that has not begun."""
    return Story(plan, folder, random.Random(plan))


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """An officer at work in a folder; afterwards all is as it was."""
    with pytest.MonkeyPatch.context() as world:
        world.chdir(folder)
        world.setenv("XLPLAN_USER", "officer")
        world.setenv("XLPLAN_NOW", "")
        world.delenv("XLPLAN_PLAN", raising=False)
        yield
