"""How much room a text takes in the type of our workbooks, so that no line is cut off and none is
wasted.
"""

from __future__ import annotations

from functools import lru_cache

LINE = 12.75
"""Points from one line of 10 point text to the next, as Excel counts them."""

# LibreOffice has no Calibri; its Carlito is as wide, letter by letter.
_LETTERS = {
    230: " 'il",
    240: "j",
    252: ",.’‘I·",
    268: ":;",
    307: "()[]f-`",
    335: "!{}Jt",
    349: "r",
    395: "sz/\\",
    423: 'cL"“”',
    455: "vxyk|",
    488: "agFSTYZE",
    507: "0123456789$£€e#*+<=>^_~–•",
    527: "bdhnopquPXK",
    550: "RBC",
    580: "VA",
    646: "DHGUN",
    690: "OQ&…",
    720: "w%",
    800: "m",
    860: "M",
    905: "W@—",
    1000: "?",
}
"""Advance widths of Calibri in thousandths of its size. What the code page lacks counts as a
question mark: as wide as a letter can be.
"""
_USUAL = 560
_UNIT = 4
_PIXELS = 96 / 72
_ROUNDED = 1.03
"""A screen draws each letter on whole pixels, which widens a line."""
_BOLD = 1.04
_MARGINS = 6
_INDENT = 9


def _table() -> bytes:
    widths = bytearray([_USUAL // _UNIT] * 256)
    for width, letters in _LETTERS.items():
        for byte in letters.encode("cp1252"):
            widths[byte] = -(-width // _UNIT)
    return bytes(widths)


_WIDTHS = _table()


def _units(text: str) -> int:
    return sum(text.encode("cp1252", "replace").translate(_WIDTHS))


_of_word = lru_cache(maxsize=1 << 14)(_units)


def pixels_of(text: str, *, size: float = 10.0, bold: bool = False) -> float:
    """Pixels that a text takes on one line."""
    return _units(text) * _per_unit(size, bold)


def lines_of(
    text: str, width: float, *, size: float = 10.0, bold: bool = False, indent: int = 1
) -> int:
    """Lines that a text takes when wrapped into a column of so many characters; at least one."""
    # Excel: 7 pixels for each character of a column's width, and 5 around them.
    room = max(7 * width + 5 - _MARGINS - _INDENT * indent, 7) / _per_unit(size, bold)
    return sum(_wrapped(paragraph, room) for paragraph in text.split("\n"))


def _per_unit(size: float, bold: bool) -> float:
    return _UNIT / 1000 * size * _PIXELS * _ROUNDED * (_BOLD if bold else 1.0)


def _wrapped(paragraph: str, room: float) -> int:
    """Lines of one paragraph; a word wider than the column is broken, as Excel breaks it."""
    if _units(paragraph) <= room:
        return 1
    lines, used, space = 1, 0.0, _WIDTHS[32]
    for word in paragraph.split():
        wide = _of_word(word)
        needed = used + space + wide if used else wide
        if needed <= room:
            used = needed
            continue
        lines += (1 if used else 0) + int(wide / room)
        used = wide % room
    return lines
