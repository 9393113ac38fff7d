"""Variants of an office workbook as published texts come: longer cells, look-alike letters, other
blanks and breaks.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from xlplan.plan.model import Plan
from xlplan.plan.text.text import same_text

Typed = Callable[[str, random.Random], str]

LONG_FROM = 40
"""A text of this length is a sentence of its own, and may well be longer in another office's
wording.
"""
LENGTH = 1500
LOOKALIKES = str.maketrans("ACEHIKMOPTXaceopxy", "АСЕНІКМОРТХасеорху")
GREEK = str.maketrans("ABEIKMNOPTX", "ΑΒΕΙΚΜΝΟΡΤΧ")
SHORT_FIELDS = ("leads", "accountable", "responsible", "start", "due", "links")
SENTENCES = (
    "Managers will see to it that the work is planned, that somebody checks it, and that the "
    "board hears of it",
    "• every team has been told what is expected, with examples",
    "- cases older than 12 weeks are looked at by March (see the plan for 3.4)",
    "1. A first step; 2. a second step: by 31 Jan 2013 at the latest",
    "Action: none. Priority 9: not one of ours",
)


def longer(text: str, dice: random.Random) -> str:
    """A sentence goes on for some 1,500 characters, over several lines and bullets; short cells
    stay.
    """
    if len(text) < LONG_FROM or text.count("\n") > 2:
        return text
    lines = [text]
    while sum(map(len, lines)) < LENGTH:
        lines.append(dice.choice(SENTENCES))
    return "\n".join(lines)


def look_alike(text: str, dice: random.Random) -> str:
    """Some words have letters of another alphabet that look the same: in refs, ratings, leads,
    dates and headings.
    """
    return "".join(
        word.translate(dice.choice([LOOKALIKES, GREEK])) if dice.random() < 0.5 else word
        for word in _split(text)
    )


def respaced(text: str, dice: random.Random) -> str:
    """Blanks are doubled, unbreakable or zero-width, lines end in other ways, and blanks stand
    around the text.
    """
    blanks = [" ", "  ", "\u00a0", " \u200b", "\t "]
    inside = "".join(dice.choice(blanks) if part == " " else part for part in _split(text))
    inside = inside.replace("\n", dice.choice(["\n", "\n ", " \n"]))
    return (
        dice.choice(["", " ", "\u00a0", "\n"])
        + inside
        + dice.choice(["", " ", "\u00a0", "\n", "  \n"])
    )


def _split(text: str) -> list[str]:
    parts: list[str] = []
    for letter in text:
        if parts and letter not in " \n" and parts[-1] not in {" ", "\n"}:
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def only_wording(plan: Plan) -> Typed:
    """`longer` for wording alone: headings, and lists of leads, dates or references, stay as they
    are.
    """
    values = [
        item.text(name)
        for item in plan.items.values()
        for name in ("heading", "under", *SHORT_FIELDS)
    ]
    lists = {same_text(value) for value in values}
    return lambda text, dice: text if same_text(text) in lists else longer(text, dice)


def variant(source: Path, target: Path, *changes: Typed, seed: int = 1) -> Path:
    """A copy of a workbook in which every text of every sheet went through the changes; numbers and
    merges stay.
    """
    book = load_workbook(source)
    dice = random.Random(seed)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.strip():
                    for change in changes:
                        cell.value = change(cell.value, dice)
    book.save(target)
    return target
