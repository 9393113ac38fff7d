"""An office at work in a folder of its own: commands by their JSON, and leads who fill in
workbooks.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import sums
from tests.once import once
from tests.stories.returns.issued import Issued
from xlplan.cli.main import run
from xlplan.cli.options import session
from xlplan.rounds.merging import merge
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.returned.reading import RawRow, read_returned

ROOT = Path(__file__).resolve().parents[2]
ROUND = "January Board"
PLAN = Path("plan.db")
_RUN: dict[object, tuple[int, str, str, dict[Path, bytes]]] = {}
"""What init and export left in the folders of earlier tests, by the command, the clock and the
plan.
"""
_READY: dict[object, tuple[dict[Path, bytes], dict[str, Path]]] = {}
"""Folders that earlier tests made ready, and where in them each lead's workbook lies; by name and
clock.
"""


@dataclass(frozen=True)
class Ran:
    """What a command left: its status, its JSON document, what it said on stderr."""

    status: int
    document: dict[str, Any]
    complaint: str


class Office:
    """One office with one plan."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], plan: str) -> None:
        self.folder = folder
        self.capsys = capsys
        self.plan = plan
        self.started: Ran | None = None
        self.sent: dict[str, Path] = {}
        self._issued: list[Issued] = []

    def run(self, *arguments: str | Path) -> Ran:
        """Run a command with --json; the sum of every import must add up."""
        self.capsys.readouterr()
        status = run([*map(str, arguments), "--json"])
        said = self.capsys.readouterr()
        ran = Ran(status, json.loads(said.out) if said.out else {}, said.err)
        if arguments[0] == "import" and "files" in ran.document:
            assert not (wrong := self._not_adding_up(ran.document)), "\n".join(wrong)
        return ran

    def _run_once(self, *arguments: str | Path) -> Ran:
        """Run a command that starts a round; where it ran on the same plan before, put there what
        it left then.
        """
        before = self._contents()
        if not before.keys() <= {PLAN}:
            return self.run(*arguments)
        state = (arguments, _clock(), sha256(before.get(PLAN, b"")).digest())
        if state not in _RUN:
            ran = self.run(*arguments)
            left = {
                path: data for path, data in self._contents().items() if before.get(path) != data
            }
            _RUN[state] = (ran.status, json.dumps(ran.document), ran.complaint, left)
        status, document, complaint, left = _RUN[state]
        self._put(left)
        return Ran(status, json.loads(document), complaint)

    def made_ready(self, name: str, make: Callable[[], object]) -> Office:
        """Let `make` prepare the folder and send the first round; where that was done before under
        this name, put there what it left then.
        """
        ready = (name, _clock())
        if ready not in _READY:
            make()
            sent = {lead: path.relative_to(self.folder) for lead, path in self.sent.items()}
            _READY[ready] = (self._contents(), sent)
            return self
        left, sent = _READY[ready]
        self._put(left)
        self._send({lead: self.folder / path for lead, path in sent.items()})
        return self

    def _put(self, files: dict[Path, bytes]) -> None:
        for path, data in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_bytes(data)

    def _send(self, sent: dict[str, Path]) -> None:
        self.sent = sent
        self._issued += [Issued(lead, path) for lead, path in sent.items()]

    def _contents(self) -> dict[Path, bytes]:
        return {
            path.relative_to(self.folder): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def _not_adding_up(self, document: dict[str, Any]) -> list[str]:
        cells = [cell for file in document["files"] for cell in self._differing(file)]
        return [*sums.of_rows(document), *sums.of_cells(cells, document)]

    def _differing(self, file: dict[str, Any]) -> list[sums.Cell]:
        """Cells of a returned workbook that differ from any workbook that its lead was sent."""
        path = self.folder / file["path"]
        if (
            file["status"] not in {"waiting", "unchanged", "superseded"}
            or path.suffix != ".xlsx"
            or not path.is_file()
        ):
            return []
        theirs = [one for one in self._issued if one.lead == file["lead"]]
        return [cell for issued in theirs for cell in sums.differing(issued, path, file["path"])]

    def init(self) -> Ran:
        book, mapping = (
            ROOT / "workbooks" / f"{self.plan}.xlsx",
            ROOT / "mappings" / f"{self.plan}.toml",
        )
        self.started = self._run_once("init", book, "--mapping", mapping)
        return self.started

    def export(self, name: str = ROUND, *more: str) -> Ran:
        exported = self._run_once("export", "--round", name, "--return-by", "2013-01-16", *more)
        self._send(
            {one["lead"]: self.folder / one["path"] for one in exported.document["workbooks"]}
        )
        return exported

    def fill(self, lead: str, answers: dict[str, dict[str, str]], *, name: str = "") -> Path:
        """A lead's return: `answers` are cells by ref and column id, saved by openpyxl under
        another name.
        """
        path = self.folder / (name or f"back from {lead.replace('/', '-')}.xlsx")
        shutil.copy(self.sent[lead], path)
        type_into(path, answers)
        return path

    def merge(self) -> Ran:
        """Merge without the papers, which no rule is read from: the document of the command, with
        no master and no reports. For a test that reads these, `run("merge")`.
        """
        merged = merge(session(PLAN))
        return Ran(merged.exit_status, json.loads(json.dumps(merged.document())), "")

    def take(self, *files: Path, status: int | None = None) -> dict[str, Any]:
        here = [
            file.relative_to(self.folder) if file.is_relative_to(self.folder) else file
            for file in files
        ]
        taken = self.run("import", *here)
        if status is not None:
            assert taken.status == status, taken
        return taken.document

    def take_ours(self, *files: Path, status: int | None = None) -> dict[str, Any]:
        """Take in editions that the officer says are the office's."""
        here = [
            file.relative_to(self.folder) if file.is_relative_to(self.folder) else file
            for file in files
        ]
        taken = self.run("import", "--as-office", *here)
        if status is not None:
            assert taken.status == status, taken
        return taken.document

    def refs(self, lead: str) -> list[str]:
        return [row.ref for row in rows_of(self.sent[lead])]


def an_office(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    plan: str,
    now: str = "2013-01-10T09:00:00",
) -> Office:
    """An officer at work in a folder at a fixed time; no plan is there yet."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XLPLAN_NOW", now)
    monkeypatch.setenv("XLPLAN_USER", "officer")
    monkeypatch.delenv("XLPLAN_PLAN", raising=False)
    return Office(folder, capsys, plan)


def _clock() -> tuple[str | None, ...]:
    """When it is, and who is at work: what a command leaves says both."""
    return tuple(os.environ.get(name) for name in ("XLPLAN_NOW", "XLPLAN_USER"))


@once
def rows_of(path: Path) -> list[RawRow]:
    return read_returned(open_spreadsheet(path)).rows


def type_into(path: Path, answers: dict[str, dict[str, str]]) -> None:
    """Type into the cells of a workbook as a person would, and save it."""
    book = openpyxl.load_workbook(path)
    by_ref = {row.ref: row for row in rows_of(path)}
    for ref, cells in answers.items():
        row = by_ref[ref]
        for column, text in cells.items():
            book[row.sheet][row.cells[column].name].value = text or None
    book.save(path)


def codes(document: dict[str, Any], *, but: Iterable[str] = ("rows-not-looked-at",)) -> list[str]:
    """The codes of a document's findings, sorted, without those that only say that a row was left
    alone.
    """
    return sorted(found["code"] for found in document["findings"] if found["code"] not in set(but))
