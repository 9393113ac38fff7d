"""The sheet of measures in the master workbook: it shows what the plan has now, and the office
edits it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.edition.test_edition_rows import told
from tests.stories.edition.test_office_edition import TOKEN
from tests.stories.office import Office, an_office
from tests.stories.returned.test_measures import SEPTEMBER, measure

NO, MEASURE, TARGET, OWNER, READING = 1, 3, 6, 8, 9


@pytest.fixture
def kpis(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    """The office publishes the latest reading too: 9% of the first measure, none of the others."""
    office = an_office(tmp_path, capsys, monkeypatch, "west-sussex-2019", SEPTEMBER)
    latest = {"I1": "Latest", "I2": "9%"}
    return office.made_ready(
        "latest readings", lambda: measure(office, '\nreading = ["Latest"]', latest)
    )


def master(office: Office) -> Path:
    return office.folder / str(office.run("master").document["master"])


def edited(path: Path, edit: Callable[[Any], None], name: str = "edited.xlsx") -> Path:
    book = openpyxl.load_workbook(path)
    edit(book["KPIs"])
    book.save(path.with_name(name))
    return path.with_name(name)


def page(path: Path) -> Any:
    return openpyxl.load_workbook(path)["KPIs"]


def says(document: dict[str, Any]) -> set[tuple[str, str, Any]]:
    return {(one["key"], one["field"], one["new"]) for one in document["changes"]}


def test_a_merged_reading_stands_on_the_sheet_and_comes_back_as_no_change(kpis: Office) -> None:
    book = openpyxl.load_workbook(kpis.sent["Jackie Wood"])
    book["Measures"]["H6"].value = "12%"
    book.save(kpis.folder / "back.xlsx")
    kpis.take(kpis.folder / "back.xlsx")
    kpis.merge()
    path = master(kpis)
    sheet = page(path)
    assert sheet.cell(2, READING).value == "12%"
    column = next(cell.column for cell in sheet[1] if cell.value == TOKEN)
    assert sheet.column_dimensions[sheet.cell(1, column).column_letter].hidden
    taken = kpis.take_ours(path, status=0)
    assert [one["status"] for one in taken["files"]] == ["unchanged"]
    assert [one["code"] for one in taken["findings"]] == []


def test_what_the_office_edits_is_its_change_wherever_the_row_stands(kpis: Office) -> None:
    def edit(sheet: Any) -> None:
        sheet.cell(3, MEASURE).value = "Caseloads at or under 17"
        sheet.cell(3, TARGET).value = "99%"
        sheet.cell(3, READING).value = "70%"
        sheet.cell(4, NO).value = 777
        sheet.move_range("A3:J3", rows=80)
        sheet.delete_rows(3)

    taken = kpis.take_ours(edited(master(kpis), edit), status=0)
    moved = {
        ("m2", "measure", "Caseloads at or under 17"),
        ("m2", "target", "99%"),
        ("m2", "reading", "70%"),
    }
    assert says(taken) == moved | {("m3", "no", "777")}
    source = next(one["sources"][0] for one in taken["changes"] if one["field"] == "target")
    assert (source["sheet"], source["cell"]) == ("KPIs", "F82")
    kpis.merge()
    again = page(master(kpis))
    assert [again.cell(3, place).value for place in (MEASURE, TARGET, READING)] == [
        "Caseloads at or under 17",
        "99%",
        "70%",
    ]
    kpis.run("undo")
    assert page(master(kpis)).cell(3, TARGET).value == "85%"


def test_a_measure_that_is_added_is_made_and_stands_on_the_next_master(kpis: Office) -> None:
    def add(sheet: Any) -> None:
        for place, text in (
            (NO, 900),
            (2, 1),
            (MEASURE, "Visits on time"),
            (TARGET, "5%"),
            (OWNER, "Jackie Wood"),
        ):
            sheet.cell(76, place).value = text

    path = edited(master(kpis), add)
    taken = kpis.take_ours(path, status=0)
    (new,) = told(taken, "measure-new")
    assert (new["value"], new["sheet"], new["severity"]) == ("Visits on time", "KPIs", "notice")
    kpis.merge()
    again = master(kpis)
    assert [page(again).cell(76, place).value for place in (NO, MEASURE, TARGET)] == [
        900,
        "Visits on time",
        "5%",
    ]
    assert [one["status"] for one in kpis.take_ours(again, status=0)["files"]] == ["unchanged"]
    assert kpis.run("check").document["problems"] == []


def test_a_cell_that_was_emptied_is_asked_about_and_a_row_that_is_missing_told(
    kpis: Office,
) -> None:
    def empty(sheet: Any) -> None:
        sheet.cell(2, TARGET).value = None
        sheet.cell(4, TARGET).value = "=1+1"
        sheet.delete_rows(3)

    taken = kpis.take_ours(edited(master(kpis), empty), status=1)
    assert taken["changes"] == []
    assert [(one["key"], one["field"], one["reason"]) for one in taken["questions"]] == [
        ("m1", "target", "cleared")
    ]
    assert [one["key"] for one in told(taken, "measure-left-out")] == ["m2"]
    assert [(one["key"], one["value"]) for one in told(taken, "cell-formula-empty")] == [
        ("m3", "=1+1")
    ]


def test_a_reading_of_the_office_and_one_of_a_lead_are_a_question(kpis: Office) -> None:
    path = master(kpis)
    book = openpyxl.load_workbook(kpis.sent["Jackie Wood"])
    book["Measures"]["H6"].value = "12%"
    book.save(kpis.folder / "back.xlsx")
    kpis.take(kpis.folder / "back.xlsx")
    taken = kpis.take_ours(
        edited(path, lambda sheet: setattr(sheet.cell(2, READING), "value", "14%")), status=1
    )
    (question,) = taken["questions"]
    assert {one["value"] for one in question["candidates"]} == {"12%", "14%"}


def test_a_section_that_the_plan_lacks_leaves_the_measure_where_it_is(kpis: Office) -> None:
    taken = kpis.take_ours(
        edited(master(kpis), lambda sheet: setattr(sheet.cell(2, 2), "value", "Ninety")), status=1
    )
    assert taken["changes"] == taken["questions"] == []
    assert [one["value"] for one in told(taken, "measure-section")] == ["Ninety"]


def test_the_office_s_own_workbook_is_known_by_its_numbers(kpis: Office) -> None:
    path = edited(
        kpis.folder / "own.xlsx", lambda sheet: setattr(sheet.cell(2, TARGET), "value", "6%")
    )
    ran = kpis.run("import", "--as-office", path)
    assert says(ran.document) == {("m1", "target", "6%")}


def copied_down(sheet: Any, target: str = "") -> None:
    """The first measure once more, below the last one."""
    for cell in list(sheet[2]):
        sheet.cell(76, cell.column).value = cell.value
    if target:
        sheet.cell(76, TARGET).value = target


@pytest.mark.parametrize("codes", [True, False], ids=["with codes", "without codes"])
def test_a_measure_that_was_copied_down_counts_once(kpis: Office, codes: bool) -> None:
    def copy(sheet: Any) -> None:
        copied_down(sheet)
        column = next(cell.column for cell in sheet[1] if cell.value == TOKEN)
        for row in () if codes else range(1, sheet.max_row + 1):
            sheet.cell(row, column).value = None

    taken = kpis.take_ours(edited(master(kpis), copy), status=0)
    assert [one["code"] for one in taken["findings"]] == ["row-repeated"]
    assert (taken["files"][0]["status"], taken["files"][0]["rows"]["repeated"]) == ("unchanged", 1)


def test_a_copy_of_a_measure_that_says_something_else_is_asked_about(kpis: Office) -> None:
    path = edited(master(kpis), lambda sheet: copied_down(sheet, target="77%"))
    taken = kpis.take_ours(path, status=1)
    (question,) = taken["questions"]
    assert (question["key"], question["field"], question["reason"]) == (
        "m1",
        "target",
        "repeated-row",
    )
    assert "77%" in {one["value"] for one in question["candidates"]}
    assert [one["code"] for one in taken["findings"]] == ["row-repeated-differs"]
    assert taken["changes"] == []
