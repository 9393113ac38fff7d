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
        # The open version ends first: an index allows one open version a cell.
        self._end(number, [(ids[version.key], version.field) for version in written])
        self._put(number, written, ids)
        return number

    def set_mapping(self, toml: str, revision: int) -> None:
        """Keep the mapping's text as in use from a revision on."""
        self._writing_to().execute(insert(schema.mapping).values(revision=revision, toml=toml))

    def _check_new(self, new: Sequence[Item]) -> None:
        used = self._ids()
        for new_item in new:
            if new_item.key in used:
                raise StoreError(
                    f"The key {new_item.key} belongs to another item; keys are never used again."
                )
            used[new_item.key] = 0

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
                insert(item), [{"key": new_item.key, "kind": new_item.kind} for new_item in new]
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
            self._writing_to().execute(query, [{"i": id, "f": field} for id, field in names])

    def _put(self, number: int, written: Sequence[NewVersion], ids: dict[str, int]) -> None:
        if not written:
            return
        connection = self._writing_to()
        connection.execute(
            insert(cell), [version_row(version, ids[version.key], number) for version in written]
        )
        sources = [
            row for version in written for row in _source_rows(version, ids[version.key], number)
        ]
        if sources:
            connection.execute(insert(source), sources)


def version_row(
    version: NewVersion, item_id: int, number: int, ended: int | None = None
) -> dict[str, Any]:
    """One row of the cell table."""
    return {
        "item": item_id,
        "field": version.field,
        "revision": number,
        "ended": ended,
        "text": version.value.text,
        "canonical": version.value.canonical,
        "reason": version.reason,
    }


def _source_rows(version: NewVersion, item_id: int, number: int) -> list[dict[str, Any]]:
    place = {"item": item_id, "field": version.field, "revision": number}
    return [
        {
            **place,
            "position": position,
            "lead": origin.lead,
            "file": origin.file,
            "sheet": origin.sheet,
            "cell": origin.cell,
            "at": origin.at,
        }
        for position, origin in enumerate(version.sources)
    ]


def _written(changes: list[Change], new: list[Item], current: Plan) -> list[NewVersion]:
    """Every version to write, each cell once."""
    fresh = {new_item.key for new_item in new}
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
    # What a lead typed in other words (`Sept 2019` for `09/2019`) means the same, and is written.
    written = [version for version in versions.values() if version.value != _now(current, version)]
    written += [
        version for version in values_of(new) if (version.key, version.field) not in versions
    ]
    check_filled(new, written)
    return written


def values_of(items: Iterable[Item]) -> list[NewVersion]:
    """The cells of new items; empty ones are not kept."""
    return [
        NewVersion(new_item.key, field, value)
        for new_item in items
        for field, value in new_item.values.items()
        if value != BLANK
    ]


def check_filled(new: Iterable[Item], written: Iterable[NewVersion]) -> None:
    """An item is there when it has a value.

    Raises:
        StoreError: a new item has none.
    """
    filled = {version.key for version in written}
    for new_item in new:
        if new_item.key not in filled:
            raise StoreError(f"The new {new_item.kind} {new_item.key} has no value at all.")


def _now(current: Plan, version: NewVersion) -> Value:
    known = current.items.get(version.key)
    return known.get(version.field) if known else BLANK


def _check_old(change: Change, current: Plan) -> None:
    known = current.items.get(change.key)
    if known is None:
        raise StoreError(f"The plan has no item {change.key}.")
    # Two officers share a drive: while one looked at a question, the other may have answered it.
    now = known.get(change.field)
    if not now.means(change.old):
        raise MovedMeanwhile(
            f"{known.text('ref') or change.key} {change.field} was '{change.old.text}' when this "
            "was worked out "
            f"and is '{now.text}' now. Nothing was changed; run the command again."
        )
