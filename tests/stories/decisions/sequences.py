"""Sequences of returns, decisions, merges, undos and rounds through real workbooks, each played
twice: with merges anywhere, and with none before the end of a round.

`python -m tests.stories.decisions.sequences 200` plays so many a plan.

What is said, what is asked and what comes of it may not depend on when somebody merged.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.stories.office import Office
from tests.stories.returns.draft import stamp

COUNT = "XLPLAN_SEQUENCES"
"""The environment variable that says how many sequences a plan are played."""
MEETINGS = ("a decision met a re-send", "it met fewer candidates", "it met a new one after a merge")
"""What must have happened at least once in a run for it to prove anything."""

Said = frozenset[tuple[str, str | None]]
Cell = tuple[str, str]


class Event(NamedTuple):
    """One thing that happens: `what` of `again`, `brief`, `decide`, `merge`, `return`, `round`,
    `undo`.

    A `return` brings a new answer, `again` the same workbook with another row filled in, `brief` an
    answer that is decided on and taken out again.
    """

    what: str
    lead: str = ""
    text: str = ""


@dataclass
class Outcome:
    """What stands at the end."""

    asked: dict[Cell, Said]
    plan: dict[str, str]
    decided: dict[str, str]


@dataclass
class Player:
    """Plays a sequence in an office whose first round is sent."""

    office: Office
    ref: str
    others: dict[str, list[str]]
    merges: bool
    met: Counter[str] = field(default_factory=Counter)
    _answers: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    _files: int = 0
    _rounds: int = 1
    _merged: list[int] = field(default_factory=list)
    _decided_on: set[str] = field(default_factory=set)
    _merged_since: bool = False

    def play(self, events: list[Event]) -> Outcome:
        """Play all events, merge, and then answer whatever is still asked."""
        for event in events:
            getattr(self, f"_{event.what}")(event)
        self._merge(Event("merge"), at_end=True)
        asked = self._asked()
        plan = {"progress": self._now()} if (self.ref, "progress") not in asked else {}
        for _ in range(5):
            if not self._asked():
                break
            self._decide(Event("decide"))
            self._merge(Event("merge"), at_end=True)
        return Outcome(asked, plan, {"progress": self._now()})

    def _return(self, event: Event) -> None:
        if self._decided_on and event.text not in self._decided_on and self._merged_since:
            self.met["it met a new one after a merge"] += 1
        self._answers.setdefault(event.lead, {})[self.ref] = {"progress": event.text}
        self._send(event.lead)

    def _again(self, event: Event) -> None:
        answers = self._answers.setdefault(event.lead, {})
        if answers.get(self.ref, {}).get("progress") in self._decided_on:
            self.met["a decision met a re-send"] += 1
        for ref in self.others[event.lead]:
            if ref not in answers:
                answers[ref] = {"progress": f"{event.lead} on {ref}."}
                break
        self._send(event.lead)

    def _brief(self, event: Event) -> None:
        before = {name: dict(cells) for name, cells in self._answers.get(event.lead, {}).items()}
        self._answers.setdefault(event.lead, {})[self.ref] = {"progress": event.text}
        file = self._send(event.lead)
        count = len(self._decided_on)
        self._decide(Event("decide"))
        taken_out = self.office.run("unstage", file)
        assert taken_out.status != 2, taken_out.complaint
        self._answers[event.lead] = before
        if len(self._decided_on) > count:
            self.met["it met fewer candidates"] += 1

    def _decide(self, _: Event) -> None:
        """Take the first of the values that are said, by its own text."""
        for question in self.office.run("decisions").document["questions"]:
            values = sorted(one["value"] or "" for one in question["candidates"])
            ran = self.office.run("decide", question["id"], "--take", f"={values[0]}")
            assert ran.status != 2, ran.complaint
            if question["field"] == "progress" and question["ref"] == self.ref:
                self._decided_on |= set(values)
                self._merged_since = False

    def _merge(self, _: Event, *, at_end: bool = False) -> None:
        if self.merges or at_end:
            revision = self.office.merge().document["revision"]
            self._merged_since = self._merged_since or bool(self._decided_on)
            if revision:
                self._merged.append(revision)

    def _undo(self, event: Event) -> None:
        """Take the last merge of the round back, and make it again."""
        if self.merges and self._merged:
            assert self.office.run("undo", str(self._merged.pop())).status == 0
            self._merge(event)

    def _round(self, event: Event) -> None:
        """Whatever is still asked is answered before another round is sent."""
        self._merge(event, at_end=True)
        while self._asked():
            self._decide(event)
            self._merge(event, at_end=True)
        self._rounds += 1
        self.office.export(f"Round {self._rounds}")
        self._answers, self._merged, self._decided_on = {}, [], set()

    def _send(self, lead: str) -> Path:
        self._files += 1
        name = f"{self._files} {lead.replace('/', '-')}.xlsx"
        path = self.office.fill(lead, self._answers[lead], name=name)
        # Two files of one second would have no order.
        stamp(path, f"2013-01-10T09:{self._files:02}:00Z")
        self.office.take(path)
        return path

    def _asked(self) -> dict[Cell, Said]:
        return {
            (one["ref"], one["field"]): frozenset(
                (each["lead"], each["value"]) for each in one["candidates"]
            )
            for one in self.office.run("decisions").document["questions"]
        }

    def _now(self) -> str:
        history = self.office.run("log", self.ref, "progress").document["history"]
        return str(history[-1]["new"]) if history else ""


AIMS = (
    (Event("decide"), Event("merge"), Event("again", "0")),
    (Event("brief", "1", "Answer C."), Event("merge")),
    (Event("decide"), Event("merge"), Event("return", "0", "Answer D.")),
)
"""What every third sequence has in it, so that each of the meetings comes about; leads by
number.
"""


def drawn(leads: list[str], seed: int) -> list[Event]:
    """A sequence of some ten events, the same for the same seed."""
    dice = random.Random(seed)
    texts = [f"Answer {letter}." for letter in "ABC"]
    kinds = ["return"] * 4 + ["again"] * 2 + ["decide"] * 2 + ["merge"] * 3 + ["brief", "undo"]
    events = [Event("return", "0", "Answer A."), Event("return", "1", "Answer B.")]
    for _ in range(5):
        number = str(dice.randrange(len(leads)))
        events.append(Event(dice.choice(kinds), number, dice.choice(texts)))
    at = dice.randint(2, len(events))
    events[at:at] = AIMS[seed % len(AIMS)]
    if dice.random() < 0.2:
        events.insert(dice.randint(2, len(events)), Event("round"))
    if dice.random() < 0.5:
        events.insert(1, Event("merge"))
    return [one._replace(lead=leads[int(one.lead)]) if one.lead else one for one in events]


def shared_ref(office: Office) -> tuple[str, list[str]]:
    """The action that most leads were sent, and who they are."""
    by_ref: dict[str, list[str]] = {}
    for lead in office.sent:
        for ref in office.refs(lead):
            by_ref.setdefault(ref, []).append(lead)
    ref = max(by_ref, key=lambda one: (len(by_ref[one]), one))
    return ref, by_ref[ref][:3]


def played(office: Office, seed: int, *, merges: bool) -> tuple[list[Event], Outcome, Counter[str]]:
    """One sequence in an office that has sent its first round."""
    ref, leads = shared_ref(office)
    others = {lead: [one for one in office.refs(lead) if one != ref] for lead in leads}
    events = drawn(leads, seed)
    player = Player(office, ref, others, merges)
    return events, player.play(events), player.met


def main(count: int) -> int:
    """Play so many sequences a plan; gives the exit status."""
    os.environ[COUNT] = str(count)
    return int(pytest.main(["-q", "-rP", str(Path(__file__).with_name("test_sequences.py"))]))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
