"""Three-way comparison of any number of returns with the master plan: pure functions.

`three_way` compares; `Merged` says what came out. Read `comparison.py` first, then `cells.py`,
where a cell is weighed.
"""

from __future__ import annotations

from xlplan.merge.cells import BY_APPEND, BY_WORST
from xlplan.merge.comparison import three_way
from xlplan.merge.entries import Entry, compose_entries, read_entries
from xlplan.merge.model import (
    Answered,
    Credit,
    Field,
    Merged,
    NotTaken,
    Refused,
    Return,
    ReturnedRow,
)

__all__ = [
    "BY_APPEND",
    "BY_WORST",
    "Answered",
    "Credit",
    "Entry",
    "Field",
    "Merged",
    "NotTaken",
    "Refused",
    "Return",
    "ReturnedRow",
    "compose_entries",
    "read_entries",
    "three_way",
]
