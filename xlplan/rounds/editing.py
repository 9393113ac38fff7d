"""set, withdraw, reassign: what the office changes itself, each as a revision of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.keys import rag_scale, table_name
from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Change, Source
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.leads.reading import read_leads
from xlplan.plan.model import Item, Plan
from xlplan.plan.status import settle
from xlplan.plan.text.likeness import near
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import BLANK, Value
from xlplan.reports.documents import Document, Documents
from xlplan.rounds.merging import table_status
from xlplan.rounds.owners.measures_led import spec_of_cell
from xlplan.rounds.owners.named import find_action, find_item
from xlplan.rounds.owners.routing import key_to_leads
from xlplan.rounds.session.session import NothingDone, Session, needs_a_person
from xlplan.store import Store
from xlplan.workbook.kit.words import NO_CHANGE

_FOR_A_LEAD = "Use --for LEAD, or `xlplan received LEAD --nil`."


@dataclass(frozen=True, slots=True)
class Edited:
    """What the office changed: the revision (None when all was so already), the changes, what there
    is to say.
    """

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


def read_typed(
    field: str, text: str, plan: Plan, mapping: PlanMapping, ref: str
) -> tuple[Value, list[Finding]]:
    """A value typed on the command line, checked as a cell would be.

    Example: `Sept 2019` for `due` keeps that text and falls due on 30 September.

    Raises:
        NothingDone: no such field, or the value does not fit it.
    """
    spec = spec_of_cell(mapping, field)
    if spec is None:
        # Keys of fields are typed from memory: `progres`, `due date`.
        nearest = ", ".join(near(field, list(mapping.fields)))
        hint = f"Nearest: {nearest}." if nearest else f"Fields: {', '.join(mapping.fields)}."
        raise NothingDone(f"There is no field '{field}'.", hint)
    reading = read_value(spec, text or None, mapping, Context(key_to_leads(plan, mapping)))
    findings = [
        finding(code, ref=ref, field=field, value=text, details=details)
        for code, details in reading.remarks
    ]
    if reading.value is None:
        raise NothingDone(findings[0].message, findings[0].hint, findings)
    return reading.value, findings


def set_value(
    session: Session, ref: str, field: str, text: str, *, source: str = "", reason: str = ""
) -> Edited:
    """One value of an action or measure typed by the office, as a revision of its own.

    Raises:
        NothingDone: no such action, measure or field, or the value does not fit.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        action = find_item(plan, mapping, ref, field)
        if field == NO_CHANGE:
            raise NothingDone(
                "'No change' is a lead's answer for one round, not a value of the plan.",
                _FOR_A_LEAD,
            )
        if field in PLACING:
            value, findings = PLACING[field](text, action, plan, mapping), list[Finding]()
        else:
            value, findings = read_typed(field, text, plan, mapping, ref)
        if field == "ref":
            check_ref(value, action, store)
        sources = (Source(session.by, source, at=session.stamp),)
        changes = [Change(action.key, field, action.get(field), value, sources, reason)]
        changes = [change for change in changes if change.moves]
        if field == "section" and changes:
            changes += _at_the_end(action, value.text, plan, mapping, sources, reason)
        if field == "status" and changes:
            changes += _unlinked(action, plan, sources, reason)
        # In Sunderland 2017 a ref such as `NEW 3` marks an action as new until it is rated.
        if field in {"rag", "ref"} and changes and action.text("status") != "withdrawn":
            changes += _followed(action, {field: value}, mapping)
        return _commit(
            session, store, mapping, changes, findings, kind="set", note=f"{ref} {field}"
        )


def check_ref(value: Value, action: Item, store: Store) -> None:
    """A ref is never used again.

    Raises:
        NothingDone: another action has it, or had it once.
    """
    # Minutes and board papers go on naming a ref for years after its action has ended.
    if not value.means(action.get("ref")) and (not value or value.canonical in store.ever("ref")):
        raise NothingDone(
            f"The ref {value.text or '(blank)'} cannot be given.", "A ref is never used again."
        )


def _status_typed(text: str, action: Item, plan: Plan, mapping: PlanMapping) -> Value:
    """`open` re-opens what was withdrawn; other states follow from the rating, or from `xlplan
    withdraw`.
    """
    if fold_code(text) != "open" or action.text("status") != "withdrawn":
        raise NothingDone(
            "Only a withdrawn action is opened again so: `xlplan set REF status open`.",
            "A rating completes or re-opens an action; `xlplan withdraw` ends one.",
        )
    status = _settled_status(action, mapping)
    return Value(status, status)


def _section_typed(text: str, action: Item, plan: Plan, mapping: PlanMapping) -> Value:
    """A section by its ref or name.

    Example: `3`, `leadership` and `3 Leadership` all mean the section 3, Leadership.
    """
    wanted = fold_code(text)
    for section in plan.sections:
        ref, name = section.text("ref"), section.text("name")
        # Officers type a section as its heading prints it: the number, the name, or both.
        if wanted in {fold_code(ref), fold_code(name), fold_code(f"{ref} {name}")} - {""}:
            return Value(section.key, section.key)
    known = ", ".join(section.text("ref") or section.text("name") for section in plan.sections)
    raise NothingDone(f"There is no section '{text}'.", f"Sections: {known}.")


PLACING: dict[str, Callable[[str, Item, Plan, PlanMapping], Value]] = {
    "status": _status_typed,
    "section": _section_typed,
}
"""Fields that say where an action stands, not what it says."""


def _at_the_end(
    action: Item,
    section: str,
    plan: Plan,
    mapping: PlanMapping,
    said: tuple[Source, ...],
    reason: str,
) -> Iterator[Change]:
    """An action that moves to another section stands there last; on another sheet, where its own
    has nothing of that section.
    """
    of_section = [
        item
        for item in (*plan.of_kind("line"), *plan.of_kind("action"))
        if item.text("section") == section
    ]
    tables = [item.text("table") for item in of_section]
    table = action.text("table")
    if tables and table not in tables:
        status = {table_name(one): one.status for one in mapping.tables}
        table = next((one for one in tables if status.get(one) == status.get(table)), tables[0])
        moved = next(item.get("table") for item in of_section if item.text("table") == table)
        yield Change(action.key, "table", action.get("table"), moved, said, reason)
    # Sunderland's sections go on on the sheet of completed actions.
    there = [item for item in of_section if item.text("table") == table]
    actions = [item.order for item in there if item.kind == "action"]
    begins = max((item.order for item in there), default=plan.items[section].order + 1)
    text = str(max(actions, default=begins) + 1)
    yield Change(action.key, "order", action.get("order"), Value(text, text), said, reason)


def _settled_status(action: Item, mapping: PlanMapping) -> str:
    return settle(
        action.text("ref"),
        action.text("rag"),
        table_status(action, mapping),
        rag_scale(mapping),
        mapping.new_refs,
    )


def _followed(action: Item, moved: dict[str, Value], mapping: PlanMapping) -> list[Change]:
    status = _settled_status(Item(action.key, action.kind, {**action.values, **moved}), mapping)
    if status == action.text("status"):
        return []
    reason = "follows the rating" if "rag" in moved else "follows the ref"
    return [Change(action.key, "status", action.get("status"), Value(status, status), (), reason)]


def withdraw(session: Session, ref: str, *, reason: str, into: Sequence[str] = ()) -> Edited:
    """An action ends; its history stays. `into` names the actions that carry it on: one when
    merged, more when split.

    Raises:
        NothingDone: no such action, or no reason is given.
    """
    if not reason.strip():
        raise NothingDone(
            "Nothing says why.",
            "Give a reason: it stands in the action's history and in the report.",
        )
    with Store.open(session.plan) as store, store.writing(session.by):
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        action = find_action(plan, ref)
        if action.text("status") == "withdrawn":
            raise NothingDone(f"{ref} is withdrawn already.", "See `xlplan log REF`.")
        sources = (Source(session.by, at=session.stamp),)
        ended = Value("withdrawn", "withdrawn")
        changes = [Change(action.key, "status", action.get("status"), ended, sources, reason)]
        heirs = [find_action(plan, heir) for heir in into if heir]
        if any(heir.key == action.key or heir.text("status") == "withdrawn" for heir in heirs):
            raise NothingDone(
                f"{ref} cannot go into an action that has ended.", "Name one that goes on."
            )
        if heirs:
            changes.append(
                _linked(action, "went_into", [heir.key for heir in heirs], sources, reason)
            )
        changes += [_linked(heir, "came_from", [action.key], sources, reason) for heir in heirs]
        return _commit(
            session, store, mapping, changes, [], kind="withdraw", note=f"{ref}: {reason}"
        )


def _linked(
    item: Item, name: str, keys: Sequence[str], said: tuple[Source, ...], reason: str
) -> Change:
    """A link to other actions, beside those that were there."""
    before = item.text(name).split()
    text = " ".join(dict.fromkeys([*before, *keys]))
    return Change(item.key, name, item.get(name), Value(text, text), said, reason)


def _unlinked(action: Item, plan: Plan, said: tuple[Source, ...], reason: str) -> list[Change]:
    """An action that is open again went into no other."""
    changes = [Change(action.key, "went_into", action.get("went_into"), BLANK, said, reason)]
    for heir in plan.of_kind("action"):
        came = heir.text("came_from").split()
        if action.key in came:
            text = " ".join(key for key in came if key != action.key)
            changes.append(
                Change(
                    heir.key, "came_from", heir.get("came_from"), Value(text, text), said, reason
                )
            )
    return [change for change in changes if change.moves]


def reassign(session: Session, refs: Sequence[str], to: str) -> Edited:
    """Actions move to another lead.

    Raises:
        NothingDone: no such action, one that is withdrawn, or nobody in the key is called so.
    """
    if not refs:
        raise NothingDone("No action is named.", "Name one or more, such as 3.2.")
    with Store.open(session.plan) as store, store.writing(session.by):
        plan, mapping = store.snapshot(), load_text(store.mapping_toml(), "the mapping in use")
        # Kent 2010 prints an accountable and a responsible lead: an action moves with the first.
        field = next(
            (name for name in ("leads", "accountable", "responsible") if name in mapping.fields),
            "leads",
        )
        value, findings = _lead_typed(to, field, plan, mapping, ", ".join(refs))
        sources = (Source(session.by, at=session.stamp),)
        actions = {one.key: one for one in (find_action(plan, ref) for ref in refs)}.values()
        ended = ", ".join(one.text("ref") for one in actions if one.text("status") == "withdrawn")
        if ended:
            raise NothingDone(
                f"{ended} is withdrawn: nobody leads it.",
                "Open it again: `xlplan set REF status open`.",
            )
        why = f"reassigned to {value.text}"
        changes = [
            Change(action.key, field, action.get(field), value, sources, why) for action in actions
        ]
        changes = [change for change in changes if change.moves]
        return _commit(
            session, store, mapping, changes, findings, kind="reassign", note=f"to {value.text}"
        )


def _lead_typed(
    to: str, field: str, plan: Plan, mapping: PlanMapping, refs: str
) -> tuple[Value, list[Finding]]:
    """Who leads from now on; one lead is stored as the key names them."""
    value, findings = read_typed(field, to, plan, mapping, refs)
    if any(found.code == "lead-unresolved" for found in findings):
        raise NothingDone(findings[0].message, findings[0].hint, findings)
    if not value:
        raise NothingDone("Nobody is named.", "Name a lead with --to; `xlplan leads` lists them.")
    named = read_leads(value.text, key_to_leads(plan, mapping)).leads
    # Officers type `--to DCS`; the next workbook shows the name that leads know.
    return (Value(named[0], value.canonical) if len(named) == 1 else value), findings


def _commit(
    session: Session,
    store: Store,
    mapping: PlanMapping,
    changes: list[Change],
    findings: list[Finding],
    *,
    kind: str,
    note: str,
) -> Edited:
    revision = None
    if changes:
        this_round = store.current_round()
        revision = store.commit(
            changes,
            [],
            kind=kind,
            at=session.stamp,
            by=session.by,
            note=note,
            round=this_round.id if this_round else None,
        )
    return Edited(revision, changes, findings, Documents(store.snapshot(), mapping))
