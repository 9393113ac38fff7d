"""The change report as Markdown: the same chapters, tables as pipe tables; no text of a lead
becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from xlplan.plan.figures.figures import Figures
from xlplan.reports.chapters.content import chapters, report_title
from xlplan.workbook.pages.blocks import (
    Block,
    Chart,
    Column,
    Heading,
    Paragraph,
    Table,
    TableCell,
    Tiles,
)

# GitHub reads `$` as mathematics and `~` as struck out; `|` ends a cell of a pipe table.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
# Notes begin with `- ` or `1.`, which would start a list, or with `+` and `=` from a sum.
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)", re.MULTILINE)


def markdown(figures: Figures) -> str:
    """The report as one Markdown document."""
    heading = figures.heading
    lines = [f"# {escaped(report_title(figures))}", ""]
    mark = " · ".join(part for part in ("DRAFT" if heading.draft else "", heading.marking) if part)
    lines += [f"**{escaped(mark)}**", ""] if mark else []
    for chapter in chapters(figures):
        lines += [f"## {escaped(chapter.title)}", ""]
        for block in chapter.blocks:
            lines += [*_block(block, captioned=not chapter.one_table), ""]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))


def _block(block: Block, *, captioned: bool) -> Iterator[str]:
    if isinstance(block, Table):
        yield from _table(block, captioned=captioned)
    elif isinstance(block, Tiles):
        yield " · ".join(
            f"**{escaped(tile.number)}** {escaped(tile.label)}" for tile in block.tiles
        )
    elif isinstance(block, Heading):
        yield f"### {escaped(block.text)}"
    elif isinstance(block, Chart):
        # Markdown has no drawings: the chart is told in words.
        yield f"{escaped(block.title)}: {escaped(block.text)}."
    elif isinstance(block, Paragraph):
        yield escaped(block.text)


def _table(table: Table, *, captioned: bool) -> Iterator[str]:
    if not table.rows:
        yield (
            f"**{escaped(table.caption)}.** {escaped(table.empty)}"
            if captioned
            else escaped(table.empty)
        )
        return
    grouped = bool(table.group_title)
    # No line runs across a pipe table: the group takes a column.
    columns = (Column(table.group_title), *table.columns) if grouped else table.columns
    if captioned:
        yield f"**{escaped(table.caption)}**"
        yield ""
    yield _line(escaped(column.full) for column in columns)
    yield (
        "|" + "|".join(" ---: " if column.kind == "number" else " --- " for column in columns) + "|"
    )
    for row in table.rows:
        texts = [_cell(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)]
        yield _line([escaped(row.group), *texts] if grouped else texts)
    if table.note:
        yield ""
        yield escaped(table.note)


def _cell(cell: TableCell, column: Column[Any]) -> str:
    """A cell's text; in bold the number of a pair that moved."""
    return f"**{escaped(str(cell))}**" if cell.strong and column.over else escaped(str(cell))


def _line(texts: Iterator[str] | list[str]) -> str:
    # A row of a pipe table is one line of the file; an appended note has several.
    return "| " + " | ".join(text.replace("\n", "<br>") for text in texts) + " |"
