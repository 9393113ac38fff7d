"""The plan as it is and as it was, and how each cell came to be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from tests.store.building import ACTIONS, a_plan, a_store, an_item, change, commit, plain, v
from xlplan.plan.changes import Source
from xlplan.plan.model import Item, Plan
from xlplan.plan.values import BLANK, Value
from xlplan.store import NoRevision, Store

SEEDS = [
    ("initial", {("a1", "rag"): v("R"), ("a2", "rag"): v("R")}),
    ("previous", {("a1", "rag"): v("A"), ("a2", "rag"): BLANK}),
]


def test_init_is_revision_1(store: Store) -> None:
    assert store.latest == 1
    assert plain(store.snapshot()) == ACTIONS
    assert [(one.number, one.kind, one.by, one.changes) for one in store.revisions()] == [
        (1, "init", "Olive", 5)
    ]


def test_items_come_back_in_the_order_they_were_given(path: Path) -> None:
    keys = [f"a{n}" for n in (10, 2, 33, 1)]
    with a_store(path, a_plan({key: {"ref": key} for key in keys})) as store:
        assert list(store.snapshot().items) == keys


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "3/4",
        "\u00a0no-break\u00a0",
        "  two  spaces ",
        "line\nline\ttab",
        "😀 👩‍👩‍👧",
        "e\u0301 é",
        "zero\u200bwidth",
        "“quotes”",
        "א",
        "x" * 40_000,
    ],
)
def test_texts_are_kept_byte_for_byte(path: Path, text: str) -> None:
    kept = Value(text, text.strip())
    with a_store(path, Plan({"a1": Item("a1", "action", {"progress": kept})})) as store:
        assert store.snapshot().items["a1"].values == {"progress": kept}
    with Store.open(path) as again:
        assert again.snapshot().items["a1"].values == {"progress": kept}


def test_an_empty_cell_is_not_kept(path: Path) -> None:
    with a_store(path, Plan({"a1": Item("a1", "action", {"ref": v("A1"), "rag": BLANK})})) as store:
        assert store.history("a1", "rag") == []
        assert store.revisions()[-1].changes == 1


def test_a_clearing_is_a_version_of_its_own(store: Store) -> None:
    commit(store, change("a1", "progress", "Recruiting", "", "Asha"))
    assert plain(store.snapshot())["a1"] == {"ref": "A1.1", "rag": "A"}
    assert [(one.revision, one.text) for one in store.history("a1", "progress")] == [
        (1, "Recruiting"),
        (2, ""),
    ]


def test_points_stand_before_init_with_the_fields_that_they_know(path: Path) -> None:
    with a_store(path, seeds=SEEDS, seed_dates={"previous": "2012-10-31"}) as store:
        assert [(one.number, one.note, one.at) for one in store.points()] == [
            (-1, "initial", ""),
            (0, "previous", "2012-10-31"),
        ]
        assert plain(store.snapshot(-1)) == {"a1": {"rag": "R"}, "a2": {"rag": "R"}}
        assert plain(store.snapshot(0)) == {"a1": {"rag": "A"}}
        assert plain(store.snapshot(1)) == ACTIONS


def test_a_points_value_ends_at_init_even_where_it_is_the_same(path: Path) -> None:
    with a_store(path, seeds=SEEDS) as store:
        spans = [(one.revision, one.ended, one.text) for one in store.history("a1", "rag")]
        assert spans == [(-1, 0, "R"), (0, 1, "A"), (1, None, "A")]
        assert store.verify() == []


def test_a_snapshot_is_the_callers_own(store: Store) -> None:
    mine = store.snapshot()
    mine.items["a1"].values["rag"] = v("G")
    del mine.items["a2"]
    assert plain(store.snapshot()) == ACTIONS


def test_what_was_stays_what_it_was(store: Store) -> None:
    commit(store, change("a1", "rag", "A", "G", "Asha"), items=(an_item("a3", {"ref": "NEW 1"}),))
    commit(store, change("a1", "rag", "G", "R", "Asha"))
    assert [plain(store.snapshot(n))["a1"]["rag"] for n in (1, 2, 3)] == ["A", "G", "R"]
    assert "a3" not in store.snapshot(1).items
    assert plain(store.snapshot())["a3"] == {"ref": "NEW 1"}


def test_a_revision_to_come_is_refused(store: Store) -> None:
    with pytest.raises(NoRevision, match="no revision 2; the newest is 1"):
        store.snapshot(2)


def test_history_says_who_said_it_where_and_why(store: Store) -> None:
    commit(store, change("a1", "rag", "A", "G", "Asha", "Ben", reason="all posts filled"))
    first, second = store.history("a1", "rag")
    assert (first.ended, first.sources, first.by) == (2, (), "Olive")
    assert second.ended is None
    assert second.reason == "all posts filled"
    assert second.sources == (
        Source("Asha", "Asha.xlsx", "Update", "H12"),
        Source("Ben", "Ben.xlsx", "Update", "H12"),
    )


def test_history_of_an_item_lists_all_its_cells_oldest_first(store: Store) -> None:
    commit(store, change("a1", "rag", "A", "G", "Asha"))
    assert [(one.revision, one.field) for one in store.history("a1")] == [
        (1, "progress"),
        (1, "rag"),
        (1, "ref"),
        (2, "rag"),
    ]


def test_changes_between_two_points_are_net(store: Store) -> None:
    commit(store, change("a1", "rag", "A", "R", "Asha"), change("a2", "rag", "R", "G", "Ben"))
    commit(
        store,
        change("a1", "rag", "R", "A", "Asha"),
        change("a2", "rag", "G", "B", "Cyd", reason="done"),
    )
    assert store.changes_between(1, 3) == [change("a2", "rag", "R", "B", "Cyd", reason="done")]
    assert store.changes_between(3, 3) == []


def test_changes_backwards_swap_old_and_new(store: Store) -> None:
    commit(
        store, change("a1", "progress", "Recruiting", ""), change("a2", "progress", "", "Started")
    )
    backwards = store.changes_between(2, 1)
    assert [(one.key, one.old.text, one.new.text) for one in backwards] == [
        ("a1", "", "Recruiting"),
        ("a2", "Started", ""),
    ]


def test_a_text_retyped_with_the_same_meaning_is_still_a_change(store: Store) -> None:
    commit(store, change("a1", "progress", "Recruiting", "RECRUITING"))
    assert [one.new.text for one in store.changes_between(1, 2)] == ["RECRUITING"]


def test_refs_ever_used_include_those_that_were_changed(store: Store) -> None:
    commit(store, change("a1", "ref", "A1.1", "A9", "Olive"))
    assert store.ever("ref") == {"a1.1", "a1.2", "a9"}


def test_keys_are_never_used_again(store: Store) -> None:
    assert store.next_key("a") == "a3"
    assert store.next_key("a", {"a3"}) == "a4"
    assert store.next_key("s") == "s1"


def test_the_mapping_in_use_is_kept_with_each_revision(store: Store) -> None:
    with store.writing("Olive"):
        number = store.commit([], kind="mapping", at="", by="Olive")
        store.set_mapping("title = 'New'", number)
    assert store.mapping_toml() == "title = 'New'"
    assert store.mapping_toml(1) == 'title = "Walsall"'
    assert store.mapping_toml(0) == 'title = "Walsall"'


def test_the_offices_own_workbook_is_kept_as_it_came(store: Store) -> None:
    assert store.source_file() == ("Action plan.xlsx", b"PK the workbook")
    assert store.source_name() == ("Action plan.xlsx", sha256(b"PK the workbook").hexdigest())


def test_no_row_of_a_cell_holds_more_than_one_value(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        texts = {text for (text,) in raw.execute("SELECT text FROM cell")}
    assert texts == {"A1.1", "A", "Recruiting", "A1.2", "R"}
