"""What figures are counted in: actions by rating."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

UNRATED = ""
"""The code under which actions without a rating are counted."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Actions counted by rating code, UNRATED among them; `completed` says how many of them are
    completed.
    """

    ratings: dict[str, int] = field(default_factory=dict)
    completed: int = 0

    @property
    def total(self) -> int:
        """All actions counted."""
        return sum(self.ratings.values())

    @property
    def open(self) -> int:
        """Those that are not completed."""
        return self.total - self.completed

    def count(self, code: str) -> int:
        """Actions with this rating."""
        return self.ratings.get(code, 0)


@dataclass(frozen=True, slots=True)
class ActionFigure:
    """One action as it stands now. `due_on` is the last day that its due text names, None when it
    names none.
    """

    key: str
    ref: str
    text: str
    section: str
    leads: tuple[str, ...]
    rag: str
    status: str
    due: str
    # `Ongoing` and `TBC` are due texts without a day; `2013` ends on its 31 December.
    due_on: date | None = None

    @property
    def open(self) -> bool:
        """Neither completed nor withdrawn."""
        return self.status not in {"completed", "withdrawn"}
