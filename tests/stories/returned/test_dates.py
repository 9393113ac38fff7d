"""Dates in figures, in fields of type date too: whose order they are in, and which are asked
about.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.biff12 import as_xlsb
from tests.stories.office import ROOT, Office, codes, rows_of
from xlplan.plan.timescale.reading import read_timescale
from xlplan.spreadsheets.opening import open_spreadsheet

SUE = "Sue Butcher"
STARTED = """
[fields.started]
name = "Started on"
type = "date"
edit = "lead"
"""
FIRST, SECOND, THIRD = "2.13", "3.3", "3.4"


@pytest.fixture
def dated(walsall: Office) -> Office:
    """Walsall with a field of type date, which leads fill in; three of Sue's actions started on 7
    April 2013.
    """
    text = (ROOT / "mappings" / "walsall-2012.toml").read_text(encoding="utf-8")
    path = walsall.folder / "dated.toml"
    path.write_text(text + STARTED, encoding="utf-8")
    assert walsall.run("mapping", "use", path).status == 0
    for ref in (FIRST, SECOND, THIRD):
        assert walsall.run("set", ref, "started", "7 April 2013").status == 0
    walsall.export()
    return walsall


def started(taken: dict[str, Any]) -> dict[str, str]:
    """The new values of the field, by ref."""
    return {one["ref"]: one["new"] for one in taken["changes"] if one["field"] == "started"}


def told(taken: dict[str, Any], field: str = "started") -> dict[str, str]:
    """The codes said of the field, by ref."""
    return {one["ref"]: one["code"] for one in taken["findings"] if one["field"] == field}


def test_a_date_typed_over_the_one_with_day_and_month_changed_round_is_asked_about(
    dated: Office,
) -> None:
    taken = dated.take(dated.fill(SUE, {FIRST: {"started": "04/07/2013"}}), status=1)
    assert told(taken) == {FIRST: "date-ambiguous"}
    assert "4 Jul 2013 or 7 Apr 2013" in next(
        one["message"] for one in taken["findings"] if one["field"] == "started"
    )
    assert not {one["lead"]: one["nil"] for one in dated.run("status").document["leads"]}[SUE]


def test_one_such_date_turns_no_other_date_of_its_file(dated: Office) -> None:
    answers = {FIRST: "04/07/2013", SECOND: "05/07/2013", THIRD: "06/08/2013"}
    taken = dated.take(
        dated.fill(SUE, {ref: {"started": text} for ref, text in answers.items()}), status=1
    )
    assert told(taken) == dict.fromkeys(answers, "date-ambiguous")
    assert started(taken) == {}


def test_a_part_above_twelve_settles_the_order_and_a_date_changed_round_is_still_told(
    dated: Office,
) -> None:
    answers = {FIRST: "04/07/2013", SECOND: "30/07/2013", THIRD: "06/08/2013"}
    taken = dated.take(
        dated.fill(SUE, {ref: {"started": text} for ref, text in answers.items()}), status=1
    )
    assert started(taken) == {SECOND: "2013-07-30", THIRD: "2013-08-06"}
    assert told(taken) == {FIRST: "date-swapped"}


def test_a_timescale_moved_from_july_to_april_is_asked_about_and_not_taken_for_the_old_one(
    walsall: Office,
) -> None:
    walsall.run("set", FIRST, "due", "4 July 2013")
    walsall.export()
    answers = {
        FIRST: {"due": "07/04/2013", "due_reason": "x"},
        SECOND: {"due": "08/04/2013", "due_reason": "x"},
    }
    taken = walsall.take(walsall.fill(SUE, answers), status=1)
    assert told(taken, "due") == {FIRST: "date-ambiguous", SECOND: "date-ambiguous"}


def as_csv(path: Path, to: Path, shape: str, typed: dict[str, str]) -> Path:
    """The sheet of actions as a spreadsheet program saves it as .csv, with dates in the order of
    its locale.
    """
    sheet = open_spreadsheet(path).sheets[0]
    where = {row.ref: row.cells["started"].name for row in rows_of(path)}
    cells = {where[ref]: text for ref, text in typed.items()}
    with to.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        for row in range(1, sheet.last_row + 1):
            line = [sheet.cell(row, column) for column in range(1, sheet.last_column + 1)]
            writer.writerow(
                cells.get(one.name) or _shown(one.value, shape) or one.as_text for one in line
            )
    return to


def _shown(value: object, shape: str) -> str:
    return value.strftime(shape) if hasattr(value, "strftime") else ""


@pytest.mark.parametrize("shape", ["%d/%m/%Y", "%m/%d/%Y"], ids=["British", "American"])
def test_a_csv_that_nobody_touched_is_a_nil_return_in_either_order(
    dated: Office, shape: str
) -> None:
    back = as_csv(dated.sent[SUE], dated.folder / "back.csv", shape, {})
    taken = dated.take(back, status=0)
    assert codes(taken) == ["nothing-answered"]


def test_what_is_typed_in_an_american_csv_is_read_in_its_order(dated: Office) -> None:
    back = as_csv(dated.sent[SUE], dated.folder / "back.csv", "%m/%d/%Y", {FIRST: "05/06/2013"})
    taken = dated.take(back)
    assert started(taken) == {FIRST: "2013-05-06"}
    assert told(taken) == {FIRST: "date-order"}


MONTHS = {
    "2.13": (datetime(2014, 3, 1), "mmm-yy"),
    "3.3": (datetime(2014, 4, 1), "mmmm yyyy"),
    "3.4": (datetime(2014, 1, 1), "yyyy"),
    "3.5": (datetime(2014, 5, 14), "mmm-yy"),
}
"""Cells that hold a day and show a month or a year, by ref."""


def with_months(office: Office) -> Path:
    """Sue's workbook with the due dates of some rows typed into cells that lost their format of
    text.
    """
    path = office.folder / "months.xlsx"
    book = openpyxl.load_workbook(office.sent[SUE])
    where = {row.ref: (row.sheet, row.cells["due"].name) for row in rows_of(office.sent[SUE])}
    for ref, (day, shape) in MONTHS.items():
        sheet, name = where[ref]
        book[sheet][name].value = day
        book[sheet][name].number_format = shape
    book.save(path)
    return path


@pytest.mark.parametrize(
    "kind",
    ["xlsx", "xlsb", *(pytest.param(kind, marks=needs_libreoffice) for kind in ("ods", "xls"))],
)
def test_a_cell_that_shows_a_month_means_the_month(walsall: Office, kind: str) -> None:
    walsall.export()
    back = with_months(walsall)
    if kind == "xlsb":
        back = as_xlsb(back)
    elif kind != "xlsx":
        back = saved_by_libreoffice(back, kind)
    taken = walsall.take(back)
    due = {
        one["ref"]: read_timescale(one["new"]).due
        for one in taken["changes"]
        if one["field"] == "due"
    }
    last = {"2.13": date(2014, 3, 31), "3.3": date(2014, 4, 30), "3.4": date(2014, 12, 31)}
    assert {ref: due[ref] for ref in last} == last
    assert due["3.5"] == date(2014, 5, 14), "no day that was typed is lost"


def test_the_offices_own_workbook_that_shows_a_month_means_the_month(walsall: Office) -> None:
    walsall.export()
    walsall.run("master", "--out", "master.xlsx")
    book = openpyxl.load_workbook(walsall.folder / "master.xlsx")
    sheet, cell = due_in_master(book, FIRST)
    book[sheet][cell].value = datetime(2014, 3, 1)
    book[sheet][cell].number_format = "[$-809]mmm yyyy"
    book.save(walsall.folder / "edited.xlsx")
    taken = walsall.take_ours(walsall.folder / "edited.xlsx")
    assert [(one["ref"], one["new"]) for one in taken["changes"]] == [(FIRST, "Mar 2014")]


def due_in_master(book: openpyxl.Workbook, ref: str) -> tuple[str, str]:
    """Sheet and cell of an action's due date in a master workbook."""
    for sheet in book.worksheets:
        cells = [cell for line in sheet.iter_rows() for cell in line]
        columns = [cell.column_letter for cell in cells if cell.value == "Timescale"]
        rows = [cell.row for cell in cells if str(cell.value) == ref]
        if columns and rows:
            return sheet.title, f"{columns[0]}{rows[0]}"
    raise AssertionError(ref)


def test_a_serial_number_in_a_csv_is_its_date(walsall: Office) -> None:
    walsall.export()
    taken = walsall.take(walsall.fill(SUE, {FIRST: {"due": "41759", "due_reason": "x"}}))
    assert [one["new"] for one in taken["changes"] if one["field"] == "due"] == ["30 April 2014"]


def test_a_year_with_three_digits_forgotten_reaches_the_master_and_the_report(
    walsall: Office,
) -> None:
    walsall.export()
    taken = walsall.take(
        walsall.fill(SUE, {"2.13": {"due": "31/03/0013", "due_reason": "A slip of the pen."}}),
        status=1,
    )
    assert ("due", "31/03/0013") in {(one["field"], one["value"]) for one in taken["findings"]}
    walsall.run("decide", taken["questions"][0]["id"], "--take", "as-it-stands")
    merged = walsall.run("merge").document
    assert (merged["unwritten"], merged["revision"]) == (None, 2)
    assert all((walsall.folder / path).is_file() for path in (merged["master"], *merged["reports"]))
