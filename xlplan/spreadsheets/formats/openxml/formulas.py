"""A formula that was filled down, in the words that it has in another cell."""

from __future__ import annotations

import re

from xlplan.plan.findings.addresses import column_letters
from xlplan.spreadsheets.formats.openxml.addresses import LAST_COLUMN, LAST_ROW, column_of

# Texts, names of sheets in quotes and what stands in brackets (of tables, of other workbooks) hold
# letters and digits that are no references.
_TOKEN = re.compile(
    r"""
    (?P<kept>"[^"]*"|'[^']*'|\[(?:[^\[\]]|\[[^\[\]]*\])*\])
    |(?<![\w.\\$])(?:
        (?P<columns>\$?[A-Z]{1,3}:\$?[A-Z]{1,3})
        |(?P<rows>\$?[0-9]{1,7}:\$?[0-9]{1,7})
        |(?P<cell>\$?[A-Z]{1,3}\$?[0-9]{1,7})
    )(?![\w.(!])
    """,
    re.VERBOSE,
)
_PART = re.compile(r"(\$?)(?:([A-Z]+)|([0-9]+))")


def moved(formula: str, down: int, right: int) -> str:
    """The formula as it reads in a cell so many rows below and columns to the right.

    >>> moved('A1*$B$2&"A1"', 2, 1)
    'B3*$B$2&"A1"'
    """

    def shifted(token: re.Match[str]) -> str:
        if token["kept"]:
            return token[0]
        try:
            return _PART.sub(lambda part: _shifted(part, down, right), token[0])
        except _Outside:
            return "#REF!"
        except LookupError:
            return token[0]

    return _TOKEN.sub(shifted, formula)


class _Outside(Exception):
    """A reference that leads out of the sheet."""


def _shifted(part: re.Match[str], down: int, right: int) -> str:
    fixed, letters, digits = part.groups()
    number, last = (column_of(letters), LAST_COLUMN) if letters else (int(digits), LAST_ROW)
    if not 1 <= number <= last:
        raise LookupError(part[0])  # `XYZ1` is a name, as there is no such column
    number += 0 if fixed else right if letters else down
    if not 1 <= number <= last:
        raise _Outside
    return f"{fixed}{column_letters(number) if letters else number}"
