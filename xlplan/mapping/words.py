"""Read one word out of a few: a rating of the plan's scale, a choice. Generous where only one can
be meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from xlplan.mapping.reading import Details, Reading, error
from xlplan.plan.rag import RagScale, Rating
from xlplan.plan.text.likeness import near
from xlplan.plan.text.text import fold_code, mend_lookalikes
from xlplan.plan.values import Value


def read_rating(text: str, scale: RagScale) -> Reading:
    """A rating by its code, name or spelling, or by first letters that only one rating has; case
    and dots aside.

    What is not the code itself is said (`rag-read`, `text-mended`); what no rating or more than one
    can mean is an error with the nearest ones (`rag-unknown`).

    E.g. with ratings R (Red), DG (Dark green) and G (Green): `g.`, `Green` and `G - Green` read G,
    `dark` reads DG, and `Purple` is an error.
    """
    words = _words_of(scale)
    code = _meant(_folded(text), words)
    if code is None:
        return error("rag-unknown", allowed=_listed(scale.codes), near=_did_you_mean(text, words))
    return Reading(Value(code, code), _notices(text, code, "rag-read"))


def read_choice(text: str, choices: Sequence[str]) -> Reading:
    """One of the choices as the mapping spells it, or by first letters that only one of them
    has.

    E.g. of `Capital` and `Revenue`, `rev` and `REVENUE` read Revenue.
    """
    words = {choice: [_folded(choice)] for choice in choices}
    choice = _meant(_folded(text), words)
    if choice is None:
        return error("choice-unknown", allowed=_listed(choices), near=_did_you_mean(text, words))
    return Reading(Value(choice, choice))


@lru_cache(maxsize=16)
def _words_of(scale: RagScale) -> dict[str, list[str]]:
    return {rating.code: _words(rating) for rating in scale.ratings}


def _words(rating: Rating) -> list[str]:
    return [_folded(word) for word in (rating.code, rating.name, *rating.spellings)]


def _folded(text: str) -> str:
    # Word sets a full stop and a capital, a lead an exclamation mark: `Green.`, `GREEN!`
    return " ".join(fold_code(text).strip(" .,;:!*'\"").split())


def _meant(typed: str, words: dict[str, list[str]]) -> str | None:
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


def _notices(text: str, code: str, as_read: str) -> tuple[Details, ...]:
    typed = text.strip()
    if typed == code:
        return ()
    if mend_lookalikes(typed) != typed and fold_code(typed) == fold_code(code):
        return (("text-mended", {"read": code}),)
    return ((as_read, {"read": code}),)


def _did_you_mean(text: str, words: dict[str, list[str]]) -> str:
    by_word = {word: code for code, known in words.items() for word in known}
    alike = list(dict.fromkeys(by_word[word] for word in near(_folded(text), by_word, within=0.1)))
    return f" Did they mean {_listed(alike)}?" if alike else ""


def _listed(names: Iterable[str]) -> str:
    """`R, A or G`."""
    several = list(names)
    return (
        " or ".join([", ".join(several[:-1]), several[-1]])
        if len(several) > 1
        else "".join(several)
    )
