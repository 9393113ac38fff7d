"""What the styles of a workbook say of its cells: the format of numbers, and whether text is struck
through. Nothing else of them is looked at, and nothing else can keep a file from being read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from xlplan.spreadsheets.formats.openxml.texts import is_true
from xlplan.spreadsheets.number_formats import BUILT_IN


@dataclass(frozen=True, slots=True)
class CellStyle:
    """The code of its number format, "" for General; whether its font is struck through."""

    number_format: str = ""
    struck: bool = False


PLAIN = CellStyle()


@dataclass(slots=True)
class StyleSheet:
    """The styles that cells name by number, from 0."""

    styles: list[CellStyle] = field(default_factory=list)
    _named: dict[str, CellStyle | None] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Element) -> StyleSheet:
        """As the part says; a format or font that is not there is the plain one."""
        codes = dict(BUILT_IN)
        for written in part.iterfind("./{*}numFmts/{*}numFmt"):
            codes[_number(written, "numFmtId")] = written.get("formatCode", "")
        fonts = [_strikes(font) for font in part.iterfind("./{*}fonts/{*}font")]
        struck = {number for number, strikes in enumerate(fonts) if strikes}
        return cls(
            [
                CellStyle(
                    _code(codes.get(_number(style, "numFmtId"), "")),
                    _number(style, "fontId") in struck,
                )
                for style in part.iterfind("./{*}cellXfs/{*}xf")
            ]
        )

    def style(self, number: str) -> CellStyle | None:
        """The style of a cell that names this number; None where there is no such style."""
        # A workbook without styles has cells all the same.
        if not self.styles:
            return PLAIN
        if number not in self._named:
            plain = number.strip() or "0"
            place = int(plain) if plain.isdecimal() and len(plain) < 10 else len(self.styles)
            self._named[number] = self.styles[place] if place < len(self.styles) else None
        return self._named[number]


def _number(element: Element, name: str) -> int:
    """The number in an attribute; 0, which is the plain format and the first font, where there is
    none.
    """
    text = element.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _strikes(font: Element) -> bool:
    return any(is_true(strike.get("val", "1")) for strike in font.iterfind("./{*}strike"))


def _code(written: str) -> str:
    return "" if written.lower() in {"general", "standard"} else written
