"""How the table of an update workbook fits a screen and a page: zoom, print scale, print areas,
page breaks.
"""

from __future__ import annotations

from xlplan.workbook.kit.authoring import header_text
from xlplan.workbook.kit.words import shortened
from xlplan.workbook.kit.written import WrittenSheet
from xlplan.workbook.update.proposals import proposals_row
from xlplan.workbook.update.sizes import PAGE, SMALLEST, pixels
from xlplan.workbook.update.table import TableArea

SCREEN = 1310
"""Pixels that a window of 1366 leaves for cells, beside row numbers and the scroll bar."""
LARGEST = 100
NARROWEST_ZOOM = 80
_TALL = range(480, 512, 4)
"""Points between the margins of A4 on its side, as one program or another counts them."""
_USUAL_ROW = 15.0


def zoom_of(grid: TableArea) -> int:
    """The zoom, in percent, at which everything up to the last input is in view on a screen 1366
    pixels wide.
    """
    return max(NARROWEST_ZOOM, min(LARGEST, 5 * int(20 * SCREEN / _answering(grid))))


def set_up_page(
    sheet: WrittenSheet, title: str, about: str, marking: str, *, portrait: bool = False
) -> None:
    """A4, on its side unless told otherwise, as wide as a page; the marking around it, page numbers
    below.
    """
    # Excel's number for A4.
    sheet.set_paper(9)
    sheet.set_portrait() if portrait else sheet.set_landscape()
    # As many pages down as it takes: XlsxWriter's 0.
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    # Councils want their marking, `OFFICIAL`, on each printed page.
    if marking:
        sheet.set_header(f"&C&B{header_text(marking)}")
    # Two lines on the left: one would run into the marking.
    room = 40 if portrait else 64
    left = "\n".join(header_text(shortened(part, room)) for part in (title, about) if part)
    # The blank after `&8`: Excel would add the figures that a title begins with to the size.
    sheet.set_footer(f"&L&8 {left}&C{header_text(marking, 40)}&R&8 Page &P of &N")


def scale_page(sheet: WrittenSheet, grid: TableArea) -> None:
    """Print readably: all on one page's width where that leaves 7 point text; else the context on
    pages of its own.

    Those repeat ref and action. Breaks need a scale: "fit to width" would overrule them.
    """
    whole, left = pixels(grid.widths), pixels(grid.widths[: grid.beyond_view])
    fits = int(100 * PAGE / whole)
    last_row = max(grid.heights)
    if grid.aside is None or fits >= SMALLEST:
        scale = max(SMALLEST, min(LARGEST, fits))
    else:
        beyond = left + pixels(grid.widths[grid.aside :])
        scale = max(SMALLEST, min(LARGEST, int(100 * PAGE / max(_answering(grid), beyond))))
        # A page of context alone would not say which action it is about.
        sheet.repeat_columns(0, grid.beyond_view - 1)
        last = len(grid.columns) - 1
        sheet.print_areas(
            (0, 0, last_row, grid.aside - 1), (grid.band, grid.aside, grid.last, last)
        )
    sheet.set_print_scale(scale)
    if any(_splits_proposals(grid, 100 * tall / scale) for tall in _TALL):
        sheet.set_h_pagebreaks([proposals_row(grid)])


def _splits_proposals(grid: TableArea, room: float) -> bool:
    """Whether a page would end amid the rows for proposals; the next would show them under the
    table's headings.
    """
    start = proposals_row(grid)
    repeated = grid.heights[grid.band] + grid.heights[grid.header]
    used = 0.0
    for row in range(start):
        height = 0.0 if row == grid.keys else grid.heights.get(row, _USUAL_ROW)
        used = used + height if used + height <= room else repeated + height
    block = sum(height for row, height in grid.heights.items() if row >= start)
    return used + block > room


def _answering(grid: TableArea) -> float:
    """Pixels up to the last input."""
    return pixels(grid.widths[: grid.aside])
