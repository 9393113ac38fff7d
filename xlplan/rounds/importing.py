"""import: identify, validate, compare; what is taken in waits."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlplan.merge import NotTaken
from xlplan.plan.changes import Change, Proposal, Question
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.rounds import StoredReturn
from xlplan.reports.documents import Document, Documents
from xlplan.rounds.answers.querying import Query, add_queries, left_to_ask, place_queries
from xlplan.rounds.arrivals.gathering import RETURNED, gather
from xlplan.rounds.compared.comparing import compare
from xlplan.rounds.compared.meanwhile import told_meanwhile
from xlplan.rounds.compared.summing_up import TakenFile, beside_the_plan, count_rows
from xlplan.rounds.returns.bare_rows import claimed_issue
from xlplan.rounds.returns.intake import Intake
from xlplan.rounds.session.session import NothingDone, Session, needs_a_person
from xlplan.store import Store


@dataclass(slots=True)
class TakenIn:
    """What an import did: files, and what they say against the plan as it is now."""

    files: list[TakenFile]
    changes: list[Change]
    questions: list[Question]
    proposed: list[Proposal]
    findings: list[Finding]
    say: Documents
    queries: list[Query] = field(default_factory=list)
    superseded: list[NotTaken] = field(default_factory=list)
    in_all: tuple[int, int, int] = (0, 0, 0)
    """Changes, questions and proposals that wait, from earlier imports too."""

    @property
    def exit_status(self) -> int:
        """1 when a file or cell was refused, or something waits for a decision."""
        refused = any(file.status == "refused" for file in self.files)
        return int(
            refused or bool(self.questions or self.proposed) or needs_a_person(self.findings)
        )

    def document(self) -> Document:
        """The JSON document of import."""
        return {
            "files": [file.document() for file in self.files],
            "changes": [self.say.change(change) for change in self.changes],
            "questions": [self.say.question(question) for question in self.questions],
            "proposed": [self.say.proposed(proposal) for proposal in self.proposed],
            "findings": [self.say.finding(found) for found in self.findings],
            "superseded": [self._not_taken(one) for one in self.superseded],
            "queries": [
                {"lead": one.lead, "path": one.path, "about": one.about} for one in self.queries
            ],
        }

    def _not_taken(self, one: NotTaken) -> Document:
        ref, value = self.say.ref(one.key), self.say.value(one.value, one.field)
        return {
            "key": one.key,
            "ref": ref,
            "field": one.field,
            "value": value,
            **self.say.source(one.source),
        }


def import_returns(
    session: Session,
    paths: Sequence[Path],
    *,
    check: bool = False,
    lead: str = "",
    round_name: str = "",
    as_office: bool = False,
) -> TakenIn:
    """Take in what came back. With `check` everything is done on a copy of the store, and nothing
    is kept.

    With `as_office` the files are the office's own: the master, or new editions in the plan's
    layout, matched by ref. Without it, a file that says it is one is a question.
    `lead` and `round_name` say whose files these are, of which round, where a bare copy cannot tell
    it itself.

    Raises:
        NothingDone: a path does not exist, only one of lead and round is given, both and
        `as_office`, or nothing was
            sent to that lead in it.
        CutOff: somebody stopped it while it wrote query workbooks.
    """
    if as_office and (lead or round_name):
        raise NothingDone(
            "--as-office says that a file is the office's, --lead whose it is.", "Give one of them."
        )
    if bool(lead) != bool(round_name):
        raise NothingDone(
            "--lead and --round belong together.",
            "Say whose the file is, and which round it answers.",
        )
    with tempfile.TemporaryDirectory(prefix="xlplan-") as scratch:
        places = list(paths) or [_returned_folder(session)]
        with Store.open(_copied(session, Path(scratch)).plan if check else session.plan) as store:
            gathered = gather(session, places, Path(scratch))
            with store.writing(session.by):
                claim = claimed_issue(store, lead, round_name) if lead else None
                intake = Intake(session, store, claim, as_office=as_office)
                for done, arrived in enumerate(gathered.files):
                    session.progress("Reading returns", done, len(gathered.files))
                    intake.take(arrived)
                intake.findings.extend(gathered.findings)
                intake.files.extend(
                    TakenFile(name, "", "", "refused", findings=1) for name in gathered.refused
                )
                intake.take_beside(gathered)
                if not (gathered.files or gathered.texts or gathered.findings):
                    shown = ", ".join(session.shown(path) for path in places)
                    intake.findings.append(finding("nothing-sheetlike", value=shown))
                taken = summed_up(intake)
                about = (
                    {}
                    if check
                    else add_queries(session, store, intake.mapping, _with_findings(intake))
                )
            if not check:
                taken.queries, missing = place_queries(session, store, about)
                taken.findings += missing
            return taken


def _with_findings(intake: Intake) -> list[tuple[StoredReturn, list[Finding]]]:
    """The returns of this import, each with what was found in it that still wants an answer."""
    ours = {
        file.return_id
        for file in intake.files
        if file.status in {"waiting", "refused", "superseded"}
    }
    return [
        (one, left_to_ask(intake.store, one)) for one in intake.store.returns() if one.id in ours
    ]


def _copied(session: Session, scratch: Path) -> Session:
    """The same session over a copy of its plan.

    Raises:
        NoPlan: there is no plan to copy.
    """
    if not Path(session.plan).is_file():
        Store.open(session.plan).close()
    copy = scratch / "plan.db"
    shutil.copyfile(
        session.plan, copy
    )  # before anything opens it: a store of an older version is brought up to date then
    return replace(session, plan=copy)


def _returned_folder(session: Session) -> Path:
    folder = session.folder / RETURNED
    if not folder.is_dir():
        raise NothingDone(
            f"There is no folder {session.shown(folder)}.",
            "Make it and put the returned workbooks there, or name them.",
        )
    return folder


def summed_up(intake: Intake) -> TakenIn:
    """What the files of this import say, with every row counted once."""
    compared = compare(intake.store)
    stored = {taken.id: taken for taken in intake.store.returns()}
    for file in intake.files:
        one = stored.get(file.return_id or 0)
        count_rows(file, one, compared)
        told = beside_the_plan(one, compared) + told_meanwhile(one, compared)
        file.findings += len(told)
        intake.findings += told
    ours = {file.return_id for file in intake.files if file.return_id}
    leads = {file.lead for file in intake.files if file.return_id}
    return TakenIn(
        files=intake.files,
        changes=[
            one
            for one in compared.merged.changes
            if ours & {source.returned for source in one.sources}
        ],
        questions=[one for one in compared.questions if _is_about(one, ours, leads)],
        proposed=[
            one
            for one in compared.proposals
            if ours & {said.returned for said in (one.source, *one.sources)}
        ],
        findings=intake.findings,
        say=Documents(compared.plan, compared.mapping),
        superseded=[one for one in compared.merged.superseded if one.lead in leads],
        in_all=(len(compared.merged.changes), len(compared.questions), len(compared.proposals)),
    )


def _is_about(question: Question, ours: set[int], leads: set[str]) -> bool:
    """Whether an import raised a question: a file of it offers a value, or takes an earlier answer
    of its lead back.
    """
    if question.reason == "taken-back" and leads & {one.source.lead for one in question.candidates}:
        return True
    return bool(ours & {one.source.returned for one in question.candidates})
