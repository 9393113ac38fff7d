"""The same table in every format that comes back, told by its content and not by its name."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.files import a_book, a_file, an_ods, with_parts
from xlplan.spreadsheets.cells import Sheet, Spreadsheet
from xlplan.spreadsheets.opening import open_spreadsheet

needs_gnumeric = pytest.mark.skipif(
    shutil.which("ssconvert") is None, reason="Gnumeric (ssconvert) is not installed"
)

ROWS = [
    ["Ref", "Action", "Due", "Share", "Done"],
    ["2.10", "Visit every home,\nthen report; «café» Ω", datetime(2013, 1, 31), 0.45, 3],
    ["2.1", "=1+1", None, None, "#N/A"],
]


def plan(folder: Path) -> Path:
    """A small table, with a merged line, a hidden column, a hidden sheet, a note and a
    struck cell.
    """

    def fill(sheet: Any) -> None:
        sheet.title = "Plan"
        for row in ROWS:
            sheet.append(row)
        sheet["A4"] = "Footnote"
        sheet.merge_cells("A4:E4")
        sheet["C2"].number_format = "dd mmm yyyy"
        sheet["D2"].number_format = "0%"
        sheet["A2"].number_format = sheet["A3"].number_format = "@"
        sheet["A2"].font = Font(strike=True)
        sheet["A2"].comment = Comment("Is this right?", "Asha")
        sheet.column_dimensions["E"].hidden = True
        sheet.parent.create_sheet("_meta")["A1"] = "code"
        sheet.parent["_meta"].sheet_state = "hidden"
        sheet.parent.properties.subject = "XL-42"

    return a_book(folder / "plan.xlsx", fill)


def texts(sheet: Sheet) -> dict[str, str]:
    return {cell.name: cell.as_text for cell in sheet.cells.values() if not cell.blank}


EVERYWHERE = {
    "A1": "Ref",
    "B1": "Action",
    "C1": "Due",
    "D1": "Share",
    "E1": "Done",
    "A2": "2.10",
    "B2": "Visit every home,\nthen report; «café» Ω",
    "C2": "31 Jan 2013",
    "E2": "3",
    "A3": "2.1",
    "A4": "Footnote",
}


def holds_the_plan(book: Spreadsheet, **more: str) -> None:
    found = texts(book.sheets[0])
    assert found == {**EVERYWHERE, **more}
    assert book.sheets[0].name == "Plan"
    assert book.sheets[0].merged == [(4, 1, 4, 5)]
    assert [sheet.hidden for sheet in book.sheets] == [False, True]


@needs_libreoffice
def test_xlsx_by_libreoffice(tmp_path: Path) -> None:
    book = open_spreadsheet(saved_by_libreoffice(plan(tmp_path), "xlsx"))
    holds_the_plan(book, B3="2", D2="45%", E3="#N/A")
    assert book.application.startswith("LibreOffice")


@needs_libreoffice
def test_ods_by_libreoffice(tmp_path: Path) -> None:
    book = open_spreadsheet(saved_by_libreoffice(plan(tmp_path), "ods"))
    holds_the_plan(book, B3="2", D2="45%", E3="#N/A")
    sheet = book.sheets[0]
    assert (sheet.cell(3, 2).formula, sheet.cell(3, 5).error) == ("=1+1", True)
    assert (sheet.cell(2, 1).comment, sheet.cell(2, 1).struck) == ("Is this right?", True)
    assert sheet.hidden_columns == {5}
    assert book.properties["subject"] == "XL-42"


@needs_libreoffice
def test_xls_by_libreoffice(tmp_path: Path) -> None:
    book = open_spreadsheet(saved_by_libreoffice(plan(tmp_path), "xls"))
    holds_the_plan(book, B3="2", D2="45%", E3="#N/A")


@needs_libreoffice
def test_csv_by_libreoffice(tmp_path: Path) -> None:
    book = open_spreadsheet(saved_by_libreoffice(plan(tmp_path), "csv"))
    found = texts(book.sheets[0])
    assert found.keys() == {*EVERYWHERE, "B3", "D2", "E3"}
    assert [found[name] for name in ("A2", "B3", "D2", "E3", "A4")] == [
        "2.10",
        "2",
        "45%",
        "#N/A",
        "Footnote",
    ]
    assert found["B2"].startswith("Visit every home,\nthen report; «café»")


@needs_gnumeric
@pytest.mark.parametrize("kind", ["ods", "xlsx", "xls"])
def test_by_gnumeric(tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"by-gnumeric.{kind}"
    subprocess.run(
        ["ssconvert", str(plan(tmp_path)), str(out)], check=True, capture_output=True, timeout=60
    )
    book = open_spreadsheet(out)
    found = texts(book.sheets[0])
    assert {name: text for name, text in found.items() if name in EVERYWHERE} == EVERYWHERE
    assert book.sheets[0].merged == [(4, 1, 4, 5)]


def test_strict_open_xml_is_read_in_full(tmp_path: Path) -> None:
    path = plan(tmp_path)
    loose = open_spreadsheet(path)

    def strictly(data: bytes) -> bytes:
        for old, new in STRICT:
            data = data.replace(
                f"http://schemas.openxmlformats.org/{old}".encode(),
                f"http://purl.oclc.org/ooxml/{new}".encode(),
            )
        return data

    parts = (
        "xl__workbook_xml",
        "xl___rels__workbook_xml.rels",
        "xl__worksheets__sheet1_xml",
        "xl__styles_xml",
    )
    with_parts(path, **dict.fromkeys([*parts, "_rels__.rels"], strictly))
    strict = open_spreadsheet(path)
    assert [sheet.cells for sheet in strict.sheets] == [sheet.cells for sheet in loose.sheets]
    assert strict.sheets[0].cell(2, 1).comment == "Is this right?"


STRICT = (
    ("spreadsheetml/2006/main", "spreadsheetml/main"),
    ("officeDocument/2006/relationships", "officeDocument/relationships"),
)


@pytest.mark.parametrize("name", ["plan.xls", "plan.csv", "plan"])
def test_a_name_says_nothing(tmp_path: Path, name: str) -> None:
    renamed = plan(tmp_path).rename(tmp_path / name)
    assert open_spreadsheet(renamed).sheets[0].cell(2, 1).value == "2.10"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Ref,Action\r\n1.1,Visit\r\n", "commas"),
        (b"\xef\xbb\xbfRef;Action\r\n1.1;Visit\r\n", "semicolons, UTF-8 with a mark"),
        ("Ref\tAction\n1.1\tVisit\n".encode("utf-16"), "tabs, UTF-16 as Excel's Unicode text"),
        (b"sep=|\r\nRef|Action\r\n1.1|Visit\r\n", "told by the first line"),
        (b'"Ref";"Action"\n"1.1";"Visit"\n', "quoted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_csv_with_any_separator(tmp_path: Path, data: bytes, says: str) -> None:
    sheet = open_spreadsheet(a_file(tmp_path / "housing.csv", data)).sheets[0]
    assert texts(sheet) == {"A1": "Ref", "B1": "Action", "A2": "1.1", "B2": "Visit"}
    assert sheet.name == "housing"


def test_csv_with_commas_and_line_breaks_inside_semicolons(tmp_path: Path) -> None:
    data = 'Ref;Note\n1.1;"a, b, c,\r\nd, e"\n1.2;caf\xe9, th\xe9, lait\n'.encode("cp1252")
    sheet = open_spreadsheet(a_file(tmp_path / "a.csv", data)).sheets[0]
    assert sheet.cell(2, 2).value == "a, b, c,\nd, e"
    assert sheet.cell(3, 2).value == "café, thé, lait"


def test_csv_of_one_column(tmp_path: Path) -> None:
    assert texts(open_spreadsheet(a_file(tmp_path / "a.csv", b"Ref\n1.1\n")).sheets[0]) == {
        "A1": "Ref",
        "A2": "1.1",
    }


CELL = '<table:table-cell office:value-type="string"{more}>{inside}</table:table-cell>'


def ods_sheet(tmp_path: Path, rows: str) -> Sheet:
    return open_spreadsheet(
        an_ods(tmp_path / "a.ods", f'<table:table table:name="Plan">{rows}</table:table>')
    ).sheets[0]


def test_ods_repeats_cells_and_rows_that_are_alike(tmp_path: Path) -> None:
    same = CELL.format(more=' table:number-columns-repeated="2"', inside="<text:p>A</text:p>")
    blank = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    cells = '<table:table-cell table:number-columns-repeated="1024"/>'
    filler = f'<table:table-row table:number-rows-repeated="1048000">{cells}</table:table-row>'
    row = f'<table:table-row table:number-rows-repeated="2">{same}</table:table-row>'
    assert sorted(ods_sheet(tmp_path, blank + row + filler).cells) == [
        (4, 1),
        (4, 2),
        (5, 1),
        (5, 2),
    ]


def test_ods_text_of_several_paragraphs_with_blanks_and_links(tmp_path: Path) -> None:
    inside = (
        '<text:p>a<text:s text:c="2"/>b<text:line-break/><text:a>link</text:a> '
        "end</text:p><text:p>second</text:p>"
    )
    sheet = ods_sheet(
        tmp_path, f"<table:table-row>{CELL.format(more='', inside=inside)}</table:table-row>"
    )
    assert sheet.cell(1, 1).value == "a  b\nlink end\nsecond"


def test_ods_truth_month_and_time(tmp_path: Path) -> None:
    typed = (
        '<table:table-cell office:value-type="{0}" '
        'office:{0}-value="{1}"{2}><text:p>{3}</text:p></table:table-cell>'
    )
    cells = (
        '<table:table-cell table:formula="of:=TRUE()" office:value-type="float" office:value="1"/>',
        typed.format("date", "2019-09-01", "", "Sept 19"),
        typed.format("date", "2019-09-01", "", "01/09/19"),
        typed.format("time", "PT14H30M00S", "", "14:30"),
    )
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    sheet = ods_sheet(tmp_path, f"<table:table-header-rows>{row}</table:table-header-rows>")
    assert [sheet.cell(1, column).as_text for column in (1, 2, 3, 4)] == [
        "TRUE",
        "Sep 2019",
        "1 Sep 2019",
        "14:30",
    ]
    assert sheet.cell(1, 1).formula == ""
