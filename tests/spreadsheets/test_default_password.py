"""What Excel encrypts with the password that every Excel knows is opened as Excel opens it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.spreadsheets.files import a_book, a_file
from xlplan.spreadsheets import formats
from xlplan.spreadsheets.cells import Unreadable
from xlplan.spreadsheets.formats import default_password, xls
from xlplan.spreadsheets.opening import holds_workbook, open_spreadsheet


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, locked = tmp_path_factory.mktemp("locked"), BytesIO()
    plain = a_book(folder / "plan.xlsx", lambda sheet: sheet.append(["Ref", "Action"]))
    OOXMLFile(BytesIO(plain.read_bytes())).encrypt("VelvetSweatshop", locked)
    return a_file(folder / "locked.xlsx", locked.getvalue())


def test_a_workbook_marked_as_read_only_is_read(read_only: Path) -> None:
    assert open_spreadsheet(read_only).sheets[0].cell(1, 2).value == "Action"
    assert holds_workbook(read_only.read_bytes())


@pytest.mark.parametrize(
    ("name", "value"),
    [("_KNOWN_TO_ALL", "another"), ("_MOST_SPINS", 99_999)],
    ids=["a password of the lead's own", "rounds without end"],
)
def test_others_are_asked_for_without_a_password(
    read_only: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    monkeypatch.setattr(default_password, name, value)
    with pytest.raises(Unreadable, match="file-password"):
        open_spreadsheet(read_only)


def test_what_is_no_workbook_inside_is_not_read_either(
    read_only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "unlocked", lambda _: b"PK\x05\x06" + bytes(18))
    with pytest.raises(Unreadable, match="file-password"):
        open_spreadsheet(read_only)


def test_an_old_workbook_is_tried_with_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Protecting the order of sheets encrypts an .xls; only what reads it knows that it is so."""
    ask, plain = xls._ask_child, a_book(tmp_path / "a", lambda sheet: sheet.append(["Ref"]))

    def asked(data: bytes) -> dict[str, Any]:
        if data == b"locked":
            raise Unreadable("file-password")
        return ask(data)

    monkeypatch.setattr(xls, "_ask_child", asked)
    monkeypatch.setattr(xls, "unlocked", lambda _: plain.read_bytes())
    assert xls.read_xls(plain, b"locked").sheets[0].cell(1, 1).value == "Ref"
    monkeypatch.setattr(xls, "unlocked", lambda _: None)
    with pytest.raises(Unreadable, match="file-password"):
        xls.read_xls(plain, b"locked")
