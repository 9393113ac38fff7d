"""export: one update workbook for every lead with open actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Item, Plan
from xlplan.plan.rounds import Issue, Round
from xlplan.plan.text.english import counted
from xlplan.plan.text.text import fold_code
from xlplan.reports.documents import Document
from xlplan.rounds.owners.measures_led import owned
from xlplan.rounds.owners.routing import key_to_leads, leaders, recipients
from xlplan.rounds.sending.mailing import Mailed, Posted, mail_workbooks
from xlplan.rounds.sending.placing import add_workbook, place, stands, told_how_to_finish
from xlplan.rounds.sending.shown_beside import last_shown, refusals_for
from xlplan.rounds.sending.update_rows import update_row
from xlplan.rounds.session.session import NothingDone, Session
from xlplan.store import Store
from xlplan.workbook.kit.marks import make_code
from xlplan.workbook.kit.names import safe_name, workbook_name
from xlplan.workbook.update.writing import UpdateBook

REOPEN = "To go on with it, export with --reopen."


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
            "not_sent": [
                {"key": action.key, "ref": action.ref or None, "why": action.why}
                for action in self.not_sent
            ],
            "drafts": [
                {"lead": draft.lead, "path": draft.path, "addresses": list(draft.addresses)}
                for draft in self.mailed.drafts
            ],
            "send_list": self.mailed.send_list or None,
        }


@dataclass(slots=True)
class _Parcel:
    """The actions of one lead's workbook, each with the leads it is shared with."""

    lead: str
    actions: list[tuple[Item, tuple[str, ...]]] = field(default_factory=list)


def export_round(
    session: Session,
    *,
    round_name: str,
    return_by: date,
    leads: Sequence[str] = (),
    sections: Sequence[str] = (),
    out: Path | None = None,
    email: bool = False,
    reopen: bool = False,
) -> Exported:
    """Write one update workbook for each lead with open actions; opens the round when it is new.

    With `email` also a draft to each lead, beside the workbooks. The same export again finishes one
    that was cut off. With `reopen` a plan that is over goes on.

    Raises:
        NothingDone: the plan is over, the round has no name, or no lead or section of that name has
        an open action.
        CutOff: the plan knows the workbooks, and not all of them, or of their drafts, could be
        written.
    """
    if not round_name.strip():
        raise NothingDone(
            "The round has no name.", "Name it with --round, such as 'January Board'."
        )
    with Store.open(session.plan) as store:
        with store.writing(session.by):
            if (over := store.over()) and not reopen:
                raise NothingDone(f"The plan is over since {over[:10]}: nothing is sent.", REOPEN)
            store.set_over("")
            mapping = load_text(store.mapping_toml(), "the mapping in use")
            plan = store.snapshot()
            parcels, not_sent = _parcels(plan, mapping, sections)
            parcels = _only(parcels, leads)
            if not parcels:
                raise NothingDone(
                    "There is no open action to send.",
                    "Check --lead and --section against `xlplan leads`.",
                )
            this_round = _open_round(store, session, round_name, return_by)
            # "Q1/Q2 Board" is a round's name, and no folder's.
            folder = out or session.folder / "workbooks" / "out" / safe_name(round_name)
            folder.mkdir(parents=True, exist_ok=True)
            issues: list[Issue] = []
            for parcel in parcels:
                session.progress("Writing update workbooks", len(issues), len(parcels))
                issues.append(_issue(store, session, mapping, plan, this_round, parcel, folder))
        # Thirty workbooks take a minute on a shared drive. Colleagues can work on the plan
        # meanwhile; where the computer is switched off, the same export finishes them.
        with told_how_to_finish(
            f"The export was cut off: the plan knows {counted(len(issues), 'workbook')} for "
            f"{this_round.name}, "
            f"and what {session.shown(folder)} holds may not be all of them.",
            "Run the same export again: it writes what is missing under the same names, and "
            "leaves what stands there.",
        ):
            issues = place(session, store, issues)
            sent = [
                Sent(issue.lead, issue.path, [action.text("ref") for action, _ in parcel.actions])
                for issue, parcel in zip(issues, parcels, strict=True)
            ]
            posted = _posted(sent, session, mapping.office.name)
            mailed = (
                mail_workbooks(session, plan, mapping, this_round, posted, folder)
                if email
                else Mailed()
            )
            with store.writing(session.by):
                store.mark_written(issues)
    # Who sends to one lead does not ask whose the other actions are.
    return Exported(this_round, sent, [] if leads else not_sent, mailed)


def _posted(sent: Sequence[Sent], session: Session, office: str) -> list[Posted]:
    """What is mailed; the office does not write to itself."""
    return [
        Posted(one.lead, session.folder / one.path, len(one.refs))
        for one in sent
        if one.lead != office
    ]


def _open_round(store: Store, session: Session, name: str, return_by: date) -> Round:
    """The round of that name; one that was open before ends, because rounds follow one another."""
    current = store.current_round()
    if current and current.name != name:
        store.close_round(current.id, session.stamp)
    return store.open_round(name, return_by.isoformat(), session.stamp)


def _parcels(
    plan: Plan, mapping: PlanMapping, sections: Sequence[str]
) -> tuple[list[_Parcel], list[NotSent]]:
    """Open actions by who gets them, in order of the leads' first action; the office's own workbook
    last.
    """
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
            # Plans leave the cell for the lead blank, or name a body that no key lists: the office
            # answers.
            own.actions.append((action, ()))
            not_sent.append(NotSent(action.key, action.text("ref"), _why(led.unresolved)))
    return [*parcels.values(), *([own] if own.actions else [])], not_sent


def _why(unresolved: tuple[str, ...]) -> str:
    if unresolved:
        return f"nobody in the key to leads is called {', '.join(unresolved)}"
    return "the action names no lead"


def _section_names(plan: Plan, action: Item) -> set[str]:
    section = plan.items.get(action.text("section"))
    # People name a section by its number, its name, or the whole line that the sheet prints.
    return {fold_code(section.text(name)) for name in ("ref", "name", "line")} if section else set()


def _only(parcels: list[_Parcel], leads: Sequence[str]) -> list[_Parcel]:
    if not leads:
        return parcels
    wanted = {fold_code(name) for name in leads}
    return [parcel for parcel in parcels if fold_code(parcel.lead) in wanted]


def _issue(
    store: Store,
    session: Session,
    mapping: PlanMapping,
    plan: Plan,
    this_round: Round,
    parcel: _Parcel,
    folder: Path,
) -> Issue:
    """One lead's workbook: the one that an export left unfinished, where this is the same export;
    else a new one.
    """
    measured = owned(plan, mapping, parcel.lead)
    wanted = folder / workbook_name(this_round.return_by, parcel.lead)
    keys = [item.key for item in (*(action for action, _ in parcel.actions), *measured)]
    for left in store.unwritten("update"):
        if (left.round, left.lead) != (this_round.id, parcel.lead):
            continue
        if _same_export(session, store, left, wanted, keys):
            return left
        store.mark_written([left])
    identity = session.token()
    refused = refusals_for(store, mapping, this_round, parcel.lead)
    rounds = [known_round.name for known_round in store.rounds()]
    rows = [
        update_row(
            session.token(),
            plan,
            action,
            others,
            last_shown(action, mapping, rounds, refused),
        )
        for action, others in parcel.actions
    ]
    book = UpdateBook(
        mapping=mapping,
        plan_title=mapping.plan.title,
        round=this_round,
        lead=parcel.lead,
        code=make_code(identity),
        issue_id=identity,
        rows=rows,
        measures=[update_row(session.token(), plan, measure, ()) for measure in measured],
        created=session.now(),
    )
    return add_workbook(session, store, wanted, book, store.latest)


def _same_export(
    session: Session, store: Store, left: Issue, wanted: Path, keys: Sequence[str]
) -> bool:
    """Whether an unfinished issue is what this export would write: place, date and rows, and the
    plan as it is now.

    One whose file stands shows the plan as it was: that file may be with its lead already.
    """
    there, here = PurePosixPath(left.path), PurePosixPath(session.shown(wanted))
    # Where a file of that name lay already, ours is called `2013-01-16 Sue Butcher (2).xlsx`.
    same_place = there.parent == here.parent and there.stem.startswith(here.stem)
    same_rows = [row.key for row in store.rows_of(left.id)] == list(keys)
    return (
        same_place and same_rows and (left.revision == store.latest or stands(session, store, left))
    )
