"""Plain lists on further sheets: leads, measures, totals. A header somewhere, then a row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from xlplan.plan.findings.finding import Finding
from xlplan.spreadsheets.cells import RawCell, Sheet
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.header import Header, find_headers, missing_headings
from xlplan.workbook.office.headings import TableHeadings, listed_heading


@dataclass(frozen=True, slots=True)
class PlainList:
    """A list that was found: its rows as cells by field, and the headings that it lacks."""

    rows: tuple[dict[str, RawCell], ...]
    findings: tuple[Finding, ...] = ()
    header: Header | None = None


def turned(sheet: Sheet) -> Sheet:
    """A sheet with its rows as columns."""
    cells = (_other_way(cell) for cell in sheet.cells.values())
    merged = [(left, top, right, bottom) for top, left, bottom, right in sheet.merged]
    return replace(sheet, cells={(cell.row, cell.column): cell for cell in cells}, merged=merged)


def turned_back(found: PlainList) -> PlainList:
    """A list that was read on a turned sheet, its cells where they stand."""
    rows = ({name: _other_way(cell) for name, cell in row.items()} for row in found.rows)
    at = (replace(one, at=replace(one.at, cell="")) for one in found.findings)
    return PlainList(tuple(rows), tuple(at))


def _other_way(cell: RawCell) -> RawCell:
    return replace(cell, row=cell.column, column=cell.row)


Headings = Mapping[str, Sequence[str]]
"""Headings by field, with their other spellings; one may name what is merged above it: `Red >
Current`.
"""


def read_list(grid: Grid, headings: Headings, others: Iterable[Headings] = ()) -> PlainList | None:
    """Find the header with these headings, and read the rows below it; None when no row has them.

    Where a sheet holds other lists too, this one ends where the next of them begins.
    """
    wanted = _table_headings(headings)
    headers, _ = find_headers(grid, wanted)
    if not headers:
        return None
    starts = [
        header.row
        for other in others
        for header in find_headers(grid, _table_headings(other))[0][:1]
        if header.row > headers[0].row
    ]
    taken = {row for header in headers for row in header.rows}
    rows = _rows(grid, headers[0], taken, min(starts, default=grid.last_row + 1))
    # A table beside the plan may be incomplete: the plan is none the less whole.
    lacking = missing_headings(grid, headers[0], wanted, "warning")
    return PlainList(tuple(rows), tuple(lacking), headers[0])


def _table_headings(headings: Headings) -> TableHeadings:
    return TableHeadings(listed_heading(field, names) for field, names in headings.items() if names)


def _rows(grid: Grid, header: Header, headers: set[int], end: int) -> Iterator[dict[str, RawCell]]:
    for row in grid.rows:
        if not header.row < row < end or row in headers:
            continue
        cells = {field: grid.down(row, column) for field, column in header.columns.items()}
        if any(not cell.blank for cell in cells.values()):
            yield cells
