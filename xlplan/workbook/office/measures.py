"""Read the sheet of measures (KPIs): each with its number, unit, target and the section it belongs
to.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.model import Item, Plan
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import Value
from xlplan.spreadsheets.cells import RawCell, Spreadsheet
from xlplan.workbook.office.building import STEP, code_value, text_value
from xlplan.workbook.office.grid import Grid, missing_header, missing_sheet
from xlplan.workbook.office.lists import read_list


@dataclass(frozen=True, slots=True)
class OfficeMeasure:
    """One measure as its row says it, with the cells of its fields; `row` counts from 1."""

    item: Item
    row: int
    cells: dict[str, RawCell]


@dataclass(frozen=True, slots=True)
class MeasureList:
    """The list of measures of one sheet, and the row of its headings."""

    rows: tuple[OfficeMeasure, ...]
    header: int
    findings: tuple[Finding, ...] = ()


def list_measures(grid: Grid, mapping: PlanMapping, plan: Plan) -> MeasureList | None:
    """The measures of a sheet, each row an item by its place; None where the sheet has no such
    list.
    """
    found = read_list(grid, mapping.measures.headings) if mapping.measures else None
    if found is None or found.header is None:
        return None
    sections = _sections(plan)
    rows = (
        OfficeMeasure(_measure(number, row, sections), max(cell.row for cell in row.values()), row)
        for number, row in enumerate(found.rows, start=1)
    )
    return MeasureList(tuple(rows), found.header.row, found.findings)


def read_measures(book: Spreadsheet, mapping: PlanMapping, plan: Plan, file: str) -> list[Finding]:
    """Add every measure of the mapping's sheet to the plan; returns what is odd about them."""
    spec = mapping.measures
    if spec is None:
        return []
    sheet = book.sheet(spec.sheet)
    if sheet is None:
        return [missing_sheet(book, spec.sheet, file)]
    grid = Grid(sheet, file)
    found = list_measures(grid, mapping, plan)
    if found is None:
        return [missing_header(grid, [names[0] for names in spec.headings.values() if names])]
    findings = list(found.findings)
    for measure in found.rows:
        key = measure.item.key
        plan.items[key] = measure.item
        # Figures are often formulas: one that has nothing to count yet shows `#DIV/0!`.
        findings += [
            finding(
                "cell-error",
                at=grid.at(cell),
                key=key,
                field=name,
                value=cell.as_text,
                severity="warning",
            )
            for name, cell in measure.cells.items()
            if cell.error
        ]
    return findings


def _sections(plan: Plan) -> dict[str, str]:
    """Keys of sections by what people call them: ref or name."""
    named: dict[str, str] = {}
    for section in plan.sections:
        # West Sussex's KPIs give their objective by its number; others write its name.
        for name in (section.text("ref"), section.text("name")):
            if name:
                named.setdefault(fold_code(name), section.key)
    return named


def _measure(number: int, row: dict[str, RawCell], sections: dict[str, str]) -> Item:
    # Targets are words too: West Sussex has `a further 5%, then review ...`.
    values: dict[str, Value] = {
        name: text_value(cell.as_text.strip())
        for name, cell in row.items()
        if not cell.blank and not cell.error
    }
    if "section" in values:
        published = values["section"]
        values["section"] = code_value(sections.get(fold_code(published.text), ""))
        values["section_ref"] = published
    values["order"] = code_value(str(number * STEP))
    # By its place: KPIs may have no number, and West Sussex's 11 is three, a, b and c.
    return Item(
        f"m{number}", "measure", {name: value for name, value in values.items() if value.text}
    )
