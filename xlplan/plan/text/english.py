"""Small words of correct English: counts, lists, plurals, dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

THIS_ROUND = "before this round"
"""What the point is called that a plan's first round begins with."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """`no actions`, `1 action`, `2 actions`."""
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{number or 'no'} {word}"


def verb(number: int, one: str, many: str) -> str:
    """The verb that goes with a number; none goes with the plural."""
    return one if number == 1 else many


def listed(parts: Sequence[str], longest: int = 0, word: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`; much beyond `longest` the others are counted: `A, B and 4
    others`.
    """
    shown = list(parts)
    if longest and len(shown) > longest + 1:
        left = len(shown) - longest
        shown = [*shown[:longest], f"{left} {verb(left, 'other', 'others')}"]
    return f" {word} ".join(part for part in (", ".join(shown[:-1]), *shown[-1:]) if part)


def sentence(clauses: Sequence[str]) -> str:
    """Clauses joined by semicolons, a capital in front and a full stop behind."""
    text = "; ".join(clause for clause in clauses if clause)
    return f"{capital(text)}." if text else ""


def long_day(when: date) -> str:
    """`4 February 2013`."""
    return f"{when.day} {when:%B %Y}"


def day_of(text: str) -> str:
    """The day of an ISO date or time in words; other text as it is."""
    try:
        return long_day(datetime.fromisoformat(text).date())
    except ValueError:
        return text


def day_as(text: str, how: str) -> str:
    """The day of an ISO date or time as strftime codes write it; other text as it is."""
    try:
        return datetime.fromisoformat(text).strftime(how)
    except ValueError:
        return text


def since(point: str) -> str:
    """`since November 2016`, or `in this round` where a comparison begins with its round."""
    return "in this round" if point == THIS_ROUND else f"since {point}"


def capital(word: str) -> str:
    """A word with a capital in front, its other letters as they are: `PSO` stays `PSO`."""
    return word[:1].upper() + word[1:]


def small(name: str) -> str:
    """A name within a sentence: `Dark Green` is dark green; what is all capitals stays."""
    return " ".join(word if word.isupper() else word.lower() for word in name.split())


def clipped(text: str, longest: int) -> str:
    """Text cut at a word with three dots when it is longer."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    return f"{plain[:longest].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
