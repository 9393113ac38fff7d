"""The comparisons. Each peer does less than xlplan does; what it leaves out is said beside it."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd

from benchmarks.timing import Compared, side_by_side
from xlplan import MasterPlan, start_plan
from xlplan.merge import Field, Return, ReturnedRow, three_way
from xlplan.plan.changes import Change
from xlplan.plan.values import Value
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.store import Store

ROOT = Path(__file__).resolve().parents[1]
ACTIONS, LEADS, CHANGES = 2000, 40, 1000


def office(folder: Path) -> MasterPlan:
    """A plan of its own for one comparison."""
    plan = ROOT / "workbooks" / "walsall-2012.xlsx"
    return start_plan(
        plan, ROOT / "mappings" / "walsall-2012.toml", folder / "plan.db", by="benchmark"
    )[0]


def export(folder: Path) -> Compared:
    """Writing a round's update workbooks, against writing the same cells with openpyxl."""
    plan = office(folder)
    rounds = (f"Round {number}" for number in itertools.count())
    written = plan.export(next(rounds), date(2013, 1, 18)).workbooks
    sheets = [_cells(folder / one.path) for one in written]

    def peer() -> None:
        for number, rows in enumerate(sheets):
            book = openpyxl.Workbook()
            for row in rows:
                book.worksheets[0].append(row)
            book.save(folder / f"peer {number}.xlsx")

    return side_by_side(
        lambda: plan.export(next(rounds), date(2013, 1, 18)),
        peer,
        name="export",
        count=f"{len(written)} update workbooks",
        peer_is="openpyxl: the same cells, no styles, lists, locks, formulas or record of what "
        "was sent",
    )


def _cells(path: Path) -> list[list[object]]:
    with closing(openpyxl.load_workbook(path)) as book:
        return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def _returned(plan: MasterPlan, folder: Path) -> list[Path]:
    """Returns of as many leads, as they were sent."""
    sent = (plan.export(f"Round {number}", date(2013, 1, 18)).workbooks for number in range(LEADS))
    each = itertools.chain.from_iterable(sent)
    return [folder / one.path for one in itertools.islice(each, LEADS)]


def opened(folder: Path) -> Compared:
    """Opening returns with our own reader, checks of their safety included, against openpyxl."""
    returned = _returned(office(folder), folder)
    return side_by_side(
        lambda: [open_spreadsheet(path) for path in returned],
        lambda: [openpyxl.load_workbook(path) for path in returned],
        name="open",
        count=f"{LEADS} returns",
        peer_is="openpyxl.load_workbook: no results of formulas, threads or drawings",
        turns=7,
        clock=time.process_time,
    )


def read(folder: Path) -> Compared:
    """Taking in returns, against opening the same files with openpyxl."""
    plan = office(folder)
    returned = _returned(plan, folder)
    return side_by_side(
        lambda: plan.take_in(returned, check=True),
        lambda: [openpyxl.load_workbook(path) for path in returned],
        name="import",
        count=f"{LEADS} returns",
        peer_is="openpyxl.load_workbook: no identity, checks or comparison",
    )


def merge(folder: Path) -> Compared:
    """Comparing many returns with the plan, against an outer join of each with pandas."""
    fields = {name: Field(name) for name in ("progress", "due", "evidence")}
    base = {f"a{n}": {name: f"{name} {n}" for name in fields} for n in range(ACTIONS)}
    shares = [list(base)[lead::LEADS] for lead in range(LEADS)]
    moved = [
        {key: {**base[key], "progress": f"{key} by {lead}"} for key in keys}
        for lead, keys in enumerate(shares)
    ]
    returns = [
        Return(
            f"Lead {lead}",
            base,
            [ReturnedRow(key, values) for key, values in rows.items()],
            frozenset(rows),
            lead,
        )
        for lead, rows in enumerate(moved)
    ]

    def peer() -> None:
        master = pd.DataFrame.from_dict(base, orient="index")
        for rows in moved:
            returned = pd.DataFrame.from_dict(rows, orient="index").add_suffix("_returned")
            joined = master.join(returned, how="left")
            for name in fields:
                back = joined[f"{name}_returned"]
                master[name] = joined[name].where(back.isna() | (back == joined[name]), back)

    return side_by_side(
        lambda: three_way(base, returns, fields),
        peer,
        name="merge",
        count=f"{ACTIONS} actions, {LEADS} returns",
        peer_is="pandas joins: the last file wins, no base, no question, no source",
    )


def commit(folder: Path) -> Compared:
    """Committing changes as one revision, against inserting as many rows with sqlite3."""
    office(folder)
    numbers = itertools.count()
    with closing(sqlite3.connect(folder / "peer.db")) as made:
        made.execute("create table cell (item text, field text, value text)")

    def ours() -> None:
        with Store.open(folder / "plan.db") as store, store.writing("benchmark"):
            plan, number = store.snapshot(), next(numbers)
            cells = (
                (one, f"benchmark {place}") for place in range(CHANGES) for one in plan.actions
            )
            changes = [
                Change(one.key, name, one.get(name), Value(f"value {number}", f"value {number}"))
                for one, name in itertools.islice(cells, CHANGES)
            ]
            store.commit(changes, [], kind="set", at="2013-01-18T09:00:00", by="benchmark")

    def peer() -> None:
        number = next(numbers)
        with closing(sqlite3.connect(folder / "peer.db")) as database, database:
            database.execute("pragma synchronous = full")
            rows = [(f"a{place}", "progress", f"value {number}") for place in range(CHANGES)]
            database.executemany("insert into cell values (?, ?, ?)", rows)

    return side_by_side(
        ours,
        peer,
        name="commit",
        count=f"{CHANGES} changes",
        peer_is="sqlite3: one table, no history, no check that nobody else moved the cell",
    )


CASES: dict[str, Callable[[Path], Compared]] = {
    "export": export,
    "open": opened,
    "import": read,
    "merge": merge,
    "commit": commit,
}


def run(name: str) -> Compared:
    """One comparison, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return CASES[name](Path(folder))
