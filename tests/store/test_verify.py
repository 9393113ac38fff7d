"""A store that was tampered with says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.building import a_return, an_item, change, commit, undo
from xlplan.store import Store, StoreError

FAULTS = {
    "a revision lost": ("DELETE FROM revision WHERE number = 2", "Revision 2 is missing"),
    "the newest lost": (
        "DELETE FROM revision WHERE number = 4",
        "newest revision should be 4 and is 3",
    ),
    "a version lost": (
        "DELETE FROM cell WHERE revision = 3",
        "history of A1.1 (a1) rag breaks off at revision 3",
    ),
    "a first version lost": (
        "DELETE FROM cell WHERE revision = 1 AND field = 'progress'",
        "Revision 1 says that it changed 5 cells; its history shows 4",
    ),
    "a value in two versions": (
        "UPDATE cell SET ended = 4 WHERE field = 'rag' AND revision = 1",
        "The history of A1.1 (a1) rag has two values at revision 2",
    ),
    "a file altered": (
        "UPDATE file SET data = x'00' WHERE data = x'504b'",
        "The kept file Asha.xlsx is not what came in: its sha256 should be",
    ),
    "the office's workbook altered": (
        "UPDATE file SET data = x'00' WHERE data <> x'504b'",
        "The kept file Action plan.xlsx is not what came in",
    ),
    "the office's workbook lost": (
        "DELETE FROM file WHERE data <> x'504b'",
        "The office's own workbook Action plan.xlsx is no longer kept",
    ),
    "the mapping lost": ("DELETE FROM mapping", "The mapping that the plan began with is missing"),
    "a merged return lost": (
        "UPDATE received SET name = 'Ben.xlsx'",
        "A1.1 (a1) progress came from Asha.xlsx in revision 2, which is not among the returns "
        "that are kept",
    ),
    "a row that points nowhere": (
        "DELETE FROM item WHERE key = 'a2'",
        "points to a row of item that is not there",
    ),
    "a round that is not there": (
        "UPDATE revision SET round = 9 WHERE number = 2",
        "names a round",
    ),
}


@pytest.fixture
def whole(store: Store) -> Store:
    asha = (
        change("a1", "rag", "A", "G", "Asha"),
        change("a1", "progress", "Recruiting", "Done", "Asha"),
    )
    commit(store, *asha, items=(an_item("a3", {"ref": "NEW 1"}),), kind="merge")
    commit(store, change("a1", "rag", "G", "R"))
    undo(store, 3)
    with store.writing("Olive"):
        store.add_return(a_return("Asha", {"rag": "G"}, data=b"PK"), b"PK")
    return store


def test_a_whole_store_has_no_problems(whole: Store) -> None:
    assert whole.verify() == []


@pytest.mark.parametrize(("sql", "said"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_said(whole: Store, path: Path, sql: str, said: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(sql)
    assert any(said in problem for problem in whole.verify())


def test_pages_that_are_damaged_are_said_or_refused(whole: Store, path: Path) -> None:
    whole.close()
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 6000] = b"\xff" * 6000
    path.write_bytes(data)
    try:
        with Store.open(path) as damaged:
            said = " ".join(damaged.verify())
    except StoreError as error:
        said = str(error)
    assert "damaged" in said
