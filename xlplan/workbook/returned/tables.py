"""Find the tables of an update workbook on a sheet: by their hidden key row, else by their
headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from xlplan.spreadsheets.cells import RawCell, Sheet
from xlplan.workbook.kit.marks import KEY_PREFIX, find_code
from xlplan.workbook.returned.marks import ReturnMarks
from xlplan.workbook.update.layout import MEASURES, PROPOSAL_MARK, UpdateLayout, layout_of

_KEY = re.compile(rf"{KEY_PREFIX}([\w.\-]+)")
_OTHER_KINDS = {"decision": "decisions", "master": "master"}
_NEW = f"{PROPOSAL_MARK}."
_TOKEN = re.compile(r"t[0-9a-f]{24}")
"""The code of a row as a session makes it."""
_HEADER_WITHIN = 20
_FEWEST_HEADINGS = 3


class Lines:
    """A sheet's cells by row, with what our key rows say."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.by_row: dict[int, dict[int, RawCell]] = {}
        for (row, column), cell in sheet.cells.items():
            if not cell.blank or cell.comment or cell.link or cell.formula:
                self.by_row.setdefault(row, {})[column] = cell
        self.numbers = sorted(self.by_row)

    def keys(self, row: int) -> dict[str, int]:
        """Column ids that a key row names, the first place of each; empty for any other row."""
        found: dict[str, int] = {}
        # A whole column that is copied brings its key along: the first is ours.
        for column, cell in sorted(self.by_row.get(row, {}).items()):
            key = _KEY.fullmatch(cell.value.strip()) if isinstance(cell.value, str) else None
            if key:
                found.setdefault(key[1], column)
        return found

    def code(self) -> str | None:
        """The first visible code on the sheet."""
        texts = (cell.value for row in self.numbers for cell in self.by_row[row].values())
        return next(
            (code for text in texts if isinstance(text, str) and (code := find_code(text))), None
        )


@dataclass(slots=True)
class HeadingIndex:
    """From a heading back to its column in one table: ids by heading, folded. `expected` are the
    ids that the whole table has.
    """

    layout: UpdateLayout
    by_text: dict[str, str] = field(default_factory=dict)
    expected: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FoundTable:
    """Where a table stands, and which it is: its key and header rows (0: none), the rows it reaches
    over, columns by id.

    `new_key`, `new_header` and `new_columns` are those of the rows for proposals below it.
    """

    key: int
    header: int
    first: int
    last: int
    columns: dict[str, int]
    layout: UpdateLayout
    new_key: int = 0
    new_header: int = 0
    new_columns: dict[str, int] = field(default_factory=dict)


def headings_of(marks: ReturnMarks, layout: UpdateLayout) -> HeadingIndex:
    """Headings as the workbook's own hidden sheet has them, else as the mapping says.

    A file without any mark may be a table that somebody made themselves: the published headings are
    known in it too.
    """
    pairs = marks.columns or [(column.id, column.heading) for column in layout.columns]
    by_text = {fold_heading(heading): name for name, heading in pairs}
    if not marks.codes and not marks.columns:
        for column in (column for column in layout.columns if column.id == column.field):
            for heading in [*column.spec.headings, column.spec.name]:
                by_text.setdefault(fold_heading(heading), column.id)
    by_text.pop("", None)
    return HeadingIndex(layout, by_text, [name for name, _ in pairs])


def fold_heading(text: str) -> str:
    """A heading without case, blanks and punctuation: `Reading now:` is `readingnow`."""
    # Gnumeric and .ods trim blanks, people break a heading over two lines or end it with a colon.
    return "".join(letter for letter in text.casefold() if letter.isalnum())


MEASURE_HEADINGS = HeadingIndex(
    MEASURES, {fold_heading(column.heading): column.id for column in MEASURES.columns}
)
"""Those of the table of measures; the hidden sheet lists none of them."""


def other_kind(sheet: Sheet) -> str | None:
    """The kind of workbook that a sheet's key row belongs to when it is no update workbook."""
    for cell in sheet.cells.values():
        key = _KEY.fullmatch(cell.value.strip()) if isinstance(cell.value, str) else None
        if key and (kind := _OTHER_KINDS.get(key[1].partition(".")[0])):
            return kind
    return None


def find_tables(lines: Lines, heads: HeadingIndex) -> list[FoundTable]:
    """Every table on the sheet from the top down, each reaching to the next."""
    starts = list(_keyed(lines, heads))
    for index in (heads, MEASURE_HEADINGS):
        starts = starts or list(_headed(lines, index))
    # Whoever collates updates pastes one lead's table below another's.
    for table, following in pairwise(starts):
        table.last = (following.key or following.header) - 1
    for table in starts:
        _find_proposals(lines, table)
    return starts


def _keyed(lines: Lines, actions: HeadingIndex) -> Iterator[FoundTable]:
    first = 1
    for row in lines.numbers:
        keys = lines.keys(row)
        names = {name: column for name, column in keys.items() if not _of_another(name)}
        if len(names) >= 2 or "token" in names:
            # A plan may call its due dates "Target", which is a heading of the measures too.
            own = layout_of(names, actions.layout) is MEASURES
            heads = MEASURE_HEADINGS if own else actions
            header = _header_below(lines, row, names.get("token"), heads)
            columns = _reconciled(names, _headings_at(lines, header, heads), lines, header, heads)
            layout = layout_of(columns, actions.layout)
            yield FoundTable(row, header, first, lines.numbers[-1], columns, layout)
            first = row + 1


def _of_another(name: str) -> bool:
    return name == PROPOSAL_MARK or name.startswith(_NEW) or name.partition(".")[0] in _OTHER_KINDS


def _header_below(lines: Lines, key: int, token: int | None, heads: HeadingIndex) -> int:
    """The row below a key row that reads like a header, else the next; the key row itself when that
    is an action.
    """
    # A line that a lead inserts above the heading comes to stand between it and the hidden keys.
    below = list(
        takewhile(lambda row: not lines.keys(row), (row for row in lines.numbers if row > key))
    )
    likely = [
        row
        for row in below[:_HEADER_WITHIN]
        if len(_headings_at(lines, row, heads)) >= _FEWEST_HEADINGS
    ]
    if likely or not below:
        return next(iter(likely), key)
    marked = lines.by_row[below[0]].get(token or 0)
    known = marked is None or fold_heading(marked.as_text) in heads.by_text
    return below[0] if known or not heads.by_text else key


def _headings_at(lines: Lines, row: int, heads: HeadingIndex) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, cell in sorted(lines.by_row.get(row, {}).items()):
        name = heads.by_text.get(fold_heading(cell.as_text))
        if name:
            found.setdefault(name, column)
    return found


def _reconciled(
    keyed: dict[str, int], headed: dict[str, int], lines: Lines, header: int, heads: HeadingIndex
) -> dict[str, int]:
    """Columns by key; by heading where the key is lost, or stands over something else."""
    # Whoever moves the cells of a column, not the whole column, leaves its key behind.
    columns = dict(headed)
    for name, column in keyed.items():
        cell = lines.by_row.get(header, {}).get(column)
        headed_name = heads.by_text.get(fold_heading(cell.as_text)) if cell else None
        if headed_name == name or (headed_name is None and name not in headed):
            columns[name] = column
    return columns


def _headed(lines: Lines, heads: HeadingIndex) -> Iterator[FoundTable]:
    first, known = 1, {"token", heads.layout.ref, heads.layout.words}
    for row in lines.numbers:
        columns = _headings_at(lines, row, heads)
        # A number alone tells no table of measures: many a list on a scratch sheet has a "No".
        if len(columns) >= _FEWEST_HEADINGS and columns.keys() & known:
            yield FoundTable(0, row, first, lines.numbers[-1], columns, heads.layout)
            first = row + 1


def repeats_heading(lines: Lines, table: FoundTable, row: int) -> bool:
    """Whether a row below the header is a copy of it: somebody put the headings over the next page
    as well.
    """
    # Leads copy the headings down so that each printed page has them.
    heads = lines.by_row.get(table.header, {})
    cells = lines.by_row[row]
    same = (
        fold_heading(heads[at].as_text) == fold_heading(cells[at].as_text)
        for at in cells.keys() & heads.keys()
    )
    return row > table.header > 0 and sum(same) >= _FEWEST_HEADINGS


def table_without_heading(lines: Lines, pattern: FoundTable | None) -> FoundTable | None:
    """Rows of ours that stand on a sheet without their headings: read as in the table that they
    were cut out of.

    Only where both codes of a row stand in the columns that they stand in there.
    """
    places = (
        [pattern.columns[name] for name in ("token", "token2") if name in pattern.columns]
        if pattern
        else []
    )
    rows = [
        row
        for row in lines.numbers
        if places and all(_coded(lines.by_row[row].get(place)) for place in places)
    ]
    if pattern is None or not rows:
        return None
    # Without a header, only rows that carry a code belong to it.
    below = lines.numbers[-1] + 1
    return FoundTable(0, below, rows[0], rows[-1], pattern.columns, pattern.layout)


def holds_codes(lines: Lines) -> bool:
    """Whether a code of a row of ours stands anywhere on the sheet."""
    return any(_coded(cell) for cells in lines.by_row.values() for cell in cells.values())


def _coded(cell: RawCell | None) -> bool:
    return (
        cell is not None
        and isinstance(cell.value, str)
        and bool(_TOKEN.fullmatch(cell.value.strip()))
    )


def _find_proposals(lines: Lines, table: FoundTable) -> None:
    for row in lines.numbers:
        keys = lines.keys(row)
        names = {
            name.removeprefix(_NEW): column
            for name, column in keys.items()
            if name.startswith(_NEW)
        }
        if names and (table.key or table.header) < row <= table.last:
            table.new_key = row
            table.new_columns = names
            table.new_header = next((below for below in lines.numbers if below > row), 0)
            return
