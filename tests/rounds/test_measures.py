"""Measures: whoever owns one reports its reading, and the reading comes back as a value with its source."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.rounds.office import ROOT, Office


@pytest.fixture
def measuring(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    """West Sussex with a column of owners on its sheet of measures."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_NOW", "2019-09-02T09:00:00")
    monkeypatch.setenv("XLPLAN_USER", "officer")
    text = (ROOT / "mappings" / "west-sussex-2019.toml").read_text(encoding="utf-8")
    mapping = text.replace("[measures.headings]", '[measures.headings]\nleads = ["Owner"]', 1)
    (tmp_path / "mine.toml").write_text(mapping, encoding="utf-8")
    book = openpyxl.load_workbook(ROOT / "workbooks" / "west-sussex-2019.xlsx")
    sheet = book["KPIs"]
    sheet.cell(1, 8).value = "Owner"
    for row in (2, 3):
        sheet.cell(row, 8).value = "Jackie Wood"
    book.save(tmp_path / "own.xlsx")
    office = Office(tmp_path, capsys, "west-sussex-2019")
    assert office.run("init", "own.xlsx", "--mapping", "mine.toml", "--accept-errors").document["measures"] == 74
    office.export("September Board")
    return office


def test_only_the_owner_gets_a_sheet_of_measures(measuring: Office) -> None:
    with_measures = {
        lead for lead, path in measuring.sent.items() if "Measures" in openpyxl.load_workbook(path).sheetnames
    }
    assert with_measures == {"Jackie Wood"}
    leads = {one["lead"]: one["actions"] for one in measuring.run("status").document["leads"]}
    assert leads["Jackie Wood"] == 9, "measures are no actions"


def test_a_reading_comes_back_as_a_value_with_its_source(measuring: Office) -> None:
    path = measuring.sent["Jackie Wood"]
    book = openpyxl.load_workbook(path)
    book["Measures"]["H6"].value = "12%"
    back = measuring.folder / "back.xlsx"
    book.save(back)
    taken = measuring.take(back)
    (change,) = taken["changes"]
    assert (change["key"], change["field"], change["old"], change["new"]) == ("m1", "reading", None, "12%")
    assert change["sources"][0]["cell"] == "H6"
    assert measuring.run("merge").document["revision"] == 2
    measuring.export("October Board")
    again = openpyxl.load_workbook(measuring.sent["Jackie Wood"])["Measures"]
    assert (again["F6"].value, again["H6"].value) == ("12%", None), "last round's reading stands beside the input"


def test_an_untouched_sheet_of_measures_says_nothing(measuring: Office) -> None:
    taken = measuring.take(measuring.fill("Jackie Wood", {}))
    assert (taken["changes"], taken["questions"]) == ([], [])
    assert [one["status"] for one in taken["files"]] == ["unchanged"]


def test_a_reading_is_held_against_the_target_due_by_then(
    measuring: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(measuring.sent["Jackie Wood"])
    book["Measures"]["H6"].value = "12%"
    book["Measures"]["H7"].value = "80%"
    book.save(tmp_path / "back.xlsx")
    measuring.take(tmp_path / "back.xlsx")
    assert measuring.run("merge").status == 0
    before, after = (_measures_page(measuring, day, monkeypatch) for day in ("2020-01-02", "2020-04-01"))
    assert before["1"][-4:] == ("5% (by 31 Dec 2019)", None, "12%", 0.07)
    assert after["1"][-4:-3] == ("a further 5%, then review new cases entering the system (by 31 Mar 2020)",)
    assert after["1"][-1] is None, "nobody told from where"
    assert after["2"][-4:] == before["2"][-4:] == ("85%", None, "80%", -0.05)


def _measures_page(office: Office, day: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[object, ...]]:
    """The master's rows of measures by number, as it is written on a day."""
    monkeypatch.setenv("XLPLAN_NOW", f"{day}T09:00:00")
    path = office.folder / f"{day}.xlsx"
    assert office.run("master", "--out", path).status == 0
    sheet = openpyxl.load_workbook(path)["Measures"]
    head = next(row for row in sheet.iter_rows(values_only=True) if "No" in row)
    place = head.index("No")
    return {str(row[place]): row[: len(head)] for row in sheet.iter_rows(values_only=True) if row[place]}
