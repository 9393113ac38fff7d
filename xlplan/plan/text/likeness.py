"""How alike two texts are: the nearest names for a message, and actions that say nearly the
same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from xlplan.plan.text.text import fold_code

_LEAST = 0.6
_WITHIN = 0.75
_SHORTEST_WITHIN = 3
_WORTH_SPELLING_OUT = 0.3
_LETTERS_COMPARED = 400


def near(value: str, options: Iterable[str], n: int = 3, within: float = 1.0) -> list[str]:
    """The options most like a value, best first: at most `n`, none that is unlike. For messages,
    never to resolve.

    None is further than `within` behind the best, from 0 to 1.
    """
    wanted = fold_code(value)
    if not wanted:
        return []
    scored = [(_likeness(wanted, fold_code(option)), option) for option in dict.fromkeys(options)]
    good = sorted(
        (pair for pair in scored if pair[0] >= _LEAST), key=lambda pair: (-pair[0], pair[1])
    )
    return [option for score, option in good[:n] if score >= good[0][0] - within]


def alike(a: str, b: str) -> float:
    """How alike two actions are, from 0 to 1: the better of the words they share and the letters in
    order.
    """
    first, second = fold_code(a), fold_code(b)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    shared = _shared_words(first, second)
    if shared < _WORTH_SPELLING_OUT:
        return shared
    return max(shared, _in_order(first[:_LETTERS_COMPARED], second[:_LETTERS_COMPARED]))


def _likeness(wanted: str, option: str) -> float:
    """How alike two names are; one inside the other counts for much, since people shorten names."""
    shortest = min(len(wanted), len(option))
    within = shortest >= _SHORTEST_WITHIN and (wanted in option or option in wanted)
    return max(_in_order(wanted, option), _WITHIN if within else 0.0)


def _in_order(a: str, b: str) -> float:
    # The ratio depends on which text comes first; a likeness does not.
    one, other = sorted((a, b))
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LEAST else 0.0


def _shared_words(a: str, b: str) -> float:
    one, other = Counter(re.findall(r"\w+", a)), Counter(re.findall(r"\w+", b))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
