"""What opening says of a file that is no plan, and what it does with an older one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.store.building import ACTIONS, a_plan, a_store, plain, v
from xlplan.plan.model import Item, Plan
from xlplan.store import NewerStore, NoPlan, PlanExists, Store, StoreError
from xlplan.store.engine import migrations, schema


def _set_version(path: Path, version: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE meta SET value = ? WHERE name = 'version'", [version])


def _query(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute(sql).fetchall()


def test_no_file_says_how_to_make_a_plan(path: Path) -> None:
    with pytest.raises(NoPlan, match=r"no plan at .*plan\.db.*xlplan init"):
        Store.open(path)
    assert not path.exists()


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 a workbook, not a plan" * 100], ids=["empty", "workbook"]
)
def test_a_file_of_another_kind_is_left_as_it_is(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with pytest.raises(NoPlan, match=r"is not an xlplan plan.*--plan"):
        Store.open(path)
    assert path.read_bytes() == data


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    with pytest.raises(NoPlan, match="is not an xlplan plan"):
        Store.open(tmp_path)


@pytest.mark.parametrize("sql", ["CREATE TABLE photo (id)", "CREATE TABLE meta (name, value)"])
def test_the_database_of_another_program_is_no_plan(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(sql)
    with pytest.raises(NoPlan, match="is not an xlplan plan"):
        Store.open(path)


def test_an_address_that_cannot_be_read_is_no_plan() -> None:
    with pytest.raises(NoPlan, match="not a database address"):
        Store.open("://")


def test_creating_over_anything_is_refused(path: Path, store: Store) -> None:
    with pytest.raises(PlanExists, match="there already"):
        a_store(path)
    assert plain(store.snapshot()) == ACTIONS


def test_creating_in_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoPlan, match="no folder"):
        a_store(tmp_path / "missing" / "plan.db")


@pytest.mark.parametrize(
    ("plan", "seeds"),
    [(a_plan(), [("initial", {("a9", "rag"): v("R")})]), (Plan({"a1": Item("a1", "action")}), [])],
    ids=["a point of an unknown item", "an item without a value"],
)
def test_a_creation_that_fails_leaves_nothing_behind(path: Path, plan: Plan, seeds: object) -> None:
    with pytest.raises(StoreError):
        a_store(path, plan, seeds=seeds)
    assert list(path.parent.iterdir()) == []


def test_an_unfinished_creation_does_not_stand_in_the_way(path: Path) -> None:
    path.with_name("plan.db.building").write_bytes(b"half a plan")
    with a_store(path) as store:
        assert plain(store.snapshot()) == ACTIONS


def test_the_file_is_kept_safe_for_shared_drives(store: Store, path: Path) -> None:
    with store._reading() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert settings == ["delete", 2, 1]
    commit_leaves = {one.name for one in path.parent.iterdir()}
    assert commit_leaves == {"plan.db"}


def test_a_newer_store_is_refused_and_not_touched(path: Path, store: Store) -> None:
    store.close()
    _set_version(path, "99")
    before = path.read_bytes()
    with pytest.raises(
        NewerStore,
        match=rf"newer xlplan \(store version 99; this one reads up to {schema.VERSION}\)",
    ):
        Store.open(path)
    assert path.read_bytes() == before


def test_an_older_store_is_migrated_after_a_backup(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    _set_version(path, "1")
    monkeypatch.setattr(schema, "VERSION", 3)
    monkeypatch.setitem(
        migrations.MIGRATIONS, 1, lambda c: c.exec_driver_sql("CREATE TABLE photo (id)")
    )
    monkeypatch.setitem(
        migrations.MIGRATIONS, 2, lambda c: c.exec_driver_sql("INSERT INTO photo VALUES (7)")
    )
    with Store.open(path) as migrated:
        assert plain(migrated.snapshot()) == ACTIONS
    assert _query(path, "SELECT value FROM meta WHERE name = 'version'") == [("3",)]
    assert _query(path, "SELECT id FROM photo") == [(7,)]
    kept = path.with_name("plan.version-1.db")
    assert _query(kept, "SELECT value FROM meta WHERE name = 'version'") == [("1",)]
    assert _query(kept, "SELECT name FROM sqlite_master WHERE name = 'photo'") == []


def test_a_migration_that_fails_changes_nothing(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE photo (id)")
        raise ValueError("power cut")

    store.close()
    with monkeypatch.context() as patched:
        patched.setitem(migrations.MIGRATIONS, schema.VERSION, half)
        patched.setattr(schema, "VERSION", schema.VERSION + 1)
        with pytest.raises(ValueError, match="power cut"):
            Store.open(path)
    with Store.open(path) as again:
        assert plain(again.snapshot()) == ACTIONS
    assert _query(path, "SELECT name FROM sqlite_master WHERE name = 'photo'") == []


def test_a_file_address_is_the_same_plan_as_its_path(path: Path, store: Store) -> None:
    with Store.open(f"sqlite:///{path}") as by_address:
        assert by_address.path == path
        assert plain(by_address.snapshot()) == ACTIONS


def test_the_errors_come_without_the_database_library() -> None:
    code = "import sys, xlplan.store; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
