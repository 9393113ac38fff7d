"""Binary workbooks, .xls and .xlsb: all that their cells say, and what may keep the process that
reads them from it.
"""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.biff12 import as_xlsb
from tests.spreadsheets.excel_parts import placeholder
from tests.spreadsheets.files import OLE, a_book, a_file, with_parts
from xlplan.spreadsheets.cells import COUNTS_FROM_1904, Sheet, Unreadable
from xlplan.spreadsheets.formats import xls as from_xls
from xlplan.spreadsheets.opening import open_spreadsheet


def everything(folder: Path) -> Path:
    """One cell of each kind."""

    def fill(sheet: Any) -> None:
        sheet.append(
            [
                "2.10",
                42,
                -0.5,
                datetime(2013, 1, 31),
                True,
                "#REF!",
                "=1+1",
                '="a"&"b"',
                "=1/0",
                "«café» Ω\nb",
            ]
        )
        sheet["A3"] = "minutes"
        sheet["A3"].hyperlink = "https://example.org/minutes"
        sheet["B3"] = "May"
        sheet["B3"].comment = Comment(placeholder("Which month?", "May"), "tc")
        sheet["C3"].comment = Comment("Nothing yet", "Ben")
        sheet.parent.create_sheet("_meta")["B2"] = "XLP"
        sheet.parent["_meta"].sheet_state = "veryHidden"
        sheet.parent.properties.subject = "XL-42"

    return a_book(folder / "all.xlsx", fill)


RESULTS = {"G1": 2.0, "H1": "ab", "I1": "#DIV/0!"}


def test_an_xlsb_says_all_that_it_holds(tmp_path: Path) -> None:
    book = open_spreadsheet(as_xlsb(everything(tmp_path), RESULTS))
    sheet = book.sheets[0]
    row = [sheet.cell(1, column) for column in range(1, 11)]
    assert [cell.as_text for cell in row] == [
        *("2.10", "42", "-0.5", "31 Jan 2013", "TRUE", "#REF!", "2", "ab", "#DIV/0!", "«café» Ω\nb")
    ]
    assert [cell.name for cell in row if cell.error] == ["F1", "I1"]
    assert [cell.name for cell in row if cell.formula] == ["G1", "H1", "I1"]
    assert sheet.cell(3, 1).link == "https://example.org/minutes"
    assert (sheet.cell(3, 2).comment, sheet.cell(3, 3).comment) == (
        "Which month?\nReply: May",
        "Nothing yet",
    )
    assert [(one.name, one.hidden) for one in book.sheets] == [("Sheet", False), ("_meta", True)]
    assert book.sheets[1].cell(2, 2).value == "XLP"
    assert book.properties["subject"] == "XL-42"


def test_an_xlsb_that_is_damaged_or_holds_no_cells(tmp_path: Path) -> None:
    for part in ("xl/workbook.bin", "xl/worksheets/sheet1.bin", "xl/styles.bin"):
        cut = with_parts(
            as_xlsb(everything(tmp_path)), **{part: lambda data: data[: len(data) // 2]}
        )
        with pytest.raises(Unreadable) as caught:
            open_spreadsheet(cut)
        assert caught.value.details == {"why": "it is damaged or not complete"}
    empty = with_parts(as_xlsb(everything(tmp_path)), **{"xl/workbook.bin": lambda _: b""})
    with pytest.raises(Unreadable) as caught:
        open_spreadsheet(empty)
    assert caught.value.details == {"why": "it has no sheet with cells"}


@pytest.mark.parametrize("kind", [pytest.param("xls", marks=needs_libreoffice), "xlsb"])
def test_a_binary_workbook_says_what_an_xlsx_does(tmp_path: Path, kind: str) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = CellRichText("Done by ", TextBlock(InlineFont(strike=True), "May"), " June")
        sheet["A2"], sheet["A3"], sheet["A4"] = "all of it", "minutes", "a note"
        sheet["A2"].font = Font(strike=True)
        sheet["A3"].hyperlink = "https://example.org/minutes?a=1#b"
        sheet["A4"].comment = Comment("Is this right?", "Asha")
        sheet.append(["=1/0", "#N/A", '="a"&"b"', 0.45, 2.1, datetime(2013, 1, 31), 7])
        sheet["D5"].number_format, sheet["E5"].number_format, sheet["F5"].number_format = (
            "0%",
            "0.00",
            "mmm yyyy",
        )
        sheet.column_dimensions["G"].hidden = True
        sheet["A6"] = "both"
        sheet.merge_cells("A6:B7")
        sheet.parent.epoch = CALENDAR_MAC_1904
        sheet.parent.properties.subject = "XL-42"

    path = a_book(tmp_path / "a.xlsx", fill)
    results = {"A5": "#DIV/0!", "C5": "ab"}
    book = open_spreadsheet(
        as_xlsb(path, results) if kind == "xlsb" else saved_by_libreoffice(path, kind)
    )
    sheet = book.sheets[0]
    assert (sheet.cell(1, 1).value, sheet.cell(1, 1).struck_part) == ("Done by May June", "May")
    assert (sheet.cell(2, 1).struck, sheet.cell(4, 1).comment) == (True, "Is this right?")
    assert sheet.cell(3, 1).link == "https://example.org/minutes?a=1#b"
    row = [sheet.cell(5, column) for column in range(1, 8)]
    assert [cell.as_text for cell in row] == [
        "#DIV/0!",
        "#N/A",
        "ab",
        "45%",
        "2.10",
        "Jan 2013",
        "7",
    ]
    assert [cell.error for cell in row[:3]] == [True, True, False]
    assert row[2].formula
    assert (sheet.hidden_columns, sheet.merged) == ({7}, [(6, 1, 7, 2)])
    assert (book.properties["subject"], book.properties[COUNTS_FROM_1904]) == ("XL-42", "1")
    assert datetime.fromisoformat(book.saved_at)


def test_an_old_workbook_that_is_none_inside_is_damaged(tmp_path: Path) -> None:
    data = OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 2000
    with pytest.raises(Unreadable) as caught:
        open_spreadsheet(a_file(tmp_path / "a.xls", data))
    assert (caught.value.code, caught.value.details) == (
        "file-not-spreadsheet",
        {"why": "it is damaged or not complete"},
    )


KILLED = "import os, signal; os.kill(os.getpid(), signal.{})"
LATE = "import time; time.sleep(600)"


def interrupted(folder: Path, patch: pytest.MonkeyPatch, fate: str, *, times: int) -> Sheet:
    """A workbook read by a process that meets its fate some times before it is left alone."""
    path, met = everything(folder), folder / "met"
    real = str(from_xls._CHILD)
    script = (
        f"import pathlib, runpy\nmet = pathlib.Path({str(met)!r})\n"
        f"count = len(met.read_text()) if met.exists() else 0\n"
        f"met.write_text('x' * (count + 1))\nif count < {times}:\n    {fate}\n"
        f"runpy.run_path({real!r}, run_name='__main__')\n"
    )
    patch.setattr(from_xls, "_CHILD", a_file(folder / "child.py", script.encode()))
    return from_xls.read_xls(path, path.read_bytes()).sheets[0]


@pytest.mark.parametrize(
    "fate", [KILLED.format("SIGKILL"), KILLED.format("SIGTERM"), "raise OSError(12, 'no memory')"]
)
def test_a_reader_that_is_kept_from_its_work_once_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fate: str
) -> None:
    assert interrupted(tmp_path, monkeypatch, fate, times=1).cell(1, 1).value == "2.10"


@pytest.mark.parametrize(
    ("fate", "why"),
    [
        (KILLED.format("SIGKILL"), "the computer ended the program that reads it (SIGKILL)"),
        (
            "raise OSError(12, 'no memory')",
            "the program that reads it failed: OSError: [Errno 12] no memory",
        ),
        ("raise SystemExit(0)", "the program that reads it failed: it said nothing"),
        (LATE, "reading it took longer than 1 seconds"),
    ],
)
def test_a_reader_that_is_kept_from_its_work_again_never_calls_the_file_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fate: str, why: str
) -> None:
    if fate == LATE:
        monkeypatch.setattr(from_xls, "_PATIENCE", 1)
    with pytest.raises(Unreadable) as caught:
        interrupted(tmp_path, monkeypatch, fate, times=2)
    assert (caught.value.code, caught.value.details) == ("file-not-read", {"why": why})


@pytest.mark.parametrize("crash", ["SIGABRT", "SIGSEGV", "SIGXCPU"])
def test_a_file_that_makes_the_reader_crash_is_unsafe_and_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crash: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        interrupted(tmp_path, monkeypatch, KILLED.format(crash), times=2)
    assert caught.value.code == "file-unsafe"
    assert (tmp_path / "met").read_text() == "x"


def test_a_reader_that_cannot_be_started_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any, **__: Any) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(subprocess, "run", busy)
    with pytest.raises(Unreadable) as caught:
        from_xls.read_xls(tmp_path, everything(tmp_path).read_bytes())
    assert caught.value.code == "file-not-read"
