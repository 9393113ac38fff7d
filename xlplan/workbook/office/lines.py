"""Tell the rows of a table apart: headers, section and other full-width lines, actions, blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from xlplan.mapping.model import Line, TableSpec
from xlplan.plan.text.shapes import parse
from xlplan.plan.text.text import fold_code
from xlplan.spreadsheets.cells import RawCell
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.header import Header

Role = Literal[
    "header",
    "action",
    "blank",
    "unknown",
    "unread",
    "outside",
    "title",
    "footnote",
    "ignore",
    "section",
    "section.lead",
    "section.outcome",
    "section.note",
    "requirement",
]

FULL_WIDTH = 0.6
"""The share of the table's columns that a line must be merged over."""

BLANKS_KEPT = 3
"""Blank rows of one gap that belong to the layout; more are passed over."""


USUAL_REFS = (
    *("9", "9.9", "9.9.9", "A", "A9", "A9.9", "9a"),
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"),
    *("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"),
)
"""What a line's ref looks like where the mapping does not say: `Theme Lead: ...` is no theme called
Lead.
"""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row and what it is. `text` is what a line says as published; `ref` and `name` what its
    pattern read.
    """

    row: int
    role: Role
    text: str = ""
    ref: str = ""
    name: str = ""
    sure: bool = True
    cell: RawCell | None = None
    header: Header | None = None


@dataclass(frozen=True, slots=True)
class ShownRows:
    """What tells the rows of a workbook that shows a plan: those with a code, by sheet and row; its
    refs, folded.

    Such a row is an action's whatever became of its text.
    """

    codes: frozenset[tuple[str, int]] = frozenset()
    refs: frozenset[str] = frozenset()


def catch_all(pattern: str) -> bool:
    """Whether a pattern fits any text, saying nothing of its own."""
    return not re.search(r"\w", re.sub(r"\{text\}", "", pattern))


def read_line(text: str, lines: Sequence[Line], *, anything: bool = True) -> TableRow | None:
    """What a line is by the first pattern that fits; `anything` False leaves out patterns that fit
    any text. `THEME 2 - Early help` is a section, its ref 2.
    """
    for line in lines:
        for pattern in line.reads:
            if catch_all(pattern) and not anything:
                continue
            found = parse(pattern, text, {"ref": line.shapes or USUAL_REFS})
            if found is not None:
                # `Priority 3` alone names nothing; `Immediately` is a name.
                name = found.get("text", text).strip().rstrip(":").strip()
                return TableRow(
                    0,
                    line.kind,
                    text,
                    found.get("ref", "").strip(),
                    name,
                    sure=not catch_all(pattern),
                )
    return None


class RowTeller:
    """Walks a sheet from top to bottom and tells what each row is."""

    def __init__(
        self,
        grid: Grid,
        table: TableSpec,
        headers: Sequence[Header],
        action_column: int,
        shown: ShownRows | None = None,
    ) -> None:
        self.grid = grid
        self.table = table
        self.action_column = action_column
        self.headers = {header.row: header for header in headers}
        self.inside_headers = {row for header in headers for row in header.rows}
        self.first = headers[0]
        self.ref_column = headers[0].columns.get("ref")
        self.shown = shown
        self.left = min(cell.column for cell in self.first.cells)
        self.right = max(cell.column for cell in self.first.cells)
        self.in_section = False
        self.had_outcome = False

    def rows(self) -> list[TableRow]:
        """All rows in order; lines that lead to no action are footnotes."""
        rows: list[TableRow] = []
        last = self.grid.rows[0] - 1
        for row in self.grid.rows:
            if row in self.inside_headers and row not in self.headers:
                continue
            rows += self._blanks(last + 1, row)
            header = self.headers.get(row)
            rows.append(
                TableRow(row, "header", header.text, header=header) if header else self._tell(row)
            )
            last = header.rows[-1] if header else row
        return _settled(self._without_notes(rows) if self.shown else rows)

    def _blanks(self, first: int, end: int) -> list[TableRow]:
        # A cell typed by a slip on row 1,048,576 leaves a gap of a million rows.
        gap = range(max(first, end - BLANKS_KEPT), end)
        return [TableRow(blank, "blank") for blank in gap if blank not in self.grid.our_rows]

    def _tell(self, row: int) -> TableRow:
        content = self.grid.content(row)
        text = "\t".join(cell.as_text.strip() for cell in content)
        found = self._above(row, text) if row < self.first.row else self._within(content, text)
        self.in_section = self.in_section or found.role == "section"
        if found.role in {"section", "action", "section.outcome"}:
            self.had_outcome = found.role == "section.outcome"
        return replace(found, row=row, text=text, cell=content[0])

    def _above(self, row: int, text: str) -> TableRow:
        """A row above the first header: part of the table when a line pattern fits it, else a
        title.
        """
        title = TableRow(row, "title")
        # A title block has dates and versions beside one another; a line has a text or two.
        if len(self.grid.content(row)) > 2:
            return title
        line = read_line(text.replace("\t", " "), self.table.lines, anything=self.in_section)
        if line is None and self._next_content(row) == self.first.row:
            lines = [line for line in self.table.lines if line.kind == "section"]
            line = read_line(text, lines)
        return line or title

    def _next_content(self, row: int) -> int:
        return next((other for other in self.grid.rows if other > row), 0)

    def _within(self, content: list[RawCell], text: str) -> TableRow:
        """A row below the first header."""
        row, inside = (
            content[0].row,
            [cell for cell in content if self.left <= cell.column <= self.right],
        )
        coded, called = self._coded(row), self._called(row)
        known = (coded or called) and any(cell.column != self.ref_column for cell in inside)
        if coded and called:
            # What has nothing left but its ref is missing.
            return TableRow(0, "action" if known else "unread")
        if len(content) <= 2 and (
            line := read_line(text.replace("\t", " "), self._lines(), anything=False)
        ):
            return line
        if self._is_line(content, inside, known=known):
            return read_line(content[0].as_text.strip(), self._lines()) or TableRow(0, "unknown")
        # Officers keep workings to the right of the table, which are no part of the plan.
        if not inside:
            return TableRow(0, "outside")
        has_action = any(cell.column == self.action_column for cell in inside)
        return TableRow(0, "action" if has_action or known else "unread")

    def _coded(self, row: int) -> bool:
        """Whether a row carries a code of ours."""
        return self.shown is not None and (self.grid.name, row) in self.shown.codes

    def _called(self, row: int) -> bool:
        """Whether a row's ref is one of the plan that the workbook shows."""
        if self.shown is None or self.ref_column is None:
            return False
        return fold_code(self.grid.sheet.cell(row, self.ref_column).as_text) in self.shown.refs

    def _without_notes(self, found: list[TableRow]) -> list[TableRow]:
        """A text alone, some rows below the last action, is a note and no action."""
        rows = self.grid.rows
        above = dict(zip(rows[1:], rows, strict=False))
        lone = [row.row for row in found if row.role == "action" and self._stands_alone(row.row)]
        last = max(
            (row.row for row in found if row.role == "action" and row.row not in lone), default=0
        )
        notes: set[int] = set()
        for row in lone:
            if last and row > last and (above[row] < row - 1 or above[row] in notes):
                notes.add(row)
        return [replace(row, role="outside") if row.row in notes else row for row in found]

    def _stands_alone(self, row: int) -> bool:
        return len(self.grid.content(row)) == 1 and not self._coded(row) and not self._called(row)

    def _lines(self) -> list[Line]:
        """Patterns that may fit here: an outcome without words of its own stands once after a
        section's actions.
        """
        # West Sussex ends an objective with one bare line, its outcome.
        if not self.had_outcome:
            return self.table.lines
        return [
            line
            for line in self.table.lines
            if line.kind != "section.outcome" or not all(map(catch_all, line.reads))
        ]

    def _is_line(self, content: list[RawCell], inside: list[RawCell], *, known: bool) -> bool:
        if len(content) != 1:
            return False
        cell = content[0]
        columns = self.right - self.left + 1
        # A line that was merged by hand may stop a column or two short of the table's edge.
        if self.grid.width(cell) >= max(2, FULL_WIDTH * columns):
            return True
        # In a .csv nothing is merged: there a line is a text alone, at the left.
        return (
            not known
            and cell.column <= self.left
            and cell.column != self.action_column
            and self.grid.height(cell) == 1
        )


def _settled(rows: list[TableRow]) -> list[TableRow]:
    """A heading paragraph before no action, and whatever fits only as 'anything' after the last
    one, is a footnote.
    """
    settled: list[TableRow] = []
    leads_to_action = False
    after_last = True
    for row in reversed(rows):
        role = row.role
        if role == "action":
            leads_to_action, after_last = True, False
        elif role == "unknown" and after_last:
            role = "footnote"
        elif role in {"requirement", "section"} and not leads_to_action:
            # Walsall's footnotes fit `{text}`, as its heading paragraphs do.
            role = "section" if role == "section" and row.sure else "footnote"
        if role in {"requirement", "section"}:
            leads_to_action = False
        settled.append(replace(row, role=role))
    return settled[::-1]
