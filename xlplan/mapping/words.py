"""Read one word out of a few: a rating of the plan's scale, a choice. Generous where only one can
be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlplan.mapping.reading import Details, Reading, error
from xlplan.plan.rag import RagScale
from xlplan.plan.text.likeness import near
from xlplan.plan.text.one_of import choice_meant, folded, rating_meant, words_of_scale
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
    code = rating_meant(text, scale)
    if code is None:
        near_ones = _did_you_mean(text, words_of_scale(scale))
        return error("rag-unknown", allowed=_listed(scale.codes), near=near_ones)
    return Reading(Value(code, code), _notices(text, code, "rag-read"))


def read_choice(text: str, choices: Sequence[str]) -> Reading:
    """One of the choices as the mapping spells it, or by first letters that only one of them
    has.

    E.g. of `Capital` and `Revenue`, `rev` and `REVENUE` read Revenue.
    """
    choice = choice_meant(text, choices)
    if choice is None:
        near_ones = _did_you_mean(text, {choice: [folded(choice)] for choice in choices})
        return error("choice-unknown", allowed=_listed(choices), near=near_ones)
    return Reading(Value(choice, choice))


def _notices(text: str, code: str, as_read: str) -> tuple[Details, ...]:
    typed = text.strip()
    if typed == code:
        return ()
    if mend_lookalikes(typed) != typed and fold_code(typed) == fold_code(code):
        return (("text-mended", {"read": code}),)
    return ((as_read, {"read": code}),)


def _did_you_mean(text: str, words: Mapping[str, Sequence[str]]) -> str:
    by_word = {word: code for code, known in words.items() for word in known}
    alike = list(dict.fromkeys(by_word[word] for word in near(folded(text), by_word, within=0.1)))
    return f" Did they mean {_listed(alike)}?" if alike else ""


def _listed(names: Iterable[str]) -> str:
    """`R, A or G`."""
    several = list(names)
    return (
        " or ".join([", ".join(several[:-1]), several[-1]])
        if len(several) > 1
        else "".join(several)
    )
