"""Undo is a new revision; what stands in its way is said."""

from __future__ import annotations

import pytest

from tests.store.building import a_return, an_item, change, commit, plain, undo, v
from xlplan.plan.changes import Source
from xlplan.store import NoRevision, Store, UndoBlocked


def _rag(store: Store) -> str:
    return plain(store.snapshot())["a1"]["rag"]


def test_undo_brings_back_what_was_with_who_said_it(store: Store) -> None:
    commit(store, change("a1", "rag", "A", "G", "Asha"))
    second = commit(store, change("a1", "rag", "G", "R", "Ben"))
    taken_back = undo(store, second)
    assert store.snapshot() == store.snapshot(2)
    last = store.history("a1", "rag")[-1]
    assert last.sources == (Source("Asha", "Asha.xlsx", "Update", "H12"),)
    revision = store.revisions()[-1]
    assert (revision.number, revision.kind, revision.undoes, revision.changes) == (
        taken_back,
        "undo",
        second,
        1,
    )


def test_what_a_revision_made_is_gone_and_its_key_stays_taken(store: Store) -> None:
    made = commit(
        store, change("a2", "progress", "", "Begun"), items=(an_item("a3", {"ref": "NEW 1"}),)
    )
    undo(store, made)
    assert store.snapshot() == store.snapshot(1)
    assert [one.text for one in store.history("a3")] == ["NEW 1"]
    assert store.next_key("a") == "a4"
    assert store.verify() == []


def test_an_undo_can_be_undone_and_so_on(store: Store) -> None:
    last = commit(
        store, change("a1", "rag", "A", "G", "Asha"), items=(an_item("a3", {"ref": "NEW 1"}),)
    )
    states = [store.snapshot()]
    for _ in range(3):
        last = undo(store, last)
        states.append(store.snapshot())
    assert states[0] == states[2]
    assert states[1] == states[3] == store.snapshot(1)
    assert store.verify() == []


def test_merges_are_taken_back_one_after_another(store: Store) -> None:
    first = commit(store, change("a1", "rag", "A", "G"))
    second = commit(store, change("a1", "rag", "G", "R"))
    undo(store, second)
    undo(store, first)
    assert store.snapshot() == store.snapshot(1)
    assert store.undone() == {first: 5, second: 4}


def test_an_older_revision_is_taken_back_where_nothing_later_touched_it(store: Store) -> None:
    first = commit(store, change("a1", "rag", "A", "G"))
    commit(store, change("a2", "rag", "R", "G"), change("a1", "progress", "Recruiting", "Done"))
    undo(store, first)
    assert plain(store.snapshot()) == {
        "a1": {"ref": "A1.1", "rag": "A", "progress": "Done"},
        "a2": {"ref": "A1.2", "rag": "G"},
    }


def test_what_stands_in_the_way_is_named(store: Store) -> None:
    first = commit(store, change("a1", "rag", "A", "G"), change("a2", "rag", "R", "G"))
    commit(store, change("a1", "rag", "G", "R"))
    with pytest.raises(
        UndoBlocked, match=r"Revision 2 cannot .* A1\.1 rag moved again in revision 3"
    ) as blocked:
        undo(store, first)
    assert blocked.value.refs == [("A1.1", "rag")]
    assert store.latest == 3


def test_an_undo_that_is_itself_undone_stands_in_the_way_of_nothing(store: Store) -> None:
    first = commit(store, change("a1", "rag", "A", "G"))
    second = commit(store, change("a1", "rag", "G", "R"))
    undo(store, undo(store, second))
    with pytest.raises(UndoBlocked):
        undo(store, first)
    assert _rag(store) == "R"


def test_bringing_back_what_an_older_undo_passed_is_blocked(store: Store) -> None:
    first = commit(store, change("a1", "rag", "A", "G"))
    second = commit(store, change("a1", "rag", "G", "R"))
    undo_second = undo(store, second)
    undo(store, first)
    with pytest.raises(UndoBlocked, match="moved again in revision 5"):
        undo(store, undo_second)


def test_a_revision_is_taken_back_once(store: Store) -> None:
    first = commit(store, change("a1", "rag", "A", "G"))
    undo(store, first)
    with pytest.raises(UndoBlocked, match="taken back already, by revision 3"):
        undo(store, first)


def test_the_beginning_cannot_be_taken_back(store: Store) -> None:
    with pytest.raises(UndoBlocked, match="begins"):
        undo(store, 1)
    with pytest.raises(NoRevision, match="no revision 7"):
        undo(store, 7)


def test_its_answers_wait_again_and_are_settled_again_when_it_is_brought_back(store: Store) -> None:
    with store.writing("Olive"):
        id = store.add_return(a_return("Asha", {"rag": "G"}))
        merged = store.commit(
            [change("a1", "rag", "A", "G", "Asha")], kind="merge", at="", by="Olive"
        )
        store.settle([(id, 0, "rag")], merged)
    taken_back = undo(store, merged)
    assert [one.lead for one in store.answers_waiting()] == ["Asha"]
    again = undo(store, taken_back)
    assert store.answers_waiting() == []
    taken = store.returned(id)
    assert taken is not None
    assert taken.rows[0].cells[0].settled == again


def test_a_mapping_taken_in_is_taken_back_too(store: Store) -> None:
    before = store.mapping_toml()
    numbers = []
    for title in ("second", "third"):
        with store.writing("Olive"):
            numbers.append(store.commit([], kind="mapping", at="", by="Olive"))
            store.set_mapping(title, numbers[-1])
    with pytest.raises(UndoBlocked, match="mapping moved again in revision 3"):
        undo(store, numbers[0])
    undo(store, numbers[1])
    assert store.mapping_toml() == "second"
    undo(store, numbers[0])
    assert store.mapping_toml() == before


def test_items_without_a_ref_are_named_by_their_key(store: Store) -> None:
    made = commit(store, items=(an_item("l1", {"text": "Footnote"}),))
    commit(store, change("l1", "text", "Footnote", "Other"))
    with pytest.raises(UndoBlocked) as blocked:
        undo(store, made)
    assert blocked.value.refs == [("l1", "text")]
    assert store.snapshot().items["l1"].get("text") == v("Other")
