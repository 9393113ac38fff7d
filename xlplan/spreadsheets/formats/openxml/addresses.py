"""Where a cell stands, as a workbook writes it: `H12`, `B2:C3`."""

from __future__ import annotations

import re

from xlplan.spreadsheets.formats.parts import Place

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def place_of(address: str) -> Place | None:
    """Row and column of `H12`, from 1; None where a sheet has no such cell."""
    found = _PLACE.fullmatch(address.strip())
    if not found:
        return None
    row, column = int(found[2]), column_of(found[1])
    return (row, column) if 1 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def column_of(letters: str) -> int:
    """The number of a column: `A` is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column of `B2:C3` or `B2`; None for what is no range
    of cells.
    """
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if not start or not end:
        return None
    (top, left), (bottom, right) = start, end
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)
