"""What a file is recognised by, and what counts as a workbook among files of any name."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from tests.spreadsheets.files import OLE, a_book, a_file, an_archive, an_ods, with_parts
from xlplan.spreadsheets.cells import Unreadable
from xlplan.spreadsheets.formats import FORMATS
from xlplan.spreadsheets.formats.csv import CSV
from xlplan.spreadsheets.formats.ods import ODS
from xlplan.spreadsheets.formats.openxml.xlsb import XLSB
from xlplan.spreadsheets.formats.openxml.xlsx import XLSX
from xlplan.spreadsheets.formats.xls import XLS
from xlplan.spreadsheets.kinds import FileContents, Format
from xlplan.spreadsheets.opening import holds_workbook, open_spreadsheet


def an_old_file(*streams: str) -> bytes:
    return (
        OLE + b"\x00" * 504 + b"".join(name.encode("utf-16-le") + b"\x00\x00" for name in streams)
    )


def an_xlsx(path: Path) -> bytes:
    return a_book(path, lambda sheet: sheet.append(["Ref", "Action"])).read_bytes()


def recognised(data: bytes) -> Format:
    return next(known for known in FORMATS if known.recognises(FileContents(BytesIO(data))))


def test_each_format_recognises_its_own(tmp_path: Path) -> None:
    assert recognised(an_xlsx(tmp_path / "a")) is XLSX
    parts = {"xl/workbook.bin": b""}
    assert recognised(an_archive(tmp_path / "b", parts).read_bytes()) is XLSB
    assert recognised(an_ods(tmp_path / "c", "").read_bytes()) is ODS
    assert recognised(an_old_file("Workbook")) is XLS
    assert recognised(an_old_file("Book")) is XLS
    assert recognised(b"Ref,Action") is CSV


def test_the_endings_of_files_that_are_read() -> None:
    endings = {suffix for known in FORMATS for suffix in known.suffixes}
    binary = {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods", ".xls"}
    assert endings == binary | {".csv", ".txt", ".tsv", ".tab"}


def test_a_workbook_is_one_by_what_it_holds(tmp_path: Path) -> None:
    assert holds_workbook(an_xlsx(tmp_path / "scan.pdf"))
    assert holds_workbook(an_ods(tmp_path / "b", "").read_bytes())
    assert holds_workbook(an_old_file("Workbook"))


def test_a_workbook_with_a_password_is_one(tmp_path: Path) -> None:
    assert holds_workbook(an_old_file("EncryptionInfo", "EncryptedPackage"))
    path = an_ods(tmp_path / "a.ods", "")
    with_parts(path, **{"META-INF__manifest_xml": lambda _: b"<encryption-data/>"})
    assert holds_workbook(path.read_bytes())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Ref,Action",
        b"%PDF-1.4",
        b"PK\x03\x04 cut off",
        an_old_file("WordDocument", "Workbook"),
        an_old_file("PowerPoint Document", "Workbook"),
        an_old_file("__properties_version1.0"),
    ],
    ids=["nothing", "text", "pdf", "damaged", "a letter with a sheet", "slides", "a message"],
)
def test_what_is_no_workbook(data: bytes) -> None:
    assert not holds_workbook(data)


def test_a_workbook_with_a_letter_in_it_is_opened_as_a_workbook() -> None:
    assert recognised(an_old_file("Workbook", "WordDocument")) is XLS


def test_archives_are_checked_before_a_reader_sees_them(tmp_path: Path) -> None:
    """Each format that is an archive: nothing of a bomb is unpacked."""
    declares = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    for name in ("xl/workbook.xml", "xl/workbook.bin"):
        path = an_archive(tmp_path / "a", {name: b"", "xl/extra.xml": declares})
        with pytest.raises(Unreadable, match="file-unsafe"):
            open_spreadsheet(path)
    path = an_ods(tmp_path / "b", "")
    with_parts(path, extra_xml=lambda _: declares)
    with pytest.raises(Unreadable, match="file-unsafe"):
        open_spreadsheet(path)


def test_an_archive_whose_directory_points_before_it_is_damaged(tmp_path: Path) -> None:
    data = bytearray(an_xlsx(tmp_path / "a.xlsx"))
    entry = data.find(b"PK\x01\x02")
    data[entry + 42 : entry + 46] = b"\xff\xff\xff\x7f"
    with pytest.raises(Unreadable) as caught:
        open_spreadsheet(a_file(tmp_path / "b.xlsx", bytes(data)))
    assert caught.value.details == {"why": "it is damaged or not complete"}
