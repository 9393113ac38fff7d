"""Read the rows of a table that was found: answers, proposals, and columns that somebody added."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from xlplan.plan.findings.addresses import Address, cell_name, column_letters
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.returned.strays import our_note, text_in
from xlplan.workbook.returned.tables import FoundTable, Lines, repeats_heading

Cells = dict[str, RawCell]
_CODE = re.compile(r"(?=.*\d)[\w.\-]{12,}")
_OF_ONE_ROW = {"token", "token2", "ref"}
"""Columns that say which row it is: merged down, they say it of the first row only."""
_NOT_PROPOSED = {"token", "token2", "done", "ref", "problem", "no_change"}


@dataclass(frozen=True, slots=True)
class LooseCell:
    """What somebody typed in a row of a table that names no action: in which column, under the row
    of which ref.
    """

    at: Address
    text: str
    column: str
    above: str


@dataclass(slots=True)
class TableRows:
    """Rows with their cells by column id, proposals with theirs by field, and the cells that were
    used up.
    """

    rows: list[tuple[int, Cells]] = field(default_factory=list)
    proposals: list[tuple[int, Cells]] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    added: list[tuple[Address, str, str]] = field(default_factory=list)
    merged: list[Address] = field(default_factory=list)
    loose: list[LooseCell] = field(default_factory=list)


def read_table(lines: Lines, table: FoundTable, ours: Callable[[str], bool]) -> TableRows:
    """Read a table. `ours` tells a text that we wrote ourselves."""
    found = TableRows()
    down = _merged_down(lines)
    for row in _body(lines, table):
        cells = {
            name: _plain(lines, row, column)
            if name in _OF_ONE_ROW
            else _cell(lines, down, row, column)
            for name, column in table.columns.items()
        }
        if repeats_heading(lines, table, row):
            found.used |= {
                (row, column)
                for column in lines.by_row[row]
                if _is_own_heading(lines, table, row, column)
            }
        elif _is_row(table, row, cells):
            found.rows.append((row, cells))
            found.used |= {(row, column) for column in table.columns.values()}
        elif table.header < row:
            _read_proposal(lines, table, found, row, cells, ours)
    _read_loose(lines, table, found, ours)
    _read_added(lines, table, found)
    found.merged = _merged_inside(lines, table, found)
    return found


def _body(lines: Lines, table: FoundTable) -> list[int]:
    """Rows that may hold answers. Those above the header count too when they carry a token:
    somebody sorted it down.
    """
    heads = {table.key, table.header, table.new_key, table.new_header}
    return [
        row
        for row in lines.numbers
        if table.first <= row <= table.last
        and row not in heads
        and (row > table.header or _marked(lines, table, row))
    ]


def _is_row(table: FoundTable, row: int, cells: Cells) -> bool:
    """Whether it is a row of an item: by its code, or by what people name it by.

    Among the rows for proposals a ref needs the second code: leads give new actions refs of their
    own. Where no ref names an item, the second code does, or a name with something beside it.
    """
    layout, coded = table.layout, _has(cells, "token2")
    if _has(cells, "token"):
        return True
    if layout.ref:
        proposed = table.new_key and row > table.new_key
        return _has(cells, layout.ref) and (coded or not proposed)
    answered = any(_has(cells, column.id) for column in layout.inputs)
    filled = sum(_has(cells, name) for name in cells)
    named = any(_has(cells, name) for name in layout.names)
    return coded or (named and (answered or filled > len(layout.names)))


def _marked(lines: Lines, table: FoundTable, row: int) -> bool:
    cell = lines.by_row[row].get(table.columns.get("token", 0))
    return cell is not None and may_be_code(cell.as_text)


def may_be_code(text: str) -> bool:
    """Whether a text may be a row's code, or was one before somebody changed it: long, without
    blanks, with a digit. `t41c07d5e9b2` may; `see below` and `2.1` may not.
    """
    return bool(_CODE.fullmatch(text.strip()))


def _read_proposal(
    lines: Lines,
    table: FoundTable,
    found: TableRows,
    row: int,
    cells: Cells,
    ours: Callable[[str], bool],
) -> None:
    """A row without token and ref: a proposal in the rows meant for it, or wherever it names an
    action.
    """
    if table.new_key and row > table.new_key:
        proposed = {name: _plain(lines, row, column) for name, column in table.new_columns.items()}
        columns = set(table.new_columns.values())
    else:
        proposed = proposed_cells(cells)
        taken = {id(cell) for cell in proposed.values()}
        columns = {table.columns[name] for name, cell in cells.items() if id(cell) in taken}
        if "action" not in proposed or all(ours(text_in(cell)) for cell in proposed.values()):
            return
    if any(_filled(cell) for cell in proposed.values()):
        found.proposals.append((row, proposed))
        found.used |= {(row, column) for column in columns}


def proposed_cells(cells: Cells) -> Cells:
    """What a row among the actions proposes, by field; an input goes before the locked column
    beside it: `due` before `last.due`, which counts as the due date where that is empty.
    """
    # Some leads add an action right under the last one instead of in the rows for proposals.
    filled = {
        name: cell for name, cell in cells.items() if _filled(cell) and name not in _NOT_PROPOSED
    }
    beside = {
        name.removeprefix("last."): cell
        for name, cell in filled.items()
        if name.startswith("last.")
    }
    plain = {name: cell for name, cell in filled.items() if not name.startswith("last.")}
    proposed = {**beside, **plain}
    if "joint" in proposed:
        # Among the actions no column asks who leads: people write it below the joint leads.
        proposed["leads"] = proposed.pop("joint")
    return proposed


def _read_loose(
    lines: Lines, table: FoundTable, found: TableRows, ours: Callable[[str], bool]
) -> None:
    """Cells in rows that name no action, among the rows of the table or right under the last of
    them.
    """
    named = {row: cells for row, cells in found.rows if row > table.header}
    others = {row for row, _ in found.proposals} | {table.key, table.new_key, table.new_header}
    above = ""
    for row in (
        range(table.header + 1, min(max(named, default=0) + 1, table.last) + 1)
        if table.header
        else ()
    ):
        if row in named:
            above = named[row]["ref"].as_text.strip() if "ref" in named[row] else ""
        elif (
            row in lines.by_row
            and row not in others
            and not (table.new_key and row >= table.new_key - 1)
        ):
            for name, column in table.columns.items():
                cell = lines.sheet.cell(row, column)
                if (row, column) not in found.used and (text := text_in(cell)) and not ours(text):
                    at = Address(sheet=lines.sheet.name, cell=cell.name)
                    found.loose.append(LooseCell(at, text, name, above))
                    found.used.add((row, column))


def _is_own_heading(lines: Lines, table: FoundTable, row: int, column: int) -> bool:
    cell, head = lines.by_row[row][column], lines.sheet.cell(table.header, column)
    return cell.as_text.strip() == head.as_text.strip() and not cell.comment


def _read_added(lines: Lines, table: FoundTable, found: TableRows) -> None:
    """Columns with a heading that is none of ours, and what they hold beside the rows."""
    known = set(table.columns.values()) | {0}
    for column, head in sorted(lines.by_row.get(table.header, {}).items()):
        if column in known or head.blank:
            continue
        held = [lines.by_row[row][column] for row, _ in found.rows if column in lines.by_row[row]]
        # Leads add columns for themselves, `To do by Rose`.
        texts = [text for cell in held if (text := text_in(cell))]
        at = Address(sheet=lines.sheet.name, cell=cell_name(table.header, column))
        found.added.append((at, head.as_text.strip() or column_letters(column), "; ".join(texts)))
        found.used |= {(cell.row, cell.column) for cell in held} | {(table.header, column)}


def _merged_down(lines: Lines) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells merged into the one above them, in one column: the answer was meant for each row."""
    # A column merged to its end has 1,048,576 rows, and none of them is an answer.
    return {
        (row, left): (top, left)
        for top, left, bottom, right in lines.sheet.merged
        if left == right and bottom - top < 1_000
        for row in range(top + 1, bottom + 1)
    }


def _merged_inside(lines: Lines, table: FoundTable, found: TableRows) -> list[Address]:
    rows = {row for row, _ in found.rows}
    columns = set(table.columns.values())
    return [
        Address(sheet=lines.sheet.name, cell=f"{cell_name(top, left)}:{cell_name(bottom, right)}")
        for top, left, bottom, right in lines.sheet.merged
        if rows & set(range(top, min(bottom, top + 1_000) + 1))
        and columns & set(range(left, min(right, 16_384) + 1))
    ]


def _cell(
    lines: Lines, down: dict[tuple[int, int], tuple[int, int]], row: int, column: int
) -> RawCell:
    cell = _plain(lines, row, column)
    # Leads merge an answer down over the rows that it is meant for; Excel keeps the first cell's.
    above = down.get((row, column))
    if above and cell.blank:
        return replace(_plain(lines, *above), row=row, column=column)
    return cell


def _plain(lines: Lines, row: int, column: int) -> RawCell:
    """The cell, without the note that we put on it ourselves."""
    cell = lines.sheet.cell(row, column)
    if our_note(cell.comment):
        return replace(cell, comment="")
    return cell


def _filled(cell: RawCell) -> bool:
    """Whether something was typed: a formula whose result nobody computed too."""
    # openpyxl saves a formula without its result.
    return not cell.blank or bool(cell.formula)


def _has(cells: Cells, name: str) -> bool:
    return name in cells and not cells[name].blank
