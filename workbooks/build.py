"""Make the example workbooks from the CSVs in `data/`, each in the layout in which its office
publishes the plan.

    python workbooks/build.py                          all of them, in this folder
    python workbooks/build.py walsall-2012 --into out  one, elsewhere

The same CSVs give the same bytes. What stands where is in `layouts/`, a module for each plan.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from layouts.kent import kent
from layouts.leicestershire import leicestershire
from layouts.sunderland import sunderland
from layouts.walsall import walsall
from layouts.west_sussex import west_sussex

BUILDERS: dict[str, Callable[[Path], None]] = {
    "west-sussex-2019": west_sussex,
    "sunderland-2017": sunderland,
    "walsall-2012": walsall,
    "kent-2010": kent,
    "leicestershire-2017": leicestershire,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the workbooks that are named, all when none is."""
    parser = argparse.ArgumentParser(description="Make the example workbooks from their CSVs.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BUILDERS))
    parser.add_argument(
        "--into", type=Path, default=Path(__file__).resolve().parent, help="folder to write into"
    )
    chosen = parser.parse_args(arguments)
    for name in chosen.names or BUILDERS:
        if name not in BUILDERS:
            parser.error(f"there is no workbook {name}; there are {', '.join(BUILDERS)}")
        BUILDERS[name](chosen.into / f"{name}.xlsx")


if __name__ == "__main__":
    main()
