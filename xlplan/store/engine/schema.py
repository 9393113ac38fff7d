"""The tables of a store and their version. A cell is a history: one row a version, never a whole
row or plan.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

VERSION = 4
"""What this xlplan writes. A higher number in a file is refused, a lower one migrated (see
migrations).
"""
APPLICATION = "xlplan"

tables = MetaData()


def _text(name: str) -> Column[str]:
    """A text column that is never null: empty is ""."""
    # In SQL two NULLs are not equal: an index of unique names would let both stand.
    return Column(name, Text, nullable=False, default="")


def _revision(name: str, *, nullable: bool = False, key: bool = False) -> Column[int]:
    """A column that names a revision."""
    return Column(name, ForeignKey("revision.number"), nullable=nullable, primary_key=key)


meta = Table("meta", tables, Column("name", Text, primary_key=True), _text("value"))

counter = Table(
    "counter",
    tables,
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)

revision = Table(
    "revision",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("by"),
    _text("kind"),
    _text("note"),
    Column("round", Integer),
    Column("changes", Integer, nullable=False),
    _revision("undoes", nullable=True),
)

item = Table(
    "item",
    tables,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    _text("kind"),
)

cell = Table(
    "cell",
    tables,
    Column("item", ForeignKey("item.id"), primary_key=True),
    Column("field", Text, primary_key=True),
    _revision("revision", key=True),
    _revision("ended", nullable=True),
    _text("text"),
    _text("canonical"),
    _text("reason"),
    CheckConstraint("ended > revision", name="ends_after_it_began"),
)
# A partial index, which SQLite and PostgreSQL both have: one open version a cell, any number ended.
Index(
    "cell_one_open",
    cell.c.item,
    cell.c.field,
    unique=True,
    sqlite_where=cell.c.ended.is_(None),
    postgresql_where=cell.c.ended.is_(None),
)
Index("cell_revision", cell.c.revision)
Index("cell_ended", cell.c.ended)

source = Table(
    "source",
    tables,
    Column("item", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("lead"),
    _text("file"),
    _text("sheet"),
    _text("cell"),
    _text("at"),
    ForeignKeyConstraint(
        ["item", "field", "revision"], ["cell.item", "cell.field", "cell.revision"]
    ),
)

mapping = Table("mapping", tables, _revision("revision", key=True), _text("toml"))

file = Table(
    "file",
    tables,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

round_ = Table(
    "round",
    tables,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    _text("return_by"),
    _text("opened_at"),
    _revision("opened"),
    _text("closed_at"),
    _revision("closed", nullable=True),
)

issue = Table(
    "issue",
    tables,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _text("kind"),
    Column("round", ForeignKey("round.id")),
    _text("lead"),
    Column("code", Text, nullable=False, unique=True),
    _text("path"),
    _revision("revision"),
    _text("at"),
    _text("about"),
)

issued_row = Table(
    "issued_row",
    tables,
    Column("token", Text, primary_key=True),
    Column("issue", ForeignKey("issue.id"), nullable=False, index=True),
    _text("key"),
    Column("position", Integer, nullable=False),
)

unwritten = Table(
    "unwritten",
    tables,
    Column("issue", ForeignKey("issue.id"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

received = Table(
    "received",
    tables,
    Column("id", Integer, primary_key=True),
    _text("name"),
    Column("sha256", ForeignKey("file.sha256"), index=True),
    _text("lead"),
    Column("round", ForeignKey("round.id")),
    Column("issue", ForeignKey("issue.id")),
    _revision("base", nullable=True),
    _text("status"),
    _text("arrived_at"),
    _text("saved_at"),
    _text("by"),
    Column("nil", Boolean, nullable=False),
    _text("note"),
    # SQLite gives the id of a row that was taken out to the next one, unless told not to.
    sqlite_autoincrement=True,
)


def _received() -> Column[int]:
    """The return that a row belongs to, and goes with."""
    return Column("returned", ForeignKey("received.id", ondelete="CASCADE"), primary_key=True)


received_scope = Table("received_scope", tables, _received(), Column("key", Text, primary_key=True))

received_row = Table(
    "received_row",
    tables,
    _received(),
    Column("position", Integer, primary_key=True),
    _text("sheet"),
    Column("row", Integer, nullable=False),
    _text("kind"),
    Column("key", Text),
    _text("token"),
    _text("note"),
)

received_cell = Table(
    "received_cell",
    tables,
    Column("returned", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    _text("text"),
    _text("canonical"),
    _text("sheet"),
    _text("cell"),
    _text("shown_text"),
    _text("shown_canonical"),
    Column("superseded", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["returned", "position"],
        ["received_row.returned", "received_row.position"],
        ondelete="CASCADE",
    ),
)

settlement = Table(
    "settlement",
    tables,
    Column("returned", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("field", Text, primary_key=True),
    _revision("revision", key=True),
    _revision("ended", nullable=True),
    ForeignKeyConstraint(
        ["returned", "position", "field"],
        ["received_cell.returned", "received_cell.position", "received_cell.field"],
        ondelete="CASCADE",
    ),
)
# A cell may be merged, let go by an undo and merged again; it is settled once at a time.
Index(
    "settlement_one_open",
    settlement.c.returned,
    settlement.c.position,
    settlement.c.field,
    unique=True,
    sqlite_where=settlement.c.ended.is_(None),
    postgresql_where=settlement.c.ended.is_(None),
)

finding = Table(
    "finding",
    tables,
    Column("number", Integer, primary_key=True),
    Column("returned", ForeignKey("received.id", ondelete="CASCADE"), nullable=False, index=True),
    _text("severity"),
    _text("code"),
    _text("message"),
    _text("hint"),
    _text("file"),
    _text("sheet"),
    _text("cell"),
    Column("key", Text),
    Column("ref", Text),
    Column("lead", Text),
    Column("field", Text),
    Column("value", Text),
)

question = Table(
    "question",
    tables,
    Column("prefix", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("fingerprint"),
    _text("key"),
    _text("field"),
    Column("open", Boolean, nullable=False),
    _revision("closed", nullable=True),
)
Index(
    "question_one_open",
    question.c.prefix,
    question.c.key,
    question.c.field,
    unique=True,
    sqlite_where=question.c.open,
    postgresql_where=question.c.open,
)

decision = Table(
    "decision",
    tables,
    Column("number", Integer, primary_key=True),
    _text("question"),
    _text("fingerprint"),
    _text("choice"),
    _text("by"),
    _text("at"),
    _text("value_text"),
    _text("value_canonical"),
    _text("lead"),
    _text("text"),
    Column("round", ForeignKey("round.id")),
)
