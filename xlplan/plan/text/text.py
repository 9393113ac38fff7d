"""Equality of text by meaning (design, section 8, rule 2), and mending codes."""

from __future__ import annotations

import re
import unicodedata

from xlplan.plan.text.lookalikes import LOOKALIKES

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_PARAGRAPHS = re.compile("[\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_ROUND_LINE_ENDS = re.compile(r" ?\n ?")
_WORD = re.compile(r"[^\W_]+")
_QUOTES = {
    **dict.fromkeys(map(ord, "‘’‚‛′`´ʼʹ"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
}

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""Every character that people and programs write for a dash."""

_HYPHENS = dict.fromkeys(map(ord, DASHES), "-")


def clean(text: str) -> str:
    """Text as the plan stores it: line ends as LF, no control characters but newline and tab;
    otherwise as typed.

    What no file can hold (half a surrogate pair) becomes the replacement character, so that it is
    seen. `one\\r\\ntwo` is kept as `one\\ntwo`.
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNWRITABLE.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def same_text(text: str) -> str:
    """The canonical form of free text: NFC, trimmed, one space for every run of blanks, one shape
    of quotes. `Children’s  plan ` reads as `Children's plan`.
    """
    # Most cells of an English plan are one line of ASCII: nothing to compose, nothing invisible.
    if text.isascii() and text.isprintable():
        # Of most of them nothing is written anew, so that the text and its form are one object.
        if "  " not in text and "`" not in text:
            return text.strip()
        return " ".join(text.replace("`", "'").split())
    # Word and web pages leave soft hyphens, joiners and marks of direction in what people paste.
    visible = _INVISIBLE.sub("", _PARAGRAPHS.sub("\n", clean(text)))
    quoted = unicodedata.normalize("NFC", visible).translate(_QUOTES)
    spaced = _BLANKS.sub(" ", unicodedata.normalize("NFC", quoted))
    return _ROUND_LINE_ENDS.sub("\n", spaced).strip()


def fold_code(text: str) -> str:
    """The canonical form of a code, ref or name: as same_text, look-alike letters made Latin,
    without case.

    It is one line, and every dash in it is a hyphen: `NEW‑1` is `new-1`.
    """
    if text.isascii():
        return " ".join(same_text(text).casefold().split())
    line = mend_lookalikes(same_text(text)).replace("\n", " ").translate(_HYPHENS)
    return same_text(mend_lookalikes(unicodedata.normalize("NFC", line.casefold())))


def mend_lookalikes(text: str) -> str:
    """Cyrillic and Greek letters that look like Latin ones made Latin, where the word is otherwise
    Latin or a code: a Cyrillic `ТВС` becomes `TBC`.

    A word with a letter that looks like no Latin one is somebody's language and stays. The length
    never changes.
    """
    return text if text.isascii() else _WORD.sub(_mended, text)


def _mended(word: re.Match[str]) -> str:
    mended = word[0].translate(LOOKALIKES)
    return mended if all(map(_latin, mended)) else word[0]


def _latin(letter: str) -> bool:
    return letter.isascii() or not letter.isalpha() or "LATIN" in unicodedata.name(letter, "")
