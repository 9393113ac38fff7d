"""Cell styles of reports and dashboards."""

from __future__ import annotations

from typing import Any

from xlplan.workbook.kit import palette

FONT = "Calibri"
LINK = "#1C5A99"
_TEXT: dict[str, Any] = {
    "font_name": FONT,
    "font_size": 10,
    "font_color": palette.INK,
    "valign": "top",
}
_CELL = {**_TEXT, "text_wrap": True, "bottom": 1, "bottom_color": palette.LINE}
_TOTAL = {**_CELL, "bold": True, "bg_color": palette.LOCKED}
_TILE = {
    **_TEXT,
    "font_size": 13,
    "bold": True,
    "valign": "vcenter",
    "left": 5,
    "align": "left",
    "indent": 1,
    "bg_color": palette.LOCKED,
}
_TILE_PARTS: dict[str, dict[str, Any]] = {
    "number": {"font_size": 20},
    "label": {"font_size": 10, "bold": False, "text_wrap": True, "valign": "top"},
}
_LEFT = {"align": "left", "indent": 1}
TONES = {"plain": "#9FB3C8", "good": "#3A8A5C", "watch": "#C98A1B", "bad": palette.FAULT_LINE}
"""The edge of a headline number, by whether somebody should look."""

STYLES: dict[str, dict[str, Any]] = {
    "title": {**_TEXT, "font_size": 16, "bold": True, "font_color": palette.HEADER},
    "unseen": {**_TEXT, "num_format": ";;;"},
    "heading": {**_TEXT, "font_size": 12, "bold": True, "font_color": palette.HEADER},
    "muted": {**_TEXT, "font_size": 9, "font_color": palette.MUTED},
    "paragraph plain": {**_TEXT, "text_wrap": True},
    "paragraph lead": {**_TEXT, "text_wrap": True, "font_size": 11.5},
    "paragraph muted": {**_TEXT, "text_wrap": True, "font_color": palette.MUTED},
    **{
        f"tile {part} {tone}": {**_TILE, **look, "left_color": colour}
        for tone, colour in TONES.items()
        for part, look in _TILE_PARTS.items()
    },
    **{f"tile {tone}": {**_TILE, "left_color": colour} for tone, colour in TONES.items()},
    "head": {
        **_TEXT, "bold": True, "text_wrap": True, "font_color": palette.PAPER, "bg_color": palette.HEADER,
        "border": 1, "border_color": palette.LINE, "valign": "vcenter", **_LEFT,
    },
    "head number": {
        **_TEXT, "bold": True, "text_wrap": True, "font_color": palette.PAPER, "bg_color": palette.HEADER,
        "border": 1, "border_color": palette.LINE, "valign": "vcenter", "align": "right",
    },
    "head over": {
        **_TEXT, "bold": True, "text_wrap": True, "font_color": palette.PAPER, "bg_color": palette.HEADER,
        "border": 1, "border_color": palette.LINE, "valign": "vcenter", "align": "center",
    },
    "text": {**_CELL, **_LEFT, "num_format": "@"},
    "strong": {**_CELL, **_LEFT, "num_format": "@", "bold": True},
    "link": {**_CELL, **_LEFT, "font_color": LINK, "underline": 1, "bold": True},
    "count": {**_CELL, "num_format": "@", "align": "right"},
    "number": {**_CELL, "num_format": "0", "align": "right"},
    "strong number": {**_CELL, "num_format": "0", "align": "right", "bold": True},
    "link number": {**_CELL, "num_format": "0", "align": "right", "font_color": LINK, "underline": 1},
    "share": {**_CELL, "num_format": "0.0%", "align": "right"},
    "date": {**_CELL, "num_format": "d mmm yyyy", "align": "left"},
    "total text": {**_TOTAL, **_LEFT, "num_format": "@"},
    "total strong": {**_TOTAL, **_LEFT, "num_format": "@"},
    "total count": {**_TOTAL, "num_format": "@", "align": "right"},
    "total number": {**_TOTAL, "num_format": "0", "align": "right"},
    "total strong number": {**_TOTAL, "num_format": "0", "align": "right"},
    "total link number": {**_TOTAL, "num_format": "0", "align": "right", "font_color": LINK, "underline": 1},
    "total share": {**_TOTAL, "num_format": "0.0%", "align": "right"},
}  # fmt: skip


class ReportStyles:
    """The styles of one workbook, each made when it is first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The format of that name."""
        return self._get(name, STYLES[name])

    def rating(self, colour: str, *, counts: bool = False) -> Any:
        """A cell in a rating's colour, in ink that reads on it; to the right in a column of
        numbers.
        """
        look = {
            **_CELL,
            "num_format": "@",
            "bg_color": colour,
            "font_color": palette.text_on(colour),
            "bold": True,
        }
        look |= {"align": "right", "num_format": "+0;-0;0"} if counts else _LEFT
        return self._get(f"rating {colour} {counts}", look)

    def counts(self, colour: str, *, middle: bool = False) -> Any:
        """The heading of a column that counts a rating: the rating's colour, its numbers to the
        right.

        `middle`: it stands over several columns.
        """
        head = STYLES["head over" if middle else "head number"]
        look = {**head, "bg_color": colour, "font_color": palette.text_on(colour)}
        return self._get(f"counts {colour} {middle}", look)

    def _get(self, name: str, look: dict[str, Any]) -> Any:
        if name not in self._made:
            self._made[name] = self._book.add_format(look)
        return self._made[name]
