"""Plain lists on further sheets: leads, measures, totals. A header somewhere, then a row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlplan.plan.findings.finding import Finding
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.header import Header, find_headers, missing_headings
from xlplan.workbook.office.headings import TableHeadings, listed_heading


@dataclass(frozen=True, slots=True)
class PlainList:
    """A list that was found: its rows as cells by field, and the headings that it lacks."""

    rows: tuple[dict[str, RawCell], ...]
    findings: tuple[Finding, ...] = ()
    header: Header | None = None


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
    return PlainList(tuple(rows), tuple(missing_headings(grid, headers[0], wanted)), headers[0])


def _table_headings(headings: Headings) -> TableHeadings:
    return TableHeadings(listed_heading(field, names) for field, names in headings.items() if names)


def _rows(grid: Grid, header: Header, headers: set[int], end: int) -> Iterator[dict[str, RawCell]]:
    for row in grid.rows:
        if not header.row < row < end or row in headers:
            continue
        cells = {field: grid.down(row, column) for field, column in header.columns.items()}
        if any(not cell.blank for cell in cells.values()):
            yield cells
