"""One description serves both tables: what holds for actions holds for measures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import a_mapping, an_update_book, an_update_row, some_fields, values
from tests.spreadsheets.editing import edited
from xlplan.mapping.checking import Context
from xlplan.mapping.keys import lead_key
from xlplan.mapping.model import FieldSpec
from xlplan.plan.findings.teller import Teller
from xlplan.rounds.returns.locked import locked_findings
from xlplan.workbook.returned.reading import RawRow, read_returned
from xlplan.workbook.update.book import UpdateRow
from xlplan.workbook.update.layout import MEASURES, UpdateLayout, layout_of
from xlplan.workbook.update.writing import write_update

ACTION = an_update_row("1.1", measures="45%")
MEASURE = UpdateRow("token-k1-0123", "m-1", values(no="1", measure="Visits on time", target="45%"))
MAPPING = a_mapping(
    fields=some_fields(due=FieldSpec(name="Target", type="timescale", edit="lead", input="fresh"))
)
"""A plan whose due dates are called as the measures' targets are."""


def returned(tmp_path: Path, edit: Any = lambda book: None, row: UpdateRow = MEASURE) -> RawRow:
    """The row of an action or measure, out of a workbook that was edited."""
    path = tmp_path / "update.xlsx"
    write_update(path, an_update_book(ACTION, mapping=MAPPING, measures=[MEASURE]))
    return next(
        read for read in read_returned(edited(path, edit), MAPPING).rows if read.token == row.token
    )


def test_each_row_says_which_table_it_stands_in(tmp_path: Path) -> None:
    action, measure = returned(tmp_path, row=ACTION), returned(tmp_path)
    assert (action.layout.kind, action.called) == ("action", "1.1")
    assert (measure.layout.kind, measure.called) == ("measure", "1 Visits on time")


def test_a_heading_that_both_tables_have_is_each_its_own(tmp_path: Path) -> None:
    actions = UpdateLayout.of(MAPPING)
    assert "Target" in {column.heading for column in actions.columns}
    assert returned(tmp_path).cells["target"].value == "45%"


def test_a_column_of_measures_that_was_moved_is_read_where_its_heading_stands(
    tmp_path: Path,
) -> None:
    def exchange(book: Any) -> None:
        page = book["Measures"]
        for row in range(5, page.max_row + 1):  # heading and cells, and not the keys above them
            page[f"D{row}"].value, page[f"E{row}"].value = (
                page[f"E{row}"].value,
                page[f"D{row}"].value,
            )

    assert returned(tmp_path, exchange).cells["target"].value == "45%"


@pytest.mark.parametrize("written", [0.45, "0.45", "45.0%"])
@pytest.mark.parametrize(("row", "field"), [(ACTION, "measures"), (MEASURE, "target")])
def test_a_figure_that_a_program_took_for_a_number_is_no_change(
    tmp_path: Path, row: UpdateRow, field: str, written: Any
) -> None:
    def type_over(book: Any) -> None:
        for page in (book["Update"], book["Measures"]):
            for cells in page.iter_rows():
                for cell in cells:
                    cell.value = written if cell.value == "45%" else cell.value

    read = returned(tmp_path, type_over, row)
    assert read.cells[field].value == written
    context = Context(lead_key(MAPPING))
    assert not list(locked_findings(read, row, MAPPING, context, Teller("a.xlsx", "Rose")))


def test_the_older_sheet_of_measures_is_read_by_its_keys(tmp_path: Path) -> None:
    """Sent before the second code stood left of the readings: they are in column G."""

    def older(book: Any) -> None:
        page = book["Measures"]
        page.delete_cols(7)
        page["G6"].value = "12%"

    row = returned(tmp_path, older)
    assert (row.cells["reading"].value, row.cells["reading"].name) == ("12%", "G6")
    assert "token2" not in row.cells


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (["token", "no", "reading"], "measure"),
        (["token", "measure", "target"], "measure"),
        (["token", "ref", "rag"], "action"),
        (["action", "measure"], "action"),
        (["token", "target"], "action"),
    ],
)
def test_a_table_is_told_by_columns_that_the_other_has_not(columns: list[str], kind: str) -> None:
    assert layout_of(columns, UpdateLayout.of(a_mapping())).kind == kind


def test_what_is_to_be_mended_stands_right_after_the_inputs_of_either_table() -> None:
    for layout in (MEASURES, UpdateLayout.of(a_mapping())):
        asking = [column.id for column in layout.asking().columns]
        assert asking[asking.index("problem") - 1] == layout.inputs[-1].id
