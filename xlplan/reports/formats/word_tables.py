"""Tables of a Word report: headings that repeat on each page, rows that stay whole, ratings on
their colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from xlplan.workbook.kit.authoring import writable
from xlplan.workbook.kit.palette import HEADER, LINE, LOCKED, MUTED, PAPER, text_on
from xlplan.workbook.pages.blocks import Column, Row, Table, heads, two_lines

PAGE_WIDTH = 26.7
"""Centimetres of an A4 page on its side, between margins."""
SMALL = Pt(9)
SMALLER = Pt(7.5)
"""Headings below others, where numbers stand close."""
NUMBER_WIDTH = 1.14
"""Centimetres of a column of numbers that stands in a pair."""
NUMBER_MARGIN = 0.06
"""Centimetres between such a column and its edge."""

MOST_TOGETHER, MOST_PAIRS = 5, 16
"""Rows up to which a table stays on one page: of text, of numbers in pairs."""
AFTER_MARGINS = ("w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
"""What follows a cell's margins: Word insists on the order of its marks."""


def add_table(document: Any, table: Table, *, captioned: bool = True) -> None:
    """A caption that stays with its table, the table, its note; what stands in its place when it
    has no rows.

    Without `captioned` the heading above says what the caption would.
    """
    if captioned:
        caption = document.add_paragraph()
        caption.add_run(writable(table.caption)).bold = True
        caption.paragraph_format.space_before = Pt(6)
        caption.paragraph_format.keep_with_next = True
    if not table.rows:
        document.add_paragraph(writable(table.empty))
        return
    drawn = document.add_table(rows=1 + two_lines(table.columns), cols=len(table.columns))
    drawn.style = "Table Grid"
    # Word's Table Grid draws a line around every cell.
    _quiet_borders(drawn)
    _name(drawn, table.caption)
    widths = _widths(table.columns)
    fix_widths(drawn, widths)
    _headings(drawn, table.columns)
    for group, rows in groupby(table.rows, key=lambda row: row.group):
        if group:
            _group(drawn.add_row(), group)
        for row in rows:
            _row(drawn.add_row(), row, table.columns, widths)
    if len(table.rows) <= (MOST_PAIRS if two_lines(table.columns) else MOST_TOGETHER):
        _on_one_page(drawn)
    if table.note:
        note = document.add_paragraph().add_run(writable(table.note))
        note.font.color.rgb, note.font.size = colour_of(MUTED), SMALL


def _on_one_page(table: Any) -> None:
    """Each row stays with the next; a table that no page holds breaks all the same."""
    for row in table.rows[:-1]:
        for paragraph in row.cells[0].paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _name(table: Any, caption: str) -> None:
    """What screen readers call the table."""
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), writable(caption))
    table._tbl.tblPr.insert_element_before(name, "w:tblDescription")


def _group(row: Any, group: str) -> None:
    """The section that the rows below belong to, on the page of the first of them."""
    _keep(row, "w:cantSplit")
    cell = row.cells[0].merge(row.cells[-1])
    shade(cell, LOCKED)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(writable(group))
    run.bold, run.font.size, run.font.color.rgb = True, SMALL, colour_of(HEADER)


def _widths(columns: Iterable[Column[Any]]) -> list[Any]:
    """As wide as the page: pairs of numbers as narrow as they can be, the others by their
    widths.
    """
    each = list(columns)
    left = PAGE_WIDTH - NUMBER_WIDTH * sum(bool(column.over) for column in each)
    whole = sum(column.width for column in each if not column.over)
    return [Cm(NUMBER_WIDTH if column.over else left * column.width / whole) for column in each]


def fix_widths(table: Any, widths: list[Any]) -> None:
    """Widths of columns and of their cells: Word goes by the cells, other programs by the
    columns.
    """
    # Word would stretch a column to its longest word, such as a pasted link.
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _quiet_borders(table: Any) -> None:
    """Thin grey lines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in {"top", "bottom", "insideH"} else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LINE.lstrip("#"))
        borders.append(line)
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"
    )


def _headings(table: Any, columns: tuple[Column[Any], ...]) -> None:
    """One line of headings, or two where some stand over others; both repeat on every page."""
    # Word repeats a heading only where each row above it is repeated too.
    for row in table.rows:
        _keep(row, "w:tblHeader")
    top = table.rows[0].cells
    for head in heads(columns):
        cell = top[head.first]
        if head.wide > 1:
            cell = cell.merge(top[head.first + head.wide - 1])
        elif head.alone and len(table.rows) > 1:
            cell = cell.merge(table.rows[1].cells[head.first])
        _heading(cell, columns[head.first], head.title, middle=not head.alone)
    for place, column in enumerate(columns):
        if column.over:
            _heading(table.rows[1].cells[place], column, column.title, size=SMALLER)


def _heading(
    cell: Any, column: Column[Any], title: str, *, middle: bool = False, size: Any = SMALL
) -> None:
    fill = column.colour or HEADER
    shade(cell, fill)
    paragraph = cell.paragraphs[0]
    if middle:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif column.kind == "number":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if column.over:
        _close(cell)
    paragraph.paragraph_format.space_after = Pt(1)
    run = paragraph.add_run(writable(title))
    run.bold, run.font.size = True, size
    run.font.color.rgb = colour_of(text_on(fill) if column.colour else PAPER)


def _row(drawn_row: Any, row: Row, columns: tuple[Column[Any], ...], widths: list[Any]) -> None:
    _keep(drawn_row, "w:cantSplit")
    for drawn, cell, column, width in zip(drawn_row.cells, row.cells, columns, widths, strict=True):
        drawn.width = width
        paragraph = drawn.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if column.kind == "number":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if column.over:
            _close(drawn)
        run = paragraph.add_run(writable(str(cell)))
        run.font.size, run.bold = SMALL, cell.strong or row.total or None
        if cell.colour:
            shade(drawn, cell.colour)
            run.font.color.rgb = colour_of(text_on(cell.colour))


def _keep(row: Any, name: str) -> None:
    """Mark a row: `w:tblHeader` repeats it on every page, `w:cantSplit` keeps it on one."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _close(cell: Any) -> None:
    """Hardly any room between a number and the edge of its cell."""
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Cm(NUMBER_MARGIN).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    cell._tc.get_or_add_tcPr().insert_element_before(margins, *AFTER_MARGINS)


def shade(cell: Any, colour: str) -> None:
    """Fill a cell."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour.lstrip("#"))
    # python-docx has no fill of a cell, and Word wants a cell's marks in their order.
    cell._tc.get_or_add_tcPr().insert_element_before(shading, "w:noWrap", "w:tcMar", *AFTER_MARGINS)


def colour_of(text: str) -> Any:
    """A #RRGGBB as python-docx has colours."""
    # python-docx takes no # before a colour.
    return RGBColor.from_string(text.lstrip("#").upper())
