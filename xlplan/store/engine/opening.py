"""Opening a store: what the file is, whether this xlplan can read it, and bringing an older one up
to date.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, update

from xlplan.store.engine import schema
from xlplan.store.engine.engines import (
    PATIENCE,
    Place,
    copy_to,
    engine_for,
    for_remaking,
    no_store,
    translated,
)
from xlplan.store.engine.migrations import MIGRATIONS
from xlplan.store.errors import NewerStore, NoPlan, PlanExists


def open_engine(place: Place, patience: float = PATIENCE, *, keep_older: bool = True) -> Engine:
    """Open the store at a place, migrated where it is older (`keep_older`: after a backup beside
    it).

    Raises:
        NoPlan: there is nothing, or something else.
        NewerStore: it was written by a newer xlplan.
        StoreError: it cannot be read; the message says why.
    """
    if place.path is not None:
        _check_file(place, place.path)
    engine = engine_for(place, patience)
    try:
        with translated(place):
            with engine.begin() as connection:
                version = _version_in(connection, place)
            if version < schema.VERSION:
                _migrate(engine, place, version, keep_older=keep_older)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check_file(place: Place, path: Path) -> None:
    if not path.exists():
        raise NoPlan(
            f"There is no plan at {place.text}. Make one with `xlplan init WORKBOOK --mapping "
            "TOML`, "
            "or name yours with --plan."
        )
    # SQLite takes an empty file for a new database, and a synced drive may have made one.
    if not path.is_file() or path.stat().st_size == 0:
        raise no_store(place)


def _version_in(connection: Connection, place: Place) -> int:
    """The version of the store's tables.

    Raises:
        NoPlan: no xlplan store.
        NewerStore: newer than this xlplan.
    """
    if not inspect(connection).has_table("meta"):
        raise no_store(place)
    about = {row.name: row.value for row in connection.execute(select(schema.meta))}
    version = about.get("version", "")
    if about.get("application") != schema.APPLICATION or not version.isdecimal():
        raise no_store(place)
    if int(version) > schema.VERSION:
        raise NewerStore(
            f"{place.text} was written by a newer xlplan (store version {version}; this one "
            "reads up to "
            f"{schema.VERSION}). Install the newer xlplan; the plan was not touched."
        )
    return int(version)


def _migrate(engine: Engine, place: Place, version: int, *, keep_older: bool) -> None:
    if keep_older and place.path is not None:
        copy_to(engine, free_name(place.path, f"version-{version}"))
    meta = schema.meta
    with for_remaking(engine) as connection:
        # Another program may have brought it up to date while we copied.
        for older in range(_version_in(connection, place), schema.VERSION):
            MIGRATIONS[older](connection)
        connection.execute(
            update(meta).where(meta.c.name == "version").values(value=str(schema.VERSION))
        )


def free_name(path: Path, label: str) -> Path:
    """A name beside a file that nothing has."""
    names = (
        f"{path.stem}.{label}{f'-{n}' if n > 1 else ''}{path.suffix}" for n in range(1, 10_000)
    )
    return next(name for name in map(path.with_name, names) if not name.exists())


def check_free(path: Path) -> None:
    """Refuse to write over anything.

    Raises:
        PlanExists: something is there; the message says what to do.
        NoPlan: the folder is not there.
    """
    if path.exists():
        raise PlanExists(
            f"{path} is there already and was left as it is. Choose another name, or move it away."
        )
    if not path.parent.is_dir():
        raise NoPlan(f"There is no folder {path.parent}. Make it first.")
