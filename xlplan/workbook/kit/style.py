"""Cell styles by name: one look for every workbook that leads, officers and boards open."""

from __future__ import annotations

from typing import Any

from xlplan.workbook.kit import palette
from xlplan.workbook.kit.written import CellFormat, WrittenBook

Look = dict[str, Any]
"""Properties of a format, as XlsxWriter names them."""


def _ink(colour: str, fill: str = "") -> Look:
    return {"font_color": colour} | ({"bg_color": fill} if fill else {})


def _box(colour: str) -> Look:
    return {"border": 1, "border_color": colour}


# Text format: in a cell of another one Excel turns a typed `3/4` or `Sept 2019` into a date, and
# `1.10` into 1.1.
_AS_TEXT: Look = {"num_format": "@"}
_BOLD: Look = {"bold": True}
_UNDERLINED: Look = {"underline": 1}
_LEFT: Look = {"align": "left", "indent": 1}
_RIGHT: Look = {"align": "right"}
_UPRIGHT: Look = {"valign": "vcenter"}
_CENTRE: Look = {"align": "center", "bold": True, "indent": 0}
_MIDDLE: Look = {**_CENTRE, **_UPRIGHT, "font_size": 11}
_DAY: Look = {"num_format": "dd mmm yyyy", "align": "left"}
_PERCENT: Look = {"num_format": "0%"}

_TEXT: Look = {"font_name": "Calibri", "font_size": 10, **_ink(palette.INK), "valign": "top"}
_WRAP: Look = {**_TEXT, "text_wrap": True}
_MUTED: Look = {**_TEXT, **_ink(palette.MUTED)}
_HEADING: Look = {**_TEXT, **_BOLD, "font_size": 12, **_ink(palette.HEADER)}
_CELL: Look = {**_WRAP, **_LEFT}

# Update and decisions workbooks: what is locked, and what is to fill in.
_LOCKED: Look = {**_CELL, "bg_color": palette.LOCKED, **_box(palette.LINE), "locked": True}
_INPUT: Look = {
    **_CELL,
    "bg_color": palette.INPUT,
    **_box(palette.INPUT_LINE),
    "locked": False,
    **_AS_TEXT,
}
_BAND: Look = {**_TEXT, **_BOLD, **_UPRIGHT}
_HEADER: Look = {**_CELL, **_BOLD, **_box(palette.LINE)}
_ON_HEADER = _ink(palette.PAPER, palette.HEADER)
_ON_INPUT = _ink(palette.INPUT_INK, palette.INPUT_HEADER)
_ON_ASIDE = _ink(palette.PAPER, palette.MUTED)

# Tables of figures: lines between rows, none between columns.
_FIGURE: Look = {**_WRAP, "bottom": 1, "bottom_color": palette.LINE}
_TOTAL: Look = {**_BOLD, "bg_color": palette.LOCKED}
_COUNT: Look = {"num_format": "0", **_RIGHT}
_LINK: Look = {**_ink(palette.LINK), **_UNDERLINED}
_FIGURES: dict[str, Look] = {
    "text": {**_LEFT, **_AS_TEXT},
    "strong": {**_LEFT, **_AS_TEXT, **_BOLD},
    "link": {**_LEFT, **_LINK, **_BOLD},
    "count": {**_RIGHT, **_AS_TEXT},
    "number": _COUNT,
    "strong number": {**_COUNT, **_BOLD},
    "link number": {**_COUNT, **_LINK},
    "share": {"num_format": "0.0%", **_RIGHT},
    "date": {"num_format": "d mmm yyyy", "align": "left"},
}
_HEAD: Look = {**_WRAP, **_BOLD, **_UPRIGHT, **_box(palette.LINE), **_ON_HEADER}
_TILE: Look = {
    **_TEXT,
    **_BOLD,
    **_UPRIGHT,
    **_LEFT,
    "font_size": 13,
    "left": 5,
    "bg_color": palette.LOCKED,
}
_TILES: dict[str, Look] = {
    "tile": _TILE,
    "tile number": {**_TILE, "font_size": 20},
    "tile label": {**_TILE, "font_size": 10, "bold": False, "text_wrap": True, "valign": "top"},
}

# The plan in the master workbook, in its published layout.
_PLAN: Look = {**_CELL, **_box(palette.LINE), **_AS_TEXT}
_LINE: Look = {**_PLAN, **_UPRIGHT}
_NOTE: Look = {**_LINE, "bg_color": palette.SECTION_NOTE}
_CARRIED: Look = {**_WRAP, **_box(palette.LINE)}

STYLES: dict[str, Look] = {
    "text": _TEXT,
    "wrap": _WRAP,
    "wrap strong": {**_WRAP, **_BOLD},
    "beside": {**_WRAP, "indent": 1},
    "beside middle": {**_WRAP, "indent": 1, **_UPRIGHT},
    "title": {**_TEXT, **_BOLD, "font_size": 16},
    "page title": {**_HEADING, "font_size": 16},
    "heading": _HEADING,
    "strong": {**_TEXT, **_BOLD, "font_size": 11, **_ink(palette.CHANGED_INK)},
    "muted": {**_MUTED, "font_size": 9},
    "trouble": {**_TEXT, **_BOLD, **_ink(palette.FAULT_INK)},
    "hidden": {**_MUTED, **_AS_TEXT},
    "hidden open": {**_MUTED, **_AS_TEXT, "locked": False},
    # Three empty parts: the text is in its cell for us, and on no screen and no paper.
    "unseen": {**_TEXT, "num_format": ";;;"},
    "band": {**_BAND, **_ON_HEADER},
    "band input": {**_BAND, **_ON_INPUT},
    "band aside": {**_BAND, **_ON_ASIDE},
    "header": {**_HEADER, **_ON_HEADER},
    "header input": {**_HEADER, **_ON_INPUT, "border_color": palette.INPUT_LINE},
    "header aside": {**_HEADER, **_ON_ASIDE},
    "locked": {**_LOCKED, **_AS_TEXT},
    "locked centre": {**_LOCKED, **_CENTRE, **_AS_TEXT},
    "locked number": _LOCKED,
    "locked percent": {**_LOCKED, **_PERCENT},
    "locked date": {**_LOCKED, **_DAY},
    "locked rating": {**_LOCKED, **_MIDDLE, **_AS_TEXT},
    "filler": {**_LOCKED, **_ink(palette.MUTED)},
    "problem": {**_LOCKED, **_ink(palette.FAULT_INK, palette.PAPER)},
    "swatch": {**_LOCKED, **_MIDDLE},
    # Calibri has no tick: each program would borrow one of another size and colour.
    "done": {**_LOCKED, **_CENTRE, **_ink(palette.CHANGED_INK), "font_name": "Segoe UI Symbol"},
    "input": _INPUT,
    "input centre": {**_INPUT, **_CENTRE},
    "input number": {**_INPUT, "num_format": "General"},
    "input percent": {**_INPUT, **_PERCENT},
    "input date": {**_INPUT, **_DAY},
    "input rating": {**_INPUT, **_MIDDLE},
    "paragraph plain": _WRAP,
    "paragraph lead": {**_WRAP, "font_size": 11.5},
    "paragraph muted": {**_WRAP, **_ink(palette.MUTED)},
    **{
        f"{part} {tone}": {**look, "left_color": colour}
        for part, look in _TILES.items()
        for tone, colour in palette.TONES.items()
    },
    "head": {**_HEAD, **_LEFT},
    "head number": {**_HEAD, **_RIGHT},
    "head over": {**_HEAD, "align": "center"},
    **{f"figure {kind}": {**_FIGURE, **look} for kind, look in _FIGURES.items()},
    **{f"total {kind}": {**_FIGURE, **look, **_TOTAL} for kind, look in _FIGURES.items()},
    "figure rating": {**_FIGURE, **_LEFT, **_AS_TEXT, **_BOLD},
    "figure rating number": {**_FIGURE, **_RIGHT, **_BOLD, "num_format": "+0;-0;0"},
    "plan title": {**_MUTED, "font_size": 11},
    "plan header": {**_LINE, **_BOLD, **_ON_HEADER},
    "plan header extra": {**_LINE, **_BOLD, **_ON_ASIDE},
    "plan text": _PLAN,
    "plan ref": {**_PLAN, **_BOLD},
    "plan rag": {**_PLAN, **_CENTRE},
    "plan date": {**_PLAN, "num_format": "d mmm yyyy"},
    "plan number": {**_PLAN, "num_format": "General"},
    "plan percent": {**_PLAN, **_PERCENT},
    "section": {**_LINE, **_BOLD, "font_size": 12, **_ink(palette.PAPER, palette.SECTION)},
    "section.lead": _NOTE,
    "section.outcome": _NOTE,
    "section.note": _NOTE,
    "requirement": {**_LINE, **_BOLD, "bg_color": palette.REQUIREMENT},
    "footnote": {**_WRAP, **_ink(palette.MUTED), "italic": True},
    "carried title": {**_TEXT, **_BOLD, **_AS_TEXT},
    "carried": _CARRIED,
    "carried head": {**_CARRIED, **_BOLD, "bg_color": palette.SECTION_NOTE},
    # Conditional formats: what they do not name stays as the cell has it. Excel takes no font and
    # no size in them.
    "rating": {},
    "changed rating": {**_BOLD, **_UNDERLINED, **_box(palette.INK)},
    "changed": _ink(palette.CHANGED_INK, palette.CHANGED),
    "fault": {**_ink(palette.FAULT_INK, palette.FAULT), **_box(palette.FAULT_LINE)},
    "invalid": {**_ink(palette.FAULT_LINE, palette.PAPER), **_BOLD, **_box(palette.FAULT_LINE)},
}


class Styles:
    """The styles of one workbook, each made once, when it is first asked for."""

    def __init__(self, book: WrittenBook) -> None:
        self._book = book
        self._made: dict[tuple[str, str], CellFormat] = {}

    def __getitem__(self, name: str) -> CellFormat:
        """The format of that name."""
        return self._get(name, "", {})

    def on(self, colour: str, name: str = "rating") -> CellFormat:
        """The format of that name on a rating's colour (#RRGGBB), in ink that reads on it.

        Example:
            >>> styles.on("#FFC000", "swatch")
        """
        return self._get(name, colour, _ink(palette.text_on(colour), colour))

    def of_field(self, kind: str) -> CellFormat:
        """The format of a cell of the plan, by the type of its field: `rag`, `date`, `number`."""
        name = f"plan {kind}"
        return self[name if name in STYLES else "plan text"]

    def numbered(self, name: str, number_format: str) -> CellFormat:
        """The format of that name, its number shown as in the office's own cell: `#,##0.00`."""
        more = {"num_format": number_format} if number_format else {}
        return self._get(name, number_format, more)

    def _get(self, name: str, kind: str, more: Look) -> CellFormat:
        if (name, kind) not in self._made:
            self._made[name, kind] = self._book.add_format(STYLES[name] | more)
        return self._made[name, kind]
