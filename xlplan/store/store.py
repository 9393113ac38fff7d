"""The store: the master plan in one file, made, opened, copied and brought back here."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from xlplan.plan.model import Plan
from xlplan.store.creating import Beginning, Seed, create, discard
from xlplan.store.engine.engines import PATIENCE, Place, copy_to, place_of, translated
from xlplan.store.engine.opening import check_free, free_name, open_engine
from xlplan.store.errors import Busy, NoPlan, StoreError
from xlplan.store.undo import Undo
from xlplan.store.verify import Verify


class Store(Undo, Verify):
    """The master plan with the history of every cell. A context manager; all changes stand inside
    `writing`.

    Plans, rounds and returns that it hands out are the caller's own copies.
    """

    @property
    def path(self) -> Path | None:
        """The plan's file; None in a database server."""
        return self.place.path

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        plan: Plan,
        mapping_toml: str,
        source_name: str,
        source_bytes: bytes,
        at: str,
        by: str,
        seeds: Sequence[Seed] = (),
        seed_dates: Mapping[str, str] | None = None,
        note: str = "",
    ) -> Self:
        """Make a new store: the plan as revision 1, its seeded points (oldest first) as revisions 0
        and below.

        Raises:
            PlanExists: something is there already.
            StoreError: it cannot be written, or the parts do not fit together; nothing is left
            behind.
        """
        place = place_of(path)
        beginning = Beginning(
            plan,
            seeds,
            mapping_toml,
            source_name,
            source_bytes,
            at,
            by,
            note,
            dict(seed_dates or {}),
        )
        create(place, beginning)
        return cls.open(path)

    @classmethod
    def open(cls, path: str | Path, *, patience: float = PATIENCE) -> Self:
        """Open a store; an older one is migrated after a backup beside it. Waits `patience` seconds
        for a writer.

        Raises:
            NoPlan: there is none, or the file is something else.
            NewerStore: written by a newer xlplan.
            StoreError: it cannot be read.
        """
        place = place_of(path)
        return cls(open_engine(place, patience), place)

    def backup(self, target: str | Path) -> None:
        """Write a consistent copy into a new file.

        Raises:
            PlanExists: something is there already.
        """
        path = Path(target)
        # A database server has tools of its own for this: the place says so.
        _ = self.place.file
        check_free(path)
        with translated(self.place):
            copy_to(self._engine, path)

    @classmethod
    def restore(cls, backup: str | Path, path: str | Path, *, patience: float = PATIENCE) -> Self:
        """Put a copy in the plan's place; what was there stays beside it, as
        `plan.before-restore.db`.

        Raises:
            NoPlan, NewerStore: the copy is no plan that can be read here.
            StoreError: the copy is damaged; the plan was not touched.
            Busy: somebody is writing to the plan.
        """
        target = place_of(path).file
        building = target.with_name(target.name + ".building")
        if not Path(backup).is_file():
            raise NoPlan(f"There is no file {backup} to bring back.")
        discard(building)
        try:
            # Beside the plan, since a file is put in another's place at once only on one disk.
            shutil.copyfile(backup, building)
            # Copies lie on sticks and in mails for years: a damaged one must not come back.
            cls._check_copy(building, str(backup))
            _put_aside(cls, target, patience)
            building.replace(target)
        finally:
            discard(building)
        return cls.open(path, patience=patience)

    @classmethod
    def _check_copy(cls, building: Path, name: str) -> None:
        place = Place(name, building)
        with cls(open_engine(place, keep_older=False), place) as copy:
            problems = copy.verify()
        if problems:
            raise StoreError(f"{name} is damaged and was not brought back: {problems[0]}")


def _put_aside(kind: type[Store], target: Path, patience: float) -> None:
    """Move what is in the plan's place out of the way, with its journal; not while somebody
    writes.
    """
    if not target.exists():
        return
    _wait_for_writer(kind, target, patience)
    aside = free_name(target, "before-restore")
    # SQLite looks for the journal by the name of its database: they go together.
    journal = target.with_name(target.name + "-journal")
    target.replace(aside)
    if journal.exists():
        journal.replace(aside.with_name(aside.name + "-journal"))


def _wait_for_writer(kind: type[Store], target: Path, patience: float) -> None:
    try:
        with kind.open(target, patience=patience) as present, present.writing("restore"):
            pass
    except Busy:
        raise
    except StoreError:
        return  # What cannot be opened is moved as it is.
