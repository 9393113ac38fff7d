"""What a whole run of the tests says at its end."""

from __future__ import annotations

import json
from typing import Any

from openpyxl.worksheet.merge import MergedCellRange

from tests.stories.returns.many import Tally

# openpyxl works out the borders of every cell under a merge, each time that a test loads a
# workbook: two thirds of the loading, for what no test looks at.
setattr(MergedCellRange, "format", lambda _: None)  # noqa: B010 - as an assignment it has no type


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
