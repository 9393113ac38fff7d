"""The shapes of refs and links (`9.9`, `NEW 9`, `9 (a)`), and the patterns of lines and openings
made of them.

In a shape 9 is a number, a or A (not within a word) a letter, the rest stands for itself. A pattern
such as `{ref} - Ofsted {links} {text}` has parts in braces; what stands between them is fixed. In
both, a blank matches none or many, case does not matter, all dashes and all quotes are one, and
look-alike letters count as the Latin ones. A number may follow a word directly, `Priority1`. What
parts a ref from the words behind it, a stop, a bracket, a colon or a dash, belongs to neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
_START_OR_NUMBER = r"(?:(?<!\w)|(?<=[^\W\d_])(?=\d))(?<!\d\.)"
_STOPS = ".:)]"
_MARK = rf"{_ANY_BLANK}[{re.escape(_STOPS)}]"
# `2.3 - Audit cases`, but not `2.3 -5% in a year`.
_LOOSE_DASH = rf"{_ANY_BLANK}{_DASH}(?={_BLANK}|\Z)"
_PARTED = rf"(?:(?:{_MARK}|{_ANY_BLANK}{_DASH})+{_ANY_BLANK})"
_MAYBE_PARTED = rf"(?:(?:{_MARK}|{_LOOSE_DASH})+{_ANY_BLANK}|{_BLANK}|\Z)"
_SINGLE = frozenset({"ref"})
"""Parts that hold one thing; others may hold several, `7 (a), 7 (b)`."""

Shapes = Mapping[str, Sequence[str]]
"""The shapes that a part may have, by the part's name; a part without shapes is any text."""


def matches(text: str, shapes: Iterable[str]) -> bool:
    """Whether a text as a whole has one of the shapes."""
    mended = mend_lookalikes(text).strip()
    return any(_shape(shape).fullmatch(mended) for shape in shapes)


@dataclass(frozen=True, slots=True)
class Fit:
    """The parts of a text that fits a pattern, as typed, and the pattern as this text has it.

    Example:
        `2.1.0. With partners` fits `{ref} {text}`; its own pattern is `{ref}. {text}`.
    """

    parts: dict[str, str]
    pattern: str


def fit(pattern: str, text: str, shapes: Shapes | None = None) -> Fit | None:
    """How a text fits a pattern; None when it does not."""
    by_part = tuple(
        (name, tuple(some))
        for name, some in (shapes or {}).items()
        if some and f"{{{name}}}" in pattern
    )
    typed = text.strip()
    found = _pattern(pattern.strip(), by_part).fullmatch(mend_lookalikes(typed))
    if found is None:
        return None
    spans = {name: found.span(name) for name in found.groupdict()}
    own, end = "", 0
    for name, (start, stop) in spans.items():
        if start >= 0:
            own += f"{typed[end:start]}{{{name}}}"
            end = stop
    parts = {name: typed[slice(*span)].strip() for name, span in spans.items()}
    return Fit(parts, own + typed[end:])


def parse(pattern: str, text: str, shapes: Shapes | None = None) -> dict[str, str] | None:
    """The parts of a text that fits a pattern, as typed, without blanks around them; None when it
    does not fit.
    """
    found = fit(pattern, text, shapes)
    return found.parts if found else None


def render(pattern: str, parts: Mapping[str, str]) -> str:
    """The text that a pattern makes of its parts; a part that is not given is left out."""
    return _PART.sub(lambda part: parts.get(part[1], ""), pattern).strip()


_OPENING = re.compile(r"(?:[A-Z]{1,4} ?)?[0-9]+(?P<rest>(?:\.[0-9]+)*)(?P<mark>\.|\)|:|)(?=\s)")


def shape_of_opening(text: str) -> str:
    """The shape of what opens a text like a ref, "" when nothing does.

    E.g. `2.1.0. With partners` opens with `9.9.9`, and `3 new workers join` with no ref.
    """
    found = _OPENING.match(mend_lookalikes(text).strip())
    if found is None or not (found["rest"] or found["mark"]):
        return ""
    return re.sub(
        "[0-9]+", "9", found[0].removesuffix(found["mark"]) if found["mark"] else found[0]
    )


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
    place = 0
    while place < len(pieces):
        piece, (before, after) = pieces[place], _neighbours(pieces, place)
        part = _PART.fullmatch(piece)
        place += 1
        if part is None:
            expression += (
                _blank_between(before, after) if piece.isspace() else _fixed(piece, before, after)
            )
            continue
        if part[1] in seen:
            expression += f"(?P={part[1]})"
            continue
        seen.add(part[1])
        words = "".join(pieces[: place - 1]).rstrip()
        start = _START_OR_NUMBER if words[-1:].isalpha() else _START
        expression += _named(part[1], by_part.get(part[1], ()), start, more=bool(after))
        if part[1] in _SINGLE and after:
            parting, place = _parting(pieces, place)
            if pieces[place:] == ["{text}"] and "text" not in seen:
                # `Priority 3` alone, where the lines of other sheets go on with a name.
                return _compiled(f"{expression}(?:{parting}(?P<text>.*))?")
            expression += parting
    return _compiled(expression)


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE | re.DOTALL)


def _parting(pieces: Sequence[str], place: int) -> tuple[str, int]:
    """What parts a ref from what follows it, and the place of that: some mark where the pattern
    has one, else a blank or any mark.
    """
    first = place
    while place < len(pieces) and (
        pieces[place].isspace() or pieces[place] in _STOPS or pieces[place] in DASHES
    ):
        place += 1
    between = "".join(pieces[first:place])
    if between.strip():
        return _PARTED, place
    return (_MAYBE_PARTED if between else ""), place


def _blank_between(before: str, after: str) -> str:
    """A blank may be missing, but parts a text from a word beside it, and may be its end."""
    if after == "{text}" and before.startswith("{"):
        return rf"(?:{_BLANK}|\Z)"
    if after == "{text}" and before[-1:].isalpha():
        return rf"(?:{_BLANK}|{_ANY_BLANK}(?![^\W\d_]))"
    return _BLANK if before == "{text}" else _ANY_BLANK


def _named(name: str, shapes: Sequence[str], start: str, *, more: bool) -> str:
    return f"(?P<{name}>{_part_expression(name, shapes, start, more=more)})"


def _part_expression(name: str, shapes: Sequence[str], start: str, *, more: bool) -> str:
    if shapes:
        # The longest shape first: `9 (a)` before `9`, which would fit its beginning.
        one = "|".join(_shape_expression(shape) for shape in sorted(shapes, key=len, reverse=True))
        one = f"{start}(?:{one}){_END}"
        return one if name in _SINGLE else f"{one}(?:{_BETWEEN}{one})*"
    if name == "text":
        return ".*?" if more else ".*"
    return rf"\S+?{_END}" if name in _SINGLE else r"\S.*?"
