"""What a cell says, whatever program wrote it."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.hyperlink import Hyperlink
from xlsxwriter import Workbook as Written

from tests.spreadsheets.excel_parts import placeholder, with_macros, with_threads
from tests.spreadsheets.files import a_book, replaced, with_parts
from xlplan.plan.values import RawValue
from xlplan.spreadsheets.cells import RawCell, Sheet, is_lock_file
from xlplan.spreadsheets.opening import open_spreadsheet

DAY = datetime(2013, 1, 31)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("A1.1", "@", "A1.1"),
        (42.0, "", "42"),
        (42, "General", "42"),
        (0.1, "", "0.1"),
        (0.1 + 0.2, "", "0.3"),
        (1234567.5, "", "1234567.5"),
        (1e15, "", "1e+15"),
        (0.45, "0%", "45%"),
        (0.0172, "0.00%", "1.72%"),
        (1234.5678, "0%", "123456.78%"),
        (2.1, "0.00", "2.10"),
        (2.125, "0.00", "2.125"),
        (7, "000", "007"),
        (True, "", "TRUE"),
        (False, "", "FALSE"),
        (None, "", ""),
        (DAY, "dd/mm/yyyy", "31 Jan 2013"),
        (DAY, "", "31 Jan 2013"),
        (date(2013, 9, 1), "", "1 Sep 2013"),
        (datetime(2013, 9, 1), "mmm\\-yy", "Sep 2013"),
        (datetime(2013, 9, 1), "[Red]mmm yyyy;@", "Sep 2013"),
        (datetime(2013, 9, 1), "yyyy", "2013"),
        (datetime(2013, 1, 31, 14, 30), "dd/mm/yyyy hh:mm", "31 Jan 2013 14:30"),
        (time(14, 30), "", "14:30"),
    ],
)
def test_a_value_as_a_person_reads_it(value: RawValue, number_format: str, text: str) -> None:
    assert RawCell(1, 1, value, number_format=number_format).as_text == text


def test_a_sheet_by_place_row_and_merged_range() -> None:
    cells = {(9, 8): RawCell(9, 8, "R"), (2, 2): RawCell(2, 2, "goal"), (2, 1): RawCell(2, 1, "1")}
    sheet = Sheet("Plan", cells, merged=[(2, 1, 4, 1)])
    assert (sheet.last_row, sheet.last_column) == (9, 8)
    assert sheet.merged_value(4, 1).value == "1"
    assert sheet.merged_value(4, 2).value is None
    assert [(row, [cell.value for cell in found]) for row, found in sheet.rows()] == [
        (2, ["1", "goal"]),
        (9, ["R"]),
    ]
    assert sheet.cell(9, 8).name == "H9"


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("~$plan.xlsx", True),
        (".~lock.plan.ods#", True),
        ("plan.xlsx", False),
        ("~plan.xlsx", False),
    ],
)
def test_lock_files(name: str, lock: bool) -> None:
    assert is_lock_file(name) is lock


def read_sheet(path: Path) -> Sheet:
    return open_spreadsheet(path).sheets[0]


def test_text_numbers_dates_and_blanks(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["2.10", 42, 0.5, DAY, True, None, "  "])
        sheet["C1"].number_format = "0%"
        sheet["H1"].font = Font(bold=True)

    sheet = read_sheet(a_book(tmp_path / "a.xlsx", fill))
    assert [sheet.cell(1, column).value for column in range(1, 8)] == [
        "2.10",
        42,
        0.5,
        DAY,
        True,
        None,
        "  ",
    ]
    assert sheet.cell(1, 3).as_text == "50%"
    assert (1, 8) not in sheet.cells
    assert sheet.cell(1, 7).blank


def test_errors_are_told_from_blanks(tmp_path: Path) -> None:
    cell = read_sheet(a_book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["#N/A"]))).cell(1, 1)
    assert (cell.value, cell.error, cell.blank) == ("#N/A", True, False)


def test_a_formula_keeps_its_text_and_shows_its_result(tmp_path: Path) -> None:
    with Written(tmp_path / "a.xlsx") as book:
        sheet, dates = (
            book.add_worksheet("Sums & more"),
            book.add_format({"num_format": "dd/mm/yyyy"}),
        )
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("A2", '="a"&"b"', None, "ab")
        sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A4", "=DATE(2013,1,31)", dates, 41305)
        sheet.write_formula("A5", "=1>0", None, True)
        sheet.write_array_formula("A6:A6", "{=SUM(A1:A1)}", None, 2.5)
    read = read_sheet(tmp_path / "a.xlsx")
    cells = [read.cell(row, 1) for row in range(1, 7)]
    assert [cell.value for cell in cells] == [2, "ab", "#DIV/0!", DAY, True, 2.5]
    assert [cell.error for cell in cells] == [False, False, True, False, False, False]
    assert [cell.formula for cell in cells][:2] == ["=1+1", '="a"&"b"']
    assert cells[5].formula == "=SUM(A1:A1)"


def test_a_formula_that_was_never_computed_has_no_value(tmp_path: Path) -> None:
    cell = read_sheet(a_book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["=1+1"]))).cell(1, 1)
    assert (cell.value, cell.formula, cell.error) == (None, "=1+1", False)


def test_libreoffice_writes_a_tick_as_a_formula(tmp_path: Path) -> None:
    cell = read_sheet(a_book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["=TRUE()"]))).cell(
        1, 1
    )
    assert (cell.value, cell.formula) == (True, "")


def test_notes_and_threads(tmp_path: Path) -> None:
    thread = (
        "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
        "however, any edits to "
        "it will get removed.\n\nComment:\n    Which month?\nReply:\n    May"
    )

    def fill(sheet: Any) -> None:
        sheet["A1"] = "May"
        sheet["A1"].comment = Comment(thread, "Asha")
        sheet["B1"].comment = Comment("Nothing yet", "Ben")

    sheet = read_sheet(a_book(tmp_path / "a.xlsx", fill))
    assert sheet.cell(1, 1).comment == "Which month?\nReply: May"
    assert (sheet.cell(1, 2).comment, sheet.cell(1, 2).blank) == ("Nothing yet", True)


def test_text_struck_through(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["old", "new"])
        sheet["A1"].font = Font(strike=True)

    sheet = read_sheet(a_book(tmp_path / "a.xlsx", fill))
    assert [cell.struck for cell in sheet.cells.values()] == [True, False]


def test_escaped_characters_and_rich_text(tmp_path: Path) -> None:
    with Written(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_rich_string("A1", "half ", book.add_format({"bold": True}), "bold")
        sheet.write_string("A2", "a_x000D_\nb")
    with_parts(
        tmp_path / "a.xlsx",
        xl__sharedStrings_xml=lambda data: data.replace(b"_x005F_x000D_", b"_x000D_"),
    )
    read = read_sheet(tmp_path / "a.xlsx")
    assert (read.cell(1, 1).value, read.cell(2, 1).value) == ("half bold", "a\r\nb")


def test_hidden_sheets_and_columns_and_merged_ranges(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["id", "text", "more"])
        sheet.column_dimensions["A"].hidden = True
        sheet.merge_cells("B1:C2")
        sheet.parent.create_sheet("_meta").sheet_state = "veryHidden"

    book = open_spreadsheet(a_book(tmp_path / "a.xlsx", fill))
    assert [sheet.hidden for sheet in book.sheets] == [False, True]
    assert book.sheets[0].hidden_columns == {1}
    assert book.sheets[0].merged == [(1, 2, 2, 3)]


def test_a_stray_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "plan"
        sheet["XFD1048576"] = "stray"

    sheet = read_sheet(a_book(tmp_path / "a.xlsx", fill))
    assert sorted(sheet.cells) == [(1, 1), (1_048_576, 16_384)]


def test_properties_program_and_time_of_saving(tmp_path: Path) -> None:
    with Written(tmp_path / "a.xlsx") as book:
        book.add_worksheet()
        book.set_properties(
            {"title": "Plan", "subject": "XL-42", "created": datetime(2013, 1, 11, 11, 20)}
        )
        book.set_custom_property("xlplan", "XL-42", "text")
        book.set_custom_property("Title", "not this", "text")
    found = open_spreadsheet(tmp_path / "a.xlsx")
    assert found.properties["subject"] == found.properties["xlplan"] == "XL-42"
    assert found.properties["title"] == "Plan"
    assert (found.application, found.saved_at) == ("Microsoft Excel", "2013-01-11T11:20:00")


def test_a_file_that_does_not_say_when_it_was_saved(tmp_path: Path) -> None:
    path = a_book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["x"]))
    with_parts(path, docProps__core_xml=lambda _: b"<cp/>")
    assert open_spreadsheet(path).saved_at == ""


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = 39843
        sheet["A1"].number_format = "dd/mm/yyyy"
        sheet.parent.calculation = CalcProperties()

    path = a_book(tmp_path / "a.xlsx", fill)
    with_parts(path, xl__workbook_xml=replaced(b"<workbookPr", b'<workbookPr date1904="1"'))
    assert read_sheet(path).cell(1, 1).value == DAY


def test_a_thread_as_excel_keeps_it_is_told_once_with_who_said_what(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "May"
        sheet["A1"].comment = Comment(placeholder("Which month?", "May & June"), "tc={1}")
        sheet["B1"].comment = Comment("A plain note", "Ben")

    path = a_book(tmp_path / "a.xlsx", fill)
    with_threads(
        path,
        1,
        [("A1", "Asha Rao", "Which month?"), ("A1", "Ben", "May & June"), ("C3", "Ben", "Nothing")],
    )
    sheet = read_sheet(path)
    assert sheet.cell(1, 1).comment == "Asha Rao: Which month?\nBen: May & June"
    assert (sheet.cell(1, 2).comment, sheet.cell(3, 3).comment) == ("A plain note", "Ben: Nothing")


def test_text_struck_through_in_part(tmp_path: Path) -> None:
    def struck(text: str) -> TextBlock:
        return TextBlock(InlineFont(strike=True), text)

    def fill(sheet: Any) -> None:
        sheet["A1"] = CellRichText(
            "Done by ", struck("May "), TextBlock(InlineFont(b=True), "or "), struck("June"), "."
        )
        sheet["A2"] = CellRichText(struck("all "), struck("of it"))
        sheet["A3"] = CellRichText("cell struck ", TextBlock(InlineFont(b=True), "not this"))
        sheet["A3"].font = Font(strike=True)
        sheet["A4"] = "=1+1"
        sheet["A4"].font = Font(strike=True)

    cells = [read_sheet(a_book(tmp_path / "a.xlsx", fill)).cell(row, 1) for row in range(1, 5)]
    assert [cell.value for cell in cells] == [
        "Done by May or June.",
        "all of it",
        "cell struck not this",
        None,
    ]
    assert [cell.struck for cell in cells] == [False, True, False, True]
    assert [cell.struck_part for cell in cells] == ["May … June", "", "cell struck", ""]


def test_links_and_a_cell_that_holds_nothing_but_a_link(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"] = "minutes", "https://example.org/a", "there"
        sheet["A1"].hyperlink = "https://example.org/minutes?a=1&b=2"
        sheet["A2"].hyperlink = "https://example.org/a"
        sheet["A3"].hyperlink = Hyperlink(ref="A3", location="'Plan'!A1")
        sheet["A4"] = '=HYPERLINK("https://example.org/f", "see")'
        sheet["A5"] = 5
        sheet["A5"].hyperlink = "https://example.org/emptied"

    path = a_book(tmp_path / "a.xlsx", fill)
    with_parts(path, xl__worksheets__sheet1_xml=replaced(b"<v>5</v>", b""))
    cells = [read_sheet(path).cell(row, 1) for row in range(1, 6)]
    assert [cell.link for cell in cells] == [
        "https://example.org/minutes?a=1&b=2",
        "https://example.org/a",
        "#'Plan'!A1",
        "https://example.org/f",
        "https://example.org/emptied",
    ]
    assert [cell.value for cell in cells] == [
        "minutes",
        "https://example.org/a",
        "there",
        None,
        None,
    ]


def test_macros_are_never_looked_at(tmp_path: Path) -> None:
    path = with_macros(a_book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["2.10"])))
    assert read_sheet(path).cell(1, 1).value == "2.10"


ODDITIES = {
    "a filter of no known kind": (
        "xl__worksheets__sheet1_xml",
        b"</sheetData>",
        b'</sheetData><autoFilter ref="A1:B2"><filterColumn colId="0"><customFilters>'
        b'<customFilter operator="odd" val="x"/></customFilters></filterColumn></autoFilter>',
    ),
    "a validation of no known kind": (
        "xl__worksheets__sheet1_xml",
        b"</sheetData>",
        b'</sheetData><dataValidations count="1"><dataValidation type="odd" sqref="A1"/>'
        b"</dataValidations>",
    ),
    "a day of saving that is none": ("docProps__core_xml", b'W3CDTF">2', b'W3CDTF">no day 2'),
    "a look of no known kind": (
        "xl__styles_xml",
        b"</cellStyles>",
        b'</cellStyles><dxfs count="1"><dxf><font><family val="99"/></font></dxf></dxfs>',
    ),
}


@pytest.mark.parametrize("oddity", ODDITIES)
def test_what_a_strict_reader_stumbles_over_keeps_no_cell_from_being_read(
    tmp_path: Path, oddity: str
) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["2.10", DAY])
        sheet["A1"].font = Font(strike=True)
        sheet["A1"].comment = Comment("Kept", "Asha")
        sheet["A1"].hyperlink = "https://example.org/kept"
        sheet.merge_cells("A2:B2")
        sheet.column_dimensions["B"].hidden = True

    part, old, new = ODDITIES[oddity]
    path = with_parts(a_book(tmp_path / "a.xlsx", fill), **{part: replaced(old, new)})
    with pytest.raises((ValueError, TypeError)):
        load_workbook(BytesIO(path.read_bytes()))
    sheet = read_sheet(path)
    cell = sheet.cell(1, 1)
    assert (cell.value, cell.struck, cell.comment, cell.link) == (
        "2.10",
        True,
        "Kept",
        "https://example.org/kept",
    )
    assert (sheet.cell(1, 2).value, sheet.merged, sheet.hidden_columns) == (
        DAY,
        [(2, 1, 2, 2)],
        {2},
    )
