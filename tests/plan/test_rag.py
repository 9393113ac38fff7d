"""What a step from one rating to another is called, in natural order of refs."""

from __future__ import annotations

import pytest

from xlplan.plan.rag import RagScale, Rating, movement
from xlplan.plan.text.natural import natural

SCALE = RagScale(
    (
        Rating("Gr", "Grey", "#808080", "not begun", "not-started"),
        Rating("R", "Red", "#FF0000", "far behind", "graded"),
        Rating("A", "Amber", "#FFC000", "behind", "graded"),
        Rating("G", "Green", "#00B050", "on track", "graded"),
        Rating("B", "Blue", "#0070C0", "done", "closed"),
    )
)


@pytest.mark.parametrize(
    ("before", "after", "called"),
    [
        ("A", "A", "unchanged"),
        ("", "", "unchanged"),
        ("A", "G", "improved"),
        ("R", "G", "improved"),
        ("G", "R", "worsened"),
        ("Gr", "R", "started"),
        ("A", "Gr", "put back"),
        ("A", "B", "completed"),
        ("", "B", "completed"),
        ("B", "A", "re-opened"),
        ("B", "Gr", "re-opened"),
        ("", "A", "newly rated"),
        ("A", "", "no longer rated"),
        ("B", "", "no longer rated"),
    ],
)
def test_movement(before: str, after: str, called: str) -> None:
    assert movement(SCALE, before, after) == called


def test_refs_in_natural_order() -> None:
    refs = ["2.10", "NEW 2", "2.2", "10.1", "2.1", "NEW 10", "2.1.1"]
    assert sorted(refs, key=natural) == ["2.1", "2.1.1", "2.2", "2.10", "10.1", "NEW 2", "NEW 10"]
