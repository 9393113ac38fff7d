"""The plan's own rating scale, and what a step from one rating to another is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["not-started", "graded", "closed"]
Movement = Literal[
    "unchanged",
    "improved",
    "worsened",
    "started",
    "completed",
    "re-opened",
    "newly rated",
    "no longer rated",
    "put back",
]


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating: its code and name as published, its colour as #RRGGBB, what it means and its
    kind.
    """

    code: str
    name: str
    colour: str
    meaning: str
    kind: Kind
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RagScale:
    """Ratings as the plan lists them; the graded ones stand worst first."""

    ratings: tuple[Rating, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, in the plan's order."""
        return tuple(rating.code for rating in self.ratings)

    def get(self, code: str) -> Rating | None:
        """The rating with this code, None for an unrated action."""
        return next((rating for rating in self.ratings if rating.code == code), None)

    def kind(self, code: str) -> Kind | None:
        """Kind of a code; None when unrated."""
        rating = self.get(code)
        return rating.kind if rating else None

    def rank(self, code: str) -> int | None:
        """Place among the graded ratings, 0 is the worst; None for others."""
        # Offices list colours in the order of their legend, and Complete or Not started anywhere.
        graded = [rating.code for rating in self.ratings if rating.kind == "graded"]
        return graded.index(code) if code in graded else None


def movement(scale: RagScale, before: str, after: str) -> Movement:
    """What a step is called. Improved and worsened exist only between graded codes (design, section
    2).
    """
    if before == after:
        return "unchanged"
    was, now = scale.kind(before), scale.kind(after)
    if now is None:
        return "no longer rated"
    if now == "closed":
        return "completed"
    if was is None:
        return "newly rated"
    # What was completed comes back: a later inspection found it wanting.
    if was == "closed":
        return "re-opened"
    # Amber back to `Not started`: the office rated too soon.
    if now == "not-started":
        return "put back"
    if was == "not-started":
        return "started"
    worse, better = scale.rank(before), scale.rank(after)
    return "improved" if (better or 0) > (worse or 0) else "worsened"
