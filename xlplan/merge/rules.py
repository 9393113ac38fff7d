"""The field rules of a mapping that decide without a person: `worst`, and what an appended answer
adds.
"""

from __future__ import annotations

from collections.abc import Iterable

from xlplan.merge.equality import canonical_of
from xlplan.merge.model import Field
from xlplan.plan.rag import Rating
from xlplan.plan.values import Value


def worst(field: Field, values: Iterable[Value]) -> Value | None:
    """The worst of several graded ratings; None where the rule has no answer and a person is asked.

    Closed against open, not started against graded, blank or unknown against anything: no answer.
    """
    ranked: list[tuple[int, Value]] = []
    for value in values:
        rating = _rating(field, value)
        rank = field.scale.rank(rating.code) if field.scale and rating else None
        if rank is None:
            return None
        ranked.append((rank, value))
    return min(ranked, key=lambda one: one[0])[1] if ranked else None


def _rating(field: Field, value: Value) -> Rating | None:
    """The rating that a value stands for, by its code as written or by its canonical form."""
    if field.scale is None:
        return None
    by_code = field.scale.get(value.text)
    if by_code is not None:
        return by_code
    meaning = field.canonical or (lambda raw: canonical_of(str(raw), field.type, field.words))
    return next(
        (rating for rating in field.scale.ratings if meaning(rating.code) == value.canonical), None
    )


def added_text(base: Value | None, said: Value) -> str:
    """What a lead added: where they typed on behind the text they were shown, only what is new."""
    # In a field that is shown filled, leads keep what stands there and type on behind it.
    if base and said.text.startswith(base.text):
        rest = said.text[len(base.text) :].strip()
        return rest or said.text
    return said.text
