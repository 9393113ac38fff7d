"""What a cell says beside its value, the same for every format: text that is struck through, and
links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

_LINKING = re.compile(r'=\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)


def struck_of(pieces: Iterable[tuple[str, bool]]) -> tuple[bool, str]:
    """Whether the whole text is struck through, and else the part that is; pieces are (text,
    whether it is struck).
    """
    # A blank or a line break between struck words may keep the plain font.
    visible = [(text, struck) for text, struck in pieces if text.strip()]
    if not any(struck for _, struck in visible):
        return False, ""
    if all(struck for _, struck in visible):
        return True, ""
    runs = (
        "".join(text for text, _ in run)
        for struck, run in groupby(visible, key=itemgetter(1))
        if struck
    )
    return False, " … ".join(run.strip() for run in runs)


def address_of(target: str, place: str) -> str:
    """Where a link leads: an address, a place in a workbook, or both."""
    return f"{target}#{place}" if place else target


def link_of_formula(formula: str) -> str:
    """The address in a HYPERLINK formula; "" for any other formula."""
    found = _LINKING.match(formula)
    return found[1] if found else ""
