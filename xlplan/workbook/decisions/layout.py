"""The columns of a decisions workbook, described once for its writer and its reader."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

PREFIX = "decision."
"""What the ids of our columns begin with in the key row."""
# A code is base64, which has no dot.
_SEALS = "."
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class DecisionColumn:
    """One column: id in the key row, heading, width in characters (0 is hidden), and the prompt of
    an input.
    """

    id: str
    heading: str
    width: float
    prompt: str = ""


COLUMNS = (
    DecisionColumn("fingerprint", "Row code", 0),
    DecisionColumn("id", "No", 6),
    DecisionColumn("ref", "Ref", 8),
    DecisionColumn("action", "Action", 34),
    DecisionColumn("field", "What", 14),
    DecisionColumn("reason", "Why it waits for you", 26),
    DecisionColumn("base", "When issued", 20),
    DecisionColumn("master", "Master now", 20),
    DecisionColumn("said", "What came back", 46),
    DecisionColumn(
        "choice", "Your decision", 20, "Choose from the list. A line left empty stays open."
    ),
    DecisionColumn(
        "value",
        "Value, ref or section",
        20,
        "With 'Another value': the value. With 'Same as': the other ref. With 'Accept' on a new "
        "action: where it goes, from the list.",
    ),
    DecisionColumn(
        "why", "Your reason", 26, "Why. It is kept with the decision and may be sent to the leads."
    ),
)
PLACES = {column.id: place for place, column in enumerate(COLUMNS)}
SHOWN = tuple(column.id for column in COLUMNS if column.width and not column.prompt)
"""The columns that tell the officer something and take no answer."""


def sealed(code: str, texts: Sequence[str]) -> str:
    """The code of a line with a seal of each text beside it, so that a text that somebody changed
    is seen.
    """
    return f"{code}{_SEALS}{'-'.join(seal(text) for text in texts)}"


def unsealed(text: str) -> tuple[str, list[str]]:
    """The code of a line and the seals with it; none in a workbook from before there were seals."""
    code, _, seals = text.partition(_SEALS)
    return code, seals.split("-") if seals else []


def seal(text: str) -> str:
    """A few characters that tell a text: by its letters and figures, which saving in another format
    leaves alone.

    Example:
        `2.10` and `2.1` have the same seal, `Late – see note` and `Late - see note` too.
    """
    # Excel opens a csv with the ref `2.10` as the number 2.1, and calamine tells 42 as 42.0.
    plain = str(float(text)) if is_number(text) else text
    # Excel for Mac writes .csv in Mac Roman: dashes and curly quotes come back as other signs.
    letters = "".join(sign for sign in plain.casefold() if sign.isascii() and sign.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()[:6]


def is_number(text: str) -> bool:
    """Whether a program may have made a number of a text: `2.10`, `-3`."""
    return bool(_NUMBER.fullmatch(text.strip()))
