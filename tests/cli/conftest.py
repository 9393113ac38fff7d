"""The demo's folder: made once, and a copy of it for every test that changes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import xlplan


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder, to look at."""
    folder = tmp_path_factory.mktemp("played")
    assert xlplan("demo", "office", folder=folder).status == 0
    return folder / "office"


@pytest.fixture
def office(played: Path, tmp_path: Path) -> Path:
    """The demo's folder, to work in."""
    return Path(shutil.copytree(played, tmp_path / "office"))
