"""What an action is, by its rating, its table and its ref."""

from __future__ import annotations

import pytest

from xlplan.plan.rag import RagScale, Rating
from xlplan.plan.status import settle

SCALE = RagScale(
    (
        Rating("Gr", "Grey", "#808080", "not begun", "not-started"),
        Rating("A", "Amber", "#FFC000", "behind", "graded"),
        Rating("C", "Completed", "#0070C0", "done", "closed"),
    )
)


@pytest.mark.parametrize(
    ("ref", "rag", "table", "status"),
    [
        ("1.1", "A", "open", "open"),
        ("1.1", "Gr", "open", "open"),
        ("1.1", "", "open", "open"),
        ("1.1", "C", "open", "completed"),
        ("1.1", "C", "completed", "completed"),
        ("4.12", "", "completed", "completed"),
        ("1.1", "A", "completed", "open"),
        ("NEW 1", "", "open", "new"),
        ("new 12", "", "open", "new"),
        ("NEW 1", "A", "open", "open"),
        ("NEW 1", "C", "open", "completed"),
        ("NEW 1", "", "completed", "completed"),
    ],
)
def test_status(ref: str, rag: str, table: str, status: str) -> None:
    assert settle(ref, rag, table, SCALE, ["NEW 9"]) == status


def test_without_a_scale_and_shapes_everything_is_open() -> None:
    assert settle("1.1", "", "open", RagScale(()), []) == "open"
