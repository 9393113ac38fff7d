"""The nearest of some names, for messages that say what somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher


def nearest(wanted: str, known: Iterable[str], *, most: int = 3, least: float = 0.6, within: float = 1.0) -> list[str]:
    """Names that look like `wanted`, best first.

    At most `most`, each at least `least` alike (0 to 1), and none further than `within` behind the best.
    """
    folded = " ".join(wanted.casefold().split())
    if not folded:
        return []
    scored = [(_likeness(folded, " ".join(name.casefold().split())), name) for name in dict.fromkeys(known)]
    good = sorted((pair for pair in scored if pair[0] >= least), key=lambda pair: (-pair[0], pair[1]))
    return [name for score, name in good[:most] if score >= good[0][0] - within]


def _likeness(one: str, other: str) -> float:
    """How alike two folded names are; a whole word or beginning in common counts for much."""
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if len(one) >= 3 and len(other) >= 3 and (one in other or other in one):
        return max(alike, 0.75)
    return alike
