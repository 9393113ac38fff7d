"""A sheet with fewer columns than the first: all of its actions is in the master, and comes
back.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.stories.office import Office
from tests.workbook.office.office_books import Row, a_workbook
from xlplan.store import Store

FIRST: list[Row] = [
    ["Action", "Measure", "Due", "Lead"],
    *[[f"Write policy {n}", "Number", "Mar 2026", "Ann Bell"] for n in range(1, 6)],
]
SECOND: list[Row] = [
    ["Action", "Measure", "Due"],
    *[[f"Second {n}", "Number", "Apr 2026"] for n in range(1, 6)],
]
FIELDS = ("ref", "action", "measures", "due", "leads", "rag", "progress")


def actions(folder: Path) -> list[dict[str, str]]:
    with Store.open(folder / "plan.db") as store:
        return [{field: one.text(field) for field in FIELDS} for one in store.snapshot().actions]


def test_a_drafted_mapping_loses_nothing_of_its_second_sheet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_USER", "officer")
    office = Office(tmp_path, capsys, "two")
    a_workbook(tmp_path / "office.xlsx", Plan=FIRST, Plan_B=SECOND)
    office.run("mapping", "suggest", "office.xlsx", "--out", "two.toml")
    assert "fields = [" in (tmp_path / "two.toml").read_text(encoding="utf-8")
    office.run("init", "office.xlsx", "--mapping", "two.toml")
    for ref, field, text in [
        ("PB2", "rag", "G"),
        ("PB3", "progress", "Begun"),
        ("PB4", "leads", "Ann Bell"),
    ]:
        assert office.run("set", ref, field, text).status == 0
    office.run("export", "--round", "June", "--return-by", "2026-06-30")
    assert office.run("master", "--out", "master.xlsx").status == 0

    unedited = office.run("import", "master.xlsx", "--as-office").document
    assert (unedited["files"][0]["status"], unedited["changes"]) == ("unchanged", [])

    book = openpyxl.load_workbook("master.xlsx")
    heads = [cell.value for cell in book["Plan B"][1]]
    row = next(row for row in book["Plan B"].iter_rows() if row[0].value == "Second 5")
    row[heads.index("Progress this period")].value = "By the office"
    book.save("edited.xlsx")
    assert len(office.run("import", "edited.xlsx", "--as-office").document["changes"]) == 1
    office.merge()
    assert actions(tmp_path)[-1]["progress"] == "By the office"

    office.run("master", "--out", "master.xlsx")
    again = tmp_path / "again"
    again.mkdir()
    office.run("init", "master.xlsx", "--mapping", "two.toml", "--plan", "again/plan.db")
    assert actions(again) == actions(tmp_path)
