"""A number in the words of its format: `12 of 15 visits`, `1.2M`, `2 1/2`, `£1,250`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)" | \\(?P<escaped>.) | (?:_.|\*.)
    | \[\$(?P<currency>[^\]-]*)[^\]]*\] | \[(?P<condition>[<>=]+-?[0-9.]+)\] | \[[^\]]*\]
    | (?P<general>general|standard)
    | (?P<digits>[0\#?][0\#?,.]*(?:\s*[0\#?]+\s*/\s*(?:[0\#?]+|[0-9]+))?(?:/(?:[0\#?]+|[0-9]+))?)
    | (?P<power>e[+-]) | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_FRACTION = re.compile(r"(?:([0#?]+)\s+)?([0#?]+)\s*/\s*([0#?]+|[0-9]+)")
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"])+|(?<=;)(?=;|$)|^(?=;)', re.DOTALL)
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_LONGEST = 255
"""Characters of a format that Excel takes."""
# Signs and brackets that belong to the number, whose own text has them.
_OF_NUMBERS = " ()-+.,:'\u00a0"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a format, for positive numbers, negative ones or zero, or under a `condition`.

    `pieces` are words as they stand, and None where the number goes, which `digits` describe.
    """

    pieces: tuple[str | None, ...]
    digits: str
    condition: str

    @property
    def says_more(self) -> bool:
        """Whether it shows more than digits: words, another unit, a fraction."""
        words = "".join(piece for piece in self.pieces if piece)
        return bool(words.strip(f"{_OF_NUMBERS}%")) or "/" in self.digits or self.scale != 1

    @property
    def scale(self) -> int:
        """What the number is divided by: a comma at the end of the digits is a thousand."""
        commas = len(self.digits) - len(self.digits.rstrip(","))
        return int(1000**commas)


def in_words(value: float, code: str, plain: Callable[[float], str]) -> str | None:
    """The number as its cell shows it, where that says more than its digits; else None.

    It has every digit that was typed, unless the format gives it another unit: `0.0,,"M"` rounds.
    `plain` writes a number without a format.
    """
    if len(code) > _LONGEST:
        return None
    section, by_sign = _chosen(value, _sections(code))
    if section is None or not section.says_more:
        return None
    percents = sum(piece.count("%") for piece in section.pieces if piece)
    number = float(f"{(abs(value) * 100**percents):.15g}")
    shown = _shown(number, section, plain)
    sign = "-" if value < 0 and not by_sign else ""
    return sign + "".join(shown if piece is None else piece for piece in section.pieces).strip()


def _chosen(value: float, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """The section for a number; whether it is the one for negative ones, which writes the sign."""
    if any(section.condition for section in sections):
        return next((one for one in sections if _holds(one.condition, value)), None), False
    numbers = sections[:3]
    if value < 0 and len(numbers) > 1:
        return numbers[1], True
    if value == 0 and len(numbers) > 2:
        return numbers[2], False
    return (numbers[0] if numbers else None), False


def _holds(condition: str, value: float) -> bool:
    sign = condition.rstrip("-0123456789.")
    return not condition or _COMPARED[sign](value, float(condition[len(sign) :]))


@cache
def _sections(code: str) -> tuple[Section, ...]:
    return tuple(_section(part) for part in _SECTION.findall(code))


def _section(code: str) -> Section:
    pieces: list[str | None] = []
    digits = condition = ""
    for token in _TOKEN.finditer(code):
        kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
        if kind in {"digits", "general"} and None not in pieces:
            digits = text if kind == "digits" else ""
            pieces.append(None)
        elif kind == "condition":
            condition = text
        elif kind in {"digits", "general", "power"} or text == "@":
            # Digits in groups, `000-00`, and powers of ten are left to the number's own text.
            return Section((), "", condition)
        elif text:
            pieces.append(text)
    return Section(tuple(pieces), digits, condition)


def _shown(number: float, section: Section, plain: Callable[[float], str]) -> str:
    if fraction := _FRACTION.fullmatch(section.digits):
        return _fraction(number, *fraction.groups())
    if not section.digits:
        return plain(number)
    whole, _, after = section.digits.rstrip(",").partition(".")
    places = len(after)
    text = f"{number / section.scale:.{places}f}"
    if section.scale == 1 and float(text) != number:
        text = plain(number)
    units, point, rest = text.partition(".")
    # `#` and `?` show no zero where none is needed.
    least = places - (len(after) - len(after.rstrip("#?")))
    rest = rest[:least] + rest[least:].rstrip("0") if section.scale == 1 or rest else rest
    units = units.zfill(whole.count("0"))
    if not units.strip("0") and "0" not in whole:
        units = ""
    elif "," in whole and units.isdecimal():
        units = f"{int(units):,}"
    return f"{units}{point}{rest}" if rest else units


def _fraction(number: float, whole: str | None, above: str, below: str) -> str:
    exact = Fraction(number)
    if below.isdecimal() and int(below):
        parts = Fraction(round(exact * int(below)), 1)
        top, bottom = int(parts), int(below)
    else:
        near = exact.limit_denominator(10 ** len(below) - 1)
        top, bottom = near.numerator, near.denominator
    units, top = divmod(top, bottom) if whole else (0, top)
    if not top:
        return str(units)
    return f"{units} {top}/{bottom}" if units else f"{top}/{bottom}"
