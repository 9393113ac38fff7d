"""Many returns, composed at random and taken in by the command: `python -m
tests.stories.returns.many 20000 [SEED]`.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.stories.returns import faults
from tests.stories.returns.draft import Draft, Scale
from tests.stories.returns.issued import Issued, read_issued
from tests.stories.returns.oracle import Problem, Sent, judge

ROOT = Path(__file__).resolve().parents[3]
PLANS = ("walsall-2012", "sunderland-2017", "west-sussex-2019", "kent-2010", "leicestershire-2017")
CLOCK = {"XLPLAN_NOW": "2013-01-16T09:00:00", "XLPLAN_USER": "officer"}
MORE_FIELDS = """
[fields.finish]
name = "Finished on"
type = "date"
edit = "lead"

[fields.spent]
name = "Spent so far"
type = "number"
edit = "lead"

[fields.share]
name = "Share done"
type = "percent"
edit = "lead"

[fields.stage]
name = "Stage reached"
type = "choice"
choices = ["Planned", "Under way", "Handed over"]
edit = "lead"
"""
"""Fields of the types that none of the five plans gives to its leads."""


@dataclass
class Office:
    """One plan whose update workbooks have been sent; each batch of returns starts from a copy of
    it.
    """

    plan: str
    folder: Path
    scale: Scale
    sent: list[Issued]


@dataclass
class Tally:
    """What came of many returns: how many, which faults and pairs of faults came up, and everything
    that was wrong.
    """

    returns: int = 0
    cells: int = 0
    single: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def add(self, sent: list[Sent], problems: list[str]) -> None:
        """Count one batch."""
        self.problems += problems
        for one in sent:
            self.returns += 1
            self.cells += len(one.typed)
            names = sorted(set(one.faults))
            self.single.update(names)
            self.pairs.update(combinations(names, 2))

    def merge(self, other: Tally) -> None:
        """Count another tally too."""
        self.returns, self.cells = self.returns + other.returns, self.cells + other.cells
        self.single += other.single
        self.pairs += other.pairs
        self.problems += other.problems

    def document(self) -> dict[str, Any]:
        """As JSON."""
        pairs = [[one, other, count] for (one, other), count in self.pairs.items()]
        return {"returns": self.returns, "cells": self.cells, "single": self.single, "pairs": pairs}

    @classmethod
    def of(cls, document: dict[str, Any]) -> Tally:
        """From JSON; what was wrong stands in the test's own report."""
        pairs = Counter({(one, other): count for one, other, count in document["pairs"]})
        return cls(document["returns"], document["cells"], Counter(document["single"]), pairs)

    def told(self, *, pairs: bool = True) -> Iterator[str]:
        """The tally in lines."""
        possible = len(faults.ALL) * (len(faults.ALL) - 1) // 2
        yield f"{self.returns} returns, {self.cells} cells typed, {len(self.problems)} problems"
        yield (
            f"{len(self.single)} of {len(faults.ALL)} faults, {len(self.pairs)} of {possible} "
            "pairs came up"
        )
        yield from (f"{count:7} {name}" for name, count in self.single.most_common())
        if pairs:
            yield from (
                f"{count:7} {one} + {other}" for (one, other), count in self.pairs.most_common()
            )


def command(*arguments: object) -> tuple[int, dict[str, Any]]:
    """Run a command of xlplan with --json."""
    from xlplan.cli.main import run

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(io.StringIO()):
        status = run([*map(str, arguments), "--json"])
    return status, json.loads(said.getvalue() or "{}")


def open_office(plan: str, folder: Path) -> Office:
    """Start a plan and send its update workbooks."""
    folder.mkdir(parents=True)
    text = (ROOT / "mappings" / f"{plan}.toml").read_text(encoding="utf-8")
    mapping = folder / "mapping.toml"
    # The faults type dates of 2031, which are to fit the plan.
    longer = re.sub(r"(?m)^end = .*$", "end = 2031-12-31", text)
    mapping.write_text(longer + MORE_FIELDS, encoding="utf-8")
    with at_work(folder):
        command("init", ROOT / "workbooks" / f"{plan}.xlsx", "--mapping", mapping)
        _, exported = command("export", "--round", "January Board", "--return-by", "2013-01-16")
    sent = [read_issued(one["lead"], folder / one["path"]) for one in exported["workbooks"]]
    mapping_read = tomllib.loads(text)
    ratings, ends = mapping_read["rag"], mapping_read["plan"]["end"]
    graded = tuple(one["code"] for one in ratings if one.get("kind", "graded") == "graded")
    names = {one["code"]: one["name"] for one in ratings}
    return Office(plan, folder, Scale(names, graded, ends.year), sent)


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Work in a folder at a fixed time, as the officer."""
    before, kept = Path.cwd(), {name: os.environ.get(name) for name in CLOCK}
    os.chdir(folder)
    os.environ.update(CLOCK)
    try:
        yield
    finally:
        os.chdir(before)
        for name, value in kept.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def compose(
    office: Office, folder: Path, rng: random.Random, always: Collection[str] = (), leads: int = 0
) -> list[Sent]:
    """One return of each lead, with a few answers and a few faults; `always`: with these faults and
    no others, of so many `leads` with the most actions.
    """
    spoken: set[tuple[str, str]] = set()
    sent: list[Sent] = []
    largest = sorted(office.sent, key=lambda one: -len(one.refs))[:leads]
    for issued in largest if always else rng.sample(office.sent, len(office.sent)):
        draft = Draft(issued, office.scale, rng, folder, spoken, office.sent)
        sent += _composed(draft, rng, always)
    return sent


def _composed(draft: Draft, rng: random.Random, always: Collection[str]) -> list[Sent]:
    chosen = {
        *rng.sample(list(faults.BEFORE), rng.choice([0, 0, 1, 1, 2])),
        *rng.sample(list(faults.CELLS), rng.choice([0, 1, 2, 3])),
        *rng.sample(list(faults.AFTER), rng.choice([0, 0, 1, 1, 2])),
        *rng.sample(list(faults.FILES), rng.choice([0, 0, 1, 2])),
    }
    if always:
        chosen = set(always)
    _do(draft, faults.BEFORE, chosen)
    for _ in range(rng.randint(1, 4)):
        faults.good(draft)
    for group in (faults.CELLS, faults.AFTER, faults.FILES):
        _do(draft, group, chosen)
    return draft.save()


def _do(draft: Draft, group: dict[str, faults.Fault], chosen: set[str]) -> None:
    for name, fault in group.items():
        packed = name in faults.PACKAGING and faults.PACKAGING & set(draft.faults)
        if name in chosen and not packed and fault(draft):
            draft.faults.append(name)


@dataclass
class Batch:
    """Returns that lie in a folder, ready to be taken in."""

    office: Office
    folder: Path
    sent: list[Sent]

    def problems(self) -> list[Problem]:
        """What is wrong when they are all taken in with one command, into a copy of the plan."""
        shutil.copy(self.office.folder / "plan.db", self.folder / "plan.db")
        with at_work(self.folder):
            _, document = command("import", "in")
        return judge(self.sent, document)


@contextlib.contextmanager
def composed(
    office: Office, rng: random.Random, always: Collection[str] = (), leads: int = 0
) -> Iterator[Batch]:
    """Returns as `compose` makes them, in a folder for as long as they are needed."""
    with tempfile.TemporaryDirectory(prefix="returns-") as name:
        (folder := Path(name) / "in").mkdir()
        sent = compose(office, folder, rng, always, leads)
        for file in sent:
            file.file = f"in/{file.file}"
            for one in file.typed:
                one.file = file.file
        yield Batch(office, Path(name), sent)


def run_batch(office: Office, rng: random.Random) -> tuple[list[Sent], list[str]]:
    """Compose one return of each lead, take them all in, and judge what the command says."""
    with composed(office, rng) as batch:
        return batch.sent, [f"{office.plan}: {problem}" for problem in batch.problems()]


def run_many(office: Office, count: int, seed: int) -> Tally:
    """At least so many returns of one plan."""
    tally, rng = Tally(), random.Random(f"{office.plan} {seed}")
    while tally.returns < count:
        tally.add(*run_batch(office, rng))
    return tally


def _one_of_many(job: tuple[str, int, int]) -> Tally:
    plan, count, seed = job
    with tempfile.TemporaryDirectory(prefix="offices-") as folder:
        return run_many(open_office(plan, Path(folder) / plan), count, seed)


def main(arguments: list[str]) -> int:
    """Run as many returns as asked over the five plans, on all processors; 1 when anything was
    wrong.
    """
    from concurrent.futures import ProcessPoolExecutor

    count, seed = (
        (*map(int, arguments), 20_000, 1)[:2] if len(arguments) != 1 else (int(arguments[0]), 1)
    )
    jobs = [(plan, -(-count // len(PLANS)), seed) for plan in PLANS]
    total = Tally()
    with ProcessPoolExecutor() as pool:
        for tally in pool.map(_one_of_many, jobs):
            total.merge(tally)
    print("\n".join([*total.told(), *total.problems[:50]]))
    return int(bool(total.problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
