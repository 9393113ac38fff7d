"""Rounds, and what was issued in them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import event

from tests.store.building import an_issue, change, commit
from xlplan.plan.rounds import Round
from xlplan.store import Store, StoreError


def _open(store: Store, name: str, return_by: str = "2013-01-31", at: str = "2013-01-02") -> Round:
    with store.writing("Olive"):
        return store.open_round(name, return_by, at)


def test_the_first_round_runs_from_init(store: Store) -> None:
    commit(store, change("a1", "rag", "A", "G"), kind="set")
    assert _open(store, "January") == Round(1, "January", "2013-01-31", "2013-01-02", opened=1)
    assert store.current_round() == store.round_named("January")


def test_a_round_is_opened_once_and_takes_a_later_return_by_date(store: Store) -> None:
    first = _open(store, "January")
    again = _open(store, "January", "2013-02-07", "2013-01-15")
    assert (again.id, again.return_by, again.opened_at) == (first.id, "2013-02-07", "2013-01-02")
    assert len(store.rounds()) == 1
    assert _open(store, "January", "").return_by == "2013-02-07"


def test_a_later_round_ends_the_open_one_and_runs_from_its_end(store: Store) -> None:
    _open(store, "January")
    commit(store, change("a1", "rag", "A", "G"))
    february = _open(store, "February", at="2013-02-03")
    january = store.round_named("January")
    assert january is not None
    assert (january.closed, january.closed_at) == (2, "2013-02-03")
    assert february.opened == 2
    assert store.current_round() == february


def test_a_round_is_closed_once(store: Store) -> None:
    january = _open(store, "January")
    for at in ("2013-02-01", "2013-03-01"):
        with store.writing("Olive"):
            store.close_round(january.id, at)
    assert store.current_round() is None
    assert [(one.closed, one.closed_at) for one in store.rounds()] == [(1, "2013-02-01")]


def test_what_changes_between_two_rounds_belongs_to_the_second(store: Store) -> None:
    january = _open(store, "January")
    with store.writing("Olive"):
        store.close_round(january.id, "2013-02-01")
    commit(store, change("a1", "rag", "A", "G"))
    assert _open(store, "February").opened == 1


def test_an_issue_is_found_by_id_code_lead_and_token(store: Store) -> None:
    january = _open(store, "January")
    issue, rows = an_issue(january.id)
    with store.writing("Olive"):
        store.add_issue(issue, rows)
        store.add_issue(*an_issue(january.id, "Ben", "i2"))
    assert store.issue("i1") == store.issue_by_code("CODE-i1") == issue
    assert [one.id for one in store.issues(round=january.id)] == ["i1", "i2"]
    assert [one.id for one in store.issues(lead="Ben")] == ["i2"]
    assert store.token("i1-token-1") == (issue, rows[1])
    assert store.rows_of("i1") == rows


def test_a_token_that_we_never_made_is_nobodys(store: Store) -> None:
    assert store.token("i1-token-9") is None
    assert store.issue("i9") is None
    assert store.issues(round=7) == []


def test_tokens_are_looked_up_together(store: Store) -> None:
    january = _open(store, "January")
    issue, rows = an_issue(january.id)
    with store.writing("Olive"):
        store.add_issue(issue, rows)
    nobodys = [f"i9-token-{number}" for number in range(1_200)]
    asked: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *said: asked.append(said[2][:6]))
    known = store.tokens([*nobodys, "", *(row.token for row in rows)])
    assert known == {row.token: (issue, row) for row in rows}
    assert asked.count("SELECT") == 4, "three times 500 tokens, and the issues"


def test_a_row_of_another_issue_is_refused(store: Store) -> None:
    january = _open(store, "January")
    with pytest.raises(StoreError, match="another issue"), store.writing("Olive"):
        store.add_issue(an_issue(january.id)[0], an_issue(january.id, id="i2")[1])


def test_a_workbook_is_kept_until_its_issue_is_marked_as_written(store: Store) -> None:
    january = _open(store, "January")
    with store.writing("Olive"):
        store.add_issue(*an_issue(january.id), b"PK one")
        store.add_issue(*an_issue(january.id, "Ben", "i2"), b"PK two")
    one, two = store.unwritten("update")
    assert (store.unwritten_workbook(one.id), store.unwritten("query")) == (b"PK one", [])
    with store.writing("Olive"):
        store.move_issue(two.id, "out/Ben (2).xlsx")
        store.mark_written([one])
    assert store.unwritten("update") == [replace(two, path="out/Ben (2).xlsx")]
    assert [issue.id for issue in store.issues()] == ["i1", "i2"]
    assert store.verify() == []
