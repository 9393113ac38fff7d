"""Read .xls in a process of its own, which some files make abort. What that process meets is told
apart: a file that is damaged or unsafe, and a computer that ended the process or was too busy; then
it is tried once more.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from xlplan.plan.values import RawValue
from xlplan.spreadsheets.cells import Drawn, RawCell, Sheet, Spreadsheet, Unreadable
from xlplan.spreadsheets.extras import address_of, struck_of
from xlplan.spreadsheets.formats.default_password import unlocked
from xlplan.spreadsheets.formats.parts import About, spreadsheet
from xlplan.spreadsheets.kinds import Format
from xlplan.spreadsheets.number_formats import whole_day

_CHILD = Path(__file__).with_name("xls_child.py")
_PATIENCE = 300
"""Seconds by the clock; the child itself ends after a minute of computing."""
# A busy computer may end the child or be too slow for it, which says nothing of the file.
_TRIES = 2
_READ: dict[str, Callable[[Any], RawValue]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
_FAR_APART = "its cells lie too far apart to be read"
_CRASHES = {"SIGABRT": _FAR_APART, "SIGSEGV": _FAR_APART, "SIGXCPU": "reading it does not end"}
"""What a reader comes to by itself, each time on the same file; any other signal comes from
outside.
"""


class _NotRead(Exception):
    """The child could not do its work; the file may be as good as any."""


def read_xls(path: Path, data: bytes) -> Spreadsheet:
    """Read an .xls: values, error values, formats, notes, links, strike-through; of formulas that
    they are some.

    Raises:
        Unreadable: a password, damage, a file that makes the reader abort, or a reader that was
        kept from its work.
    """
    try:
        found = _ask_child(data)
    except Unreadable as refusal:
        # xlrd opens nothing that is encrypted, whatever the password.
        plain = unlocked(data) if refusal.code == "file-password" else None
        if not plain:
            raise
        found = _ask_child(plain)
    sheets = [_sheet(sheet) for sheet in found["sheets"]]
    return spreadsheet(path, sheets, _about_xls(data), since_1904=bool(found.get("since_1904")))


def _ask_child(data: bytes) -> dict[str, Any]:
    for left in reversed(range(_TRIES)):
        try:
            found = _read_in_child(data)
            break
        except _NotRead as trouble:
            if not left:
                raise Unreadable("file-not-read", why=str(trouble)) from trouble
    if found["outcome"] == "password":
        raise Unreadable("file-password")
    if found["outcome"] == "memory":
        raise Unreadable("file-unsafe", why=_FAR_APART)
    if found["outcome"] != "read":
        raise Unreadable("file-not-spreadsheet", why="it is damaged or not complete")
    return found


def _read_in_child(data: bytes) -> dict[str, Any]:
    # The bytes are handed over: nothing that happens to the file meanwhile can make it look
    # damaged. -I: neither the working folder nor the environment says where modules come from.
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as trouble:
        raise _NotRead(f"reading it took longer than {_PATIENCE} seconds") from trouble
    except OSError as trouble:
        raise _NotRead(
            f"the program that reads it could not be started ({trouble.strerror or trouble})"
        ) from trouble
    if done.returncode < 0:
        name = _signal(-done.returncode)
        if why := _CRASHES.get(name):
            raise Unreadable("file-unsafe", why=why)
        raise _NotRead(f"the computer ended the program that reads it ({name})")
    # Windows has no signals: a process that crashed ends with the exception's code, 0xC0000005.
    if sys.platform == "win32" and done.returncode > 0xC0000000:
        raise Unreadable("file-unsafe", why=_FAR_APART)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError as trouble:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise _NotRead(
            f"the program that reads it failed: {last or 'it said nothing'}"
        ) from trouble
    return found


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _sheet(found: dict[str, Any]) -> Sheet:
    sheet = Sheet(
        found["name"],
        merged=[tuple(corners) for corners in found["merged"]],
        hidden=found["hidden"],
        hidden_columns=frozenset(found.get("hidden_columns", ())),
        drawn=[Drawn(row, column, "text", text) for row, column, text in found.get("boxes", ())],
    )
    for row, column, kind, plain, more in found["cells"]:
        value = _READ[kind](plain) if kind in _READ else plain
        if isinstance(value, datetime):
            value = whole_day(value, more.get("number_format", ""))
        struck, part = struck_of(more.pop("pieces", ()))
        link = address_of(*more.pop("link", ("", "")))
        sheet.cells[row, column] = RawCell(
            row, column, value, struck=struck, struck_part=part, link=link, **more
        )
    return sheet


def _about_xls(data: bytes) -> About:
    """What the properties of an .xls say, as far as they can be read: no answer depends on them."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            document = ole.get_metadata()
    except (OSError, ValueError, KeyError, IndexError):
        return About({}, "", "")
    names = ("title", "subject", "keywords", "author", "comments")
    properties = {
        name: text for name in names if (text := _text(getattr(document, name), document.codepage))
    }
    saved = document.last_saved_time
    stamp = (
        saved.replace(microsecond=0, tzinfo=None).isoformat() if isinstance(saved, datetime) else ""
    )
    return About(properties, _text(document.creating_application, document.codepage), stamp)


def _text(found: Any, page: int | None) -> str:
    if not isinstance(found, bytes):
        return found or ""
    # -535 is 65001, UTF-8, as the signed number of two bytes that the properties hold.
    try:
        return found.decode("utf-8" if page in {None, 65001, -535} else f"cp{page}", "replace")
    except LookupError:
        return found.decode("cp1252", "replace")


# Excel 5 and 95 call the stream `Book`; from Excel 97 on it is `Workbook`.
XLS = Format((".xls",), lambda contents: contents.has_stream("Workbook", "Book"), read_xls)
