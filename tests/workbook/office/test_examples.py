"""The example workbooks: made from their CSVs, in the layouts in which the offices publish their
plans.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

WORKBOOKS = Path(__file__).resolve().parents[3] / "workbooks"
NAMES = ("west-sussex-2019", "sunderland-2017", "walsall-2012", "kent-2010", "leicestershire-2017")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the workbooks, made anew."""
    folder = tmp_path_factory.mktemp("rebuilt")
    build(folder)
    return folder


def build(folder: Path, *names: str) -> None:
    """Run the script as a person would."""
    command = [sys.executable, str(WORKBOOKS / "build.py"), *names, "--into", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


def published(name: str) -> Workbook:
    """A workbook as it is kept in the repository."""
    return load_workbook(WORKBOOKS / f"{name}.xlsx")


def facts(book: Workbook) -> dict[str, object]:
    """What stands where: cells, merged ranges, widths and fills of every sheet."""
    return {
        sheet.title: (
            {
                cell.coordinate: (cell.value, cell.fill.start_color.rgb)
                for row in sheet.iter_rows()
                for cell in row
            },
            sorted(str(one) for one in sheet.merged_cells.ranges),
            {letter: column.width for letter, column in sheet.column_dimensions.items()},
        )
        for sheet in book.worksheets
    }


def wide_lines(sheet: Worksheet) -> list[str]:
    """Texts that are merged over the whole width of the sheet, from top to bottom."""
    rows = sorted(
        one.min_row for one in sheet.merged_cells.ranges if one.size["columns"] == sheet.max_column
    )
    return [str(sheet.cell(row, 1).value) for row in rows]


def column(sheet: Worksheet, letter: str) -> list[str]:
    """The texts of a column that are not merged over the whole width."""
    wide = {
        one.min_row for one in sheet.merged_cells.ranges if one.size["columns"] == sheet.max_column
    }
    return [
        str(cell.value) for cell in sheet[letter] if cell.value is not None and cell.row not in wide
    ]


def row_starting(sheet: Worksheet, text: str, place: int = 1) -> int:
    """The first row whose cell in a column starts with a text."""
    return next(
        row
        for row in range(1, sheet.max_row + 1)
        if str(sheet.cell(row, place).value or "").startswith(text)
    )


def records(name: str) -> list[dict[str, str]]:
    with (WORKBOOKS / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_is_what_its_csv_makes(rebuilt: Path, name: str) -> None:
    assert facts(published(name)) == facts(load_workbook(rebuilt / f"{name}.xlsx"))


def test_the_same_csv_gives_the_same_bytes(rebuilt: Path, tmp_path: Path) -> None:
    build(tmp_path, "walsall-2012")
    assert (tmp_path / "walsall-2012.xlsx").read_bytes() == (
        rebuilt / "walsall-2012.xlsx"
    ).read_bytes()


def test_walsall_has_a_two_row_header_in_each_theme() -> None:
    sheet = published("walsall-2012")["Plan"]
    headers = [
        row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "References"
    ]
    assert len(headers) == 3
    for row in headers:
        merged = {str(one) for one in sheet.merged_cells.ranges if one.min_row == row}
        assert merged == {
            f"A{row}:B{row}",
            *(f"{letter}{row}:{letter}{row + 1}" for letter in "CDEFGH"),
        }
        assert [sheet.cell(row + 1, 1).value, sheet.cell(row + 1, 2).value] == [
            "Action No.",
            "Reference to:",
        ]
    above = [str(sheet.cell(row - 1, 1).value) for row in headers]
    assert above[0].startswith("Outcomes:\n")
    assert above[1:] == [
        "Staff induction, training and development",
        "Assessment quality and timeliness",
    ]


def test_walsall_has_title_theme_and_footnote_lines() -> None:
    book = published("walsall-2012")
    sheet = book["Plan"]
    assert [sheet.cell(row, 1).value is not None for row in range(1, 6)] == [
        True,
        True,
        True,
        False,
        True,
    ]
    lines = wide_lines(sheet)
    assert [line for line in lines if line.startswith("THEME")][
        1
    ] == "THEME 2 - Capacity, capability and culture"
    assert len([line for line in lines if line.startswith("Theme Lead: ")]) == 3
    assert sheet.cell(sheet.max_row, 1).value == lines[-1]
    assert len(column(sheet, "A")) - 3 - 3 * 2 == 58
    assert book.sheetnames == ["Plan", "Key", "Abbreviations", "Summary"]
    assert [cell.value for cell in book["Summary"][2]] == [None, "B", "G", "A", "R", "Gr"]


def test_walsall_prints_lists_one_item_a_line() -> None:
    sheet = published("walsall-2012")["Plan"]
    row = row_starting(sheet, "1.1")
    assert sheet.cell(row, 4).value == (
        "WSCB to consider – 31 Jan 2013\nPlan for WSCB work – 31 Mar 2013\nFollowing timescale to "
        "be set by WSCB"
    )
    assert sheet.cell(row_starting(sheet, "2.10"), 1).data_type == "s"


def test_sunderland_repeats_its_header_in_each_priority() -> None:
    sheet = published("sunderland-2017")["Plan"]
    assert column(sheet, "A").count("Action") == 7
    assert [line.partition(":")[0] for line in wide_lines(sheet)[::2]] == [
        *(
            "Priority1",
            "Priority 2 ",
            "Priority  3",
            "Priority4",
            "Priority 5 ",
            "Priority  6",
            "Priority7",
        ),
    ]
    assert all(line.startswith("Outcome: ") for line in wide_lines(sheet)[1::2])


def test_sunderland_opens_an_action_with_its_refs_in_three_ways() -> None:
    texts = [
        text for text in column(published("sunderland-2017")["Plan"], "A")[1:] if text != "Action"
    ]
    assert len(texts) == 50
    assert [text[:20] for text in texts[:4]] == [
        *(
            "1.1 - Ofsted 7 (a) P",
            "1.4 - Ofsted 7 (c) B",
            "1.5 Make supervision",
            "NEW 1: Hire and keep",
        ),
    ]


def test_sunderland_keeps_completed_actions_and_totals_apart() -> None:
    book = published("sunderland-2017")
    completed = book["Completed"]
    assert [cell.value for cell in completed[3]] == ["Action", "Success Measure (s)", "RAG"]
    assert len(column(completed, "A")) == 1 + 5 + 14
    unrated = row_starting(completed, "4.12")
    assert completed.cell(unrated, 3).value is None
    assert wide_lines(completed) == [f"Priority {number}" for number in (1, 3, 4, 6, 7)]
    totals = book["Table 1"]
    assert {"A2:A4", "B2:K2", "B3:C3"} <= {str(one) for one in totals.merged_cells.ranges}
    assert [cell.value for cell in totals[totals.max_row]][:5] == ["Totals", 0, 0, 13, 8]


def test_sunderland_has_letters_that_only_look_latin() -> None:
    odd = [
        cell.coordinate
        for sheet in published("sunderland-2017").worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and any("Ͱ" <= letter <= "ӿ" for letter in cell.value)
    ]
    assert len(odd) == 6


def test_west_sussex_merges_an_objective_down_over_its_actions() -> None:
    book = published("west-sussex-2019")
    sheet = book["Plan"]
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A4:A22", "B4:B22", "C4:C22", "G4:G22", "A23:G23"} <= merged
    assert str(sheet["G4"].value).split("\n")[0] == (
        "KPI 1 Fall in new cases that had more than three social workers in 12 months: "
        "5% by Dec; a further 5%, then review new cases entering the system by March 2020"
    )
    assert len(wide_lines(sheet)) == 12
    assert len(column(sheet, "D")) - 1 == 101
    assert [text for text in column(sheet, "D")[1:] if not text[0].isdigit()] == [
        row["action"] for row in records("west-sussex-2019")[-3:]
    ]
    texts = column(sheet, "D")[1:]
    assert [text[:6] for text in texts[18:21]] == ["1.3.8 ", "2.1.0.", "2.1.1."]
    assert book["KPIs"].max_row == 75


def test_kent_merges_requirements_and_places_two_actions_above_theirs() -> None:
    book = published("kent-2010")
    sheet = book["Plan"]
    assert wide_lines(sheet) == ["Immediately", "Within Three Months:", "Within Six Months:"]
    assert {"D4:E4", "F4:G4", "A4:A5", "H4:H5"} <= {str(one) for one in sheet.merged_cells.ranges}
    for early, ref in (("A9.1", "A9"), ("A10.1", "A10")):
        assert row_starting(sheet, early, place=3) == row_starting(sheet, ref) - 1
    assert len(column(sheet, "C")) - 1 == 56
    key = book["Leads key"]
    assert (len(column(key, "B")) - 1, len(column(key, "E")) - 1) == (21, 10)


def test_leicestershire_spells_its_header_anew() -> None:
    sheet = published("leicestershire-2017")["Plan"]
    headers = [
        row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == "Requirement"
    ]
    spelt = [tuple(cell.value for cell in sheet[row]) for row in headers]
    assert len(spelt) == 4
    assert spelt[1] == spelt[2] == spelt[3] != spelt[0]
    assert sheet.max_row == 1 + 4 * 2 + 28
    assert "\n" in str(sheet.cell(headers[0] + 2, 4).value)
