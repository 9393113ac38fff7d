"""The tables that a report must show, from recomputed figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.stories.proof.recomputed import STEPS, Action, Recomputed

Lines = list[list[str]]
CUT = 120
"""Letters of an action's text that are compared: tables cut long ones."""
A_REQUIREMENT = "(the log has its ref or name, the report both)"
SAYS = {
    "both-moved": "The office and a lead changed it, differently",
    "proposed": "Proposed by a lead",
}
SEVERITY = {"error": "To mend", "warning": "To check", "notice": "For information"}
MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]


@dataclass(frozen=True)
class Wanted:
    """One table. `ordered`: its rows stand in this order; else any order is right, since the log
    knows none.
    """

    headings: Sequence[str]
    rows: Lines
    ordered: bool = False
    titles: tuple[str, ...] = ()
    """What else it may be called: a table that is alone in its chapter goes by the chapter's
    title.
    """


def one_line(text: str) -> str:
    return " ".join(text.split())


def long_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


class Report:
    """The tables that a report of one story must show."""

    def __init__(self, told: Recomputed) -> None:
        self.told, self.story = told, told.story
        plan = self.story.mapping["plan"]
        self.word = plan.get("action_word", "action").capitalize()
        self.section = plan.get("section_word", "section").capitalize()

    # Pieces of rows

    def rating(self, code: str) -> str:
        return str(self.told.names.get(code, code))

    def leads(self, one: Action) -> str:
        return " + ".join(sorted(self.told.leads.get(one.ref, ()))) or "No lead"

    def about(self, one: Action) -> list[str]:
        return [one.ref, one_line(one.get("action"))[:CUT]]

    def due(self, one: Action) -> str:
        return one_line(one.get("due"))

    def title(self, one: Action) -> str:
        return str(self.told.sections[one.get("section")])

    def names(self) -> list[str]:
        return [self.rating(code) for code in self.told.codes]

    def label(self, field: str) -> str:
        """What people call a field, by the mapping's own text."""
        said = self.story.mapping["fields"].get(field, {})
        if said.get("name"):
            return str(said["name"])
        if said.get("headings"):
            return f"{said.get('under', '')} {said['headings'][0]}".strip()
        return field.replace("_", " ").capitalize()

    def day(self, iso: str) -> str:
        """A day as the office writes days; in words where its way of dates names none."""
        way = self.story.mapping["office"].get("date_format", "")
        return date.fromisoformat(iso[:10]).strftime(way if "%d" in way else "%d %b %Y")

    # Tables of the report

    def report(self) -> dict[str, Wanted]:
        return {
            "Totals, previous and current": self.totals(),
            "Ratings that moved": self.movements(),
            "Open and below the best rating, worst first": self.remaining(),
            "Completed": self.completed(),
            "New": self._plain(self.told.new),
            "Withdrawn": self._plain(self.told.ended),
            "Merged and split": self.merged(),
            "Due dates that changed": self.redated(),
            f"Open and past the due date on {long_day(self.told.today)}": self.overdue(),
            "Reassigned": self.rewritten(("leads", "accountable", "responsible")),
            "Reworded": self.rewritten(("action",)),
            "Waiting for a decision": self.waiting(),
            "Decided": self.decided(),
            "Returns by lead": self.returns(),
            "Findings": self.findings(),
            "Every cell that changed": self.changes(),
        }

    def totals(self) -> Wanted:
        names = [*self.names(), "Open", "Done", "Total"]
        headings = [
            self.section,
            *(f"{name} {when}" for name in names for when in ("previous", "current")),
        ]
        rows = []
        for key, name in [*self.told.sections.items(), ("", "All")]:
            numbers = [
                self.told.totals(
                    [one for one in self.told.living(place) if not key or one.get("section") == key]
                )
                for place in ("was", "now")
            ]
            rows.append(
                [name, *(str(number) for pair in zip(*numbers, strict=True) for number in pair)]
            )
        whole = [int(text) for text in rows[-1][1:]]
        shares = [f"{number / whole[-2 + place % 2]:.1%}" for place, number in enumerate(whole)]
        return Wanted(
            headings,
            [*rows, ["Share of all", *shares]],
            ordered=True,
            titles=("Totals by section",),
        )

    def movements(self) -> Wanted:
        rows = [
            [self.title(one), *self.about(one), self.rating(was), self.rating(now), STEPS[step]]
            for one, was, now, step in self.told.moved
        ]
        return Wanted([self.section, "Ref", self.word, "Previous", "Current", "Step"], rows)

    def remaining(self) -> Wanted:
        rows = [
            [
                *self.about(one),
                self.rating(one.rag),
                self.leads(one),
                self.due(one),
                "As before"
                if self.told.stayed(one)
                else "Moved"
                if one.key in self.told.was
                else "New",
            ]
            for one in self.told.remaining
        ]
        names = [self.rating(code).lower() for code in self.told.graded[:-1]]
        chapter = (
            "What remains "
            f"{' or '.join(part for part in (', '.join(names[:-1]), names[-1]) if part)}"
        )
        return Wanted(
            ["Ref", self.word, "Rating", "Lead", "Due", "Since before"], rows, titles=(chapter,)
        )

    def completed(self) -> Wanted:
        rows = [
            [
                self.title(one),
                *self.about(one),
                self.rating(self.told.was[one.key].rag),
                self.rating(one.rag),
            ]
            for one in self.told.completed
        ]
        return Wanted([self.section, "Ref", self.word, "Previous", "Current"], rows)

    def _plain(self, actions: Iterable[Action]) -> Wanted:
        rows = [[*self.about(one), self.leads(one), self.due(one)] for one in actions]
        return Wanted(["Ref", self.word, "Lead", "Due"], rows)

    def merged(self) -> Wanted:
        rows = [
            [f"{gone.ref} merged into {heir.ref}", self.about(heir)[1], self.leads(heir)]
            for gone, heir in self.told.merged
        ]
        return Wanted(["What happened", self.word, "Lead"], rows)

    def redated(self) -> Wanted:
        headings = [
            "Ref",
            self.word,
            "Was due",
            "Is due",
            "Days",
            "Times re-dated",
            "Lead",
            "Reason",
        ]
        rows = [
            [
                *self.about(one),
                one_line(was),
                self.due(one),
                "" if days is None else str(days),
                str(times),
                self.leads(one),
                reason,
            ]
            for one, was, days, times, reason in self.told.redated
        ]
        return Wanted(headings, rows)

    def overdue(self) -> Wanted:
        rows = [
            [
                *self.about(one),
                self.due(one),
                str(-(self.told.days_ahead(one) or 0)),
                self.rating(one.rag),
                self.leads(one),
            ]
            for one in self.told.when_due["Overdue"]
        ]
        return Wanted(["Ref", self.word, "Due", "Days over", "Rating", "Lead"], rows)

    def rewritten(self, fields: Sequence[str]) -> Wanted:
        """Leads or texts of actions that were there before: a new action is new, not reassigned."""
        rows = [
            [self.told.now[key].ref, one_line(old)[:CUT], one_line(new)[:CUT], self._by(sources)]
            for key, name, old, new, sources, _ in self.told.edits
            if name in fields and key in self.told.was
        ]
        return Wanted(["Ref", "Was", "Is", "Said by"], rows)

    def _by(self, sources: Iterable[dict[str, str]]) -> str:
        return (
            ", ".join(dict.fromkeys(one["lead"] for one in sources if one["lead"])) or "The office"
        )

    def changes(self) -> Wanted:
        headings = ["Ref", "Field", "Old", "New", "Said by", "File, sheet and cell", "Reason"]
        rows = []
        for key, name, old, new, sources, reason in self.told.edits:
            places = [
                ", ".join(
                    part
                    for part in (
                        one["file"],
                        f"{one['sheet'] or ''}!{one['cell'] or ''}".strip("!"),
                    )
                    if part
                )
                for one in sources
            ]
            where = " ".join(dict.fromkeys(place for place in places if place))
            label = self.label(name)
            said = [self._value(name, value)[:CUT] for value in (old, new)]
            rows.append(
                [self.told.now[key].ref, label, *said, self._by(sources), where, one_line(reason)]
            )
        return Wanted(headings, rows)

    def _value(self, name: str, text: str) -> str:
        """A value as the report tells it: a section by its title, a rating by its name, an action
        by its ref.
        """
        if name == "section":
            return str(self.told.sections.get(text, text))
        if name == "rag" and text:
            return self.rating(text)
        if name == "requirement" and text:
            return A_REQUIREMENT
        if name in {"went_into", "came_from"}:
            return ", ".join(self.told.now[key].ref for key in text.split())
        return one_line(text)

    def waiting(self) -> Wanted:
        headings = ["No", "Ref", "Field", "Why", "The plan says", "The leads say", "Note"]
        rows = []
        for one in self.story.waiting["questions"]:
            name = one["field"]
            plan, why = self._value(name, one["master"] or ""), SAYS[one["reason"]]
            rows.append(
                [
                    one["id"],
                    one["ref"],
                    self.label(name),
                    why,
                    plan,
                    self._said(one),
                    one["note"] or "",
                ]
            )
        for one in self.story.waiting["proposed"]:
            note = f"Reads much like {', '.join(one['like'])}." if one["like"] else ""
            said = f"{one['lead']}: {one['values']['action']}"
            rows.append([one["id"], "", "New action", SAYS["proposed"], "", said, note])
        return Wanted(headings, rows)

    def _said(self, question: dict[str, Any]) -> str:
        """Every answer to a question, with who gave it."""
        field = question["field"]
        return " ".join(
            f"{one['lead']}: {self._value(field, one['value'])}" for one in question["candidates"]
        )

    def decided(self) -> Wanted:
        headings = [
            "No",
            "Ref",
            "Field",
            "Why it was asked",
            "The leads said",
            "Decision",
            "Reason",
            "By",
            "On",
        ]
        rows = []
        for number, one in self.story.decided.items():
            day = self.day(f"{self.story.year}-06-03")
            if "candidates" in one:
                taken = one["candidates"][0]
                how = f"{taken['lead']}'s answer taken: {self._value(one['field'], taken['value'])}"
                label, why = self.label(one["field"]), SAYS[one["reason"]]
                rows.append(
                    [number, one["ref"], label, why, self._said(one), how, "", "officer", day]
                )
            else:
                told = "; ".join(
                    f"{self.label(name)}: {self._value(name, text)}"
                    for name, text in one["values"].items()
                )
                said = f"{one['lead']}: {told}"
                rows.append(
                    [
                        number,
                        "",
                        "New action",
                        SAYS["proposed"],
                        said,
                        f"Accepted: {one['place']}",
                        "",
                        "officer",
                        day,
                    ]
                )
        return Wanted(headings, rows)

    def returns(self) -> Wanted:
        rows = []
        overdue = (self.told.today - date(self.story.year, 6, 20)).days
        for lead, refs in self.story.sent.items():
            standing, nil, late = self.story.returned.get(lead, ("outstanding", False, overdue))
            words = {"returned": "Returned", "late": "Returned late"}.get(standing, "Not returned")
            words += (
                ", nothing to change"
                if nil
                else f", {late} days past the date"
                if standing == "outstanding"
                else ""
            )
            rows.append([lead, str(len(refs)), words, str(late) if late else ""])
        return Wanted(
            ["Lead", f"{self.word}s sent", "Standing", "Days late"],
            rows,
            titles=("Who has returned",),
        )

    def findings(self) -> Wanted:
        headings = ["Weight", "Where", "Ref", "Lead", "Found", "What is wrong", "What to do"]
        rows = []
        for one in self.story.findings:
            cell = f"{one['sheet'] or ''}!{one['cell'] or ''}".strip("!")
            where = ", ".join(part for part in (one["file"], cell) if part)
            said = [one[name] or "" for name in ("ref", "lead", "value", "message", "hint")]
            rows.append([SEVERITY[one["severity"]], where, *map(one_line, said)])
        return Wanted(headings, rows, titles=("Findings in what came back",))


def sorted_refs(refs: Iterable[str]) -> str:
    return ", ".join(sorted(refs))


def counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
