"""Compare what waits with the plan as it is now: the store's returns become the merge's, and its answer is numbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from xlplan.mapping.keys import rag_scale
from xlplan.mapping.load import load_text
from xlplan.mapping.model import Mapping
from xlplan.merge import Field, Merged, Return, ReturnedRow, three_way
from xlplan.plan.changes import Proposal, Question, Source
from xlplan.plan.likeness import alike
from xlplan.plan.model import Plan
from xlplan.plan.rounds import Issue, TakenCell, TakenReturn, TakenRow
from xlplan.plan.values import Table, Value
from xlplan.store import Store
from xlplan.workbook.words import NO_CHANGE

CellId = tuple[int, int, str]
"""A cell of a return: the return's number, the row's position in it, the field."""

_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Compared:
    """All that waits, against the plan as it is now. Questions and proposals carry their numbers."""

    plan: Plan
    mapping: Mapping
    merged: Merged
    questions: tuple[Question, ...]
    proposals: tuple[Proposal, ...]
    returns: tuple[TakenReturn, ...]

    @property
    def waiting_cells(self) -> list[tuple[TakenReturn, TakenRow, TakenCell]]:
        """Every cell that is neither merged nor put aside yet."""
        return [
            (taken, row, cell)
            for taken in self.returns
            for row in taken.rows
            for cell in row.cells
            if cell.settled is None and not cell.superseded
        ]


class Comparison:
    """One comparison over one store: snapshots and issues are looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.plan = store.snapshot()
        self.mapping = load_text(store.mapping_toml(), "the mapping in use")

    @cached_property
    def fields(self) -> dict[str, Field]:
        """What leads may edit, as the merge knows it. A tick for "no change" is no value of the plan."""
        scale = rag_scale(self.mapping)
        return {
            key: Field(
                key=key,
                type=spec.type,
                rule=spec.merge,
                fresh=spec.input == "fresh",
                scale=scale if spec.type == "rag" else None,
            )
            for key, spec in self.mapping.fields.items()
            if spec.edit == "lead" and key != NO_CHANGE
        }

    @cached_property
    def _master(self) -> Table:
        return {item.key: {name: item.get(name) for name in self.fields} for item in self.plan.of_kind("action")}

    def run(self) -> Compared:
        """Compare, and number what waits for the officer. Inside `store.writing`: numbering writes."""
        returns = [taken for taken in self.store.returns() if taken.status in {"waiting", "superseded"}]
        waiting = self._waiting_cells(returns)
        merged = three_way(
            self._master,
            [one for taken in returns for one in self._returns_of(taken, waiting)],
            self.fields,
            origins=self._origins(waiting),
            withdrawn=frozenset(item.key for item in self.plan.of_kind("action") if item.text("status") == "withdrawn"),
            decisions=tuple(self.store.decisions()),
        )
        return Compared(
            plan=self.plan,
            mapping=self.mapping,
            merged=merged,
            questions=tuple(self._numbered(question) for question in merged.questions),
            proposals=tuple(self._numbered_proposal(one) for one in merged.proposals),
            returns=tuple(returns),
        )

    def _waiting_cells(self, returns: Iterable[TakenReturn]) -> set[tuple[str, str, str]]:
        """(lead, key, field) of all that waits."""
        return {
            (taken.lead, row.key, cell.field)
            for taken in returns
            for row in taken.rows
            for cell in row.cells
            if row.key and cell.settled is None and not cell.superseded
        }

    def _returns_of(self, taken: TakenReturn, waiting: set[tuple[str, str, str]]) -> list[Return]:
        """A file as the merge knows it: one return for each issue whose rows are in it, each with its own base."""
        by_issue: dict[str, list[TakenRow]] = {}
        for row in taken.rows:
            if row.kind in {"answered", "held"} and row.key:
                issued = self.store.token(row.token)
                by_issue.setdefault(issued[0].id if issued else taken.issue, []).append(row)
            elif row.kind == "proposed":
                by_issue.setdefault(taken.issue, []).append(row)
        return [self._return(taken, issue, rows, waiting) for issue, rows in by_issue.items()]

    def _return(
        self, taken: TakenReturn, issue_id: str, rows: list[TakenRow], waiting: set[tuple[str, str, str]]
    ) -> Return:
        issue = self.store.issue(issue_id)
        assert issue is not None, f"a return was taken in for the issue {issue_id}, which the store does not have"
        return Return(
            lead=taken.lead,
            base=self._base(issue),
            rows=[self._row(taken, row, waiting) for row in rows],
            scope=frozenset(issued.key for issued in self.store.rows_of(issue_id)),
            arrival=(taken.saved_at or taken.arrived_at, taken.arrived_at, taken.id),
            name=taken.name,
        )

    def _base(self, issue: Issue) -> Table:
        shown = self.store.snapshot(issue.revision)
        return {
            row.key: {name: shown.items[row.key].get(name) for name in self.fields}
            for row in self.store.rows_of(issue.id)
            if row.key in shown.items
        }

    def _row(self, taken: TakenReturn, row: TakenRow, waiting: set[tuple[str, str, str]]) -> ReturnedRow:
        """What still speaks in a row. A cell merged earlier speaks again only beside a newer word of the same lead."""
        speaking = {
            cell.field: cell
            for cell in row.cells
            if not cell.superseded
            and (cell.settled is None or (taken.lead, row.key, cell.field) in waiting)
            and (cell.field in self.fields or row.kind == "proposed")
        }
        at = taken.saved_at or taken.arrived_at
        values: dict[str, Value | str | None] = {name: cell.value for name, cell in speaking.items()}
        sources = {name: Source(taken.lead, taken.name, cell.sheet, cell.cell, at) for name, cell in speaking.items()}
        return ReturnedRow(key=row.key, values=values, sources=sources, detached=row.note if row.kind == "held" else "")

    def _origins(self, waiting: set[tuple[str, str, str]]) -> dict[tuple[str, str], frozenset[str]]:
        """Who alone gave the master its present value, for cells that wait: their own earlier word is no move."""
        origins: dict[tuple[str, str], frozenset[str]] = {}
        for _, key, name in waiting:
            versions = self.store.history(key, name)
            if versions and versions[-1].sources:
                origins[key, name] = frozenset(source.lead for source in versions[-1].sources)
        return origins

    def _numbered(self, question: Question) -> Question:
        number = self.store.number_question(question.fingerprint, question.key, question.field)
        return replace(question, id=number)

    def _numbered_proposal(self, proposal: Proposal) -> Proposal:
        text = proposal.values.get("action")
        print_of = f"{proposal.lead}\x1f{text.canonical if text else ''}"
        number = self.store.number_question(print_of, print_of, "proposed", prefix="P")
        like = tuple(
            action.text("ref")
            for action in self.plan.actions
            if text and alike(text.text, action.text("action")) >= _ALIKE
        )
        return replace(proposal, id=number, like=like)


def compare(store: Store) -> Compared:
    """Compare all that waits in the store with the plan as it is now."""
    return Comparison(store).run()
