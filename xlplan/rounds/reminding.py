"""remind: drafts to those who have not returned, with their workbook attached again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlplan.mapping.load import load_text
from xlplan.plan.rounds import Issue, Round
from xlplan.reports.documents import Document
from xlplan.rounds.papers.standings import lead_standings
from xlplan.rounds.sending.mailing import Mailed, Posted, write_drafts
from xlplan.rounds.session.session import NothingDone, Session
from xlplan.rounds.session.when import find_round
from xlplan.store import Store
from xlplan.workbook.kit.names import safe_name
from xlplan.workbook.kit.sentences import MAILS


@dataclass(frozen=True, slots=True)
class Reminded:
    """Reminders that were drafted in a round."""

    round: Round
    mailed: Mailed
    days_late: dict[str, int]

    @property
    def exit_status(self) -> int:
        """1 when a reminder has no address to go to."""
        return int(bool(self.mailed.without_address))

    def document(self) -> Document:
        """The JSON document of remind."""
        return {
            "round": self.round.name,
            "return_by": self.round.return_by,
            "drafts": [
                {
                    "lead": draft.lead,
                    "path": draft.path,
                    "addresses": list(draft.addresses),
                    "days_late": self.days_late[draft.lead],
                }
                for draft in self.mailed.drafts
            ],
            "send_list": self.mailed.send_list or None,
        }


def remind(session: Session, *, round_name: str = "", out: Path | None = None) -> Reminded:
    """Draft a reminder to every lead of a round from whom nothing could be taken in; by default of
    the open round.

    Raises:
        NothingDone: there is no round yet, or none of that name.
    """
    with Store.open(session.plan) as store:
        this_round = find_round(store, round_name)
        if this_round is None:
            raise NothingDone(
                "No round has been sent yet.", "Send the first one with `xlplan export`."
            )
        mapping = load_text(store.mapping_toml(), "the mapping in use")
        plan = store.snapshot()
        missing = [
            one
            for one in lead_standings(store, this_round, session.today)
            # A lead whose file could not be opened thinks that they have answered.
            if one.status in {"outstanding", "refused"}
        ]
        # Where a round was exported twice, leads are to fill in the workbook that went out last.
        issues = {
            issue.lead: issue
            for issue in store.issues(round=this_round.id)
            if issue.kind == "update"
        }
    posts = [
        Posted(standing.lead, _workbook(session, issues.get(standing.lead)), standing.actions)
        for standing in missing
    ]
    days = {one.lead: one.days_late for one in missing}
    if not posts:
        return Reminded(this_round, Mailed(), days)
    folder = out or session.folder / "workbooks" / "reminders" / safe_name(this_round.name)
    late = session.today.isoformat() > this_round.return_by
    ours = MAILS["reminder.late" if late else "reminder.early"]
    templates = (mapping.wording.reminder_subject, mapping.wording.reminder_body or ours)
    return Reminded(
        this_round, write_drafts(session, plan, mapping, this_round, posts, folder, templates), days
    )


def _workbook(session: Session, issue: Issue | None) -> Path | None:
    """The workbook as it was issued, where it still lies there."""
    # Officers move what they have mailed to a shared drive, or clear the folder.
    path = session.folder / issue.path if issue else None
    return path if path is not None and path.is_file() else None
