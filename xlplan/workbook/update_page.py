"""How the table of an update workbook fits a screen and a page: zoom, print scale, and the page of context."""

from __future__ import annotations

from typing import Any

from xlplan.workbook.update_sizes import PAGE, SMALLEST, pixels
from xlplan.workbook.update_table import Grid

SCREEN = 1310
"""Pixels that a window of 1366 leaves for cells, beside row numbers and the scroll bar."""
LARGEST = 100
NARROWEST_ZOOM = 80


def zoom_of(grid: Grid) -> int:
    """The zoom, in percent, at which everything up to the last input is in view on a screen 1366 pixels wide."""
    return max(NARROWEST_ZOOM, min(LARGEST, 5 * int(20 * SCREEN / _answering(grid))))


def scale_page(sheet: Any, grid: Grid) -> None:
    """Print readably: all on one page's width where that leaves 7 point text; else the context on a page of its own.

    The page of context repeats ref and action. A manual break needs a scale: "fit to width" would overrule it.
    """
    whole, left = pixels(grid.widths), pixels(grid.widths[: grid.place("action") + 1])
    fits = int(100 * PAGE / whole)
    if grid.aside is None or fits >= SMALLEST:
        sheet.set_print_scale(max(SMALLEST, min(LARGEST, fits)))
        return
    beyond = left + pixels(grid.widths[grid.aside :])
    sheet.set_print_scale(max(SMALLEST, min(LARGEST, int(100 * PAGE / max(_answering(grid), beyond)))))
    sheet.repeat_columns(0, grid.place("action"))
    sheet.set_v_pagebreaks([grid.aside])


def _answering(grid: Grid) -> float:
    """Pixels up to the last input."""
    return pixels(grid.widths[: grid.aside])
