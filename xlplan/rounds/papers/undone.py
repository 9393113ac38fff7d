"""Papers of a revision that was taken back: their names say so, until it stands again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from xlplan.plan.rounds import Issue
from xlplan.rounds.session.folders import free_path
from xlplan.rounds.session.session import Session
from xlplan.store import Store
from xlplan.workbook.kit.marks import make_code

UNDONE = "UNDONE "
"""How the name of a paper begins that shows what was taken back."""


@dataclass(slots=True)
class Renamed:
    """Papers by their new names, and those whose names could not be changed, by the old ones."""

    papers: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def note_reports(session: Session, store: Store, paths: Iterable[Path], revision: int) -> None:
    """Note in the store which files will show a revision. Inside `store.writing`."""
    this_round = store.current_round()
    for path in paths:
        identity = session.token()
        report = Issue(
            identity,
            "report",
            this_round.id if this_round else None,
            "",
            make_code(identity),
            session.shown(path),
            revision,
            session.stamp,
        )
        store.add_issue(report, [])


def rename_papers(session: Session, store: Store) -> Renamed:
    """Let the names of all papers say whether what they show was taken back since. Inside
    `store.writing`.

    A paper that somebody moved, or gave a name of their own, is left alone.
    """
    undone, renamed = store.undone(), Renamed()
    for paper in store.issues():
        path = session.folder / paper.path
        # A master that the officer named themselves keeps that name.
        if paper.kind != "report" and f" master r{paper.revision}" not in path.stem:
            continue
        # It shows a revision that was taken back only after the paper was written.
        stale = any(number <= paper.revision < by for number, by in undone.items())
        if stale == path.name.startswith(UNDONE) or not path.is_file():
            continue
        name = f"{UNDONE}{path.name}" if stale else path.name.removeprefix(UNDONE)
        new = free_path(path.with_name(name))
        try:
            path.rename(new)
        except OSError:
            # Excel on Windows lets nobody rename a workbook that it has open.
            renamed.left.append(paper.path)
            continue
        store.move_issue(paper.id, session.shown(new))
        renamed.papers.append(session.shown(new))
    return renamed
