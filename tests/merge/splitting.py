"""The law that spans merges: however the same returns and decisions are split over merges, each
cell has the same values said by the same leads, and a question where they differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from tests.strategies import ROUNDS, Situation, situations
from xlplan.merge import Credit, Merged, Return, three_way
from xlplan.plan.changes import Decision, Question
from xlplan.plan.values import Value

Cell = tuple[str, str]
Said = frozenset[tuple[str, str]]
"""(lead, meaning), of every value that somebody says."""


@dataclass
class Office:
    """What the store and the officer do between two comparisons, and nothing else."""

    one: Situation
    plan: dict[str, dict[str, str | Value]]
    came: list[Return] = field(default_factory=list)
    settled: set[tuple[int, int, str]] = field(default_factory=set)
    decisions: list[Decision] = field(default_factory=list)
    credits: dict[Cell, Credit] = field(default_factory=dict)

    def compare(self) -> Merged:
        """Compare what waits, beside what is settled."""
        return three_way(
            self.plan,
            self._part(settled=False),
            self.one.fields,
            settled=self._part(settled=True),
            credits=self.credits,
            decisions=self.decisions,
            rounds=ROUNDS,
        )

    def _part(self, *, settled: bool) -> list[Return]:
        return [
            replace(
                back,
                rows=[
                    replace(
                        row,
                        values={
                            name: value
                            for name, value in row.values.items()
                            if ((number, place, name) in self.settled) == settled
                        },
                    )
                    for place, row in enumerate(back.rows)
                ],
            )
            for number, back in enumerate(self.came)
        ]

    def merge(self) -> Merged:
        """Put what is not asked about into the plan."""
        merged = self.compare()
        self.plan = {key: dict(row) for key, row in merged.merged.items()}
        leads = {back.lead for back in self.came}
        for change in merged.changes:
            names = frozenset(source.lead for source in change.sources)
            self.credits.pop((change.key, change.field), None)
            if names <= leads:
                self.credits[change.key, change.field] = Credit(names)
        held = {(question.key, question.field) for question in merged.questions}
        self.settled |= {
            (number, place, name)
            for number, back in enumerate(self.came)
            for place, row in enumerate(back.rows)
            for name in row.values
            if (row.key, name) not in held
        }
        return merged

    def decide(self) -> None:
        """Answer every question with a value that is named: the first of those said."""
        for question in self.compare().questions:
            values = {one.value.canonical: one.value for one in question.candidates}
            values.setdefault(question.master.canonical, question.master)
            least = min(meaning for _, meaning in said_of(question))
            self.decisions.append(
                Decision(
                    f"C{len(self.decisions)}",
                    question.grounds,
                    "value",
                    "Officer",
                    f"{len(self.decisions):05}",
                    values[least],
                    round=ROUNDS[-1],
                )
            )


def said_of(question: Question) -> Said:
    """Who says what in a question. Of an answer taken back both values are said, one of which the
    plan may hold.
    """
    said = {(one.source.lead, one.value.canonical) for one in question.candidates}
    return frozenset(said | {(lead, question.master.canonical) for lead in question.backs})


@dataclass(frozen=True)
class Split:
    """Returns, in the order in which they come; after which of them the officer decides; and after
    which of them a merge is made.
    """

    one: Situation
    decide_after: frozenset[int]
    merge_after: frozenset[int]

    def played(self, *, merges: bool) -> tuple[dict[Cell, Said], dict[Cell, str]]:
        """The open questions at the end, and the meanings of the cells without one."""
        office = self._office(merges=merges)
        merged = office.merge()
        asked = {(one.key, one.field): said_of(one) for one in merged.questions}
        plan = {
            (key, name): value.canonical
            for key, row in merged.merged.items()
            for name, value in row.items()
            if (key, name) not in asked
        }
        return asked, plan

    def decided(self, *, merges: bool) -> dict[str, dict[str, str]]:
        """The plan once every question is answered."""
        office = self._office(merges=merges)
        for _ in range(9):
            office.decide()
            if not office.merge().questions:
                break
        merged = office.compare()
        assert merged.questions == merged.changes == ()
        return {
            key: {name: value.canonical for name, value in row.items()}
            for key, row in merged.merged.items()
        }

    def was_moved(self, key: str, name: str) -> bool:
        """Whether the plan had left what a lead was shown."""
        if name not in self.one.fields:
            return False
        field, now = self.one.fields[name], self.one.master[key][name]
        return any(
            field.read(back.base[key][name]).canonical != field.read(now).canonical
            for back in self.one.returns
        )

    def _office(self, *, merges: bool) -> Office:
        office = Office(self.one, {key: dict(row) for key, row in self.one.master.items()})
        for number, back in enumerate(self.one.returns):
            office.came.append(back)
            if number in self.decide_after:
                office.decide()
            if merges and number in self.merge_after:
                office.merge()
        return office


def of_cells(returns: Iterable[Return], plan: Sequence[str]) -> tuple[Return, ...]:
    """The returns without what is asked about whole rows, each with a base for all of its rows."""
    return tuple(
        replace(
            back,
            arrival=number,
            rows=[row for row in back.rows if row.key in back.base and not row.detached],
        )
        for number, back in enumerate(returns)
        if back.base.keys() >= set(plan)
    )


@st.composite
def splits(draw: st.DrawFn) -> Split:
    """A situation in any order of its returns, cut anywhere by decisions and merges."""
    one = draw(situations())
    rules = {"conflict", "worst", "approve"}
    fields = {name: spec for name, spec in one.fields.items() if spec.rule in rules}
    master = {
        key: {name: text for name, text in row.items() if name in fields}
        for key, row in one.master.items()
    }
    returns = draw(st.permutations(of_cells(one.returns, list(one.master))))
    places = st.frozensets(st.integers(0, max(len(returns) - 1, 0)))
    plain = replace(
        one,
        returns=tuple(returns),
        fields=fields,
        master=master,
        withdrawn=frozenset(),
        origins={},
    )
    return Split(plain, draw(places), draw(places))


def the_split_over_merges_makes_no_difference(split: Split) -> None:
    """The same values said by the same leads, a question in the same cells, and else the same plan.

    But for cells that the office itself had moved: where leads say one value alone, it matters
    whether an answer has taken the place of the office's value by then, or a decision has.
    """
    (often, plan), (once, same_plan) = split.played(merges=True), split.played(merges=False)
    for cell in {*often, *once, *plan}:
        if not split.was_moved(*cell):
            assert often.get(cell) == once.get(cell)
            assert plan.get(cell) == same_plan.get(cell)
        elif not split.decide_after:
            said = often.get(cell) or once.get(cell, frozenset())
            assert often.get(cell, said) == once.get(cell, said)
            asked_in_one = (cell in often) != (cell in once)
            assert not (asked_in_one and len({meaning for _, meaning in said}) > 1)


def once_all_is_decided_the_plan_is_the_same(split: Split) -> None:
    """But for cells that the office itself had moved, for the same reason."""
    often, once = split.decided(merges=True), split.decided(merges=False)
    for key, row in often.items():
        for name, meaning in row.items():
            if not split.was_moved(key, name):
                assert meaning == once[key][name]
