"""One sheet of an .xlsx, read as a stream: its cells, merged ranges, hidden columns and links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from xlplan.spreadsheets.cells import Drawn, Sheet, Unreadable
from xlplan.spreadsheets.extras import address_of
from xlplan.spreadsheets.formats.openxml.addresses import (
    LAST_COLUMN,
    LAST_ROW,
    area_of,
    place_of,
)
from xlplan.spreadsheets.formats.openxml.cell_records import CellRecord, SharedByCells
from xlplan.spreadsheets.formats.openxml.formulas import moved
from xlplan.spreadsheets.formats.openxml.package import Relation
from xlplan.spreadsheets.formats.openxml.streaming import RELATION_IDS, Attributes
from xlplan.spreadsheets.formats.openxml.texts import TextReader, is_true
from xlplan.spreadsheets.formats.parts import Place

_MOST_COVERED = 300_000
"""The most cells that a workbook's merged ranges and links may cover: each is put on every one."""


class SheetReader(TextReader):
    """Reads a sheet into `sheet`, which gives its name. `related` is what its part relates to."""

    def __init__(
        self, sheet: Sheet, shared: SharedByCells, related: Mapping[str, Relation]
    ) -> None:
        self.sheet = sheet
        self._shared, self._related = shared, related
        self._cell = CellRecord()
        self._row_name = ""
        self._columns: dict[str, int] = {}
        self._formula: Attributes = {}
        self._formulas: dict[str, tuple[Place, str]] = {}
        self._links: dict[Place, str] = {}
        self._hidden: list[tuple[int, int]] = []
        super().__init__(
            {
                "row": self._start_row,
                "c": self._start_cell,
                "v": self.collect,
                "f": self._start_formula,
                "col": self._take_columns,
                "mergeCell": self._take_merge,
                "hyperlink": self._take_link,
            },
            {
                "c": self._end_cell,
                "v": self._end_value,
                "f": self._end_formula,
                "is": self._end_inline,
            },
        )

    def _start_row(self, attributes: Attributes) -> None:
        # Minimal writers name neither rows nor cells: each stands after the one before.
        written = attributes.get("r", "")
        cell = self._cell
        cell.row = int(written) if written.isdecimal() else cell.row + 1
        cell.column = 0
        self._row_name = str(cell.row)

    def _start_cell(self, attributes: Attributes) -> None:
        cell = self._cell
        cell.begin(attributes)
        address = attributes.get("r", "")
        if not address:
            cell.column += 1
            if cell.row > LAST_ROW or cell.column > LAST_COLUMN:
                raise _unplaced(f"{cell.column} of row {cell.row}")
            return
        # Nearly every cell stands in its row, and in a column that was met before.
        letters = address.removesuffix(self._row_name)
        if letters in self._columns:
            cell.column = self._columns[letters]
            return
        place = place_of(address)
        if place is None:
            raise _unplaced(address)
        if letters.isalpha() and place[0] == cell.row:
            self._columns[letters] = place[1]
        cell.row, cell.column = place

    def _end_value(self) -> None:
        self._cell.written = self.collected()

    def _start_formula(self, attributes: Attributes) -> None:
        self._formula = attributes
        self.collect(attributes)

    def _end_formula(self) -> None:
        """The formula with what Excel leaves out where it is filled down: then only the first cell
        has its text.
        """
        text, group, place = self.collected(), self._formula.get("si", ""), self._cell.place
        if self._formula.get("t") == "shared" and group:
            if text:
                self._formulas[group] = (place, text)
            elif group in self._formulas:
                start, shared = self._formulas[group]
                text = moved(shared, place[0] - start[0], place[1] - start[1])
        self._cell.formula = f"={text}"

    def _end_inline(self) -> None:
        self._cell.inline = self.text()

    def _end_cell(self) -> None:
        record, cells = self._cell, self.sheet.cells
        place = record.row, record.column
        if place in cells:
            raise _twice(cells[place].name)
        cell = record.read(self._shared)
        if not cell:
            return
        # Older programs are shown an error in the place of a picture.
        rich = record.rich(self._shared)
        if rich and rich.picture:
            self.sheet.drawn.append(Drawn(*place, "picture"))
        else:
            cells[place] = cell

    def _take_columns(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if is_true(attributes.get("hidden", "")) and first.isdecimal() and last.isdecimal():
            self._hidden.append((int(first), int(last)))

    def _take_merge(self, attributes: Attributes) -> None:
        area = area_of(attributes.get("ref", ""))
        if area and area[:2] != area[2:]:
            self._cover(area)
            self.sheet.merged.append(area)

    def _take_link(self, attributes: Attributes) -> None:
        area = area_of(attributes.get("ref", ""))
        if not area:
            return
        identity = next((attributes[name] for name in RELATION_IDS if name in attributes), "")
        related = self._related.get(identity)
        link = address_of(related.target if related else "", attributes.get("location", ""))
        self._cover(area)
        for place in _places(area):
            self._links[place] = link

    def _cover(self, area: tuple[int, int, int, int]) -> None:
        top, left, bottom, right = area
        self._shared.covered += (bottom - top + 1) * (right - left + 1)
        if self._shared.covered > _MOST_COVERED:
            raise Unreadable("file-unsafe", why="its merged cells or links cover whole sheets")

    def finish(self, notes: Mapping[Place, str]) -> None:
        """Put together what the part, and its notes, say of cells after them."""
        cells = self.sheet.cells
        under = {
            place: area[:2]
            for area in self.sheet.merged
            for place in _places(area)
            if place != area[:2]
        }
        # What stands under a merge is seen by nobody.
        for place in under:
            cells.pop(place, None)
        for place, link in self._links.items():
            first = under.get(place, place)
            if link and (first == place or first not in self._links):
                cells[first] = replace(self.sheet.cell(*first), link=link)
        for place, comment in notes.items():
            cells[place] = replace(self.sheet.cell(*place), comment=comment)
        self.sheet.hidden_columns = frozenset(_columns(self._hidden, self.sheet.last_column))


def _columns(ranges: list[tuple[int, int]], edge: int) -> Iterator[int]:
    """Each column of the ranges once, as far as the sheet holds anything."""
    # Whoever hides all columns beside the table hides them to the edge of the sheet.
    done = 0
    for first, last in sorted(ranges):
        yield from range(max(first, done + 1), min(last, edge) + 1)
        done = max(done, min(last, edge))


def _places(area: tuple[int, int, int, int]) -> Iterator[Place]:
    top, left, bottom, right = area
    return product(range(top, bottom + 1), range(left, right + 1))


def _unplaced(address: str) -> Unreadable:
    return Unreadable("file-not-spreadsheet", why=f"a sheet has no cell {address[:20]}")


def _twice(name: str) -> Unreadable:
    why = f"two of its cells are called {name}, and programs differ in which they show"
    return Unreadable("file-not-spreadsheet", why=why)
