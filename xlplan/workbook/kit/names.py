"""File names that Windows, a mail program and a sorted folder all take, for any lead's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_LONGEST = 80
_RESERVED = re.compile(
    r"^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(?:\.|$))", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_NAMELESS = "unnamed"


def safe_name(text: str) -> str:
    """A name without what Windows refuses: `HoS/QA` is `HoS-QA`, `CON` is `CON_`. At most 80
    characters.
    """
    composed = unicodedata.normalize("NFC", text)
    plain = "".join(
        " " if letter.isspace() else letter for letter in composed if _printable(letter)
    )
    joined = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", plain))
    name = joined.strip(" .")[:_LONGEST].strip(" .") or _NAMELESS
    # Windows looks at what stands before the first point: AUX.xlsx and `AUX .xlsx` are as reserved
    # as AUX.
    return _RESERVED.sub(r"\1_", name) if _RESERVED.match(name) else name


def workbook_name(return_by: str, lead: str, taken: Collection[str] = ()) -> str:
    """`<return-by> <lead>.xlsx`; numbered when a name in `taken` is the same to Windows, which
    ignores case.
    """
    stem = safe_name(f"{return_by} {safe_name(lead)}" if return_by else lead)
    used = {name.casefold() for name in taken}
    name, count = f"{stem}.xlsx", 2
    while name.casefold() in used:
        name, count = f"{stem} ({count}).xlsx", count + 1
    return name


def _printable(letter: str) -> bool:
    """Letters, digits, punctuation and blanks; no control characters, emoji or private use."""
    category = unicodedata.category(letter)
    return letter.isspace() or category[0] in "LMNPZ" or letter in "+=$£€~^`"
