"""merge: put what waits and is decided into the plan, as one revision; then tell the board."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlplan.mapping.keys import rag_scale
from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Change
from xlplan.plan.findings.finding import Finding
from xlplan.plan.model import Item
from xlplan.plan.status import settle
from xlplan.plan.values import BLANK, Value
from xlplan.reports.documents import SYSTEM_FIELDS, Document, Documents
from xlplan.rounds.compared.accepting import accepted_items, credits
from xlplan.rounds.compared.comparing import AskedRows, CellId, Waiting, compare
from xlplan.rounds.compared.doubted_dates import confirmed_changes, waits_beside
from xlplan.rounds.compared.new_sections import made_sections
from xlplan.rounds.compared.remembered import told_of_decisions
from xlplan.rounds.reporting import MERGING, write_papers
from xlplan.rounds.session.session import Session
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class MergedRound:
    """What a merge did. `revision` is None when nothing was there to merge, or nothing was to be
    kept.
    """

    revision: int | None
    changes: list[Change]
    new_actions: list[Item]
    open_questions: int
    say: Documents
    master: str = ""
    reports: tuple[str, ...] = ()
    stopped: bool = False
    dry_run: bool = False
    unwritten: str = ""
    """Why the master and the report were not written; the revision stands all the same."""
    findings: list[Finding] = field(default_factory=list)
    """What became of earlier decisions on the cells that were merged."""

    @property
    def exit_status(self) -> int:
        """1 while a question is open, or when the master and the report are still to be written."""
        return int(self.open_questions > 0 or bool(self.unwritten))

    def document(self) -> Document:
        """The JSON document of merge."""
        return {
            "revision": self.revision,
            "changes": [
                self.say.change(change)
                for change in self.changes
                # Where a new row stands in the layout is written, and told nowhere.
                if change.field not in SYSTEM_FIELDS
            ],
            "cells": len(self.changes),
            "new_actions": [
                {"key": item.key, "ref": item.text("ref") or None} for item in self.new_actions
            ],
            "open_questions": self.open_questions,
            "master": self.master or None,
            "reports": list(self.reports),
            "dry_run": self.dry_run,
            "unwritten": self.unwritten or None,
            "findings": [self.say.finding(found) for found in self.findings],
        }


def merge_round(
    session: Session, *, dry_run: bool = False, strict: bool = False, out: Path | None = None
) -> MergedRound:
    """Merge, then write the papers: the master and the report, into `out` or below workbooks/.

    When these cannot be written, the revision stands and `unwritten` says why.

    With `dry_run` everything happens on a copy; with `out` too, the papers are written, marked
    DRAFT. With `strict` nothing is merged while a question is open.
    """
    if dry_run:
        return _try(session, strict=strict, out=out)
    merged = merge(session, strict=strict)
    if merged.revision is None:
        return merged
    try:
        papers = write_papers(session, merged.revision, out=out)
    # A workbook open in Excel, a full drive, a fault of ours: the merge is done, and whatever went
    # wrong with its papers must not sound as if it were not.
    except Exception as trouble:
        return replace(merged, unwritten=str(trouble) or type(trouble).__name__)
    return replace(merged, master=papers.master, reports=papers.reports)


def _try(session: Session, *, strict: bool, out: Path | None) -> MergedRound:
    with tempfile.TemporaryDirectory(prefix="xlplan-") as scratch:
        copy = Path(scratch) / "plan.db"
        shutil.copyfile(session.plan, copy)
        trial = replace(session, plan=copy)
        merged = merge(trial, strict=strict)
        if merged.revision is not None and out is not None:
            papers = write_papers(trial, merged.revision, out=out, draft=True)
            merged = replace(merged, master=papers.master, reports=papers.reports)
        return replace(merged, revision=None, dry_run=True)


def merge(session: Session, *, strict: bool = False) -> MergedRound:
    """Put what waits and is decided into the plan, in one transaction, recomputed as it is applied.

    It writes no workbook. With `strict` nothing is merged while a question is open.
    """
    with Store.open(session.plan) as store:
        with store.writing(session.by):
            session.progress(MERGING, 0, 3)
            waiting = compare(store)
            left = waiting.open
            if strict and left:
                say = Documents(waiting.plan, waiting.mapping)
                return MergedRound(None, [], [], left, say, stopped=True)
            session.progress(MERGING, 1, 3)
            revision, changes, items = _apply(session, store, waiting)
        say = Documents(store.snapshot(), waiting.mapping)
        findings = told_of_decisions(waiting)
        return MergedRound(revision, changes, items, left, say, findings=findings)


def _apply(
    session: Session, store: Store, waiting: Waiting
) -> tuple[int | None, list[Change], list[Item]]:
    """Commit the changes and accepted proposals as one revision; what they answer is settled, what
    is open waits on.
    """
    made = made_sections(waiting, store)
    waiting = made.compared
    items = accepted_items(waiting, store)
    changes = with_reasons(waiting.merged.changes)
    settled = (*waiting.merged.answered, *waiting.confirmed)
    changes += confirmed_changes(changes, settled, waiting.plan)
    if not (changes or items or made.items):
        # Leads type what the plan has already: that is answered, and no revision is needed for it.
        store.settle(_settled(waiting), store.latest)
        return None, [], []
    changes += follow_status(waiting, changes)
    this_round = store.current_round()
    revision = store.commit(
        [*changes, *made.credits, *credits(items, waiting.accepted)],
        [*made.items, *items],
        kind="merge",
        at=session.stamp,
        by=session.by,
        round=this_round.id if this_round else None,
    )
    store.settle(_settled(waiting), revision)
    close_answered(store, waiting, revision)
    said = [*made.credits, *credits(items, waiting.accepted)]
    return revision, [*changes, *cells_of([*made.items, *items], said)], items


def cells_of(items: Iterable[Item], said: Iterable[Change]) -> list[Change]:
    """Every cell of new items as the log counts them, credited to whoever said it."""
    sources = {(change.key, change.field): change.sources for change in said}
    return [
        Change(item.key, name, BLANK, value, sources.get((item.key, name), ()), _NEW)
        for item in items
        for name, value in item.values.items()
        if value
    ]


def close_answered(store: Store, waiting: Waiting, revision: int) -> None:
    """Numbers of questions that are no longer asked are not given to the next question about the
    same cell.
    """
    still = {question.id for question in waiting.questions}
    still |= {proposal.id for proposal in waiting.proposals}
    # Officers write C7 into mails and minutes: it must not come to mean another question.
    for identity in store.question_ids().values():
        if identity not in still:
            store.close_question(identity, revision)


def with_reasons(changes: Iterable[Change]) -> list[Change]:
    """The reason that a lead gave for a new due date is stored with that change."""
    listed = list(changes)
    reasons = {change.key: change.new.text for change in listed if change.field == "due_reason"}
    return [
        replace(change, reason=reasons.get(change.key, change.reason))
        if change.field == "due"
        else change
        for change in listed
    ]


_NEW = "a new action"
_FOLLOWS = {"rag": "follows the rating", "table": "follows the table", "ref": "follows the ref"}
"""What the status of an action depends on, the first before the next, and the reason it gives."""


def follow_status(waiting: Waiting, changes: Iterable[Change]) -> list[Change]:
    """An action rated closed, or moved to a table of completed ones, is completed; one rated anew
    is open again.
    """
    moved: dict[str, dict[str, Change]] = {}
    for change in changes:
        moved.setdefault(change.key, {})[change.field] = change
    statuses = []
    for key, theirs in moved.items():
        item = waiting.plan.items.get(key)
        if (
            item is None
            or item.kind != "action"
            or "status" in theirs
            or not _FOLLOWS.keys() & theirs.keys()
        ):
            continue
        status = _new_status(item, theirs, waiting.mapping)
        statuses += [status] if status is not None else []
    return statuses


def _new_status(item: Item, moved: dict[str, Change], mapping: PlanMapping) -> Change | None:
    """The status that an action takes by what moved; None when it keeps its own."""
    # Leads go on rating an action that ended while their workbook was out.
    if item.text("status") == "withdrawn":
        return None
    after = Item(
        item.key, item.kind, {**item.values, **{name: change.new for name, change in moved.items()}}
    )
    status = settle(
        after.text("ref"),
        after.text("rag"),
        table_status(after, mapping),
        rag_scale(mapping),
        mapping.new_refs,
    )
    if status == item.text("status"):
        return None
    name, reason = next((name, why) for name, why in _FOLLOWS.items() if name in moved)
    return Change(
        item.key, "status", item.get("status"), Value(status, status), moved[name].sources, reason
    )


def table_status(item: Item, mapping: PlanMapping) -> str:
    """What the table that an action was published in says of its actions."""
    # Plans move what is done to a sheet of its own, "Completed actions".
    for table in mapping.tables:
        if item.text("table") in {table.name, table.sheet}:
            return table.status
    return "open"


def _settled(waiting: Waiting) -> list[CellId]:
    """Every waiting cell that no open question holds: merged, decided, superseded, or equal to the
    plan already.
    """
    held = {(question.key, question.field) for question in waiting.questions}
    held |= waits_beside(waiting.questions)
    asked_rows = AskedRows.of(waiting.questions)
    open_rows = {
        (source.returned, source.sheet, source.cell)
        for proposal in waiting.proposals
        for source in proposal.sources or (proposal.source,)
    }
    cells = []
    for taken, row, cell in waiting.waiting_cells:
        if row.kind == "proposed":
            is_open = any((taken.id, typed.sheet, typed.cell) in open_rows for typed in row.cells)
        else:
            is_open = (row.home, cell.field) in held or asked_rows.hold(taken, row)
        if not is_open:
            cells.append((taken.id, row.position, cell.field))
    return cells
