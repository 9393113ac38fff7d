"""The master's sheets of figures: links lead to what they name, charts cover no cell, lists
filter.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import coordinate_to_tuple

from tests.reports.builders import material
from tests.workbook.master.test_master import CREATED, PLANS, master_of, texts
from xlplan.reports.chapters.dashboard import master_chapters
from xlplan.reports.figures import figures
from xlplan.workbook.master.writing import MasterBook, write_master


def a_moved_master(path: Path) -> openpyxl.Workbook:
    told = material()
    shown = figures(told)
    book = MasterBook(
        told.after, told.mapping, {}, shown.scale, master_chapters(shown), CREATED, "Test"
    )
    write_master(path, book)
    return openpyxl.load_workbook(path)


def links(book: openpyxl.Workbook) -> list[tuple[Any, Any]]:
    """Every linked cell with the cell that it leads to."""
    found = []
    for cell in (
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink
    ):
        name, _, place = cell.hyperlink.location.rpartition("!")
        found.append((cell, book[name.strip("'").replace("''", "'")][place]))
    return found


@pytest.mark.parametrize("name", PLANS)
def test_every_link_of_the_five_plans_leads_to_what_it_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / "master.xlsx"
    _, office, _ = master_of(name, path)
    refs = {action.text("ref"): action.text("action") for action in office.plan.actions}
    followed = links(openpyxl.load_workbook(path))
    for cell, target in followed:
        said = str(target.value)
        if isinstance(cell.value, int):
            number = said.partition(": ")[2].split()[0]
            assert number == str(cell.value), (cell.coordinate, said)
        elif cell.value in refs:
            assert refs[cell.value].split("\n")[0][:20] in said, (cell.value, said)
        else:
            assert (
                cell.value.partition(": ")[2].casefold() in said.casefold() or cell.value in said
            ), (cell.value, said)
    assert "Dashboard" in {cell.parent.title for cell, _ in followed}


def test_numbers_of_the_dashboard_lead_to_their_lists(tmp_path: Path) -> None:
    book = a_moved_master(tmp_path / "m.xlsx")
    led = {
        (cell.value, target.parent.title, target.value)
        for cell, target in links(book)
        if cell.parent.title == "Dashboard"
    }
    steps = {(value, title) for value, sheet, title in led if sheet == "Movements"}
    assert steps
    assert {title for _, title in steps} == {"Ratings that moved"}
    assert any(sheet == "Exceptions" for _, sheet, _ in led)


def test_ratings_and_dates_that_moved_share_a_sheet_and_its_columns(tmp_path: Path) -> None:
    rows = texts(a_moved_master(tmp_path / "m.xlsx")["Movements"])
    assert ["1.1", "Do the work of 1.1", "Red", "Amber", "Improved", "Theme 1: Partnership"] in [
        row[:6] for row in rows
    ]
    heads = [row for row in rows if row[0] == "Ref"]
    assert [head[1] for head in heads] == ["Action", "Action"]


def test_every_cell_that_changed_stands_on_a_sheet_that_filters(tmp_path: Path) -> None:
    sheet = a_moved_master(tmp_path / "m.xlsx")["Changes"]
    assert sheet.auto_filter.ref
    assert sheet.freeze_panes


def test_charts_of_the_dashboard_cover_no_cell_and_have_a_text(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    sheet = a_moved_master(path)["Dashboard"]
    assert len(sheet._charts) == 3  # type: ignore[attr-defined]  # openpyxl's own list
    full = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for chart in sheet._charts:  # type: ignore[attr-defined]  # openpyxl's own list
        first, last = chart.anchor._from, chart.anchor.to
        under = [
            name
            for name in full
            if first.row < coordinate_to_tuple(name)[0] - 1 < last.row
            and first.col <= coordinate_to_tuple(name)[1] - 1 <= last.col
        ]
        assert under == []
    with zipfile.ZipFile(path) as parts:
        xml = parts.read("xl/drawings/drawing1.xml").decode()
    assert xml.count('descr="') == 3


def test_excel_puts_no_green_corner_beside_refs_and_typed_dates(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    a_moved_master(path)
    with zipfile.ZipFile(path) as parts:
        sheets = [
            parts.read(name).decode()
            for name in parts.namelist()
            if name.startswith("xl/worksheets/sheet")
        ]
    assert sheets
    assert all('numberStoredAsText="1"' in xml and 'twoDigitTextYear="1"' in xml for xml in sheets)
