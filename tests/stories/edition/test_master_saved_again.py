"""A master workbook that another program saved is still the office's, whatever marks it lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.stories.office import Office


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


@needs_libreoffice
def test_a_master_saved_as_an_old_workbook_changes_nothing(office: Office) -> None:
    office.export()
    path = office.folder / str(office.run("master").document["master"])
    old = saved_by_libreoffice(path, "xls")
    (file,) = office.take(old)["files"]
    assert (file["status"], file["changes"], file["rows"]["refused"]) == ("unchanged", 0, 0)
