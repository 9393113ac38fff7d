"""What brings an older store up to date. Each step stays as it was written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from xlplan.store.engine.engines import remade

if TYPE_CHECKING:
    from sqlalchemy import Connection

MASTERS_BEFORE_A_ROUND = """
CREATE TABLE {name} (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    round INTEGER,
    lead TEXT NOT NULL,
    code TEXT NOT NULL,
    path TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    about TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id),
    UNIQUE (code),
    FOREIGN KEY(round) REFERENCES round (id),
    FOREIGN KEY(revision) REFERENCES revision (number)
)
"""


def _issues_without_a_round(connection: Connection) -> None:
    """A master workbook may be written before the first round."""
    # SQLite cannot take NOT NULL from a column.
    if connection.dialect.name == "sqlite":
        remade(connection, "issue", MASTERS_BEFORE_A_ROUND)
    else:
        connection.exec_driver_sql("ALTER TABLE issue ALTER COLUMN round DROP NOT NULL")


UNWRITTEN = """
CREATE TABLE unwritten (
    issue TEXT NOT NULL,
    data {bytes} NOT NULL,
    PRIMARY KEY (issue),
    FOREIGN KEY(issue) REFERENCES issue (id)
)
"""


def _workbooks_unwritten(connection: Connection) -> None:
    """A workbook waits in the store until its file stands; those of an older store stand."""
    binary = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
    connection.exec_driver_sql(UNWRITTEN.format(bytes=binary))


def _decisions_of_a_round(connection: Connection) -> None:
    """A decision ends with its round: those of an older store belong to the one that was opened
    last before they were made.
    """
    connection.exec_driver_sql("ALTER TABLE decision ADD COLUMN round INTEGER REFERENCES round(id)")
    connection.exec_driver_sql(
        "UPDATE decision SET round = "
        "(SELECT max(round.id) FROM round WHERE round.opened_at <= decision.at)"
    )


MIGRATIONS: dict[int, Callable[[Connection], None]] = {
    1: _issues_without_a_round,
    2: _workbooks_unwritten,
    3: _decisions_of_a_round,
}
"""What brings a store of a version to the next one, by the older version's number."""
