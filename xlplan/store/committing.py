"""Writing the plan: one new revision with its new items and changed cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from xlplan.plan.changes import Change, Source
from xlplan.plan.model import Item, Plan
from xlplan.plan.values import BLANK, Value
from xlplan.store.cells import CellName, Cells
from xlplan.store.engine import schema
from xlplan.store.engine.schema import cell, item, source
from xlplan.store.errors import MovedMeanwhile, StoreError


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to write: whose cell, its new value, who said it, and why."""

    key: str
    field: str
    value: Value
    sources: tuple[Source, ...] = ()
    reason: str = ""


class Commits(Cells):
    """New revisions."""

    def commit(
        self,
        changes: Iterable[Change],
        new_items: Iterable[Item] = (),
        *,
        kind: str,
        at: str,
        by: str,
        note: str = "",
        round: int | None = None,
        undoes: int | None = None,
    ) -> int:
        """Write one revision and return its number. A change on a new item's cell says who its
        value came from.

        Raises:
            MovedMeanwhile: a change's old value is not the plan's (compared by meaning).
            StoreError: an unknown or used key, a cell changed twice, or a new item without any
            value.
        """
        self._writing_to()
        new, wanted = list(new_items), list(changes)
        self._check_new(new)
        written = _written(wanted, new, self.snapshot())
        number = self._record(
            len(written), kind=kind, at=at, by=by, note=note, round=round, undoes=undoes
        )
        self._add_items(new)
        ids = self._ids()
        self._end(number, [(ids[one.key], one.field) for one in written])
        self._put(number, written, ids)
        return number

    def set_mapping(self, toml: str, revision: int) -> None:
        """Keep the mapping's text as in use from a revision on."""
        self._writing_to().execute(insert(schema.mapping).values(revision=revision, toml=toml))

    def _check_new(self, new: Sequence[Item]) -> None:
        used = self._ids()
        for one in new:
            if one.key in used:
                raise StoreError(
                    f"The key {one.key} belongs to another item; keys are never used again."
                )
            used[one.key] = 0

    def _record(
        self,
        changes: int,
        *,
        kind: str,
        at: str,
        by: str,
        note: str,
        round: int | None,
        undoes: int | None,
    ) -> int:
        number = self._count("revision")
        values = {"kind": kind, "at": at, "by": by, "note": note, "round": round, "undoes": undoes}
        self._writing_to().execute(
            insert(schema.revision).values(number=number, changes=changes, **values)
        )
        return number

    def _ids(self) -> dict[str, int]:
        return {
            row.key: row.id for row in self._writing_to().execute(select(item.c.key, item.c.id))
        }

    def _add_items(self, new: Sequence[Item]) -> None:
        if new:
            self._writing_to().execute(
                insert(item), [{"key": one.key, "kind": one.kind} for one in new]
            )

    def _end(self, number: int, names: Sequence[CellName]) -> None:
        """End the open versions of cells, where they have one."""
        query = (
            update(cell)
            .where(
                cell.c.item == bindparam("i"),
                cell.c.field == bindparam("f"),
                cell.c.ended.is_(None),
            )
            .values(ended=number)
        )
        if names:
            self._writing_to().execute(query, [{"i": one, "f": field} for one, field in names])

    def _put(self, number: int, written: Sequence[NewVersion], ids: dict[str, int]) -> None:
        if not written:
            return
        connection = self._writing_to()
        connection.execute(
            insert(cell), [version_row(one, ids[one.key], number) for one in written]
        )
        said = [row for one in written for row in _source_rows(one, ids[one.key], number)]
        if said:
            connection.execute(insert(source), said)


def version_row(
    one: NewVersion, item_id: int, number: int, ended: int | None = None
) -> dict[str, Any]:
    """One row of the cell table."""
    return {
        "item": item_id,
        "field": one.field,
        "revision": number,
        "ended": ended,
        "text": one.value.text,
        "canonical": one.value.canonical,
        "reason": one.reason,
    }


def _source_rows(one: NewVersion, item_id: int, number: int) -> list[dict[str, Any]]:
    place = {"item": item_id, "field": one.field, "revision": number}
    return [
        {
            **place,
            "position": n,
            "lead": s.lead,
            "file": s.file,
            "sheet": s.sheet,
            "cell": s.cell,
            "at": s.at,
        }
        for n, s in enumerate(one.sources)
    ]


def _written(changes: list[Change], new: list[Item], current: Plan) -> list[NewVersion]:
    """Every version to write, each cell once."""
    fresh = {one.key: one for one in new}
    versions: dict[tuple[str, str], NewVersion] = {}
    for change in changes:
        name = (change.key, change.field)
        if name in versions:
            raise StoreError(
                f"The cell {change.field} of {change.key} is changed twice in one revision."
            )
        if change.key not in fresh:
            _check_old(change, current)
        versions[name] = NewVersion(
            change.key, change.field, change.new, change.sources, change.reason
        )
    kept = [one for one in versions.values() if one.value != _now(current, one)]
    kept += [one for one in values_of(new) if (one.key, one.field) not in versions]
    check_filled(new, kept)
    return kept


def values_of(items: Iterable[Item]) -> list[NewVersion]:
    """The cells of new items; empty ones are not kept."""
    return [
        NewVersion(one.key, field, value)
        for one in items
        for field, value in one.values.items()
        if value != BLANK
    ]


def check_filled(new: Iterable[Item], written: Iterable[NewVersion]) -> None:
    """An item is there when it has a value.

    Raises:
        StoreError: a new item has none.
    """
    filled = {one.key for one in written}
    for one in new:
        if one.key not in filled:
            raise StoreError(f"The new {one.kind} {one.key} has no value at all.")


def _now(current: Plan, one: NewVersion) -> Value:
    known = current.items.get(one.key)
    return known.get(one.field) if known else BLANK


def _check_old(change: Change, current: Plan) -> None:
    known = current.items.get(change.key)
    if known is None:
        raise StoreError(f"The plan has no item {change.key}.")
    now = known.get(change.field)
    if not now.means(change.old):
        raise MovedMeanwhile(
            f"{known.text('ref') or change.key} {change.field} was '{change.old.text}' when this "
            "was worked out "
            f"and is '{now.text}' now. Nothing was changed; run the command again."
        )
