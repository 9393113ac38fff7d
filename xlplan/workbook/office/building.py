"""Build the plan from the rows of its tables: sections, requirements, actions and the published
layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xlplan.mapping.checking import Context
from xlplan.mapping.keys import COLUMN_FIELDS, points, table_name, tells_sections
from xlplan.mapping.model import PlanMapping, TableSpec
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.model import Item, ItemKind, Plan
from xlplan.plan.text.text import clean, fold_code, same_text
from xlplan.plan.values import BLANK, Value
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.office.cells import ActionRead, ActionReader, Remark
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.header import Header
from xlplan.workbook.office.lines import TableRow

KEPT = frozenset({"unread", "outside", "ignore"})
"""Rows that are no part of the plan, and stay in the office's layout."""

NOTES = 5
"""More cells of one column that stand under no heading are a column."""

STEP = 1000
"""The step between the orders of two published rows; new rows find room between."""


def text_value(text: str) -> Value:
    """A value of free text."""
    return Value(clean(text), same_text(text))


def code_value(text: str) -> Value:
    """A value of a system field: a key, a role, a number."""
    return Value(text, text)


@dataclass(frozen=True, slots=True)
class Here:
    """Where the reader stands: the section and requirement that the next action belongs to, "" for
    none.
    """

    section: str = ""
    requirement: str = ""


@dataclass(slots=True)
class PlanBuilder:
    """Collects the plan while tables are read. `said` waits for refs, `findings` is worded already.

    `given` are the keys of actions whose refs no cell says; `lines` says where full-width lines
    stand.
    """

    mapping: PlanMapping
    context: Context
    plan: Plan = field(default_factory=Plan)
    findings: list[Finding | Remark] = field(default_factory=list)
    reads: dict[str, ActionRead] = field(default_factory=dict)
    tables: dict[str, TableSpec] = field(default_factory=dict)
    earlier: dict[tuple[str, str, str], Value] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    lines: dict[str, Address] = field(default_factory=dict)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)
    _counts: Counter[ItemKind] = field(default_factory=Counter)
    _order: int = 0
    _lines_lost: bool = False
    _strays: list[Finding] = field(default_factory=list)
    _beside: dict[int, list[RawCell]] = field(default_factory=dict)
    _astray: list[tuple[str, Address]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._add("plan", "plan", title=text_value(self.mapping.plan.title))

    def _add(self, key: str, kind: ItemKind, /, **values: Value) -> Item:
        item = Item(key, kind, {name: value for name, value in values.items() if value.text})
        self.plan.items[key] = item
        self._counts[kind] += 1
        return item

    def _next(self, letter: str, kind: ItemKind) -> str:
        return f"{letter}{1 + self._counts[kind]}"

    def take_columns(self, name: str, header: Header, merged: set[int]) -> None:
        """The columns of a table as items; `down` says that cells are merged down over several
        actions.
        """
        for number, cell in enumerate(header.cells, start=1):
            # An office's own column may be headed like one that a master adds, or like another.
            owner = cell.owner if header.reads(cell) else None
            spec = self.mapping.fields[owner.field] if owner and not owner.point else None
            self._add(
                self._next("c", "column"),
                "column",
                table=text_value(name),
                field=code_value(owner.column_field if owner else ""),
                heading=text_value(cell.heading),
                under=text_value(cell.under),
                order=code_value(str(number)),
                width=code_value(str(spec.width) if spec and spec.width else ""),
                down=code_value("yes" if cell.column in merged else ""),
            )

    def take_rows(
        self, grid: Grid, table: TableSpec, rows: Sequence[TableRow], reader: ActionReader
    ) -> None:
        """The rows of one table, top to bottom."""
        name = table_name(table)
        here = Here(self._section("", table.section)) if table.section else Here()
        for row in rows:
            self._order += STEP
            if row.role == "action":
                here = self._action(grid, table, row, reader, here)
            elif row.role in KEPT:
                self._kept(grid, name, row, reader)
            else:
                here = self._line(grid, name, row, here)
        self._say_beside(grid)

    def _kept(self, grid: Grid, table: str, row: TableRow, reader: ActionReader) -> None:
        """A row that is no part of the plan: a line of its cells, so that the master has it as it
        stands.
        """
        if row.role != "ignore":
            code = "row-unread" if row.role == "unread" else "note-outside"
            self._strays.append(finding(code, at=grid.at(row.cell), value=row.text))
        self._add(
            self._next("l", "line"),
            "line",
            table=text_value(table),
            role=code_value(row.role),
            text=text_value(reader.cells_of(row.row)),
            order=code_value(str(self._order)),
        )

    def _line(self, grid: Grid, name: str, row: TableRow, here: Here) -> Here:
        role = row.role
        if role == "unknown":
            self.findings.append(finding("line-unknown", at=grid.at(row.cell), value=row.text))
            self._lines_lost = True
            role = "section.note"
        elif role == "section":
            here = Here(self._section(row.ref, row.name))
        elif role == "requirement":
            here = Here(here.section, self._requirement(row.ref, row.name, here.section))
        elif role in {"section.lead", "section.outcome"} and here.section:
            # Walsall has `Theme Lead: ...` and `Outcomes: ...` below the line of a theme.
            self._tell_section(here.section, role.removeprefix("section."), row.name)
        key = self._next("l", "line")
        if row.cell is not None:
            self.lines[key] = grid.at(row.cell)
        self._add(
            key,
            "line",
            table=text_value(name),
            role=code_value(role),
            text=text_value(row.text),
            section=code_value(here.section if role not in {"title", "footnote"} else ""),
            order=code_value(str(self._order)),
        )
        return here

    def _section(self, ref: str, name: str) -> str:
        """The key of the section with this ref, or of this name where it has none."""
        # Sunderland's sheet of completed actions has `Priority 3` too: one section, two sheets.
        place = ("section", fold_code(ref or name))
        if place not in self._names:
            self._names[place] = self._next("s", "section")
            self._named(self._names[place], "section", ref, name)
        section = self.plan.items[self._names[place]]
        if name and not section.get("name"):
            section.values["name"] = text_value(name)
        return section.key

    def _requirement(self, ref: str, name: str, section: str) -> str:
        place = (f"requirement of {section}", fold_code(ref or name))
        if place not in self._names:
            self._names[place] = self._next("q", "requirement")
            self._named(self._names[place], "requirement", ref, name, section)
        return self._names[place]

    def _named(self, key: str, kind: ItemKind, ref: str, name: str, section: str = "") -> None:
        self._add(
            key,
            kind,
            ref=Value(ref, fold_code(ref)),
            name=text_value(name),
            section=code_value(section),
            order=code_value(str(self._order)),
        )

    def _tell_section(self, section: str, field_name: str, text: str) -> None:
        """Add a lead or outcome to a section; a second line of the same kind stands below the
        first.
        """
        values = self.plan.items[section].values
        before = values.get(field_name, BLANK).text
        if same_text(text) not in same_text(before):
            values[field_name] = text_value(f"{before}\n{text}" if before else text)

    def _action(
        self, grid: Grid, table: TableSpec, row: TableRow, reader: ActionReader, here: Here
    ) -> Here:
        key = self._next("a", "action")
        read = reader.read(row.row, key)
        here = self._by_columns(read, here)
        self.findings += read.said
        if not here.section and not self._lines_lost and tells_sections(self.mapping):
            self._astray.append((key, grid.at(row.cell)))
        self._add(
            key,
            "action",
            order=code_value(str(self._order)),
            table=text_value(table_name(table)),
            section=code_value(here.section),
            requirement=code_value(here.requirement),
            opening=text_value(read.opening),
            comments=text_value("\n".join(read.comments)),
            unread=text_value(reader.unread(row.row)),
            **{name: value for name, value in read.values.items() if name not in COLUMN_FIELDS},
        )
        self.earlier.update(
            {(name, point, key): value for (name, point), value in read.earlier.items()}
        )
        self.reads[key] = read
        self.tables[key] = table
        self._outside(grid, row, reader)
        return here

    def _by_columns(self, read: ActionRead, here: Here) -> Here:
        """Section and requirement where they are columns; a blank cell means the one above."""
        # West Sussex merges an objective down over its actions: in a .csv of that sheet its words
        # stand in the first row only.
        texts = {name: read.values.get(name, BLANK).text for name in COLUMN_FIELDS}
        if texts["section_ref"] or texts["section"]:
            section = self._section(texts["section_ref"], _line_of(texts["section"]))
            here = here if section == here.section else Here(section)
        if texts["requirement_ref"] or texts["requirement"]:
            named = self._requirement(texts["requirement_ref"], texts["requirement"], here.section)
            here = Here(here.section, named)
        return here

    def _outside(self, grid: Grid, row: TableRow, reader: ActionReader) -> None:
        """Gather the cells of an action's row that stand under no heading."""
        for cell in grid.content(row.row):
            if cell.column not in reader.headed:
                self._beside.setdefault(cell.column, []).append(cell)

    def _say_beside(self, grid: Grid) -> None:
        """Say what stands beside the rows; of a column of it, that it has no heading."""
        for cells in self._beside.values():
            # People note things beside a row, `ask Rose`; or empty the heading of a column.
            shown = cells[:1] if len(cells) > NOTES else cells
            code = "column-unheaded" if len(cells) > NOTES else "note-outside"
            self.findings += [
                finding(code, at=grid.at(cell), value=cell.as_text.strip(), count=len(cells))
                for cell in shown
            ]
        self.findings += self._strays
        self._beside.clear()
        self._strays.clear()

    def say_astray(self) -> None:
        """Say once that actions stand before any section.

        Below a line that was not understood they follow from it, and it has been quoted.
        """
        # Sunderland's `Priority1: ...`, one blank short, left 50 actions without a section.
        if self._astray:
            key, at = self._astray[0]
            count = len(self._astray)
            self.findings.append(finding("section-missing", at=at, key=key, count=count))

    def say(self, key: str, field_name: str, code: str, value: str = "", **details: str) -> None:
        """Say something about a field of an action, at its own cell; at the action's text where it
        has none.
        """
        at = self.reads[key].at
        place = at.get(field_name) or at.get("action") or Address()
        self.findings.append(Remark(key, field_name, place, code, value, details))


def _line_of(text: str) -> str:
    return text.strip().rstrip(":").strip()


def seeds_of(builder: PlanBuilder) -> Iterable[tuple[str, list[str], dict[tuple[str, str], Value]]]:
    """Earlier values by field: its points, oldest first, and (point, action) to value."""
    order = points(builder.mapping)
    for name in dict.fromkeys(name for name, _, _ in builder.earlier):
        values = {
            (point, key): value
            for (one, point, key), value in builder.earlier.items()
            if one == name
        }
        yield name, [point for point in order if any(point == said for said, _ in values)], values
