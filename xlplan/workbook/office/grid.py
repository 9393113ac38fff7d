"""One sheet of the office's workbook as the reader walks it: rows with their contents, and merged
cells.
"""

from __future__ import annotations

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, Severity, finding
from xlplan.spreadsheets.cells import RawCell, Sheet, Spreadsheet
from xlplan.workbook.kit.marks import kind_of
from xlplan.workbook.office.headings import fold_heading

OURS = "xlplan:"
"""What a heading or key cell of our own starts with; such columns and rows are no part of the
office's layout.
"""


class Grid:
    """A sheet by rows: only cells that say something, and none of our own key cells."""

    def __init__(self, sheet: Sheet, file: str) -> None:
        self.sheet = sheet
        self.file = file
        self.name = sheet.name
        self._rows: dict[int, list[RawCell]] = {}
        self._folded: dict[str, str] = {}
        self.our_rows: set[int] = set()
        for place in sorted(sheet.cells):
            cell = sheet.cells[place]
            if _ours(cell):
                self.our_rows.add(cell.row)
            elif not cell.blank:
                self._rows.setdefault(cell.row, []).append(cell)
        self.last_row = max(self._rows, default=0)
        self._wide = {(top, left): right - left + 1 for top, left, _, right in sheet.merged}
        self._tall = {(top, left): bottom - top + 1 for top, left, bottom, _ in sheet.merged}
        self._tops = {
            (row, left): top
            for top, left, bottom, _ in sheet.merged
            # A column that somebody merged to its end has 1,048,576 rows.
            for row in range(top + 1, min(bottom, self.last_row) + 1)
        }

    @property
    def rows(self) -> list[int]:
        """Numbers of the rows that hold anything."""
        return list(self._rows)

    def content(self, row: int) -> list[RawCell]:
        """Cells of a row that say something, left to right."""
        return self._rows.get(row, [])

    def width(self, cell: RawCell) -> int:
        """How many columns a cell is merged over; 1 when it is not."""
        return self._wide.get((cell.row, cell.column), 1)

    def height(self, cell: RawCell) -> int:
        """How many rows a cell is merged over; 1 when it is not."""
        return self._tall.get((cell.row, cell.column), 1)

    def down(self, row: int, column: int) -> RawCell:
        """The cell there, or the one above that is merged down over it."""
        # Excel keeps what a merged range says in its first cell; the others are blank.
        return self.sheet.cell(self._tops.get((row, column), row), column)

    def folded(self, cell: RawCell) -> str:
        """A cell's text as headings are compared. Every row is looked at as if it were a header,
        many more than once; each text is folded once.
        """
        text = cell.as_text
        if text not in self._folded:
            self._folded[text] = fold_heading(text)
        return self._folded[text]

    def drop_columns(self, columns: set[int]) -> None:
        """Pass over some columns from now on: our own, which hold tokens."""
        for row, cells in list(self._rows.items()):
            rest = [cell for cell in cells if cell.column not in columns]
            if rest:
                self._rows[row] = rest
            else:
                del self._rows[row]

    def our_columns(self, rows: range) -> set[int]:
        """Columns whose heading in the header's rows is one of our own, such as `xlplan:token`."""
        return {
            column
            for (row, column), cell in self.sheet.cells.items()
            if row in rows and _ours(cell)
        }

    def at(self, cell: RawCell | None = None) -> Address:
        """The address of a cell; of the sheet when none is given."""
        return Address(self.file, self.name, cell.name if cell else "")


def in_a_master(book: Spreadsheet, grid: Grid) -> bool:
    """Whether a sheet is of a master workbook, by the document's subject or by a column of tokens.

    Copying a sheet to another workbook loses the subject; saving as .csv too.
    """
    return bool(grid.our_rows) or kind_of(book.properties.get("subject", "")) == "master"


def _ours(cell: RawCell) -> bool:
    return isinstance(cell.value, str) and cell.value.startswith(OURS)


def missing_sheet(
    book: Spreadsheet, name: str, file: str, severity: Severity = "warning"
) -> Finding:
    """The mapping names a sheet that is not there: an error where it is the plan's, a warning where
    it is one beside it.
    """
    sheets = ", ".join(f"'{sheet.name}'" for sheet in book.sheets)
    return finding("sheet-missing", at=Address(file), value=name, severity=severity, sheets=sheets)


def missing_header(
    grid: Grid, wanted: list[str], found: str = "none", severity: Severity = "warning"
) -> Finding:
    """No row of a sheet has the headings: an error in a table of the plan, a warning in one beside
    it.
    """
    names = ", ".join(f"'{name}'" for name in wanted)
    return finding(
        "header-missing",
        at=grid.at(),
        value=grid.name,
        severity=severity,
        wanted=names,
        found=found,
    )
