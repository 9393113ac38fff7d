"""A workbook is loaded without borders under merges, and says all that openpyxl's own way says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.reader import excel
from openpyxl.styles import Border, Side

from xlplan.spreadsheets.formats.xlsx_gaps import load

WORKBOOKS = sorted((Path(__file__).parents[2] / "workbooks").glob("*.xlsx"))


def said(book: Any) -> list[Any]:
    """Every cell with what it is, holds and shows, and the merged areas, sheet by sheet."""
    return [
        (
            sheet.title,
            {
                place: (type(cell).__name__, cell.value, cell.number_format)
                for place, cell in vars(sheet)["_cells"].items()
            },
            {str(area) for area in sheet.merged_cells.ranges},
        )
        for sheet in book.worksheets
    ]


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_the_published_layouts_say_what_openpyxl_says(path: Path) -> None:
    data = path.read_bytes()
    assert said(load(BytesIO(data), rich=False)) == said(load_workbook(BytesIO(data)))


def test_what_stands_under_a_merge_is_no_cell_of_its_own() -> None:
    made: Any = Workbook()
    made.active["B2"], made.active["C3"] = "on top", "below"
    made.active["B2"].border = Border(left=Side("thin"))
    made.active.merge_cells("B2:C3")
    made.save(merged := BytesIO())
    (sheet,) = load(merged, rich=False).worksheets
    assert (sheet["B2"].value, sheet["C3"].value) == ("on top", None)
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B2:C3"]


def test_others_who_use_openpyxl_keep_its_own_reader() -> None:
    made = Workbook()
    made.save(saved := BytesIO())
    load(saved, rich=False)
    assert vars(excel)["WorksheetReader"].__module__ == "openpyxl.worksheet._reader"
