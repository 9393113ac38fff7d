"""What a lead has typed so far in one workbook and its later copies: cell by cell the latest that
says something.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.rounds import CODE_LOST, Issue, StoredCell, StoredReturn, StoredRow
from xlplan.rounds.compared.speaking import ReturnsForMerge, stamp_of
from xlplan.store import Store
from xlplan.workbook.kit.words import NO_CHANGE

SENT_BACK = frozenset({"waiting", "unchanged", "superseded"})


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """One cell as it was typed, and the file that it was typed in."""

    text: str
    returned: int
    file: str


@dataclass(slots=True)
class TypedRow:
    """What a lead typed about one action, by field, and what they should look at again.

    `others` are different answers of the same file; `back` are fields that a later file left as
    they were sent out; `came_from` are, by return, the keys that its answers stood on when they had
    come apart from this row.
    """

    said: dict[str, TypedAnswer] = field(default_factory=dict)
    others: list[tuple[str, TypedAnswer]] = field(default_factory=list)
    back: set[str] = field(default_factory=set)
    came_from: dict[int, str] = field(default_factory=dict)

    def hear(self, taken: StoredReturn, row: StoredRow) -> None:
        """Take up one row of a file; files are heard from the oldest on."""
        for cell in row.cells:
            self._hear_cell(taken, cell)
        if row.kind == "held":
            self.came_from[taken.id] = CODE_LOST if row.note == CODE_LOST else row.key or ""

    def _hear_cell(self, taken: StoredReturn, cell: StoredCell) -> None:
        before = self.said.get(cell.field)
        if cell.moved:
            typed = TypedAnswer(cell.value.text, taken.id, taken.name)
            # Two answers in one file come of a row that somebody copied; in two files the newer one
            # is meant.
            if before is None or before.returned != taken.id:
                self.said[cell.field] = typed
            elif before.text != typed.text:
                self.others.append((cell.field, typed))
            self.back.discard(cell.field)
        elif before is not None and before.returned != taken.id:
            # Who takes the tick away has found something to report.
            if cell.field == NO_CHANGE:
                del self.said[cell.field]
            else:
                # Some fill in a fresh copy of the workbook: a cell left as it was sent may take
                # nothing back.
                self.back.add(cell.field)

    def to_look_at(self, key: str, refs: dict[str, str]) -> list[Finding]:
        """A word to the lead on everything here that they may not expect, each at its field or at
        the row.
        """
        ref = refs.get(key, "")
        findings = []
        for name, other in self.others:
            if self.said[name].returned == other.returned:
                findings.append(
                    finding("answer-other", key=key, ref=ref, field=name, value=other.text)
                )
        for name in sorted(self.back):
            earlier = self.said[name]
            findings.append(
                finding(
                    "answer-earlier",
                    key=key,
                    ref=ref,
                    field=name,
                    value=earlier.text,
                    earlier=earlier.file,
                )
            )
        return findings + self._came_apart(key, refs)

    def _came_apart(self, key: str, refs: dict[str, str]) -> list[Finding]:
        speaking = {one.returned for one in self.said.values()}
        stood = dict.fromkeys(
            place for number, place in self.came_from.items() if number in speaking
        )
        return [answers_moved(key, place, refs) for place in stood]


def answers_moved(key: str, stood: str, refs: dict[str, str]) -> Finding:
    """The word to a lead whose answers were put back beside the action that they belong to."""
    # Filling down or pasting over the inputs writes over the hidden copy of the code among them.
    if stood in {CODE_LOST, key}:
        return finding("answers-uncoded", key=key, ref=refs.get(key, ""))
    return finding("answers-moved", key=key, ref=refs.get(key, ""), other=refs.get(stood, stood))


def typed_so_far(store: Store, about: Issue) -> dict[str, TypedRow]:
    """What the lead of a workbook has typed in it, by key, whichever file it came in: sorted
    answers by their home.
    """
    speaking = ReturnsForMerge(store, {}, {})
    root = speaking.root(about.id)
    typed: dict[str, TypedRow] = {}
    for taken in _oldest_first(
        one for one in store.returns() if one.lead == about.lead and one.status in SENT_BACK
    ):
        for row in taken.rows:
            if (
                row.kind in {"answered", "held"}
                and row.home
                and speaking.root_of(taken, row) == root
            ):
                typed.setdefault(row.home, TypedRow()).hear(taken, row)
    return typed


def _oldest_first(returns: Iterable[StoredReturn]) -> list[StoredReturn]:
    # One lead's files come by mail and over a shared drive, not always in the order they were
    # saved.
    return sorted(returns, key=lambda one: (stamp_of(one), one.arrived_at, one.id))
