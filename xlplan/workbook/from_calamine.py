"""Read .xls, .xlsb, .ods and strict .xlsx with calamine, in a process of its own: some files make it abort."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from xlplan.workbook.cells import RawCell, Sheet, Spreadsheet, Unreadable

_PATIENCE = 60
_WHY = {"password": "file-password"}


def read_with_calamine(path: Path) -> Spreadsheet:
    """Read a workbook's values. Formulas, notes and error values are not to be had: an error reads as blank.

    Raises:
        Unreadable: a password, damage, or a file that makes the reader abort.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "xlplan.workbook.calamine_child", str(path)],
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as trouble:
        raise Unreadable("file-unsafe", why="reading it does not end") from trouble
    if done.returncode != 0:
        raise Unreadable("file-unsafe", why="its cells lie too far apart to be read")
    outcome, found = pickle.loads(done.stdout)  # written by our own child process just now
    if outcome != "read":
        raise Unreadable(_WHY.get(outcome, "file-not-spreadsheet"), why="it is damaged")
    sheets = []
    for name, hidden, merged, cells in found:
        sheet = Sheet(name, merged=merged, hidden=hidden)
        sheet.cells = {(row, column): RawCell(row, column, value) for row, column, value in cells}
        sheets.append(sheet)
    return Spreadsheet(path, sheets, *_document(path))


def _document(path: Path) -> tuple[dict[str, str], str, str]:
    """Properties, program and time of saving of an .ods; the other formats keep them where only Excel looks."""
    from xml.etree import ElementTree

    try:
        with ZipFile(path) as archive:
            root = ElementTree.fromstring(archive.read("meta.xml"))
    except (BadZipFile, KeyError, ElementTree.ParseError, OSError):
        return {}, "", ""
    said = {one.tag.rpartition("}")[2]: (one.text or "") for one in root.iter()}
    own = {
        value: one.text or ""
        for one in root.iter()
        if one.tag.endswith("}user-defined")
        for name, value in one.attrib.items()
        if name.endswith("}name")
    }
    named = {name: said[name] for name in ("title", "subject") if said.get(name)}
    return {**own, **named}, said.get("generator", ""), _time(said.get("date", ""))


def _time(text: str) -> str:
    try:
        return datetime.fromisoformat(text[:19]).isoformat()
    except ValueError:
        return ""
