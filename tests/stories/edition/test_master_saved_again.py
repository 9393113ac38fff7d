"""A master workbook that another program saved is still the office's, whatever marks it lost."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.stories.office import Office

SOFFICE = shutil.which("soffice")


def without_properties(path: Path) -> Path:
    """The workbook after somebody removed what an inspection of the document offers to remove."""
    target = path.with_name("inspected.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name in {"_rels/.rels", "[Content_Types].xml"}:
                data = _without(data, b"docProps")
            if not name.startswith("docProps/"):
                made.writestr(name, data)
    return target


def _without(data: bytes, word: bytes) -> bytes:
    """An XML part without the elements that name something."""
    head, *elements = data.split(b"<")
    kept = [one for one in elements if word not in one]
    return b"<".join([head, *kept])


def test_a_master_without_its_properties_changes_nothing(office: Office) -> None:
    office.export()
    path = office.folder / str(office.run("master").document["master"])
    (file,) = office.take(without_properties(path), status=0)["files"]
    assert (file["status"], file["changes"], file["rows"]["refused"]) == ("unchanged", 0, 0)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_master_saved_as_an_old_workbook_changes_nothing(office: Office) -> None:
    assert SOFFICE is not None
    office.export()
    path = office.folder / str(office.run("master").document["master"])
    profile = f"-env:UserInstallation={(office.folder / 'profile').as_uri()}"
    subprocess.run(
        [
            SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            "xls",
            "--outdir",
            str(office.folder / "old"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (file,) = office.take(office.folder / "old" / f"{path.stem}.xls")["files"]
    assert (file["status"], file["changes"], file["rows"]["refused"]) == ("unchanged", 0, 0)
