"""Read .xls and .xlsb with calamine, in a process of its own: some files make it abort.

Formulas, notes, number formats and error values are not to be had from these: an error reads as blank.
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from xlplan.plan.values import RawValue
from xlplan.workbook.cells import RawCell, Sheet, Spreadsheet, Unreadable
from xlplan.workbook.ooxml_parts import About, about

_CHILD = Path(__file__).with_name("calamine_child.py")
_PATIENCE = 60
_READ: dict[str, Callable[[Any], RawValue]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


def read_with_calamine(path: Path) -> Spreadsheet:
    """Read a workbook's values.

    Raises:
        Unreadable: a password, damage, or a file that makes the reader abort.
    """
    said = _ask_child(path)
    if said["outcome"] == "password":
        raise Unreadable("file-password")
    if said["outcome"] != "read":
        raise Unreadable("file-not-spreadsheet", why="it is damaged or not complete")
    sheets = [_sheet(one) for one in said["sheets"]]
    if not sheets:
        raise Unreadable("file-not-spreadsheet", why="it has no sheet with cells")
    told = _about(path)
    return Spreadsheet(path, sheets, told.properties, told.application, told.saved_at)


def _ask_child(path: Path) -> dict[str, Any]:
    # -I: neither the working folder nor the environment says where modules come from.
    command = [sys.executable, "-I", str(_CHILD), str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as trouble:
        raise Unreadable("file-unsafe", why="reading it does not end") from trouble
    if done.returncode != 0:
        raise Unreadable("file-unsafe", why="its cells lie too far apart to be read")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def _sheet(found: dict[str, Any]) -> Sheet:
    sheet = Sheet(found["name"], merged=[tuple(one) for one in found["merged"]], hidden=found["hidden"])
    for row, column, kind, plain in found["cells"]:
        value = _READ[kind](plain) if kind in _READ else plain
        sheet.cells[row, column] = RawCell(row, column, value)
    return sheet


def _about(path: Path) -> About:
    """An .xlsb tells as an .xlsx does; an .xls keeps its properties where only Excel looks."""
    try:
        with zipfile.ZipFile(path) as archive:
            return about(archive)
    except zipfile.BadZipFile:
        return About({}, "", "")
