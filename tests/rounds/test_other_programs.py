"""Workbooks that other programs saved again: unchanged they are no change, and what was typed in them lands."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas
import pytest

from tests.rounds.office import Office, rows_of

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


SSCONVERT, NODE, NPM = (shutil.which(name) for name in ("ssconvert", "node", "npm"))
HERE = Path(__file__).resolve().parent
SUE = "Sue Butcher"


def unchanged_and_typed(office: Office, resave: Callable[[Path, Path], None], suffix: str = "xlsx") -> None:
    """Three workbooks saved again are no change; one that was filled in first says what was typed."""
    office.export()
    typed = office.fill(SUE, {"2.10": {"rag": "A", "progress": "£40k – “agreed”\nand booked"}})
    sources = [path for lead, path in office.sent.items() if lead != SUE][:3]
    for number, source in enumerate([*sources, typed]):
        resave(source, office.folder / f"back {number}.{suffix}")
    taken = office.take(*(office.folder / f"back {number}.{suffix}" for number in range(len(sources) + 1)))
    statuses = [file["status"] for file in taken["files"]]
    assert statuses == ["unchanged"] * len(sources) + ["waiting"], taken["findings"]
    assert {(one["ref"], one["field"], one["new"]) for one in taken["changes"]} == {
        ("2.10", "rag", "A"),
        ("2.10", "progress", "£40k – “agreed”\nand booked"),
    }
    assert taken["questions"] == taken["proposed"] == []


@pytest.mark.skipif(SSCONVERT is None, reason="Gnumeric (ssconvert) is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_gnumeric_saves_it_again(walsall: Office, suffix: str) -> None:
    def resave(source: Path, target: Path) -> None:
        subprocess.run([str(SSCONVERT), str(source), str(target)], check=True, capture_output=True, timeout=120)

    unchanged_and_typed(walsall, resave, suffix)


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which SheetJS and ExcelJS are installed."""
    if NODE is None or NPM is None:
        pytest.skip("Node and npm are not installed")
    folder = Path(os.environ.get("XLPLAN_TEST_NODE") or tmp_path_factory.mktemp("node"))
    if not (folder / "node_modules").is_dir():
        command = [NPM, "install", "--silent", "--no-audit", "--no-fund", "xlsx@0.18.5", "exceljs@4.4.0"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
        if done.returncode:
            pytest.skip("npm could not install SheetJS and ExcelJS")
    return folder


@pytest.mark.parametrize("library", ["sheetjs", "exceljs"])
def test_a_javascript_library_saves_it_again(walsall: Office, library: str, libraries: Path) -> None:
    def resave(source: Path, target: Path) -> None:
        command = [str(NODE), str(HERE / "resaving.js"), library, str(source), str(target)]
        paths = {**os.environ, "NODE_PATH": str(libraries / "node_modules")}
        subprocess.run(command, check=True, capture_output=True, timeout=120, env=paths)

    unchanged_and_typed(walsall, resave)


def test_openpyxl_saves_it_again(walsall: Office) -> None:
    unchanged_and_typed(walsall, lambda source, target: openpyxl.load_workbook(source).save(target))


def test_pandas_writes_every_sheet_again(walsall: Office) -> None:
    def resave(source: Path, target: Path) -> None:
        sheets = pandas.read_excel(source, sheet_name=None, header=None, dtype=str, engine="openpyxl")
        with pandas.ExcelWriter(target, engine="openpyxl") as writer:
            for name, frame in sheets.items():
                frame.to_excel(writer, sheet_name=name, header=False, index=False)

    unchanged_and_typed(walsall, resave)


def has_uno() -> bool:
    """Whether the system's Python can steer LibreOffice."""
    if SOFFICE is None or not Path("/usr/bin/python3").exists():
        return False
    return subprocess.run(["/usr/bin/python3", "-c", "import uno"], capture_output=True, check=False).returncode == 0


needs_uno = pytest.mark.skipif(not has_uno(), reason="LibreOffice with UNO (python3-uno) is not installed")
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97"}


def worked_in_libreoffice(office: Office, source: Path, target: Path, steps: dict[str, Any]) -> dict[str, str]:
    """A lead works in a workbook with LibreOffice; returns what the cells that were typed into hold."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    listen = f"--accept=socket,host=127.0.0.1,port={port};urp;"
    profile = f"-env:UserInstallation={(office.folder / 'uno').as_uri()}"
    program = subprocess.Popen([str(SOFFICE), profile, "--headless", "--norestore", "--nologo", listen])
    try:
        kind = FILTERS[target.suffix[1:]]
        arguments = [port, str(source), str(target), kind, json.dumps(steps)]
        done = subprocess.run(
            ["/usr/bin/python3", str(HERE / "leads_in_libreoffice.py"), *arguments],
            check=True,
            capture_output=True,
            timeout=180,
            text=True,
        )
    finally:
        program.terminate()
        program.wait(30)
    held: dict[str, str] = json.loads(done.stdout)
    return held


@needs_uno
@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_a_lead_works_in_libreoffice(walsall: Office, suffix: str) -> None:
    """Types into inputs, is refused on a locked cell; unprotects, sorts the rows, deletes one, inserts one."""
    walsall.export()
    source, target = walsall.sent[SUE], walsall.folder / f"worked.{suffix}"
    rows = rows_of(source)
    by_ref = {row.ref: row for row in rows}
    typed = {by_ref["2.13"].cells[name].name: text for name, text in {"rag": "R", "progress": "Under way."}.items()}
    locked = by_ref["2.13"].cells["action"].name
    held = worked_in_libreoffice(walsall, source, target, {"type": {**typed, locked: "Something else"}})
    assert held[locked] == "refused"
    assert [held[cell] for cell in typed] == ["R", "Under way."]
    first, last = min(row.row for row in rows), max(row.row for row in rows)
    gone = next(row for row in rows if row.ref != "2.13")
    sort = [f"A{first}:AZ{last}", 3]
    again = walsall.folder / f"sorted.{suffix}"
    worked_in_libreoffice(walsall, target, again, {"unprotect": True, "delete": gone.row})
    final = walsall.folder / f"final.{suffix}"
    sort = [f"A{first}:AZ{last - 1}", 3]
    worked_in_libreoffice(walsall, again, final, {"unprotect": True, "sort": sort, "insert": first + 1})
    taken = walsall.take(final)
    assert {(one["ref"], one["field"], one["new"]) for one in taken["changes"]} == {
        ("2.13", "rag", "R"),
        ("2.13", "progress", "Under way."),
    }
    assert [one["ref"] for one in taken["findings"] if one["code"] == "row-missing"] == [gone.ref]
