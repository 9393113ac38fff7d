"""What goes into the comparison and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from xlplan.merge.equality import REPEATING, Words, canonical_of, stored, unboxed, unlisted, written
from xlplan.plan.changes import Change, Decision, Proposal, Question, SoftNote, Source
from xlplan.plan.rag import RagScale
from xlplan.plan.text.text import clean
from xlplan.plan.values import BLANK, RawValue, Value

Rule = Literal["conflict", "append", "worst", "approve"]
Plain = Value | RawValue
PlainTable = Mapping[str, Mapping[str, Plain]]
"""{key: {field: value}}: values already read, or plain ones that the field reads."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the merge knows it.

    `fresh`: leads were shown an empty cell; the base holds the plan's value of that time, a blank
    is no answer. `scale` and `choices` list the words of a rating and of a choice. `canonical`
    replaces the comparison form that the type gives plain values. `label` is what notes call the
    field. `approve_if(master, new)`: this move waits for approval whatever the rule (a completion,
    a later date). `doubt_if(new)`: this value is asked about as doubted (a day that does not
    exist). `beside` is the field that it belongs to: it waits with a doubted value there (a reason
    with its date), and goes with it.
    """

    key: str
    type: str = "text"
    rule: Rule = "conflict"
    fresh: bool = False
    scale: RagScale | None = None
    canonical: Callable[[object], str] | None = None
    label: str = ""
    approve_if: Callable[[Value, Value], bool] | None = None
    choices: tuple[str, ...] = ()
    doubt_if: Callable[[Value], bool] | None = None
    beside: str = ""
    _kept: dict[str, Value] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def name(self) -> str:
        """What people call it."""
        return self.label or self.key

    @property
    def words(self) -> Words:
        """The words that it is one of; none of a type that is not, or where nobody told."""
        if self.type == "rag":
            return self.scale
        return self.choices or None if self.type == "choice" else None

    def _known(self, value: Value) -> Value:
        told = self.type not in {"rag", "choice"} or self.words or self.canonical
        return value if told else unlisted(value)

    def read(self, raw: Plain) -> Value:
        """A value that a lead sent: codes, dates and numbers stored canonical, texts as
        typed (LF).
        """
        if isinstance(raw, Value):
            return self._known(raw)
        inner = unboxed(raw)
        meaning = self.keep(inner).canonical
        if not meaning:
            return BLANK
        text = clean(written(inner))
        return Value(
            text if self.canonical else stored(text, meaning, self.type, self.words), meaning
        )

    def keep(self, raw: Plain) -> Value:
        """A value of the plan: its text byte for byte."""
        if isinstance(raw, Value):
            return self._known(raw)
        if not isinstance(raw, str) or self.type not in REPEATING:
            return self._keep(unboxed(raw))
        # The same few dates, names and ratings stand in row after row.
        kept = self._kept.get(raw)
        if kept is None:
            kept = self._kept[raw] = self._keep(raw)
        return kept

    def _keep(self, raw: RawValue) -> Value:
        text = written(raw)
        if not text:
            return BLANK
        return Value(
            text,
            self.canonical(raw) if self.canonical else canonical_of(raw, self.type, self.words),
        )


def surely_same(one: Plain, other: Plain) -> bool:
    """Whether two values of one field mean the same for certain, before either is read."""
    if isinstance(one, Value) and isinstance(other, Value):
        return one.canonical == other.canonical
    # Not everything that a data frame holds will say whether it equals something else.
    return one is other or (isinstance(one, str) and isinstance(other, str) and one == other)


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row as it came back. A field that is absent from `values` had no column: it never clears
    anything.

    `key` is the item's permanent key; None or "" (no token) makes the row a proposal.
    `detached` says why the answers may not belong to this row: the key that travelled with them, or
    any text.
    """

    key: str | None
    values: Mapping[str, Plain]
    sources: Mapping[str, Source] = field(default_factory=dict)
    detached: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """One returned workbook. `base` is the plan as its lead was shown it; `scope` the keys that
    were in it (None: any).

    `arrival` orders the returns of one lead for one issue: the greater is the newer. Returns belong
    to one issue when their `issue` is equal; where that is not given, when their round and base
    are. `issued` orders the issues of one lead, the greater is the later; where it is equal, the
    later round is, then what arrived later. `round` is the label of the round that it answers: of
    appended entries too. `whole`: fresh fields stood filled in it, as in the office's own workbook,
    so that a blank there is a clearing. `rest`: other answers of it are settled, so that a decision
    on all of its rows that came apart holds for these.
    """

    lead: str
    base: PlainTable
    rows: Sequence[ReturnedRow]
    scope: frozenset[str] | None = None
    arrival: Any = 0
    name: str = ""
    issue: str = ""
    round: str = ""
    whole: bool = False
    rest: bool = False
    issued: Any = 0


@dataclass(frozen=True, slots=True)
class Credit:
    """The leads who gave the plan its present value of a cell, and the label of the round they said
    it in.
    """

    leads: frozenset[str]
    round: str = ""


NOBODY = Credit(frozenset())
"""Nobody but the office itself."""


class NotTaken(NamedTuple):
    """A value that a lead sent and that is not in the plan, with where it stands."""

    lead: str
    key: str
    field: str
    value: Value
    source: Source


Why = Literal["not-in-scope", "unknown-key", "unknown-column"]


class Refused(NamedTuple):
    """A value in a row or column that the lead was never given. Told, never applied."""

    lead: str
    key: str
    field: str
    value: Value
    source: Source
    why: Why


class Answered(NamedTuple):
    """What the officer has decided: the question with all its candidates stays on record."""

    about: Question | Proposal | Change
    decision: Decision


@dataclass(frozen=True, slots=True)
class Merged:
    """The plan after the merge, and all there is to say. Lists in the plan's order, then field,
    then lead.

    `changes` move a cell; `agreed` are leads' moves that the plan already holds (old and new are
    equal in meaning). `superseded`: what a newer return of the same lead replaced. `outranked`:
    what the rule `worst` left aside. `accepted`: proposals that a decision takes into the plan;
    whoever keeps the plan gives them a key. `resting`: decisions that take a value which nobody
    says any more, each with what became of its cell.
    """

    merged: dict[str, dict[str, Value]]
    changes: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[SoftNote, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    superseded: tuple[NotTaken, ...] = ()
    outranked: tuple[NotTaken, ...] = ()
    agreed: tuple[Change, ...] = ()
    refused: tuple[Refused, ...] = ()
    accepted: tuple[Proposal, ...] = ()
    answered: tuple[Answered, ...] = ()
    resting: tuple[Answered, ...] = ()
