"""Reading the plan: as it is, as it was, how a cell came to be, and what differs between two
points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, not_, or_, select

from xlplan.plan.changes import Change, Source
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import Revision
from xlplan.plan.values import BLANK, Value
from xlplan.store.engine import schema
from xlplan.store.engine.schema import cell, item, revision, source
from xlplan.store.errors import NoRevision
from xlplan.store.transactions import OpenStore

# A report compares a handful of points; each is the whole plan, some MB of a large one.
MOST_SNAPSHOTS = 8

CellName = tuple[int, str]
"""Item id and field."""


@dataclass(frozen=True, slots=True)
class CellVersion:
    """One value that a cell held: from `revision` until `ended` (None: still), who said it, and why
    it moved.
    """

    revision: int
    ended: int | None
    field: str
    text: str
    canonical: str
    sources: tuple[Source, ...]
    reason: str
    at: str
    by: str


class Cells(OpenStore):
    """The plan and its history, to read."""

    @property
    def latest(self) -> int:
        """The number of the newest revision."""
        counter = schema.counter
        with self._reading() as connection:
            return int(
                connection.execute(
                    select(counter.c.value).where(counter.c.name == "revision")
                ).scalar_one()
            )

    def snapshot(self, at: int | None = None) -> Plan:
        """The whole plan as it stood after a revision (by default the newest); the caller's own
        copy.

        Raises:
            NoRevision: the plan has not got that far.
        """
        # The plan kept for the next caller must not change under the hands of this one.
        return Plan({key: _copied(entry) for key, entry in self._as_of(at).items.items()})

    def item(self, key: str, at: int | None = None) -> Item | None:
        """One item as it stood after a revision, None when there was none; the caller's own copy.

        Raises:
            NoRevision: the plan has not got that far.
        """
        found = self._as_of(at).items.get(key)
        return _copied(found) if found else None

    def _as_of(self, at: int | None) -> Plan:
        # Asked for row by row, as each lead was sent it: no query for what is at hand.
        number = at if at in self._snapshots else self._known(at)
        if number not in self._snapshots:
            while len(self._snapshots) >= MOST_SNAPSHOTS:
                del self._snapshots[next(iter(self._snapshots))]
            with self._reading() as connection:
                self._snapshots[number] = _plan_at(connection, number)
        return self._snapshots[number]

    def revisions(self) -> list[Revision]:
        """Every revision, oldest first; seeded points stand before 1."""
        with self._reading() as connection:
            rows = connection.execute(select(revision).order_by(revision.c.number)).all()
        return [Revision(**row._mapping) for row in rows]

    def points(self) -> list[Revision]:
        """The points seeded from the source's own history columns, oldest first."""
        return [point for point in self.revisions() if point.kind == "seed"]

    def history(self, key: str, field: str | None = None) -> list[CellVersion]:
        """Every value that an item's cells (or one of them) ever held, oldest first."""
        wanted = [item.c.key == key] + ([cell.c.field == field] if field is not None else [])
        query = (
            select(cell, revision.c.at, revision.c.by)
            .join(item, item.c.id == cell.c.item)
            .join(revision, revision.c.number == cell.c.revision)
            .where(*wanted)
        )
        with self._reading() as connection:
            # Sorted here: PostgreSQL orders texts by the server's language.
            rows = sorted(
                connection.execute(query).all(), key=lambda row: (row.revision, row.field)
            )
            sources = read_sources(
                connection,
                select(source).join(item, item.c.id == source.c.item).where(item.c.key == key),
            )
        return [_version(row, sources.get((row.item, row.field, row.revision), ())) for row in rows]

    def changes_between(self, before: int, after: int) -> list[Change]:
        """Cells that differ between two states, in the order of the items; sources and reason of
        the later value.

        Raises:
            NoRevision: the plan has not got that far.
        """
        was, now = self._known(before), self._known(after)
        with self._reading() as connection:
            old = read_versions(connection, and_(valid_at(was), not_(valid_at(now))))
            new = read_versions(connection, and_(valid_at(now), not_(valid_at(was))))
            sources = read_sources(connection, sources_of(and_(valid_at(now), not_(valid_at(was)))))
        pairs = ((name, old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys()))
        changes = (_change(left, right, sources) for _, left, right in pairs)
        # What an officer set and set back, or undid, between the two points moved nowhere.
        return [change for change in changes if change.old != change.new]

    def ever(self, field: str) -> frozenset[str]:
        """Every canonical value that any item ever held in a field: a ref is never used again."""
        query = (
            select(cell.c.canonical).where(cell.c.field == field, cell.c.canonical != "").distinct()
        )
        with self._reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def next_key(self, prefix: str, taken: frozenset[str] | set[str] = frozenset()) -> str:
        """A permanent key that no item ever had: the prefix and a number. `taken`: keys not yet
        committed.
        """
        with self._reading() as connection:
            keys = {*connection.execute(select(item.c.key)).scalars(), *taken}
        ends = (key.removeprefix(prefix) for key in keys if key.startswith(prefix))
        return f"{prefix}{max((int(end) for end in ends if end.isdecimal()), default=0) + 1}"

    def mapping_toml(self, at: int | None = None) -> str:
        """The mapping's text as it was in use at a revision (by default the newest)."""
        mapping, number = schema.mapping, self._known(at)
        query = (
            select(mapping.c.toml)
            # Points before revision 1 come from columns of the workbook that init read with it.
            .where(mapping.c.revision <= max(number, 1))
            .order_by(mapping.c.revision.desc())
        )
        with self._reading() as connection:
            return str(connection.execute(query.limit(1)).scalar_one())

    def source_file(self) -> tuple[str, bytes]:
        """The office's own workbook as init read it: its name and bytes."""
        name, sha256 = self.source_name()
        query = select(schema.file.c.data).where(schema.file.c.sha256 == sha256)
        with self._reading() as connection:
            return name, bytes(connection.execute(query).scalar_one())

    def source_name(self) -> tuple[str, str]:
        """The name of the office's own workbook, and the SHA-256 of its bytes in hex."""
        with self._reading() as connection:
            about = {row.name: row.value for row in connection.execute(select(schema.meta))}
        return about["source_name"], about["source_sha256"]

    def _known(self, number: int | None) -> int:
        latest = self.latest
        if number is None:
            return latest
        if number > latest:
            raise NoRevision(
                f"There is no revision {number}; the newest is {latest}. `xlplan log` lists them."
            )
        return number


def _copied(item: Item) -> Item:
    return Item(item.key, item.kind, dict(item.values))


def valid_at(number: int) -> ColumnElement[bool]:
    """Versions that stood after a revision."""
    return and_(cell.c.revision <= number, or_(cell.c.ended.is_(None), cell.c.ended > number))


def _plan_at(connection: Connection, number: int) -> Plan:
    columns = (item.c.id, cell.c.field, item.c.key, item.c.kind, cell.c.text, cell.c.canonical)
    query = select(*columns).join(item, item.c.id == cell.c.item).where(valid_at(number))
    items: dict[str, Item] = {}
    # Sorted here: PostgreSQL orders texts by the server's language, SQLite by their bytes.
    for _, field, key, kind, text, canonical in sorted(map(tuple, connection.execute(query))):
        entry = items.get(key)
        if entry is None:
            entry = items[key] = Item(key, kind)
        # A cell that somebody emptied has a version too, which says who did.
        if text or canonical:
            entry.values[field] = Value(text, canonical)
    return Plan(items)


def read_versions(connection: Connection, wanted: ColumnElement[bool]) -> dict[CellName, Row[Any]]:
    """Versions by cell, with the item's key; `wanted` fits at most one a cell."""
    query = select(cell, item.c.key).join(item, item.c.id == cell.c.item).where(wanted)
    return {(row.item, row.field): row for row in connection.execute(query)}


def sources_of(wanted: ColumnElement[bool]) -> Any:
    """The query for the sources of versions."""
    same = and_(
        source.c.item == cell.c.item,
        source.c.field == cell.c.field,
        source.c.revision == cell.c.revision,
    )
    return select(source).join(cell, same).where(wanted)


def read_sources(
    connection: Connection, query: Any
) -> dict[tuple[int, str, int], tuple[Source, ...]]:
    """Sources by version (item id, field, revision), in the order they were given."""
    sources: dict[tuple[int, str, int], tuple[Source, ...]] = {}
    for row in connection.execute(query.order_by(source.c.position)):
        name = (row.item, row.field, row.revision)
        sources[name] = (
            *sources.get(name, ()),
            Source(row.lead, row.file, row.sheet, row.cell, row.at),
        )
    return sources


def _version(row: Row[Any], sources: tuple[Source, ...]) -> CellVersion:
    return CellVersion(
        row.revision,
        row.ended,
        row.field,
        row.text,
        row.canonical,
        sources,
        row.reason,
        row.at,
        row.by,
    )


def _change(
    left: Row[Any] | None,
    right: Row[Any] | None,
    sources: dict[tuple[int, str, int], tuple[Source, ...]],
) -> Change:
    either: Any = right if right is not None else left
    old = Value(left.text, left.canonical) if left is not None else BLANK
    if right is None:
        return Change(either.key, either.field, old, BLANK)
    said_by = sources.get((right.item, right.field, right.revision), ())
    return Change(
        either.key, either.field, old, Value(right.text, right.canonical), said_by, right.reason
    )
