"""What a whole run of the tests measures, and what it says at its end."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator
from typing import Any

import pytest

# Before any test's module takes load_workbook out of openpyxl.
from tests import once  # noqa: F401 - imported for what it does to openpyxl
from tests.stories.returns.many import Tally

MEASURED = ("tests/plan/", "tests/mapping/", "tests/merge/", "tests/store/")
"""Tests of the rooms that pyproject's coverage names."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Measure coverage, where that is wanted, of what the rooms' own tests run through."""
    # Tracing whole rounds as well would double their time.
    coverage = sys.modules.get("coverage")
    measuring = coverage.Coverage.current() if coverage else None
    if measuring is None or item.nodeid.startswith(MEASURED):
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How often each fault of a return, and each pair of them, came up."""
    total = Tally()
    for report in (
        one for outcome in ("passed", "failed") for one in terminalreporter.stats.get(outcome, [])
    ):
        for name, value in getattr(report, "user_properties", []):
            if name == "returns" and report.when == "call":
                total.merge(Tally.of(json.loads(value)))
    if total.returns:
        terminalreporter.section("composed returns")
        pairs = sorted(total.pairs.values())
        for line in total.told(pairs=False):
            terminalreporter.write_line(line)
        terminalreporter.write_line(
            f"each pair came up {pairs[0]} to {pairs[-1]} times; -v lists them"
        )
        if terminalreporter.verbosity > 0:
            for (one, other), count in total.pairs.most_common():
                terminalreporter.write_line(f"{count:7} {one} + {other}")
