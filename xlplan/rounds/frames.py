"""The plan as data frames, for an analyst's notebook: what it holds at a point, and every change of
every cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from xlplan.mapping.keys import period
from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Item, Plan
from xlplan.plan.timescale.doubted import confirmation, day_of, is_confirmation
from xlplan.reports.documents import SYSTEM_FIELDS, value_of
from xlplan.rounds.owners.named import check_field, find_action
from xlplan.rounds.session.session import Session
from xlplan.rounds.session.when import point
from xlplan.store import Store

if TYPE_CHECKING:
    from xlplan.store import CellVersion

STATUSES = ["new", "open", "completed", "withdrawn"]
AS_WRITTEN = "_as_written"
"""Ends the name of the column that holds a date as people wrote it, beside the date that was read
from it.
"""


def plan_frame(session: Session, *, as_of: str = "") -> pd.DataFrame:
    """Every action, a row each in plan order, by its permanent key; withdrawn ones too.

    Ratings are categories in the order of the plan's scale, dates are dates (a month counts as its
    last day) with what people wrote beside them, numbers are numbers, ticks are booleans.

    Raises:
        NothingDone: the plan has no such point.
    """
    with Store.open(session.plan) as store:
        at = point(store, as_of).revision if as_of else store.latest
        plan = store.snapshot(at)
        mapping = load_text(store.mapping_toml(max(at, 1)), "the mapping in use")
    actions = plan.of_kind("action")
    columns: dict[str, Any] = {
        "ref": _texts(actions, "ref"),
        "section": _sections(plan, actions),
        "status": pd.Categorical(
            [one.text("status") or None for one in actions], categories=STATUSES
        ),
    }
    for name in mapping.fields:
        if name not in columns:
            columns |= _columns(actions, name, mapping)
    keys = pd.Index([action.key for action in actions], name="key")
    return pd.DataFrame(
        {name: pd.Series(values, index=keys) for name, values in columns.items()}, index=keys
    )


def _columns(actions: list[Item], name: str, mapping: PlanMapping) -> dict[str, Any]:
    """One field as a column of the type that fits it; a timescale as two."""
    kind = mapping.fields[name].type
    if kind == "rag":
        codes = [rating.code for rating in mapping.rag]
        rated = [action.text(name) or None for action in actions]
        # pandas sorts texts by letter, A before R; a category sorts as the scale does.
        return {name: pd.Categorical(rated, categories=codes, ordered=True)}
    if kind == "choice":
        chosen = [one.text(name) or None for one in actions]
        return {name: pd.Categorical(chosen, categories=mapping.fields[name].choices)}
    if kind in {"timescale", "date"}:
        days = [
            day_of(one.get(name), one.get(confirmation(name)), period(mapping)) for one in actions
        ]
        return {
            # By the second: counted in nanoseconds, as pandas 2 does, time ends in 2262, and a due
            # date mistyped as 2913 would be an error.
            name: pd.Series(days, dtype="datetime64[s]").to_numpy(),
            name + AS_WRITTEN: _texts(actions, name),
        }
    if kind in {"number", "percent"}:
        return {
            # A plan may print `n/a` in a column of numbers: pandas would keep objects in all of it.
            name: pd.to_numeric(
                pd.Series([value_of(one.get(name), kind) for one in actions]), errors="coerce"
            ).to_numpy()
        }
    if kind == "tick":
        return {name: [bool(one.get(name)) for one in actions]}
    return {name: _texts(actions, name)}


def _texts(actions: list[Item], name: str) -> Any:
    # pandas 2 makes a column of objects out of texts, pandas 3 one of strings.
    return pd.array([action.text(name) for action in actions], dtype="string")


def _sections(plan: Plan, actions: list[Item]) -> pd.Categorical:
    """The section's name, in the plan's order."""
    names = {section.key: section.text("name") or section.text("ref") for section in plan.sections}
    return pd.Categorical(
        [names.get(action.text("section")) for action in actions],
        categories=list(dict.fromkeys(names.values())),
        ordered=True,
    )


def history_frame(session: Session, ref: str = "", field: str = "") -> pd.DataFrame:
    """Every value that a cell moved to, a row each: when, by whom, from what, who said it in which
    file and cell, why.

    Revision 1 is how the plan began; below it stand ratings that the source itself held as earlier
    ones, undated.

    Raises:
        NothingDone: no such action or field.
    """
    with Store.open(session.plan) as store:
        plan = store.snapshot()
        mapping = load_text(store.mapping_toml(), "the mapping in use")
        actions = [find_action(plan, ref)] if ref else plan.of_kind("action")
        check_field(field, mapping, actions)
        rows = [
            row
            for action in actions
            for row in _moves(action, store.history(action.key, field or None))
        ]
    columns = [
        "revision",
        "at",
        "key",
        "ref",
        "field",
        "old",
        "new",
        "by",
        "lead",
        "file",
        "cell",
        "reason",
    ]
    # pandas sorts by quicksort unless told otherwise, which may mix the cells of a revision.
    frame = pd.DataFrame(rows, columns=columns).sort_values(
        "revision", kind="stable", ignore_index=True
    )
    texts = [name for name in columns if name not in {"revision", "at"}]
    return frame.astype(dict.fromkeys(texts, "string") | {"revision": "int64"}).assign(
        # A plan prints its earlier ratings without a day: pandas has NaT for those.
        at=pd.to_datetime(frame["at"])
    )


def _moves(action: Item, versions: list[CellVersion]) -> list[tuple[Any, ...]]:
    held: dict[str, str] = {}
    moves = []
    for version in versions:
        before = held.get(version.field, "")
        held[version.field] = version.text
        if (
            version.field in SYSTEM_FIELDS
            or is_confirmation(version.field)
            or before == version.text
        ):
            continue
        sources = version.sources
        moves.append(
            (
                version.revision,
                version.at or None,
                action.key,
                action.text("ref"),
                version.field,
                before,
                version.text,
                version.by,
                "; ".join(dict.fromkeys(source.lead for source in sources)),
                "; ".join(dict.fromkeys(source.file for source in sources if source.file)),
                "; ".join(dict.fromkeys(source.cell for source in sources if source.cell)),
                version.reason,
            )
        )
    return moves
