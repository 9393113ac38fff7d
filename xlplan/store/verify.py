"""Whether a store is whole: every value explained by its history, every file as it came."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import Connection, select

from xlplan.store.engine.engines import damage
from xlplan.store.engine.schema import (
    cell,
    counter,
    file,
    item,
    mapping,
    meta,
    received,
    revision,
    round_,
    source,
)
from xlplan.store.transactions import OpenStore

Span = tuple[int, int | None]
"""The revisions at which a version began and ended."""


class Verify(OpenStore):
    """Checking the store."""

    def verify(self) -> list[str]:
        """What is wrong with the store, a sentence each; empty when it is whole."""
        with self._reading() as connection:
            problems = damage(connection)
            problems += _revisions(connection)
            problems += _cells(connection)
            problems += _sources(connection)
            problems += _files(connection)
            problems += _beginning(connection)
        return problems


def _revisions(connection: Connection) -> list[str]:
    """Numbers without gap, none after the counter, each with the cells and the round that it
    says.
    """
    rows = connection.execute(select(revision).order_by(revision.c.number)).all()
    numbers = [row.number for row in rows]
    gaps = [
        f"Revision {now - 1} is missing." for before, now in pairwise(numbers) if now != before + 1
    ]
    # The counter is moved in the transaction that writes: it can be no further than the revisions.
    last = connection.execute(
        select(counter.c.value).where(counter.c.name == "revision")
    ).scalar_one()
    if not numbers or numbers[-1] != last:
        gaps.append(
            f"The newest revision should be {last} and is {numbers[-1] if numbers else 'missing'}."
        )
    known = set(connection.execute(select(round_.c.id)).scalars())
    gaps += [
        f"Revision {row.number} names a round that is not there."
        for row in rows
        if row.round not in {None, *known}
    ]
    touched = _touched(connection)
    return gaps + [
        f"Revision {row.number} says that it changed {row.changes} cells; its history shows "
        f"{touched[row.number]}."
        for row in rows
        if touched[row.number] != row.changes
    ]


def _touched(connection: Connection) -> Counter[int]:
    """Cells that each revision wrote, or ended without writing (only undo does; init ends the
    points).
    """
    query = select(cell.c.item, cell.c.field, cell.c.revision, cell.c.ended)
    names: set[tuple[int, str, int]] = set()
    for number, field, began, ended in connection.execute(query):
        names.add((number, field, began))
        if ended is not None and ended > 1:
            names.add((number, field, ended))
    return Counter(began for _, _, began in names)


def _cells(connection: Connection) -> list[str]:
    """Each cell's versions follow one another without overlap or gap, and only the last may be
    open.
    """
    query = select(item.c.key, cell.c.field, cell.c.revision, cell.c.ended).join(
        item, item.c.id == cell.c.item
    )
    versions: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for key, field, began, ended in connection.execute(query):
        versions[key, field].append((began, ended))
    undoes = {
        row.number: row.undoes
        for row in connection.execute(select(revision))
        if row.undoes is not None
    }
    names = _names(connection)
    return [
        f"The history of {names.get(key, key)} {field} {fault}."
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
    """Whether a cell may end with nothing after it: a point's at init, or one that what was undone
    had begun.
    """
    if ended <= 1:
        return True
    # Undoing the merge that added an action leaves its cells without a version after.
    undone = undoes.get(ended)
    return undone is not None and not any(began < undone <= (end or ended) for began, end in spans)


def _names(connection: Connection) -> dict[str, str]:
    """Items by what people call them: their last ref, with the key beside it."""
    query = (
        select(item.c.key, cell.c.text)
        .join(item, item.c.id == cell.c.item)
        .where(cell.c.field == "ref")
    )
    refs = {key: text for key, text in connection.execute(query.order_by(cell.c.revision)) if text}
    return {key: f"{text} ({key})" for key, text in refs.items()}


def _sources(connection: Connection) -> list[str]:
    """A value that stands since a merge came from a return that is kept. What was taken back may be
    taken out.
    """
    known = set(connection.execute(select(received.c.name)).scalars())
    same = (
        (source.c.item == cell.c.item)
        & (source.c.field == cell.c.field)
        & (source.c.revision == cell.c.revision)
    )
    standing = (
        select(source.c.field, source.c.revision, source.c.file, item.c.key)
        .join(cell, same)
        .join(item, item.c.id == cell.c.item)
        .join(revision, revision.c.number == cell.c.revision)
        .where(cell.c.ended.is_(None), revision.c.kind == "merge", source.c.file != "")
    )
    names = _names(connection)
    lost = {
        f"{names.get(row.key, row.key)} {row.field} came from {row.file} in revision "
        f"{row.revision}, "
        "which is not among the returns that are kept."
        for row in connection.execute(standing)
        if row.file not in known
    }
    return sorted(lost)


def _files(connection: Connection) -> list[str]:
    """Every file's bytes are those that came in."""
    # Disks and drives that fail change bytes without a word; integrity_check sees pages alone.
    names: dict[str, str] = {
        row.sha256: row.name for row in connection.execute(select(received)) if row.sha256
    }
    about = {row.name: row.value for row in connection.execute(select(meta))}
    names[about.get("source_sha256", "")] = about.get("source_name", "")
    return [
        f"The kept file {names.get(row.sha256, 'that no return names')} is not what came in: "
        f"its sha256 should be {row.sha256}."
        for row in connection.execute(select(file.c.sha256, file.c.data))
        if hashlib.sha256(row.data).hexdigest() != row.sha256
    ]


def _beginning(connection: Connection) -> list[str]:
    """What the plan began with: the office's own workbook, and a mapping."""
    about = {row.name: row.value for row in connection.execute(select(meta))}
    files = set(connection.execute(select(file.c.sha256)).scalars())
    lost = []
    # Every master is written upon the office's own workbook: without it none can be.
    if about.get("source_sha256") not in files:
        lost.append(f"The office's own workbook {about.get('source_name', '')} is no longer kept.")
    if (
        connection.execute(select(mapping.c.revision).where(mapping.c.revision <= 1)).first()
        is None
    ):
        lost.append("The mapping that the plan began with is missing.")
    return lost
