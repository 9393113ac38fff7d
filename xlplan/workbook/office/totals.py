"""Reconcile the totals that the office publishes with the rows; say each difference at its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from xlplan.mapping.keys import rag_scale
from xlplan.mapping.model import PlanMapping, TotalsSheet
from xlplan.mapping.reading import Reading, as_typed
from xlplan.mapping.words import read_rating
from xlplan.plan.figures.further import PublishedTotal
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.model import Item, Plan
from xlplan.plan.rag import RagScale
from xlplan.plan.text.text import fold_code
from xlplan.spreadsheets.cells import RawCell, Sheet, Spreadsheet
from xlplan.workbook.office.grid import Grid, missing_header, missing_sheet
from xlplan.workbook.office.headings import fold_heading
from xlplan.workbook.office.lists import PlainList, read_list, turned, turned_back

Told = tuple[RawCell, str, PublishedTotal]
"""The cell of a published total, what it counts in words, and the total beside what the rows
give.
"""


def compare_totals(book: Spreadsheet, mapping: PlanMapping, plan: Plan, file: str) -> list[Finding]:
    """Each published total that the rows do not give. A sheet that cannot be read is a warning."""
    spec = mapping.totals
    if spec is None:
        return []
    sheet = book.sheet(spec.sheet)
    if sheet is None:
        # An office may circulate the plan without the sheet of its totals.
        return [missing_sheet(book, spec.sheet, file)]
    grid = Grid(sheet, file)
    found = _read(sheet, spec, mapping)
    if found is None:
        return [missing_header(grid, [names[0] for names in _headings(spec).values() if names])]
    return [replace(one, at=replace(one.at, file=file)) for one in found.findings] + [
        finding(
            "totals-differ",
            at=grid.at(cell),
            value=str(total.published),
            name=name,
            published=total.published,
            listed=total.listed,
        )
        for cell, name, total in _told(found.rows, spec, mapping, plan)
        if total.differs
    ]


def published_totals(book: Spreadsheet, mapping: PlanMapping, plan: Plan) -> list[PublishedTotal]:
    """Every total that the office published, each beside what the rows of `plan` give."""
    spec = mapping.totals
    sheet = book.sheet(spec.sheet) if spec else None
    found = _read(sheet, spec, mapping) if spec and sheet else None
    if spec is None or sheet is None or found is None:
        return []
    totals = _told(found.rows, spec, mapping, plan)
    return [replace(total, place=f"{sheet.name}!{cell.name}") for cell, _, total in totals]


def _headings(spec: TotalsSheet) -> dict[str, list[str]]:
    return {"rating": spec.rating, "count": spec.count, "section": spec.section, **spec.columns}


def _read(sheet: Sheet, spec: TotalsSheet, mapping: PlanMapping) -> PlainList | None:
    """The rows of a sheet of totals, which may lie either way: a row for each rating or section, or
    a column. None where neither fits.

    What lacks no heading is taken first; then what the ratings themselves head.
    """
    # Walsall's summary lies across: its ratings are headings, and their numbers one row.
    ways = [sheet, turned(sheet)]
    lists = [read_list(Grid(way, ""), _headings(spec)) for way in ways]
    lists = [
        found and _labelled(found, Grid(way, "")) for way, found in zip(ways, lists, strict=True)
    ]
    for way, found in zip(ways, lists, strict=True):
        if found and not found.findings:
            return found if way is sheet else turned_back(found)
    if not spec.columns:
        for way in ways:
            rows = _under_ratings(Grid(way, ""), spec, rag_scale(mapping))
            if rows:
                return PlainList(rows) if way is sheet else turned_back(PlainList(rows))
    return lists[0] or (turned_back(lists[1]) if lists[1] else None)


def _labelled(found: PlainList, grid: Grid) -> PlainList:
    """A list whose rows are called what stands at their left, where no heading says where their
    sections stand.
    """
    # A table that is turned has `Rating` in its corner, and no heading over its sections.
    if all("section" in row for row in found.rows) or not found.rows:
        return found
    rows = []
    for row in found.rows:
        number = next(iter(row.values())).row
        first = grid.content(number)[0]
        rows.append(row if first in row.values() else {"section": first, **row})
    labelled = all("section" in row for row in rows)
    findings = [one for one in found.findings if not (labelled and one.field == "section")]
    return PlainList(tuple(rows), tuple(findings), found.header)


def _under_ratings(
    grid: Grid, spec: TotalsSheet, scale: RagScale
) -> tuple[dict[str, RawCell], ...]:
    """The count below each rating of the row that names most of them: in the row that is called so,
    else in the only one of whole numbers.
    """
    named = {
        row: [cell for cell in grid.content(row) if read_rating(cell.as_text, scale).value]
        for row in grid.rows
    }
    header = max(named, key=lambda row: len(named[row]), default=0)
    if not header or len(named[header]) < 2:
        return ()
    called = {fold_heading(name) for name in spec.count}
    columns = [cell.column for cell in named[header]]
    whole = [
        row
        for row in grid.rows
        if row > header
        and any(_count(grid.sheet.cell(row, column)) is not None for column in columns)
        and not any(_is_share(grid.sheet.cell(row, column)) for column in columns)
    ]
    so_called = [row for row in whole if grid.folded(grid.content(row)[0]) in called]
    rows = so_called or whole
    if len(rows) != 1:
        return ()
    return tuple(
        {"rating": cell, "count": grid.sheet.cell(rows[0], cell.column)} for cell in named[header]
    )


def _is_share(cell: RawCell | None) -> bool:
    """Whether a cell says a part and no count: `17.24`, `50%`."""
    if cell is None or cell.blank:
        return False
    broken = isinstance(cell.value, float) and not cell.value.is_integer()
    return broken or "%" in cell.as_text


def _told(
    rows: Iterable[dict[str, RawCell]], spec: TotalsSheet, mapping: PlanMapping, plan: Plan
) -> Iterator[Told]:
    return (
        _by_section(rows, spec, mapping, plan) if spec.columns else _by_rating(rows, mapping, plan)
    )


TOTAL_WORDS = ("total", "all", "sum", "overall")
"""What the row of totals begins with, where it is not blank."""


def _by_rating(
    rows: Iterable[dict[str, RawCell]], mapping: PlanMapping, plan: Plan
) -> Iterator[Told]:
    """A row for each rating."""
    scale = rag_scale(mapping)
    for row in rows:
        published = _count(row.get("count"))
        read = read_rating(row["rating"].as_text, scale) if "rating" in row else Reading(None)
        if published is not None and read.value:
            code = read.value.text
            listed = _listed(plan.actions, code, scale)
            yield row["count"], f"of {code}", PublishedTotal("", code, published, listed, "")


def _by_section(
    rows: Iterable[dict[str, RawCell]], spec: TotalsSheet, mapping: PlanMapping, plan: Plan
) -> Iterator[Told]:
    """A row for each section, and maybe one for all of them."""
    scale = rag_scale(mapping)
    named = [
        (fold_code(section.text("ref")), fold_code(section.text("name")), section)
        for section in plan.sections
    ]
    for row in rows:
        label = fold_code(row["section"].as_text) if "section" in row else ""
        section = _section(label, named)
        # Sunderland's table ends with a row of `Totals`; others have notes below it.
        if section is None and label and not label.startswith(TOTAL_WORDS):
            continue
        # Percentages stand below the counts, or beside them.
        if any(_is_share(row.get(code)) for code in spec.columns):
            continue
        actions = [
            action
            for action in plan.actions
            if section is None or action.text("section") == section.key
        ]
        of = f"in section {section.text('ref') or section.text('name')}" if section else "in all"
        for code in spec.columns:
            published = _count(row.get(code))
            if published is not None:
                key, listed = section.key if section else "", _listed(actions, code, scale)
                yield row[code], f"of {code} {of}", PublishedTotal(key, code, published, listed, "")


def _section(label: str, named: Sequence[tuple[str, str, Item]]) -> Item | None:
    """The section that a row is about: by its ref or name, by its name within the text, by its ref
    in front (`Theme 2 totals`). `named` are sections with ref and name, all folded.
    """
    if not label:
        return None
    exact = (section for ref, name, section in named if label in {ref, name})
    within = (section for _, name, section in named if name and name in label)
    in_front = (
        section
        for ref, _, section in named
        if ref and re.match(rf"(\w+ )?{re.escape(ref)}(?![\w.]*\w)", label)
    )
    return next(chain(exact, within, in_front), None)


def _count(cell: RawCell | None) -> int | None:
    if cell is None or cell.blank or cell.error:
        return None
    text = as_typed(cell.value).strip()
    return int(text) if text.isdecimal() else None


def _listed(actions: Iterable[Item], code: str, scale: RagScale) -> int:
    """Actions with a rating; unrated ones that are completed count with the scale's closed
    rating.
    """
    closed = [rating.code for rating in scale.ratings if rating.kind == "closed"]
    # On Sunderland's sheet of completed actions some have no rating any more.
    return sum(
        action.text("rag") == code
        or (closed == [code] and not action.text("rag") and action.text("status") == "completed")
        for action in actions
    )
