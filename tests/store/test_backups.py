"""A consistent copy, and bringing one back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.building import ACTIONS, change, commit, plain
from xlplan.store import Busy, NoPlan, PlanExists, Store, StoreError


def test_a_copy_is_the_whole_plan(store: Store, tmp_path: Path) -> None:
    commit(store, change("a1", "rag", "A", "G", "Asha"))
    store.backup(tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as copy:
        assert copy.snapshot() == store.snapshot()
        assert copy.history("a1") == store.history("a1")


def test_a_copy_is_never_written_over_anything(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(PlanExists, match="there already"):
        store.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_a_copy_brought_back_keeps_what_was_there_beside_it(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.backup(tmp_path / "copy.db")
    commit(store, change("a1", "rag", "A", "G"))
    store.close()
    with Store.restore(tmp_path / "copy.db", path) as back:
        assert plain(back.snapshot()) == ACTIONS
    with Store.open(tmp_path / "plan.before-restore.db") as aside:
        assert plain(aside.snapshot())["a1"]["rag"] == "G"
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "copy.db",
        "plan.before-restore.db",
        "plan.db",
    ]


@pytest.mark.parametrize("present", [None, b"not a database any more" * 50])
def test_a_copy_takes_the_place_of_a_plan_that_is_lost(
    store: Store, path: Path, tmp_path: Path, present: bytes | None
) -> None:
    store.backup(tmp_path / "copy.db")
    store.close()
    path.unlink()
    if present:
        path.write_bytes(present)
    with Store.restore(tmp_path / "copy.db", path) as back:
        assert plain(back.snapshot()) == ACTIONS


def test_a_copy_that_is_damaged_is_not_brought_back(
    store: Store, path: Path, tmp_path: Path
) -> None:
    with store.writing("Olive"), store._reading() as connection:
        connection.exec_driver_sql("UPDATE revision SET changes = 77")
    store.backup(tmp_path / "copy.db")
    store.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"copy\.db is damaged and was not brought back"):
        Store.restore(tmp_path / "copy.db", path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["missing.db", "workbook.db"])
def test_what_is_no_copy_is_refused(store: Store, path: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "workbook.db").write_bytes(b"PK a workbook" * 100)
    with pytest.raises(NoPlan, match=name):
        Store.restore(tmp_path / name, path)
    assert plain(store.snapshot()) == ACTIONS


def test_nothing_is_brought_back_while_somebody_writes(
    store: Store, path: Path, tmp_path: Path
) -> None:
    store.backup(tmp_path / "copy.db")
    with store.writing("Asha"), pytest.raises(Busy, match="Asha"):
        Store.restore(tmp_path / "copy.db", path, patience=0.05)
    assert plain(store.snapshot()) == ACTIONS
