"""An update workbook as it was sent, read from the file itself. Imports nothing of xlplan."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.once import once

PREFIX = "xlplan:"


@dataclass
class Issued:
    """Where things stand in one workbook that was sent: columns by id, rows by ref, what each input
    showed.
    """

    lead: str
    path: Path
    sheet: str = ""
    key: int = 0
    refs: list[str] = field(default_factory=list)
    shown: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass
class Table:
    """The table on a sheet as it stands now; rows and columns count from 1."""

    sheet: Any
    key: int
    header: int
    columns: dict[str, int]
    new_key: int
    new_columns: dict[str, int]

    @property
    def rows(self) -> list[int]:
        """Rows that hold a token, from the top."""
        token = self.columns["token"]
        last = self.new_key or max(row for row, _ in vars(self.sheet)["_cells"]) + 1
        return [row for row in range(self.header + 1, last) if self.sheet.cell(row, token).value]

    def row(self, ref: str) -> int:
        """The row of an action."""
        place = self.columns["ref"]
        return next(row for row in self.rows if str(self.sheet.cell(row, place).value) == ref)

    def cell(self, ref: str, name: str) -> Any:
        """The cell of an action in a column."""
        return self.sheet.cell(self.row(ref), self.columns[name])


def table_of(book: Any) -> Table:
    """The table of actions of an update workbook."""
    found = find_table(book)
    assert found is not None, "no table"
    return found


def find_table(book: Any) -> Table | None:
    """Find the table of actions by its hidden key row; None in a workbook that has none."""
    for sheet in book.worksheets:
        keyed: dict[int, dict[str, int]] = {}
        for (row, column), cell in sorted(vars(sheet)["_cells"].items()):
            if isinstance(cell.value, str) and cell.value.startswith(PREFIX):
                keyed.setdefault(row, {})[cell.value.removeprefix(PREFIX)] = column
        for row, names in keyed.items():
            if "token" in names and "rag" in names:
                new = next((other for other in keyed if other > row), 0)
                below = {
                    name.removeprefix("new."): column for name, column in keyed.get(new, {}).items()
                }
                return Table(sheet, row, row + 1, names, new, below)
    return None


def read_issued(lead: str, path: Path) -> Issued:
    """Read one workbook as it was sent."""
    issued = Issued(lead, path)
    fill_in(issued)
    return issued


def fill_in(issued: Issued) -> None:
    """Read what a workbook showed, where that has not been done yet."""
    if issued.key:
        return
    shown = _read(issued.path)
    issued.sheet, issued.key, issued.refs, issued.shown = (
        shown.sheet,
        shown.key,
        shown.refs,
        shown.shown,
    )


@once
def _read(path: Path) -> Issued:
    table = table_of(load_workbook(path))
    issued = Issued("", path, table.sheet.title, table.key)
    for row in table.rows:
        ref = str(table.sheet.cell(row, table.columns["ref"]).value)
        issued.refs.append(ref)
        for name, column in table.columns.items():
            issued.shown[ref, name] = str(table.sheet.cell(row, column).value or "")
    return issued
