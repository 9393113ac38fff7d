"""One word out of a few, a rating or a choice: which of them a person means by what they typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from xlplan.plan.rag import RagScale, Rating
from xlplan.plan.text.text import fold_code


def rating_meant(text: str, scale: RagScale) -> str | None:
    """The code of the rating that is meant, by its code, name or spelling or by first letters that
    only one rating has; None for none, or more than one.

    With ratings R (Red), DG (Dark green) and G (Green), `g.`, `Green` and `G - Green` mean G, and
    `dark` means DG.
    """
    return _meant(folded(text), words_of_scale(scale))


def choice_meant(text: str, choices: Sequence[str]) -> str | None:
    """The choice that is meant, as it is spelt in the list; None for none, or more than one."""
    return _meant(folded(text), {choice: [folded(choice)] for choice in choices})


def folded(text: str) -> str:
    """A word without case, and without the stops and signs around it."""
    # Word sets a full stop and a capital, a lead an exclamation mark: `Green.`, `GREEN!`
    return " ".join(fold_code(text).strip(" .,;:!*'\"").split())


@lru_cache(maxsize=16)
def words_of_scale(scale: RagScale) -> dict[str, list[str]]:
    """All words for each rating, folded, by its code."""
    return {rating.code: _words(rating) for rating in scale.ratings}


def _words(rating: Rating) -> list[str]:
    return [folded(word) for word in (rating.code, rating.name, *rating.spellings)]


def _meant(typed: str, words: Mapping[str, Sequence[str]]) -> str | None:
    """The one that is meant: said in full, or every word of it (`G - Green`), or begun so that no
    other fits.
    """
    if not typed:
        return None
    for code, known in words.items():
        if typed in known:
            return code
    # Leads copy from the legend: `G - Green`, `Green (G)`.
    parts = [part for part in re.split(r"[\s()\[\]/:=–-]+", typed) if part]
    for code, known in words.items():
        if len(parts) > 1 and all(part in known for part in parts):
            return code
    begun = [code for code, known in words.items() if any(word.startswith(typed) for word in known)]
    return begun[0] if len(begun) == 1 else None
