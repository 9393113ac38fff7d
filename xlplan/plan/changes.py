"""What a round produces: changes, questions, proposals, decisions, and who they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from xlplan.plan.findings.addresses import Address
from xlplan.plan.grounds import ROW, Claim, Grounds
from xlplan.plan.values import BLANK, Value

Reason = Literal[
    "both-moved",
    "leads-disagree",
    "cleared",
    "taken-back",
    "needs-approval",
    "withdrawn",
    "no-base",
    "repeated-row",
    "detached",
    "same-new-ref",
    "proposed",
    "doubted",
    "edition",
]
"""Why something waits for the officer (design, section 8, rule 11)."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who said a value, and in which cell of which file. `at` is an ISO time, "" when unknown.

    `returned` is the store's number of the return that it stood in, 0 when there is none to ask
    for. Two files may have one name and one time; it tells them apart, and makes no difference to
    what was said.
    """

    lead: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    at: str = ""
    returned: int = field(default=0, compare=False)

    @property
    def place(self) -> Address:
        """The cell that it stood in."""
        return Address(self.file, self.sheet, self.cell)


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of the master plan that moves, credited to everyone who said the new value."""

    key: str
    field: str
    old: Value
    new: Value
    sources: tuple[Source, ...] = ()
    reason: str = ""

    @property
    def moves(self) -> bool:
        """Whether the new value means something else than the old, and is not it typed anew."""
        return not self.new.means(self.old)

    @property
    def grounds(self) -> Grounds:
        """What a decision on it is made on: the officer may refuse it though nobody asked."""
        moved, old = ((self.field, self.new.canonical),), self.old.canonical
        # A lead sends the same workbook twice, under two names: that is one claim.
        claims = {Claim(source.lead, moved) for source in self.sources}
        return Grounds(self.key, self.field, "change", tuple(claims), (old,), old)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One lead's value for a cell in question; for a whole row, `values` holds its cells and
    `value` sums them up. Of one cell, `values` are those that wait with it: a date's reason.

    Of answers that came apart from their rows, `stands` is the key of the row that they stand on,
    `to` of the one that they belong to: the mended order. Both are the same where nothing tells
    that they belong elsewhere.
    """

    value: Value
    source: Source
    values: tuple[tuple[str, Value], ...] = ()
    stands: str = ""
    to: str = ""

    @property
    def row_claim(self) -> Claim:
        """What it says of a whole row."""
        cells = ((name, value.canonical) for name, value in self.values)
        return Claim.of_row(self.source.lead, cells, self.stands, self.to)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that waits for the officer's decision. `id` is "" until the store has numbered it.

    Answers that came apart from their rows are asked about once a file: `key` is then the first of
    their rows in the plan's order, and every row is a candidate. `backs` are leads who took an
    answer back and one of whose two values the plan holds, so that it is no candidate.

    `base` is what the leads were shown; where they were shown different values, `bases` holds all
    of them and `base` the first.

    Whether a file is the office's edition is a question without a key: its one candidate's source
    names the file, and the canonical form of its value is the sum of the file's bytes.
    """

    key: str
    field: str
    reason: Reason
    base: Value
    master: Value
    candidates: tuple[Candidate, ...]
    note: str = ""
    id: str = ""
    backs: tuple[str, ...] = ()
    bases: tuple[Value, ...] = ()

    @property
    def grounds(self) -> Grounds:
        """What a decision on it is made on: a moved value makes others."""
        return Grounds(
            self.key,
            self.field,
            self.reason,
            tuple(map(self._claim, self.candidates)),
            tuple(shown.canonical for shown in self.bases or (self.base,)),
            self.master.canonical,
            self.backs,
        )

    def _claim(self, candidate: Candidate) -> Claim:
        if self.field == ROW and self.reason != "edition":
            return candidate.row_claim
        # Two editions may have one name: only the sum of the bytes tells which was asked about.
        name = candidate.source.file if self.reason == "edition" else self.field
        return Claim(candidate.source.lead, ((name, candidate.value.canonical),))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new action that a lead asks for. `like` names refs of existing actions that read much the
    same.

    `sources` credits everyone who proposed exactly this; `lead` and `source` are the first of them.
    `cells` are the cells that each value stands in, one for everyone.
    """

    lead: str
    values: dict[str, Value]
    source: Source
    like: tuple[str, ...] = ()
    id: str = ""
    sources: tuple[Source, ...] = ()
    cells: dict[str, tuple[Source, ...]] = field(default_factory=dict, compare=False)

    def said(self, name: str) -> tuple[Source, ...]:
        """Who proposed one of the values, each in their own cell."""
        return self.cells.get(name) or self.sources or (self.source,)

    @property
    def grounds(self) -> Grounds:
        """What a decision on it is made on: its first lead and all that it holds."""
        cells = [(name, value.canonical) for name, value in self.values.items() if value]
        return Grounds("", "", "proposed", (Claim.of_row(self.lead, cells),))


Choice = Literal[
    "master",
    "take",
    "value",
    "append",
    "accept",
    "decline",
    "same-as",
    "ask",
    "as-it-stands",
    "text-only",
]


Beside = Literal["", "value", "ref", "section"]
"""What an answer says beside its choice: a value of the field, the ref of an action, a section."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to something that waits for the officer.

    `label` names it in the workbook's list; `words` say the same elsewhere, the shortest first:
    `a` and `Rose Collinson` for an answer of hers. `command` is what is typed after
    `xlplan decide ID`. `beside` is what it says beside its choice and `needs` whether it must;
    `reason` whether it needs one. `value` and `lead` are what its decision keeps. Where `listed` is
    false it is understood and not offered: `Decline` for keeping the master's value.
    """

    choice: Choice
    label: str
    command: str
    words: tuple[str, ...] = ()
    value: Value = BLANK
    lead: str = ""
    beside: Beside = ""
    needs: bool = False
    reason: bool = False
    listed: bool = True

    @property
    def shown(self) -> str:
        """Its command, and whose answer or which date that takes.

        Example: `--take a (Rose Collinson)`, `--take likely (30 June 2013)`
        """
        name = self.label.partition(" ")[2] if self.choice == "take" else ""
        # Another value is still to be written; a likely date is known.
        if self.choice == "value" and self.value:
            name = self.label
        return f"{self.command} ({name})" if name else self.command


@dataclass(frozen=True, slots=True)
class Matter:
    """What waits for the officer under one number, and every answer that it takes.

    `called` names each candidate, with its round, file or cell where one lead has two. `outcome`
    says what comes of accepting a new action: where it goes, its ref, who leads it; `places` are
    the labels of all places that it could go to.
    """

    id: str
    about: Question | Proposal | Change
    options: tuple[Option, ...]
    called: tuple[str, ...] = ()
    outcome: str = ""
    places: tuple[str, ...] = ()


def option_letter(place: int) -> str:
    """What tells the candidates of a question apart: a, b ... z, then aa, ab."""
    before, letter = divmod(place, 26)
    return (option_letter(before - 1) if before else "") + chr(ord("a") + letter)


@dataclass(frozen=True, slots=True)
class Decision:
    """The officer's answer, made on `grounds`. `value` is the value to store (take, value), `text`
    the reason. `round` is the label of the round in which it was made, with which it ends; "" ends
    with none.

    Of same-as, `text` is the ref or key that is named; with a reason that is the `value`, and
    `text` the reason. Of an accepted proposal, the `value` is the place that it goes to.
    """

    question: str
    grounds: Grounds
    choice: Choice
    by: str
    at: str
    value: Value = BLANK
    lead: str = ""
    text: str = ""
    round: str = ""

    @property
    def same_as(self) -> str:
        """The ref or key that same-as names; "" of any other choice."""
        return (self.value.text or self.text) if self.choice == "same-as" else ""

    @property
    def why(self) -> str:
        """The reason."""
        return self.text if self.choice != "same-as" or self.value else ""


@dataclass(frozen=True, slots=True)
class SoftNote:
    """Worth knowing, holds nothing up. `meanwhile`: somebody else moved another cell of a row these
    leads edited.
    """

    key: str
    field: str
    text: str
    leads: tuple[str, ...] = ()
    meanwhile: bool = False
