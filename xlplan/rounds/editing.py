"""set, withdraw, reassign: what the office changes itself, each as a revision of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.load import load_text
from xlplan.mapping.model import Mapping
from xlplan.plan.changes import Change, Source
from xlplan.plan.findings import Finding, finding
from xlplan.plan.likeness import near
from xlplan.plan.model import Item, Plan
from xlplan.plan.status import settle
from xlplan.plan.values import Value
from xlplan.rounds.desk import Desk, NothingDone, needs_a_person
from xlplan.rounds.documents import Document, Documents
from xlplan.rounds.history import find_action
from xlplan.rounds.merging import table_status
from xlplan.rounds.routing import key_to_leads
from xlplan.store import Store


@dataclass(frozen=True, slots=True)
class Edited:
    """What the office changed: the revision (None when all was so already), the changes, what there is to say."""

    revision: int | None
    changes: list[Change]
    findings: list[Finding]
    say: Documents

    @property
    def exit_status(self) -> int:
        """1 when something about the value wants a person."""
        return int(needs_a_person(self.findings))

    def document(self) -> Document:
        """The JSON document of set, withdraw and reassign."""
        return {
            "revision": self.revision,
            "changes": [self.say.change(change) for change in self.changes],
            "findings": [self.say.finding(found) for found in self.findings],
        }


def read_typed(field: str, text: str, plan: Plan, mapping: Mapping, ref: str) -> tuple[Value, list[Finding]]:
    """A value typed on the command line, checked as a cell would be.

    Raises:
        NothingDone: no such field, or the value does not fit it.
    """
    spec = mapping.fields.get(field)
    if spec is None:
        nearest = ", ".join(near(field, list(mapping.fields)))
        raise NothingDone(f"There is no field '{field}'.", f"Nearest: {nearest}." if nearest else "")
    reading = read_value(spec, text or None, mapping, Context(key_to_leads(plan, mapping)))
    findings = [finding(code, ref=ref, field=field, value=text, details=details) for code, details in reading.said]
    if reading.value is None:
        raise NothingDone(findings[0].message, findings[0].hint, findings)
    return reading.value, findings


def set_value(desk: Desk, ref: str, field: str, text: str, *, source: str = "", reason: str = "") -> Edited:
    """One value typed by the office, as a revision of its own.

    Raises:
        NothingDone: no such action or field, or the value does not fit.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        action = find_action(plan, ref)
        value, findings = read_typed(field, text, plan, mapping, ref)
        said = (Source(desk.by, source, at=desk.stamp),)
        changes = [Change(action.key, field, action.get(field), value, said, reason)]
        changes = [one for one in changes if one.old.canonical != one.new.canonical]
        if field == "rag" and changes:
            changes += _followed(action, value, mapping)
        return _commit(desk, store, mapping, changes, findings, kind="set", note=f"{ref} {field}")


def _followed(action: Item, rating: Value, mapping: Mapping) -> list[Change]:
    from xlplan.mapping.keys import rag_scale

    status = settle(
        action.text("ref"), rating.text, table_status(action, mapping), rag_scale(mapping), mapping.new_refs
    )
    if status == action.text("status"):
        return []
    return [Change(action.key, "status", action.get("status"), Value(status, status), (), "follows the rating")]


def withdraw(desk: Desk, ref: str, *, reason: str, into: str = "") -> Edited:
    """An action ends; its history stays. `into` names the action that carries it on.

    Raises:
        NothingDone: no such action.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        action = find_action(plan, ref)
        if action.text("status") == "withdrawn":
            raise NothingDone(f"{ref} is withdrawn already.", "See `xlplan log REF`.")
        said = (Source(desk.by, at=desk.stamp),)
        ended = Value("withdrawn", "withdrawn")
        changes = [Change(action.key, "status", action.get("status"), ended, said, reason)]
        if into:
            heir = find_action(plan, into)
            link = Value(heir.key, heir.key)
            changes.append(Change(action.key, "went_into", action.get("went_into"), link, said, reason))
        return _commit(desk, store, mapping, changes, [], kind="withdraw", note=f"{ref}: {reason}")


def reassign(desk: Desk, refs: Sequence[str], to: str) -> Edited:
    """Actions move to another lead.

    Raises:
        NothingDone: no such action, or nobody in the key is called so.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        field = next((name for name in ("leads", "accountable", "responsible") if name in mapping.fields), "leads")
        value, findings = read_typed(field, to, plan, mapping, ", ".join(refs))
        if any(found.code == "lead-unresolved" for found in findings):
            raise NothingDone(findings[0].message, findings[0].hint, findings)
        said = (Source(desk.by, at=desk.stamp),)
        actions = [find_action(plan, ref) for ref in refs]
        changes = [Change(one.key, field, one.get(field), value, said, f"reassigned to {to}") for one in actions]
        changes = [one for one in changes if one.old.canonical != one.new.canonical]
        return _commit(desk, store, mapping, changes, findings, kind="reassign", note=f"to {to}")


def _commit(
    desk: Desk, store: Store, mapping: Mapping, changes: list[Change], findings: list[Finding], *, kind: str, note: str
) -> Edited:
    revision = None
    if changes:
        this_round = store.current_round()
        revision = store.commit(
            changes, [], kind=kind, at=desk.stamp, by=desk.by, note=note, round=this_round.id if this_round else None
        )
    return Edited(revision, changes, findings, Documents(store.snapshot(), mapping))
