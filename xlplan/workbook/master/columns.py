"""Columns of a table in the master: those published, in their order, then fields that the published
layout lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlplan.mapping.keys import COLUMN_FIELDS, fields_of, opening_parts, table_name
from xlplan.mapping.model import FieldSpec, PlanMapping, TableSpec
from xlplan.plan.model import Item, Plan
from xlplan.workbook.master.blocks import under_their_lines
from xlplan.workbook.office.headings import TableHeadings, fold_heading

PASSING = frozenset({"no_change"})
"""Fields that are an answer to one round and no value of the plan."""
ON_REQUEST = frozenset({"due_reason"})
"""Fields that get a column only where one of the table's actions has a value."""
WIDTHS = {
    "rag": 9.0,
    "date": 13.0,
    "tick": 8.0,
    "number": 10.0,
    "percent": 10.0,
    "timescale": 18.0,
    "leads": 20.0,
}
NARROWEST = 8.0


@dataclass(frozen=True, slots=True)
class MasterColumn:
    """One column. `field` may be `rag:previous` for earlier values, "" for a column that the
    mapping does not know.

    `down`: cells are merged over consecutive actions that say the same.
    """

    field: str
    heading: str
    under: str = ""
    width: float = 14.0
    down: bool = False
    published: bool = True

    @property
    def name(self) -> str:
        """The field without the point of its history."""
        return self.field.partition(":")[0]

    @property
    def point(self) -> str:
        """The earlier point whose values it shows, "" for the present ones."""
        return self.field.partition(":")[2]


def rows_of(plan: Plan, table: TableSpec, mapping: PlanMapping) -> list[Item]:
    """Lines and actions of a table in their order; an action without a known table stands in the
    first.
    """
    name = table_name(table)
    names = {table_name(other) for other in mapping.tables}
    first = name == table_name(mapping.tables[0])
    items = [*plan.of_kind("line"), *plan.actions]
    mine = [
        item
        for item in items
        if item.text("table") == name or (first and item.text("table") not in names)
    ]
    return under_their_lines(sorted(mine, key=lambda item: item.order), plan)


def columns_of(plan: Plan, mapping: PlanMapping, table: TableSpec) -> tuple[MasterColumn, ...]:
    """All columns of a table, left to right."""
    name = table_name(table)
    published = [item for item in plan.of_kind("column") if item.text("table") == name]
    headings = TableHeadings.of_table(mapping, table, ours=True)
    columns = [_published(item, mapping) for item in published] or _from_mapping(mapping, headings)
    # West Sussex publishes no rating and no note: what leads fill in stands to the right.
    shown = {column.name for column in columns}
    opened = {part for field in shown for part in opening_parts(mapping, field)}
    actions = [item for item in rows_of(plan, table, mapping) if item.kind == "action"]
    lacking = _lacking(mapping, table, actions, shown | opened)
    printed = {fold_heading(column.heading) for column in columns}
    # A column of the office's own that is headed like a field would be read as that field's.
    own = {fold_heading(column.heading) for column in columns if not column.field}
    hidden = {*shown, *opened, *COLUMN_FIELDS, *PASSING}
    alike = {key for key in mapping.fields if key not in hidden and headings.added(key, own)}
    lacking = [key for key in mapping.fields if key in alike or key in lacking]
    added = (
        _column(mapping, field, headings.for_added(field, printed), published=False)
        for field in lacking
    )
    return (*columns, *added)


def _lacking(
    mapping: PlanMapping, table: TableSpec, actions: Sequence[Item], shown: Iterable[str]
) -> list[str]:
    """Fields without a published column: what leads fill in, and whatever holds a value.

    No lead fills in a table of completed actions: there its own list of fields and values count.
    """
    taken = {*shown, *COLUMN_FIELDS, *PASSING}
    # Sunderland 2017 lists what is completed in three columns, without lead or date.
    fields = mapping.fields if table.status == "open" else fields_of(mapping, table)
    return [
        key
        for key, spec in mapping.fields.items()
        if key not in taken
        and (
            (spec.edit == "lead" and key in fields and key not in ON_REQUEST)
            or any(action.get(key) for action in actions)
        )
    ]


def _published(item: Item, mapping: PlanMapping) -> MasterColumn:
    field = item.text("field")
    spec = mapping.fields.get(field.partition(":")[0])
    return MasterColumn(
        field=field,
        heading=item.text("heading"),
        under=item.text("under"),
        width=_width(item.text("width"), item.text("heading"), spec),
        down=bool(item.text("down")),
    )


def _from_mapping(mapping: PlanMapping, headings: TableHeadings) -> list[MasterColumn]:
    """A plan without a published layout gets the mapping's headings."""
    return [
        _column(mapping, published.field, published.spellings[0], published.under)
        for published in headings.published
        if not published.point
    ]


def _column(
    mapping: PlanMapping, field: str, heading: str, under: str = "", *, published: bool = True
) -> MasterColumn:
    width = _width("", heading, mapping.fields[field])
    return MasterColumn(field, heading, under, width, published=published)


def _width(text: str, heading: str, spec: FieldSpec | None) -> float:
    """The width given, else the mapping's, else what the type needs; never narrower than the
    longest word above.
    """
    # Excel breaks a word of a heading where its column is narrower.
    longest = max((len(word) for word in heading.split()), default=0) + 2.0
    given = float(text) if text.isdigit() else float(spec.width) if spec and spec.width else 0.0
    usual = WIDTHS.get(spec.type, 36.0) if spec else 14.0
    return max(NARROWEST, min(longest, 18.0), given or usual)
