"""The one place where engines are made; all SQL that only SQLite knows, and what its errors
mean.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from xlplan.store.engine.locking import WriterNote
from xlplan.store.errors import Busy, NoPlan, StoreError

PATIENCE = 5.0
"""Seconds to wait for another writer."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a plan is kept: a file, or a database address (then `path` is None)."""

    text: str
    path: Path | None

    @property
    def note(self) -> WriterNote:
        """The note of who is writing."""
        return WriterNote(self.path.with_name(self.path.name + ".lock") if self.path else None)

    @property
    def file(self) -> Path:
        """The file.

        Raises:
            StoreError: the plan is kept in a database server, which has its own backups.
        """
        if self.path is None:
            raise StoreError(
                f"{self.text} is a database server: copy and restore it with the server's own "
                "tools."
            )
        return self.path


def place_of(plan: str | Path) -> Place:
    """Read a `--plan` argument: a path, or an address with ://.

    Raises:
        NoPlan: an address that cannot be read.
    """
    text = str(plan)
    if "://" not in text:
        return Place(text, Path(text))
    try:
        address = make_url(text)
    except ArgumentError as error:
        raise NoPlan(
            f"{text} is not a database address; give --plan a file such as plan.db."
        ) from error
    # sqlite:///plan.db is a file by another spelling; sqlite:// alone is a database in memory.
    is_file = address.get_backend_name() == "sqlite" and address.database
    return Place(text, Path(str(address.database)) if is_file else None)


def engine_for(place: Place, patience: float = PATIENCE) -> Engine:
    """An engine for a place. In SQLite: rollback journal, full synchronous, foreign keys on."""
    if place.path is None:
        return create_engine(place.text)
    address = URL.create("sqlite", database=str(place.path))
    engine = create_engine(address, connect_args={"timeout": patience})
    event.listen(engine, "connect", _settle_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _settle_connection(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions of its own accord, and late; we begin them (see _begin).
    connection.isolation_level = None
    # SQLite checks no foreign keys unless told so, for each connection anew.
    connection.execute("PRAGMA foreign_keys = ON")
    # Not WAL: its two further files are lost by whoever copies plan.db, and break on shared drives.
    connection.execute("PRAGMA journal_mode = DELETE")
    # The power may fail in the middle of a merge.
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN")
    if begin:
        connection.exec_driver_sql(begin)


def for_writing(connection: Connection) -> Connection:
    """A connection whose transactions take the writer's lock at once, not when they first write."""
    # Two that have both read and then write would wait for each other: SQLite fails one at once.
    return connection.execution_options(begin="BEGIN IMMEDIATE")


@contextmanager
def for_remaking(engine: Engine) -> Iterator[Connection]:
    """One writing transaction in which tables may be made anew under others that point to them.

    Raises:
        StoreError: something would point nowhere afterwards; nothing was changed.
    """
    with engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        _guard(connection, "OFF")
        try:
            with for_writing(connection).begin():
                yield connection
                if lost := _pointing_nowhere(connection):
                    raise StoreError(
                        f"The plan could not be brought up to date: {lost[0]} Nothing was changed."
                    )
        finally:
            _guard(connection, "ON")


def _guard(connection: Connection, state: str) -> None:
    """Foreign keys are switched outside any transaction, or not at all."""
    connection.execution_options(begin="").exec_driver_sql(f"PRAGMA foreign_keys = {state}")
    connection.rollback()


def remade(connection: Connection, table: str, create: str) -> None:
    """Make a table anew with its rows, as `create` says; {name} stands for its name. What points to
    it still does.
    """
    # SQLite can drop no NOT NULL from a column: it advises to copy the table, in these steps.
    connection.exec_driver_sql(create.format(name=f"{table}_new"))
    columns = ", ".join(
        f'"{row[1]}"' for row in connection.exec_driver_sql(f"PRAGMA table_info({table}_new)")
    )
    connection.exec_driver_sql(f"INSERT INTO {table}_new ({columns}) SELECT {columns} FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_new RENAME TO {table}")


def copy_to(engine: Engine, target: Path) -> None:
    """Write a consistent copy of the whole database into a file; other programs may read and write
    meanwhile.
    """
    with engine.connect() as connection:
        # The one statement that may not stand in a transaction. Copying the file itself might catch
        # a writer half way.
        connection.execution_options(begin="").exec_driver_sql("VACUUM INTO ?", (str(target),))


def damage(connection: Connection) -> list[str]:
    """What the engine itself finds wrong: pages, indexes, rows that point nowhere."""
    if connection.dialect.name != "sqlite":
        return []  # a server looks after its own pages
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    problems = [f"The database is damaged: {line}." for line in found if line != "ok"]
    return problems + _pointing_nowhere(connection)


def _pointing_nowhere(connection: Connection) -> list[str]:
    return [
        f"Row {row} of table {table} points to a row of {parent} that is not there."
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check")
    ]


@contextmanager
def translated(place: Place) -> Iterator[None]:
    """Turn the engine's errors into a StoreError that says what to do.

    Raises:
        Busy: another program holds the lock.
        NoPlan: the file is no database.
        StoreError: damaged, read-only, full disk and the rest.
    """
    try:
        yield
    except DBAPIError as error:
        raise _meaning(error, place) from error


def _meaning(error: DBAPIError, place: Place) -> StoreError:
    # The low byte is the kind of error; SQLite puts details, such as which call failed, above it.
    code = getattr(error.orig, "sqlite_errorcode", -1) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return busy(place)
    if code == sqlite3.SQLITE_NOTADB:
        return no_store(place)
    advice = {
        sqlite3.SQLITE_CORRUPT: "The file is damaged: bring back a copy with `xlplan restore`.",
        sqlite3.SQLITE_READONLY: "The file or its folder may not be written to: check its "
        "permissions.",
        sqlite3.SQLITE_FULL: "The disk is full: make room and try again; nothing was changed.",
        sqlite3.SQLITE_CANTOPEN: "The file cannot be opened: check its folder and permissions.",
        sqlite3.SQLITE_IOERR: "The disk or network drive failed: try again; nothing was changed.",
    }.get(code, "Nothing was changed.")
    return StoreError(f"{place.text}: {error.orig}. {advice}")


def busy(place: Place) -> Busy:
    """The error for a plan that somebody else is writing to."""
    who = place.note.writer()
    writer = (
        f"{who}, is writing to {place.text}"
        if who
        else f"Another program is writing to {place.text}"
    )
    return Busy(f"{writer}. Nothing was changed; try again in a moment.")


def no_store(place: Place) -> NoPlan:
    """The error for a file that holds something else."""
    return NoPlan(
        f"{place.text} is not an xlplan plan. Name the plan with --plan, or make one with "
        "`xlplan init WORKBOOK`."
    )
