"""Whose workbook came back: every row by its own token, the workbook by marks that confirm it. The
store decides.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.rounds import CODE_LOST, Issue, IssuedRow
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import RawValue
from xlplan.rounds.returns.bare_rows import RowsOfIssue, same_number
from xlplan.store import Store
from xlplan.workbook.returned.reading import RawRow, ReturnedBook, as_proposal

SENT_TO_LEADS = {"update", "query"}
"""Kinds of issue that a lead answers."""
_WHERE_IT_GOES = {
    "decisions": "Take it in with `xlplan decide`.",
    "master": "The office's own edition is taken in with `xlplan import --as-office`.",
}


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """A row of the return with what the store knows of it.

    `detached` is the key whose answers stand on it, or CODE_LOST when nothing tells whose they are.
    """

    read: RawRow
    issued: IssuedRow
    issue: Issue
    detached: str = ""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not taken in. `like` is the row of `issue` that it may be, by its token or else
    by its ref.
    """

    read: RawRow
    like: IssuedRow | None
    issue: Issue


@dataclass(slots=True)
class Identified:
    """One returned workbook, known for what it is. `issue` is None when the whole file is refused.

    `proposed` are rows among the actions that name none of the plan's: new ones, their cells by
    field.
    """

    issue: Issue | None
    rows: list[MatchedRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    proposed: list[RawRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def lead(self) -> str:
        """Whose answers these are."""
        return self.issue.lead if self.issue else ""


def identify(book: ReturnedBook, store: Store, file: str, claim: Issue | None = None) -> Identified:
    """Decide whose return this is and which rows count. What does not belong is refused with a
    finding.

    `claim` is the issue that the officer says the file answers: rows without any token are then
    matched by their refs.
    """
    if book.kind in _WHERE_IT_GOES:
        told = finding(
            "file-not-a-return", at=Address(file), kind=book.kind, todo=_WHERE_IT_GOES[book.kind]
        )
        return Identified(None, findings=[told])
    known = [(row, store.token(row.token) if row.token else None) for row in book.rows]
    marked = _marked_issues(book, store)
    issue = _issue_of([found[0] for _, found in known if found], marked) or claim
    if issue is None:
        return Identified(None, findings=[finding("file-other-plan", at=Address(file))])
    if not book.rows and not book.proposals:
        return Identified(
            None, findings=[finding("table-not-found", at=Address(file), lead=issue.lead)]
        )
    placing = _Placing(store, file, issue, claim, book)
    placing.result.findings += _marks_findings(marked, issue, file)
    for row, found in known:
        placing.place(row, found)
    placing.say_matched()
    return placing.result


def _marked_issues(book: ReturnedBook, store: Store) -> dict[str, Issue | None]:
    """The issue that each mark of the workbook names; None for a mark that this plan never gave
    out.
    """
    return {mark: store.issue_by_code(code) for mark, code in book.marks.items() if code}


def _issue_of(by_rows: list[Issue], marked: dict[str, Issue | None]) -> Issue | None:
    """The issue that all marks agree on, else the one most rows name.

    Rows of others in a workbook with its marks whole were pasted into it: they never make it
    somebody else's. Rows out of a master make it nobody's: a file speaks as the office only by the
    officer's word.
    """
    by_rows = [issue for issue in by_rows if issue.kind in SENT_TO_LEADS]
    named = {issue.id: issue for issue in marked.values() if issue and issue.kind in SENT_TO_LEADS}
    if len(named) == 1:
        return next(iter(named.values()))
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
    return [
        finding(
            "marks-disagree",
            at=Address(file),
            lead=issue.lead,
            marks=f"{said}; the rows are {issue.lead}'s",
        )
    ]


def _named(issue: Issue | None) -> str:
    return f"the workbook of {issue.lead}" if issue else "no workbook of this plan"


class _Placing:
    """Puts the rows of one file where they belong: among the known, the refused, or the
    proposed.
    """

    def __init__(
        self, store: Store, file: str, issue: Issue, claim: Issue | None, book: ReturnedBook
    ) -> None:
        self.result = Identified(issue)
        self.store = store
        self.file = file
        self.issue = issue
        self.refs = {item.key: item.called for item in store.snapshot().items.values()}
        self.known_refs = {
            fold_code(item.text("ref")) for item in store.snapshot().of_kind("action")
        }
        self.scope = {row.key for row in store.rows_of(issue.id)}
        self.copies = Counter((row.sheet, row.token2) for row in book.rows if row.token2)
        self.coded = {sheet for sheet, _ in self.copies}
        self.sent = RowsOfIssue(store, issue)
        self.claimed = _same(claim, issue)
        self.matched = 0
        if claim and not self.claimed:
            self.say("claim-differs", Address(file), claimed=claim.lead, owner=issue.lead)

    def say(
        self,
        code: str,
        at: Address,
        key: str | None = None,
        value: str | None = None,
        **details: str,
    ) -> None:
        """One finding about the file or a row of it."""
        told = finding(
            code,
            at=at,
            key=key,
            ref=self.refs.get(key) if key else None,
            lead=self.issue.lead,
            value=value,
            details=details,
        )
        self.result.findings.append(told)

    def place(self, row: RawRow, found: tuple[Issue, IssuedRow] | None) -> None:
        """Put one row where it belongs; `found` is what the store knows of its token."""
        at = Address(self.file, row.sheet, f"A{row.row}")
        found = found or self._by_copy(row)
        if found is None and not row.token and self.claimed:
            found = self._by_ref(row, at)
            if found is None:
                return
        if found is None:
            self._unknown(row, at)
            return
        issue, issued = found
        if issue.kind not in SENT_TO_LEADS or (
            issue.lead != self.issue.lead and issued.key not in self.scope
        ):
            self._refuse(
                row, "row-not-theirs", at, found, self.refs.get(issued.key, ""), owner=issue.lead
            )
            return
        item = self.store.item(issued.key, issue.revision)
        if item and self.sent.belies(row, item):
            says = row.called or "nothing"
            # The reading stands beside its measure's words: whatever was sorted, those two most
            # likely kept together.
            read = [] if row.layout.ref else self.sent.find(row)
            found = (self.issue, read[0]) if len(read) == 1 else found
            self._refuse(row, "row-measure-differs", at, found, says, expected=item.called)
            return
        shown = _ref_when_issued(self.store, issue, issued)
        if row.ref and fold_code(row.ref) != fold_code(shown) and not same_number(row.ref, shown):
            self._refuse(row, "row-ref-differs", at, found, row.ref, expected=shown)
            return
        if (
            row.ref
            and fold_code(row.ref) != fold_code(shown)
            and (isinstance(_ref_cell(row), str) or not row.token)
        ):
            where = Address(self.file, row.sheet, row.cells["ref"].name)
            self.say("ref-shortened", where, issued.key, row.ref, expected=shown)
        if issue.root != self.issue.root:
            self.say(
                "row-pasted", at, issued.key, shown, owner=issue.lead, round=self._round(issue)
            )
        self.result.rows.append(MatchedRow(row, issued, issue, self._detached(row, issued)))

    def _refuse(
        self,
        row: RawRow,
        code: str,
        at: Address,
        found: tuple[Issue, IssuedRow] | None,
        value: str,
        **details: str,
    ) -> None:
        self.say(code, at, found[1].key if found else None, value, **details)
        if found is None:
            like = self.sent.find(row)
            found = (self.issue, like[0]) if len(like) == 1 else None
        issue, issued = found or (self.issue, None)
        self.result.refused.append(RefusedRow(row, issued, issue))

    def _by_copy(self, row: RawRow) -> tuple[Issue, IssuedRow] | None:
        """A row that lost its token and kept the copy among the inputs, where its ref says the same
        or is lost too.
        """
        found = self.store.token(row.token2) if row.token2 and not row.token else None
        if found is None:
            return None
        fits = fold_code(row.ref) == fold_code(_ref_when_issued(self.store, *found))
        return found if fits or "ref" not in row.cells else None

    def _unknown(self, row: RawRow, at: Address) -> None:
        """A row with a token of nobody, or with none: an action that somebody added, unless its ref
        is known.
        """
        if row.token:
            self._refuse(row, "row-unknown", at, None, row.called or row.token)
        elif (
            fold_code(row.ref) in self.known_refs or "action" not in (new := as_proposal(row)).cells
        ):
            self._refuse(row, "row-token-missing", at, None, row.called)
        else:
            self.result.proposed.append(new)

    def _by_ref(self, row: RawRow, at: Address) -> tuple[Issue, IssuedRow] | None:
        found = self.sent.find(row)
        if len(found) == 1:
            self.matched += 1
            return self.issue, found[0]
        if (
            not found
            and "action" in (new := as_proposal(row)).cells
            and fold_code(row.ref) not in self.known_refs
        ):
            self.result.proposed.append(new)
            return None
        self._refuse(row, "row-ref-unclear" if found else "row-not-sent", at, None, row.called)
        return None

    def say_matched(self) -> None:
        """That rows were matched by what people can retype, once a file."""
        if self.matched:
            self.say(
                "matched-by-ref",
                Address(self.file),
                count=str(self.matched),
                round=self._round(self.issue),
            )

    def _round(self, issue: Issue) -> str:
        return next((one.name for one in self.store.rounds() if one.id == issue.round), "")

    def _detached(self, row: RawRow, issued: IssuedRow) -> str:
        """Whose answers stand on this row, when the copy of the token among the inputs does not
        name the row itself.

        Filling down or inserting cells among the inputs alone leaves a copy that names nobody, or
        the same on many rows, or none; pasting a colleague's inputs, a row that this lead was never
        given. That is no sort.
        """
        if (
            row.token2 == row.token
            or "token2" not in row.cells
            or row.sheet not in self.coded
            or not row.token
        ):
            return ""
        other = self.store.token(row.token2) if self.copies[row.sheet, row.token2] == 1 else None
        if other is None or other[1].key not in self.scope:
            return CODE_LOST
        return other[1].key if other[1].key != issued.key else ""


def _same(claim: Issue | None, issue: Issue) -> bool:
    return claim is not None and (claim.lead, claim.round) == (issue.lead, issue.round)


def _ref_when_issued(store: Store, issue: Issue, issued: IssuedRow) -> str:
    item = store.item(issued.key, issue.revision)
    return item.text("ref") if item else ""


def _ref_cell(row: RawRow) -> RawValue:
    return row.cells["ref"].value if "ref" in row.cells else None
