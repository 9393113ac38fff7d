"""Numbers, percentages and ticks as people type them."""

from __future__ import annotations

import re

from xlplan.plan.text.text import fold_code, same_text
from xlplan.plan.values import RawValue, Value

_NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?:e[-+]?[0-9]{1,3})?", re.IGNORECASE
)
_PER_CENT = re.compile(r"\s*(?:%|per ?cent)$", re.IGNORECASE)
# Ticks out of Word, Wingdings' look-alikes and a telephone's emoji.
_YES = frozenset(["yes", "y", "x", "true", "1", "ticked", "done", "✓", "✔", "☑", "🗸", "✅"])
_NO = frozenset(["", "no", "n", "false", "0", "-", "✗", "✘", "☐", "❌"])


def read_number(raw: RawValue) -> str | None:
    """The shortest digits to 15 places of a number with commas between thousands; None when it is
    no number.
    """
    number = _number(raw)
    return None if number is None else _digits(number)


def as_number(value: Value) -> int | float | None:
    """What a value that was read as a number says; None where the plan holds a text in a field of
    numbers.
    """
    number = _number(value.canonical)
    return int(number) if number is not None and number.is_integer() else number


def read_percent(raw: RawValue) -> str | None:
    """A share of one: `45%`, 45 and 0.45 are `0.45`. Without a sign, 1 and below is the share,
    above it per cent.
    """
    # Excel stores 45% as 0.45; a cell without the format holds 45.
    if not isinstance(raw, str):
        number = _number(raw)
        return None if number is None else _digits(number if abs(number) <= 1 else number / 100)
    bare = _PER_CENT.sub("", same_text(raw))
    number = _number(bare)
    if number is None:
        return None
    is_share = bare == same_text(raw) and abs(number) <= 1
    return _digits(number if is_share else number / 100)


def read_tick(raw: RawValue) -> bool | None:
    """Whether a box is ticked; a blank one is not. None when it says neither yes nor no."""
    if raw is None or isinstance(raw, bool):
        return bool(raw)
    said = fold_code(f"{raw:.15g}" if isinstance(raw, float) else str(raw)).strip(" .")
    if said in _YES:
        return True
    return False if said in _NO else None


def _number(raw: RawValue) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    # Word types a minus sign of its own, and offices write thousands with commas: `1,250`.
    if isinstance(raw, str):
        typed = same_text(raw).replace("\N{MINUS SIGN}", "-")
        if not re.search("[0-9]", typed) or not _NUMBER.fullmatch(typed):
            return None
        raw = typed.replace(",", "")
    try:
        number = float(raw)
    except (OverflowError, ValueError):
        return None
    return number if abs(number) < float("inf") else None


def _digits(number: float) -> str:
    digits = f"{number:.15g}"
    return "0" if digits == "-0" else digits
