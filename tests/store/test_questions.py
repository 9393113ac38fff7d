"""Questions keep their numbers, decisions their record."""

from __future__ import annotations

import pytest

from tests.store.building import change, commit, undo
from xlplan.plan.changes import Decision
from xlplan.plan.grounds import Claim, Grounds
from xlplan.plan.values import Value
from xlplan.store import Store


def _grounds(master: str = "g") -> Grounds:
    return Grounds("a1", "rag", "both-moved", (Claim("Asha", (("rag", "g"),)),), ("a",), master)


def _ask(store: Store, field: str, master: str = "r", prefix: str = "C") -> str:
    with store.writing("Olive"):
        return store.number_question(_grounds(master), "a1", field, prefix)


def _close(store: Store, id: str, revision: int | None = None) -> None:
    with store.writing("Olive"):
        store.close_question(id, revision)


def test_an_open_question_keeps_its_number_whatever_its_values(store: Store) -> None:
    assert [_ask(store, "rag"), _ask(store, "due"), _ask(store, "rag", "moved")] == [
        "C1",
        "C2",
        "C1",
    ]


def test_proposals_have_numbers_of_their_own(store: Store) -> None:
    assert [_ask(store, "rag"), _ask(store, "row 1", prefix="P"), _ask(store, "due")] == [
        "C1",
        "P1",
        "C2",
    ]
    assert store.question_ids() == {
        ("C", "a1", "rag"): "C1",
        ("C", "a1", "due"): "C2",
        ("P", "a1", "row 1"): "P1",
    }


def test_a_number_is_never_used_again(store: Store) -> None:
    _ask(store, "rag")
    _close(store, "C1")
    assert store.question_ids() == {}
    assert _ask(store, "rag") == "C2"


@pytest.mark.parametrize(("asked_anew", "open_after"), [(False, "C1"), (True, "C2")])
def test_taking_a_revision_back_asks_what_it_had_settled(
    store: Store, asked_anew: bool, open_after: str
) -> None:
    _ask(store, "rag")
    merged = commit(store, change("a1", "rag", "A", "G"))
    _close(store, "C1", merged)
    if asked_anew:
        _ask(store, "rag")
    undo(store, merged)
    assert list(store.question_ids().values()) == [open_after]


def test_every_decision_stays_on_record(store: Store) -> None:
    decisions = [
        Decision(
            "C1",
            _grounds(),
            "take",
            "Olive",
            "2013-02-01",
            Value("G ", "G"),
            "Asha",
            "agreed by phone",
        ),
        Decision("C1", _grounds(), "master", "Olive", "2013-02-02"),
    ]
    for decision in decisions:
        with store.writing("Olive"):
            store.add_decision(decision)
    assert store.decisions() == decisions
