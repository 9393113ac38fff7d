"""Workbooks that other programs saved again, on every plan: unchanged they are no change, and what
was typed lands.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest

from tests.libreoffice import needs_libreoffice, work
from tests.stories.returns import many
from tests.stories.returns.issued import Issued, table_of

SSCONVERT, NODE, NPM = (shutil.which(name) for name in ("ssconvert", "node", "npm"))
HERE = Path(__file__).resolve().parent
NOTE = "£40k – “agreed”\nand booked; 2.10 of it"
Pairs = list[tuple[Path, Path]]
Told = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a lead types into one cell: with openpyxl, by hand, and the value that must come
    of it.
    """

    ref: str
    column: str
    typed: Any
    by_hand: str
    comes: Any
    shape: str = "@"


@dataclass(frozen=True)
class Sent:
    """A plan whose workbooks were sent: one that a lead fills in, two that come back untouched."""

    office: many.Office
    lead: Issued
    untouched: list[Issued]
    answers: list[Answer]
    filled: Path
    cells: dict[str, Answer] = field(default_factory=dict)
    """The answers by the cells that they stand in."""
    said: Told = field(default_factory=dict)
    """What an import of the files themselves says."""

    @property
    def sources(self) -> list[Path]:
        """The workbooks as they would come back: the one that is filled in first."""
        return [self.filled, *(one.path for one in self.untouched)]


def answers_of(lead: Issued, ratings: tuple[str, ...], year: int) -> list[Answer]:
    """An answer for each column that the lead has, on three rows, with days of that year; a fourth
    says nothing.
    """
    first, second, third, fourth = lead.refs[:4]
    rating = next(one for one in ratings if one != lead.shown[first, "rag"])
    wanted = [
        Answer(first, "rag", rating, rating, rating),
        Answer(first, "progress", NOTE, NOTE, NOTE),
        Answer(
            first, "finish", datetime(year, 3, 23), f"{year}-03-23", f"{year}-03-23", "dd/mm/yyyy"
        ),
        Answer(second, "due", *[f"30 April {year}"] * 3),
        Answer(second, "due_reason", "3/4", "3/4", "3/4"),
        Answer(second, "spent", 1250.5, "1250.5", 1250.5, "General"),
        Answer(second, "share", 0.45, "45%", 0.45, "0%"),
        Answer(third, "evidence", "007", "007", "007"),
        Answer(third, "stage", "Under way", "Under way", "Under way"),
        Answer(fourth, "no_change", "Yes", "Yes", None),
    ]
    return [one for one in wanted if (one.ref, one.column) in lead.shown]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(plan, marks=pytest.mark.xdist_group(f"sent {plan}")) for plan in many.PLANS
    ],
)
def sent(request: pytest.FixtureRequest, sent_by: Callable[[str], many.Office]) -> Sent:
    office = sent_by(request.param)
    lead, *others = sorted(office.sent, key=lambda one: -len(one.refs))
    answers = answers_of(lead, office.scale.graded, year=int(office.plan[-4:]) + 1)
    made = Sent(office, lead, others[:2], answers, office.folder / "filled in.xlsx")
    book = openpyxl.load_workbook(lead.path)
    table = table_of(book)
    for answer in made.answers:
        cell = table.cell(answer.ref, answer.column)
        cell.value, cell.number_format = answer.typed, answer.shape
        made.cells[cell.coordinate] = answer
    book.save(made.filled)
    made.said.update(told(made, *made.sources))
    return made


def told(sent: Sent, *files: Path) -> Told:
    """What an import of these files would say, by lead; nothing is kept."""
    with many.at_work(sent.office.folder):
        _, document = many.command("import", "--check", *files)
    return {
        "files": {one["lead"]: (one["status"], one["rows"]) for one in document["files"]},
        "values": {(one["ref"], one["field"], one["new"]) for one in document["changes"]},
        "asked": {
            (one["ref"], one["field"], value["value"])
            for one in document["questions"]
            for value in one["candidates"]
        },
        "proposed": document["proposed"],
        "findings": sorted(
            (one["code"], one["lead"], one["ref"] or "", one["value"] or "")
            for one in document["findings"]
        ),
    }


def expected(sent: Sent) -> set[tuple[str, str, Any]]:
    """Every value that was typed, but the tick."""
    return {(one.ref, one.column, one.comes) for one in sent.answers if one.comes is not None}


def holds(sent: Sent, *files: Path, gone: int = 0) -> None:
    """Every line of the files is right: what was typed, and no other word than on the files
    themselves.
    """
    here, there = sent.said, told(sent, *files)
    assert there["values"] | there["asked"] == expected(sent), there["findings"]
    assert there["proposed"] == []
    for lead, (status, rows) in here["files"].items():
        fewer = gone if lead == sent.lead.lead else 0
        wanted = {**rows, "read": rows["read"] - fewer, "unchanged": rows["unchanged"] - fewer}
        assert there["files"][lead] == (status, wanted), there["findings"]
    extra = [one for one in there["findings"] if one not in here["findings"]]
    assert [code for code, *_ in extra] == ["row-missing"] * gone, extra


def saved_again(sent: Sent, suffix: str, name: str, resave: Callable[[Pairs], None]) -> None:
    """Files that a program has opened and saved under another name hold what they held."""
    folder = sent.office.folder / f"{name} {suffix}"
    folder.mkdir()
    pairs = [
        (source, folder / f"back {number}.{suffix}") for number, source in enumerate(sent.sources)
    ]
    resave(pairs)
    holds(sent, *(target for _, target in pairs))


def test_the_files_themselves(sent: Sent) -> None:
    said = sent.said
    assert said["values"] | said["asked"] == expected(sent)
    assert [status for status, _ in said["files"].values()] == ["waiting", "unchanged", "unchanged"]
    assert all(
        rows["read"] == rows["unchanged"]
        for status, rows in said["files"].values()
        if status == "unchanged"
    )


def test_openpyxl(sent: Sent) -> None:
    def resave(pairs: Pairs) -> None:
        for source, target in pairs:
            openpyxl.load_workbook(source).save(target)

    saved_again(sent, "xlsx", "openpyxl", resave)


def test_pandas_writes_every_sheet(sent: Sent) -> None:
    def resave(pairs: Pairs) -> None:
        for source, target in pairs:
            sheets = pandas.read_excel(
                source, sheet_name=None, header=None, dtype=str, engine="openpyxl"
            )
            with pandas.ExcelWriter(target, engine="openpyxl") as writer:
                for name, frame in sheets.items():
                    frame.to_excel(writer, sheet_name=name, header=False, index=False)

    saved_again(sent, "xlsx", "pandas", resave)


@pytest.mark.skipif(SSCONVERT is None, reason="Gnumeric (ssconvert) is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_gnumeric(sent: Sent, suffix: str) -> None:
    def resave(pairs: Pairs) -> None:
        for source, target in pairs:
            subprocess.run(
                [str(SSCONVERT), str(source), str(target)],
                check=True,
                capture_output=True,
                timeout=120,
            )

    saved_again(sent, suffix, "gnumeric", resave)


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which SheetJS and ExcelJS are installed."""
    if NODE is None or NPM is None:
        pytest.skip("Node and npm are not installed")
    folder = Path(os.environ.get("XLPLAN_TEST_NODE") or tmp_path_factory.mktemp("node"))
    if not (folder / "node_modules").is_dir():
        command = [
            NPM,
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "xlsx@0.18.5",
            "exceljs@4.4.0",
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
        if done.returncode:
            pytest.skip("npm could not install SheetJS and ExcelJS")
    return folder


# Not .xls by SheetJS: it cuts every text after 255 letters, and xlplan says so.
@pytest.mark.parametrize(
    ("library", "suffix"), [("sheetjs", "xlsx"), ("sheetjs", "xlsb"), ("exceljs", "xlsx")]
)
def test_javascript(sent: Sent, library: str, suffix: str, libraries: Path) -> None:
    """ExcelJS types the answers itself: it cannot read a file with notes that openpyxl saved."""

    def resave(pairs: Pairs) -> None:
        first = (sent.lead.path if library == "exceljs" else pairs[0][0], pairs[0][1])
        plain = {
            name: one.by_hand if isinstance(one.typed, datetime) else one.typed
            for name, one in sent.cells.items()
        }
        files = (str(path) for pair in [first, *pairs[1:]] for path in pair)
        command = [str(NODE), str(HERE / "resaving.js"), library, json.dumps(plain), *files]
        paths = {**os.environ, "NODE_PATH": str(libraries / "node_modules")}
        subprocess.run(command, check=True, capture_output=True, timeout=120, env=paths)

    saved_again(sent, suffix, library, resave)


KINDS = ("xlsx", "ods", "xls", "csv")


@needs_libreoffice
def test_a_lead_works_in_libreoffice(sent: Sent) -> None:
    """Types into inputs, is refused on a locked cell; saves in four formats; unprotects, deletes,
    sorts, inserts.
    """
    folder = sent.office.folder / "libreoffice"
    folder.mkdir()
    table = table_of(openpyxl.load_workbook(sent.lead.path))
    typed = {cell: one.by_hand for cell, one in sent.cells.items()}
    locked = table.cell(sent.lead.refs[0], "action").coordinate
    gone, area = table.row(sent.lead.refs[-1]), f"A{table.rows[0]}:AZ{table.rows[-1] - 1}"
    final = folder / f"worked.{KINDS[many.PLANS.index(sent.office.plan) % len(KINDS)]}"
    steps: list[list[Any]] = [
        ["type", {**typed, locked: "Something else"}],
        *saves(folder, 0),
        ["unprotect"],
        ["delete", gone],
    ]
    steps += [
        ["sort", area, table.columns["ref"] - 1],
        ["insert", table.rows[0] + 1],
        ["save", str(final)],
    ]
    untouched = [
        (one.path, saves(folder, number)) for number, one in enumerate(sent.untouched, start=1)
    ]
    held = work([(sent.lead.path, steps), *untouched])[0]
    assert held.pop(locked) == "refused"
    assert list(held) == list(typed)
    for kind in KINDS:
        holds(sent, *(folder / f"back {number}.{kind}" for number in range(3)))
    holds(sent, final, folder / "back 1.xlsx", folder / "back 2.xlsx", gone=1)


def saves(folder: Path, number: int) -> list[list[str]]:
    """Steps that save a workbook in each format."""
    return [["save", str(folder / f"back {number}.{kind}")] for kind in KINDS]


def test_a_sheet_that_pandas_wrote_alone(sent: Sent) -> None:
    back = sent.office.folder / "pandas.xlsx"
    pandas.read_excel(
        sent.filled, sheet_name="Update", header=None, dtype=str, engine="openpyxl"
    ).to_excel(back, header=False, index=False)
    said = told(sent, back)
    assert said["values"] | said["asked"] == expected(sent)
