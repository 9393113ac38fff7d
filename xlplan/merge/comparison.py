"""Compare any number of returns with the plan, each against its own base."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from xlplan.merge.apart import Held, held_rows, hold_detached, not_replaced
from xlplan.merge.decisions import Decisions
from xlplan.merge.holding import Voices, allows, withdrawn_question
from xlplan.merge.model import (
    NOBODY,
    Credit,
    Field,
    Merged,
    NotTaken,
    Plain,
    PlainTable,
    Return,
    surely_same,
)
from xlplan.merge.notes import notes_on_outranked, notes_on_refused, notes_on_row
from xlplan.merge.order import PlanOrder
from xlplan.merge.proposals import Offered, offer
from xlplan.merge.rows import Sorted, sort_rows
from xlplan.merge.voices import (
    Heard,
    PlanCell,
    ReturnedCells,
    Row,
    Statement,
    Voice,
    base_of,
    one_voice,
)
from xlplan.plan.changes import Change, Decision, Proposal, Question, SoftNote
from xlplan.plan.values import BLANK, Value

Plan = dict[str, dict[str, Value]]
Origins = Mapping[tuple[str, str], Collection[str]]
Credits = Mapping[tuple[str, str], Credit]
Issues = Sequence[Sequence[Heard]]
"""What came back of several issues, each with its returns, oldest first."""


def three_way(
    master: PlainTable,
    returns: Iterable[Return],
    fields: Mapping[str, Field | str] | Iterable[Field | str],
    *,
    settled: Iterable[Return] = (),
    origins: Origins | None = None,
    credits: Credits | None = None,
    withdrawn: Iterable[str] = frozenset(),
    decisions: Iterable[Decision] = (),
    rounds: Sequence[str] = (),
) -> Merged:
    """Merge any number of returns into the plan, cell by cell. Pure; the order of `returns` never
    matters.

    Args:
        master: the plan now, {key: {field: value}}. A value is a `Value`, or plain and read by its
            field.
        returns: what came back, each with its own base. Of two of one lead for one issue with the
            same arrival, the one whose values sort later counts as the newer: give every return an
            arrival of its own.
        fields: what is compared, in the plan's order: {key: Field or type}, or fields (a bare name
            is a text).
        settled: what was said earlier in the round, and merged, declined or decided. It moves
            nothing by itself: beside a word that waits it is one of the values to choose from (of
            what was declined, the refusal is remembered). A word that only repeats it, in the same
            issue, is settled too. Only rows of the plan count.
        origins: {(key, field): leads} whose earlier returns of the same issue alone gave the master
            its value there. While all of them say something newer, that value is no move of the
            plan. Where none are given at all, a value of the master that a lead's own earlier
            return among `returns` says is taken to have come from it.
        credits: {(key, field): who} where leads alone gave the plan its present value, in whichever
            issue and round. Once they all speak of the cell it is no move of the plan; a note on
            what moved meanwhile names them.
        withdrawn: keys that the plan has withdrawn. A row of a base that the master lacks counts as
            withdrawn too.
        decisions: the officer's answers, each on the `grounds` of a question, a proposal or a
            waiting change. A decided question becomes a change, or nothing, and is listed in
            `answered`. Choices: master and decline leave the plan; take (a lead's, or `value` among
            several); value; accept (the only value offered: a clearing, an approval, a whole row);
            as-it-stands and text-only (a doubted value, as it was sent); append (every candidate
            becomes an entry); same-as (`text` names a key or ref); ask leaves the question open and
            says so. One holds while the bases are as they were, the plan is as it was or holds what
            it gave, and nobody says what it had not heard. It ends with its round.
        rounds: labels of the rounds, oldest first: the order of appended entries, and of the issues
            of one lead.

    Returns:
        The plan after the merge, with changes, questions, soft notes, proposals and what was not
        taken.
    """
    known = _fields(fields)
    plan = _read_plan(master, known)
    found = sort_rows(returns, settled, plan, known, rounds)
    if credits is None:
        credits = {cell: Credit(frozenset(leads)) for cell, leads in (origins or {}).items()}
    merging = _Merging(
        master,
        plan,
        known,
        origins,
        credits,
        frozenset(withdrawn),
        Decisions(decisions, rounds),
        found,
    )
    offered = offer(found.proposed, found.issues, plan, merging.decisions)
    merging.join_same_as(offered.same_as)
    merging.hold_rows()
    merging.weigh_rows()
    return merging.result(offered)


def _fields(fields: Mapping[str, Field | str] | Iterable[Field | str]) -> dict[str, Field]:
    if isinstance(fields, Mapping):
        listed = [
            (key, spec if isinstance(spec, Field) else Field(key, spec))
            for key, spec in fields.items()
        ]
    else:
        specs = [spec if isinstance(spec, Field) else Field(spec) for spec in fields]
        listed = [(spec.key, spec) for spec in specs]
    # What a field has read is forgotten with the merge: the caller may keep theirs for good.
    return {key: replace(spec) for key, spec in listed}


def _read_plan(master: PlainTable, fields: Mapping[str, Field]) -> Plan:
    """The plan with every value read; columns that are not compared are carried along."""
    carried = {name for row in master.values() for name in row} - fields.keys()
    keep = {name: _carried(name).keep for name in carried}
    keep |= {name: spec.keep for name, spec in fields.items()}
    return {
        key: {name: keep[name](raw) for name, raw in _complete(row, fields).items()}
        for key, row in master.items()
    }


def _complete(row: Mapping[str, Plain], fields: Mapping[str, Field]) -> Mapping[str, Plain]:
    """A row with a place for every field."""
    return row if row.keys() >= fields.keys() else {**dict.fromkeys([*row, *fields]), **row}


def _carried(name: str) -> Field:
    return Field(name, "ref" if name == "ref" else "text")


@dataclass(slots=True)
class _Merging:
    """One merge under way: the two sides, and what has come out so far."""

    master: PlainTable
    plan: Plan
    fields: dict[str, Field]
    origins: Origins | None
    credits: Credits
    withdrawn: frozenset[str]
    decisions: Decisions
    found: Sorted
    changes: list[Change] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[SoftNote] = field(default_factory=list)
    superseded: list[NotTaken] = field(default_factory=list)
    outranked: list[NotTaken] = field(default_factory=list)
    opened: dict[str, Decision] = field(default_factory=dict)
    gave: dict[str, list[str]] = field(default_factory=dict)
    fresh: dict[str, Value] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The fields of each row whose value somebody's earlier return is known to have given, and
        those that leads were shown empty.
        """
        self.fresh = {name: BLANK for name, spec in self.fields.items() if spec.fresh}
        for key, name in self.origins or ():
            self.gave.setdefault(key, []).append(name)

    def join_same_as(self, same: Iterable[tuple[str, Proposal]]) -> None:
        """A proposal that the officer knows as an action of the plan speaks for it, from the plan
        as it is.
        """
        # Leads propose what the plan has already, in other words or under another ref.
        for key, proposal in same:
            cells = {
                name: Statement(value, proposal.said(name)[0])
                for name, value in proposal.values.items()
                if name in self.fields and name != "ref"
            }
            base = {key: self.plan[key]}
            self.found.issues.append(
                [Heard(proposal.lead, "", base, {key: (cells,)}, proposal=True)]
            )

    def hold_rows(self) -> None:
        """Ask about edits to withdrawn rows, then about answers that came apart: what is let
        through speaks on.
        """
        held: dict[str, list[Held]] = {}
        apart = not_replaced(
            self.found.detached, self.found.issues, self.plan, self.fields, self.superseded
        )
        for answers in held_rows(apart, self.plan, self.fields):
            places = (answers.row.target, answers.row.key)
            over = [key for key in places if self._is_withdrawn(key)]
            held.setdefault(over[0] if over else "", []).append(answers)
        heard = self._heard()
        for key in dict.fromkeys([*heard, *held]):
            if self._is_withdrawn(key):
                self._hold_withdrawn(key, heard.get(key, []), held.get(key, []))
        free = [
            answers
            for key, same in held.items()
            for answers in same
            if self._speaks(key, answers.row.lead)
        ]
        came = held_rows(self.found.detached, self.plan, self.fields)
        as_sent = [
            answers
            for answers in came
            if not any(map(self._is_withdrawn, (answers.row.target, answers.row.key)))
        ]
        self.questions += hold_detached(free, as_sent, self.plan, self.decisions)

    def _is_withdrawn(self, key: str) -> bool:
        return bool(key) and (key in self.withdrawn or key not in self.plan)

    def _hold_withdrawn(self, key: str, issues: Issues, held: Sequence[Held]) -> None:
        row = self._row(key)
        voices = self._voices(key, row, issues)
        waiting = [voice for said in voices.values() for voice in said if not voice.settled]
        if not (waiting or held):
            return
        candidates = [answers.candidate for answers in held]
        question = withdrawn_question(key, voices, row, candidates)
        if question is None:
            return
        labels = [voice.round for voice in waiting] + [one.row.heard.round for one in held]
        decision = self.decisions.on(question, labels) or self.decisions.on_more_than(
            question, labels
        )
        if decision:
            self.decisions.record(question, decision)
            self.opened[key] = decision
        else:
            self.questions.append(self.decisions.noted(question))

    def _speaks(self, key: str, lead: str) -> bool:
        """Whether what a lead says about a row counts now: always, unless the row is withdrawn and
        not let through.
        """
        if not self._is_withdrawn(key):
            return True
        return key in self.opened and allows(self.opened[key], lead)

    def _heard(self) -> dict[str, Issues]:
        """Every row that somebody returned, with the issues that it came back in."""
        heard: dict[str, Issues] = {}
        for issue in self.found.issues:
            # Most rows come back in one issue alone, and share this.
            alone = (issue,)
            for key in dict.fromkeys(key for back in issue for key in (*back.rows, *back.apart)):
                heard[key] = (*heard[key], issue) if key in heard else alone
        return heard

    def _row(self, key: str) -> Mapping[str, Value]:
        """The plan's row; where the plan has it no more, as somebody was last shown it."""
        if key in self.plan:
            return self.plan[key]
        base = next(
            (back.base for issue in self.found.issues for back in issue if key in back.base), {}
        )
        return {
            name: base_of(PlanCell(key, spec, BLANK), base) or BLANK
            for name, spec in self.fields.items()
        }

    def _cell(self, key: str, name: str, row: Mapping[str, Value]) -> PlanCell:
        gave = None if self.origins is None else frozenset(self.origins.get((key, name), ()))
        credit = self.credits.get((key, name), NOBODY)
        return PlanCell(key, self.fields[name], row[name], gave, credit.leads)

    def _voices(self, key: str, row: Mapping[str, Value], issues: Issues) -> Voices:
        """What is said about a row, one voice a lead in each cell."""
        voices: Voices = {}
        names = self._perhaps_moved(key, issues)
        if not names:
            return voices
        by_lead = [
            list(theirs)
            for _, theirs in groupby(issues, key=lambda issue: (issue[0].lead, _alone(issue)))
        ]
        for name in names:
            cell = self._cell(key, name, row)
            said = [
                voice for theirs in by_lead for voice in one_voice(cell, theirs, self.superseded)
            ]
            if said:
                voices[name] = said
        return voices

    def _perhaps_moved(self, key: str, issues: Issues) -> list[str]:
        """The fields of a row that came back otherwise than they were sent, typed alike or not, or
        that an earlier return had moved.
        """
        moved = set(self.gave.get(key, ()))
        for heard in (back for issue in issues for back in issue):
            shown = heard.base.get(key, {})
            if self.fresh and not heard.whole:
                shown = {**shown, **self.fresh}
            for said in heard.of(key):
                moved |= {
                    name
                    for name, value in _raw(said).items()
                    if name not in shown or not surely_same(value, shown[name])
                }
        return [name for name in self.fields if name in moved] if moved else []

    def weigh_rows(self) -> None:
        """Weigh every cell that somebody speaks about. Nothing that waits holds up another cell."""
        for key, issues in self._heard().items():
            row = self._row(key)
            voices = self._voices(key, row, issues)
            if not voices:
                continue
            if self._is_withdrawn(key):
                voices = {
                    name: [voice for voice in said if self._speaks(key, voice.lead)]
                    for name, said in voices.items()
                }
            if key not in self.plan and any(voices.values()):
                self.plan[key] = dict(row)
            now = self.master.get(key, {})
            self.notes += notes_on_row(key, voices, row, now, self.fields, self.credits)
            waits: set[str] = set()
            for name in sorted(voices, key=lambda name: bool(self.fields[name].beside)):
                if self.fields[name].beside in waits:
                    continue
                if self._weigh_cell(self._cell(key, name, row), voices[name]):
                    waits.add(name)

    def _weigh_cell(self, cell: PlanCell, said: Sequence[Voice]) -> bool:
        """Weigh one cell: whether a doubted value of it waits, or was left out."""
        before = len(self.decisions.answered)
        verdict = self.decisions.weigh(cell, said)
        if verdict.change:
            self.changes.append(verdict.change)
        if verdict.question:
            self.questions.append(verdict.question)
        self.outranked += verdict.outranked
        self.notes += notes_on_outranked(verdict.outranked, self.fields)
        if verdict.change:
            return False
        reasons = {one.decision.grounds.reason for one in self.decisions.answered[before:]}
        reasons |= {verdict.question.reason} if verdict.question else set()
        return "doubted" in reasons

    def result(self, offered: Offered) -> Merged:
        """Everything that came out, in the plan's order, then by field, then by lead."""
        order = PlanOrder(self.plan, self.fields)
        changes = sorted(self.changes, key=order.of_cell)
        moved = [change for change in changes if change.moves]
        for change in moved:
            self.plan[change.key][change.field] = change.new
        return Merged(
            merged=self.plan,
            changes=tuple(moved),
            questions=tuple(sorted([*self.questions, *offered.questions], key=order.of_cell)),
            notes=tuple(
                sorted([*self.notes, *notes_on_refused(self.found.refused)], key=order.of_note)
            ),
            proposals=tuple(offered.waiting),
            superseded=tuple(sorted({*self.superseded, *offered.superseded}, key=order.of_value)),
            outranked=tuple(sorted(self.outranked, key=order.of_value)),
            agreed=tuple(change for change in changes if not change.moves),
            refused=tuple(sorted(self.found.refused, key=order.of_value)),
            accepted=tuple(offered.accepted),
            answered=tuple(sorted(self.decisions.answered, key=order.of_answered)),
            resting=tuple(sorted(self.decisions.resting, key=order.of_answered)),
        )


def _alone(issue: Sequence[Heard]) -> int:
    """What keeps a proposal apart from its lead's own answers to the action that it is."""
    return id(issue) if issue[0].proposal else 0


def _raw(said: Row) -> Mapping[str, Plain]:
    """The values of a row, unread where they came so."""
    if isinstance(said, ReturnedCells):
        return said.raw
    return {name: one.value for name, one in said.items()}
