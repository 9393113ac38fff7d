"""What came back, kept as it came; and what of it waits."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.building import a_return, an_issue, v
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding
from xlplan.plan.rounds import StoredCell, StoredReturn, StoredRow
from xlplan.store import Store, StoreError

FINDING = Finding(
    "error",
    "rag-unknown",
    "'Purple' is not a rating.",
    "Choose R.",
    Address("a.xlsx", "Update", "H12"),
    key="a1",
)


def _take(store: Store, new: StoredReturn, data: bytes = b"", *findings: Finding) -> int:
    with store.writing("Olive"):
        return store.add_return(new, data, list(findings))


def _waiting(store: Store) -> list[str]:
    return [one.lead for one in store.answers_waiting()]


def test_a_return_comes_back_as_it_was_taken_in(store: Store) -> None:
    with store.writing("Olive"):
        january = store.open_round("January", "2013-01-31", "2013-01-02")
        store.add_issue(*an_issue(january.id))
    rows = (
        StoredRow(
            0,
            "Update",
            12,
            "answered",
            "a1",
            "t1",
            (StoredCell("rag", v("G"), "Update", "H12", v("A")),),
            "moved",
        ),
        StoredRow(
            3,
            "Update",
            15,
            "proposed",
            None,
            "",
            (
                StoredCell("ref", v("NEW 1"), "Update", "B15"),
                StoredCell("action", v("😀"), "Update", "C15"),
            ),
        ),
        StoredRow(4, "Notes", 1, "refused"),
    )
    new = a_return(
        "Asha",
        {},
        data=b"PK",
        round=january.id,
        rows=rows,
        issue="i1",
        saved_at="2013-01-19",
        by="Deputy",
        nil=True,
        note="by e-mail",
        scope=frozenset({"a2", "a1"}),
    )
    id = _take(store, new, b"PK", FINDING)
    assert store.returns() == [replace(new, id=id)]
    assert store.returned(id) == replace(new, id=id)
    assert store.findings(return_id=id) == [FINDING]


def test_returns_are_found_by_round_and_status(store: Store) -> None:
    with store.writing("Olive"):
        january = store.open_round("January", "2013-01-31", "2013-01-02")
    first = _take(store, a_return("Asha", {"rag": "G"}, round=january.id), b"", FINDING)
    second = _take(store, a_return("Ben", {"rag": "G"}, status="refused"))
    assert [one.id for one in store.returns(round=january.id)] == [first]
    assert [one.id for one in store.returns(status="refused")] == [second]
    assert store.findings(round=january.id) == [FINDING]
    with store.writing("Olive"):
        store.update_return(second, status="waiting", note="mended")
    taken = store.returned(second)
    assert taken is not None
    assert (taken.status, taken.note) == ("waiting", "mended")


def test_the_same_bytes_are_kept_once(store: Store, path: Path) -> None:
    first = _take(store, a_return("Asha", {}, data=b"PK same", status="duplicate"), b"PK same")
    second = _take(store, a_return("Asha", {}, data=b"PK same"), b"PK same")
    assert store.return_bytes(first) == store.return_bytes(second) == b"PK same"
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT count(*) FROM file WHERE data = ?", [b"PK same"]).fetchone() == (
            1,
        )
    found = store.file_with(a_return("Asha", {}, data=b"PK same").sha256)
    assert found is not None
    assert found.id == second


def test_an_answer_without_a_file_has_no_bytes(store: Store) -> None:
    id = _take(store, a_return("Asha", {"rag": "G"}, nil=True))
    assert store.return_bytes(id) == b""
    assert store.file_with("") is None
    with pytest.raises(StoreError, match="no return 99"):
        store.return_bytes(99)


def test_bytes_that_are_not_what_their_hash_says_are_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="do not match"):
        _take(store, a_return("Asha", {}, data=b"one"), b"another")


def test_a_cell_waits_until_it_is_settled_or_superseded(store: Store) -> None:
    asha = _take(store, a_return("Asha", {"rag": "G", "progress": "Done"}))
    ben = _take(store, a_return("Ben", {"rag": "R"}))
    assert _waiting(store) == ["Asha", "Ben"]
    with store.writing("Olive"):
        store.settle([(asha, 0, "rag")], 1)
        store.supersede([(ben, 0, "rag")])
    assert _waiting(store) == ["Asha"]
    with store.writing("Olive"):
        store.settle([(asha, 0, "rag"), (asha, 0, "progress")], 1)
    assert _waiting(store) == []
    taken = store.returned(asha)
    assert taken is not None
    assert [cell.settled for cell in taken.rows[0].cells] == [1, 1]
    with store.writing("Olive"):
        store.unsettle(1)
        store.supersede([(ben, 0, "rag")], superseded=False)
    assert _waiting(store) == ["Asha", "Ben"]


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (
            StoredRow(0, "Update", 12, "refused", None, "", (StoredCell("rag", v("G"), "", ""),)),
            "waiting",
        ),
        (StoredRow(0, "Update", 12, "answered", "a1"), "waiting"),
        (
            StoredRow(0, "Update", 12, "answered", "a1", "", (StoredCell("rag", v("G"), "", ""),)),
            "refused",
        ),
    ],
    ids=["a refused row", "a row that says nothing", "a refused file"],
)
def test_what_can_never_be_merged_does_not_wait(store: Store, row: StoredRow, status: str) -> None:
    _take(store, a_return("Asha", {}, row=row, status=status))
    assert store.answers_waiting() == []


def test_a_cell_that_no_return_has_cannot_be_settled(store: Store) -> None:
    with pytest.raises(StoreError, match="No return has the cell"), store.writing("Olive"):
        store.settle([(1, 0, "rag")], 1)


def test_a_return_taken_out_may_be_imported_again(store: Store) -> None:
    id = _take(store, a_return("Asha", {"rag": "G"}, data=b"PK"), b"PK", FINDING)
    with store.writing("Olive"):
        store.remove_return(id)
    assert (store.returns(), store.findings(), store.answers_waiting()) == ([], [], [])
    assert store.file_with(a_return("Asha", {}, data=b"PK").sha256) is None
    assert _take(store, a_return("Asha", {"rag": "G"}, data=b"PK"), b"PK") > id


def test_a_return_that_is_merged_stays(store: Store) -> None:
    id = _take(store, a_return("Asha", {"rag": "G"}))
    with store.writing("Olive"):
        store.settle([(id, 0, "rag")], 1)
    with pytest.raises(StoreError, match="xlplan undo"), store.writing("Olive"):
        store.remove_return(id)
    assert len(store.returns()) == 1
