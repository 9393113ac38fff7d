"""One open store: its connection, reading from it, and one writer's transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Connection, Engine, insert, select, update

from xlplan.plan.model import Plan
from xlplan.store.engine import schema
from xlplan.store.engine.engines import Place, for_writing, translated


class OpenStore:
    """What every part of the store stands on. Reads see the writer's own unfinished work inside
    `writing`.
    """

    def __init__(self, engine: Engine, place: Place) -> None:
        self.place = place
        self._engine = engine
        self._writer: Connection | None = None
        self._snapshots: dict[int, Plan] = {}

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def writing(self, by: str) -> Iterator[None]:
        """One transaction: all that is written inside is kept at the end, or nothing when anything
        raises.

        Raises:
            Busy: somebody else is still writing after some seconds; the message names them.
            StoreError: the disk failed; nothing was changed.
            RuntimeError: this store is writing already.
        """
        if self._writer is not None:
            raise RuntimeError("the store is writing already")
        try:
            with (
                translated(self.place),
                self._transaction() as connection,
                self.place.note.held(by),
            ):
                self._writer = connection
                yield
        except BaseException:
            # Ctrl+C as well: what was read inside may hold what is rolled back now.
            self._snapshots.clear()
            raise
        finally:
            self._writer = None

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._engine.connect() as plain:
            connection = for_writing(plain)
            with connection.begin():
                # SQLite has locked the whole database by now; PostgreSQL locks this row, on which a
                # second writer waits.
                connection.execute(
                    select(schema.counter.c.value)
                    .where(schema.counter.c.name == "revision")
                    .with_for_update()
                )
                yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection to read from; never kept open, since a reader holds up the writer's last
        step.
        """
        if self._writer is not None:
            yield self._writer
            return
        with translated(self.place), self._engine.begin() as connection:
            yield connection

    def _writing_to(self) -> Connection:
        """The writer's connection.

        Raises:
            RuntimeError: called outside `writing`.
        """
        if self._writer is None:
            raise RuntimeError("this changes the store: call it inside `with store.writing(by):`")
        return self._writer

    def _count(self, name: str) -> int:
        """The next number of a counter, from its locked row."""
        connection, counter = self._writing_to(), schema.counter
        # Counted by the database: two programs that each read 7 and wrote 8 would share it.
        moved = connection.execute(
            update(counter).where(counter.c.name == name).values(value=counter.c.value + 1)
        )
        if not moved.rowcount:
            connection.execute(insert(counter).values(name=name, value=1))
        return int(
            connection.execute(select(counter.c.value).where(counter.c.name == name)).scalar_one()
        )
