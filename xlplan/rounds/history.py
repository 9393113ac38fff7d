"""log: revisions, or one action's history, cell by cell, with source; undo, close, check, backup,
restore.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import Revision
from xlplan.plan.values import Value
from xlplan.reports.documents import SYSTEM_FIELDS, Document, Documents
from xlplan.rounds.compared.comparing import compare
from xlplan.rounds.compared.not_taken import LeftOut, left_out
from xlplan.rounds.merging import close_answered
from xlplan.rounds.owners.named import check_field, find_action
from xlplan.rounds.papers.undone import Renamed, rename_papers
from xlplan.rounds.session.session import NothingDone, Session
from xlplan.store import Store, UndoBlocked


@dataclass(frozen=True, slots=True)
class Revisions:
    """Every committed state of the plan, oldest first."""

    revisions: list[Revision]

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of log."""
        return {
            "revisions": [
                {
                    "revision": revision.number,
                    "at": revision.at or None,
                    "by": revision.by,
                    "kind": revision.kind,
                    "changes": revision.changes,
                    "note": revision.note,
                }
                for revision in self.revisions
            ]
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one cell in an action's history."""

    revision: int
    at: str
    field: str
    old: Value | None
    new: Value
    by: str
    sources: list[Document]
    reason: str


@dataclass(frozen=True, slots=True)
class ActionHistory:
    """What happened to one action, oldest first, and what was said of it and not taken."""

    key: str
    ref: str
    steps: list[Step]
    say: Documents
    left_out: list[LeftOut] = field(default_factory=list)

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of log REF."""
        return {
            "key": self.key,
            "ref": self.ref or None,
            "history": [
                {
                    "revision": step.revision,
                    "at": step.at or None,
                    "field": step.field,
                    "old": self.say.value(step.old, step.field),
                    "new": self.say.value(step.new, step.field),
                    "by": step.by,
                    "sources": step.sources,
                    "reason": step.reason or None,
                }
                for step in self.steps
            ],
            "not_taken": [
                {
                    "revision": one.revision,
                    "field": one.field,
                    "value": self.say.value(one.value, one.field),
                    "sources": [self.say.source(one.source)],
                    "reason": one.why,
                }
                for one in self.left_out
            ],
        }


def revisions(session: Session) -> Revisions:
    """All revisions, the seeded points of the source's history first."""
    with Store.open(session.plan) as store:
        return Revisions(store.revisions())


def action_history(session: Session, ref: str, field: str = "") -> ActionHistory:
    """One action's history, or one field's of it.

    Raises:
        NothingDone: no such action or field.
    """
    with Store.open(session.plan) as store:
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        action = find_action(plan, ref)
        check_field(field, mapping, [action])
        steps = _steps(store, action, mapping, plan, field)
        others = left_out(store, action, mapping, field)
        return ActionHistory(
            action.key, action.text("ref"), steps, Documents(plan, mapping), others
        )


def _steps(store: Store, action: Item, mapping: PlanMapping, plan: Plan, field: str) -> list[Step]:
    say = Documents(plan, mapping)
    last: dict[str, Value] = {}
    steps = []
    for version in store.history(action.key, field or None):
        if version.field in SYSTEM_FIELDS:
            continue
        value = Value(version.text, version.canonical)
        sources = [say.source(source) for source in version.sources]
        if last.get(version.field, Value("", "")) != value:
            steps.append(
                Step(
                    version.revision,
                    version.at,
                    version.field,
                    last.get(version.field),
                    value,
                    version.by,
                    sources,
                    version.reason,
                )
            )
        last[version.field] = value
    return sorted(steps, key=lambda step: step.revision)


@dataclass(frozen=True, slots=True)
class Undone:
    """An undo: the new revision, and the one it took back."""

    revision: int
    undone: int
    papers: Renamed = field(default_factory=Renamed)

    @property
    def exit_status(self) -> int:
        """1 when a paper of what was taken back could not be marked."""
        return int(bool(self.papers.left))

    def document(self) -> Document:
        """The JSON document of undo."""
        return {
            "revision": self.revision,
            "undone": self.undone,
            "papers": self.papers.papers,
            "not_marked": self.papers.left,
        }


def undo(session: Session, revision: int | None = None) -> Undone:
    """Take back the last merge, or another revision where nothing later touched its cells; its
    papers are renamed.

    Raises:
        NothingDone: there is nothing to take back, or a later revision stands in the way.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        target = revision if revision is not None else _last_to_undo(store)
        # Revision 1 is the office's workbook: without it there is no plan.
        if target is None or target < 2 or target > store.latest:
            raise NothingDone(
                f"Revision {target} cannot be undone."
                if target is not None
                else "There is no merge to undo.",
                "See `xlplan log`.",
            )
        try:
            number = store.undo(target, at=session.stamp, by=session.by)
            if _kind_of(store, target) == "undo":
                # What stands again has answered its questions again.
                close_answered(store, compare(store), number)
            return Undone(number, target, rename_papers(session, store))
        except UndoBlocked as trouble:
            cells = ", ".join(f"{ref} {name}" for ref, name in trouble.refs)
            raise NothingDone(
                f"Revision {target} cannot be undone: later revisions changed {cells}.",
                "Undo those first.",
            ) from trouble


def _kind_of(store: Store, revision: int) -> str:
    return next(one.kind for one in store.revisions() if one.number == revision)


def _last_to_undo(store: Store) -> int | None:
    """The last merge that stands; where there is none, the last thing that the office changed
    itself.
    """
    taken_back = store.undone()
    standing = [
        revision
        for revision in store.revisions()
        if revision.number > 1 and revision.kind != "undo" and revision.number not in taken_back
    ]
    # `undo` is typed after a merge that came too soon, before the last lead had answered.
    merges = [one for one in standing if one.kind == "merge"]
    last = (merges or standing)[-1:]
    return last[0].number if last else None
