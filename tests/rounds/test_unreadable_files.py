"""A file that cannot even be opened is refused and stops no other."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.rounds.office import Office, codes

SUE = "Sue Butcher"


@pytest.mark.parametrize("name", ["aa in use.xlsx", "zz in use.xlsx"])
def test_a_file_that_is_open_elsewhere_stops_no_other(
    walsall: Office, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As root nothing is unreadable, so the refusal of Windows to read a file that Excel has open is played here."""
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
