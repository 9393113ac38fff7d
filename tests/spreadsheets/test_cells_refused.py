"""Files that are refused: what they are, and never with a crash."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.spreadsheets.files import OLE, a_book, a_file, an_archive, an_ods, replaced, with_parts
from xlplan.plan.findings.finding import finding
from xlplan.spreadsheets.cells import Unreadable
from xlplan.spreadsheets.formats.xls import read_xls
from xlplan.spreadsheets.opening import open_spreadsheet


def refused(path: Path) -> tuple[str, str]:
    """The code, and why, as an officer would read it."""
    with pytest.raises(Unreadable) as caught:
        open_spreadsheet(path)
    details: dict[str, Any] = {**caught.value.details}
    assert finding(caught.value.code, **details).message
    return caught.value.code, caught.value.details.get("why", "")


def a_plan(path: Path) -> Path:
    return a_book(path, lambda sheet: sheet.append(["Ref", "Action"]))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.pdf", b"%PDF-1.4 ...", "it is a PDF"),
        ("a.xlsx", b"\x89PNG\r\n\x1a\n\x00", "it is a picture"),
        ("a.xls", b"<html><table><tr><td>1", "it is a web page or data file with another name"),
        ("a.xlsx", b"\x01\x02\x03\x00\x04", "nothing in it looks like one"),
        ("a.xlsx", b"Dear all\nhere is my update\nAsha", "it is text, and no table"),
        ("a.xlsx", b"PK\x03\x04 cut off", "it is damaged or not complete"),
        ("a.xls", OLE + b"\x00" * 600, "it is an Office file of another kind"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le") + b"\x00\x00", "it is a Word document"),
        (
            "a.xls",
            OLE + "Workbook".encode("utf-16-le") + b"\x00" * 600,
            "it is damaged or not complete",
        ),
    ],
)
def test_no_spreadsheet(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    assert refused(a_file(tmp_path / name, data)) == ("file-not-spreadsheet", why)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("word/document.xml", "it is a Word document"),
        (
            "Index/Document.iwa",
            "it is a document of Apple Numbers or Pages, which has to be exported to Excel first",
        ),
        ("photo.jpg", "it is an archive, and none of a spreadsheet"),
    ],
)
def test_archives_of_something_else(tmp_path: Path, part: str, why: str) -> None:
    assert refused(an_archive(tmp_path / "a.xlsx", {part: b"x"})) == ("file-not-spreadsheet", why)


def test_an_empty_file(tmp_path: Path) -> None:
    assert refused(a_file(tmp_path / "a.xlsx", b""))[0] == "file-empty"


def test_no_file_at_all(tmp_path: Path) -> None:
    code, why = refused(tmp_path / "gone.xlsx")
    assert code == "file-not-spreadsheet"
    assert why.startswith("it cannot be opened")


def test_a_password_on_an_xlsx(tmp_path: Path) -> None:
    data = OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 100
    assert refused(a_file(tmp_path / "a.xlsx", data))[0] == "file-password"


def test_a_password_on_an_ods(tmp_path: Path) -> None:
    path = an_ods(tmp_path / "a.ods", "")
    manifest = b"<manifest:encryption-data/>"
    with_parts(path, **{"META-INF__manifest_xml": lambda _: manifest})
    assert refused(path)[0] == "file-password"


def test_a_password_on_the_archive(tmp_path: Path) -> None:
    data = bytearray(a_plan(tmp_path / "a.xlsx").read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 1)
    assert refused(a_file(tmp_path / "b.xlsx", bytes(data)))[0] == "file-password"


def test_a_bomb(tmp_path: Path) -> None:
    path = a_plan(tmp_path / "a.xlsx")
    with_parts(path, xl__media__big=lambda _: b"0" * 30_000_000)
    assert refused(path) == ("file-unsafe", "it unpacks to far more than a plan can hold")


def test_an_archive_that_lies_about_its_size(tmp_path: Path) -> None:
    path = a_plan(tmp_path / "a.xlsx")
    with_parts(path, xl__extra_xml=lambda _: b"<x/>" + b" " * 5_000_000)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/extra.xml").file_size
    lied = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert refused(a_file(tmp_path / "b.xlsx", lied))[0] == "file-not-spreadsheet"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities(tmp_path: Path, encoding: str) -> None:
    comment = "<!--" + "x" * 100_000 + "-->"
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?>{comment}<!DOCTYPE x [<!ENTITY a '
        '"aaaa">]><x>&a;</x>'
    )
    path = a_plan(tmp_path / "a.xlsx")
    with_parts(path, xl__worksheets__sheet1_xml=lambda _: bomb.encode(encoding))
    assert refused(path) == ("file-unsafe", "its XML declares entities, which no spreadsheet needs")


def test_the_words_of_a_declaration_in_a_cell_are_text(tmp_path: Path) -> None:
    path = a_book(tmp_path / "a.xlsx", lambda sheet: sheet.append(["<!DOCTYPE html>"]))
    assert open_spreadsheet(path).sheets[0].cell(1, 1).value == "<!DOCTYPE html>"


@pytest.mark.parametrize(
    "merged",
    [
        b'ref="A1:XFD1048576"',
        b'ref="A1:&#88;FD1048576"',
        b'x="1" ref="A1:XFD1048576"',
    ],
)
def test_cells_merged_over_the_whole_sheet(tmp_path: Path, merged: bytes) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "x"
        sheet.merge_cells("A1:B1")

    path = a_book(tmp_path / "a.xlsx", fill)
    with_parts(
        path,
        xl__worksheets__sheet1_xml=replaced(b'<mergeCell ref="A1:B1"', b"<mergeCell " + merged),
    )
    assert refused(path)[0] == "file-unsafe"


def test_an_ods_that_repeats_a_cell_without_end(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" '
        'office:value="1"/>'
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    path = an_ods(tmp_path / "a.ods", f'<table:table table:name="Plan">{row}</table:table>')
    assert refused(path) == ("file-unsafe", "it holds far more than a plan can")


@pytest.mark.parametrize(
    "part", ["xl__workbook_xml", "xl__worksheets__sheet1_xml", "xl__styles_xml"]
)
def test_a_part_that_is_damaged(tmp_path: Path, part: str) -> None:
    path = a_plan(tmp_path / "a.xlsx")
    with_parts(path, **{part: lambda data: data[: len(data) // 2]})
    assert refused(path) == ("file-not-spreadsheet", "it is damaged or not complete")


def test_a_reader_that_aborts_takes_only_its_own_process_with_it(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"], sheet["XFD1048576"] = "plan", "stray"

    path = a_book(tmp_path / "a.xlsx", fill)
    with pytest.raises(Unreadable) as caught:
        read_xls(path, path.read_bytes())
    assert caught.value.code == "file-unsafe"


def test_a_file_beside_the_workbook_stands_in_for_no_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("python_calamine", "xlrd", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run!')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = a_plan(tmp_path / "a.xlsx")
    assert read_xls(path, path.read_bytes()).sheets[0].cell(1, 1).value == "Ref"
