"""Whether a store is whole: every value explained by its history, every file as it came."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import Connection, select

from xlplan.store.engines import damage
from xlplan.store.schema import cell, counter, file, item, revision, round_
from xlplan.store.session import Session

Span = tuple[int, int | None]
"""The revisions at which a version began and ended."""


class Verify(Session):
    """Checking the store."""

    def verify(self) -> list[str]:
        """What is wrong with the store, a sentence each; empty when it is whole."""
        with self._reading() as connection:
            problems = damage(connection)
            problems += _revisions(connection)
            problems += _cells(connection)
            problems += _files(connection)
        return problems


def _revisions(connection: Connection) -> list[str]:
    """Numbers without gap, none after the counter, each with the cells and the round that it says."""
    rows = connection.execute(select(revision).order_by(revision.c.number)).all()
    numbers = [row.number for row in rows]
    gaps = [f"Revision {now - 1} is missing." for before, now in pairwise(numbers) if now != before + 1]
    last = connection.execute(select(counter.c.value).where(counter.c.name == "revision")).scalar_one()
    if not numbers or numbers[-1] != last:
        gaps.append(f"The newest revision should be {last} and is {numbers[-1] if numbers else 'missing'}.")
    known = set(connection.execute(select(round_.c.id)).scalars())
    gaps += [
        f"Revision {row.number} names a round that is not there." for row in rows if row.round not in {None, *known}
    ]
    touched = _touched(connection)
    return gaps + [
        f"Revision {row.number} says that it changed {row.changes} cells; its history shows {touched[row.number]}."
        for row in rows
        if touched[row.number] != row.changes
    ]


def _touched(connection: Connection) -> Counter[int]:
    """Cells that each revision wrote, or ended without writing (only undo does; init ends the points)."""
    query = select(cell.c.item, cell.c.field, cell.c.revision, cell.c.ended)
    names: set[tuple[int, str, int]] = set()
    for number, field, began, ended in connection.execute(query):
        names.add((number, field, began))
        if ended is not None and ended > 1:
            names.add((number, field, ended))
    return Counter(began for _, _, began in names)


def _cells(connection: Connection) -> list[str]:
    """Each cell's versions follow one another without overlap or gap, and only the last may be open."""
    query = select(item.c.key, cell.c.field, cell.c.revision, cell.c.ended).join(item, item.c.id == cell.c.item)
    versions: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for key, field, began, ended in connection.execute(query):
        versions[key, field].append((began, ended))
    undoes = {row.number: row.undoes for row in connection.execute(select(revision)) if row.undoes is not None}
    return [
        f"The history of {key} {field} {fault}."
        for (key, field), spans in sorted(versions.items())
        for fault in _faults(sorted(spans, key=lambda span: span[0]), undoes)
    ]


def _faults(spans: list[Span], undoes: dict[int, int]) -> Iterator[str]:
    for (_, ended), (began, _) in pairwise(spans):
        if ended is None or ended > began:
            yield f"has two values at revision {began}"
    begins = {began for began, _ in spans}
    for _, ended in spans:
        if ended is not None and ended not in begins and not _may_end(spans, ended, undoes):
            yield f"breaks off at revision {ended}"


def _may_end(spans: list[Span], ended: int, undoes: dict[int, int]) -> bool:
    """Whether a cell may end with nothing after it: a point's at init, or one that what was undone had begun."""
    if ended <= 1:
        return True
    undone = undoes.get(ended)
    return undone is not None and not any(began < undone <= (end or ended) for began, end in spans)


def _files(connection: Connection) -> list[str]:
    return [
        f"A kept file is not what came in: its sha256 should be {row.sha256}."
        for row in connection.execute(select(file.c.sha256, file.c.data))
        if hashlib.sha256(row.data).hexdigest() != row.sha256
    ]
