"""Tables and headline numbers of a finished workbook, and of a report in whatever format it is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import openpyxl

from tests.stories.proof.readers import (
    Found,
    Page,
    joined_heading,
    one_line,
    plain,
    read_html,
    read_markdown,
    read_word,
)

OUR_SHEET = "xlplan:sheet"
"""Stands unseen on every sheet of figures; others are the office's own."""
FIRST_ROW = 4
"""Above it a sheet has its title, the plan's, and a mark that nobody sees."""


def read_report(path: Path, titles: Iterable[str]) -> Page:
    """A report or master of any format that is printed. A sheet's tables are found by their
    `titles`.
    """
    if path.suffix == ".xlsx":
        return read_workbook(path, titles)
    return {".html": read_html, ".docx": read_word, ".md": read_markdown}[path.suffix](path)


def read_workbook(path: Path, titles: Iterable[str]) -> Page:
    """Every visible sheet; below a title stand the headings, below them the rows, a blank row ends
    them.
    """
    page, wanted = Page(), set(titles)
    for sheet in openpyxl.load_workbook(path):
        if sheet.sheet_state != "visible" or sheet["A3"].value != OUR_SHEET:
            continue
        for row in range(1, sheet.max_row + 1):
            text = sheet.cell(row, 1).value
            if not isinstance(text, str):
                continue
            page.paragraphs.append(one_line(text))
            if row >= FIRST_ROW and text in wanted:
                page.add(_on_sheet(sheet, row + 1, text))
        if (title := sheet.cell(1, 1).value) in wanted and title not in page.tables:
            page.add(_on_sheet(sheet, _first_below(sheet), str(title)))
    return page


def _first_below(sheet: Any) -> int:
    """Where a sheet begins: its only table may have the sheet's title, and stand below a chart."""
    return next(
        (row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 1).value), FIRST_ROW
    )


def _on_sheet(sheet: Any, row: int, title: str) -> Found:
    """The table whose headings stand in a row."""
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    first = _line(sheet, row)
    if len(first) < 2:
        return Found(title, said=first[0] if first else "")
    headings, top = first, row + 1
    if any(above == row and area.max_row == row + 1 for (above, _), area in merged.items()):
        width = max(area.max_col for (above, _), area in merged.items() if above == row)
        over = _line(sheet, row, width)
        for (above, column), area in merged.items():
            if above == row:
                over[column - 1 : area.max_col] = [over[column - 1]] * (area.max_col - column + 1)
        headings, top = joined_heading(over, _line(sheet, row + 1, width)), row + 2
    rows = []
    while any(line := _line(sheet, top, len(headings))) and any(line[1:]):
        rows.append(line)
        top += 1
    return Found(title, headings, rows)


def _line(sheet: Any, row: int, width: int = 0) -> list[str]:
    cells = [sheet.cell(row, column) for column in range(1, (width or sheet.max_column) + 1)]
    texts = [_shown(cell) for cell in cells]
    while not width and texts and not texts[-1]:
        texts.pop()
    return texts


def _shown(cell: Any) -> str:
    if cell.value is None:
        return ""
    if "%" in cell.number_format and isinstance(cell.value, int | float):
        return f"{cell.value:.1%}"
    return one_line(str(cell.value))


def headlines(path: Path) -> dict[str, str]:
    """The headline numbers of a report by what they count."""
    if path.suffix == ".md":
        line = next(
            line
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith("**") and " · " in line
        )
        return {
            plain(words): number for number, words in re.findall(r"\*\*(\d+)\*\* ([^·]+)", line)
        }
    if path.suffix == ".html":
        tiles = re.findall(r"<b>(\d+)</b><span>(.*?)</span>", path.read_text(encoding="utf-8"))
        return {html.unescape(words): number for number, words in tiles}
    if path.suffix == ".docx":
        row = next(
            table.rows[0] for table in docx.Document(str(path)).tables if len(table.rows) == 1
        )
        return {one_line(cell.paragraphs[1].text): cell.paragraphs[0].text for cell in row.cells}
    book = openpyxl.load_workbook(path)
    if "Summary" in book.sheetnames and book["Summary"]["A3"].value == OUR_SHEET:
        lines = (re.match(r"(\d+)  (.+)", str(cell.value)) for cell in book["Summary"]["A"])
        return {found[2]: found[1] for found in lines if found}
    top = next(
        row
        for row in range(FIRST_ROW + 1, 20)
        if isinstance(book["Dashboard"].cell(row, 1).value, int | float)
    )
    numbers, words = (_line(book["Dashboard"], row) for row in (top, top + 1))
    return {label: number for number, label in zip(numbers, words, strict=True) if label}
