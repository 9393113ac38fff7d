"""Plain lists on further sheets: leads, measures, totals. A header somewhere, then a row each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlplan.workbook.cells import RawCell
from xlplan.workbook.office_grid import Grid
from xlplan.workbook.office_header import Header, Wanted, find_headers


@dataclass(frozen=True, slots=True)
class PlainList:
    """A list that was found: where its header stands, and its rows as cells by field."""

    header: Header
    rows: tuple[dict[str, RawCell], ...]


def read_list(grid: Grid, headings: Mapping[str, Sequence[str]]) -> PlainList | None:
    """Find the header with these headings (by field), and read the rows below it; None when no row has them.

    A heading may name the one merged above it: `Red > Current`. The list ends where another header begins.
    """
    wanted = [_wanted(field, tuple(names)) for field, names in headings.items() if names]
    headers, _ = find_headers(grid, wanted)
    if not headers:
        return None
    return PlainList(headers[0], tuple(_rows(grid, headers[0], {row for one in headers for row in one.rows})))


def _wanted(field: str, names: tuple[str, ...]) -> Wanted:
    under, found, _ = names[0].partition(" > ")
    if not found:
        return Wanted(field, "", names)
    return Wanted(field, "", tuple(name.partition(" > ")[2] for name in names), under)


def _rows(grid: Grid, header: Header, headers: set[int]) -> Iterator[dict[str, RawCell]]:
    for row in grid.rows:
        if row <= header.row or row in headers:
            continue
        cells = {field: grid.down(row, column) for field, column in header.columns.items()}
        if any(not cell.blank for cell in cells.values()):
            yield cells
