"""How alike two texts are: the nearest names for a message, and actions that say nearly the
same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from xlplan.plan.text.text import fold_code

_LEAST = 0.65
"""How alike a name must be to be suggested: below, most are of another person or post."""
_OTHERWISE_ORDERED = 0.95
_WITHIN = 0.75
_SHORTEST_WITHIN = 3
_WORTH_SPELLING_OUT = 0.3
_LETTERS_COMPARED = 400


def near(value: str, options: Iterable[str], n: int = 3, within: float = 1.0) -> list[str]:
    """The options most like a value, best first: at most `n`, none that is unlike. For messages,
    never to resolve. `S Butcher` is near `Sue Butcher`, and so is `Butcher, Sue`.

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
    order. `Recruit a permanent head` and `Recruit permanent Head` are 0.96 alike.
    """
    first, second = fold_code(a), fold_code(b)
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    shared = _shared_words(first, second)
    if shared < _WORTH_SPELLING_OUT:
        return shared
    return max(shared, in_order(first[:_LETTERS_COMPARED], second[:_LETTERS_COMPARED]))


def _likeness(wanted: str, option: str) -> float:
    """How alike two names are, whatever the order of their words."""
    # People shorten names: `Butcher` for `Sue Butcher`, `Head of Service` for a longer post.
    shortest = min(len(wanted), len(option))
    within = shortest >= _SHORTEST_WITHIN and (wanted in option or option in wanted)
    # An address book has the surname first: `Butcher, Sue`.
    ordered = in_order(" ".join(sorted(wanted.split())), " ".join(sorted(option.split())))
    return max(in_order(wanted, option), ordered * _OTHERWISE_ORDERED, _WITHIN if within else 0.0)


def in_order(a: str, b: str, least: float = 0.0) -> float:
    """The share of the letters of two texts that both have in the same order, from 0 to 1; 0 for
    what is below `least`. `colinson` and `collinson` share 16 of 17.
    """
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(a, b, score_cutoff=least)


def _shared_words(a: str, b: str) -> float:
    one, other = Counter(re.findall(r"\w+", a)), Counter(re.findall(r"\w+", b))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
