"""Whose file came back: the workbook of ours that it answers, by most of its rows and by marks that
confirm it. The store decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import SENT_TO_LEADS, Issue, IssuedRow
from xlplan.rounds.intake.account import Opened
from xlplan.store import Store

_WHERE_IT_GOES = {
    # Officers forward the decisions workbook to leads for comment, and some fill it in.
    "decisions": "Decisions are the office's: from anybody else it decides nothing, whatever it "
    "says. Only what you filled in yourself is taken in, with `xlplan decide`.",
    "master": "The office's own edition is taken in with `xlplan import --as-office`.",
}
FoundRow = tuple[Issue, IssuedRow]
"""What the store knows of a row's code: the workbook that it was issued in, and the row there."""


@dataclass(frozen=True, slots=True)
class Identified:
    """One file, known for what it is: the workbook that it answers, None when it is refused.

    `found` is what the store knows of each of its rows, in their order.
    """

    opened: Opened
    issue: Issue | None
    findings: tuple[Finding, ...]
    found: tuple[FoundRow | None, ...] = ()


def is_master(opened: Opened, store: Store) -> bool:
    """Whether a file says that it is a master workbook: by its mark, or by the codes of most of its
    rows.
    """
    if opened.book.kind == "master":
        return True
    tokens = [row.token for row in opened.book.rows]
    known = store.tokens(tokens)
    kinds = Counter(known[token][0].kind for token in tokens if token in known)
    return kinds["master"] * 2 > kinds.total()


def identify(opened: Opened, store: Store, claim: Issue | None = None) -> Identified:
    """Decide whose return this is. What is nobody's is refused with a finding.

    `claim` is the workbook that the officer says the file answers: rows without any code are then
    matched by their refs.
    """
    book, tell = opened.book, Teller(opened.name)

    def refused(*findings: Finding) -> Identified:
        return Identified(opened, None, (*opened.findings, *findings))

    if book.kind in _WHERE_IT_GOES:
        return refused(tell("file-not-a-return", kind=book.kind, todo=_WHERE_IT_GOES[book.kind]))
    # Programs lose marks (Google Sheets drops a file's properties), and rarely every row's code.
    known = store.tokens(row.token for row in book.rows)
    found = tuple(known.get(row.token) for row in book.rows)
    marked = {mark: store.issue_by_code(code) for mark, code in book.marks.items() if code}
    issue = _issue_of((row[0] for row in found if row), marked.values()) or claim
    if issue is None:
        return refused(tell("file-other-plan"))
    tell = Teller(opened.name, issue.lead)
    if not book.rows and not book.proposals:
        return refused(tell("table-not-found"))
    findings = [*opened.findings]
    if claim and not same_sender(claim, issue):
        findings.append(tell("claim-differs", claimed=claim.lead, owner=issue.lead))
    wrong = [mark for mark, named in marked.items() if named is None or named.id != issue.id]
    if wrong:
        says = "; ".join(f"the {mark} names {_named(marked[mark])}" for mark in wrong)
        findings.append(tell("marks-disagree", marks=f"{says}; the rows are {issue.lead}'s"))
    return Identified(opened, issue, tuple(findings), found)


def same_sender(claim: Issue | None, issue: Issue) -> bool:
    """Whether a claim names the lead and the round that a workbook was sent to."""
    return claim is not None and (claim.lead, claim.round) == (issue.lead, issue.round)


def _issue_of(by_rows: Iterable[Issue], marked: Iterable[Issue | None]) -> Issue | None:
    """The issue that all marks agree on, else the one most rows name.

    Rows of others in a workbook with its marks whole were pasted into it: they never make it
    somebody else's. Rows out of a master make it nobody's: a file speaks as the office only by the
    officer's word.
    """
    named = {issue.id: issue for issue in marked if issue and issue.kind in SENT_TO_LEADS}
    if len(named) == 1:
        return next(iter(named.values()))
    votes = Counter(issue for issue in by_rows if issue.kind in SENT_TO_LEADS)
    return next((issue for issue, _ in votes.most_common(1)), None)


def _named(issue: Issue | None) -> str:
    return f"the workbook of {issue.lead}" if issue else "no workbook of this plan"
