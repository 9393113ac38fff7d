"""Builders for store tests: plans, changes, returns, said shortly."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlplan.plan.changes import Change, Source
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import Issue, IssuedRow, StoredCell, StoredReturn, StoredRow
from xlplan.plan.values import BLANK, Value
from xlplan.store import Store

ACTIONS = {
    "a1": {"ref": "A1.1", "rag": "A", "progress": "Recruiting"},
    "a2": {"ref": "A1.2", "rag": "R"},
}


def v(text: str) -> Value:
    return Value(text, text.strip().casefold())


def an_item(key: str, values: Mapping[str, str]) -> Item:
    return Item(key, "action", {name: v(text) for name, text in values.items()})


def a_plan(actions: Mapping[str, Mapping[str, str]] = ACTIONS) -> Plan:
    return Plan({key: an_item(key, values) for key, values in actions.items()})


def a_store(path: Path, plan: Plan | None = None, **more: Any) -> Store:
    parts: dict[str, Any] = {
        "plan": plan if plan is not None else a_plan(),
        "seeds": [],
        "mapping_toml": 'title = "Walsall"',
        "source_name": "Action plan.xlsx",
        "source_bytes": b"PK the workbook",
        "at": "2013-01-02T09:00:00",
        "by": "Olive",
    }
    return Store.create(path, **(parts | more))


def change(key: str, field: str, old: str, new: str, *leads: str, reason: str = "") -> Change:
    sources = tuple(Source(lead, f"{lead}.xlsx", "Update", "H12") for lead in leads)
    return Change(key, field, v(old) if old else BLANK, v(new) if new else BLANK, sources, reason)


def commit(store: Store, *changes: Change, items: tuple[Item, ...] = (), kind: str = "set") -> int:
    with store.writing("Olive"):
        return store.commit(changes, items, kind=kind, at="2013-02-01T10:00:00", by="Olive")


def undo(store: Store, revision: int) -> int:
    with store.writing("Olive"):
        return store.undo(revision, at="2013-02-02T10:00:00", by="Olive")


def plain(plan: Plan) -> dict[str, dict[str, str]]:
    """A plan as texts by key and field."""
    return {
        key: {name: value.text for name, value in item.values.items()}
        for key, item in plan.items.items()
    }


def a_return(
    lead: str, cells: Mapping[str, str], *, data: bytes = b"", round: int | None = None, **more: Any
) -> StoredReturn:
    """One answered row (of a1, unless `row` says otherwise) with a cell a field."""
    taken = tuple(
        StoredCell(name, v(text), "Update", f"H{n}", v("shown"))
        for n, (name, text) in enumerate(cells.items())
    )
    row = more.pop("row", StoredRow(0, "Update", 12, "answered", "a1", "token-1", taken))
    parts: dict[str, Any] = {
        "id": 0,
        "name": f"{lead}.xlsx",
        "sha256": hashlib.sha256(data).hexdigest() if data else "",
        "lead": lead,
        "round": round,
        "issue": "",
        "base": 1,
        "status": "waiting",
        "arrived_at": "2013-01-20T08:00:00",
        "rows": (row,),
    }
    return StoredReturn(**(parts | more))


def an_issue(round: int, lead: str = "Asha", id: str = "i1") -> tuple[Issue, list[IssuedRow]]:
    issue = Issue(
        id, "update", round, lead, f"CODE-{id}", f"out/{lead}.xlsx", 1, "2013-01-03T09:00:00"
    )
    rows = [IssuedRow(f"{id}-token-{n}", id, key, n) for n, key in enumerate(("a2", "a1"))]
    return issue, rows
