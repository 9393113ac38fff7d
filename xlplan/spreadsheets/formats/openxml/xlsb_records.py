"""The records of an .xlsb [MS-XLSB], and the cells in them: values, errors, formulas that they are
some, what is struck through.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from xlplan.plan.values import RawValue
from xlplan.spreadsheets.cells import RawCell
from xlplan.spreadsheets.extras import struck_of
from xlplan.spreadsheets.number_formats import BUILT_IN, moment, shows_time

# Numbers of records and flags are those of [MS-XLSB], which Microsoft publishes.
Text = tuple[str, tuple[tuple[int, int], ...]]
"""A text, and from which letter on which font holds."""
ROW = 0
_BLANK, _PACKED, _ERROR, _TRUTH, _NUMBER, _TEXT, _SHARED = range(1, 8)
_FORMULAS = {8: _TEXT, 9: _NUMBER, 10: _TRUTH, 11: _ERROR}
# Cells that say no column, since they stand beside the one before; Excel reads them, and SheetJS
# writes them.
_SHORT = dict(zip(range(12, 19), range(1, 8), strict=True))
_RICH = 62
CELLS = {*range(1, 19), _RICH}
_FONT, _FORMAT, _SHAPE, _FIRST_SHAPE, _ITEM = 43, 44, 47, 617, 19
_STRIKES = 0x0008
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
# The length of a text that is not there, apart from one that is empty.
_NO_TEXT = 0xFFFFFFFF


@dataclass(slots=True)
class Content:
    """What one record holds, read from its beginning on.

    Its methods raise `struct.error` where it ends before what they look for.
    """

    data: bytes
    place: int = 0

    def numbers(self, shape: str) -> tuple[Any, ...]:
        """What stands next, by `struct`, without padding."""
        found = struct.unpack_from(f"<{shape}", self.data, self.place)
        self.place += struct.calcsize(f"<{shape}")
        return found

    def number(self, shape: str) -> Any:
        """The one number that stands next."""
        return self.numbers(shape)[0]

    def text(self) -> str:
        """A text with its length before it; "" for one that is not there."""
        length = self.number("I")
        if length == _NO_TEXT:
            return ""
        start, self.place = self.place, self.place + 2 * length
        if self.place > len(self.data):
            raise struct.error("a text is longer than its record")
        return self.data[start : self.place].decode("utf-16-le", "replace")

    def packed_number(self) -> float:
        """A number in four bytes: a whole one or the upper half of a fraction, times a hundred or
        not.
        """
        packed = self.number("i")
        number = (
            float(packed >> 2)
            if packed & 2
            else struct.unpack("<d", struct.pack("<q", (packed & ~3) << 32))[0]
        )
        return number / 100 if packed & 1 else number


def records(data: bytes) -> Iterator[tuple[int, Content]]:
    """The records of a part: each one's kind and content."""
    place = 0
    while place < len(data):
        kind, place = _packed(data, place, 2)
        size, place = _packed(data, place, 4)
        if place + size > len(data):
            raise struct.error("a record is longer than its part")
        yield kind, Content(data[place : place + size])
        place += size


def _packed(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of up to `most` bytes, the last of which is below 128."""
    number = 0
    for step in range(most):
        if place >= len(data):
            raise struct.error("a record has no end")
        byte, place = data[place], place + 1
        number |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            break
    return number, place


@dataclass(slots=True)
class Book:
    """What all sheets share: texts, fonts that strike, and for each style its number format and
    font.
    """

    texts: list[Text] = field(default_factory=list)
    striking: set[int] = field(default_factory=set)
    shapes: list[tuple[str, int]] = field(default_factory=list)
    since_1904: bool = False

    def read_texts(self, part: bytes) -> None:
        """Take up the shared texts."""
        self.texts = [_rich(content) for kind, content in records(part) if kind == _ITEM]

    def read_styles(self, part: bytes) -> None:
        """Take up fonts, number formats, and the styles of cells that name them."""
        formats = dict(BUILT_IN)
        fonts, of_cells = 0, False
        for kind, content in records(part):
            if kind == _FONT:
                if content.numbers("HH")[1] & _STRIKES:
                    self.striking.add(fonts)
                fonts += 1
            elif kind == _FORMAT:
                number = content.number("H")
                formats[number] = content.text()
            # Styles of styles stand before those of cells, in records of the same kind.
            elif kind == _FIRST_SHAPE:
                of_cells = True
            elif kind == _SHAPE and of_cells:
                _, number, font = content.numbers("HHH")
                code = formats.get(number, "")
                self.shapes.append(("" if code == "General" else code, font))

    def shape(self, style: int) -> tuple[str, int]:
        """The number format and the font of a style."""
        return self.shapes[style] if style < len(self.shapes) else ("", 0)


def _rich(content: Content) -> Text:
    flags = content.number("B")
    text = content.text()
    count = content.number("I") if flags & 1 else 0
    return text, tuple(
        (start, font) for start, font in (content.numbers("HH") for _ in range(count))
    )


@dataclass(slots=True)
class XlsbCells:
    """Reads cells in the order of their records, since some say only that they stand beside the one
    before.
    """

    book: Book
    row: int = 0
    column: int = 0

    def read(self, kind: int, content: Content) -> RawCell | None:
        """The cell of a record; None for one that holds nothing."""
        if kind not in _SHORT:
            self.column = content.number("I")
        self.column += 1
        style = content.number("I") & 0xFFFFFF
        plain = _SHORT.get(kind, _FORMULAS.get(kind, kind))
        value, runs = self._value(plain, content)
        # A formula of a truth counts as the truth: LibreOffice saves every one as =TRUE().
        is_formula = kind in _FORMULAS and plain != _TRUTH
        if value in (None, "") and not is_formula:
            return None
        written, font = self.book.shape(style)
        struck, part = struck_of(self._pieces(str(value), runs, font))
        return RawCell(
            self.row,
            self.column,
            self._dated(value, written),
            formula="=" if is_formula else "",
            error=plain == _ERROR,
            struck=struck,
            struck_part=part,
            number_format=written,
        )

    def _value(self, kind: int, content: Content) -> tuple[RawValue, Iterable[tuple[int, int]]]:
        if kind == _SHARED:
            place = content.number("I")
            return self.book.texts[place] if place < len(self.book.texts) else (None, ())
        if kind == _RICH:
            return _rich(content)
        if kind == _TEXT:
            return content.text(), ()
        if kind == _ERROR:
            return _ERRORS.get(content.number("B"), "#ERROR!"), ()
        if kind == _TRUTH:
            return bool(content.number("B")), ()
        if kind in {_PACKED, _NUMBER}:
            number = content.packed_number() if kind == _PACKED else content.number("d")
            return (int(number) if number.is_integer() and abs(number) < 1e15 else number), ()
        return None, ()

    def _pieces(
        self, text: str, runs: Iterable[tuple[int, int]], font: int
    ) -> list[tuple[str, bool]]:
        """The text in pieces, each struck through or not."""
        starts = [(0, font), *runs]
        ends = [start for start, _ in starts[1:]] + [len(text)]
        return [
            (text[start:end], font in self.book.striking)
            for (start, font), end in zip(starts, ends, strict=True)
        ]

    def _dated(self, value: RawValue, written: str) -> RawValue:
        """A number that its cell shows as a date is one."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not shows_time(written):
            return value
        try:
            return moment(value, written, since_1904=self.book.since_1904)
        except (OverflowError, ValueError):
            return value
