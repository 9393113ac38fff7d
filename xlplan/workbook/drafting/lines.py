"""Guess what the full-width lines of a table are: sections, their outcomes and leads, heading
paragraphs, footnotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xlplan.mapping.model import LineKind
from xlplan.plan.text.text import DASHES
from xlplan.workbook.drafting.table import SeenLine, SeenTable
from xlplan.workbook.office.lines import USUAL_REFS

_REF = "|".join(
    sorted({"[0-9]+(?:[.][0-9]+)*", "[A-Z]", "[A-Z][0-9]+", "I{1,3}", "IV", "VI{0,3}", "IX", "X",
            *(ref for ref in USUAL_REFS if len(ref) > 2 and ref.isalpha())}, key=len, reverse=True)
)  # fmt: skip
_SIGN = rf"\s*(?P<sign>[:.)]|[{re.escape(DASHES)}]|)\s*"
# Sunderland has `Priority 1: ...`, Walsall `THEME 1 - ...`.
_NUMBERED = re.compile(
    rf"(?P<word>[^\W\d_][\w ]{{2,30}}?)\s+(?P<ref>{_REF})(?!\w){_SIGN}(?P<text>\S.*)?", re.DOTALL
)
_BARE = re.compile(
    rf"(?P<ref>{_REF})\s*(?P<sign>[:.)]|[{re.escape(DASHES)}])\s*(?P<text>\S.*)", re.DOTALL
)
# Walsall has `Theme Lead: ...` and `Outcomes: ...`, Sunderland `Outcome: ...`.
_LABELLED = re.compile(r"(?P<label>[^\W\d_][\w /&'()-]{2,40}?)\s*:\s*(?P<text>.*)", re.DOTALL)
_OUTCOME = re.compile(
    r"outcome|\baims?\b|\bgoal|objective|success|so that|vision|what we want", re.IGNORECASE
)
_LEAD = re.compile(r"\blead|owner|sponsor|responsib|accountab", re.IGNORECASE)
_SECTION = re.compile(
    r"theme|priorit|objective|work\s?stream|strand|pillar|section|domain|part|area|goal|programme"
    r"|phase|chapter",
    re.I,
)
_SHORT = 110
"""A title of a section is seldom longer; a heading paragraph or an outcome often is."""


@dataclass(slots=True)
class DraftLine:
    """One kind of line with its patterns, and whether it was only the likeliest guess."""

    kind: LineKind
    reads: list[str] = field(default_factory=list)
    unsure: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern that fits a line, and the word that it begins with."""

    pattern: str
    word: str
    numbered: bool


def guess_lines(table: SeenTable, *, sections_in_columns: bool) -> list[DraftLine]:
    """Patterns for the lines of a table. Lines above the header count where a pattern of the lines
    below fits them.
    """
    shaped = [(line, _shape(line.text)) for line in table.lines]
    counts = Counter((shape.word, shape.numbered) for _, shape in shaped if shape)
    drafts: dict[LineKind, DraftLine] = {}
    rest: list[SeenLine] = []
    for line, shape in shaped:
        kind = _kind(line, shape, counts, sections_in_columns)
        if shape is None or kind is None:
            rest.append(line)
            continue
        draft = drafts.setdefault(kind, DraftLine(kind))
        if shape.pattern not in draft.reads:
            draft.reads.append(shape.pattern)
    return [*drafts.values(), *_others(rest, set(drafts), sections_in_columns, table)]


def _shape(text: str) -> Shape | None:
    # Lines are broken by hand to fit the page.
    said = " ".join(text.split())
    if found := _NUMBERED.fullmatch(said):
        word = " ".join(found["word"].split())
        if _SECTION.search(word) or (found["sign"] and len(word.split()) == 1):
            return Shape(
                _pattern(f"{word} {{ref}}", found["sign"], found["text"]), word.casefold(), True
            )
    if found := _BARE.fullmatch(said):
        return Shape(_pattern("{ref}", found["sign"], found["text"]), "", True)
    if found := _LABELLED.fullmatch(said):
        label = " ".join(found["label"].split())
        return Shape(f"{label}: {{text}}", label.casefold(), False)
    return None


def _pattern(front: str, sign: str, text: str | None) -> str:
    if not text:
        return front + sign
    sign = " -" if sign and sign in DASHES else sign
    return f"{front}{sign} {{text}}"


def _kind(
    line: SeenLine,
    shape: Shape | None,
    counts: Counter[tuple[str, bool]],
    sections_in_columns: bool,
) -> LineKind | None:
    if shape is None:
        return None
    often = counts[shape.word, shape.numbered] >= 2
    if shape.numbered:
        told = (often or bool(_SECTION.search(shape.word))) and (bool(shape.word) or often)
        return "section" if told and not sections_in_columns else None
    if _LEAD.search(shape.word):
        # Above the table, `Plan owner: ...` stands among the titles and is nobody's section.
        return "section.lead" if often or not line.above_header else None
    if _OUTCOME.search(shape.word):
        return "section.outcome" if often or not line.above_header else None
    return "section.note" if often and not line.above_header else None


def _others(
    rest: Sequence[SeenLine], told: set[LineKind], sections_in_columns: bool, table: SeenTable
) -> Iterable[DraftLine]:
    """Lines that have no pattern: one kind takes them all, by how they stand."""
    inside = [line for line in rest if not line.above_header and line.row < (table.rows or [0])[-1]]
    if not inside and not ("section" in told or sections_in_columns):
        # One section line alone, right above the header, is told as one; a title further up is not.
        above = [line for line in rest if line.above_header and line.before == "header"]
        inside = above if table.repeats == 0 and len(rest) > 2 else []
    if not inside:
        return
    short = [line for line in inside if len(line.text) <= _SHORT]
    leading = [line for line in inside if line.before in {"row", "header"}]
    if (
        "section" not in told
        and not sections_in_columns
        and len(short) * 2 >= len(inside)
        and leading
    ):
        # Leicestershire's sections are bare lines: `Learning Organisation`.
        yield DraftLine(
            "section", ["{text}"], "any other line that actions stand below is taken for a section"
        )
    elif sections_in_columns and len(leading) * 2 <= len(inside) + 1:
        # West Sussex says what an objective is for on a bare line below its actions.
        yield DraftLine(
            "section.outcome",
            ["{text}"],
            "lines below a section's actions are taken for its outcome",
        )
    elif sections_in_columns and "section.outcome" not in told:
        yield DraftLine(
            "section.outcome",
            ["{text}"],
            "lines within the table are taken for a section's outcome",
        )
    else:
        # Walsall has heading paragraphs between its actions.
        yield DraftLine(
            "requirement",
            ["{text}"],
            "other lines that actions stand below are taken for requirements",
        )
