"""Where a value stands: file, sheet, cell. Rows and columns count from 1, as in Excel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A cell, a row, a sheet or a file; parts that do not apply are empty."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """`Housing.xlsx, Update!H12`, with the parts that are known."""
        place = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
        return ", ".join(part for part in (self.file, place) if part)


def column_letters(column: int) -> str:
    """Column 1 is A, 27 is AA.

    Raises:
        ValueError: the column is below 1.
    """
    if column < 1:
        raise ValueError(f"columns count from 1, not {column}")
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Row 12, column 8 is H12."""
    return f"{column_letters(column)}{row}"
