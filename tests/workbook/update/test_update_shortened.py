"""What explains an action is shortened beside the inputs: short rows, nothing lost, and no false
alarm on return.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.builders import a_mapping, an_update_book, an_update_row
from tests.spreadsheets.editing import edited, places, row_of, type_into
from xlplan.mapping.checking import Context
from xlplan.mapping.keys import lead_key
from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.rounds.returns.locked import locked_findings
from xlplan.workbook.returned.reading import read_returned
from xlplan.workbook.update.writing import write_update

KPIS = "\n".join(f"KPI {number}: visits on time" for number in range(1, 15))
ROW = an_update_row("1.1", measures=KPIS)


def found_when_it_comes_back(tmp_path: Path, measures: str) -> list[Finding]:
    """What is told of the locked cells, with something typed over the list ("" leaves it as
    issued).
    """
    path, mapping = tmp_path / "update.xlsx", a_mapping()
    write_update(path, an_update_book(ROW))
    typed = {"measures": measures} if measures else {}
    (read,) = read_returned(
        edited(path, lambda book: type_into(book["Update"], "1.1", **typed)), mapping
    ).rows
    assert read.cells["measures"].comment == "", "our own note is no comment of the lead's"
    context = Context(lead_key(mapping))
    return list(locked_findings(read, ROW, mapping, context, Teller("a.xlsx", "Rose")))


def test_a_long_list_keeps_a_few_lines_and_stands_whole_in_a_note(tmp_path: Path) -> None:
    path = tmp_path / "update.xlsx"
    write_update(path, an_update_book(ROW, an_update_row("1.2")))
    sheet = load_workbook(path)["Update"]
    cell = sheet.cell(row_of(sheet, "1.1"), places(sheet)["measures"])
    assert cell.value.split("\n") == [
        *KPIS.split("\n")[:4],
        "… and 10 more: see the note on this cell",
    ]
    assert cell.comment.text == f"All of it: {KPIS}"
    assert sheet.row_dimensions[int(cell.row or 0)].height < 90
    assert sheet.cell(row_of(sheet, "1.2"), int(cell.column or 0)).comment is None


@pytest.mark.parametrize("measures", ["", KPIS], ids=["as issued", "the whole list pasted over it"])
def test_a_shortened_list_that_comes_back_is_no_change(tmp_path: Path, measures: str) -> None:
    assert found_when_it_comes_back(tmp_path, measures) == []


def test_a_shortened_list_that_somebody_changed_is_told(tmp_path: Path) -> None:
    (found,) = found_when_it_comes_back(tmp_path, "KPI 1 only")
    assert (found.code, found.value) == ("locked-changed", "KPI 1 only")
