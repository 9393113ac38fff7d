"""Write one table of the plan in its published layout: lines, headers, actions, blanks, in their
order.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from xlplan.mapping.model import PlanMapping, TableSpec
from xlplan.plan.findings.addresses import cell_name
from xlplan.plan.model import Item, Plan
from xlplan.workbook.kit.authoring import (
    PLAIN_NUMBER,
    done,
    put,
    put_date,
    put_number,
    writable,
)
from xlplan.workbook.kit.marks import KEY_PREFIX
from xlplan.workbook.kit.style import Styles
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.master.columns import MasterColumn, columns_of, rows_of
from xlplan.workbook.master.header import write_header
from xlplan.workbook.master.lines import PublishedLines
from xlplan.workbook.master.values import MasterValues
from xlplan.workbook.office.building import KEPT
from xlplan.workbook.pages.table import TALLEST, row_height

# XlsxWriter refuses a note of more than 32,767 characters.
LONGEST_NOTE = 32_000
TOKEN_HEADING = f"{KEY_PREFIX}token"
"""The heading of the hidden column that tells rows of a master workbook when it comes back."""

Run = tuple[str, list[int]]
"""A text and the numbers of the consecutive actions that say it."""


@dataclass(slots=True)
class SheetPlaces:
    """What a sheet got: where items stand, its headers' first and last rows, rows of actions. Rows
    count from 0.

    `tokens` is the hidden column of row tokens, None without them.
    """

    places: dict[str, str] = field(default_factory=dict)
    headers: list[tuple[int, int]] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    tokens: int | None = None


class PlanSheet:
    """Writes the plan's tables that stand on one sheet, from top to bottom."""

    def __init__(
        self,
        sheet: WrittenSheet,
        plan: Plan,
        mapping: PlanMapping,
        values: MasterValues,
        styles: Styles,
        tokens: Dictionary[str, str] | None = None,
    ) -> None:
        self.sheet = sheet
        self.plan = plan
        self.mapping = mapping
        self.values = values
        self.styles = styles
        self.row = 0
        self.written = SheetPlaces()
        self.tokens = tokens or {}
        self._titles = 0
        self._lines: PublishedLines

    def write(self, table: TableSpec) -> SheetPlaces:
        """Write one table below what stands there."""
        columns = columns_of(self.plan, self.mapping, table)
        self._lines = PublishedLines(self.plan, self.mapping, table)
        for place, column in enumerate(columns):
            self.sheet.set_column(place, place, column.width)
        if self.tokens and self.written.tokens is None:
            self._hide_tokens(table)
        rows = rows_of(self.plan, table, self.mapping)
        if not any(item.text("role") == "header" for item in rows):
            first = next((n for n, item in enumerate(rows) if item.kind == "action"), len(rows))
            rows.insert(first, Item("", "line", {}))
        for kind, items in groupby(rows, key=lambda item: item.kind):
            if kind == "action":
                self._actions(list(items), columns)
            else:
                for item in items:
                    self._line(item, columns)
        return self.written

    def _line(self, item: Item, columns: Sequence[MasterColumn]) -> None:
        role = item.text("role") or "header"
        if role == "header":
            self._token(TOKEN_HEADING)
            last = write_header(self.sheet, self.row, item.text("text"), columns, self.styles)
            self.written.headers.append((self.row, last))
            self.row = last + 1
            return
        text = self._lines.text(item)
        if text is None:
            return
        if role == "title":
            self._title(text)
        elif role in KEPT and ("\t" in text or role != "ignore"):
            self._kept(text.split("\t"), columns)
        elif role != "blank":
            self._across(text, "footnote" if role in KEPT else role, columns)
        owner = item.text("section")
        if owner and role == "section":
            self.written.places.setdefault(owner, self._place(self.row))
        self.row += 1

    def _title(self, text: str) -> None:
        """Title lines are not merged: a long one runs over its neighbours."""
        style = self.styles["plan title" if self._titles else "page title"]
        for place, part in enumerate(text.split("\t")):
            put(self.sheet, self.row, place, part, style)
        self.sheet.set_row(self.row, 16 if self._titles else 24)
        self._titles += 1

    def _across(self, text: str, role: str, columns: Sequence[MasterColumn]) -> None:
        """A line over the whole width of the table."""
        style = self.styles[role]
        # A line whose parts stood in cells of their own is one cell here.
        text = text.replace("\t", " ")
        if len(columns) > 1:
            done(
                self.sheet.merge_range(self.row, 0, self.row, len(columns) - 1, "", style),
                f"line {self.row}",
            )
        put(self.sheet, self.row, 0, text, style)
        self.sheet.set_row(
            self.row, row_height([text], [sum(column.width for column in columns)]) + 6
        )

    def _kept(self, texts: Sequence[str], columns: Sequence[MasterColumn]) -> None:
        """What no field reads, where it stood: at its own columns, or beside the table."""
        style = self.styles["plan text"]
        published = sum(column.published for column in columns)
        beside = (self.written.tokens or len(columns) - 1) + 1
        for place, text in enumerate(texts):
            at = place if place < published else beside + place - published
            # A number that is kept as text counts for nothing in an office's own SUM.
            write = put_number if PLAIN_NUMBER.fullmatch(text) else put
            if text:
                write(self.sheet, self.row, at, text.removeprefix("'"), style)

    def _actions(self, actions: list[Item], columns: Sequence[MasterColumn]) -> None:
        """A run of actions without a line between them; cells that are merged down are merged
        within it.
        """
        shown = frozenset(column.name for column in columns)
        texts = [
            [self.values.text(action, column, shown) for column in columns] for action in actions
        ]
        top = self.row
        for action, cells in zip(actions, texts, strict=True):
            self._action(action, cells, columns)
        runs = {
            place: _runs(actions, [cells[place] for cells in texts])
            for place, column in enumerate(columns)
            if column.down
        }
        for place, theirs in runs.items():
            self._merge_down(top, place, theirs)
        for number, height in enumerate(_heights(texts, columns, runs)):
            self.sheet.set_row(top + number, height)

    def _action(self, action: Item, cells: list[str], columns: Sequence[MasterColumn]) -> None:
        for place, (column, text) in enumerate(zip(columns, cells, strict=True)):
            self._cell(place, column, action, text)
        if action.text("unread"):
            self._kept(action.text("unread").split("\t"), columns)
        text_place = next((n for n, column in enumerate(columns) if column.name == "action"), 0)
        if action.text("comments"):
            note = writable(action.text("comments"))[:LONGEST_NOTE]
            done(self.sheet.write_comment(self.row, text_place, note), f"note {self.row}")
        self._token(self.tokens.get(action.key, ""))
        self.written.places[action.key] = self._place(self.row, text_place)
        self.written.actions.append(self.row)
        self.row += 1

    def _hide_tokens(self, table: TableSpec) -> None:
        """The column right of the widest table of the sheet."""
        beside = [other for other in self.mapping.tables if other.sheet == table.sheet]
        # Excel hides a column for the whole sheet, every table on it included.
        place = max(len(columns_of(self.plan, self.mapping, other)) for other in beside)
        self.written.tokens = place
        done(self.sheet.set_column(place, place, 8, None, {"hidden": 1}), "the tokens")

    def _token(self, text: str) -> None:
        if self.written.tokens is not None and text:
            put(self.sheet, self.row, self.written.tokens, text, self.styles["plan text"])

    def _cell(self, place: int, column: MasterColumn, action: Item, text: str) -> None:
        spec = self.mapping.fields.get(column.name)
        kind = spec.type if spec else "text"
        style = self.styles.of_field(kind)
        if kind == "date" and text:
            put_date(self.sheet, self.row, place, action.get(column.name).canonical, style)
        # A number that is kept as text counts for nothing in an office's own SUM.
        elif kind in {"number", "percent"} and text:
            put_number(self.sheet, self.row, place, action.get(column.name).canonical, style)
        else:
            put(self.sheet, self.row, place, text, style)

    def _merge_down(self, top: int, place: int, runs: list[Run]) -> None:
        style = self.styles["plan text"]
        for text, numbers in runs:
            # West Sussex 2019 merges an objective down beside its actions.
            if len(numbers) > 1 and text:
                first, last = top + numbers[0], top + numbers[-1]
                done(self.sheet.merge_range(first, place, last, place, "", style), f"rows {first}")
                put(self.sheet, first, place, text, style)

    def _place(self, row: int, column: int = 0) -> str:
        # In a reference an apostrophe is doubled: 'Children''s plan'!A12.
        name = self.sheet.get_name().replace("'", "''")
        return f"internal:'{name}'!{cell_name(row + 1, column + 1)}"


def _runs(actions: list[Item], texts: list[str]) -> list[Run]:
    """Consecutive actions that say the same within one section and requirement."""
    keys = [
        (text, action.text("section"), action.text("requirement"))
        for action, text in zip(actions, texts, strict=True)
    ]
    return [
        (key[0], list(run))
        for key, run in groupby(range(len(actions)), key=lambda number: keys[number])
    ]


def _heights(
    texts: list[list[str]], columns: Sequence[MasterColumn], runs: dict[int, list[Run]]
) -> list[float]:
    """Points for each row; rows under a merged cell share what its text needs."""
    plain = [place for place in range(len(columns)) if place not in runs]
    heights = [
        row_height([cells[p] for p in plain], [columns[p].width for p in plain]) for cells in texts
    ]
    for place, theirs in runs.items():
        for text, numbers in theirs:
            # No program fits rows to a merged cell: its text would be cut off at their end.
            missing = row_height([text], [columns[place].width]) - sum(
                heights[number] for number in numbers
            )
            for number in numbers if missing > 0 else ():
                heights[number] += missing / len(numbers)
    # Excel shows no row taller than 409 points.
    return [min(height, TALLEST) for height in heights]
