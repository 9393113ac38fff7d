"""What came back: files as received, the rows and cells read from them, findings, and what has been
settled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, insert, select, update

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding
from xlplan.plan.rounds import ReturnStatus, StoredReturn
from xlplan.store.engine.schema import (
    file,
    finding,
    received,
    received_cell,
    received_row,
    received_scope,
    settlement,
)
from xlplan.store.errors import StoreError
from xlplan.store.reading_returns import read_returns
from xlplan.store.transactions import OpenStore

TakenName = tuple[int, int, str]
"""A cell of a return: the return's id, the row's position, the field."""

OPEN = settlement.c.ended.is_(None)


class Returns(OpenStore):
    """Returns and what became of them."""

    def add_return(
        self, new: StoredReturn, data: bytes = b"", findings: Iterable[Finding] = ()
    ) -> int:
        """Keep a return and its bytes (once a file, whoever sends it); returns its id. No sha256:
        no file came.

        Raises:
            StoreError: the bytes are not those that the sha256 names.
        """
        connection = self._writing_to()
        if new.sha256:
            # One workbook may be three returns: sheets of several leads, collated by somebody.
            _keep_file(connection, new.sha256, data)
        made = connection.execute(insert(received).values(**_head(new)))
        returned = int(made.inserted_primary_key[0])  # type: ignore[index]  # one row, one key
        _insert(
            connection,
            received_scope,
            [{"returned": returned, "key": key} for key in sorted(new.scope)],
        )
        _insert(connection, received_row, _row_values(returned, new))
        _insert(connection, received_cell, _cell_values(returned, new))
        _insert(connection, finding, [_finding_values(returned, found) for found in findings])
        _insert(connection, settlement, _settled_values(returned, new))
        return returned

    def returns(
        self, round: int | None = None, status: ReturnStatus | None = None, lead: str | None = None
    ) -> list[StoredReturn]:
        """Returns with their rows, in the order they were taken in."""
        filters = ((received.c.round, round), (received.c.status, status), (received.c.lead, lead))
        wanted = [column == value for column, value in filters if value is not None]
        with self._reading() as connection:
            return read_returns(connection, *wanted)

    def returned(self, id: int) -> StoredReturn | None:
        """The return with this id."""
        with self._reading() as connection:
            return next(iter(read_returns(connection, received.c.id == id)), None)

    def file_with(self, sha256: str, lead: str | None = None) -> StoredReturn | None:
        """The first return that brought these bytes; one that counts rather than a duplicate. With
        `lead`, theirs.
        """
        wanted = [received.c.sha256 == sha256] + (
            [received.c.lead == lead] if lead is not None else []
        )
        with self._reading() as connection:
            found = read_returns(connection, *wanted)
        # Several leads may send the same bytes, and one lead twice: a new mail, the same workbook.
        return min(
            found, key=lambda brought: (brought.status == "duplicate", brought.id), default=None
        )

    def return_bytes(self, id: int) -> bytes:
        """A return's file as received; empty when none came.

        Raises:
            StoreError: there is no such return.
        """
        query = (
            select(file.c.data)
            .select_from(received)
            .join(file, isouter=True)
            .where(received.c.id == id)
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise StoreError(f"There is no return {id}.")
        return bytes(row.data or b"")

    def answers_waiting(self) -> list[StoredReturn]:
        """Returns with a cell that waits: not settled, not superseded, and its row not refused."""
        row = and_(
            received_row.c.returned == received_cell.c.returned,
            received_row.c.position == received_cell.c.position,
        )
        waits = exists().where(
            received_cell.c.returned == received.c.id,
            row,
            received_row.c.kind != "refused",
            received_cell.c.superseded.is_(False),
            ~exists().where(_same_cell(settlement, received_cell), OPEN),
        )
        with self._reading() as connection:
            return read_returns(
                connection, received.c.status.not_in(["refused", "duplicate"]), waits
            )

    def update_return(
        self, id: int, *, status: ReturnStatus | None = None, note: str | None = None
    ) -> None:
        """Change a return's status or note."""
        values = {
            name: value for name, value in (("status", status), ("note", note)) if value is not None
        }
        if values:
            self._writing_to().execute(update(received).where(received.c.id == id).values(**values))

    def settle(self, cells: Iterable[TakenName], revision: int) -> None:
        """Mark cells as merged or decided at a revision; those that are settled stay as they are.

        Raises:
            StoreError: a cell that no return has.
        """
        connection, names = self._writing_to(), set(cells)
        settled = _names(connection, select(*_columns(settlement)).where(OPEN))
        unknown = names - _names(connection, select(*_columns(received_cell))) if names else set()
        if unknown:
            raise StoreError(f"No return has the cell {min(unknown)}.")
        _insert(
            connection, settlement, [_settled(name, revision) for name in sorted(names - settled)]
        )

    def unsettle(self, revision: int, at: int | None = None) -> None:
        """Let the cells settled at a revision wait again; `at` is the revision that takes it back,
        if one does.
        """
        wanted = and_(settlement.c.revision == revision, OPEN)
        change = delete(settlement) if at is None else update(settlement).values(ended=at)
        self._writing_to().execute(change.where(wanted))

    def supersede(self, cells: Iterable[TakenName], superseded: bool = True) -> None:
        """Mark cells as replaced by a newer return of the same lead, or take that back."""
        same = [
            column == bindparam(name)
            for column, name in zip(_columns(received_cell), "rpf", strict=True)
        ]
        rows = [dict(zip("rpf", name, strict=True)) for name in cells]
        if rows:
            change = update(received_cell).where(*same).values(superseded=superseded)
            self._writing_to().execute(change, rows)

    def remove_return(self, id: int) -> None:
        """Take a return out, with its rows and findings; the bytes stay.

        Raises:
            StoreError: something of it is merged.
        """
        connection = self._writing_to()
        if connection.execute(
            select(settlement).where(settlement.c.returned == id, OPEN).limit(1)
        ).first():
            raise StoreError(
                "Something of this return is in the plan already: take that back first, with "
                "`xlplan undo`."
            )
        # The database takes its rows, cells and findings along (ON DELETE CASCADE).
        connection.execute(delete(received).where(received.c.id == id))

    def add_findings(self, id: int, findings: Iterable[Finding]) -> None:
        """Keep more that was found about a return, such as what the message says that it
        came in.
        """
        _insert(self._writing_to(), finding, [_finding_values(id, found) for found in findings])

    def findings(self, round: int | None = None, return_id: int | None = None) -> list[Finding]:
        """Findings about returns, in the order they were made."""
        query = select(finding).join(received).order_by(finding.c.number)
        query = query.where(received.c.round == round) if round is not None else query
        query = query.where(finding.c.returned == return_id) if return_id is not None else query
        with self._reading() as connection:
            return [_finding(dict(row._mapping)) for row in connection.execute(query)]

    def _resettle(self, revision: int, at: int) -> None:
        """Settle again, at a new revision, what had been let go by one."""
        connection = self._writing_to()
        # An undo that is undone puts its answers back into the plan: they wait no more.
        let_go = _names(
            connection, select(*_columns(settlement)).where(settlement.c.ended == revision)
        )
        self.settle(let_go, at)


def _columns(table: Any) -> list[Any]:
    return [table.c.returned, table.c.position, table.c.field]


def _same_cell(left: Any, right: Any) -> Any:
    pairs = zip(_columns(left), _columns(right), strict=True)
    return and_(*(column == other for column, other in pairs))


def _names(connection: Connection, query: Any) -> set[TakenName]:
    return {(row.returned, row.position, row.field) for row in connection.execute(query)}


def _settled(name: TakenName, revision: int) -> dict[str, Any]:
    returned, position, field = name
    return {
        "returned": returned,
        "position": position,
        "field": field,
        "revision": revision,
        "ended": None,
    }


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _keep_file(connection: Connection, sha256: str, data: bytes) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError("The bytes of a return do not match their sha256; it was not taken in.")
    if connection.execute(select(file.c.sha256).where(file.c.sha256 == sha256)).first() is None:
        connection.execute(insert(file).values(sha256=sha256, data=data))


def _head(new: StoredReturn) -> dict[str, Any]:
    parts = (
        "name",
        "lead",
        "round",
        "base",
        "status",
        "arrived_at",
        "saved_at",
        "by",
        "nil",
        "note",
    )
    return {part: getattr(new, part) for part in parts} | {
        # "" is no file and no issue, and a foreign key takes only NULL for none.
        "sha256": new.sha256 or None,
        "issue": new.issue or None,
    }


def _row_values(returned: int, new: StoredReturn) -> list[dict[str, Any]]:
    parts = ("position", "sheet", "row", "kind", "key", "token", "note")
    return [
        {"returned": returned} | {part: getattr(row, part) for part in parts} for row in new.rows
    ]


def _cell_values(returned: int, new: StoredReturn) -> list[dict[str, Any]]:
    return [
        {
            "returned": returned,
            "position": row.position,
            "field": cell.field,
            "place": place,
            "text": cell.value.text,
            "canonical": cell.value.canonical,
            "sheet": cell.sheet,
            "cell": cell.cell,
            "shown_text": cell.shown.text,
            "shown_canonical": cell.shown.canonical,
            "superseded": cell.superseded,
        }
        for row in new.rows
        for place, cell in enumerate(row.cells)
    ]


def _settled_values(returned: int, new: StoredReturn) -> list[dict[str, Any]]:
    return [
        _settled((returned, row.position, cell.field), cell.settled)
        for row in new.rows
        for cell in row.cells
        if cell.settled is not None
    ]


def _finding_values(returned: int, found: Finding) -> dict[str, Any]:
    values: dict[str, Any] = asdict(found)
    at: dict[str, Any] = values.pop("at")
    return values | at | {"returned": returned}


def _finding(row: dict[str, Any]) -> Finding:
    at = Address(row.pop("file"), row.pop("sheet"), row.pop("cell"))
    return Finding(
        at=at, **{name: value for name, value in row.items() if name not in {"number", "returned"}}
    )
