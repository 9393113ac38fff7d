"""The change report as one self-contained HTML file: no script, no network; every text is
escaped.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader

from xlplan.plan.figures.figures import Figures
from xlplan.reports.chapters.content import chapters, report_title
from xlplan.reports.formats.bars import drawing
from xlplan.workbook.kit.palette import text_on
from xlplan.workbook.pages.blocks import Block, Row, heads, two_lines


def html(figures: Figures) -> str:
    """The report as one HTML document."""
    environment = Environment(
        loader=PackageLoader("xlplan.reports"),
        # A lead's `<5 cases` is text, and so is whatever somebody pasted from a web page.
        autoescape=True,
        # Jinja2 would leave an empty line where each of its tags stood.
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shape"] = shape
    environment.filters["grouped"] = grouped
    environment.filters["drawing"] = drawing
    environment.filters["ink"] = text_on
    environment.filters["slug"] = slug
    environment.filters["heads"] = heads
    environment.filters["two_lines"] = two_lines
    template = environment.get_template("report.html.j2")
    return template.render(
        title=report_title(figures), heading=figures.heading, chapters=chapters(figures)
    )


def write_html(figures: Figures, path: Path) -> None:
    """Write the report as UTF-8."""
    path.write_text(html(figures), encoding="utf-8", newline="\n")


def shape(block: Block) -> str:
    """What a block is, as the template asks for it: `paragraph`, `table`, ..."""
    return type(block).__name__.lower()


def grouped(rows: tuple[Row, ...]) -> list[tuple[str, list[Row]]]:
    """Rows by their group, in order."""
    return [(group, list(theirs)) for group, theirs in groupby(rows, key=lambda row: row.group)]


def slug(name: str) -> str:
    """A chapter's name as an anchor."""
    return "-".join(name.casefold().split())
