"""Find the table's header by its headings: anywhere on the sheet, in one row or several, repeated,
spelt differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from xlplan.mapping.model import PlanMapping, TableSpec
from xlplan.plan.findings.finding import Finding, Severity, finding
from xlplan.plan.text.likeness import in_order, near
from xlplan.spreadsheets.cells import RawCell, Sheet, Spreadsheet
from xlplan.workbook.office.grid import Grid, in_a_master
from xlplan.workbook.office.headings import SeenHeading, TableHeadings, fold_heading, header_text

SEARCHED = 50
"""The header starts within this many rows of the sheet; repeats may stand anywhere below."""

DEEPEST = 3
"""Rows that a header takes at most."""

ALIKE = 0.75
"""How alike a repeated heading must be to the first one in its column, 0 to 1."""


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """One column's heading as it stands: its text (`folded`, too), what is merged over it, and
    whose column it says it is (None: nobody's).
    """

    column: int
    heading: str
    folded: str
    under: str
    cell: RawCell
    owner: SeenHeading | None = None


@dataclass(frozen=True)
class Header:
    """One header on the sheet: its first row, how many rows it takes, and its columns from left to
    right.
    """

    row: int
    depth: int
    cells: tuple[HeadingCell, ...]

    @property
    def rows(self) -> range:
        """The rows that it takes."""
        return range(self.row, self.row + self.depth)

    @cached_property
    def columns(self) -> dict[str, int]:
        """Columns by field, left to right; `rag:initial` for a history column.

        Where two columns have a field's heading, a published one stands before one that we add,
        then the one spelt as the mapping has it first, else the left one.
        """
        owned = [(cell.owner, cell) for cell in self.cells if cell.owner]
        best: dict[str, tuple[bool, int, int]] = {}
        for owner, cell in owned:
            rank = (owner.optional, owner.place(cell.folded), cell.column)
            best[owner.column_field] = min(rank, best.get(owner.column_field, rank))
        return {field: column for field, (_, _, column) in best.items()}

    def reads(self, cell: HeadingCell) -> bool:
        """Whether the column of a heading is the one that its field is read from."""
        owner = cell.owner
        return owner is not None and self.columns[owner.column_field] == cell.column

    @property
    def text(self) -> str:
        """All its headings as the plan keeps them."""
        return header_text((cell.heading, cell.under) for cell in self.cells)


def find_headers(grid: Grid, headings: TableHeadings) -> tuple[list[Header], Header | None]:
    """All headers of the sheet from top to bottom, and the row that came nearest when there is
    none.

    The one with most headings says what the columns are; the first one may be spelt otherwise.
    """
    rows = [header_at(grid, row, headings) for row in grid.rows if row <= SEARCHED]
    best = max(rows, key=lambda header: (_score(header), -header.row), default=None)
    # Offices rename, add and drop columns between editions: half of the headings are enough.
    if best is None or _score(best) < max(1, (len(headings.published) + 1) // 2):
        return [], best
    grid.drop_columns(grid.our_columns(best.rows))
    best = header_at(grid, best.row, headings)
    first, *others = sorted([best, *_repeats(grid, best, headings)], key=lambda header: header.row)
    # Leicestershire's header stands above each section, spelt in another way from the second on.
    return [first if first is best else _completed(first, best), *others], best


def table_sheet(
    book: Spreadsheet, table: TableSpec, mapping: PlanMapping, *, known: bool = False
) -> Sheet | None:
    """The sheet of a table, None when there is none of its name.

    Of a workbook that is `known` to show the plan, also the only one that nothing else names and
    that has all its headings.
    """
    # A .csv is one sheet named after its file, whatever the mapping calls it.
    if len(book.sheets) == 1 and len(mapping.tables) == 1:
        return book.sheets[0]
    named = book.sheet(table.sheet)
    if named or not known:
        return named
    # `Plan` becomes `Plan January` when somebody copies it for the next board.
    lists = (*mapping.leads_sheets, mapping.measures, mapping.totals)
    specs = (*mapping.tables, *(spec for spec in lists if spec))
    taken = {sheet.name for spec in specs if (sheet := book.sheet(spec.sheet))}
    alike = [
        sheet
        for sheet in book.sheets
        if sheet.name not in taken and _has_the_headings(book, sheet, table, mapping)
    ]
    return alike[0] if len(alike) == 1 else None


def _has_the_headings(
    book: Spreadsheet, sheet: Sheet, table: TableSpec, mapping: PlanMapping
) -> bool:
    grid = Grid(sheet, "")
    ours = in_a_master(book, grid)
    headings = TableHeadings.of_table(mapping, table, ours=ours)
    headers, _ = find_headers(grid, headings)
    wanted = {heading.column_field for heading in headings.published}
    return bool(headers) and (bool(grid.our_rows) or wanted <= headers[0].columns.keys())


def plan_sheets(book: Spreadsheet, mapping: PlanMapping) -> set[str]:
    """Names of the sheets on which a table of the plan can be read."""
    found = ((table, table_sheet(book, table, mapping)) for table in mapping.tables)
    return {
        sheet.name
        for table, sheet in found
        if sheet and find_headers(Grid(sheet, ""), TableHeadings.of_table(mapping, table))[0]
    }


def _completed(first: Header, best: Header) -> Header:
    """A header whose columns are what a better one below it says."""
    known = {cell.column: cell.owner for cell in best.cells if cell.owner}
    cells = (replace(cell, owner=known.get(cell.column)) for cell in first.cells)
    return replace(first, cells=tuple(cells))


def _score(header: Header) -> int:
    return len({cell.owner for cell in header.cells if cell.owner and not cell.owner.optional})


def header_at(grid: Grid, row: int, headings: TableHeadings) -> Header:
    """The row, and those below that it groups, read as if they were a header."""
    groups = [_groups(grid, row, headings.groups)]
    # Sunderland's totals have the ratings over the colours, and those over two dates each.
    while groups[-1] and len(groups) < DEEPEST:
        lower = row + len(groups)
        further = _groups(grid, lower, headings.groups)
        texts = (isinstance(cell.value, str) for cell in grid.content(lower + 1))
        groups.append(further if further.keys() <= groups[-1].keys() and all(texts) else {})
    # Walsall has `References` over two headings; its others are merged down over both rows.
    tallest = max((grid.height(cell) for cell in grid.content(row)), default=1)
    depth = len(groups) if groups[0] else min(2, tallest)
    levels = [{cell.column: cell for cell in grid.content(row + n)} for n in range(depth)]
    cells = []
    for column in sorted({column for level in levels for column in level}):
        over, cell = _heading_in(column, levels, groups)
        under, folded = over.as_text.strip() if over else "", grid.folded(cell)
        owner = headings.named(folded, grid.folded(over) if over else "")
        cells.append(HeadingCell(column, cell.as_text.strip(), folded, under, cell, owner))
    return Header(row, depth, tuple(cells))


def _heading_in(
    column: int, levels: Sequence[dict[int, RawCell]], groups: Sequence[dict[int, RawCell]]
) -> tuple[RawCell | None, RawCell]:
    """The heading of a column, and the nearest one over several columns that it stands under."""
    stack = [level[column] for level in levels if column in level]
    over: RawCell | None = None
    for level, grouped in zip(levels, groups, strict=False):
        group = grouped.get(column)
        if group is None:
            cell = level.get(column) or stack[0]
            return (over if over is not cell else None), cell
        over = group
    return None, stack[-1]


def _groups(grid: Grid, row: int, unders: frozenset[str]) -> dict[int, RawCell]:
    """Which columns stand under a heading of several columns: merged over them, or named so by the
    mapping.
    """
    groups: dict[int, RawCell] = {}
    top = grid.content(row)
    below = {cell.column for cell in grid.content(row + 1)}
    for place, cell in enumerate(top):
        right = cell.column + grid.width(cell) - 1
        # A .csv has no merged cells: there the mapping's word tells a heading over several columns.
        if right == cell.column and grid.folded(cell) in unders:
            right = (
                top[place + 1].column if place + 1 < len(top) else max(below, default=right) + 1
            ) - 1
        # Titles and section lines are merged over the whole table: they head no group of columns.
        elif not (1 < grid.width(cell) <= max(len(top) + len(below) - 1, 1) and len(top) > 1):
            continue
        columns = [column for column in range(cell.column, right + 1) if column in below]
        groups.update(dict.fromkeys(columns, cell))
    return groups


def _repeats(grid: Grid, best: Header, headings: TableHeadings) -> list[Header]:
    """Other rows that say the same headings, or nearly: below the header, or above it where they
    are spelt worse.
    """
    repeats: list[Header] = []
    spelt = {cell.column: cell.folded for cell in best.cells if cell.owner}
    taken = set(best.rows)
    for row in grid.rows:
        if row in taken or len(grid.content(row)) < 2:
            continue
        again = header_at(grid, row, headings)
        alike = [
            cell
            for cell in again.cells
            if cell.owner or _alike(spelt.get(cell.column, ""), cell.folded)
        ]
        if len(alike) >= max(2, (len(spelt) + 1) // 2) and len(alike) * 2 > len(again.cells):
            repeats.append(again)
            taken.update(again.rows)
    return repeats


def _alike(heading: str, other: str) -> bool:
    return bool(heading) and in_order(heading, other, ALIKE) > 0


def header_findings(
    grid: Grid, headers: Sequence[Header], headings: TableHeadings
) -> list[Finding]:
    """Headings that are missing, stand twice, are nobody's, or differ where the header repeats,
    each at its cell.
    """
    first = headers[0]
    findings = [*missing_headings(grid, first, headings), *_unknown(grid, first)]
    for header in headers:
        findings += _misplaced(grid, header, first, headings)
    return findings


def missing_headings(
    grid: Grid, header: Header, headings: TableHeadings, severity: Severity = "error"
) -> list[Finding]:
    """Published headings that the header lacks, each with the nearest that nobody claims."""
    free = [cell.heading for cell in header.cells if cell.owner is None]
    at = grid.at(header.cells[0].cell) if header.cells else grid.at()
    return [
        finding(
            "heading-missing",
            at=at,
            severity=severity,
            field=heading.field,
            value=heading.column_field,
            wanted=" or ".join(f"'{spelling}'" for spelling in heading.spellings),
            near=", ".join(f"'{text}'" for text in near(heading.spellings[0], free)) or "none",
        )
        for heading in headings.published
        if heading.column_field not in header.columns
    ]


def _misplaced(
    grid: Grid, header: Header, first: Header, headings: TableHeadings
) -> Iterator[Finding]:
    """Headings of a header that stand twice, or in another column than that of their field."""
    # What a header says itself: the owners of a badly spelt first one were taken from a better one.
    says = {cell.column: _column_field(cell, headings) for cell in header.cells}
    owners = {column: field for field, column in first.columns.items()}
    for cell in header.cells:
        field, owner = says[cell.column], owners.get(cell.column, "")
        if field == owner:
            continue
        name = (field or owner).partition(":")[0]
        if not field:
            # Headings are typed anew where they repeat: `Tmescale` is a slip and no other column.
            if owner and not _near(cell, owner, headings):
                yield finding(
                    "heading-differs",
                    at=grid.at(cell.cell),
                    field=name,
                    value=cell.heading,
                    name=owner,
                )
        elif says.get(first.columns.get(field, 0)) == field:
            yield finding("heading-twice", at=grid.at(cell.cell), field=name, value=cell.heading)
        elif field in first.columns:
            yield finding("heading-moved", at=grid.at(cell.cell), field=name, value=cell.heading)


def _column_field(cell: HeadingCell, headings: TableHeadings) -> str:
    owner = headings.named(cell.folded, fold_heading(cell.under))
    return owner.column_field if owner else ""


def _near(cell: HeadingCell, owner: str, headings: TableHeadings) -> bool:
    spellings = (folded for heading in headings.of_column(owner) for folded in heading.folded)
    return any(_alike(folded, cell.folded) for folded in spellings)


def _unknown(grid: Grid, header: Header) -> list[Finding]:
    return [
        finding("heading-unknown", at=grid.at(cell.cell), value=cell.heading)
        for cell in header.cells
        if cell.owner is None
    ]
