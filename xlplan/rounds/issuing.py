"""export: one update workbook for every lead with open actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xlplan.mapping.load import load_text
from xlplan.mapping.model import Mapping
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import Issue, IssuedRow, Round
from xlplan.plan.text import fold_code
from xlplan.rounds.beside import last_shown, refusals_for
from xlplan.rounds.desk import Desk, NothingDone
from xlplan.rounds.documents import Document
from xlplan.rounds.mailing import Mailed, Posted, mail_workbooks
from xlplan.rounds.owning import owned
from xlplan.rounds.places import free_path
from xlplan.rounds.routing import key_to_leads, leaders, recipients
from xlplan.rounds.rows import update_row
from xlplan.store import Store
from xlplan.workbook.marks import make_code
from xlplan.workbook.names import workbook_name
from xlplan.workbook.update import MeasureRow, UpdateBook, write_update


@dataclass(frozen=True, slots=True)
class Sent:
    """One update workbook: who gets it, where it lies, and the actions in it."""

    lead: str
    path: str
    refs: list[str]


@dataclass(frozen=True, slots=True)
class NotSent:
    """An action that no lead was sent, and why. It is in the office's own workbook."""

    key: str
    ref: str
    why: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What a round's export wrote."""

    round: Round
    workbooks: list[Sent]
    not_sent: list[NotSent]
    mailed: Mailed = field(default_factory=Mailed)

    @property
    def exit_status(self) -> int:
        """1 when an action went to nobody, or a draft has no address."""
        return int(bool(self.not_sent or self.mailed.without_address))

    def document(self) -> Document:
        """The JSON document of export."""
        return {
            "round": self.round.name,
            "workbooks": [
                {"lead": sent.lead, "path": sent.path, "actions": len(sent.refs), "refs": sent.refs}
                for sent in self.workbooks
            ],
            "not_sent": [{"key": one.key, "ref": one.ref or None, "why": one.why} for one in self.not_sent],
            "drafts": [
                {"lead": one.lead, "path": one.path, "addresses": list(one.addresses)} for one in self.mailed.drafts
            ],
            "send_list": self.mailed.send_list or None,
        }


@dataclass(slots=True)
class _Parcel:
    """The actions of one lead's workbook, each with the leads it is shared with."""

    lead: str
    actions: list[tuple[Item, tuple[str, ...]]] = field(default_factory=list)


def export_round(
    desk: Desk,
    *,
    round_name: str,
    return_by: date,
    leads: Sequence[str] = (),
    sections: Sequence[str] = (),
    out: Path | None = None,
    email: bool = False,
) -> Exported:
    """Write one update workbook for each lead with open actions; opens the round when it is new.

    With `email` also a draft to each lead, beside the workbooks.

    Raises:
        NothingDone: the round has no name, or no lead or section of that name has an open action.
    """
    if not round_name.strip():
        raise NothingDone("The round has no name.", "Name it with --round, such as 'January Board'.")
    with Store.open(desk.plan) as store, store.writing(desk.by):
        mapping = load_text(store.mapping_toml(), "the mapping in use")
        plan = store.snapshot()
        parcels, not_sent = _parcels(plan, mapping, sections)
        parcels = _only(parcels, leads)
        if not parcels:
            raise NothingDone("There is no open action to send.", "Check --lead and --section against `xlplan leads`.")
        this_round = _open_round(store, desk, round_name, return_by)
        folder = out or desk.folder / "workbooks" / "out" / _folder_name(round_name)
        folder.mkdir(parents=True, exist_ok=True)
        sent: list[Sent] = []
        for parcel in parcels:
            desk.progress("Writing update workbooks", len(sent), len(parcels))
            sent.append(_issue(store, desk, mapping, plan, this_round, parcel, folder))
    mailed = (
        mail_workbooks(desk, plan, mapping, this_round, _posted(sent, folder, mapping.office.name), folder)
        if email
        else Mailed()
    )
    return Exported(this_round, sent, [] if leads else not_sent, mailed)


def _posted(sent: Sequence[Sent], folder: Path, office: str) -> list[Posted]:
    """What is mailed; the office does not write to itself."""
    return [Posted(one.lead, folder / Path(one.path).name, len(one.refs)) for one in sent if one.lead != office]


def _open_round(store: Store, desk: Desk, name: str, return_by: date) -> Round:
    """The round of that name; one that was open before ends, because rounds follow one another."""
    current = store.current_round()
    if current and current.name != name:
        store.close_round(current.id, desk.stamp)
    return store.open_round(name, return_by.isoformat(), desk.stamp)


def _folder_name(name: str) -> str:
    from xlplan.workbook.names import safe_name

    return safe_name(name)


def _parcels(plan: Plan, mapping: Mapping, sections: Sequence[str]) -> tuple[list[_Parcel], list[NotSent]]:
    """Open actions by who gets them, in order of the leads' first action; the office's own workbook last."""
    key = key_to_leads(plan, mapping)
    wanted = {fold_code(name) for name in sections}
    parcels: dict[str, _Parcel] = {}
    own = _Parcel(mapping.office.name)
    not_sent: list[NotSent] = []
    for action in plan.open_actions():
        if wanted and not wanted & _section_names(plan, action):
            continue
        led = leaders(action, mapping, key)
        names = recipients(led, mapping, key)
        for name in names:
            others = tuple(other for other in led.names if other != name)
            parcels.setdefault(name, _Parcel(name)).actions.append((action, others))
        if not names:
            own.actions.append((action, ()))
            not_sent.append(NotSent(action.key, action.text("ref"), _why(led.unresolved)))
    return [*parcels.values(), *([own] if own.actions else [])], not_sent


def _why(unresolved: tuple[str, ...]) -> str:
    if unresolved:
        return f"nobody in the key to leads is called {', '.join(unresolved)}"
    return "the action names no lead"


def _section_names(plan: Plan, action: Item) -> set[str]:
    section = plan.items.get(action.text("section"))
    return {fold_code(section.text(name)) for name in ("ref", "name", "line")} if section else set()


def _only(parcels: list[_Parcel], leads: Sequence[str]) -> list[_Parcel]:
    if not leads:
        return parcels
    wanted = {fold_code(name) for name in leads}
    return [parcel for parcel in parcels if fold_code(parcel.lead) in wanted]


def _issue(
    store: Store, desk: Desk, mapping: Mapping, plan: Plan, this_round: Round, parcel: _Parcel, folder: Path
) -> Sent:
    """Write one lead's workbook, and note in the store which rows it gave out."""
    identity = desk.token()
    path = free_path(folder / workbook_name(this_round.return_by, parcel.lead))
    told, rounds = refusals_for(store, this_round), [one.name for one in store.rounds()]
    rows = [
        update_row(desk.token(), plan, action, others, last_shown(action, parcel.lead, mapping, rounds, told))
        for action, others in parcel.actions
    ]
    code = make_code(identity)
    measures = [
        MeasureRow(desk.token(), measure.key, dict(measure.values)) for measure in owned(plan, mapping, parcel.lead)
    ]
    write_update(
        path,
        UpdateBook(
            mapping=mapping,
            plan_title=mapping.plan.title,
            round=this_round,
            lead=parcel.lead,
            code=code,
            issue_id=identity,
            rows=rows,
            measures=measures,
            created=desk.now(),
        ),
    )
    issue = Issue(identity, "update", this_round.id, parcel.lead, code, desk.shown(path), store.latest, desk.stamp)
    given = [*((row.token, row.key) for row in rows), *((row.token, row.key) for row in measures)]
    store.add_issue(issue, [IssuedRow(token, identity, key, place) for place, (token, key) in enumerate(given, 1)])
    return Sent(parcel.lead, desk.shown(path), [action.text("ref") for action, _ in parcel.actions])
