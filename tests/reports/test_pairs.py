"""Previous beside current: one table of totals in pairs, told alike in every format."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import docx
import openpyxl

from tests.reports.builders import BEFORE, material, some_figures
from xlplan.reports.chapters.totals import totals_table
from xlplan.reports.figures import figures
from xlplan.reports.formats.files import write_change_report
from xlplan.reports.formats.html import html
from xlplan.reports.formats.markdown import markdown
from xlplan.workbook.pages.blocks import Column, heads

CREATED = datetime(2013, 2, 4, 9)
OVER = ["Not started", "Red", "Amber", "Green", "Blue", "No rating", "Open", "Done", "Total"]
PARTNERSHIP = [
    "0",
    "0",
    "1",
    "1",
    "2",
    "2",
    "0",
    "0",
    "0",
    "0",
    "0",
    "0",
    "3",
    "3",
    "0",
    "0",
    "3",
    "3",
]
"""Theme 1 of the builders' plan: 1.1 went from red to amber, 1.3 the other way."""


def test_each_rating_has_a_pair_of_columns_and_what_moved_is_bold() -> None:
    table = totals_table(some_figures())
    assert [column.title for column in table.columns[1:]] == ["Previous", "Current"] * len(OVER)
    assert [column.over for column in table.columns[1::2]] == OVER
    assert [str(cell) for cell in table.rows[0].cells[1:]] == PARTNERSHIP
    whole = table.rows[2]
    assert [cell.strong for cell in whole.cells[1:5]] == [False, True, False, False], (
        "1 → 0 not started; 1 red as before"
    )
    assert [str(cell) for cell in table.rows[3].cells[7:9]] == ["14.3%", "37.5%"], (
        "1 of 7, then 3 of 8"
    )


def test_the_first_line_of_headings_stands_over_the_second() -> None:
    found = heads(
        (
            Column("Theme"),
            Column("Previous", over="Red"),
            Column("Current", over="Red"),
            Column("Total"),
        )
    )
    assert [(head.title, head.first, head.wide, head.alone) for head in found] == [
        ("Theme", 0, 1, True),
        ("Red", 1, 2, False),
        ("Total", 3, 1, True),
    ]


def test_ratings_of_a_column_that_say_nothing_of_an_action_are_no_previous() -> None:
    told = material()
    before = {key: item for key, item in told.before.items.items() if item.kind != "action"}
    told.before.items.clear()
    told.before.items.update(before)
    table = totals_table(figures(told))
    assert [str(cell) for cell in table.rows[-1].cells[1::2]] == [""] * len(OVER), (
        "a share of nothing is no number"
    )


def test_a_workbook_merges_the_headings_and_marks_what_moved(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_change_report(some_figures(), path, created=CREATED)
    sheet = openpyxl.load_workbook(path)["Totals"]
    top = next(row for row in sheet.iter_rows() if row[0].value == "Theme")
    head = int(top[0].row or 0)
    assert [cell.value for cell in top[1::2]] == OVER
    assert {str(one) for one in sheet.merged_cells.ranges} >= {
        f"A{head}:A{head + 1}",
        f"B{head}:C{head}",
    }
    assert [cell.value for cell in sheet[head + 1][1:5]] == ["Previous", "Current"] * 2
    first = sheet[head + 2]
    assert [str(cell.value) for cell in first[1:19]] == PARTNERSHIP
    second = sheet[head + 3]
    assert (second[1].font.b, second[2].font.b) == (False, True), "not started went from 1 to 0"


def test_a_page_tells_pairs_with_headings_of_two_lines() -> None:
    page = html(some_figures())
    table = page[page.index("<table") : page.index("</table")]
    assert re.findall(r'<th scope="colgroup"[^>]*colspan="2"[^>]*>([^<]+)', table) == OVER
    assert table.count('rowspan="2"') == 1
    assert re.findall(r"<td[^>]*>(?:<b>)?(\d+)", table)[:18] == PARTNERSHIP


def test_word_tells_pairs_and_repeats_both_lines_of_headings(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    write_change_report(some_figures(), path, created=CREATED)
    table = docx.Document(str(path)).tables[1]
    assert [cell.text for cell in table.rows[0].cells[1::2]] == OVER
    assert [cell.text for cell in table.rows[2].cells[1:]] == PARTNERSHIP
    assert [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True] * 5 + [None], "all of it on one page"
    whole = sum(column.width.cm for column in table.columns)
    assert whole <= 26.75, "as wide as the page"


def test_markdown_says_pairs_on_one_line() -> None:
    line = next(
        line for line in markdown(some_figures()).splitlines() if line.startswith("| Theme | Not")
    )
    assert line.startswith("| Theme | Not started previous | Not started current | Red previous |")
    whole = next(
        line for line in markdown(some_figures()).splitlines() if line.startswith("| All | 1")
    )
    assert whole.startswith("| All | 1 | **0** | 1 | 1 |"), "bold is what moved"


def test_the_note_says_when_no_number_moved() -> None:
    assert (
        totals_table(some_figures()).note
        == "Previous: the December 2012 Board. In bold: what has moved."
    )
    assert totals_table(some_figures(BEFORE, BEFORE)).note.endswith("No number has moved.")
