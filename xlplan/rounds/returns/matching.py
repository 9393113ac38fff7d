"""Whose each row of a return is: known by its own code, else told as refused, or proposed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from xlplan.plan.findings.finding import Finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import CODE_LOST, SENT_TO_LEADS, Issue, IssuedRow
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import RawValue
from xlplan.rounds.intake.account import Opened
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.returns.bare_rows import RowsOfIssue, same_number
from xlplan.rounds.returns.issues import FoundRow, Identified, same_sender
from xlplan.store import Store
from xlplan.workbook.returned.reading import RawRow, as_proposal


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
class Matched:
    """One return with its rows, each known for what it is. `issue` is the workbook that it answers.

    `proposed` are rows among the actions that name none of the plan's: new ones, their cells by
    field.
    """

    opened: Opened
    issue: Issue
    rows: list[MatchedRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    proposed: list[RawRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def lead(self) -> str:
        """Whose answers these are."""
        return self.issue.lead


def match_rows(known: Identified, in_use: PlanInUse, claim: Issue | None = None) -> Matched:
    """Decide which rows of a return count, and which items they are. What does not belong is
    refused with a finding.

    `known` names the workbook that it answers; where that is the one that the officer claims, rows
    without any code are matched by their refs.
    """
    assert known.issue is not None
    placing = _Placing(known, known.issue, in_use, claim)
    for row, found in zip(known.opened.book.rows, known.found, strict=True):
        placing.place(row, found)
    placing.say_matched()
    return placing.result


class _Placing:
    """Puts the rows of one file where they belong: among the known, the refused, or the
    proposed.
    """

    def __init__(
        self, known: Identified, issue: Issue, in_use: PlanInUse, claim: Issue | None
    ) -> None:
        self.result = Matched(known.opened, issue, findings=list(known.findings))
        self.in_use = in_use
        self.store = store = in_use.store
        self.issue = issue
        self.tell = Teller(known.opened.name, issue.lead)
        self.known_refs = {fold_code(item.text("ref")) for item in in_use.plan.of_kind("action")}
        self.scope = {row.key for row in store.rows_of(issue.id)}
        rows = known.opened.book.rows
        self.copies = Counter((row.sheet, row.token2) for row in rows if row.token2)
        self.coded = {sheet for sheet, _ in self.copies}
        self.sent = RowsOfIssue(store, issue)
        self.claimed = same_sender(claim, issue)
        self.matched = 0

    def _of(self, row: RawRow, key: str | None) -> Teller:
        return self.tell.of_row(row, key, self.in_use.called(key))

    def place(self, row: RawRow, found: FoundRow | None) -> None:
        """Put one row where it belongs; `found` is what the store knows of its token."""
        found = found or self._by_copy(row)
        # A bare copy was pasted into a mail or a new workbook, codes left behind.
        if found is None and not row.token and self.claimed:
            found = self._by_ref(row)
            if found is None:
                return
        if found is None:
            self._unknown(row)
            return
        issue, issued = found
        if issue.kind not in SENT_TO_LEADS or (
            issue.lead != self.issue.lead and issued.key not in self.scope
        ):
            called = self.in_use.called(issued.key)
            self._refuse(row, "row-not-theirs", found, called, owner=issue.lead)
            return
        item = self.store.item(issued.key, issue.revision)
        if item and self.sent.belies(row, item):
            says = row.called or "nothing"
            # The reading stands beside its measure's words: whatever was sorted, those two most
            # likely kept together.
            read = [] if row.layout.ref else self.sent.find(row)
            found = (self.issue, read[0]) if len(read) == 1 else found
            self._refuse(row, "row-measure-differs", found, says, expected=item.called)
            return
        shown = item.text("ref") if item else ""
        differs = bool(row.ref) and fold_code(row.ref) != fold_code(shown)
        if differs and not same_number(row.ref, shown):
            self._refuse(row, "row-ref-differs", found, row.ref, expected=shown)
            return
        tell = self._of(row, issued.key)
        # `2.1` as text was typed; as a number beside its code it is Excel's doing, and no word.
        if differs and (isinstance(_ref_cell(row), str) or not row.token):
            cell = row.cells["ref"].name
            self.result.findings.append(tell("ref-shortened", cell, value=row.ref, expected=shown))
        # A colleague's rows, or last month's, pasted in: each counts against its own workbook.
        if issue.root != self.issue.root:
            sent_for = self.in_use.round_name(issue.round)
            self.result.findings.append(
                tell("row-pasted", value=shown, owner=issue.lead, round=sent_for)
            )
        self.result.rows.append(MatchedRow(row, issued, issue, self._detached(row, issued)))

    def _refuse(
        self, row: RawRow, code: str, found: FoundRow | None, value: str, **details: str
    ) -> None:
        tell = self._of(row, found[1].key if found else None)
        self.result.findings.append(tell(code, value=value, details=details))
        if found is None:
            like = self.sent.find(row)
            found = (self.issue, like[0]) if len(like) == 1 else None
        issue, issued = found or (self.issue, None)
        self.result.refused.append(RefusedRow(row, issued, issue))

    def _by_copy(self, row: RawRow) -> FoundRow | None:
        """A row that lost its token and kept the copy among the inputs, where its ref says the same
        or is lost too.
        """
        # The hidden column goes where leads copy what they see into a new file.
        found = self.store.token(row.token2) if row.token2 and not row.token else None
        if found is None:
            return None
        fits = fold_code(row.ref) == fold_code(_ref_when_issued(self.store, *found))
        return found if fits or "ref" not in row.cells else None

    def _unknown(self, row: RawRow) -> None:
        """A row with a token of nobody, or with none: an action that somebody added, unless its ref
        is known.
        """
        if row.token:
            self._refuse(row, "row-unknown", None, row.called or row.token)
        elif (
            fold_code(row.ref) in self.known_refs or "action" not in (new := as_proposal(row)).cells
        ):
            self._refuse(row, "row-token-missing", None, row.called)
        else:
            self.result.proposed.append(new)

    def _by_ref(self, row: RawRow) -> FoundRow | None:
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
        self._refuse(row, "row-ref-unclear" if found else "row-not-sent", None, row.called)
        return None

    def say_matched(self) -> None:
        """That rows were matched by what people can retype, once a file."""
        if self.matched:
            found = self.tell(
                "matched-by-ref",
                count=str(self.matched),
                round=self.in_use.round_name(self.issue.round),
            )
            self.result.findings.append(found)

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


def _ref_when_issued(store: Store, issue: Issue, issued: IssuedRow) -> str:
    item = store.item(issued.key, issue.revision)
    return item.text("ref") if item else ""


def _ref_cell(row: RawRow) -> RawValue:
    return row.cells["ref"].value if "ref" in row.cells else None
