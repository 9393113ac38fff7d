"""One cell of an .xlsx as openpyxl gives it: its value, its comment, its link, and what of its text
is struck.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from xlplan.plan.values import RawValue
from xlplan.spreadsheets.cells import RawCell
from xlplan.spreadsheets.extras import address_of, link_of_formula, struck_of

# What Excel writes into the note that stands in a thread's place: advice, then `Comment:`.
_THREAD = re.compile(r"^\[Threaded comment\].*?Comment:\s*", re.DOTALL)
_REPLY = re.compile(r"\n(Reply:)\n\s*")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# LibreOffice saves a truth as a formula.
_LOGICAL = {"=TRUE()": True, "=FALSE()": False}


@dataclass(slots=True)
class CellStyles:
    """What styles say, looked up once for each: asking every cell for its font costs more than
    reading it.
    """

    struck: set[int]
    formats: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Any) -> CellStyles:
        """The styles of a workbook."""
        # Private to openpyxl, whose `cell.font` makes a proxy object of every cell's font.
        return cls({number for number, font in enumerate(book._fonts) if font.strike})

    def is_struck(self, cell: Any) -> bool:
        """Whether the font of the cell is struck through; a cell that holds a note alone may have
        no style.
        """
        return cell._style is not None and cell._style.fontId in self.struck

    def number_format(self, cell: Any) -> str:
        """The format's code, "" for a cell without one."""
        if cell._style is None:
            return ""
        number = cell._style.numFmtId
        if number not in self.formats:
            self.formats[number] = "" if cell.number_format == "General" else cell.number_format
        return self.formats[number]


def read_cell(row: int, column: int, cell: Any, styles: CellStyles) -> RawCell | None:
    """A cell, its formula without a result yet; None when nothing stands in it."""
    kind = getattr(cell, "data_type", "n")
    value, formula = read_value(cell.value, kind)
    note = getattr(cell, "comment", None)
    comment = read_comment(note.text or "") if note else ""
    link = _link(cell, formula)
    if value is None and not formula and not comment and not link:
        return None
    whole = f"{formula}{'' if value is None else value}"
    struck, part = struck_of(_pieces(cell.value, whole, struck=styles.is_struck(cell)))
    return RawCell(
        row=row,
        column=column,
        value=value,
        formula=formula,
        error=kind == "e",
        comment=comment,
        struck=struck,
        struck_part=part,
        link=link,
        number_format=styles.number_format(cell),
    )


def _pieces(found: Any, text: str, *, struck: bool) -> list[tuple[str, bool]]:
    """The text in pieces, each struck or not. A piece without a font of its own has the cell's,
    which is `struck`.
    """
    if isinstance(found, list):
        return [
            (str(piece), bool(piece.font.strike) if hasattr(piece, "font") else struck)
            for piece in found
        ]
    return [(text, struck)]


def _link(cell: Any, formula: str) -> str:
    found = getattr(cell, "hyperlink", None)
    return (
        address_of(found.target or "", found.location or "") if found else link_of_formula(formula)
    )


def read_comment(text: str) -> str:
    """The text that people wrote: a thread carries a preamble for programs that do not know
    threads.
    """
    if not text.startswith("[Threaded comment]"):
        return text.strip()
    return _REPLY.sub(r"\n\1 ", _THREAD.sub("", text)).strip()


def read_value(found: Any, kind: str) -> tuple[RawValue, str]:
    """The value and the formula of a cell; a formula's own value is not known yet."""
    if kind == "f":
        # openpyxl gives a formula over several cells as an object that has the text.
        formula = str(getattr(found, "text", None) or found)
        logical = _LOGICAL.get(formula.upper())
        return (None, formula) if logical is None else (logical, "")
    if found is None or isinstance(found, int | float | bool) or hasattr(found, "isoformat"):
        return found, ""
    return unescaped(str(found)), ""


def unescaped(text: str) -> str:
    """`_x000D_` is how the format writes a control character."""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # An emoji may be escaped as two halves, which are a letter only side by side in UTF-16.
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
