"""The update workbook on a screen of 1366 pixels and on A4: everything to answer in view, and never
below 7 point.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from tests.builders import an_update_book, an_update_row
from xlplan.mapping.load import load_mapping
from xlplan.workbook.kit.measuring import lines_of
from xlplan.workbook.update.layout import UpdateLayout
from xlplan.workbook.update.writing import write_update

MAPPINGS = sorted((Path(__file__).parents[3] / "mappings").glob("*.toml"))
A4_HEIGHT = (210 - 2 * 15.24) / 25.4 * 72
A4_PIXELS = (297 - 2 * 10.16) / 25.4 * 96 / 1.08
"""LibreOffice prints columns 8 % wider than Excel."""
LONG = (
    "Review every open case with partners, agree next steps and report what was found to the "
    "board. " * 5
)


def sheet_of(mapping_path: Path, tmp_path: Path, text: str) -> tuple[Any, UpdateLayout]:
    mapping = load_mapping(mapping_path)
    values = {key: text for key, spec in mapping.fields.items() if spec.type in {"text", "measure"}}
    row = an_update_row("1.1", **values | {"action": text}, joint=("Paul Sheehan",))
    path = tmp_path / "update.xlsx"
    write_update(path, an_update_book(row, mapping=mapping))
    return load_workbook(path)["Update"], UpdateLayout.of(mapping)


def pixels(sheet: Any, first: int, last: int) -> float:
    widths = shown_widths(sheet)
    return sum(7 * widths[place] + 5 for place in range(first, last + 1) if place in widths)


@pytest.mark.parametrize("text", ["Short.", LONG], ids=["short", "long"])
@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda path: path.stem)
def test_all_inputs_print_at_seven_point_on_one_page_and_fit_a_screen(
    tmp_path: Path, mapping: Path, text: str
) -> None:
    sheet, layout = sheet_of(mapping, tmp_path, text)
    last = max(place for place, column in enumerate(layout.columns, 1) if column.role == "input")
    scale, zoom = sheet.page_setup.scale or 100, sheet.sheet_view.zoomScale or 100
    assert scale >= 70, "10 point text prints at 7 point at least"
    assert (
        not sheet.sheet_properties.pageSetUpPr or not sheet.sheet_properties.pageSetUpPr.fitToPage
    )
    assert pixels(sheet, 1, last) * scale / 100 <= A4_PIXELS
    assert pixels(sheet, 1, last) * zoom / 100 <= 1320


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda path: path.stem)
def test_what_is_to_be_mended_prints_beside_the_answers(tmp_path: Path, mapping: Path) -> None:
    path, plan = tmp_path / "query.xlsx", load_mapping(mapping)
    row = an_update_row(
        "1.1", action=LONG, progress=LONG, typed={"rag": "Purple"}, problems={"rag": [LONG[:120]]}
    )
    write_update(path, an_update_book(row, mapping=plan, kind="query"))
    sheet = load_workbook(path)["Update"]
    keys = next(cells for cells in sheet.iter_rows() if cells[0].value == "xlplan:token")
    last = next(cell.column for cell in keys if cell.value == "xlplan:problem")
    assert pixels(sheet, 1, last) * (sheet.page_setup.scale or 100) / 100 <= A4_PIXELS
    assert pixels(sheet, 1, last) * (sheet.sheet_view.zoomScale or 100) / 100 <= 1320


def test_context_prints_on_a_page_of_its_own_with_ref_and_action_again(tmp_path: Path) -> None:
    sheet, layout = sheet_of(next(path for path in MAPPINGS if "kent" in path.stem), tmp_path, LONG)
    aside = 1 + next(place for place, column in enumerate(layout.columns) if column.aside)
    action = get_column_letter(
        1 + next(n for n, column in enumerate(layout.columns) if column.id == "action")
    )
    answers, context = sheet.print_area.split(",")
    assert answers.startswith("'Update'!$A$1:")
    assert range_boundaries(answers.partition("!")[2])[2] == aside - 1
    first, _, last, bottom = range_boundaries(context.partition("!")[2])
    assert (first, last) == (aside, len(layout.columns))
    assert bottom < sheet.max_row, "the rows for proposals print once"
    assert sheet.print_title_cols == f"$A:${action}"


@pytest.mark.parametrize("count", range(1, 24))
def test_no_page_ends_amid_the_rows_for_proposals(tmp_path: Path, count: int) -> None:
    path = tmp_path / "update.xlsx"
    write_update(
        path, an_update_book(*(an_update_row(f"1.{n}", action=LONG[:200]) for n in range(count)))
    )
    sheet = load_workbook(path)["Update"]
    room = A4_HEIGHT / (int(sheet.page_setup.scale or 0) / 100)
    start = next(row[0].row for row in sheet.iter_rows() if row[0].value == "xlplan:new") - 1
    assert [one.id for one in sheet.row_breaks.brk] in ([], [start - 1])
    breaks = {one.id for one in sheet.row_breaks.brk}
    pages, used, repeated = 1, 0.0, height(sheet, 5) + height(sheet, 7)
    for row in range(1, sheet.max_row + 1):
        if used + height(sheet, row) > room or row - 1 in breaks:
            pages, used = pages + 1, repeated
        used += height(sheet, row)
        if row == start:
            began = pages
    assert pages == began, "they all stand on one page"
    assert not breaks or count > 2, "a small workbook prints on one page"


def shown_widths(sheet: Any) -> dict[int, float]:
    """Characters that each visible column takes; neighbours of one width are kept together in the
    file.
    """
    found = sheet.column_dimensions.values()
    return {
        place: one.width - 0.71
        for one in found
        if not one.hidden
        for place in range(one.min, one.max + 1)
    }


def height(sheet: Any, row: int) -> float:
    shown = sheet.row_dimensions[row]
    return 0.0 if shown.hidden else shown.height or 15.0


@pytest.mark.parametrize(
    "text", ["Short.", LONG, "A.Very/Long-Word" * 12], ids=["short", "long", "unbroken"]
)
@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda path: path.stem)
def test_no_text_is_cut_off(tmp_path: Path, mapping: Path, text: str) -> None:
    sheet, _ = sheet_of(mapping, tmp_path, text)
    cells = [
        cell for row in sheet.iter_rows() for cell in row if cell.value and cell.alignment.wrap_text
    ]
    widths = shown_widths(sheet)
    checked = 0
    for cell in cells:
        row = sheet.row_dimensions[cell.row]
        if widths.get(cell.column) and not row.hidden and not cell.value.startswith("="):
            lines = lines_of(
                cell.value, widths[cell.column], bold=cell.font.b, indent=int(cell.alignment.indent)
            )
            assert row.height >= lines * 12.75, cell.coordinate
            checked += 1
    assert checked > 20


def test_what_a_lead_looks_at_stands_left_of_the_inputs_and_what_explains_it_right() -> None:
    for path in MAPPINGS:
        sides = [
            column.side
            for column in UpdateLayout.of(load_mapping(path)).columns
            if not column.hidden
        ]
        order = [side for n, side in enumerate(sides) if not n or sides[n - 1] != side]
        assert order == ["locked", "input", "aside"], path.stem


def test_ref_and_action_stay_in_view(tmp_path: Path) -> None:
    sheet, layout = sheet_of(MAPPINGS[0], tmp_path, LONG)
    beyond = 2 + next(n for n, column in enumerate(layout.columns) if column.id == "action")
    assert str(sheet.freeze_panes).startswith(get_column_letter(beyond))
