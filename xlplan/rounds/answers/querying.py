"""Query workbooks: what a lead typed goes back to them, with the faulty cells marked, ready to
correct and return.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, replace

from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.addresses import Address
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.findings.of_values import VALUES
from xlplan.plan.model import Plan
from xlplan.plan.rounds import Issue, StoredReturn, StoredRow
from xlplan.plan.text.english import listed
from xlplan.rounds.answers.retyping import SENT_BACK, TypedRow, typed_so_far
from xlplan.rounds.compared.speaking import ReturnsForMerge, age_of
from xlplan.rounds.compared.summing_up import differing
from xlplan.rounds.owners.routing import key_to_leads, leaders
from xlplan.rounds.sending.placing import add_workbook, place, stands, told_how_to_finish
from xlplan.rounds.sending.shown_beside import last_shown, refusals_for
from xlplan.rounds.sending.update_rows import update_row
from xlplan.rounds.session.session import CutOff, Session
from xlplan.store import Store
from xlplan.workbook.kit.marks import make_code
from xlplan.workbook.kit.names import safe_name, workbook_name
from xlplan.workbook.update.writing import UpdateBook, UpdateRow


@dataclass(frozen=True, slots=True)
class Query:
    """One query workbook: whom it asks, where it lies, about which return."""

    lead: str
    path: str
    about: str


def add_queries(
    session: Session,
    store: Store,
    mapping: PlanMapping,
    asked: Iterable[tuple[StoredReturn, list[Finding]]],
) -> dict[str, str]:
    """One query workbook for each return with errors, which `place_queries` writes. Inside
    `store.writing`.

    It also marks what a lead wrote that was taken with a warning. The names of the returns, by
    issue.
    """
    return {
        add_query(
            session, store, mapping, taken, [found for found in findings if _asks(found)]
        ): taken.name
        for taken, findings in asked
        if taken.issue and any(one.severity == "error" for one in findings)
        # A master written before the first round belongs to none: nobody is sent a query.
        if (issue := store.issue(taken.issue)) and issue.round is not None
    }


def place_queries(
    session: Session, store: Store, about: Dictionary[str, str]
) -> tuple[list[Query], list[Finding]]:
    """Write the query workbooks that are not written yet, those of a command that was cut off too.

    `about` has the names of returns by issue. Where the disk refuses, a finding says so. Not inside
    `store.writing`.

    Raises:
        CutOff: somebody stopped it.
    """
    left = store.unwritten("query")
    if not left:
        return [], []
    missing: list[Finding] = []
    try:
        with told_how_to_finish(
            f"Not every query workbook is written: {listed([one.path for one in left])}.",
            "Run `xlplan import` again: it writes what is missing, and leaves what stands there.",
        ):
            placed = place(session, store, left)
            with store.writing(session.by):
                store.mark_written(placed)
    except CutOff as trouble:
        # Ctrl+C is somebody who wants it to end; a full drive is told beside what was taken in.
        if isinstance(trouble.__cause__, KeyboardInterrupt):
            raise
        left = store.unwritten("query")
        placed = [one for one in left if stands(session, store, one)]
        # An OSError reads `[Errno 28] No space left on device`; its strerror is the part for
        # people.
        why = getattr(trouble.__cause__, "strerror", None) or trouble.__cause__
        missing = [
            finding("query-unwritten", at=Address(one.path), why=why)
            for one in left
            if one not in placed
        ]
    return [
        Query(issue.lead, issue.path, about.get(issue.id) or _last_return(store, issue))
        for issue in placed
    ], missing


def _last_return(store: Store, query: Issue) -> str:
    """The name of the last return to what a query workbook asks about."""
    family = {
        issue.id
        for issue in store.issues(lead=query.lead)
        if query.about in {issue.id, issue.about}
    }
    return next(
        (taken.name for taken in reversed(store.returns(lead=query.lead)) if taken.issue in family),
        "",
    )


def left_to_ask(store: Store, taken: StoredReturn) -> list[Finding]:
    """What was found in a return; of one that a newer return stands over, only what that says
    nothing about.
    """
    found = store.findings(return_id=taken.id)
    if taken.status != "superseded":
        return found
    speaking = ReturnsForMerge(store, {}, {})
    root = speaking.root(taken.issue)
    # Leads find a slip after sending, and send the workbook again: what that mends is asked no
    # more.
    later = (
        one
        for one in store.returns(lead=taken.lead)
        if one.status in SENT_BACK and age_of(one) > age_of(taken)
    )
    newer = [one for one in later if speaking.root(one.issue) == root]
    said: set[tuple[str | None, str | None]] = {
        (row.home, cell.field) for one in newer for row in one.rows for cell in differing(row)
    }
    said |= {(bad.key, bad.field) for one in newer for bad in store.findings(return_id=one.id)}
    return [one for one in found if one.key and one.field and (one.key, one.field) not in said]


def _asks(found: Finding) -> bool:
    """Whether a lead can mend it: an error, or a warning about what one of their cells says."""
    return found.severity == "error" or (
        found.severity == "warning" and bool(found.field) and found.code in VALUES
    )


def add_query(
    session: Session, store: Store, mapping: PlanMapping, taken: StoredReturn, errors: list[Finding]
) -> str:
    """One query workbook about a return: what its lead typed, with each trouble at its cell. Its
    issue's id.

    It is rebuilt from what its issue showed: loading and saving the lead's file would lose its
    dropdowns.
    """
    about = store.issue(taken.issue)
    assert about is not None, f"{taken.name} was taken in for an issue that the store does not have"
    this_round = next(
        known_round for known_round in store.rounds() if known_round.id == about.round
    )
    identity = session.token()
    shown = store.snapshot(about.revision)
    rows, measures = _rows(session, store, shown, mapping, taken, about, errors)
    book = UpdateBook(
        mapping=mapping,
        plan_title=mapping.plan.title,
        round=this_round,
        lead=about.lead,
        code=make_code(identity),
        issue_id=identity,
        rows=rows,
        measures=measures,
        created=session.now(),
        summary=_summary(errors),
        kind="query",
        # A lead who finds the sheet for new actions empty would type what they proposed once more.
        proposals=[
            {cell.field: cell.value.text for cell in row.cells}
            for row in _of_kind(taken, "proposed")
        ],
    )
    # "Q1/Q2 Board" is a round's name; Windows takes no slash in a folder's.
    folder = session.folder / "workbooks" / "queries" / safe_name(this_round.name)
    wanted = folder / workbook_name(this_round.return_by, f"{about.lead} query")
    return add_workbook(session, store, wanted, book, about.revision, about=about.root).id


def _rows(
    session: Session,
    store: Store,
    shown: Plan,
    mapping: PlanMapping,
    taken: StoredReturn,
    about: Issue,
    errors: list[Finding],
) -> tuple[list[UpdateRow], list[UpdateRow]]:
    """Every action and measure of the issue, with what the lead typed in place and each problem at
    its cell.
    """
    key = key_to_leads(shown, mapping)
    this_round = next(one for one in store.rounds() if one.id == about.round)
    not_taken = refusals_for(store, mapping, this_round, about.lead)
    rounds = [known_round.name for known_round in store.rounds()]
    typed, refs = (
        typed_so_far(store, about),
        {item.key: item.called for item in shown.items.values()},
    )
    locked = [
        found for found in store.findings(return_id=taken.id) if found.code == "locked-changed"
    ]
    rows: list[UpdateRow] = []
    measures: list[UpdateRow] = []
    for issued in store.rows_of(about.id):
        item = shown.items[issued.key]
        wrong = [one for one in errors if _home(one, taken) == issued.key]
        typed_row = typed.get(issued.key, TypedRow())
        # Locked cells come back changed where the protection was lost: SheetJS and pandas drop it.
        refused = [one.message for one in locked if one.key == issued.key]
        problems = _problems([*wrong, *typed_row.to_look_at(issued.key, refs)], refused)
        texts = {name: one.text for name, one in typed_row.said.items()} | _faulty(wrong)
        others = tuple(name for name in leaders(item, mapping, key).names if name != about.lead)
        plain = update_row(
            session.token(),
            shown,
            item,
            others,
            last_shown(item, mapping, rounds, not_taken),
        )
        table = measures if item.kind == "measure" else rows
        table.append(replace(plain, typed=texts, problems=problems))
    return rows, measures


def _of_kind(taken: StoredReturn, kind: str) -> list[StoredRow]:
    return [row for row in taken.rows if row.kind == kind]


def _home(found: Finding, taken: StoredReturn) -> str | None:
    """The action that a finding is about: of a row whose answers came apart, the one that they
    belong to.
    """
    # After a sort of the inputs alone two rows may speak of one action: the row's number tells
    # which.
    digits = found.at.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    held = (row for row in taken.rows if row.kind == "held" and row.key == found.key)
    return next(
        (row.home for row in held if (row.sheet, str(row.row)) == (found.at.sheet, digits)),
        found.key,
    )


def _faulty(wrong: list[Finding]) -> dict[str, str]:
    """What stood in input cells and was not taken.

    What was typed in a row that was refused stands beside the cell only: sent back unread, it would
    be taken as an answer on an action that nobody has confirmed. A warning names what was taken, or
    a part of it.
    """
    doubted = (one for one in wrong if one.severity == "error" or one.code not in VALUES)
    return {
        one.field: one.value
        for one in doubted
        if one.field and one.value and one.code != "answer-refused"
    }


def _problems(told: Iterable[Finding], refused: Iterable[str]) -> dict[str, list[str]]:
    """What is said at each field, and under "" of the row: of locked cells too, which the lead
    cannot mend here.
    """
    problems: dict[str, list[str]] = {}
    for one in told:
        text = f"{one.message} {one.hint}".strip()
        if text not in problems.setdefault(one.field or "", []):
            problems[one.field or ""].append(text)
    for text in refused:
        problems.setdefault("", []).append(text)
    return problems


def _summary(errors: list[Finding]) -> list[str]:
    """What is to be mended, a line each; what has no row here is said here only, and so comes
    first.
    """
    ordered = sorted(errors, key=lambda one: one.key is not None)
    return [f"{one.ref or 'A row'}: {one.message} {one.hint}".strip() for one in ordered]
