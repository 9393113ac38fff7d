"""Read the office's own workbook through its mapping into a plan."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from xlplan.mapping.checking import Context
from xlplan.mapping.keys import rag_scale, table_name
from xlplan.mapping.model import PlanMapping, TableSpec
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.leads.reading import LeadKey
from xlplan.plan.model import Plan
from xlplan.plan.status import settle
from xlplan.plan.values import BLANK, Value
from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.office.building import PlanBuilder, code_value, seeds_of
from xlplan.workbook.office.cells import ActionRead, ActionReader, Remark
from xlplan.workbook.office.checks import check_between_cells
from xlplan.workbook.office.grid import (
    Grid,
    in_a_master,
    missing_header,
    missing_sheet,
)
from xlplan.workbook.office.header import Header, find_headers, header_findings, table_sheet
from xlplan.workbook.office.headings import TableHeadings
from xlplan.workbook.office.leads import lead_items, read_lead_key
from xlplan.workbook.office.lines import RowTeller, ShownRows
from xlplan.workbook.office.measures import read_measures
from xlplan.workbook.office.refs import place_by_ref, settle_refs
from xlplan.workbook.office.totals import compare_totals

LEAD_FIELDS = ("leads", "accountable", "responsible")


@dataclass(slots=True)
class Seed:
    """Earlier values of one field from the source: (point, item key) to value; points oldest
    first.
    """

    field: str
    points: list[str]
    values: dict[tuple[str, str], Value] = dataclasses.field(default_factory=dict)


@dataclass(slots=True)
class OfficePlan:
    """What the workbook says: the plan, its seeded history, the key to leads, and everything odd
    with its cell.
    """

    plan: Plan
    seeds: list[Seed]
    leads: LeadKey
    findings: list[Finding]
    at: dict[str, dict[str, Address]] = dataclasses.field(default_factory=dict)
    """Where each action's fields stand, by key and field."""
    given: frozenset[str] = frozenset()
    """Keys of actions whose refs no cell says: they were given by reading, and tell no action from
    another.
    """
    lines: dict[str, Address] = dataclasses.field(default_factory=dict)
    """Where full-width lines stand, by key."""


def read_office_workbook(path: Path, mapping: PlanMapping) -> OfficePlan:
    """Read titles, sections, requirements, actions, measures, leads and layout.

    Item keys are unique, and stable for one file.

    Raises:
        Unreadable: the file is no spreadsheet; what is wrong inside one is a finding of severity
        error.
    """
    return read_office_sheets(open_spreadsheet(path), mapping, path.name)


def read_office_sheets(
    book: Spreadsheet, mapping: PlanMapping, name: str, shown: ShownRows | None = None
) -> OfficePlan:
    """Read a workbook that is open. `shown` tells the rows of one that shows a plan already; `name`
    is its file's.
    """
    leads, findings = read_lead_key(book, mapping, name)
    builder = PlanBuilder(mapping, Context(leads, by_name=False))
    builder.findings += findings
    for table in mapping.tables:
        _take_table(book, table, builder, name, shown)
    builder.say_astray()
    settle_refs(builder)
    # Kent's A9.1 and A10.1 stand above the row that says A9 and A10.
    if mapping.requirement_by == "ref":
        place_by_ref(builder)
    _settle_statuses(builder)
    check_between_cells(builder)
    builder.findings += read_measures(book, mapping, builder.plan, name)
    builder.findings += compare_totals(book, mapping, builder.plan, name)
    builder.plan.items.update({item.key: item for item in lead_items(leads)})
    seeds = [Seed(name, points, values) for name, points, values in seeds_of(builder)]
    at = {key: read.at for key, read in builder.reads.items()}
    return OfficePlan(
        builder.plan, seeds, leads, _worded(builder), at, frozenset(builder.given), builder.lines
    )


def _take_table(
    book: Spreadsheet, table: TableSpec, builder: PlanBuilder, file: str, shown: ShownRows | None
) -> None:
    sheet = table_sheet(book, table, builder.mapping, known=shown is not None)
    if sheet is None:
        builder.findings.append(missing_sheet(book, table.sheet, file, "error"))
        return
    grid = Grid(sheet, file)
    if book.sheet(table.sheet) is None and len(book.sheets) > 1:
        builder.findings.append(
            finding("sheet-renamed", at=grid.at(), value=sheet.name, name=table.sheet)
        )
    ours = in_a_master(book, grid)
    headings = TableHeadings.of_table(builder.mapping, table, ours=ours)
    headers, nearest_row = find_headers(grid, headings)
    if not headers:
        found = ", ".join(f"'{cell.heading}'" for cell in nearest_row.cells) if nearest_row else ""
        needed = [heading.spellings[0] for heading in headings.published]
        builder.findings.append(missing_header(grid, needed, found or "nothing", "error"))
        return
    builder.findings += header_findings(grid, headers, headings)
    if "action" in headers[0].columns:
        _take_rows(grid, table, headers, builder, shown)


def _take_rows(
    grid: Grid,
    table: TableSpec,
    headers: list[Header],
    builder: PlanBuilder,
    shown: ShownRows | None,
) -> None:
    columns = headers[0].columns
    rows = RowTeller(grid, table, headers, columns["action"], shown).rows()
    actions = [row.row for row in rows if row.role == "action"]
    # Kent merges a requirement down beside its actions.
    merged = {
        column
        for column in columns.values()
        if any(grid.down(row, column).row != row for row in actions)
    }
    builder.take_columns(table_name(table), headers[0], merged)
    builder.take_rows(
        grid, table, rows, ActionReader(grid, builder.mapping, builder.context, headers[0])
    )
    if not actions:
        builder.findings.append(finding("table-empty", at=grid.at(), value=grid.name))


def _settle_statuses(builder: PlanBuilder) -> None:
    """Settle what each action is, and say where a rating or a lead is missing."""
    scale, new_refs = rag_scale(builder.mapping), tuple(builder.mapping.new_refs)
    remarks = {
        (remark.key, remark.field) for remark in builder.findings if isinstance(remark, Remark)
    }
    for key, read in builder.reads.items():
        action = builder.plan.items[key]
        ref, rag = action.text("ref"), action.text("rag")
        # Sunderland's 4.12 stands on the sheet of completed actions without a rating.
        status = settle(ref, rag, builder.tables[key].status, scale, new_refs)
        action.values["status"] = code_value(status)
        _say_missing(builder, key, read, rag_told=(key, "rag") in remarks)


def _say_missing(builder: PlanBuilder, key: str, read: ActionRead, *, rag_told: bool) -> None:
    action, at = builder.plan.items[key], read.at
    status = action.text("status")
    # Sunderland's new actions are not rated yet; Walsall's nine blank ratings are missing.
    if "rag" in at and not action.text("rag") and status != "new" and not rag_told:
        builder.say(key, "rag", "rag-blank")
    # Kent has an accountable and a responsible lead; some of its actions name only one of them.
    leads = [name for name in LEAD_FIELDS if name in at]
    if (
        leads
        and status in {"open", "new"}
        and not any(action.values.get(name, BLANK) for name in leads)
    ):
        builder.say(key, leads[0], "lead-blank")


def _worded(builder: PlanBuilder) -> list[Finding]:
    """Everything said, in words; refs are known by now."""
    items = builder.plan.items
    return [
        remark.finding(items[remark.key].text("ref")) if isinstance(remark, Remark) else remark
        for remark in builder.findings
    ]
