"""Taking a revision back: a new revision whose cells are as they were before it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from xlplan.plan.rounds import Revision
from xlplan.plan.values import Value
from xlplan.store.cells import CellName, read_sources, read_versions, sources_of
from xlplan.store.committing import Commits, NewVersion
from xlplan.store.engine import schema
from xlplan.store.engine.schema import cell
from xlplan.store.errors import NoRevision, UndoBlocked
from xlplan.store.questions import Questions
from xlplan.store.returns import Returns
from xlplan.store.rounds import Rounds


class Undo(Commits, Rounds, Returns, Questions):
    """Undo, and undo of an undo."""

    def undone(self) -> dict[int, int]:
        """Revisions that are taken back at present, each with the revision that did it."""
        return _undone(self.revisions())

    def undo(self, revision: int, *, at: str, by: str, note: str = "") -> int:
        """Take a revision back and return the new revision's number. What it had settled waits
        again.

        Items that it made are no longer in the plan (their history and keys stay). Undoing an undo
        brings all back.

        Raises:
            NoRevision: there is no such revision.
            UndoBlocked: it is init or a seeded point, taken back already, or later revisions
            changed its cells.
        """
        self._writing_to()
        past = self.revisions()
        _check_number(revision, past)
        touched = self._touched(revision)
        self._check_untouched(revision, past, touched)
        before = self._before(revision, f"as before revision {revision}")
        number = self._record(
            len(touched),
            kind="undo",
            at=at,
            by=by,
            note=note or f"takes back revision {revision}",
            # Officers take a merge of last round back in this one, and look for it there.
            round=current.id if (current := self.current_round()) else None,
            undoes=revision,
        )
        self._end(number, sorted(touched))
        self._put(number, before, self._ids())
        self._restore_mapping(revision, number)
        self.unsettle(revision, at=number)
        self._resettle(revision, number)
        self._reopen(revision)
        return number

    def _touched(self, *revisions: int) -> set[CellName]:
        """Cells that revisions wrote or ended."""
        moved = or_(cell.c.revision.in_(revisions), cell.c.ended.in_(revisions))
        return {
            (row.item, row.field) for row in self._writing_to().execute(select(cell).where(moved))
        }

    def _before(self, revision: int, reason: str) -> list[NewVersion]:
        """The versions that a revision ended, to be written again with those who said them."""
        connection, ended = self._writing_to(), cell.c.ended == revision
        sources = read_sources(connection, sources_of(ended))
        return [
            NewVersion(
                row.key,
                row.field,
                Value(row.text, row.canonical),
                sources.get((*name, row.revision), ()),
                reason,
            )
            for name, row in read_versions(connection, ended).items()
        ]

    def _check_untouched(self, revision: int, past: list[Revision], touched: set[CellName]) -> None:
        # Officers undo the last merge but one; what only undone revisions touched is free again.
        later = _standing_after(revision, past)
        blocked = {name: number for number in later for name in self._touched(number) & touched}
        mapped = (
            sorted(number for number in later if self._mapped(number))
            if self._mapped(revision)
            else []
        )
        if not blocked and not mapped:
            return
        # A mapping is one text: a later one cannot be kept while an earlier one is put back.
        refs = self._named(blocked) + [("the plan", "mapping")] * bool(mapped)
        moved = ", ".join(f"{ref} {field}" for ref, field in refs[:5]) + (
            " and others" if len(refs) > 5 else ""
        )
        numbers = ", ".join(str(number) for number in sorted({*blocked.values(), *mapped}))
        raise UndoBlocked(
            f"Revision {revision} cannot be taken back: {moved} moved again in revision {numbers}. "
            "Take that back first, or set the values by hand with `xlplan set`.",
            refs,
        )

    def _named(self, names: Iterable[CellName]) -> list[tuple[str, str]]:
        """Cells as (ref, field); the key where an item has no ref."""
        plan = self.snapshot()
        keys = {number: key for key, number in self._ids().items()}
        items = (
            (plan.items.get(keys[number]), keys[number], field) for number, field in sorted(names)
        )
        return [((named.text("ref") if named else "") or key, field) for named, key, field in items]

    def _mapped(self, revision: int) -> bool:
        revisions = schema.mapping.c.revision
        return (
            self._writing_to().execute(select(revisions).where(revisions == revision)).first()
            is not None
        )

    def _restore_mapping(self, revision: int, number: int) -> None:
        if self._mapped(revision):
            self.set_mapping(self.mapping_toml(revision - 1), number)


def _undone(past: Iterable[Revision]) -> dict[int, int]:
    """Newest first: an undo that is itself undone undoes nothing."""
    undone: dict[int, int] = {}
    for step in sorted(past, key=lambda step: -step.number):
        if step.undoes is not None and step.number not in undone:
            undone[step.undoes] = step.number
    return undone


def _check_number(revision: int, past: list[Revision]) -> None:
    known = next((step for step in past if step.number == revision), None)
    if known is None:
        raise NoRevision(f"There is no revision {revision}. `xlplan log` lists them.")
    if revision <= 1:
        raise UndoBlocked(f"Revision {revision} is where the plan begins; it cannot be taken back.")
    by = _undone(past).get(revision)
    if by is not None:
        raise UndoBlocked(
            f"Revision {revision} is taken back already, by revision {by}; undo {by} to bring it "
            "back."
        )


def _standing_after(revision: int, past: list[Revision]) -> list[int]:
    """Later revisions, without those that were taken back meanwhile and the undos that did it."""
    later = [step for step in past if step.number > revision]
    undone = {number: by for number, by in _undone(later).items() if number > revision}
    spent = {*undone, *undone.values()}
    return [step.number for step in later if step.number not in spent]
