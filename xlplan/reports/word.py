"""The change report as a Word document, since boards' papers are Word documents: the same chapters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from xlplan.plan.figures import Figures
from xlplan.reports.content import chapters, report_title
from xlplan.workbook.authoring import writable
from xlplan.workbook.blocks import Block, Cell, Chart, Column, Heading, Paragraph, Row, Series, Table, Tiles
from xlplan.workbook.palette import HEADER, LINE, LOCKED, MUTED, PAPER, text_on

PAGE_WIDTH = 26.7
"""Centimetres of an A4 page on its side, between margins."""
SMALL = Pt(9)
NARROWEST_PART = 0.55
"""Centimetres that the smallest number of a bar needs."""


def write_word(figures: Figures, path: Path, *, created: datetime) -> None:
    """Write the report as .docx: A4 on its side, real headings, table headings that repeat."""
    document = _document(figures, created)
    document.add_heading(writable(report_title(figures)), level=0)
    for chapter in chapters(figures):
        document.add_heading(writable(chapter.title), level=1)
        for block in chapter.blocks:
            _block(document, block)
    document.save(str(path))


def _document(figures: Figures, created: datetime) -> Any:
    document = docx.Document()
    heading = figures.heading
    properties = document.core_properties
    properties.title = writable(report_title(figures))
    properties.author = writable(heading.organisation)
    properties.created = properties.modified = created
    properties.category = writable(heading.marking)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.6)
    mark = " · ".join(part for part in ("DRAFT" if heading.draft else "", heading.marking) if part)
    section.header.paragraphs[0].text = writable(mark)
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    section.footer.paragraphs[0].text = writable(report_title(figures))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(4)
    for name in ("Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Calibri", _colour(HEADER)
        _without_theme(style.element.rPr.rFonts)
    document.styles["Title"].font.size = Pt(22)
    return document


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Chart):
        _chart(document, block)
    elif isinstance(block, Tiles):
        _tiles(document, block)
    elif isinstance(block, Heading):
        document.add_heading(writable(block.text), level=2)
    elif isinstance(block, Paragraph):
        run = document.add_paragraph().add_run(writable(block.text))
        if block.style == "muted":
            run.font.color.rgb = _colour(MUTED)


def _tiles(document: Any, block: Tiles) -> None:
    table = document.add_table(rows=1, cols=len(block.tiles))
    for cell, tile in zip(table.rows[0].cells, block.tiles, strict=True):
        _fill(cell, LOCKED)
        number = cell.paragraphs[0].add_run(tile.number)
        number.bold, number.font.size = True, Pt(18)
        cell.add_paragraph().add_run(writable(tile.label)).font.size = SMALL
    document.add_paragraph()


def _without_theme(fonts: Any) -> None:
    """The template's headings name a theme's font, which wins over the one set."""
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]


def _chart(document: Any, chart: Chart) -> None:
    """Bars as lines of a table whose cells are as wide as their numbers: a picture that Word can edit."""
    title = document.add_paragraph()
    title.paragraph_format.keep_with_next = True
    title.add_run(writable(chart.title)).bold = True
    most = max(1, *(sum(series.numbers[n] for series in chart.series) for n in range(len(chart.bars))))
    for place, bar in enumerate(chart.bars):
        parts = [(series, series.numbers[place]) for series in chart.series if series.numbers[place]]
        label = document.add_paragraph()
        label.paragraph_format.space_after = label.paragraph_format.space_before = Pt(1)
        label.paragraph_format.keep_with_next = True
        label.add_run(f"{writable(bar)}: {sum(count for _, count in parts)}").font.size = SMALL
        if parts:
            _bar(document, parts, most)
    key = document.add_paragraph()
    for series in chart.series:
        swatch = key.add_run(f" {writable(series.name)} ")
        swatch.font.size, swatch.font.color.rgb = SMALL, _colour(text_on(series.colour))
        _shade(swatch, series.colour)
        key.add_run("  ")


def _bar(document: Any, parts: list[tuple[Series, int]], most: int) -> None:
    """One bar: a cell for each part and an empty one for the rest of the width, so that lengths compare."""
    room = PAGE_WIDTH - NARROWEST_PART * (len(parts) + 1)
    widths = [NARROWEST_PART + room * count / most for _, count in parts]
    widths.append(max(0.1, PAGE_WIDTH - sum(widths)))
    table = document.add_table(rows=1, cols=len(widths))
    _fix_widths(table, [Cm(width) for width in widths])
    for cell, (series, count) in zip(table.rows[0].cells, parts, strict=False):
        _fill(cell, series.colour)
        run = cell.paragraphs[0].add_run(str(count))
        run.font.size, run.font.color.rgb = Pt(8), _colour(text_on(series.colour))


def _fix_widths(table: Any, widths: list[Any]) -> None:
    """Widths of columns and of their cells: Word goes by the cells, other programs by the columns."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = width


def _table(document: Any, table: Table) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.add_run(writable(table.caption)).bold = True
    if not table.rows:
        document.add_paragraph(writable(table.empty))
        return
    grouped = bool(table.group_title)
    columns = (Column(table.group_title, "text", 22), *table.columns) if grouped else table.columns
    drawn = document.add_table(rows=1, cols=len(columns))
    drawn.style = "Table Grid"
    _quiet_borders(drawn)
    whole = sum(column.width for column in columns)
    widths = [Cm(PAGE_WIDTH * column.width / whole) for column in columns]
    _fix_widths(drawn, widths)
    _heads(drawn.rows[0], columns)
    for row in table.rows:
        _row(drawn.add_row(), (Cell(row.group), *row.cells) if grouped else row.cells, row, columns, widths)
    if table.note:
        document.add_paragraph().add_run(writable(table.note)).font.color.rgb = _colour(MUTED)


def _quiet_borders(table: Any) -> None:
    """Thin grey lines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH", "left", "right", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in {"top", "bottom", "insideH"} else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), LINE.lstrip("#"))
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _heads(row: Any, columns: tuple[Column, ...]) -> None:
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeat)
    for cell, column in zip(row.cells, columns, strict=True):
        fill = column.colour or HEADER
        _fill(cell, fill)
        if column.kind == "number":
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = cell.paragraphs[0].add_run(writable(column.title))
        run.bold, run.font.size = True, SMALL
        run.font.color.rgb = _colour(text_on(fill) if column.colour else PAPER)


def _row(row: Any, cells: tuple[Cell, ...], said: Row, columns: tuple[Column, ...], widths: list[Any]) -> None:
    split = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(split)
    for drawn, cell, column, width in zip(row.cells, cells, columns, widths, strict=True):
        drawn.width = width
        paragraph = drawn.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        if column.kind == "number":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(writable(str(cell)))
        run.font.size, run.bold = SMALL, cell.strong or said.total or None
        if cell.colour:
            _fill(drawn, cell.colour)
            run.font.color.rgb = _colour(text_on(cell.colour))


def _fill(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(_shading(colour))


def _shade(run: Any, colour: str) -> None:
    run._r.get_or_add_rPr().append(_shading(colour))


def _shading(colour: str) -> Any:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour.lstrip("#"))
    return shading


def _colour(text: str) -> Any:
    return RGBColor.from_string(text.lstrip("#").upper())
