"""The shapes of refs and links (`9.9`, `NEW 9`, `9 (a)`), and the patterns of lines and openings
made of them.

In a shape 9 is a number, a or A (not within a word) a letter, the rest stands for itself. A pattern
such as `{ref} - Ofsted {links} {text}` has parts in braces; what stands between them is fixed. In
both, blanks vary, case does not matter, all dashes and all quotes are one, and look-alike letters
count as the Latin ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from xlplan.plan.text.text import DASHES, mend_lookalikes

_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_PART = re.compile(rf"\{{({_NAME})\}}")
_SHAPE_PIECE = re.compile(r"\s+|9+|[^\W\d_]+|.", re.DOTALL)
_PIECE = re.compile(rf"\{{{_NAME}\}}|\s+|\d+|[^\W\d_]+|.", re.DOTALL)
_DASH = f"[{re.escape(DASHES)}]"
_APOSTROPHE = "['‘’‚‛′`´]"
_QUOTE = '["“”„‟″]'
# A paste from the web leaves zero-width blanks and a byte-order mark between the words.
_ANY_BLANK = r"[\s\u200b\ufeff]{0,99}"
_BLANK = r"[\s\u200b\ufeff]{1,99}"
_BETWEEN = rf"{_ANY_BLANK}(?:[,;&/+]|\band\b){_ANY_BLANK}"
_END = r"(?!\w)(?!\.\d)"
_START = r"(?<!\w)(?<!\d\.)"
_SINGLE = frozenset({"ref"})
"""Parts that hold one thing; others may hold several, `7 (a), 7 (b)`."""

Shapes = Mapping[str, Sequence[str]]
"""The shapes that a part may have, by the part's name; a part without shapes is any text."""


def matches(text: str, shapes: Iterable[str]) -> bool:
    """Whether a text as a whole has one of the shapes."""
    mended = mend_lookalikes(text).strip()
    return any(_shape(shape).fullmatch(mended) for shape in shapes)


def parse(pattern: str, text: str, shapes: Shapes | None = None) -> dict[str, str] | None:
    """The parts of a text that fits a pattern, as typed, without blanks around them; None when it
    does not fit.
    """
    by_part = tuple(
        (name, tuple(some))
        for name, some in (shapes or {}).items()
        if some and f"{{{name}}}" in pattern
    )
    typed = text.strip()
    found = _pattern(pattern.strip(), by_part).fullmatch(mend_lookalikes(typed))
    if found is None:
        return None
    return {name: typed[slice(*found.span(name))].strip() for name in found.groupdict()}


def render(pattern: str, parts: Mapping[str, str]) -> str:
    """The text that a pattern makes of its parts; a part that is not given is left out."""
    return _PART.sub(lambda part: parts.get(part[1], ""), pattern).strip()


@lru_cache(maxsize=512)
def _shape(shape: str) -> re.Pattern[str]:
    return re.compile(_shape_expression(shape), re.IGNORECASE)


def _shape_expression(shape: str) -> str:
    pieces = _SHAPE_PIECE.findall(shape.strip())
    expression = ""
    for place, piece in enumerate(pieces):
        if set(piece) <= {"a", "A"}:
            expression += f"[a-z]{{{len(piece)}}}"
        elif piece[0] == "9":
            expression += "[0-9]+"
        else:
            expression += _fixed(piece, *_neighbours(pieces, place))
    return expression


def _neighbours(pieces: Sequence[str], place: int) -> tuple[str, str]:
    before = pieces[place - 1] if place else ""
    return before, pieces[place + 1] if place + 1 < len(pieces) else ""


def _fixed(piece: str, before: str, after: str) -> str:
    """What stands for itself; a blank between two words must be there, others may be missing."""
    if piece.isspace():
        needed = before[-1:].isalpha() and after[:1].isalpha()
        return _BLANK if needed else _ANY_BLANK
    if piece in DASHES:
        return _ANY_BLANK + _DASH + _ANY_BLANK
    if piece == "'" or piece in _APOSTROPHE[1:-1]:
        return _APOSTROPHE
    if piece in _QUOTE[1:-1]:
        return _QUOTE
    around = _ANY_BLANK if piece in "(:)" else ""
    return around + re.escape(piece)


@lru_cache(maxsize=512)
def _pattern(pattern: str, shapes: tuple[tuple[str, tuple[str, ...]], ...]) -> re.Pattern[str]:
    by_part = dict(shapes)
    pieces = _PIECE.findall(pattern)
    expression = ""
    seen: set[str] = set()
    for place, piece in enumerate(pieces):
        before, after = _neighbours(pieces, place)
        part = _PART.fullmatch(piece)
        if part is None:
            expression += (
                _blank_between(before, after) if piece.isspace() else _fixed(piece, before, after)
            )
        elif part[1] in seen:
            expression += f"(?P={part[1]})"
        else:
            seen.add(part[1])
            expression += (
                f"(?P<{part[1]}>{_part_expression(part[1], by_part.get(part[1], ()), bool(after))})"
            )
    return re.compile(expression, re.IGNORECASE | re.DOTALL)


def _blank_between(before: str, after: str) -> str:
    """A blank next to punctuation may be missing; so may the one before a text that is empty."""
    if after == "{text}" and before.startswith("{"):
        return rf"(?:{_BLANK}|\Z)"
    joined = (before[-1:].isalnum() or before.endswith("}")) and (
        after[:1].isalnum() or after.startswith("{")
    )
    return _BLANK if joined and after != "{text}" else _ANY_BLANK


def _part_expression(name: str, shapes: Sequence[str], more: bool) -> str:
    if shapes:
        # The longest shape first: `9 (a)` before `9`, which would fit its beginning.
        one = "|".join(_shape_expression(shape) for shape in sorted(shapes, key=len, reverse=True))
        one = f"{_START}(?:{one}){_END}"
        return one if name in _SINGLE else f"{one}(?:{_BETWEEN}{one})*"
    if name == "text":
        return ".*?" if more else ".*"
    return r"\S+?" if name in _SINGLE else r"\S.*?"
