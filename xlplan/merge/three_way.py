"""Compare any number of returns with the plan, each against its own base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from xlplan.merge.cells import weigh
from xlplan.merge.decisions import Docket
from xlplan.merge.holding import Voices, hold_detached, hold_withdrawn
from xlplan.merge.model import Field, Merged, NotTaken, PlainTable, Return
from xlplan.merge.notes import notes_on_outranked, notes_on_refused, notes_on_row
from xlplan.merge.order import PlanOrder
from xlplan.merge.proposals import Offered, offer
from xlplan.merge.rows import Sorted, sort_rows
from xlplan.merge.voices import Cell, Heard, Said, Voice, base_of, listen
from xlplan.plan.changes import Change, Decision, Proposal, Question, SoftNote
from xlplan.plan.values import BLANK, Value

Plan = dict[str, dict[str, Value]]
Origins = Mapping[tuple[str, str], frozenset[str]]


def three_way(
    master: PlainTable,
    returns: Iterable[Return],
    fields: Mapping[str, Field | str] | Iterable[Field | str],
    *,
    origins: Origins | None = None,
    withdrawn: Iterable[str] = frozenset(),
    decisions: Iterable[Decision] = (),
    rounds: Sequence[str] = (),
) -> Merged:
    """Merge any number of returns into the plan, cell by cell. Pure; the order of `returns` never matters.

    Args:
        master: the plan now, {key: {field: value}}. A value is a `Value`, or plain and read by its field.
        returns: what came back, each with its own base. Give those merged earlier too, or name them in `origins`.
        fields: what is compared, in the plan's order: {key: Field or type}, or fields (a bare name is a text).
        origins: {(key, field): leads} whose earlier returns of the same issue alone gave the master its value there.
            While all of them say something newer, that value is no move of the plan.
        withdrawn: keys that the plan has withdrawn. A row of a base that the master lacks counts as withdrawn too.
        decisions: the officer's answers, bound by `Question.fingerprint`, `Proposal.fingerprint` or
            `change_fingerprint`. A decided question becomes a change, or nothing, and is listed in `answered`.
            Choices: master and decline leave the plan; take (a lead's, or `value` among several); value; accept (the
            only value offered: a clearing, an approval, a whole row); append (every candidate becomes an entry);
            same-as (`text` names a key or ref); ask leaves the question open and says so.
        rounds: labels of the rounds, oldest first: the order of appended entries.

    Returns:
        The plan after the merge, with changes, questions, soft notes, proposals and what was not taken.
    """
    known = _fields(fields)
    plan = _read_plan(master, known)
    found = sort_rows(returns, plan, known)
    merging = _Merging(plan, known, dict(origins or {}), frozenset(withdrawn), Docket(decisions, rounds), found)
    merging.questions += hold_detached(found.detached, plan, known, merging.docket)
    offered = offer(found.proposed, found.issues, plan, merging.docket)
    merging.join_same_as(offered.same_as)
    for key, voices in merging.voices().items():
        merging.weigh_row(key, voices)
    return merging.result(offered)


def _fields(fields: Mapping[str, Field | str] | Iterable[Field | str]) -> dict[str, Field]:
    if isinstance(fields, Mapping):
        return {key: one if isinstance(one, Field) else Field(key, one) for key, one in fields.items()}
    listed = [one if isinstance(one, Field) else Field(one) for one in fields]
    return {one.key: one for one in listed}


def _read_plan(master: PlainTable, fields: Mapping[str, Field]) -> Plan:
    """The plan with every value read; columns that are not compared are carried along."""
    plan: Plan = {}
    for key, row in master.items():
        names = dict.fromkeys([*row, *fields])
        plan[key] = {name: (fields.get(name) or _carried(name)).keep(row.get(name)) for name in names}
    return plan


def _carried(name: str) -> Field:
    return Field(name, "ref" if name == "ref" else "text")


@dataclass(slots=True)
class _Merging:
    """One merge under way: the two sides, and what has come out so far."""

    plan: Plan
    fields: dict[str, Field]
    origins: dict[tuple[str, str], frozenset[str]]
    withdrawn: frozenset[str]
    docket: Docket
    found: Sorted
    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[SoftNote] = field(default_factory=list)
    superseded: list[NotTaken] = field(default_factory=list)
    outranked: list[NotTaken] = field(default_factory=list)
    gone: Plan = field(default_factory=dict)

    @property
    def bases(self) -> dict[str, list[PlainTable]]:
        """Every base that a lead was shown."""
        shown: dict[str, list[PlainTable]] = {}
        for issue in self.found.issues:
            shown.setdefault(issue[0].lead, []).append(issue[0].base)
        return shown

    def join_same_as(self, same: Iterable[tuple[str, Proposal]]) -> None:
        """A proposal that the officer knows as an action of the plan speaks for it, from the plan as it is."""
        for key, proposal in same:
            cells = {
                name: Said(value, proposal.source)
                for name, value in proposal.values.items()
                if name in self.fields and name != "ref"
            }
            self.found.issues.append([Heard(proposal.lead, "", {key: self.plan[key]}, {key: [cells]})])

    def voices(self) -> dict[str, Voices]:
        """What is said about every row, one voice a lead and issue in each cell."""
        heard: dict[str, Voices] = {}
        for issue in self.found.issues:
            for key in dict.fromkeys(key for one in issue for key in one.rows):
                row = self._row(key, issue[0].base)
                voices = heard.setdefault(key, {})
                for name, one in self.fields.items():
                    cell = Cell(key, one, row[name], self.origins.get((key, name), frozenset()))
                    voice = listen(cell, issue, self.superseded)
                    if voice:
                        voices.setdefault(name, []).append(voice)
        return heard

    def _row(self, key: str, base: PlainTable) -> Mapping[str, Value]:
        """The plan's row; where the plan has it no more, as somebody was last shown it."""
        if key not in self.plan and key not in self.gone:
            held = {name: base_of(Cell(key, one, BLANK), base) or BLANK for name, one in self.fields.items()}
            self.gone[key] = held
        return self.plan.get(key) or self.gone[key]

    def weigh_row(self, key: str, voices: Voices) -> None:
        """Weigh every cell of a row; edits to a withdrawn row wait together."""
        row = self.plan.get(key) or self.gone[key]
        if key in self.withdrawn or key in self.gone:
            voices, asked = hold_withdrawn(key, voices, row, self.docket)
            self.questions += asked
            if voices:
                self.plan.setdefault(key, dict(row))
        self.notes += notes_on_row(key, voices, row, self.fields, self.bases, self.origins)
        for name, said in voices.items():
            self._weigh_cell(Cell(key, self.fields[name], row[name], self.origins.get((key, name), frozenset())), said)

    def _weigh_cell(self, cell: Cell, said: Sequence[Voice]) -> None:
        verdict = self.docket.settle(cell, weigh(cell, said, self.docket.rounds), said)
        if verdict.change:
            self.changes.append(verdict.change)
        if verdict.question:
            self.questions.append(verdict.question)
        self.outranked += verdict.outranked
        self.notes += notes_on_outranked(verdict.outranked, self.fields)

    def result(self, offered: Offered) -> Merged:
        """Everything that came out, in the plan's order, then by field, then by lead."""
        order = PlanOrder(self.plan, self.fields)
        merged = {key: dict(row) for key, row in self.plan.items()}
        changes = sorted(self.changes, key=order.of_cell)
        moved = [one for one in changes if one.old.canonical != one.new.canonical]
        for change in moved:
            merged[change.key][change.field] = change.new
        return Merged(
            merged=merged,
            changes=tuple(moved),
            questions=tuple(sorted([*self.questions, *offered.questions], key=order.of_cell)),
            notes=tuple(sorted([*self.notes, *notes_on_refused(self.found.refused)], key=order.of_note)),
            proposals=tuple(offered.waiting),
            superseded=tuple(sorted([*self.superseded, *offered.superseded], key=order.of_value)),
            outranked=tuple(sorted(self.outranked, key=order.of_value)),
            agreed=tuple(one for one in changes if one.old.canonical == one.new.canonical),
            refused=tuple(sorted(self.found.refused, key=order.of_value)),
            accepted=tuple(offered.accepted),
            answered=tuple(sorted(self.docket.answered, key=order.of_answered)),
        )
