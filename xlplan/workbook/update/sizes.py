"""Column widths and row heights chosen from the contents, so that a page reads without dragging."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlplan.workbook.kit.measuring import LINE, lines_of
from xlplan.workbook.update.layout import UpdateColumn

LOWEST_ROW = 30.0
HIGHEST_ROW = 409.0
_NARROWEST = 8
_LONG = 320
_WIDER = 1.35
_FIXED_TYPES = {"rag", "tick", "number", "percent", "date"}
_LEAST = 19
"""Characters to which a wide column may shrink."""

PAGE = 965
"""Pixels of 1/96 inch between the margins of A4 on its side, less 8 %: LibreOffice prints columns
that much wider.
"""
SMALLEST = 70
"""Percent at which 10 point text prints at 7 point."""


def pixels(widths: Iterable[float]) -> float:
    """Pixels that columns take: seven a character and five between the lines, as Excel
    counts them.
    """
    # A digit of Excel's usual type, 11 point Calibri, is 7 pixels wide.
    return sum(7 * width + 5 for width in widths if width)


def within_a_page(columns: Sequence[UpdateColumn], widths: Sequence[float]) -> list[float]:
    """The widths, the widest of a table's answering part drawn in until that part prints at 7 point
    on one page.
    """
    fitted = list(widths)
    answering = [place for place, column in enumerate(columns) if not column.aside]
    room = 100 * PAGE / SMALLEST
    while pixels(fitted[place] for place in answering) > room:
        widest = max(answering, key=lambda place: fitted[place])
        if fitted[widest] <= _LEAST:
            break
        fitted[widest] -= 1
    return fitted


def beyond_widened(
    columns: Sequence[UpdateColumn], widths: Sequence[float], texts: Sequence[Sequence[str]]
) -> list[float]:
    """The widths, the context beyond the inputs drawn out over what its page leaves free, the
    tallest text first.

    `texts` are those of each column. Long texts there would make every row taller than what is to
    be answered.
    """
    fitted = list(widths)
    beyond = [place for place, column in enumerate(columns) if column.aside and widths[place]]
    repeated = (
        next((place for place, column in enumerate(columns) if column.id == "action"), -1) + 1
    )
    used = pixels(fitted[:repeated]) + pixels(fitted[place] for place in beyond)
    tallest = {place: _tallest(texts[place], fitted[place]) for place in beyond}
    for _ in range(int((100 * PAGE / SMALLEST - used) // 7)):
        place = max(tallest, key=lambda beside: tallest[beside], default=-1)
        if tallest.get(place, 1) == 1:
            break
        fitted[place] += 1
        tallest[place] = _tallest(texts[place], fitted[place])
    return fitted


def _tallest(texts: Sequence[str], width: float) -> int:
    return max((lines_of(text, width) for text in texts), default=1)


def fitted_width(column: UpdateColumn, texts: Sequence[str]) -> float:
    """A width in characters: as the layout has it; less where every text is short, more where some
    are very long.
    """
    if column.role not in {"locked", "last"} or column.type in _FIXED_TYPES:
        return column.width
    longest = max(map(len, texts), default=0)
    if longest > _LONG and column.width >= 20:
        return min(round(column.width * _WIDER), 52)
    if longest + 2 < column.width:
        heading = max((len(word) for word in column.heading.split()), default=0) + 3
        return max(_NARROWEST, heading, longest + 2)
    return column.width


def row_height(
    cells: Iterable[tuple[str, float]], lowest: float = LOWEST_ROW, *, bold: bool = False
) -> float:
    """Height in points for cells given as text and column width; Excel allows 409 at most."""
    lines = max((lines_of(text, width, bold=bold) for text, width in cells if text), default=1)
    return min(max(lines * LINE + 5, lowest), HIGHEST_ROW)
