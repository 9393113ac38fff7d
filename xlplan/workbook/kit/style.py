"""Cell styles by name, one look for every workbook that leads and officers open."""

from __future__ import annotations

from typing import Any

from xlplan.workbook.kit import palette

FONT = "Calibri"
_TEXT = {"font_name": FONT, "font_size": 10, "font_color": palette.INK, "valign": "top"}
_WRAP = {**_TEXT, "text_wrap": True}
_CELL = {**_WRAP, "align": "left", "indent": 1}
_LOCKED = {
    **_CELL,
    "bg_color": palette.LOCKED,
    "border": 1,
    "border_color": palette.LINE,
    "locked": True,
}
_INPUT = {
    **_CELL,
    "bg_color": palette.INPUT,
    "border": 1,
    "border_color": palette.INPUT_LINE,
    "locked": False,
    "num_format": "@",
}
_CENTRE = {"align": "center", "bold": True, "indent": 0}
_MIDDLE = {**_CENTRE, "valign": "vcenter", "font_size": 11}
_BAND = {**_TEXT, "bold": True, "font_color": palette.PAPER, "valign": "vcenter"}
_HEADER = {
    **_BAND,
    "valign": "top",
    "text_wrap": True,
    "align": "left",
    "indent": 1,
    "border": 1,
    "border_color": palette.LINE,
}

STYLES: dict[str, dict[str, Any]] = {
    "text": _TEXT,
    "wrap": _WRAP,
    "beside": {**_WRAP, "indent": 1},
    "beside middle": {**_WRAP, "indent": 1, "valign": "vcenter"},
    "title": {**_TEXT, "font_size": 16, "bold": True},
    "heading": {**_TEXT, "font_size": 12, "bold": True, "font_color": palette.HEADER},
    "strong": {**_TEXT, "font_size": 11, "bold": True, "font_color": palette.CHANGED_INK},
    "wrap strong": {**_WRAP, "bold": True},
    "muted": {**_TEXT, "font_size": 9, "font_color": palette.MUTED},
    "trouble": {**_TEXT, "bold": True, "font_color": palette.FAULT_INK},
    "band": {**_BAND, "bg_color": palette.HEADER},
    "band input": {**_BAND, "bg_color": palette.INPUT_HEADER, "font_color": palette.INPUT_INK},
    "band aside": {**_BAND, "bg_color": palette.MUTED},
    "header": {**_HEADER, "bg_color": palette.HEADER},
    "header input": {
        **_HEADER,
        "bg_color": palette.INPUT_HEADER,
        "font_color": palette.INPUT_INK,
        "border_color": palette.INPUT_LINE,
    },
    "header aside": {**_HEADER, "bg_color": palette.MUTED},
    "hidden": {**_TEXT, "font_color": palette.MUTED, "num_format": "@"},
    "hidden open": {**_TEXT, "font_color": palette.MUTED, "num_format": "@", "locked": False},
    "locked": {**_LOCKED, "num_format": "@"},
    "locked centre": {**_LOCKED, **_CENTRE, "num_format": "@"},
    "locked number": _LOCKED,
    "locked percent": {**_LOCKED, "num_format": "0%"},
    "locked date": {**_LOCKED, "num_format": "dd mmm yyyy", "align": "left"},
    "filler": {**_LOCKED, "font_color": palette.MUTED},
    "done": {
        **_LOCKED,
        **_CENTRE,
        "font_name": "Segoe UI Symbol",
        "font_color": palette.CHANGED_INK,
    },
    "input": _INPUT,
    "locked rating": {**_LOCKED, **_MIDDLE, "num_format": "@"},
    "input rating": {**_INPUT, **_MIDDLE},
    "input centre": {**_INPUT, **_CENTRE},
    "input number": {**_INPUT, "num_format": "General"},
    "input percent": {**_INPUT, "num_format": "0%"},
    "input date": {**_INPUT, "num_format": "dd mmm yyyy", "align": "left"},
    "problem": {**_LOCKED, "font_color": palette.FAULT_INK, "bg_color": palette.PAPER},
    # Conditional formats
    "changed": {"bg_color": palette.CHANGED, "font_color": palette.CHANGED_INK},
    "fault": {
        "bg_color": palette.FAULT,
        "font_color": palette.FAULT_INK,
        "border": 1,
        "border_color": palette.FAULT_LINE,
    },
    "invalid": {
        "bg_color": palette.PAPER,
        "font_color": palette.FAULT_LINE,
        "bold": True,
        "border": 1,
        "border_color": palette.FAULT_LINE,
    },
}


class Styles:
    """The styles of one workbook, each made once, when it is first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The format of that name."""
        return self._get(name, STYLES[name])

    def rating(self, colour: str, *, changed: bool = False) -> Any:
        """The fill of a rating's colour, ink that reads on it; framed and underlined where the lead
        changed it.
        """
        look: dict[str, Any] = {"bg_color": colour, "font_color": palette.text_on(colour)}
        if changed:
            look |= {"bold": True, "underline": 1, "border": 1, "border_color": palette.INK}
        return self._get(f"rating {colour} {changed}", look)

    def past_rating(self, colour: str) -> Any:
        """A pale fill of a rating's colour, for a rating that was."""
        pale = palette.tint(colour)
        return self._get(f"past {colour}", {"bg_color": pale, "font_color": palette.text_on(pale)})

    def swatch(self, colour: str) -> Any:
        """A locked cell that shows a rating's code on its colour."""
        look = {**_LOCKED, **_MIDDLE, "bg_color": colour, "font_color": palette.text_on(colour)}
        return self._get(f"swatch {colour}", look)

    def _get(self, name: str, look: dict[str, Any]) -> Any:
        if name not in self._made:
            self._made[name] = self._book.add_format(look)
        return self._made[name]
