"""Compare what waits with the plan as it is now: the store's returns become the merge's, and its
answer is numbered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.merge import (
    BY_APPEND,
    BY_WORST,
    Answered,
    Credit,
    Field,
    Merged,
    NotTaken,
    three_way,
)
from xlplan.plan.changes import Change, Proposal, Question
from xlplan.plan.grounds import ROW
from xlplan.plan.model import Plan
from xlplan.plan.rounds import StoredCell, StoredReturn, StoredRow
from xlplan.plan.text.likeness import alike
from xlplan.rounds.compared.doubted_dates import PREFIX, answered, held_by_plan, noted
from xlplan.rounds.compared.edition_news import ASKED, edition_question
from xlplan.rounds.compared.fields import lead_fields, merge_fields
from xlplan.rounds.compared.places import placed
from xlplan.rounds.compared.speaking import (
    ReturnsForMerge,
    proposed_before,
    table_of,
)
from xlplan.store import Store

CellId = tuple[int, int, str]
"""A cell of a return: the return's number, the row's position in it, the field."""

_ALIKE = 0.8
_BY_RULE = {BY_WORST: "the worst rating of those given", BY_APPEND: "added to what stands there"}
_SPEAK = frozenset({"waiting", "superseded", "unchanged"})


@dataclass(frozen=True, slots=True)
class AskedRows:
    """Rows that open questions hold with all that they say: `apart` as (return, key), `whole` by
    key.
    """

    apart: frozenset[tuple[int, str]]
    whole: frozenset[str]

    @classmethod
    def of(cls, questions: Iterable[Question]) -> AskedRows:
        """The rows that these questions hold."""
        row_questions = [question for question in questions if question.field == ROW]
        apart = frozenset(
            (candidate.source.returned, candidate.stands)
            for each in row_questions
            for candidate in each.candidates
            if candidate.stands
        )
        return cls(
            apart,
            frozenset(
                one.key for one in row_questions if one.reason not in {"detached", "edition"}
            ),
        )

    def hold(self, taken: StoredReturn, row: StoredRow) -> bool:
        """Whether one of the questions holds a row of a return."""
        return row.home in self.whole or (row.kind == "held" and (taken.id, row.key) in self.apart)


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits, against the plan as it is now. Questions and proposals carry their
    numbers.
    """

    plan: Plan
    mapping: PlanMapping
    merged: Merged
    questions: tuple[Question, ...]
    proposals: tuple[Proposal, ...]
    returns: tuple[StoredReturn, ...]
    accepted: tuple[Proposal, ...] = ()
    to_confirm: tuple[Question, ...] = ()
    """Doubted dates that the plan holds: they stop nothing, and count among no open questions."""
    confirmed: tuple[Answered, ...] = ()

    @property
    def waiting_cells(self) -> list[tuple[StoredReturn, StoredRow, StoredCell]]:
        """Every cell that is neither merged nor decided yet."""
        return [
            (taken, row, cell)
            for taken in self.returns
            for row in taken.rows
            for cell in row.cells
            if cell.settled is None
        ]

    @property
    def decided(self) -> list[Answered]:
        """What was decided and waits for the merge: it may be decided otherwise until then."""
        return [*self.merged.answered, *self.confirmed]

    @property
    def open(self) -> int:
        """How much waits for the officer."""
        return len(self.questions) + len(self.proposals)


class Comparison:
    """One comparison over one store: snapshots and issues are looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.plan = store.snapshot()
        self.mapping = load_text(store.mapping_toml(), "the mapping in use")

    @cached_property
    def fields(self) -> dict[str, Field]:
        """What a return may move, as the merge knows it."""
        return merge_fields(self.mapping)

    def run(self) -> Waiting:
        """Compare, and number what waits for the officer. Inside `store.writing`: numbering
        writes.
        """
        received = self.store.returns()
        returns = [taken for taken in received if taken.status in _SPEAK]
        rounds = {known_round.id: known_round.name for known_round in self.store.rounds()}
        speaking = ReturnsForMerge(self.store, self.fields, rounds, proposed_before(returns))
        speaking.look_up(returns)
        heard = [speaking.returns_of(taken) for taken in returns]
        merged = three_way(
            table_of(self.plan, self.fields),
            [one for waiting, _ in heard for one in waiting],
            self.fields,
            settled=[one for _, settled in heard for one in settled],
            origins={},
            credits=self._credits({key for key, _ in speaking.waits}, returns),
            # Offices end actions while workbooks are out, and leads go on answering about them.
            withdrawn=frozenset(
                item.key
                for item in self.plan.of_kind("action")
                if item.text("status") == "withdrawn"
            ),
            decisions=tuple(self.store.decisions()),
            rounds=tuple(rounds.values()),
        )
        merged = _in_words(self._within_rights(merged))
        self._mark_superseded(merged.superseded, returns, speaking)
        editions = {taken.id for taken in returns if speaking.is_edition(taken)}
        # What the office adds to its own plan needs nobody's leave.
        own = [proposal for proposal in merged.proposals if proposal.source.returned in editions]
        accepted, unplaced = placed(merged.accepted, self.store.decisions(), self.plan)
        for_approval = [*(one for one in merged.proposals if one not in own), *unplaced]
        doubted = list(held_by_plan(self.plan, self.mapping, self.store))
        confirmed = answered(doubted, self.store.decisions())
        decided = {one.decision.question for one in confirmed}
        return Waiting(
            plan=self.plan,
            mapping=self.mapping,
            merged=merged,
            questions=(
                *(self._whether_ours(taken) for taken in received if taken.status == "asked"),
                *(
                    noted(self._numbered(question, merged), returns, self.mapping)
                    for question in merged.questions
                ),
            ),
            proposals=tuple(self._numbered_proposal(one) for one in for_approval),
            returns=tuple(returns),
            accepted=(*accepted, *own),
            to_confirm=tuple(one for one in doubted if one.id not in decided),
            confirmed=tuple(confirmed),
        )

    def _within_rights(self, merged: Merged) -> Merged:
        """Leads move only what leads fill in: a proposal that is an action of the plan leaves its
        text alone.
        """
        theirs = lead_fields(self.mapping)
        office = self.mapping.office.name

        def stands(one: Change | Question, leads: set[str]) -> bool:
            return one.field in theirs or one.field == ROW or office in leads or not leads

        return replace(
            merged,
            changes=tuple(
                change
                for change in merged.changes
                if stands(change, {said.lead for said in change.sources})
            ),
            questions=tuple(
                question
                for question in merged.questions
                if stands(question, {said.source.lead for said in question.candidates})
            ),
        )

    def _credits(
        self, keys: Iterable[str], returns: Iterable[StoredReturn]
    ) -> dict[tuple[str, str], Credit]:
        """Who gave the master its present values, in rows of which something waits; nobody where
        the office had a hand in it.
        """
        leads = {taken.lead for taken in returns} - {self.mapping.office.name}
        rounds = {each.id: each.name for each in self.store.rounds()}
        said_in = {each.number: rounds.get(each.round or 0, "") for each in self.store.revisions()}
        credits: dict[tuple[str, str], Credit] = {}
        for key in keys:
            for version in self.store.history(key):
                names = frozenset(said.lead for said in version.sources)
                if version.ended is None and names and names <= leads:
                    label = said_in.get(version.revision, "")
                    credits[key, version.field] = Credit(names, label)
        return credits

    def _mark_superseded(
        self,
        replaced: Iterable[NotTaken],
        returns: Iterable[StoredReturn],
        speaking: ReturnsForMerge,
    ) -> None:
        """Keep in the store which cells a newer return of their lead replaced. What is taken out
        again gives way.
        """
        replaced_cells = {
            (one.source.returned, one.field, one.source.sheet, one.source.cell) for one in replaced
        }
        marked: dict[bool, list[CellId]] = {True: [], False: []}
        for taken in returns:
            for row in taken.rows:
                for cell in row.cells:
                    now = (taken.id, cell.field, cell.sheet, cell.cell) in replaced_cells
                    if now == cell.superseded or cell.value == cell.shown:
                        continue
                    if (
                        not row.key
                        or (taken.lead, speaking.root_of(taken, row), row.home, cell.field)
                        in speaking.spoken
                    ):
                        marked[now].append((taken.id, row.position, cell.field))
        for superseded, cells in marked.items():
            self.store.supersede(cells, superseded)

    def _numbered(self, question: Question, merged: Merged) -> Question:
        number = self.store.number_question(
            question.grounds,
            _numbered_by(question),
            question.field,
            prefix=PREFIX if question.reason == "doubted" else "C",
        )
        about = (
            {candidate.to for candidate in question.candidates}
            if question.reason == "detached"
            else {question.key}
        )
        beside = (
            note.text for note in merged.notes if note.key in about and note.field != question.field
        )
        # An office deletes a row of its master to end the action, or loses it while sorting.
        missing = (
            "Its row is missing in the workbook that came back."
            if question.field == "status"
            else ""
        )
        apart = _apart(question) if question.reason == "detached" else ""
        note = " ".join(
            part for part in dict.fromkeys([apart, question.note, missing, *beside]) if part
        )
        return replace(question, id=number, note=note)

    def _whether_ours(self, taken: StoredReturn) -> Question:
        """The question about a file that says it is the office's edition: one a file, by its
        bytes.
        """
        news = next(
            found for found in self.store.findings(return_id=taken.id) if found.code == ASKED
        )
        question = edition_question(taken, news, self.mapping.office.name)
        number = self.store.number_question(question.grounds, taken.sha256, ROW, prefix="E")
        return replace(question, id=number)

    def _numbered_proposal(self, proposal: Proposal) -> Proposal:
        text = proposal.values.get("action")
        number = self.store.number_question(
            proposal.grounds, proposal.grounds.text, "proposed", prefix="P"
        )
        # Leads propose in words of their own what the plan has already.
        like = (
            action.text("ref")
            for action in self.plan.actions
            if text and alike(text.text, action.text("action")) >= _ALIKE
        )
        return replace(proposal, id=number, like=tuple(dict.fromkeys([*proposal.like, *like])))


def _in_words(merged: Merged) -> Merged:
    """Changes that a rule of the mapping made say so in words."""
    return replace(
        merged,
        changes=tuple(
            replace(change, reason=_BY_RULE.get(change.reason, change.reason))
            for change in merged.changes
        ),
    )


def _apart(question: Question) -> str:
    """What happened to answers that do not carry the code of their rows."""
    file = question.candidates[0].source.file
    # A sort of the inputs takes their hidden code along; filling down or pasting writes over it.
    if any(candidate.stands != candidate.to for candidate in question.candidates):
        return f"Sorted apart: {file}."
    return f"Filled down, copied or pasted, without a code of their own: {file}."


def _numbered_by(question: Question) -> str:
    """What a question keeps its number by: its row; about answers that came apart, the file that
    they stand in.
    """
    return (
        f"return {question.candidates[0].source.returned}"
        if question.reason == "detached"
        else question.key
    )


def compare(store: Store) -> Waiting:
    """Compare all that waits in the store with the plan as it is now."""
    return Comparison(store).run()
