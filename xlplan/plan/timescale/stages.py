"""Take a timescale apart into its stages: what each is called, its dates, and the fixed words that
stand with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from xlplan.plan.text.text import DASHES, mend_lookalikes
from xlplan.plan.timescale.dates import MONTHS, NamedDate
from xlplan.plan.timescale.forms import dates_in

_DASH = f"[{re.escape(DASHES)}]"
_MONTH_WORD = rf"(?:{'|'.join(month[:3] for month in MONTHS)})"
# Kent has `See A7.1` among its dates.
_SEE = re.compile(
    rf"\b(?:see|as per|as for|refer to)\s(?:also\s)?(?!{_MONTH_WORD})"
    r"(?:(?:actions?|ref\.?)\s(?P<named>[a-z]{0,4}\s?[0-9]+(?:\.[0-9]+)*[a-z]?)|"
    r"(?P<ref>[a-z]{1,4}\s?[0-9]+(?:\.[0-9]+)*[a-z]?|[0-9]+(?:\.[0-9]+)+[a-z]?))(?!\w)",
    re.IGNORECASE,
)
_ONGOING = re.compile(
    r"\b(?:(?:and|then)\s)*(?:on\s?-?\s?going|onwards?|continuous(?:ly)?|continuing"
    r"|continual(?:ly)?)(?!\w)",
    re.IGNORECASE,
)
# As officers write it, in many spellings: `ASAP`, `with immediate effect`.
_IMMEDIATE = re.compile(
    r"\b(?:with\s)?immediate(?:ly)?(?:\seffect)?(?!\w)|\basap(?!\w)|\bas soon as possible(?!\w)",
    re.IGNORECASE,
)
# Leicestershire has `Established now`.
_NOW = re.compile(r"\bnow(?!\w)", re.IGNORECASE)
# `TBC`, `t.b.a.`, `TBD`, and a bare `?` or `??`.
_TO_COME = re.compile(r"(?<!\w)t\.?b\.?[acd](?:\.|(?!\w))|\?+", re.IGNORECASE)
# Walsall has `To be agreed by WSCB`.
_TO_BE_SAID = re.compile(
    r"\b(?:still\s|yet\s)?to be "
    r"(?:agreed|confirmed|set|determined|decided|advised|arranged|announced|identified|"
    r"scheduled|finali[sz]ed)(?!\w)|\bto follow(?!\w)|\bnot yet "
    r"(?:set|agreed|known|confirmed|determined)(?!\w)",
    re.IGNORECASE,
)
_LEADING_IN = re.compile(
    r"(?:^|(?<=[\s(]))(?:by|in|on|at|of|the|end|until|till|during|due|and|then|no later than|&)$",
    re.IGNORECASE,
)
_LEADING_OUT = re.compile(r"^(?:and|then|&)(?=\s|$)", re.IGNORECASE)
_FILLING = re.compile(
    r"(?:\b(?:by|in|on|at|of|the|end|until|till|during|due|and|then|no later than)\b|[\W_])*",
    re.IGNORECASE,
)
# Word turns `->` and `--` into an arrow or a long dash as people type.
_RANGE = re.compile(rf"(?:{_DASH}|→|->|=>|>|to|until|till|through|up to)", re.IGNORECASE)
_EITHER = re.compile(r"(?:/|or)", re.IGNORECASE)
_BOTH = re.compile(r"(?:&|\+|,|and)", re.IGNORECASE)
_EDGES = " \t\n.,:;→>*•·" + DASHES


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of an action. `dates`: one, or the ends of a time (`joined` by `..`), or the choice
    (`/`) it names.

    `part` counts the parts of the text that semicolons and lines set off; several stages may stand
    in one.
    """

    text: str
    part: int = 0
    label: str = ""
    dates: tuple[NamedDate, ...] = ()
    joined: str = ""
    ongoing: bool = False
    immediate: bool = False
    to_come: bool = False
    see: str = ""

    @property
    def read(self) -> bool:
        """Whether anything but words was read."""
        return bool(self.dates or self.ongoing or self.immediate or self.to_come or self.see)

    @property
    def canonical(self) -> str:
        """What is read, and the words beside it."""
        when = self.joined.join(date.canonical for date in self.dates)
        flags = {"immediate": self.immediate, "ongoing": self.ongoing, "tbc": self.to_come}
        words = [
            when,
            *(word for word, flagged in flags.items() if flagged),
            f"see {self.see.casefold()}" if self.see else "",
        ]
        said = " ".join(word for word in words if word)
        return f"{self.label} = {said}" if self.label and said else self.label or said


def stages_of(said: str) -> list[Stage]:
    """The stages of a text that is in canonical form: parts set off by semicolons or lines, or by a
    date each.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", said) if part.strip(_EDGES)]
    return [
        replace(stage, part=number)
        for number, part in enumerate(parts)
        for stage in _Stretch(part).stages()
    ]


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    kind: str
    date: NamedDate | None = None


class _Stretch:
    """A part of a timescale: its dates and fixed words as tokens, everything else as words for
    labels.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.mended = mend_lookalikes(text)
        self.see = ""
        self.fixed = self._fixed_words()
        found = dates_in(self._without(self.fixed), alone=self._alone)
        self.dates = [_Token(start, end, "date", named) for start, end, named in found]
        self.fixed += self._words_without_dates()

    def _fixed_words(self) -> list[_Token]:
        found = [_Token(*match.span(), "see") for match in _SEE.finditer(self.mended)]
        for match in _SEE.finditer(self.mended):
            self.see = self.see or match["named"] or match["ref"]
        for kind, pattern in (
            ("ongoing", _ONGOING),
            ("immediate", _IMMEDIATE),
            ("to_come", _TO_COME),
        ):
            found += [_Token(*match.span(), kind) for match in pattern.finditer(self.mended)]
        return found

    def _words_without_dates(self) -> list[_Token]:
        """`Target to be set Jan 2013` is dated; `To be set by the board` is not. So with `now`."""
        if self.dates:
            return []
        patterns = (("to_come", _TO_BE_SAID), ("immediate", _NOW))
        return [
            _Token(*match.span(), kind)
            for kind, pattern in patterns
            for match in pattern.finditer(self.mended)
        ]

    def _without(self, tokens: list[_Token]) -> str:
        letters = list(self.mended)
        for token in tokens:
            letters[token.start : token.end] = " " * (token.end - token.start)
        return "".join(letters)

    def _alone(self, start: int, end: int) -> bool:
        rest = self._without(self.fixed)
        return all(_FILLING.fullmatch(side) is not None for side in (rest[:start], rest[end:]))

    def stages(self) -> list[Stage]:
        """One stage for each date or joined dates; one for all when there is none."""
        groups = list(self._groups())
        whole = Stage(
            self.text,
            ongoing=any(token.kind == "ongoing" for token in self.fixed),
            immediate=any(token.kind == "immediate" for token in self.fixed),
            to_come=any(token.kind == "to_come" for token in self.fixed),
            see=self.see,
        )
        if not groups:
            return [replace(whole, label=self._words(0, len(self.text), before_date=False))]
        labels = self._labels(groups)
        last = len(groups) - 1
        return [
            replace(
                whole if place == last else Stage(self.text),
                label=label,
                dates=dates,
                joined=joined,
            )
            for place, ((_, _, dates, joined), label) in enumerate(zip(groups, labels, strict=True))
        ]

    def _groups(self) -> Iterator[tuple[int, int, tuple[NamedDate, ...], str]]:
        """Dates with what joins them: `Feb/March 2017` is one, `Sep 2019 Dec 2019` are two."""
        with_years = self._years_lent()
        group: list[NamedDate] = []
        start, joined = 0, ""
        for place, token in enumerate(self.dates):
            if not group:
                start, joined = token.start, ""
            group.append(with_years[place])
            sign = self._sign(place)
            if sign in {"..", "/"} and (not joined or sign in {joined, "/"}):
                joined = joined or sign
                continue
            yield start, token.end, tuple(group), joined
            group = []

    def _sign(self, place: int) -> str:
        """What stands between a date and the next one: `..` a time, `/` a choice, `,` a list, ""
        anything else.
        """
        if place + 1 >= len(self.dates):
            return ""
        between = self.mended[self.dates[place].end : self.dates[place + 1].start].strip()
        while (shorter := _LEADING_IN.sub("", between).strip()) != between and not _BOTH.fullmatch(
            between
        ):
            between = shorter
        signs = (("..", _RANGE), ("/", _EITHER), (",", _BOTH))
        return next((sign for sign, pattern in signs if pattern.fullmatch(between)), "")

    def _years_lent(self) -> list[NamedDate]:
        """`Feb/March 2017`, `Dec → March 2017`, `Jan 2013 to March`: one year serves both, or the
        one beside it.
        """
        dates = [token.date for token in self.dates if token.date]
        for place in reversed(range(len(dates) - 1)):
            one, following = dates[place], dates[place + 1]
            if not one.year and not one.cut and following.year and self._sign(place):
                dates[place] = one.of(following.year - (one.month > following.month))
        for place in range(1, len(dates)):
            before, one = dates[place - 1], dates[place]
            if not one.year and not one.cut and before.year and self._sign(place - 1):
                dates[place] = one.of(before.year + (one.month < before.month))
        return dates

    def _labels(self, groups: list[tuple[int, int, tuple[NamedDate, ...], str]]) -> list[str]:
        """Words belong to the date after them; to the one before, where a date begins and words end
        it.
        """
        ends = [0, *(end for _, end, _, _ in groups)]
        after = self._words(ends[-1], len(self.text), before_date=False)
        gaps = [
            self._words(ends[place], start, before_date=True)
            for place, (start, _, _, _) in enumerate(groups)
        ]
        if not gaps[0] and after:
            following = [
                self._words(ends[place], groups[place][0], before_date=False)
                for place in range(1, len(groups))
            ]
            return [*following, after]
        return [*gaps[:-1], " ".join(word for word in (gaps[-1], after) if word)]

    def _words(self, start: int, end: int, *, before_date: bool) -> str:
        """The words of a stretch of text without fixed words and what only leads to a date or
        joins.
        """
        letters = list(self.text)
        for token in self.fixed:
            letters[token.start : token.end] = " " * (token.end - token.start)
        words = " ".join("".join(letters[start:end]).split())
        while True:
            shorter = _LEADING_OUT.sub("", _unbracketed(words.strip(_EDGES))).strip(_EDGES)
            shorter = _LEADING_IN.sub("", shorter).strip(_EDGES) if before_date else shorter
            if shorter == words:
                return words if re.search(r"\w", words) else ""
            words = shorter


def _unbracketed(words: str) -> str:
    """Without brackets around the whole, or that nothing opens or closes."""
    if re.fullmatch(r"\([^()]*\)", words):
        return words[1:-1]
    if words.count("(") != words.count(")"):
        return words.strip("()")
    return words
