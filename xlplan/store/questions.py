"""Questions by number, and the officer's decisions on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, insert, select, update

from xlplan.plan.changes import Decision
from xlplan.plan.grounds import Grounds
from xlplan.plan.values import Value
from xlplan.store.engine.schema import decision, question, round_
from xlplan.store.transactions import OpenStore


class Questions(OpenStore):
    """Questions and decisions. A question about a cell keeps its id while it is open, whatever its
    values.
    """

    def number_question(
        self, grounds: Grounds, key: str, field: str, prefix: str = "C", *, again: bool = False
    ) -> str:
        """The id of the open question about a cell, given now when it has none: C1, C2, for
        proposals P1. Its grounds are those of the last time that it was asked.

        With `again` one that was closed is opened under its old number.
        """
        connection = self._writing_to()
        known = self._open(prefix, key, field)
        if known is None and again and (known := self._closed(prefix, key, field)):
            connection.execute(update(question).where(_is(known)).values(open=True, closed=None))
        if known is not None:
            # A further answer moves the values, and the officer may hold a list with C7 on it.
            if known.fingerprint != grounds.text:
                connection.execute(
                    update(question).where(_is(known)).values(fingerprint=grounds.text)
                )
            return _id(known)
        # Officers quote C7 in mails and minutes: a number is never given twice.
        number = self._count(f"question {prefix}")
        connection.execute(
            insert(question).values(
                prefix=prefix,
                number=number,
                fingerprint=grounds.text,
                key=key,
                field=field,
                open=True,
            )
        )
        return f"{prefix}{number}"

    def question_ids(self) -> dict[tuple[str, str, str], str]:
        """Ids of the open questions by (prefix, key, field)."""
        with self._reading() as connection:
            rows = connection.execute(select(question).where(question.c.open)).all()
        return {(row.prefix, row.key, row.field): _id(row) for row in rows}

    def close_question(self, id: str, revision: int | None = None) -> None:
        """End a question; where a revision settled it, taking that revision back opens it again."""
        connection = self._writing_to()
        for row in connection.execute(select(question).where(question.c.open)).all():
            if _id(row) == id:
                connection.execute(
                    update(question).where(_is(row)).values(open=False, closed=revision)
                )

    def add_decision(self, new: Decision) -> None:
        """Keep a decision; the ones before it stay on record. Without a round of its own it belongs
        to the open one, or to the last that was.
        """
        rounds = {name: number for number, name in self._round_names().items()}
        self._writing_to().execute(
            insert(decision).values(
                question=new.question,
                fingerprint=new.grounds.text,
                choice=new.choice,
                by=new.by,
                at=new.at,
                value_text=new.value.text,
                value_canonical=new.value.canonical,
                lead=new.lead,
                text=new.text,
                round=rounds.get(new.round, max(rounds.values(), default=None)),
            )
        )

    def decisions(self) -> list[Decision]:
        """Every decision, oldest first."""
        names = self._round_names()
        with self._reading() as connection:
            rows = connection.execute(select(decision).order_by(decision.c.number)).all()
        return [_decision(row, names.get(row.round, "")) for row in rows]

    def _round_names(self) -> dict[int, str]:
        with self._reading() as connection:
            found = connection.execute(select(round_.c.id, round_.c.name).order_by(round_.c.id))
            return {row.id: row.name for row in found}

    def _reopen(self, revision: int) -> None:
        """Open the questions that a revision had settled, unless they are asked anew already."""
        connection = self._writing_to()
        closed = select(question).where(question.c.closed == revision, question.c.open.is_(False))
        for row in connection.execute(closed).all():
            # An import after the merge may have asked about the same cell under a new number.
            if self._open(row.prefix, row.key, row.field) is None:
                connection.execute(update(question).where(_is(row)).values(open=True, closed=None))

    def _open(self, prefix: str, key: str, field: str) -> Row[Any] | None:
        return self._about(prefix, key, field, question.c.open)

    def _closed(self, prefix: str, key: str, field: str) -> Row[Any] | None:
        return self._about(prefix, key, field, question.c.open.is_(False))

    def _about(self, prefix: str, key: str, field: str, standing: Any) -> Row[Any] | None:
        same = (question.c.prefix == prefix, question.c.key == key, question.c.field == field)
        with self._reading() as connection:
            last = select(question).where(*same, standing).order_by(question.c.number.desc())
            return connection.execute(last).first()


def _id(row: Row[Any]) -> str:
    return f"{row.prefix}{row.number}"


def _is(row: Row[Any]) -> Any:
    return (question.c.prefix == row.prefix) & (question.c.number == row.number)


def _decision(row: Row[Any], round: str) -> Decision:
    return Decision(
        question=row.question,
        grounds=Grounds.read(row.fingerprint),
        choice=row.choice,
        by=row.by,
        at=row.at,
        value=Value(row.value_text, row.value_canonical),
        lead=row.lead,
        text=row.text,
        round=round,
    )
