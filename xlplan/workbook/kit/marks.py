"""What tells a workbook of ours: a visible code with a check character, and the words of its other
marks.
"""

from __future__ import annotations

import hashlib
import re

ALPHABET = "023456789ABCDEFGHJKMNPQRSTVWXYZ"
"""31 characters that people do not confuse; a prime number of them, so that every slip changes the
check.
"""

KEY_PREFIX = "xlplan:"
"""What opens every cell of a hidden key row."""
METADATA_SHEET = "xlplan"
CUSTOM_PROPERTY = "xlplan"

KINDS = ("update", "query", "master", "decisions")
# People type it from paper with blanks, and Word makes dashes of hyphens.
_CODE = re.compile(r"XLP[\s\-–]*((?:[0-9A-Z][\s\-–]*){8})([0-9A-Z])(?![0-9A-Z])", re.IGNORECASE)
_SUBJECT = re.compile(rf"\bxlplan ({'|'.join(KINDS)})\b", re.IGNORECASE)


def make_code(issue_id: str) -> str:
    """The visible code of an issue: `XLP-7K3M-9Q2P-4`; the last character checks the others."""
    number = int.from_bytes(hashlib.sha256(issue_id.encode()).digest()[:8], "big")
    body = ""
    for _ in range(8):
        number, place = divmod(number, len(ALPHABET))
        body += ALPHABET[place]
    return f"XLP-{body[:4]}-{body[4:]}-{_check(body)}"


def check_code(text: str) -> str | None:
    """The code in its usual form when its check character is right; None otherwise."""
    found = _CODE.fullmatch(text.strip())
    if not found:
        return None
    body = re.sub(r"[\s\-–]", "", found[1]).upper().replace("O", "0")
    check = found[2].upper().replace("O", "0")
    if any(letter not in ALPHABET for letter in body) or _check(body) != check:
        return None
    return f"XLP-{body[:4]}-{body[4:]}-{check}"


def find_code(text: str) -> str | None:
    """The first right code that stands anywhere in a text."""
    return next((code for found in _CODE.finditer(text) if (code := check_code(found[0]))), None)


def subject(kind: str, code: str) -> str:
    """The document's subject: kind and code, for people and for the reader."""
    return f"xlplan {kind} {code}"


def kind_of(text: str) -> str | None:
    """The kind of workbook that a subject names."""
    found = _SUBJECT.search(text)
    return found[1].lower() if found else None


def _check(body: str) -> str:
    total = sum(place * ALPHABET.index(letter) for place, letter in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]
