"""All of a transaction or none, whatever happens in the middle; and who is writing."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.building import ACTIONS, a_return, an_issue, an_item, change, plain
from xlplan.store import Busy, Store

KILLED = """
import os, signal, sys
from tests.store.building import an_item, change
from xlplan.store import Store
store = Store.open(sys.argv[1])
with store.writing("Asha"):
    many = [an_item(f"b{n}", {"progress": "x" * 4000}) for n in range(2000)]
    store.commit([change("a1", "rag", "A", "G", "Asha")], many, kind="merge", at="", by="Asha")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _write_and_fail(store: Store) -> None:
    with store.writing("Olive"):
        this_round = store.open_round("January", "2013-01-31", "2013-01-02")
        store.add_issue(*an_issue(this_round.id))
        store.add_return(a_return("Asha", {"rag": "G"}, data=b"file"), b"file", [])
        store.commit(
            [change("a1", "rag", "A", "G")],
            [an_item("a3", {"ref": "X"})],
            kind="merge",
            at="",
            by="",
        )
        assert plain(store.snapshot(2))["a1"]["rag"] == "G"
        raise ZeroDivisionError


def test_an_error_in_the_middle_takes_everything_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(store)
    assert store.latest == 1
    assert plain(store.snapshot()) == ACTIONS
    assert (store.rounds(), store.issues(), store.returns(), store.next_key("a")) == (
        [],
        [],
        [],
        "a3",
    )


def test_a_number_used_again_after_an_error_shows_what_was_kept(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(store)
    with store.writing("Olive"):
        assert store.commit([change("a1", "rag", "A", "R")], kind="merge", at="", by="") == 2
    assert plain(store.snapshot(2))["a1"]["rag"] == "R"


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_a_writer_that_is_killed_leaves_the_plan_as_it_was(store: Store, path: Path) -> None:
    store.close()
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.with_name("plan.db-journal").exists()
    with Store.open(path, patience=0.2) as again:
        assert plain(again.snapshot()) == ACTIONS
        assert again.verify() == []
        with again.writing("Ben"):
            assert again.commit([change("a1", "rag", "A", "G")], kind="merge", at="", by="Ben") == 2


def test_a_second_writer_is_told_who_the_first_is(store: Store, path: Path) -> None:
    with (
        Store.open(path, patience=0.05) as second,
        store.writing("Asha Patel"),
        pytest.raises(
            Busy, match=r"Asha Patel, since \d\d:\d\d on .*, is writing to .*plan\.db.*try again"
        ),
        second.writing("Ben"),
    ):
        pass
    assert not path.with_name("plan.db.lock").exists()
    with store.writing("Ben"):
        pass


def test_others_may_read_while_somebody_writes(store: Store, path: Path) -> None:
    with Store.open(path, patience=0.05) as reader, store.writing("Asha"):
        store.commit([change("a1", "rag", "A", "G")], kind="merge", at="", by="")
        assert plain(reader.snapshot()) == ACTIONS


def test_a_note_left_by_a_program_that_is_gone_names_nobody(store: Store, path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    note = path.with_name("plan.db.lock")
    note.write_text(
        f"Zoe\n2013-01-02T09:00:00\n{socket.gethostname()}\n{gone.pid}", encoding="utf-8"
    )
    with Store.open(path, patience=0.05) as second, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="Another program is writing"), second.writing("Ben"):
            pass
    with store.writing("Olive"):
        assert note.read_text(encoding="utf-8").startswith("Olive\n")
    assert not note.exists()
