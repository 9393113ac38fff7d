"""Hold a mapping against a workbook: what each column and line is, which key found nothing, what is
passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xlplan.mapping.keys import opening_parts
from xlplan.mapping.model import PlanMapping, TableSpec
from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.workbook.office.grid import Grid, in_a_master
from xlplan.workbook.office.header import Header, find_headers, table_sheet
from xlplan.workbook.office.headings import TableHeadings, shown_heading
from xlplan.workbook.office.lines import RowTeller, TableRow, read_line


@dataclass(frozen=True, slots=True)
class MappingMatch:
    """One column or kind of line that was found: the cell where it first stands, what it says, what
    it is taken for.
    """

    sheet: str
    cell: str
    text: str
    what: str
    count: int = 1


@dataclass(slots=True)
class Matches:
    """What a mapping finds in a workbook, what of it finds nothing (key paths), and what of the
    workbook is ignored.

    `added` are fields that the workbook has no column for, and the mapping gives no heading of:
    columns to the right.
    """

    found: list[MappingMatch] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    ignored: list[MappingMatch] = field(default_factory=list)


def match_sheets(book: Spreadsheet, mapping: PlanMapping, name: str) -> Matches:
    """Hold a mapping against a workbook that is open; `name` is its file's."""
    matches = Matches()
    seen: set[str] = set()
    for number, table in enumerate(mapping.tables, start=1):
        sheet = table_sheet(book, table, mapping)
        if sheet is None:
            matches.unused.append(f"tables[{number}].sheet = '{table.sheet}'")
            continue
        grid = Grid(sheet, name)
        headings = TableHeadings.of_table(mapping, table, ours=in_a_master(book, grid))
        seen |= _match_table(grid, table, number, headings, matches)
    matches.unused += [
        f"fields.{key}.headings"
        for key, spec in mapping.fields.items()
        if spec.headings and key not in seen
    ]
    matches.added += _added(mapping, seen)
    matches.ignored += _other_sheets(book, mapping)
    return matches


def _added(mapping: PlanMapping, seen: set[str]) -> Iterator[str]:
    """Fields without headings and without a place in the text of another."""
    opened = {part for key in mapping.fields for part in opening_parts(mapping, key)}
    return (
        key
        for key, spec in mapping.fields.items()
        if not spec.headings and key not in seen | opened
    )


def _match_table(
    grid: Grid, table: TableSpec, number: int, headings: TableHeadings, matches: Matches
) -> set[str]:
    """Tell of one table's columns and lines; the keys of the fields that have a column."""
    headers, _ = find_headers(grid, headings)
    if not headers:
        matches.unused.append(f"tables[{number}]: no header row was found on '{grid.name}'")
        return set()
    first = headers[0]
    seen = _match_columns(grid, first, matches)
    if "action" in first.columns:
        rows = RowTeller(grid, table, headers, first.columns["action"]).rows()
        _match_rows(grid, table, number, rows, matches)
    return seen


def _match_columns(grid: Grid, header: Header, matches: Matches) -> set[str]:
    seen = set()
    for cell in header.cells:
        text = shown_heading(cell.heading, cell.under)
        if cell.owner is None or not header.reads(cell):
            matches.ignored.append(MappingMatch(grid.name, cell.cell.name, text, "column"))
            continue
        matches.found.append(MappingMatch(grid.name, cell.cell.name, text, cell.owner.column_field))
        seen.add(cell.owner.field)
    return seen


def _match_rows(
    grid: Grid, table: TableSpec, number: int, rows: list[TableRow], matches: Matches
) -> None:
    first: dict[str, TableRow] = {}
    counts: dict[str, int] = {}
    for row in rows:
        if row.role not in {"blank", "header"}:
            first.setdefault(row.role, row)
            counts[row.role] = counts.get(row.role, 0) + 1
    for role, row in first.items():
        cell = row.cell.name if row.cell else ""
        match = MappingMatch(grid.name, cell, row.text.partition("\n")[0][:60], role, counts[role])
        passed_over = role in {"ignore", "outside", "unknown", "unread"}
        (matches.ignored if passed_over else matches.found).append(match)
    texts = [
        row.text.replace("\t", " ") for row in rows if row.role not in {"blank", "header", "action"}
    ]
    for place, line in enumerate(table.lines, start=1):
        if not any(read_line(text, [line]) for text in texts):
            matches.unused.append(f"tables[{number}].lines[{place}].reads ({line.kind})")


def _other_sheets(book: Spreadsheet, mapping: PlanMapping) -> Iterator[MappingMatch]:
    lists = (*mapping.leads_sheets, mapping.measures, mapping.totals)
    specs = (*mapping.tables, *(spec for spec in lists if spec))
    named = {sheet.name for spec in specs if (sheet := book.sheet(spec.sheet))}
    if len(book.sheets) == len(mapping.tables) == 1:
        return
    # Offices keep old editions, minutes and drafts on further sheets of the same file.
    for sheet in book.sheets:
        if sheet.name not in named and sheet.cells:
            yield MappingMatch(sheet.name, "", f"{len(sheet.cells)} cells", "sheet")
