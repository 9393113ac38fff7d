"""Whose workbook came back: every row by its own token, the workbook by marks that confirm it. The store decides."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from xlplan.plan.addresses import Address
from xlplan.plan.findings import Finding, finding
from xlplan.plan.rounds import Issue, IssuedRow
from xlplan.plan.text import fold_code
from xlplan.store import Store
from xlplan.workbook.returned import ReadRow, ReturnedBook

_SENT_TO_LEADS = {"update", "query"}
_WHERE_IT_GOES = {
    "decisions": "Take it in with `xlplan decide`.",
    "master": "The office's own edition is taken in with `xlplan import --as-office`.",
}


@dataclass(frozen=True, slots=True)
class KnownRow:
    """A row of the return with what the store knows of it. `detached` is the key whose answers stand on it."""

    read: ReadRow
    issued: IssuedRow
    issue: Issue
    detached: str = ""


@dataclass(slots=True)
class Identified:
    """One returned workbook, known for what it is. `issue` is None when the whole file is refused."""

    issue: Issue | None
    rows: list[KnownRow] = field(default_factory=list)
    refused: list[ReadRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def lead(self) -> str:
        """Whose answers these are."""
        return self.issue.lead if self.issue else ""


def identify(book: ReturnedBook, store: Store, file: str) -> Identified:
    """Decide whose return this is and which rows count. What does not belong is refused with a finding."""
    if book.kind in _WHERE_IT_GOES:
        told = finding("file-not-a-return", at=Address(file), kind=book.kind, todo=_WHERE_IT_GOES[book.kind])
        return Identified(None, findings=[told])
    known = [(row, store.token(row.token) if row.token else None) for row in book.rows]
    marked = _marked_issues(book, store)
    issue = _issue_of([found[0] for _, found in known if found], marked)
    if issue is None:
        return Identified(None, findings=[finding("file-other-plan", at=Address(file))])
    result = Identified(issue, findings=_marks_findings(marked, issue, file))
    refs = _refs(store)
    for row, found in known:
        _place(row, found, result, store, refs, file)
    return result


def _marked_issues(book: ReturnedBook, store: Store) -> dict[str, Issue | None]:
    """The issue that each mark of the workbook names; None for a mark that this plan never gave out."""
    return {mark: store.issue_by_code(code) for mark, code in book.marks.items() if code}


def _issue_of(by_rows: list[Issue], marked: dict[str, Issue | None]) -> Issue | None:
    """The issue that the marks agree on where a row of that lead confirms it, else the one most rows name."""
    named = {issue.id: issue for issue in marked.values() if issue and issue.kind in _SENT_TO_LEADS}
    if len(named) == 1:
        (issue,) = named.values()
        if not by_rows or any(row.lead == issue.lead for row in by_rows):
            return issue
    if not by_rows:
        return None
    votes = Counter(issue.id for issue in by_rows)
    first = {issue.id: place for place, issue in reversed(list(enumerate(by_rows)))}
    best = min(votes, key=lambda identity: (-votes[identity], first[identity]))
    return next(issue for issue in by_rows if issue.id == best)


def _marks_findings(marked: dict[str, Issue | None], issue: Issue, file: str) -> list[Finding]:
    wrong = [mark for mark, named in marked.items() if named is None or named.id != issue.id]
    if not wrong:
        return []
    said = "; ".join(f"the {mark} names {_named(marked[mark])}" for mark in wrong)
    return [finding("marks-disagree", at=Address(file), lead=issue.lead, marks=f"{said}; the rows are {issue.lead}'s")]


def _named(issue: Issue | None) -> str:
    return f"the workbook of {issue.lead}" if issue else "no workbook of this plan"


def _refs(store: Store) -> dict[str, str]:
    return {item.key: item.text("ref") for item in store.snapshot().items.values() if item.kind == "action"}


def _place(
    row: ReadRow,
    found: tuple[Issue, IssuedRow] | None,
    result: Identified,
    store: Store,
    refs: dict[str, str],
    file: str,
) -> None:
    """Put one row where it belongs: among the known or the refused."""
    at = Address(file, row.sheet, f"A{row.row}")
    if found is None:
        code = "row-unknown" if row.token else "row-token-missing"
        result.refused.append(row)
        result.findings.append(finding(code, at=at, lead=result.lead, value=row.ref or row.token))
        return
    issue, issued = found
    ref = refs.get(issued.key, "")
    if issue.lead != result.lead or issue.kind not in _SENT_TO_LEADS:
        result.refused.append(row)
        told = finding("row-not-theirs", at=at, key=issued.key, ref=ref, lead=result.lead, value=ref, owner=issue.lead)
        result.findings.append(told)
        return
    shown = _ref_when_issued(store, issue, issued)
    if row.ref and fold_code(row.ref) != fold_code(shown) and not _same_number(row.ref, shown):
        result.refused.append(row)
        told = finding(
            "row-ref-differs", at=at, key=issued.key, ref=ref, lead=result.lead, value=row.ref, expected=shown
        )
        result.findings.append(told)
        return
    result.rows.append(KnownRow(row, issued, issue, _detached(row, issued, store)))


def _ref_when_issued(store: Store, issue: Issue, issued: IssuedRow) -> str:
    item = store.snapshot(issue.revision).items.get(issued.key)
    return item.text("ref") if item else ""


def _same_number(typed: str, shown: str) -> bool:
    """A spreadsheet program that took the ref for a number writes 2.10 as 2.1, and 3 as 3.0: not a changed ref."""
    try:
        return float(typed) == float(shown)
    except ValueError:
        return False


def _detached(row: ReadRow, issued: IssuedRow, store: Store) -> str:
    """The key whose answers stand on this row, when the copy of the token among the inputs names another row."""
    if not row.token2 or row.token2 == row.token:
        return ""
    other = store.token(row.token2)
    return other[1].key if other and other[1].key != issued.key else ""
