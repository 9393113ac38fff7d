from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.building import a_store
from xlplan.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with a_store(path) as made:
        yield made
