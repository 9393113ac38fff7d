"""What a commit takes and what it refuses."""

from __future__ import annotations

import pytest

from tests.store.building import ACTIONS, an_item, change, commit, plain
from xlplan.plan.changes import Source
from xlplan.plan.model import Item
from xlplan.store import MovedMeanwhile, Store, StoreError


def test_numbers_follow_one_another(store: Store) -> None:
    assert [
        commit(store, change("a2", "rag", old, new)) for old, new in (("R", "A"), ("A", "G"))
    ] == [2, 3]
    assert store.revisions()[-1].changes == 1


def test_a_master_that_moved_is_never_overwritten(store: Store) -> None:
    with pytest.raises(MovedMeanwhile, match=r"A1\.1 rag was 'R' .* is 'A' now"):
        commit(store, change("a1", "rag", "R", "G", "Asha"))
    assert store.latest == 1


def test_old_values_are_compared_by_meaning(store: Store) -> None:
    assert commit(store, change("a1", "progress", "recruiting ", "Done")) == 2


def test_nothing_is_written_for_a_cell_that_stays(store: Store) -> None:
    commit(store, change("a1", "rag", "A", "A", "Asha"))
    assert len(store.history("a1", "rag")) == 1
    assert store.revisions()[-1].changes == 0


def test_one_cell_cannot_move_twice_at_once(store: Store) -> None:
    with pytest.raises(StoreError, match="changed twice"):
        commit(store, change("a1", "rag", "A", "G"), change("a1", "rag", "A", "R"))


def test_an_unknown_item_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="no item a9"):
        commit(store, change("a9", "rag", "", "G"))


@pytest.mark.parametrize(
    "items", [(an_item("a1", {"ref": "X"}),), (an_item("a3", {"ref": "X"}),) * 2]
)
def test_a_key_is_given_once(store: Store, items: tuple[Item, ...]) -> None:
    with pytest.raises(StoreError, match="never used again"):
        commit(store, items=items)
    assert plain(store.snapshot()) == ACTIONS


def test_a_new_item_needs_a_value(store: Store) -> None:
    with pytest.raises(StoreError, match="no value"):
        commit(store, items=(Item("a3", "action"),))


def test_a_change_on_a_new_item_says_who_its_value_came_from(store: Store) -> None:
    commit(
        store,
        change("a3", "action", "", "Train staff", "Asha"),
        items=(an_item("a3", {"ref": "NEW 1"}),),
    )
    assert plain(store.snapshot())["a3"] == {"action": "Train staff", "ref": "NEW 1"}
    assert store.history("a3", "action")[0].sources == (
        Source("Asha", "Asha.xlsx", "Update", "H12"),
    )


def test_writing_outside_a_transaction_is_a_mistake_of_ours(store: Store) -> None:
    with pytest.raises(RuntimeError, match="inside"):
        store.commit([], kind="merge", at="", by="Olive")
    with (
        store.writing("Olive"),
        pytest.raises(RuntimeError, match="already"),
        store.writing("Olive"),
    ):
        pass
