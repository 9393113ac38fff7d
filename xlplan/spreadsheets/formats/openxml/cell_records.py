"""One cell of an .xlsx: from what its record writes to what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from math import isfinite

from xlplan.plan.values import RawValue
from xlplan.spreadsheets.cells import RawCell
from xlplan.spreadsheets.extras import link_of_formula, struck_of
from xlplan.spreadsheets.formats.openxml.rich_values import RichValue
from xlplan.spreadsheets.formats.openxml.styles import PLAIN, StyleSheet
from xlplan.spreadsheets.formats.openxml.texts import Text, unescaped
from xlplan.spreadsheets.formats.parts import Place
from xlplan.spreadsheets.number_formats import moment, shows_time

# LibreOffice saves a truth as a formula.
_LOGICAL = {"=TRUE()": True, "=FALSE()": False}
_TRUTHS = {"1": True, "0": False, "true": True, "false": False}


@dataclass(slots=True)
class SharedByCells:
    """What the cells of all sheets name by number: texts, styles and rich values; where days are
    counted from; how many cells merged ranges and links cover so far.
    """

    texts: list[Text] = field(default_factory=list)
    styles: StyleSheet = field(default_factory=StyleSheet)
    rich: dict[str, RichValue] = field(default_factory=dict)
    since_1904: bool = False
    covered: int = 0


@dataclass(slots=True)
class CellRecord:
    """A cell as the part writes it, which is used anew for the next one. `written` is its value,
    None where there is none; `formula` begins with `=`.
    """

    row: int = 0
    column: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    written: str | None = None
    formula: str = ""
    inline: Text | None = None

    def begin(self, attributes: Mapping[str, str]) -> None:
        """Forget the cell before."""
        self.attributes = attributes
        self.written, self.formula, self.inline = None, "", None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.row, self.column

    def rich(self, shared: SharedByCells) -> RichValue | None:
        """What Excel keeps apart of a cell that shows older programs an error."""
        if self.attributes.get("t") != "e":
            return None
        return shared.rich.get(self.attributes.get("vm", ""))

    def read(self, shared: SharedByCells) -> RawCell | None:
        """The cell; None when nothing stands in it. What cannot be read as what it says it is, is
        an error that shows what is written.
        """
        if self.written is None and not self.formula and self.inline is None:
            return None
        attributes = self.attributes
        kind = attributes.get("t", "n")
        style = shared.styles.style(attributes.get("s", "0"))
        text = self._text(kind, shared)
        if text:
            value: RawValue = text.plain
            error = False
        else:
            code = "" if style is None else style.number_format
            value, error = self._value(kind, code, since_1904=shared.since_1904)
        if style is None and isinstance(value, int | float) and not isinstance(value, bool):
            # Nobody can tell whether it was a day, a share or a number.
            value, error = self.written, True
        formula = self.formula
        if formula and (logical := _LOGICAL.get(formula.upper())) is not None:
            value, formula, error = logical, "", False
        if value is None and not formula:
            return None
        style = style or PLAIN
        struck, part = False, ""
        if style.struck or (text and text.pieces):
            whole = f"{formula}{'' if value is None else value}"
            struck, part = struck_of(_pieces(text, whole, struck=style.struck))
        return RawCell(
            self.row,
            self.column,
            value,
            formula=formula,
            error=error,
            struck=struck,
            struck_part=part,
            link=link_of_formula(formula) if formula else "",
            number_format=style.number_format,
        )

    def _text(self, kind: str, shared: SharedByCells) -> Text | None:
        """The text with its pieces, for a cell that has one."""
        if self.inline is not None:
            return self.inline
        if kind == "s":
            number = (self.written or "").strip()
            place = int(number) if number.isdecimal() and len(number) < 10 else len(shared.texts)
            return shared.texts[place] if place < len(shared.texts) else None
        rich = self.rich(shared)
        return Text(rich.text) if rich and rich.text else None

    def _value(self, kind: str, code: str, *, since_1904: bool) -> tuple[RawValue, bool]:
        """What is no text with pieces, and whether it is an error."""
        if self.written is None:
            return None, False
        if kind in {"str", "inlineStr"}:
            # Excel writes a formula's empty text as `<v></v>`; beside no formula it is no text.
            return (unescaped(self.written) if self.written or self.formula else None), False
        if not self.written.strip():
            return None, False
        if kind not in _READERS:
            return self.written, True
        try:
            return _READERS[kind](self.written.strip(), code, since_1904), False
        except (ValueError, OverflowError, KeyError):
            return self.written, True


def _number(written: str, code: str, since_1904: bool) -> RawValue:
    number = float(written)
    if not isfinite(number) or "_" in written:
        raise ValueError(written)
    if code and shows_time(code):
        return moment(number, code, since_1904=since_1904)
    return number if {*".eE"} & {*written} else int(written)


def _day(written: str, *_: object) -> RawValue:
    """A day as ISO 8601 writes it, in the zone that it names."""
    try:
        return datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        return time.fromisoformat(written).replace(tzinfo=None)


def _truth(written: str, *_: object) -> RawValue:
    return _TRUTHS[written.lower()]


_READERS: dict[str, Callable[[str, str, bool], RawValue]] = {
    "n": _number,
    "d": _day,
    "b": _truth,
}


def _pieces(text: Text | None, whole: str, *, struck: bool) -> list[tuple[str, bool]]:
    """What is seen in pieces, each struck or not. A piece without a font of its own has the cell's,
    which is `struck`.
    """
    if text and text.pieces:
        return [(piece, struck if own is None else own) for piece, own in text.pieces]
    return [(whole, struck)]
