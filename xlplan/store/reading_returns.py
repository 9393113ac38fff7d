"""Returns put together again from their tables."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from xlplan.plan.rounds import StoredCell, StoredReturn, StoredRow
from xlplan.plan.values import Value
from xlplan.store.engine.schema import (
    received,
    received_cell,
    received_row,
    received_scope,
    settlement,
)

RowName = tuple[int, int]


def read_returns(connection: Connection, *wanted: ColumnElement[bool]) -> list[StoredReturn]:
    """The returns that fit, with their rows and cells, in the order they were taken in."""
    ids = select(received.c.id).where(*wanted)
    heads = connection.execute(
        select(received).where(received.c.id.in_(ids)).order_by(received.c.id)
    ).all()
    scopes = _scopes(connection, ids)
    rows = _rows(connection, ids, _cells(connection, ids))
    return [_return(head, scopes[head.id], rows[head.id]) for head in heads]


def _scopes(connection: Connection, ids: Any) -> dict[int, set[str]]:
    scopes: dict[int, set[str]] = defaultdict(set)
    for row in connection.execute(select(received_scope).where(received_scope.c.returned.in_(ids))):
        scopes[row.returned].add(row.key)
    return scopes


def _cells(connection: Connection, ids: Any) -> dict[RowName, list[StoredCell]]:
    settled = and_(
        settlement.c.returned == received_cell.c.returned,
        settlement.c.position == received_cell.c.position,
        settlement.c.field == received_cell.c.field,
        settlement.c.ended.is_(None),
    )
    query = (
        select(received_cell, settlement.c.revision.label("settled"))
        .join(settlement, settled, isouter=True)
        .where(received_cell.c.returned.in_(ids))
        # In the order of the lead's columns: SQL keeps no order that it is not asked for.
        .order_by(received_cell.c.place)
    )
    cells: dict[RowName, list[StoredCell]] = defaultdict(list)
    for row in connection.execute(query):
        cells[row.returned, row.position].append(_cell(row))
    return cells


def _rows(
    connection: Connection, ids: Any, cells: dict[RowName, list[StoredCell]]
) -> dict[int, list[StoredRow]]:
    query = (
        select(received_row)
        .where(received_row.c.returned.in_(ids))
        .order_by(received_row.c.position)
    )
    rows: dict[int, list[StoredRow]] = defaultdict(list)
    for row in connection.execute(query):
        values = {name: value for name, value in row._mapping.items() if name != "returned"}
        rows[row.returned].append(
            StoredRow(**values, cells=tuple(cells[row.returned, row.position]))
        )
    return rows


def _cell(row: Row[Any]) -> StoredCell:
    return StoredCell(
        field=row.field,
        value=Value(row.text, row.canonical),
        sheet=row.sheet,
        cell=row.cell,
        shown=Value(row.shown_text, row.shown_canonical),
        settled=row.settled,
        superseded=row.superseded,
    )


def _return(head: Row[Any], scope: set[str], rows: list[StoredRow]) -> StoredReturn:
    values = dict(head._mapping)
    # An answer by telephone has no file, one in a bare copy no issue: NULL there, "" here.
    values |= {"sha256": head.sha256 or "", "issue": head.issue or ""}
    return StoredReturn(**values, scope=frozenset(scope), rows=tuple(rows))
