"""A store that an earlier xlplan wrote (`version_N.sql`) is brought up to date with all that it
holds.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.building import a_store, an_issue, commit, plain, undo
from xlplan.store import Store, StoreError
from xlplan.store.engine import migrations

ISSUES = {1: [("i1", 1)], 2: [("i1", 1), ("m1", None)], 3: [("i1", 1), ("m1", None)]}
"""Issues and their rounds in the stores of earlier versions: a master before the first round came
with the second.
"""


@pytest.fixture(params=ISSUES)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def older(tmp_path: Path, version: int) -> Path:
    path = tmp_path / "older.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(
            Path(__file__).with_name(f"version_{version}.sql").read_text(encoding="utf-8")
        )
    return path


def shape(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every table's columns, indexes and what they point to."""
    with closing(sqlite3.connect(path)) as raw:
        names = [
            row[0]
            for row in raw.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        told = {}
        for name in names:
            told[name] = list(raw.execute(f"PRAGMA table_info({name})"))
            told[name] += sorted(row[2:] for row in raw.execute(f"PRAGMA foreign_key_list({name})"))
            told[name] += sorted(row[2:] for row in raw.execute(f"PRAGMA index_list({name})"))
        return told


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as raw:
        names = [
            row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: sorted(raw.execute(f"SELECT * FROM {name}"), key=str)
            for name in names
            if name != "meta"
        }


def test_an_older_store_keeps_every_row(older: Path, version: int) -> None:
    before = rows(older)
    with Store.open(older) as store:
        assert store.verify() == []
        assert plain(store.snapshot())["a1"] == {
            "ref": "A1.1",
            "rag": "G",
            "progress": "Recruiting",
        }
        assert [(one.id, one.round) for one in store.issues()] == ISSUES[version]
        assert store.unwritten("update") == []
    # A decision of theirs belongs to the one round that there was.
    decided = [(*row, 1) for row in before["decision"]] if version < 4 else before["decision"]
    assert rows(older) == before | {"unwritten": [], "decision": decided}
    kept = older.with_name(f"older.version-{version}.db")
    assert rows(kept) == before


def test_an_older_store_has_the_tables_of_a_new_one_afterwards(older: Path, tmp_path: Path) -> None:
    a_store(tmp_path / "new.db").close()
    assert shape(older) != shape(tmp_path / "new.db")
    Store.open(older).close()
    assert shape(older) == shape(tmp_path / "new.db")


def test_an_older_store_is_worked_on_as_any_other(older: Path) -> None:
    with Store.open(older) as store:
        issue, sent = an_issue(1, id="m2")
        with store.writing("Olive"):
            store.add_issue(replace(issue, kind="master", round=None), sent, b"PK")
        undo(store, 2)
        assert plain(store.snapshot())["a1"]["rag"] == "A"
        found = store.token("m2-token-0")
        assert found is not None
        assert found[0].round is None
        assert store.unwritten_workbook("m2") == b"PK"
        commit(store)
        assert store.verify() == []


def test_rows_that_point_to_a_table_made_anew_are_still_guarded(older: Path) -> None:
    issue, _ = an_issue(7, id="m2")
    with Store.open(older) as store, pytest.raises(StoreError), store.writing("Olive"):
        store.add_issue(issue, [])


def test_a_migration_that_would_lose_something_changes_nothing(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(older)
    last = max(migrations.MIGRATIONS)
    monkeypatch.setitem(
        migrations.MIGRATIONS,
        last,
        lambda connection: connection.exec_driver_sql("DELETE FROM issue"),
    )
    with pytest.raises(StoreError, match="issued_row points to a row of issue that is not there"):
        Store.open(older)
    assert rows(older) == before
