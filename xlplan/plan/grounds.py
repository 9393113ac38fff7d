"""What a decision was made on: who said what of which row and field, and what the plan held then.

A decision holds while its grounds come again. The store and the decisions workbook keep them as one
text; nothing else reads or writes that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

ROW = "*"
"""The field of a question that is about a whole row."""

# Characters that no value can hold: people's text loses its control characters when it is read.
_PART, _CLAIM, _CELL, _PAIR = "\x1e", "\x1f", "\x1d", "\x1c"
_PROPOSED = "proposed"
_LINE_ENDS = re.compile(r"\s*\n\s*")


class CellClaim(NamedTuple):
    """That a lead gave one field of a row a value: `canonical` is its comparison form, never
    people's words. `key` is "" for a row that the plan does not have.
    """

    lead: str
    key: str
    field: str
    canonical: str

    def holds(self, canonical: str, *, in_list: bool = False) -> bool:
        """Whether an answer of that meaning is the value, or in a list one of its entries.

        Example: the list `Ann (May): Two of three done.` holds `Two of three done.`
        """
        if canonical == self.canonical or not (in_list and canonical):
            return canonical == self.canonical
        # An entry has lost its answer's empty lines: those part the entries.
        whole, entry = (_LINE_ENDS.sub("\n", f"{text}\n") for text in (self.canonical, canonical))
        return f"\n{entry}" in f"\n{whole}" or f": {entry}" in whole


@dataclass(frozen=True, slots=True)
class Claim:
    """What one lead said: `cells` holds (field, canonical form), one pair unless it is about a row.

    Of answers that came apart from their rows, `stands` is the key of the row that they stood on,
    `to` of the one that they belong to. Of an edition, the pair is its file's name and sum.
    """

    lead: str
    cells: tuple[tuple[str, str], ...]
    stands: str = ""
    to: str = ""

    @classmethod
    def of_row(
        cls, lead: str, cells: Iterable[tuple[str, str]], stands: str = "", to: str = ""
    ) -> Claim:
        """What a lead said of a whole row, in whichever order its columns stood."""
        return cls(lead, tuple(sorted(set(cells))), stands, to)

    @property
    def meaning(self) -> str:
        """All of a row as one canonical form, where it belongs first."""
        order = [(self.stands, self.to)] if self.to else []
        return _CELL.join(_PAIR.join(pair) for pair in (*order, *self.cells))

    def is_left_of(self, other: Claim) -> bool:
        """Whether it is the other claim, or what remains of it: the same row, no cell more."""
        same_row = (self.lead, self.stands, self.to) == (other.lead, other.stands, other.to)
        return same_row and set(self.cells) <= set(other.cells)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision was made on; equal grounds ask the same question again.

    `reason` is why it was asked, `change` where it was not and `proposed` for a new action, which
    has no key and no field. `bases` and `master` are the canonical forms of what the leads were
    shown, one or more, and of what the plan held; `backs` are leads who had taken an answer back.
    The order in which claims and bases are given makes no difference.
    """

    key: str
    field: str
    reason: str
    claims: tuple[Claim, ...]
    bases: tuple[str, ...] = ("",)
    master: str = ""
    backs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Put the claims into the order of their texts, and each base once."""
        object.__setattr__(self, "claims", tuple(sorted(self.claims, key=self._claim_text)))
        object.__setattr__(self, "bases", tuple(sorted(set(self.bases))) or ("",))

    @property
    def cells(self) -> tuple[CellClaim, ...]:
        """Every cell that something was said of, in the row that it belongs to."""
        return tuple(
            CellClaim(claim.lead, claim.to or self.key, name, canonical)
            for claim in self.claims
            for name, canonical in claim.cells
        )

    @property
    def text(self) -> str:
        """What the store and the decisions workbook keep; `read` gives the grounds back."""
        if self.reason == _PROPOSED:
            cells = (_CLAIM.join(pair) for pair in self.claims[0].cells)
            return _PART.join([_PROPOSED, self.claims[0].lead, *cells])
        why = _CELL.join([self.reason, *self.backs])
        said = map(self._claim_text, self.claims)
        shown = _CELL.join(self.bases)
        return _PART.join([self.key, self.field, why, shown, self.master, *said])

    @classmethod
    def read(cls, text: str) -> Grounds:
        """Read what the store keeps; a text that is none of ours has no claims.

        Example: `a1␞rag␞cleared␞g␞a␞Ann␟` (pictures for the control characters) says that Ann
        emptied a rating of row a1: she was shown `g`, and the plan held `a`.
        """
        head, *parts = text.split(_PART)
        if head == _PROPOSED and parts:
            lead, *cells = parts
            return cls("", "", head, (Claim(lead, tuple(_pair(cell, _CLAIM) for cell in cells)),))
        if len(parts) < 4:
            return NO_GROUNDS
        field, why, shown, master, *said = parts
        reason, *backs = why.split(_CELL)
        claims = tuple(_read_claim(claim, head, field, reason) for claim in said)
        bases = tuple(shown.split(_CELL))
        return cls(head, field, reason, claims, bases, master, tuple(backs))

    def _claim_text(self, claim: Claim) -> str:
        if self.reason == _PROPOSED:
            return claim.lead
        canonical = claim.meaning if self.field == ROW else claim.cells[0][1]
        return f"{claim.lead}{_CLAIM}{canonical}"


NO_GROUNDS = Grounds("", "", "", ())
"""Those of a decision that was made on nothing that can be read."""


def _read_claim(text: str, key: str, field: str, reason: str) -> Claim:
    lead, canonical = _pair(text, _CLAIM)
    if field != ROW:
        return Claim(lead, ((field, canonical),))
    pairs = [_pair(cell, _PAIR) for cell in canonical.split(_CELL) if cell]
    # Answers that came apart are also among those about a row that the plan has withdrawn.
    came_apart = pairs and (reason == "detached" or (key and key in pairs[0]))
    stands, to = pairs.pop(0) if came_apart else ("", "")
    return Claim(lead, tuple(pairs), stands, to)


def _pair(text: str, sign: str) -> tuple[str, str]:
    first, _, second = text.partition(sign)
    return first, second
