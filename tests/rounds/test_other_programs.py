"""Workbooks that LibreOffice and pandas saved again: unchanged they are no change, and what was typed in them lands."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pandas
import pytest

from tests.rounds.office import Office

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def resaved(files: list[Path], folder: Path, suffix: str) -> list[Path]:
    """Files opened and saved by LibreOffice in another format."""
    out = folder / f"resaved-{suffix}"
    profile = (folder / "profile").resolve().as_uri()
    filters = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76,1"}
    command = [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to"]
    subprocess.run(
        [*command, filters.get(suffix, suffix), "--outdir", str(out), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return sorted(out.iterdir())


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_saved_again_unchanged_is_no_change(office: Office, suffix: str) -> None:
    office.export()
    back = resaved(list(office.sent.values())[:3], office.folder, suffix)
    taken = office.take(*back, status=0)
    assert [file["status"] for file in taken["files"]] == ["unchanged"] * 3, taken["findings"]
    assert taken["changes"] == taken["questions"] == taken["proposed"] == []


@needs_libreoffice
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls", "csv"])
def test_what_was_typed_lands_whatever_saved_it(walsall: Office, suffix: str) -> None:
    walsall.export()
    typed = walsall.fill(
        "Sue Butcher",
        {"2.10": {"rag": "A", "progress": "£40k – “agreed”\nand booked"}, "3.3": {"due": "30 April 2013"}},
    )
    (back,) = resaved([typed], walsall.folder, suffix)
    taken = walsall.take(back)
    assert {(one["ref"], one["field"], one["new"]) for one in taken["changes"]} == {
        ("2.10", "rag", "A"),
        ("2.10", "progress", "£40k – “agreed”\nand booked"),
        ("3.3", "due", "30 April 2013"),
    }


def test_a_sheet_that_pandas_wrote(walsall: Office) -> None:
    walsall.export()
    typed = walsall.fill("Sue Butcher", {"2.10": {"rag": "A"}})
    back = walsall.folder / "pandas.xlsx"
    pandas.read_excel(typed, sheet_name="Update", header=None, dtype=str).to_excel(back, header=False, index=False)
    taken = walsall.take(back)
    assert [(one["ref"], one["field"], one["new"]) for one in taken["changes"]] == [("2.10", "rag", "A")]
