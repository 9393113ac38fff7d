"""A file that cannot even be opened is refused and stops no other."""

from __future__ import annotations

import os
import re
import struct
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.stories.edition.test_office_edition import a_master
from tests.stories.office import Office, codes
from xlplan.rounds import importing
from xlplan.rounds.intake.account import Account
from xlplan.rounds.returns.reading_files import FileReader

SUE = "Sue Butcher"


@pytest.mark.parametrize("name", ["aa in use.xlsx", "zz in use.xlsx"])
def test_a_file_that_is_open_elsewhere_stops_no_other(
    walsall: Office, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As root nothing is unreadable, so the refusal of Windows to read a file that Excel has open
    is played here.
    """
    walsall.export()
    folder = walsall.folder / "in"
    folder.mkdir()
    walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="in/good.xlsx")
    (folder / name).write_bytes(b"PK")
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    taken = walsall.run("import", "in")
    assert taken.status == 1
    status = {one["path"]: one["status"] for one in taken.document["files"]}
    assert status == {"in/good.xlsx": "waiting", f"in/{name}": "refused"}
    assert "file-in-use" in codes(taken.document)
    assert [(one["ref"], one["new"]) for one in taken.document["changes"]] == [("2.13", "R")]


def test_a_damaged_archive_is_among_the_files(walsall: Office) -> None:
    walsall.export()
    path = walsall.folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x" * 1000)
    path.write_bytes(path.read_bytes()[:60])
    (file,) = walsall.take(path, status=1)["files"]
    assert (file["status"], file["findings"]) == ("refused", 1)


def test_paths_are_said_as_they_were_given(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R"}})
    assert walsall.run("import", "--check", back).document["files"][0]["path"] == back.as_posix()
    assert walsall.run("import", "--check", back.name).document["files"][0]["path"] == back.name


def damaged(data: bytes, member: str) -> bytes:
    """An archive whose packed bytes of one member are garbled; its directory is whole."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        place = archive.getinfo(member)
    name, extra = struct.unpack("<HH", data[place.header_offset + 26 : place.header_offset + 30])
    start = place.header_offset + 30 + name + extra
    garbled = bytes(byte ^ 255 for byte in data[start + 5 : start + min(place.compress_size, 60)])
    return data[: start + 5] + garbled + data[start + 5 + len(garbled) :]


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("name", ["stream.xlsx", "binary.xlsb", "lzma.zip", "bzip2.zip"])
def test_a_garbled_file_stops_no_other(walsall: Office, name: str) -> None:
    walsall.export()
    folder = walsall.folder / "in"
    folder.mkdir()
    good = walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="in/good.xlsx").read_bytes()
    garbled = {
        "stream.xlsx": lambda: damaged(good, "xl/workbook.xml"),
        "binary.xlsb": lambda: damaged(packed({"xl/workbook.bin": good}), "xl/workbook.bin"),
        "lzma.zip": lambda: damaged(packed({"a.xlsx": good}, zipfile.ZIP_LZMA), "a.xlsx"),
        "bzip2.zip": lambda: damaged(packed({"a.xlsx": good}, zipfile.ZIP_BZIP2), "a.xlsx"),
    }[name]()
    (folder / name).write_bytes(garbled)
    taken = walsall.run("import", "in")
    assert taken.status == 1
    assert [(one["ref"], one["new"]) for one in taken.document["changes"]] == [("2.13", "R")]
    [refused] = [one for one in taken.document["findings"] if one["severity"] == "error"]
    assert (refused["code"], refused["file"].startswith(f"in/{name}")) == (
        "file-not-spreadsheet",
        True,
    )


def test_a_damaged_picture_in_a_strict_workbook_keeps_back_no_answer(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R"}})
    with zipfile.ZipFile(back) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in members.items()
    }
    picture = "xl/media/image1.png"
    back.write_bytes(damaged(packed({**strict, picture: bytes(range(256)) * 40}), picture))
    assert [(one["ref"], one["new"]) for one in walsall.take(back)["changes"]] == [("2.13", "R")]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file names that are no text")
def test_a_name_that_is_no_text_is_shown_with_a_question_mark(walsall: Office) -> None:
    walsall.export()
    folder = walsall.folder / "in"
    folder.mkdir()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    back.rename(os.fsdecode(os.fsencode(folder) + b"/Caf\xe9.xlsx"))
    taken = walsall.take(Path("in"), status=0)
    assert [(one["path"], one["changes"]) for one in taken["files"]] == [("in/Caf?.xlsx", 1)]


def test_a_file_that_cannot_be_made_sense_of_stops_no_other(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    walsall.export()
    (walsall.folder / "in").mkdir()
    walsall.fill("Rose Collinson", {"2.17": {"rag": "G"}}, name="in/odd.xlsx")
    walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="in/zz good.xlsx")
    read = FileReader.read

    def stumble(reader: FileReader) -> Account:
        if reader.matched.lead != SUE:
            raise ZeroDivisionError("by nothing")
        return read(reader)

    monkeypatch.setattr(FileReader, "read", stumble)
    taken = walsall.take(Path("in"), status=1)
    assert [(one["path"], one["status"]) for one in taken["files"]] == [
        ("in/odd.xlsx", "refused"),
        ("in/zz good.xlsx", "waiting"),
    ]
    [why] = [one["message"] for one in taken["findings"] if one["code"] == "file-not-understood"]
    assert "ZeroDivisionError: by nothing" in why
    monkeypatch.setattr(FileReader, "read", read)
    again = walsall.take(Path("in", "odd.xlsx"))
    assert [one["status"] for one in again["files"]] == ["waiting"], "a later version may read it"


def test_an_edition_that_we_stumble_over_keeps_back_no_lead(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    master = a_master(walsall)
    (walsall.folder / "in").mkdir()
    master.rename(walsall.folder / "in" / "aa master.xlsx")
    walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="in/zz good.xlsx")

    def stumble(*_: object) -> Account:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(importing, "read_edition", stumble)
    taken = walsall.take(Path("in"), status=1)
    assert [(one["path"], one["status"]) for one in taken["files"]] == [
        ("in/aa master.xlsx", "refused"),
        ("in/zz good.xlsx", "waiting"),
    ]
    assert codes(taken).count("file-not-understood") == 1


def test_a_number_without_end_is_told_and_keeps_back_no_answer(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G", "due": "31/12/2013"}})
    with zipfile.ZipFile(back) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].decode()
    endless = re.sub(r' t="inlineStr"><is><t>31/12/2013</t></is>', "><v>1E400</v>", sheet)
    assert endless != sheet
    back.write_bytes(packed({**members, "xl/worksheets/sheet1.xml": endless.encode()}))
    taken = walsall.take(back, status=1)
    assert ("2.13", "rag") in [(one["ref"], one["field"]) for one in taken["changes"]]
    assert [one["code"] for one in taken["findings"] if one["field"] == "due"] == ["cell-error"]
