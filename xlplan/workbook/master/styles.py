"""Cell styles of the plan in the master workbook."""

from __future__ import annotations

from typing import Any

from xlplan.mapping.model import FieldType
from xlplan.workbook.kit import palette

SECTION = "#243B53"
SECTION_NOTE = "#E4EAF1"
REQUIREMENT = "#EEF1F4"
_TEXT: dict[str, Any] = {
    "font_name": "Calibri",
    "font_size": 10,
    "font_color": palette.INK,
    "valign": "top",
}
_CELL = {
    **_TEXT,
    "text_wrap": True,
    "border": 1,
    "border_color": palette.LINE,
    "num_format": "@",
    "align": "left",
    "indent": 1,
}
_LINE = {**_CELL, "valign": "vcenter"}

STYLES: dict[str, dict[str, Any]] = {
    "title 0": {**_TEXT, "font_size": 16, "bold": True, "font_color": palette.HEADER},
    "title": {**_TEXT, "font_size": 11, "font_color": palette.MUTED},
    "section": {
        **_LINE,
        "bold": True,
        "font_size": 12,
        "font_color": palette.PAPER,
        "bg_color": SECTION,
    },
    "section.lead": {**_LINE, "bg_color": SECTION_NOTE},
    "section.outcome": {**_LINE, "bg_color": SECTION_NOTE},
    "section.note": {**_LINE, "bg_color": SECTION_NOTE},
    "requirement": {**_LINE, "bold": True, "bg_color": REQUIREMENT},
    "footnote": {**_TEXT, "text_wrap": True, "italic": True, "font_color": palette.MUTED},
    "header": {
        **_CELL,
        "bold": True,
        "valign": "vcenter",
        "font_color": palette.PAPER,
        "bg_color": palette.HEADER,
    },
    "header extra": {
        **_CELL,
        "bold": True,
        "valign": "vcenter",
        "font_color": palette.PAPER,
        "bg_color": palette.MUTED,
    },
    "text": _CELL,
    "strong": {**_CELL, "bold": True},
    "rating": {**_CELL, "bold": True, "align": "center", "indent": 0},
    "date": {**_CELL, "num_format": "d mmm yyyy"},
    "number": {**_CELL, "num_format": "General"},
    "percent": {**_CELL, "num_format": "0%"},
    "carried title": {**_TEXT, "bold": True, "num_format": "@"},
    "carried": {**_TEXT, "text_wrap": True, "border": 1, "border_color": palette.LINE},
    "carried head": {
        **_TEXT,
        "text_wrap": True,
        "border": 1,
        "border_color": palette.LINE,
        "bold": True,
        "bg_color": SECTION_NOTE,
    },
}

_BY_TYPE: dict[str, str] = {
    "rag": "rating",
    "date": "date",
    "number": "number",
    "percent": "percent",
    "ref": "strong",
}


def style_name(kind: FieldType | str) -> str:
    """The style of a field's cells."""
    return _BY_TYPE.get(kind, "text")


class MasterStyles:
    """The styles of one workbook, each made when it is first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The format of that name."""
        return self._get(name, STYLES[name])

    def fill(self, colour: str) -> Any:
        """A rating's colour with ink that reads on it, for a conditional format."""
        return self._get(
            f"fill {colour}", {"bg_color": colour, "font_color": palette.text_on(colour)}
        )

    def carried(self, number_format: str, *, head: bool = False) -> Any:
        """A cell of a sheet that is carried over, its number shown as it was."""
        look = STYLES["carried head" if head else "carried"]
        return self._get(
            f"carried {head} {number_format}",
            look | ({"num_format": number_format} if number_format else {}),
        )

    def _get(self, name: str, look: dict[str, Any]) -> Any:
        if name not in self._made:
            self._made[name] = self._book.add_format(look)
        return self._made[name]
