"""A new store from the office's own workbook: revision 1, and the points of its history before
that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from xlplan.plan.model import Item, Plan
from xlplan.plan.values import BLANK, Value
from xlplan.store.committing import NewVersion, check_filled, values_of, version_row
from xlplan.store.engine import schema
from xlplan.store.engine.engines import Place, engine_for, place_of, translated
from xlplan.store.engine.opening import check_free
from xlplan.store.errors import PlanExists, StoreError

Seed = tuple[str, Mapping[tuple[str, str], Value]]
"""A point's name, and the values by (key, field) that stood then."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """All that a store starts from. `seeds`: oldest first. `dates`: the points' times where the
    mapping gives them.
    """

    plan: Plan
    seeds: Sequence[Seed]
    mapping_toml: str
    source_name: str
    source_bytes: bytes
    at: str
    by: str
    note: str
    dates: Mapping[str, str]


def create(place: Place, beginning: Beginning) -> None:
    """Write a new store, whole or not at all.

    Raises:
        PlanExists: something is there already.
        StoreError: a seed names an item that the plan lacks, or an item has no value.
    """
    with _empty(place) as engine, translated(place), engine.begin() as connection:
        schema.tables.create_all(connection)
        _begin(connection, beginning)


@contextmanager
def _empty(place: Place) -> Iterator[Engine]:
    """An engine on an empty database that takes its name only when all went well."""
    if place.path is None:
        # On a server an administrator made the database: it is there, and has to be empty.
        engine = engine_for(place)
        with translated(place), engine.begin() as connection:
            if inspect(connection).has_table("meta"):
                raise PlanExists(f"{place.text} holds a plan already; it was left as it is.")
        yield engine
        engine.dispose()
        return
    check_free(place.path)
    building = place.path.with_name(place.path.name + ".building")
    discard(building)
    engine = engine_for(place_of(building))
    try:
        yield engine
        # Windows renames no file that is open, and somebody may have made a plan meanwhile.
        engine.dispose()
        check_free(place.path)
        building.replace(place.path)
    finally:
        engine.dispose()
        discard(building)


def discard(path: Path) -> None:
    """Take away an unfinished database and its journal."""
    # SQLite would roll a journal that was left back into the next database of this name.
    for name in (path, path.with_name(path.name + "-journal")):
        name.unlink(missing_ok=True)


def _begin(connection: Connection, beginning: Beginning) -> None:
    written = values_of(beginning.plan.items.values())
    check_filled(beginning.plan.items.values(), written)
    _keep_source(connection, beginning)
    _add_revisions(connection, beginning, len(written))
    connection.execute(insert(schema.mapping).values(revision=1, toml=beginning.mapping_toml))
    ids = _add_items(connection, list(beginning.plan.items.values()))
    versions = [row for n, seed in _numbered(beginning.seeds) for row in _seed_rows(seed, n, ids)]
    versions += [version_row(version, ids[version.key], 1) for version in written]
    if versions:
        connection.execute(insert(schema.cell), versions)


def _keep_source(connection: Connection, beginning: Beginning) -> None:
    # The office goes on working in its own file: the plan keeps it as init read it.
    sha256 = hashlib.sha256(beginning.source_bytes).hexdigest()
    connection.execute(insert(schema.file).values(sha256=sha256, data=beginning.source_bytes))
    about = {
        "application": schema.APPLICATION,
        "version": str(schema.VERSION),
        "source_name": beginning.source_name,
        "source_sha256": sha256,
    }
    connection.execute(
        insert(schema.meta), [{"name": name, "value": value} for name, value in about.items()]
    )


def _numbered(seeds: Sequence[Seed]) -> list[tuple[int, Seed]]:
    """Points with their revisions: the last is 0, the one before it -1."""
    return [(n - len(seeds) + 1, seed) for n, seed in enumerate(seeds)]


def _add_revisions(connection: Connection, beginning: Beginning, changes: int) -> None:
    # A column headed `Previous` names no day: then the point has none, unless the mapping gives it.
    rows = [
        {"number": n, "at": beginning.dates.get(name, ""), "by": "", "kind": "seed", "note": name}
        | {"changes": sum(value != BLANK for value in values.values())}
        for n, (name, values) in _numbered(beginning.seeds)
    ]
    first = {
        "number": 1,
        "at": beginning.at,
        "by": beginning.by,
        "kind": "init",
        "note": beginning.note,
    }
    connection.execute(insert(schema.revision), [*rows, {**first, "changes": changes}])
    connection.execute(insert(schema.counter).values(name="revision", value=1))


def _add_items(connection: Connection, items: list[Item]) -> dict[str, int]:
    if items:
        connection.execute(
            insert(schema.item), [{"key": item.key, "kind": item.kind} for item in items]
        )
    return {
        row.key: row.id for row in connection.execute(select(schema.item.c.key, schema.item.c.id))
    }


def _seed_rows(seed: Seed, number: int, ids: Mapping[str, int]) -> list[dict[str, object]]:
    """A point's values last until the next point: what it does not say was not known then."""
    name, values = seed
    unknown = sorted({key for key, _ in values} - ids.keys())
    if unknown:
        raise StoreError(
            f"The point {name} has values for items that the plan lacks: {', '.join(unknown)}."
        )
    written = (
        NewVersion(key, field, value) for (key, field), value in values.items() if value != BLANK
    )
    return [version_row(version, ids[version.key], number, ended=number + 1) for version in written]
