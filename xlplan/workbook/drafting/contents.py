"""What the cells of a column look like, whatever its heading says: shares from 0 to 1."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from xlplan.plan.leads.reading import LeadKey, read_leads
from xlplan.plan.leads.shapes import look_of
from xlplan.plan.text.numbers import read_number
from xlplan.plan.text.text import fold_code, mend_lookalikes
from xlplan.plan.timescale.reading import read_timescale
from xlplan.workbook.drafting.scale import rating_words
from xlplan.workbook.drafting.table import SeenColumn

# Sunderland has `1.1` and `NEW 1`, Kent `A1.1`, West Sussex `2.1.0`.
REF = re.compile(
    r"(?:[A-Za-z]{1,5}[ .-]?)?[0-9]+(?:[.-][0-9]+)*[a-z]?\.?|[A-Z]{1,3}[0-9]+(?:\.[0-9]+)*"
)
# Leicestershire has `14,6, 13,`, Walsall `IN 3.1`, West Sussex `Pg 6 para 17; Pg 8 Para 27`.
_LINKS = re.compile(
    r"[\s,;.&()–—-]*(?:(?:[A-Za-z]{1,12}\.? "
    r"?)?[0-9]+(?:\.[0-9]+)*[a-z]?[\s,;.&()–—-]*(?:\([a-z]\))?)+"
)
_LOOKED_AT = 150
"""Cells of a column that are looked at: enough to tell what it is."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Shares of a column's filled cells that look like something, and how long and how different
    they are.
    """

    filled: float
    length: float
    different: float
    refs: float
    dates: float
    ratings: float
    names: float
    links: float
    numbers: float
    few: bool


def contents_of(column: SeenColumn, rows: int) -> Contents:
    """Look at a column of a table with so many rows."""
    cells = [cell for cell in column.cells if not cell.blank][:_LOOKED_AT]
    # Sunderland's published cells have Cyrillic and Greek letters that look Latin.
    texts = [mend_lookalikes(cell.as_text.strip()) for cell in cells]
    count = len(texts) or 1
    folded = Counter(map(fold_code, texts))
    # Scales have few ratings with short codes: R, A, LG, DG, C in Sunderland.
    few = bool(texts) and len(folded) <= min(9, max(2, count * 0.6)) and max(map(len, folded)) <= 40
    return Contents(
        filled=len(column.texts) / (rows or 1),
        length=sum(map(len, texts)) / count,
        different=len(folded) / count,
        refs=sum(REF.fullmatch(text) is not None for text in texts) / count,
        # Excel makes a date of a typed `Mar 2013`, and keeps `Ongoing` beside it as text.
        dates=sum(
            isinstance(cell.value, datetime | date) or _dated(text)
            for cell, text in zip(cells, texts, strict=True)
        )
        / count,
        ratings=sum(rating_words(text) is not None for text in texts) / count,
        names=sum(map(_names, texts)) / count,
        links=sum(_LINKS.fullmatch(text) is not None for text in texts) / count,
        numbers=sum(read_number(text.rstrip("% ")) is not None for text in texts) / count,
        few=few,
    )


def _dated(text: str) -> bool:
    """Whether a text is a timescale and little else: `Nov 2019 & ongoing`. No bare number is."""
    # Progress notes hold dates too (`met on 3 March, next ...`), but are longer.
    if len(text) > 80 or (
        read_number(text) is not None and not re.fullmatch("(19|20)[0-9]{2}", text)
    ):
        return False
    read = read_timescale(text)
    # West Sussex has `Mar`, and no year.
    month_alone = read.canonical.startswith("--")
    return bool(read.due or read.ongoing or read.immediate or read.to_be_confirmed or month_alone)


def _names(text: str) -> bool:
    """Whether a text names people or posts and says little else: `Jackie Wood/ HOS QA`."""
    # A phone number or a date stands in a text that is no mere name.
    if len(text) > 120 or re.search("[0-9]{2}", text):
        return False
    read = read_leads(text, LeadKey(open=True))
    return bool(read.leads) and all(
        look_of(name) in {"person", "code", "post"} for name in read.leads
    )
