"""Find the table's header by its headings: anywhere on the sheet, in one row or two, repeated,
spelt differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from xlplan.mapping.keys import added_headings, fields_of
from xlplan.mapping.model import PlanMapping, TableSpec
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.text.likeness import near
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.office.grid import Grid, fold_heading

SEARCHED = 50
"""The header starts within this many rows of the sheet; repeats may stand anywhere below."""

ALIKE = 0.75
"""How alike a repeated heading must be to the first one in its column, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A heading that the mapping knows: of a field, or of a column with a field's earlier values
    (`point`).
    """

    field: str
    point: str
    headings: tuple[str, ...]
    under: str = ""
    optional: bool = False

    @property
    def column_field(self) -> str:
        """`rag`, or `rag:initial` for a history column."""
        return f"{self.field}:{self.point}" if self.point else self.field

    def fits(self, heading: str, under: str) -> bool:
        """Whether a heading, with what is merged over it, is this one."""
        if self.under and fold_heading(self.under) != fold_heading(under):
            return False
        return self.preference(heading) is not None

    def preference(self, heading: str) -> int | None:
        """The place of a heading among the mapping's spellings, 0 the best; None when it is none of
        them.
        """
        folded = [fold_heading(one) for one in self.headings]
        said = fold_heading(heading)
        return folded.index(said) if said in folded else None


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """One column's heading as it stands: its text, what is merged over it, and whose it is (None:
    nobody's).
    """

    column: int
    heading: str
    under: str
    cell: RawCell
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
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

    @property
    def columns(self) -> dict[str, int]:
        """Columns by field; `rag:initial` for a history column.

        Where two columns have a field's heading, a published one stands before one that we add,
        then the one spelt as the mapping has it first, else the left one.
        """
        wanted = [
            (
                cell.wanted.optional,
                cell.wanted.preference(cell.heading) or 0,
                cell.column,
                cell.wanted,
            )
            for cell in self.cells
            if cell.wanted
        ]
        found: dict[str, int] = {}
        for *_, column, one in sorted(wanted, key=lambda place: place[:3]):
            found.setdefault(one.column_field, column)
        return {
            cell.wanted.column_field: found[cell.wanted.column_field]
            for cell in self.cells
            if cell.wanted
        }

    @property
    def text(self) -> str:
        """All headings, a tab between columns; `under` and heading on two lines."""
        return "\t".join(
            f"{cell.under}\n{cell.heading}" if cell.under else cell.heading for cell in self.cells
        )


def wanted_headings(mapping: PlanMapping, table: TableSpec, *, ours: bool = False) -> list[Wanted]:
    """Every heading that a table may have: those published, and those that a master adds.

    A field without headings may stand in any table. Where the sheet is `ours`, so may a field
    that has headings: in an office's own sheet, a column with the heading of a field that the
    table's list leaves out is something else.
    """
    wanted: list[Wanted] = []
    for key, spec in fields_of(mapping, table).items():
        if spec.headings:
            wanted.append(Wanted(key, "", tuple(spec.headings), spec.under))
        wanted += [
            Wanted(key, point, tuple(names), optional=table.status == "completed")
            for point, names in spec.history.items()
        ]
    wanted += [
        Wanted(key, "", added_headings(mapping, key), optional=True)
        for key, spec in mapping.fields.items()
        if ours or not spec.headings
    ]
    # A column of the workbook comes before a field that only may have one, under its display name.
    return sorted(wanted, key=lambda one: one.optional)


def find_headers(grid: Grid, wanted: Sequence[Wanted]) -> tuple[list[Header], Header | None]:
    """All headers of the sheet from top to bottom, and the row that came nearest when there is
    none.

    The one with most headings says what the columns are; the first one may be spelt otherwise.
    """
    needed = [one for one in wanted if not one.optional]
    near = [header_at(grid, row, wanted) for row in grid.rows if row <= SEARCHED]
    best = max(near, key=lambda header: (_score(header), -header.row), default=None)
    if best is None or _score(best) < max(1, (len(needed) + 1) // 2):
        return [], best
    grid.drop_columns(grid.our_columns(best.rows))
    best = header_at(grid, best.row, wanted)
    first, *others = sorted([best, *_repeats(grid, best, wanted)], key=lambda header: header.row)
    return [first if first is best else _completed(first, best), *others], best


def _completed(first: Header, best: Header) -> Header:
    """A header whose columns are what a better one below it says."""
    known = {cell.column: cell.wanted for cell in best.cells if cell.wanted}
    cells = (replace(cell, wanted=known.get(cell.column)) for cell in first.cells)
    return replace(first, cells=tuple(cells))


def _score(header: Header) -> int:
    return len({cell.wanted for cell in header.cells if cell.wanted and not cell.wanted.optional})


def header_at(grid: Grid, row: int, wanted: Sequence[Wanted]) -> Header:
    """The row read as if it were a header."""
    unders = {fold_heading(one.under) for one in wanted if one.under}
    top = grid.content(row)
    groups = _groups(grid, row, unders)
    depth = 2 if groups else min(2, max((grid.height(cell) for cell in top), default=1))
    below = {cell.column: cell for cell in grid.content(row + 1)} if depth == 2 else {}
    own = {cell.column: cell for cell in top}
    cells = []
    for column in sorted({*own, *below}):
        group = groups.get(column)
        cell = (below.get(column) if group else None) or own.get(column) or below[column]
        under = group.as_text.strip() if group and cell is not group else ""
        heading = cell.as_text.strip()
        whose = next((one for one in wanted if one.fits(heading, under)), None)
        cells.append(HeadingCell(column, heading, under, cell, whose))
    return Header(row, depth, tuple(cells))


def _groups(grid: Grid, row: int, unders: set[str]) -> dict[int, RawCell]:
    """Which columns stand under a heading of several columns: merged over them, or named so by the
    mapping.
    """
    groups: dict[int, RawCell] = {}
    top = grid.content(row)
    below = {cell.column for cell in grid.content(row + 1)}
    for place, cell in enumerate(top):
        right = cell.column + grid.width(cell) - 1
        if right == cell.column and fold_heading(cell.as_text) in unders:
            right = (
                top[place + 1].column if place + 1 < len(top) else max(below, default=right) + 1
            ) - 1
        elif not (1 < grid.width(cell) <= max(len(top) + len(below) - 1, 1) and len(top) > 1):
            continue
        columns = [column for column in range(cell.column, right + 1) if column in below]
        groups.update(dict.fromkeys(columns, cell))
    return groups


def _repeats(grid: Grid, best: Header, wanted: Sequence[Wanted]) -> list[Header]:
    """Other rows that say the same headings, or nearly: below the header, or above it where they
    are spelt worse.
    """
    repeats: list[Header] = []
    headings = {cell.column: fold_heading(cell.heading) for cell in best.cells if cell.wanted}
    taken = set(best.rows)
    for row in grid.rows:
        if row in taken or len(grid.content(row)) < 2:
            continue
        again = header_at(grid, row, wanted)
        alike = [
            cell
            for cell in again.cells
            if cell.wanted or _alike(headings.get(cell.column), cell.heading)
        ]
        if len(alike) >= max(2, (len(headings) + 1) // 2) and len(alike) * 2 > len(again.cells):
            repeats.append(again)
            taken.update(again.rows)
    return repeats


def _alike(heading: str | None, said: str) -> bool:
    return (
        bool(heading) and SequenceMatcher(None, heading or "", fold_heading(said)).ratio() >= ALIKE
    )


def header_findings(
    grid: Grid, headers: Sequence[Header], wanted: Iterable[Wanted]
) -> list[Finding]:
    """Headings that are missing, stand twice, are nobody's, or differ where the header repeats,
    each at its cell.
    """
    wanted = list(wanted)
    first = headers[0]
    told = [*missing_headings(grid, first, wanted), *_unknown(grid, first)]
    for header in headers:
        told += _misplaced(grid, header, first, wanted)
    return told


def missing_headings(grid: Grid, header: Header, wanted: Iterable[Wanted]) -> list[Finding]:
    """Headings that the mapping knows and the header lacks, each with the nearest that nobody
    claims.
    """
    free = [cell.heading for cell in header.cells if cell.wanted is None]
    at = grid.at(header.cells[0].cell) if header.cells else grid.at()
    return [
        finding(
            "heading-missing",
            at=at,
            field=one.field,
            value=one.column_field,
            wanted=" or ".join(f"'{heading}'" for heading in one.headings),
            near=", ".join(
                f"'{free_one}'" for heading in one.headings[:1] for free_one in near(heading, free)
            )
            or "none",
        )
        for one in wanted
        if not one.optional and one.column_field not in header.columns
    ]


def _misplaced(
    grid: Grid, header: Header, first: Header, wanted: Sequence[Wanted]
) -> Iterator[Finding]:
    """Headings of a header that stand twice, or in another column than that of their field."""
    spelt = {
        cell.column: next(
            (one.column_field for one in wanted if one.fits(cell.heading, cell.under)), ""
        )
        for cell in header.cells
    }
    owners = {column: field for field, column in first.columns.items()}
    for cell in header.cells:
        field, owner = spelt[cell.column], owners.get(cell.column, "")
        if field == owner:
            continue
        name = (field or owner).partition(":")[0]
        if not field:
            if owner and not _near(cell, owner, wanted):
                yield finding(
                    "heading-differs",
                    at=grid.at(cell.cell),
                    field=name,
                    value=cell.heading,
                    name=owner,
                )
        elif spelt.get(first.columns.get(field, 0)) == field:
            yield finding("heading-twice", at=grid.at(cell.cell), field=name, value=cell.heading)
        elif field in first.columns:
            yield finding("heading-moved", at=grid.at(cell.cell), field=name, value=cell.heading)


def _near(cell: HeadingCell, owner: str, wanted: Sequence[Wanted]) -> bool:
    known = (heading for one in wanted if one.column_field == owner for heading in one.headings)
    return any(_alike(fold_heading(heading), cell.heading) for heading in known)


def _unknown(grid: Grid, header: Header) -> list[Finding]:
    return [
        finding("heading-unknown", at=grid.at(cell.cell), value=cell.heading)
        for cell in header.cells
        if cell.wanted is None
    ]
