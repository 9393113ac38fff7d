"""What else compares three tables: the least that must be done, and two libraries that do it."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.tables import TYPES, Case, Texts
from benchmarks.timing import Work


def dictionary(case: Case) -> Work:
    """The floor: every returned cell is held against its base and the plan, as texts."""

    def work() -> object:
        merged = {key: dict(row) for key, row in case.plan.items()}
        asked = []
        for returned in case.returned:
            for key, row in returned.items():
                base, now = case.plan[key], merged[key]
                for name, text in row.items():
                    if text != base[name]:
                        if now[name] == base[name]:
                            now[name] = text
                        elif now[name] != text:
                            asked.append((key, name, now[name], text))
        return merged, asked

    return work


def daff(case: Case) -> Work:
    """Each share of the rows is one comparison of three tables, by key."""
    library: Any = importlib.import_module("daff")
    shares = [(_table(_share(case, returned)), _table(returned)) for returned in case.returned]

    def work() -> object:
        found = []
        for base, returned in shares:
            flags = library.CompareFlags()
            flags.addPrimaryKey("key")
            flags.show_unchanged = False
            compared = library.Coopy.compareTables3(base, base, returned, flags)
            out = library.PythonTableView([])
            library.TableDiff(compared.align(), flags).hilite(out)
            found.append(out)
        return found

    return work


def session(case: Case) -> Work:
    """The plan and every base stand in tables. What came back is put into one more, its changeset
    against its base is applied to the plan, and all that is taken back for the next turn.
    """
    apsw: Any = importlib.import_module("apsw")
    plan = _database(apsw, case.plan)
    shares = []
    for returned in case.returned:
        back = _database(apsw, {})
        back.execute("attach ':memory:' as base")
        _fill(back, "base", _share(case, returned))
        shares.append((back, returned))

    def work() -> object:
        changesets, conflicts = [], []

        def conflict(reason: int, change: object) -> int:
            conflicts.append((reason, change))
            return int(apsw.SQLITE_CHANGESET_OMIT)

        plan.execute("savepoint turn")
        for back, returned in shares:
            _insert(back, "main", returned)
            moved = apsw.Session(back, "main")
            moved.attach("plan")
            moved.diff("base", "plan")
            changesets.append(moved.changeset())
            apsw.Changeset.apply(changesets[-1], plan, conflict=conflict)
            moved.close()
            back.execute("delete from plan")
        plan.execute("rollback to turn; release turn")
        return changesets, conflicts

    return work


def _database(apsw: Any, texts: Texts) -> Any:
    made = apsw.Connection(":memory:")
    _fill(made, "main", texts)
    return made


def _fill(database: Any, schema: str, texts: Texts) -> None:
    columns = ", ".join(f"{name} text" for name in TYPES)
    database.execute(f"create table {schema}.plan (key text primary key, {columns})")
    _insert(database, schema, texts)


def _insert(database: Any, schema: str, texts: Texts) -> None:
    marks = ", ".join("?" * (1 + len(TYPES)))
    with database:
        database.executemany(
            f"insert into {schema}.plan values ({marks})",
            ((key, *row.values()) for key, row in texts.items()),
        )


def _share(case: Case, returned: Texts) -> Texts:
    return {key: case.plan[key] for key in returned}


def _table(texts: Texts) -> list[list[str]]:
    return [["key", *TYPES], *([key, *row.values()] for key, row in texts.items())]


@dataclass(frozen=True)
class Peer:
    """How a peer prepares its work on a case, the package that it needs, and what it leaves
    out.
    """

    prepare: Callable[[Case], Work]
    package: str
    leaves_out: str

    @property
    def missing(self) -> bool:
        """Whether its package is not installed."""
        return bool(self.package) and importlib.util.find_spec(self.package) is None


PEERS = {
    "dict": Peer(dictionary, "", "dictionaries of texts: no meaning, source, lead or question"),
    "daff": Peer(daff, "daff", "daff, three tables by key: one return at a time, texts as typed"),
    "session": Peer(
        session, "apsw", "SQLite's session extension: texts as typed, the first return wins"
    ),
}
"""By the name that a line opens with."""
