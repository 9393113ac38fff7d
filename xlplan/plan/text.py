"""Equality of text by meaning (design, section 8, rule 2), and mending codes."""

from __future__ import annotations


def clean(text: str) -> str:
    """Text as the plan stores it: CRLF to LF, no control characters but newline and tab; otherwise as typed."""
    raise NotImplementedError


def same_text(text: str) -> str:
    """The canonical form of free text: NFC, trimmed, one space for every run of blanks, one shape of quotes."""
    raise NotImplementedError


def fold_code(text: str) -> str:
    """The canonical form of a code, ref or name: as same_text, look-alike letters made Latin, without case."""
    raise NotImplementedError


def mend_lookalikes(text: str) -> str:
    """Cyrillic and Greek letters that look like Latin ones made Latin, where the word is otherwise Latin or a code."""
    raise NotImplementedError
