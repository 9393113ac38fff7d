"""The example plans: their workbooks, mappings and stories, in the installed package or beside it
in a checkout.
"""

from __future__ import annotations

from pathlib import Path

from xlplan.rounds.session.session import NothingDone

_PACKAGE = Path(__file__).resolve().parent.parent


def example(kind: str, name: str) -> Path:
    """An example file; `kind` is `workbooks` or `mappings`.

    Raises:
        NothingDone: this installation has no such example.
    """
    # A wheel carries the examples inside the package; a checkout has them beside it.
    for root in (_PACKAGE / "examples", _PACKAGE.parent):
        path = root / kind / name
        if path.is_file():
            return path
    raise NothingDone(
        f"The example {kind}/{name} is missing from this installation.", "Install xlplan again."
    )
