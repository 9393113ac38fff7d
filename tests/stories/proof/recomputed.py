"""Every figure of a report, worked out again from what `log --json` says of each action, without
the program.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tests.stories.proof.due_texts import DOUBTED, due_on
from tests.stories.proof.story import Story

Fields = dict[str, str]
ENDED = {"completed", "withdrawn"}
STEPS = {
    "improved": "Improved",
    "worsened": "Worsened",
    "started": "Started",
    "completed": "Completed",
    "re-opened": "Re-opened",
    "newly rated": "Newly rated",
    "no longer rated": "No longer rated",
    "put back": "Put back",
}
UNREAD = ("order", "table", "opening", "width", "down", "role", "heading", "under")
"""Fields of the layout, which no report tells."""


@dataclass(frozen=True)
class Action:
    """One action as the log leaves it."""

    key: str
    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        return dict(self.fields).get(name, "")

    @property
    def ref(self) -> str:
        return self.get("ref")

    @property
    def rag(self) -> str:
        return self.get("rag")

    @property
    def open(self) -> bool:
        return self.get("status") not in ENDED

    @property
    def due(self) -> date | None:
        return due_on(self.get("due"))


class Recomputed:
    """The figures between the two points of a story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.today = story.today
        self.ratings = story.mapping["rag"]
        self.names = {one["code"]: one["name"] for one in self.ratings} | {"": "No rating"}
        self.kinds = {one["code"]: one.get("kind", "graded") for one in self.ratings}
        self.graded = [code for code in self.names if code and self.kinds[code] == "graded"]
        self.was, self.now = self.at(story.before), self.at(story.now)

    def at(self, revision: int) -> dict[str, Action]:
        """The plan at a revision by key, withdrawn actions too."""
        state: dict[str, Fields] = {}
        for key, told in self.story.logs.items():
            steps = sorted(
                (one for one in told["history"] if one["revision"] <= revision), key=_revision
            )
            if steps:
                state[key] = {step["field"]: step["new"] or "" for step in steps}
        return {
            key: Action(key, tuple(fields.items()))
            for key, fields in state.items()
            if fields.get("status")
        }

    # Who and what

    @cached_property
    def sections(self) -> dict[str, str]:
        """Titles by what the log says of a section: its ref or name. Titles and their order are the
        report's own.
        """
        said = {one.get("section") for plan in (self.was, self.now) for one in plan.values()}
        found = {}
        for one in self.story.report["totals"]["sections"]:
            (name,) = (name for name in said if self._titled(one["name"], name))
            found[name] = one["name"]
        assert {*found} == said, "a section of the log is missing in the report"
        return found

    def _titled(self, title: str, said: str) -> bool:
        """`Priority 1: Workforce` is 1, `Within three months` is itself."""
        word = self.story.mapping["plan"].get("section_word", "section").capitalize()
        name = " ".join(said.split())
        return title in {name, f"{word} {name}"} or title.startswith(
            (f"{word} {name}: ", f"{name} ")
        )

    @cached_property
    def leads(self) -> dict[str, frozenset[str]]:
        """Leads by ref: those who were sent the action, and for what was sent to nobody what `leads
        --json` says.
        """
        found: dict[str, set[str]] = {}
        for one in self.story.led:
            for ref in one["refs"]:
                found.setdefault(ref, set()).add(one["lead"])
        for lead, refs in self.story.sent.items():
            for ref in refs:
                if self.by_ref.get(ref) and self.by_ref[ref].get("status") == "withdrawn":
                    found.setdefault(ref, set()).add(lead)
        return {ref: frozenset(names) for ref, names in found.items()}

    @cached_property
    def by_ref(self) -> dict[str, Action]:
        return {one.ref: one for one in self.now.values()}

    # Totals

    def living(self, place: str) -> list[Action]:
        """Actions that are not withdrawn, at `was` or `now`."""
        plan = self.was if place == "was" else self.now
        return [one for one in plan.values() if one.get("status") != "withdrawn"]

    def tally(self, actions: Iterable[Action]) -> dict[str, int]:
        """Actions by rating, in the scale's order, the unrated last."""
        counted = Counter(one.rag for one in actions)
        return {code: counted[code] for code in self.names}

    @cached_property
    def codes(self) -> list[str]:
        """Ratings that are counted: the unrated only where there are any."""
        unrated = any(not one.rag for place in ("was", "now") for one in self.living(place))
        return [code for code in self.names if code or unrated]

    def totals(self, actions: list[Action]) -> list[int]:
        """By rating, then open, done and all."""
        ratings = self.tally(actions)
        open_now = sum(one.open for one in actions)
        return [
            *(ratings[code] for code in self.codes),
            open_now,
            len(actions) - open_now,
            len(actions),
        ]

    # What moved

    @cached_property
    def moved(self) -> list[tuple[Action, str, str, str]]:
        """Action, rating before, rating now, what the step is called."""
        found = []
        for one in self.living("now"):
            before = self.was.get(one.key)
            if before and before.rag != one.rag:
                found.append((one, before.rag, one.rag, self.step(before.rag, one.rag)))
        return found

    def step(self, before: str, after: str) -> str:
        was, now = self.kinds.get(before), self.kinds.get(after)
        if now is None:
            return "no longer rated"
        if now == "closed":
            return "completed"
        if was is None:
            return "newly rated"
        if was == "closed":
            return "re-opened"
        if now == "not-started":
            return "put back"
        if was == "not-started":
            return "started"
        return "improved" if self.graded.index(after) > self.graded.index(before) else "worsened"

    @cached_property
    def open(self) -> list[Action]:
        return [one for one in self.living("now") if one.open]

    @cached_property
    def remaining(self) -> list[Action]:
        """Open and below the best rating."""
        return [one for one in self.open if one.rag in self.graded[:-1]]

    def stayed(self, one: Action) -> bool:
        return one.key in self.was and self.was[one.key].rag == one.rag

    @cached_property
    def completed(self) -> list[Action]:
        done = [
            one
            for one in self.living("now")
            if one.get("status") == "completed" and one.key in self.was
        ]
        return [
            one
            for one in done
            if self.was[one.key].get("status") != "completed"
            and self.kinds.get(self.was[one.key].rag) != "closed"
        ]

    @cached_property
    def new(self) -> list[Action]:
        return [one for one in self.living("now") if one.key not in self.was]

    @cached_property
    def ended(self) -> list[Action]:
        """Withdrawn since, and carried on by no other."""
        return [one for one in self._withdrawn if not one.get("went_into")]

    @cached_property
    def merged(self) -> list[tuple[Action, Action]]:
        """What ended, and what carries it on."""
        return [
            (one, self.now[one.get("went_into")]) for one in self._withdrawn if one.get("went_into")
        ]

    @property
    def _withdrawn(self) -> list[Action]:
        gone = [one for one in self.now.values() if one.get("status") == "withdrawn"]
        return [
            one
            for one in gone
            if one.key in self.was and self.was[one.key].get("status") != "withdrawn"
        ]

    # Dates

    @cached_property
    def redated(self) -> list[tuple[Action, str, int | None, int, str]]:
        """Action, due text before, days, how often the date has moved in all, the reason of its
        last change.
        """
        found = []
        for one in self.living("now"):
            before = self.was.get(one.key)
            if before is None or not before.get("due") or before.get("due") == one.get("due"):
                continue
            # A slip of the office's own pen that was put right is no date that moved.
            if {before.get("due"), one.get("due")} & DOUBTED:
                continue
            days = (one.due - before.due).days if one.due and before.due else None
            steps = self._steps(one.key, "due")
            times = sum(step["old"] not in DOUBTED for step in steps[1:])
            found.append((one, before.get("due"), days, times, steps[-1]["reason"] or ""))
        return found

    @cached_property
    def undone(self) -> set[int]:
        """Revisions that were taken back, and those that did it."""
        found: set[int] = set()
        for one in self.story.revisions:
            said = re.search(r"takes back revision (\d+)", one["note"] or "")
            found |= {one["revision"], int(said[1])} if said else set()
        return found

    def _steps(self, key: str, name: str) -> list[dict[str, Any]]:
        history = self.story.logs[key]["history"]
        return [
            one for one in history if one["field"] == name and one["revision"] not in self.undone
        ]

    def days_ahead(self, one: Action) -> int | None:
        return (one.due - self.today).days if one.due else None

    @cached_property
    def when_due(self) -> dict[str, list[Action]]:
        """Open actions by when they are due."""
        groups: dict[str, list[Action]] = {name: [] for name in DUE}
        for one in self.open:
            groups[self._group(one)].append(one)
        return groups

    def _group(self, one: Action) -> str:
        days = self.days_ahead(one)
        if days is None:
            return "No day named (ongoing, to be confirmed)" if one.get("due") else "No due date"
        if days < 0:
            return "Overdue"
        return DUE[1 + sum(days > limit for limit in (30, 60, 90))]

    def overdue(self, actions: Iterable[Action]) -> int:
        return sum(one.open and one.due is not None and one.due < self.today for one in actions)

    # Cells

    @cached_property
    def edits(self) -> list[tuple[str, str, str, str, list[dict[str, Any]], str]]:
        """Key, field, old, new, sources and reason of every cell that differs between the two
        points.
        """
        found = []
        for key in self.now:
            old, new = (
                dict(plan[key].fields) if key in plan else {} for plan in (self.was, self.now)
            )
            for name in sorted({*old, *new} - {*UNREAD}):
                if old.get(name, "") != new.get(name, ""):
                    last = self._last(key, name)
                    found.append(
                        (
                            key,
                            name,
                            old.get(name, ""),
                            new.get(name, ""),
                            last["sources"],
                            last["reason"] or "",
                        )
                    )
        return found

    def _last(self, key: str, name: str) -> dict[str, Any]:
        return [one for one in self.story.logs[key]["history"] if one["field"] == name][-1]


DUE = (
    "Overdue",
    "Due in the next 30 days",
    "Due in 31 to 60 days",
    "Due in 61 to 90 days",
    "Due later",
    "No day named (ongoing, to be confirmed)",
    "No due date",
)


def _revision(step: dict[str, Any]) -> int:
    return int(step["revision"])
