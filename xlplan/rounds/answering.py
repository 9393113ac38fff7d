"""Answers that came otherwise: by telephone or in the text of a message; and taking a file out again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from xlplan.mapping.load import load_text
from xlplan.plan.rounds import Issue, IssuedRow, Round, TakenCell, TakenReturn, TakenRow
from xlplan.plan.text import fold_code
from xlplan.plan.values import BLANK
from xlplan.rounds.desk import Desk, NothingDone
from xlplan.rounds.documents import Document
from xlplan.rounds.editing import read_typed
from xlplan.rounds.history import find_action
from xlplan.rounds.naming import sent_to
from xlplan.rounds.speaking import age_of
from xlplan.rounds.summing_up import differing
from xlplan.store import Store

_SENT_BACK = frozenset({"waiting", "unchanged", "superseded"})


@dataclass(frozen=True, slots=True)
class Noted:
    """An answer noted for a lead, or taken out again."""

    lead: str
    what: str

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of received, unstage and set --for."""
        return {"lead": self.lead, "noted": self.what}


def received(desk: Desk, lead: str, *, nil: bool = False, note: str = "") -> Noted:
    """Note that a lead answered otherwise. With `nil` they had nothing to report.

    Raises:
        NothingDone: no round is open, or that lead was sent nothing in it.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        issue, _ = _their_issue(store, lead)
        taken = replace(_entered(desk, issue, note or "no file"), nil=nil, status="unchanged", note=note)
        store.add_return(taken)
    return Noted(issue.lead, "nothing to report" if nil else "received")


def set_for(desk: Desk, ref: str, field: str, text: str, *, lead: str, source: str = "", reason: str = "") -> Noted:
    """One value that a lead gave otherwise; it waits like a return of theirs.

    The reason for a new date is the lead's own cell where the plan has one; any other is told with the source.

    Raises:
        NothingDone: no such action or field, the value does not fit, or the lead was not sent that action.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        action = find_action(plan, ref)
        issue, rows = _their_issue(store, lead)
        row = next((one for one in rows if one.key == action.key), None)
        if row is None:
            raise NothingDone(f"{issue.lead} was not sent {ref} in this round.", "Use `xlplan set` without --for.")
        spec = mapping.fields.get(field)
        if spec is not None and spec.edit != "lead":
            raise NothingDone(f"Leads do not answer the field '{field}'.", "Use `xlplan set` without --for.")
        value, findings = read_typed(field, text, plan, mapping, ref)
        base = store.snapshot(issue.revision).items[action.key].get(field)
        shown = BLANK if spec and spec.input == "fresh" else base
        cells, told = [TakenCell(field, value, "", "", shown)], ""
        if reason and field == "due" and "due_reason" in mapping.fields:
            why, more = read_typed("due_reason", reason, plan, mapping, ref)
            cells, findings = [*cells, TakenCell("due_reason", why, "", "", BLANK)], [*findings, *more]
        elif reason:
            told = f" ({reason})"
        where = f"{source or 'answer'}{told}, entered by {desk.by}"
        taken = replace(
            _entered(desk, issue, where), rows=(TakenRow(0, "", 0, "answered", action.key, row.token, tuple(cells)),)
        )
        store.add_return(taken, findings=findings)
    return Noted(issue.lead, f"{ref} {field} = {value.text}")


def unstage(desk: Desk, what: str) -> Noted:
    """Take out what waits of a file or a lead, so that it may be imported again.

    Raises:
        NothingDone: nothing of that name waits, or it is merged already.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        found = _called(what, store)
        waiting = [
            taken for taken in found if not any(cell.settled is not None for row in taken.rows for cell in row.cells)
        ]
        if not waiting:
            hint = "It is merged: `xlplan undo` takes the merge back." if found else "See `xlplan status`."
            raise NothingDone(f"Nothing of {what} waits.", hint)
        for taken in waiting:
            store.remove_return(taken.id)
        _stand_again(store, {taken.lead for taken in waiting})
    return Noted(waiting[0].lead, f"{len(waiting)} taken out")


def _called(what: str, store: Store) -> list[TakenReturn]:
    """The returns that an officer means: one file by its path, files by their name, or all of one lead."""
    path = what.replace("\\", "/")
    fits: tuple[Callable[[TakenReturn], bool], ...] = (
        lambda taken: taken.name == path,
        lambda taken: taken.name.rpartition("/")[2] == path.rpartition("/")[2],
        lambda taken: bool(taken.lead) and fold_code(taken.lead) == fold_code(what),
    )
    returns = store.returns()
    return next((found for fit in fits if (found := [taken for taken in returns if fit(taken)])), [])


def _stand_again(store: Store, leads: set[str]) -> None:
    """What a newer return had replaced speaks again: of each workbook, the last that is left."""
    left = [taken for taken in store.returns() if taken.lead in leads and taken.status in _SENT_BACK]
    for taken in left:
        beside = [one for one in left if _asked_by(store, one) == _asked_by(store, taken)]
        if taken.status == "superseded" and taken.id == max(beside, key=age_of).id:
            says_something = any(row.kind == "proposed" or differing(row) for row in taken.rows)
            store.update_return(taken.id, status="waiting" if says_something else "unchanged")


def _asked_by(store: Store, taken: TakenReturn) -> str:
    issue = store.issue(taken.issue)
    return (issue.about or issue.id) if issue else ""


def _their_issue(store: Store, lead: str) -> tuple[Issue, list[IssuedRow]]:
    current: Round | None = store.current_round()
    if current is None:
        raise NothingDone("No round is open.", "Open one with `xlplan export`.")
    sent = [one for one in store.issues(round=current.id) if one.kind in {"update", "query"}]
    issue = sent_to(lead, sent, current.name, store)[-1]
    return issue, store.rows_of(issue.id)


def _entered(desk: Desk, issue: Issue, name: str) -> TakenReturn:
    return TakenReturn(
        id=0,
        name=name,
        sha256="",
        lead=issue.lead,
        round=issue.round,
        issue=issue.id,
        base=issue.revision,
        status="waiting",
        arrived_at=desk.stamp,
        by=desk.by,
    )
