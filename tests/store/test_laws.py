"""Laws of a history: what it replays to, and that undo is the way back."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.building import a_plan, a_store, an_item, change, commit, plain, undo
from xlplan.plan.model import Item
from xlplan.store import Store, UndoBlocked

KEYS = ("a1", "a2", "a3")
Texts = dict[str, dict[str, str]]
Step = list[tuple[str, str, str]]

cells = st.tuples(
    st.sampled_from(KEYS),
    st.sampled_from(("rag", "progress")),
    st.sampled_from(("", "R", "G", "\u00a0é\n")),
)
steps = st.lists(cells, max_size=4, unique_by=lambda cell: cell[:2])


def _apply(store: Store, state: Texts, step: Step) -> Texts:
    """Commit a step; the state that a plain dictionary comes to."""
    now = {key: dict(values) for key, values in state.items()}
    items: list[Item] = []
    changes = []
    for key, field, text in step:
        if key not in now:
            items.append(an_item(key, {"ref": key}))
            now[key] = {"ref": key}
        changes.append(change(key, field, now[key].get(field, ""), text, "Asha"))
        now[key] = (
            {**now[key], field: text} if text else {k: v for k, v in now[key].items() if k != field}
        )
    commit(store, *changes, items=tuple(items))
    return now


def _run(folder: str, history: list[Step]) -> tuple[Store, list[Texts]]:
    states: list[Texts] = [{"a1": {"ref": "a1"}, "a2": {"ref": "a2", "rag": "R"}}]
    store = a_store(Path(folder) / "plan.db", a_plan(states[0]))
    for step in history:
        states.append(_apply(store, states[-1], step))
    return store, states


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, max_size=5))
def test_every_revision_replays_to_what_it_was(history: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, states = _run(folder, history)
        store.close()
        with Store.open(Path(folder) / "plan.db") as again:
            assert [plain(again.snapshot(n)) for n in range(1, again.latest + 1)] == states
            assert again.verify() == []


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, min_size=1, max_size=5))
def test_undo_after_commit_is_before(history: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, states = _run(folder, history)
        with store:
            for number in range(len(states), 1, -1):
                undo(store, number)
                assert plain(store.snapshot()) == states[number - 2]
            assert store.verify() == []


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, min_size=1, max_size=4), st.lists(st.integers(2, 12), max_size=6))
def test_any_undo_is_refused_or_moves_only_its_own_cells(
    history: list[Step], tries: list[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, _ = _run(folder, history)
        with store:
            for number in (one for one in tries if one <= store.latest):
                _undo_moves_only_its_own(store, number)
            assert store.verify() == []


def _undo_moves_only_its_own(store: Store, number: int) -> None:
    was = store.snapshot()
    try:
        now = undo(store, number)
    except UndoBlocked:
        assert store.snapshot() == was
        return
    back = {
        (one.key, one.field): (one.new, one.old)
        for one in store.changes_between(number - 1, number)
    }
    moved = {
        (one.key, one.field): (one.old, one.new) for one in store.changes_between(now - 1, now)
    }
    assert moved == back


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, min_size=2, max_size=5), st.data())
def test_changes_compose(history: list[Step], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, states = _run(folder, history)
        with store:
            a, b, c = (data.draw(st.integers(1, len(states))) for _ in range(3))
            state = store.snapshot(a)
            for one in [*store.changes_between(a, b), *store.changes_between(b, c)]:
                item = state.items.setdefault(one.key, Item(one.key, "action"))
                assert item.get(one.field) == one.old
                item.values[one.field] = one.new
            there = {
                key: {f: x for f, x in item.values.items() if x}
                for key, item in state.items.items()
            }
            wanted = {key: item.values for key, item in store.snapshot(c).items.items()}
            assert {key: values for key, values in there.items() if values} == wanted
