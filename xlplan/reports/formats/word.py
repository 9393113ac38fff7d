"""The change report as a Word document, since boards' papers are Word documents: the same
chapters.
"""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from xlplan.plan.figures.figures import Figures
from xlplan.reports.chapters.content import chapters, report_title
from xlplan.reports.formats.painting import paint
from xlplan.reports.formats.word_tables import PAGE_WIDTH, SMALL, add_table, colour_of, shade
from xlplan.workbook.kit.authoring import writable
from xlplan.workbook.kit.palette import HEADER, LOCKED, MUTED
from xlplan.workbook.pages.blocks import Block, Chart, Heading, Paragraph, Table, Tiles

TALLEST_PICTURE = 15.5
"""Centimetres that a chart may take of a page's height."""


def write_word(figures: Figures, path: Path, *, created: datetime) -> None:
    """Write the report as .docx: A4 on its side, real headings, table headings that repeat, charts
    as pictures.

    The same figures at the same time give the same bytes.
    """
    document = _document(figures, created)
    document.add_heading(writable(report_title(figures)), level=0)
    for chapter in chapters(figures):
        # Word's navigation and screen readers go from heading to heading.
        document.add_heading(writable(chapter.title), level=1)
        for block in chapter.blocks:
            _block(document, block, captioned=not chapter.one_table)
    path.write_bytes(_dated(document, created))


def _dated(document: Any, created: datetime) -> bytes:
    """The document's package, each part of it dated as the document is: python-docx takes the clock
    of the machine.
    """
    written, dated = BytesIO(), BytesIO()
    document.save(written)
    # A ZIP knows no earlier day.
    when = max(created, datetime(1980, 1, 1)).timetuple()[:6]
    with (
        zipfile.ZipFile(written) as package,
        zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in package.infolist():
            copy.writestr(
                zipfile.ZipInfo(part.filename, when), package.read(part), zipfile.ZIP_DEFLATED
            )
    return dated.getvalue()


def _document(figures: Figures, created: datetime) -> Any:
    document = docx.Document()
    heading = figures.heading
    properties = document.core_properties
    properties.title = writable(report_title(figures))
    # The template of python-docx names itself as the author.
    properties.author = writable(heading.organisation)
    properties.created = properties.modified = created
    properties.category = writable(heading.marking)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    # To python-docx orientation is a word: the paper stays upright without its sizes.
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.6)
    section.header_distance = section.footer_distance = Cm(0.8)
    _around(section, figures)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(4)
    for name in ("Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Calibri", colour_of(HEADER)
        _without_theme(style.element.rPr.rFonts)
    document.styles["Title"].font.size = Pt(22)
    return document


def _around(section: Any, figures: Figures) -> None:
    """The marking above and below every page, the title and the page's number below."""
    heading = figures.heading
    mark = " · ".join(part for part in ("DRAFT" if heading.draft else "", heading.marking) if part)
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.text, above.alignment = writable(mark), WD_ALIGN_PARAGRAPH.CENTER
    # The template's stops are those of an upright page: the number would stand in the middle.
    for stop in list(below.style.paragraph_format.tab_stops):
        below.paragraph_format.tab_stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    below.paragraph_format.tab_stops.add_tab_stop(Cm(PAGE_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    below.add_run(
        writable(" · ".join(part for part in (mark, report_title(figures)) if part)) + "\tPage "
    )
    _field(below, "PAGE")
    below.add_run(" of ")
    _field(below, "NUMPAGES")
    for run in (*above.runs, *below.runs):
        run.font.size = SMALL
    for run in above.runs:
        run.bold = True


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts itself."""
    # The 1 shows in programs that do not count, such as a mailer's preview.
    field, run = OxmlElement("w:fldSimple"), paragraph.add_run("1")
    field.set(qn("w:instr"), name)
    run.font.size = SMALL
    field.append(run._r)
    paragraph._p.append(field)


def _block(document: Any, block: Block, *, captioned: bool) -> None:
    if isinstance(block, Table):
        add_table(document, block, captioned=captioned)
    elif isinstance(block, Chart):
        _chart(document, block)
    elif isinstance(block, Tiles):
        _tiles(document, block)
    elif isinstance(block, Heading):
        document.add_heading(writable(block.text), level=2)
    elif isinstance(block, Paragraph):
        run = document.add_paragraph().add_run(writable(block.text))
        if block.style == "muted":
            run.font.color.rgb = colour_of(MUTED)


def _tiles(document: Any, block: Tiles) -> None:
    table = document.add_table(rows=1, cols=len(block.tiles))
    for cell, tile in zip(table.rows[0].cells, block.tiles, strict=True):
        shade(cell, LOCKED)
        number = cell.paragraphs[0].add_run(tile.number)
        number.bold, number.font.size = True, Pt(18)
        cell.add_paragraph().add_run(writable(tile.label)).font.size = SMALL
    # Word joins two tables that touch.
    document.add_paragraph()


def _without_theme(fonts: Any) -> None:
    """The template's headings name a theme's font, which wins over the one set."""
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]


def _chart(document: Any, chart: Chart) -> None:
    """The chart as a picture below its title; what it shows is told in words to who cannot
    see it.
    """
    title = document.add_paragraph()
    title.paragraph_format.keep_with_next = True
    title.add_run(writable(chart.title)).bold = True
    picture = document.add_picture(BytesIO(paint(chart)))
    # Word cuts off what of a picture does not fit its page.
    shrunk = min(1.0, Cm(PAGE_WIDTH) / picture.width, Cm(TALLEST_PICTURE) / picture.height)
    picture.width, picture.height = round(picture.width * shrunk), round(picture.height * shrunk)
    about = picture._inline.docPr
    about.set("name", writable(chart.title))
    about.set("descr", writable(f"{chart.title}. {chart.text}."))
