"""A workbook of an issue: the store has it before its file is seen, and until the file stands under
its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath

from xlplan.plan.rounds import Issue, IssuedRow, IssueKind
from xlplan.rounds.session.folders import beside, free_path
from xlplan.rounds.session.session import CutOff, Session
from xlplan.spreadsheets.cells import Unreadable
from xlplan.store import Store, StoreError
from xlplan.workbook.returned.reading import read_returned
from xlplan.workbook.update.writing import UpdateBook, write_update


def add_workbook(
    session: Session, store: Store, wanted: Path, book: UpdateBook, revision: int, about: str = ""
) -> Issue:
    """Keep an issue with its rows and its workbook; `place` writes the file afterwards. Inside
    `store.writing`.
    """
    path = free_path(wanted, _promised(store, book.kind))
    issue = Issue(
        book.issue_id,
        book.kind,
        book.round.id,
        book.lead,
        book.code,
        session.shown(path),
        revision,
        session.stamp,
        about,
    )
    tokens = [
        *((row.token, row.key) for row in book.rows),
        *((row.token, row.key) for row in book.measures),
    ]
    rows = [
        IssuedRow(token, issue.id, key, position)
        for position, (token, key) in enumerate(tokens, start=1)
    ]
    contents = BytesIO()
    # A shared drive may go away before the file is written: from these bytes it is written later.
    write_update(contents, book)
    store.add_issue(issue, rows, contents.getvalue())
    return issue


def place(session: Session, store: Store, issues: Sequence[Issue]) -> list[Issue]:
    """Write the workbooks of unfinished issues under their names; the issues as they stand then.

    A file that stands is left as it is: somebody may have filled it in. Not inside `store.writing`.

    Raises:
        OSError: a file cannot be written. Those before it stand.
    """
    return [
        issue if stands(session, store, issue) else _write(session, store, issue)
        for issue in issues
    ]


def stands(session: Session, store: Store, issue: Issue) -> bool:
    """Whether the file under an issue's name is that issue's, however it was saved since."""
    path = session.folder / issue.path
    if not path.is_file():
        return False
    try:
        book = read_returned(path)
    # A copy that a cloud program was cut off at is no workbook, whatever its name.
    except Unreadable:
        return False
    tokens = {row.token for row in store.rows_of(issue.id)}
    # pandas saves a sheet without the code above its table, and keeps the codes in its rows.
    return issue.code in book.marks.values() or any(row.token in tokens for row in book.rows)


@contextmanager
def told_how_to_finish(message: str, hint: str) -> Iterator[None]:
    """What stops a command here stops it after something was kept.

    Raises:
        CutOff: the disk or the store failed, or somebody stopped it.
    """
    try:
        yield
    # A full drive, a plan that a colleague's computer holds locked, Ctrl+C.
    except (OSError, StoreError, KeyboardInterrupt) as trouble:
        raise CutOff(message, hint) from trouble


def _promised(store: Store, kind: IssueKind) -> set[str]:
    """Names, in small letters, of files that are still to be written."""
    # To Windows and macOS `A. Ali.xlsx` and `A. ALI.xlsx` are one file.
    return {PurePosixPath(issue.path).name.casefold() for issue in store.unwritten(kind)}


def _write(session: Session, store: Store, issue: Issue) -> Issue:
    path = session.folder / issue.path
    if path.exists():
        path = free_path(path, _promised(store, issue.kind))
        issue = replace(issue, path=session.shown(path))
        with store.writing(session.by):
            store.move_issue(issue.id, issue.path)
    # Officers clear or move the folder once its workbooks are mailed.
    path.parent.mkdir(parents=True, exist_ok=True)
    with beside(path) as part:
        part.write_bytes(store.unwritten_workbook(issue.id))
    return issue
