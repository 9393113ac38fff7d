"""An office for each test, at a fixed time, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.stories.office import Office, an_office
from tests.stories.returns import many


@pytest.fixture(scope="session")
def sent_by(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], many.Office]:
    """The office of a plan that has sent its workbooks, with fields of every type; to look at, and
    to copy from.
    """
    return cache(lambda plan: many.open_office(plan, tmp_path_factory.mktemp("sent") / plan))


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


@pytest.fixture(params=many.PLANS)
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
    made = an_office(folder, capsys, monkeypatch, plan)
    made.init()
    return made
