"""Answers that came otherwise: by telephone or in the text of a message; and taking a file out
again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.mapping.rules import check_row
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.rounds import Issue, IssuedRow, Round, StoredCell, StoredReturn, StoredRow
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import BLANK
from xlplan.reports.documents import Document, finding_document
from xlplan.rounds.arrivals.gathering import CONTAINERS
from xlplan.rounds.compared.comparing import compare
from xlplan.rounds.compared.remembered import places_in, told_of_decisions
from xlplan.rounds.compared.speaking import age_of
from xlplan.rounds.compared.summing_up import differing
from xlplan.rounds.editing import read_typed
from xlplan.rounds.owners.measures_led import spec_of_cell
from xlplan.rounds.owners.named import find_item
from xlplan.rounds.owners.naming import sent_to
from xlplan.rounds.session.session import NothingDone, Session, needs_a_person
from xlplan.store import Store

_SENT_BACK = frozenset({"waiting", "unchanged", "superseded"})


@dataclass(frozen=True, slots=True)
class Noted:
    """An answer noted for a lead, or taken out again."""

    lead: str
    what: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """1 when something about the answer wants a person."""
        return int(needs_a_person(self.findings))

    def document(self) -> Document:
        """The JSON document of received, unstage and set --for."""
        return {
            "lead": self.lead,
            "noted": self.what,
            "findings": [finding_document(found) for found in self.findings],
        }


def received(session: Session, lead: str, *, nil: bool = False, note: str = "") -> Noted:
    """Note that a lead answered otherwise. With `nil` they had nothing to report.

    Raises:
        NothingDone: no round is open, or that lead was sent nothing in it.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        issue, _ = _their_issue(store, lead)
        taken = replace(
            # An answer by telephone has no file to be known by.
            _entered(session, issue, note or "no file"),
            nil=nil,
            status="unchanged",
            note=note,
        )
        store.add_return(taken)
    return Noted(issue.lead, "nothing to report" if nil else "received")


def set_for(
    session: Session,
    ref: str,
    field: str,
    text: str,
    *,
    lead: str,
    source: str = "",
    reason: str = "",
) -> Noted:
    """One value that a lead gave otherwise; it waits like a return of theirs.

    The reason for a new date is the lead's own cell where the plan has one; any other is told with
    the source.

    Raises:
        NothingDone: no such action or field, the value does not fit, or the lead was not sent that
        action.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        action = find_item(plan, mapping, ref, field)
        issue, rows = _their_issue(store, lead)
        row = next((one for one in rows if one.key == action.key), None)
        if row is None:
            raise NothingDone(
                f"{issue.lead} was not sent {ref} in this round.", "Use `xlplan set` without --for."
            )
        spec = spec_of_cell(mapping, field)
        if spec is not None and spec.edit != "lead":
            raise NothingDone(
                f"Leads do not answer the field '{field}'.", "Use `xlplan set` without --for."
            )
        value, remarks = read_typed(field, text, plan, mapping, ref)
        base = store.snapshot(issue.revision).items[action.key].get(field)
        # A fresh input is empty in every workbook that is sent: whatever comes back is new.
        shown = BLANK if spec and spec.input == "fresh" else base
        cells, remark = [StoredCell(field, value, "", "", shown)], ""
        if reason and field == "due" and "due_reason" in mapping.fields:
            why, more = read_typed("due_reason", reason, plan, mapping, ref)
            cells, remarks = (
                [*cells, StoredCell("due_reason", why, "", "", BLANK)],
                [*remarks, *more],
            )
        elif reason:
            remark = f" ({reason})"
        where = f"{source or 'answer'}{remark}, entered by {session.by}"
        taken = replace(
            _entered(session, issue, where),
            rows=(StoredRow(0, "", 0, "answered", action.key, row.token, tuple(cells)),),
        )
        rules = _doubts(cells, mapping, ref, session)
        findings = [replace(one, key=action.key, lead=issue.lead) for one in [*remarks, *rules]]
        store.add_return(taken, findings=findings)
    return Noted(issue.lead, f"{ref} {field} = {value.text}", findings)


def _doubts(
    cells: list[StoredCell], mapping: PlanMapping, ref: str, session: Session
) -> Iterator[Finding]:
    """What the mapping's rules say of each value by itself; what it needs beside it may be entered
    next.
    """
    before = {cell.field: cell.shown for cell in cells}
    for doubt in check_row(
        mapping, before, {cell.field: cell.value for cell in cells}, session.today
    ):
        # By telephone the new date comes first, and why it moved in the next sentence.
        if doubt.code != "required":
            yield finding(
                doubt.code,
                ref=ref,
                field=doubt.field,
                severity=doubt.severity,
                details=doubt.details,
            )


def unstage(session: Session, what: str) -> Noted:
    """Take out what waits of a file, of all that an archive or message brought, or of a lead, to
    import it again.

    Raises:
        NothingDone: nothing of that name waits, it is merged already, or the name fits several
        files.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        meant = _called(what, store, session)
        waiting = [taken for taken in meant.found if not _is_merged(taken)]
        if not waiting:
            hint = (
                "It is merged: `xlplan undo` takes the merge back."
                if meant.found
                else "See `xlplan status`."
            )
            raise NothingDone(f"Nothing of {what} waits.", hint)
        leads = list(dict.fromkeys(taken.lead for taken in waiting if taken.lead))
        _refuse_several(what, meant, waiting)
        for taken in waiting:
            store.remove_return(taken.id)
        _stand_again(store, set(leads))
        findings = told_of_decisions(compare(store), places_in(waiting))
    together = f", all that waited of what came in {meant.container}" if meant.container else ""
    return Noted(", ".join(leads), f"{len(waiting)} taken out{together}", findings)


@dataclass(frozen=True, slots=True)
class _Meant:
    """The returns that an officer may mean: all of a lead, all that came in `container`, or files
    of one name.
    """

    found: list[StoredReturn]
    lead: str = ""
    container: str = ""


def _called(what: str, store: Store, session: Session) -> _Meant:
    """A file by its path, a lead, an archive or message with all that came in it, or files by their
    name.

    Example: `sue butcher`, `.\\returned\\Sue.xlsx` and `returns.zip` each mean what they say.
    """
    # A path as the shell of Windows completes it: .\returned\Sue.xlsx
    path, returns = what.replace("\\", "/").removeprefix("./").rstrip("/"), store.returns()
    names = {path, session.shown(Path(path)) if Path(path).is_absolute() else path}
    if found := [taken for taken in returns if taken.name in names]:
        return _Meant(found)
    if found := [
        taken for taken in returns if taken.lead and fold_code(taken.lead) == fold_code(what)
    ]:
        return _Meant(found, lead=what)
    if found := [taken for taken in returns if taken.name.endswith(f"/{path}")]:
        return _Meant(found)
    within = {one for taken in returns for one in _containers(taken.name)}
    named = (within & names) or {one for one in within if one.endswith(f"/{path}")}
    found = [taken for taken in returns if named.intersection(_containers(taken.name))]
    return _Meant(found, container=named.pop() if len(named) == 1 else "")


def _containers(name: str) -> list[str]:
    """The paths of the archives and messages that a file came in."""
    parts = name.split("/")
    return [
        "/".join(parts[:count])
        for count in range(1, len(parts))
        if parts[count - 1].lower().endswith(CONTAINERS)
    ]


def _is_merged(taken: StoredReturn) -> bool:
    return any(cell.settled is not None for row in taken.rows for cell in row.cells)


def _refuse_several(what: str, meant: _Meant, waiting: list[StoredReturn]) -> None:
    """Nobody else's answers are taken out by the likeness of a name."""
    files = list(dict.fromkeys((taken.name, taken.lead) for taken in waiting))
    # One file may bring the returns of several leads; answers that were entered brought none.
    brought = {(taken.name, taken.sha256 or taken.lead) for taken in waiting}
    if meant.lead or meant.container or len(brought) == 1:
        return
    listed = "; ".join(f"{name} ({lead or 'nobody'})" for name, lead in files)
    same_path = len({name for name, _ in files}) == 1
    hint = "Name the lead." if same_path else "Name one by its whole path, as it stands here."
    raise NothingDone(f"{what} fits {len(files)} files: {listed}.", hint)


def _stand_again(store: Store, leads: set[str]) -> None:
    """What a newer return had replaced speaks again: of each workbook, the last that is left."""
    left = [
        taken for taken in store.returns() if taken.lead in leads and taken.status in _SENT_BACK
    ]
    for taken in left:
        beside = [one for one in left if _asked_by(store, one) == _asked_by(store, taken)]
        if taken.status == "superseded" and taken.id == max(beside, key=age_of).id:
            # A lead sends a wrong file and asks for it back: the one before it is their answer
            # again.
            says_something = any(row.kind == "proposed" or differing(row) for row in taken.rows)
            store.update_return(taken.id, status="waiting" if says_something else "unchanged")


def _asked_by(store: Store, taken: StoredReturn) -> str:
    issue = store.issue(taken.issue)
    return issue.root if issue else ""


def _their_issue(store: Store, lead: str) -> tuple[Issue, list[IssuedRow]]:
    current: Round | None = store.current_round()
    if current is None:
        raise NothingDone("No round is open.", "Open one with `xlplan export`.")
    sent = [one for one in store.issues(round=current.id) if one.kind in {"update", "query"}]
    # A lead whose file was queried has the query workbook before them when they ring up.
    issue = sent_to(lead, sent, current.name, store)[-1]
    return issue, store.rows_of(issue.id)


def _entered(session: Session, issue: Issue, name: str) -> StoredReturn:
    return StoredReturn(
        id=0,
        name=name,
        sha256="",
        lead=issue.lead,
        round=issue.round,
        issue=issue.id,
        base=issue.revision,
        status="waiting",
        arrived_at=session.stamp,
        by=session.by,
    )
