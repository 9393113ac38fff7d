"""A story: a round of an example plan as it might go. Reads it, and fills in returns as its leads
would.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.kit.marks import KEY_PREFIX
from xlplan.workbook.returned.reading import RawRow, read_returned
from xlplan.workbook.update.layout import PROPOSAL_MARK

if TYPE_CHECKING:
    from openpyxl import Workbook


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StoryRound(_Closed):
    """The round that is played."""

    name: str
    return_by: str


class StoryReturn(_Closed):
    """What one lead sends back: cells by the row's ref and the column's id, and actions they
    propose.
    """

    lead: str
    file: str
    saved: datetime
    rows: list[dict[str, str]] = []
    propose: list[dict[str, str]] = []


class StoryDecision(_Closed):
    """What the officer decides on one cell."""

    ref: str
    field: str
    take: str
    note: str = ""


class Story(_Closed):
    """A whole round: when things happen, what comes back, what is decided."""

    plan: str
    officer: str
    started: datetime
    exported: datetime
    imported: datetime
    merged: datetime
    round: StoryRound
    returns: list[StoryReturn]
    decisions: list[StoryDecision] = []


def read_story(path: Path) -> Story:
    """A story from its TOML file."""
    return Story.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Filled:
    """A return as a lead's spreadsheet program saved it."""

    lead: str
    path: Path


def fill_in(workbook: Path, answer: StoryReturn, folder: Path) -> Filled:
    """Open a lead's update workbook, type what the lead says, and save it under the lead's own file
    name.
    """
    import openpyxl

    book = read_returned(open_spreadsheet(workbook))
    loaded = openpyxl.load_workbook(workbook)
    by_ref = {row.ref: row for row in book.rows}
    for answers in answer.rows:
        if answers["ref"] in by_ref:
            _type(loaded, by_ref[answers["ref"]], answers)
    _propose(loaded, answer.propose)
    path = folder / answer.file
    loaded.save(path)
    _stamp(path, answer.saved)
    return Filled(answer.lead, path)


def _propose(loaded: Workbook, proposals: list[dict[str, str]]) -> None:
    """Type proposed actions into the rows meant for them: they start two below the row of their
    column keys.
    """
    opening = f"{KEY_PREFIX}{PROPOSAL_MARK}."
    for sheet in loaded.worksheets:
        keys = {
            str(cell.value).removeprefix(opening): cell
            for row in sheet.iter_rows()
            for cell in row
            if str(cell.value or "").startswith(opening)
        }
        for place, answers in enumerate(proposals, start=2):
            for name, text in answers.items():
                if name in keys:
                    sheet[keys[name].coordinate].offset(row=place).value = text


def _type(loaded: Workbook, row: RawRow, answers: dict[str, str]) -> None:
    sheet = loaded[row.sheet]
    for column, text in answers.items():
        # A column that leads do not see this round has no cell.
        cell = row.cells.get(column)
        if column != "ref" and cell is not None:
            sheet[cell.name].value = text


def _stamp(path: Path, saved: datetime) -> None:
    """Make the file say when the story saved it: openpyxl always says now, and a demo run twice
    must be the same.
    """
    when = saved.strftime("%Y-%m-%dT%H:%M:%SZ")
    packed = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            # The time in the document's properties is what tells a newer return from an older one.
            if member.filename == "docProps/core.xml":
                text = re.sub(
                    r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{when}", data.decode("utf-8")
                )
                data = text.encode("utf-8")
            # The archive, too, stamps each of its members with the clock.
            info = zipfile.ZipInfo(member.filename, saved.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    path.write_bytes(packed.getvalue())
