"""Read a decisions workbook: the officer's answers, and whatever was written where no answer
stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from xlplan.spreadsheets.cells import RawCell, Spreadsheet
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.decisions.layout import COLUMNS, PREFIX, SHOWN, seal, unsealed
from xlplan.workbook.decisions.lines import unpacked
from xlplan.workbook.kit.marks import KEY_PREFIX, METADATA_SHEET
from xlplan.workbook.returned.marks import read_marks
from xlplan.workbook.returned.strays import listed, text_in
from xlplan.workbook.returned.tables import Lines, fold_heading

INPUTS = tuple(column.id for column in COLUMNS if column.prompt)
_HEADINGS = {fold_heading(column.heading): column.id for column in COLUMNS}
_NAMES = {column.id: column.heading for column in COLUMNS}
_OUR_COUNT = re.compile(r"\d+ of \d+ decided|Unnamed: \d+")
"""Our live count, and what pandas writes over columns without a heading."""

# A line that lost its code and seals is told as a whole: by all that it shows.
_OUR_NUMBER = re.compile(r"[A-Z]\d*")


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One line that the officer filled in.

    `said` is the choice as it was written, "" where only a value or a reason was. `shown` are the
    texts that tell the officer what the line is about, by column. `cell` is where the choice
    stands, `value_cell` and `reason_cell` where the others do; `fault` is the first that shows an
    error value.
    """

    id: str
    fingerprint: str
    said: str
    value: str
    reason: str
    sheet: str
    cell: str
    shown: Mapping[str, str] = field(default_factory=dict)
    value_cell: str = ""
    reason_cell: str = ""
    fault: RawCell | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """What was written where no answer stands; `name` is the heading of a locked cell that was
    changed.
    """

    kind: Literal["comment", "locked", "text", "sheet", "text box"]
    text: str
    sheet: str
    cell: str = ""
    name: str = ""


@dataclass(slots=True)
class ReadDecisions:
    """All that an officer wrote into a decisions workbook, and the plan that it says it is of."""

    plan: str = ""
    answers: list[ReadAnswer] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)


def read_decisions(source: Spreadsheet | Path) -> ReadDecisions | None:
    """What the officer wrote; None when this is no decisions workbook.

    Raises:
        Unreadable: a path that is no spreadsheet.
    """
    book = source if isinstance(source, Spreadsheet) else open_spreadsheet(source)
    tables = [
        _Table(Lines(sheet)) for sheet in book.sheets if sheet.name.casefold() != METADATA_SHEET
    ]
    if not any(table.columns for table in tables):
        return None
    read = ReadDecisions(plan=read_marks(book).metadata.get("plan", ""))
    for table in tables:
        read.answers += table.answers()
        read.asides += table.asides()
    return read


class _Table:
    """The lines of one sheet; no `columns` where it is somebody's own."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.columns, self.header = _columns(lines)
        self._ids = {place: name for name, place in self.columns.items()}
        self._sealed = any(self._seals(row) for row in lines.numbers if row > self.header)

    def answers(self) -> list[ReadAnswer]:
        """The lines that were filled in."""
        below = (row for row in self.lines.numbers if row > self.header)
        return [
            answer
            for row in below
            if self._is_line(row) and (answer := self._answer(row)) is not None
        ]

    def asides(self) -> list[Aside]:
        """What stands elsewhere: noted on cells, beside and below the lines, over what the workbook
        itself says.
        """
        name = self.lines.sheet.name
        # Where a cell is locked, officers write beside it: in a text box, a note, a sheet of their
        # own.
        boxes = [
            Aside("text box", box.text, name) for box in self.lines.sheet.drawn if box.text.strip()
        ]
        cells = [
            cell for row in self.lines.numbers for _, cell in sorted(self.lines.by_row[row].items())
        ]
        if not self.columns:
            texts = [text for cell in cells if (text := text_in(cell))]
            return [*boxes, *([Aside("sheet", listed(texts), name)] if texts else [])]
        notes = [
            Aside("comment", cell.comment, name, cell.name)
            for cell in cells
            if cell.comment.strip()
        ]
        found = [aside for cell in cells if not cell.blank and (aside := self._aside(cell))]
        return [*boxes, *notes, *found]

    def _text(self, row: int, name: str) -> str:
        place = self.columns.get(name)
        return _text(self.lines.sheet.cell(row, place)) if place else ""

    def _is_line(self, row: int) -> bool:
        return bool(self._text(row, "id"))

    def _seals(self, row: int) -> list[str]:
        return unsealed(self._text(row, "fingerprint"))[1]

    def _answer(self, row: int) -> ReadAnswer | None:
        cells = {name: self.lines.sheet.cell(row, place) for name, place in self.columns.items()}
        written, value, reason = (self._text(row, name) for name in INPUTS)
        if not (written or value or reason):
            return None
        return ReadAnswer(
            id=self._text(row, "id"),
            fingerprint=unpacked(unsealed(self._text(row, "fingerprint"))[0]),
            said=written,
            value=value,
            reason=reason,
            sheet=self.lines.sheet.name,
            cell=cells["choice"].name,
            shown={name: self._text(row, name) for name in SHOWN if name in self.columns},
            value_cell=_name(cells, "value"),
            reason_cell=_name(cells, "why"),
            fault=next(
                (cells[name] for name in INPUTS if name in cells and cells[name].faulty), None
            ),
        )

    def _aside(self, cell: RawCell) -> Aside | None:
        text, name = _text(cell), self._ids.get(cell.column, "")
        aside = Aside("text", text, self.lines.sheet.name, cell.name)
        if cell.row <= self.header:
            return None if self._heads(cell, text) else aside
        # Whoever collates two workbooks pastes the headings along.
        if name == "fingerprint" or (name and fold_heading(text) == fold_heading(_NAMES[name])):
            return None
        seals = dict(zip(SHOWN, self._seals(cell.row), strict=False))
        if name in seals:
            changed = seals[name] != seal(text)
            return (
                Aside("locked", text, self.lines.sheet.name, cell.name, _NAMES[name])
                if changed
                else None
            )
        ours = not self._sealed or _OUR_NUMBER.fullmatch(self._text(cell.row, "id"))
        told_as_answer = self._is_line(cell.row) and (
            name in {*INPUTS, "id"} or (name in SHOWN and ours)
        )
        return None if told_as_answer else aside

    def _heads(self, cell: RawCell, text: str) -> bool:
        """Whether a cell above the lines says what we wrote there."""
        seals = self._seals(cell.row)
        ours = (
            text.startswith(KEY_PREFIX)
            or fold_heading(text) in _HEADINGS
            or self._ids.get(cell.column) == "fingerprint"
        )
        counts = bool(cell.formula or _OUR_COUNT.fullmatch(text))
        first = cell.column == self.columns["id"] and cell.row < self.header and not self._sealed
        return ours or counts or first or seal(text) in seals


def _columns(lines: Lines) -> tuple[dict[str, int], int]:
    """Columns by id, and the row above the first line: by the key row, else by the headings."""
    for row in lines.numbers:
        keys = lines.keys(row)
        named = {
            key.removeprefix(PREFIX): place for key, place in keys.items() if key.startswith(PREFIX)
        }
        if {"id", "choice"} <= named.keys():
            below = next((number for number in lines.numbers if number > row), row)
            return _known(named), below if len(_headed(lines, below)) > 1 else row
    # pandas takes the first row for its headings and loses the hidden row of keys.
    for row in lines.numbers:
        named = _headed(lines, row)
        if {"id", "choice"} <= named.keys():
            return named, row
    return {}, 0


def _headed(lines: Lines, row: int) -> dict[str, int]:
    names = {
        _HEADINGS.get(fold_heading(cell.as_text)): place
        for place, cell in lines.by_row[row].items()
    }
    return {name: place for name, place in names.items() if name}


def _known(named: Mapping[str, int]) -> dict[str, int]:
    return {name: place for name, place in named.items() if name in _NAMES}


def _name(cells: Mapping[str, RawCell], name: str) -> str:
    return cells[name].name if name in cells else ""


def _text(cell: RawCell) -> str:
    return "" if cell.blank else cell.as_text.strip()
