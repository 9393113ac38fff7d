"""Run the comparisons, all or those that are named: `python -m benchmarks export merge`."""

from __future__ import annotations

import sys

from benchmarks.cases import CASES, run
from benchmarks.timing import HEADING


def main(names: list[str]) -> None:
    """Print one line for each comparison."""
    unknown = [name for name in names if name not in CASES]
    if unknown:
        raise SystemExit(
            f"There is no comparison {', '.join(unknown)}. Choose from: {', '.join(CASES)}."
        )
    print(HEADING)
    for name in names or list(CASES):
        print(run(name).line(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
