"""Run the comparisons, all or those that are named: `python -m benchmarks export merge`."""

from __future__ import annotations

import sys

from benchmarks.cases import CASES, run
from benchmarks.three_way import SETS
from benchmarks.timing import HEADING


def main(names: list[str]) -> None:
    """Print one line for each comparison. The sets of the merge run only when they are named: they
    take minutes.
    """
    unknown = [name for name in names if name not in {*CASES, *SETS}]
    if unknown:
        raise SystemExit(
            f"There is no comparison {', '.join(unknown)}. "
            f"Choose from: {', '.join([*CASES, *SETS])}."
        )
    single = [name for name in names or CASES if name in CASES]
    if single:
        print(HEADING)
    for name in single:
        print(run(name).line(), flush=True)
    for name in (name for name in names if name in SETS):
        for line in SETS[name]():
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
