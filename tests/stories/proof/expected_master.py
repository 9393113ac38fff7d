"""The tables that a master's own sheets must show, from recomputed figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.stories.proof.expected import MONTHS, Report, Wanted, counted, one_line, sorted_refs
from tests.stories.proof.recomputed import DUE, STEPS, Action
from tests.stories.proof.references import references


class Master(Report):
    """The tables of a master."""

    def master(self) -> dict[str, Wanted]:
        told = self.told
        worst = self.rating(told.graded[0])
        lists = {
            f"Rated {worst}": [one for one in told.open if one.rag == told.graded[0]],
            "No lead": [one for one in told.open if not told.leads.get(one.ref)],
            "Completed": [one for one in told.living("now") if one.get("status") == "completed"],
        }
        lists |= {name: told.when_due[name] for name in (*DUE[:4], DUE[-1])}
        return {
            "What is due when": self.due_when(),
            "Movement since May Board": self.steps(),
            "Totals": self.shares(),
            "Totals by section, previous and current": self.totals(),
            **{
                f"{name}: {counted(len(some), self.word.lower())}": self._list(some)
                for name, some in lists.items()
            },
            "Proposed, waiting for a decision": self.proposed(),
            "Ratings that moved": self.movements(),
            "Due dates that changed": self.redated(),
            "Every cell that changed": self.changes(),
            "Load and standing": self.loads(),
            "Due dates by month": self.months(),
            "By recommendation": self.recommendations(),
        }

    def due_when(self) -> Wanted:
        rows = [[name, str(len(some))] for name, some in self.told.when_due.items()]
        return Wanted([f"Open {self.word.lower()}s", "Number"], rows, ordered=True)

    def steps(self) -> Wanted:
        counted = Counter(STEPS[step] for *_, step in self.told.moved)
        return Wanted(["Step", "Number"], [[step, str(number)] for step, number in counted.items()])

    def shares(self) -> Wanted:
        was, now = (self.told.tally(self.told.living(place)) for place in ("was", "now"))
        whole = sum(now.values())
        meaning = {one["code"]: one.get("meaning", "") for one in self.told.ratings}
        rows = []
        for code in self.told.codes:
            name = ": ".join(
                part for part in (self.rating(code), one_line(meaning.get(code, ""))) if part
            )
            rows.append([name, str(was[code]), str(now[code]), f"{now[code] / whole:.1%}"])
        rows.append(["All", str(sum(was.values())), str(whole), "100.0%"])
        return Wanted(["Rating", "Previous", "Current", "Share of total"], rows, ordered=True)

    def _list(self, actions: Iterable[Action]) -> Wanted:
        rows = [
            [
                *self.about(one),
                self.rating(one.rag),
                self.leads(one),
                self.due(one),
                self.title(one),
            ]
            for one in actions
        ]
        return Wanted(["Ref", self.word, "Rating", "Lead", "Due", self.section], rows)

    def proposed(self) -> Wanted:
        headings = [
            "No",
            f"Proposed {self.word.lower()}",
            "By",
            "With",
            "Reads like",
            "File, sheet and cell",
        ]
        rows = []
        for one in self.story.waiting["proposed"]:
            where = f"{one['file']}, {one['sheet']}!{one['cell']}"
            others = {
                name: said for name, said in one["values"].items() if name != "action" and said
            }
            said = " ".join(f"{self.label(name)}: {text}" for name, text in others.items())
            rows.append(
                [
                    one["id"],
                    one["values"]["action"],
                    one["lead"],
                    said,
                    ", ".join(one["like"]),
                    where,
                ]
            )
        return Wanted(headings, rows)

    def _counts(self, actions: Sequence[Action]) -> list[str]:
        tally = self.told.tally([one for one in actions if one.open])
        return [str(tally[code]) for code in self.told.codes]

    def loads(self) -> Wanted:
        rows = []
        for lead in {name for names in self.told.leads.values() for name in names}:
            theirs = [
                one for one in self.told.living("now") if lead in self.told.leads.get(one.ref, ())
            ]
            still = [one for one in theirs if one.open]
            if theirs:
                done = str(len(theirs) - len(still))
                refs = sorted_refs(one.ref for one in still)
                late = str(self.told.overdue(theirs))
                rows.append([lead, str(len(still)), *self._counts(theirs), late, done, refs])
        return Wanted(
            ["Lead", "Open", *self.names(), "Overdue", "Done", f"Open {self.word.lower()}s"], rows
        )

    def months(self) -> Wanted:
        by_month: dict[tuple[int, int], list[Action]] = {}
        for one in self.told.living("now"):
            if one.due:
                by_month.setdefault((one.due.year, one.due.month), []).append(one)
        rows = []
        for (year, month), some in sorted(by_month.items()):
            still = [one for one in some if one.open]
            numbers = [str(len(still)), *self._counts(some), str(len(some) - len(still))]
            rows.append(
                [f"{MONTHS[month - 1]} {year}", *numbers, sorted_refs(one.ref for one in still)]
            )
        headings = ["Month", "Open", *self.names(), "Done", f"Open {self.word.lower()}s"]
        return Wanted(headings, rows, ordered=True)

    def recommendations(self) -> Wanted:
        answered: dict[str, list[Action]] = {}
        for one in self.told.living("now"):
            for name in references(one.get("links")):
                answered.setdefault(name, []).append(one)
        rows = []
        for name, some in answered.items():
            done = str(sum(not one.open for one in some))
            refs = sorted_refs(one.ref for one in some)
            rows.append(
                [
                    name,
                    str(len(some)),
                    *self._counts(some),
                    str(self.told.overdue(some)),
                    done,
                    refs,
                ]
            )
        return Wanted(
            ["Recommendation", f"{self.word}s", *self.names(), "Overdue", "Done", "Which"], rows
        )
