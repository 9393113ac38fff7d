"""An office for each test, at a fixed time, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.office import Office
from tests.stories.returns.many import PLANS


@pytest.fixture
def walsall(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    return _an_office(tmp_path, capsys, monkeypatch, "walsall-2012")


@pytest.fixture
def sunderland(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    return _an_office(tmp_path, capsys, monkeypatch, "sunderland-2017")


@pytest.fixture(params=["kent-2010", "leicestershire-2017"])
def with_or_without_refs(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """Kent publishes refs such as A1.1; Leicestershire publishes none, and the plan gives them."""
    return _an_office(tmp_path, capsys, monkeypatch, request.param)


@pytest.fixture(params=["walsall-2012", "sunderland-2017"])
def office(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    return _an_office(tmp_path, capsys, monkeypatch, request.param)


@pytest.fixture(params=PLANS)
def every_plan(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    return _an_office(tmp_path, capsys, monkeypatch, request.param)


def _an_office(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, plan: str
) -> Office:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-10T09:00:00")
    monkeypatch.setenv("XLPLAN_USER", "officer")
    monkeypatch.delenv("XLPLAN_PLAN", raising=False)
    made = Office(folder, capsys, plan)
    made.init()
    return made
