"""Guess a plan's rating scale from the words in its column of ratings: order, colour and kind of
each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from xlplan.plan.rag import Kind
from xlplan.plan.text.text import fold_code

GREY, RED, AMBER, YELLOW, LIGHT_GREEN, GREEN, DARK_GREEN, BLUE = (
    "#D9D9D9",
    "#F8B9B4",
    "#FFE29A",
    "#FFF2B3",
    "#DDEFD3",
    "#C6E5B9",
    "#8CC47A",
    "#BBD7F0",
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a rating word probably means. `rank` orders graded ones, the worst first."""

    kind: Kind
    rank: int
    colour: str
    name: str = ""


_WORDS: tuple[tuple[str, Guess], ...] = (
    # Walsall's `Gr` is grey: the start date is not reached.
    (r"not (?:yet )?(?:started|begun|due|commenced)|no progress "
     r"yet|grey|gr|white|w|pending|planned|future|"
     r"start date not reached|to start|yet to start", Guess("not-started", 0, GREY, "Not started")),
    # Walsall's `B` is blue, and finished; Sunderland has C, Kent a tick.
    (r"(?:fully )?(?:complete|completed|achieved|delivered|closed|finished|done|embedded|met|"
     r"signed off)|blue|b|c|✓|✔|☑",
     Guess("closed", 0, BLUE, "Completed")),
    # Sunderland parts green into LG and DG.
    (r"dark green|dg|well (?:ahead|on track)|ahead(?: of "
     r"schedule)?", Guess("graded", 6, DARK_GREEN, "Dark Green")),
    (r"light green|lg|mostly on track|nearly there|mostly done|largely (?:complete|achieved)",
     Guess("graded", 4, LIGHT_GREEN, "Light Green")),
    (r"(?:amber|a)[ /-]*(?:green|g)|ag|ga", Guess("graded", 3, YELLOW, "Amber Green")),
    (r"(?:red|r)[ /-]*(?:amber|a)|(?:amber|a)[ "
     r"/-]*(?:red|r)|ra|ar", Guess("graded", 1, "#FBD0A6", "Red Amber")),
    (r"green|g|on track|on target|on schedule|good|good progress|progressing well|as planned",
     Guess("graded", 5, GREEN, "Green")),
    (r"amber|a|orange|o|at risk|some (?:risk|concern|delay|slippage)s?|slipping|slipped|minor "
     r"(?:delay|issues)|behind|"
     r"slightly (?:behind|delayed)|partly (?:met|complete|achieved)|partial(?:ly)?.*|watch|needs "
     r"attention",
     Guess("graded", 2, AMBER, "Amber")),
    (r"yellow|y|in progress|started|under ?way|ongoing|in "
     r"hand|progressing|open", Guess("graded", 3, YELLOW)),
    (r"red|r|off track|off target|delayed|overdue|not (?:met|achieved|on "
     r"track|done)|stalled|stuck|failed|critical|"
     r"late|major (?:delay|issues)|serious.*|no progress|well behind|in trouble|missed",
     Guess("graded", 0, RED, "Red")),
)  # fmt: skip
_SCALE = [(re.compile(pattern), guess) for pattern, guess in _WORDS]


def rating_words(text: str) -> Guess | None:
    """What a cell says as a rating: its words, or a code with its words (`G - On track`); None when
    it is none.
    """
    words = re.sub(r"\s+", " ", fold_code(text).strip(" .!*"))
    for pattern, guess in _SCALE:
        if pattern.fullmatch(words):
            return guess
    parts = [part.strip() for part in re.split(r"\s[-–:]\s|:|[()]", words) if part.strip()]
    if len(parts) > 1:
        meant = [rating_words(part) for part in parts]
        return next((guess for guess in reversed(meant) if guess), None) if any(meant) else None
    return None


@dataclass(frozen=True, slots=True)
class DraftRating:
    """One rating of a drafted scale. `sure`: its words are known."""

    code: str
    name: str
    colour: str
    kind: Kind
    sure: bool = True
    meaning: str = ""


def scale_of(words: Iterable[str], key: dict[str, tuple[str, ...]]) -> list[DraftRating]:
    """The ratings that a column holds, not-started first, then graded ones from the worst, then
    closed ones.

    `key` gives what a sheet of the workbook says beside a code: its name, and what it means.
    """
    found: list[tuple[tuple[int, int, int], DraftRating]] = []
    for place, word in enumerate(dict.fromkeys(word.strip() for word in words)):
        beside = key.get(fold_code(word), ())
        guess = next((one for text in (word, *beside) if (one := rating_words(text))), None)
        # Some offices rate in figures, from 1 to 4 or 5.
        figure = int(word) if word.isdecimal() and len(word) == 1 else 0
        kind: Kind = guess.kind if guess else "graded"
        first = {"not-started": 0, "graded": 1, "closed": 2}[kind]
        name = next(iter(beside), "") or (guess.name if guess and len(word) <= 2 else "") or word
        meaning = beside[1] if len(beside) > 1 else ""
        rating = DraftRating(
            word, name, guess.colour if guess else YELLOW, kind, guess is not None, meaning
        )
        found.append(((first, guess.rank if guess else 3, figure or place), rating))
    return _named_once([rating for _, rating in sorted(found, key=lambda one: one[0])])


def _named_once(ratings: list[DraftRating]) -> list[DraftRating]:
    """Two codes never share a word; a name that stands twice gives way to the code."""
    taken: set[str] = {fold_code(rating.code) for rating in ratings}
    unique = []
    for rating in ratings:
        name = rating.name
        if fold_code(name) != fold_code(rating.code) and fold_code(name) in taken:
            name = rating.code
        taken.add(fold_code(name))
        unique.append(
            DraftRating(rating.code, name, rating.colour, rating.kind, rating.sure, rating.meaning)
        )
    return unique
