"""import: what came back is gathered, opened, identified, matched, read, compared and told; what is
taken in waits.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from xlplan.merge import NotTaken
from xlplan.plan.changes import Change, Proposal, Question
from xlplan.plan.findings.finding import Finding, finding
from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import StoredReturn
from xlplan.reports.documents import Document, Documents
from xlplan.rounds.answers.offering import rounds_of_returns
from xlplan.rounds.answers.querying import Query, add_queries, left_to_ask, place_queries
from xlplan.rounds.arrivals.gathering import RETURNED, Arrived, Gathered, gather
from xlplan.rounds.compared.comparing import Waiting
from xlplan.rounds.compared.summing_up import TakenFile
from xlplan.rounds.edition.reading import read_edition
from xlplan.rounds.edition.rows import match_edition
from xlplan.rounds.edition.unvouched import unvouched
from xlplan.rounds.intake.account import Account, Opened, refused
from xlplan.rounds.intake.beside import keep_beside
from xlplan.rounds.intake.opening import open_file
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.intake.seen_before import OfficersWord, SeenBefore
from xlplan.rounds.intake.storing import Intake, keep
from xlplan.rounds.intake.telling import compare_and_tell
from xlplan.rounds.returns.bare_rows import claimed_issue
from xlplan.rounds.returns.collated import divided
from xlplan.rounds.returns.issues import identify, is_master
from xlplan.rounds.returns.matching import match_rows
from xlplan.rounds.returns.reading_files import read_rows
from xlplan.rounds.session.session import NothingDone, Session, needs_a_person
from xlplan.spreadsheets.cells import Unreadable
from xlplan.store import Store, StoreError


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
            "superseded": [self._not_taken(value) for value in self.superseded],
            "queries": [
                {"lead": query.lead, "path": query.path, "about": query.about}
                for query in self.queries
            ],
        }

    def _not_taken(self, cell: NotTaken) -> Document:
        return {
            "key": cell.key,
            "ref": self.say.ref(cell.key),
            "field": cell.field,
            "value": self.say.value(cell.value, cell.field),
            **self.say.source(cell.source),
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
            `as_office`, or nothing was sent to that lead in it.
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
                issue = claimed_issue(store, lead, round_name) if lead else None
                in_use = PlanInUse.of(session, store)
                intake = _take_in_all(gathered, in_use, OfficersWord(issue, as_office=as_office))
                if not (gathered.files or gathered.texts or gathered.findings):
                    names = ", ".join(session.shown(path) for path in places)
                    intake.findings.append(finding("nothing-sheetlike", value=names))
                compared = compare_and_tell(intake, store)
                say = Documents(compared.plan, compared.mapping, rounds_of_returns(store))
                taken = _of_this_import(intake, compared, say)
                ours = _with_findings(intake, store)
                about = {} if check else add_queries(session, store, in_use.mapping, ours)
            if not check:
                taken.queries, missing = place_queries(session, store, about)
                taken.findings += missing
            return taken


def _take_in_all(gathered: Gathered, in_use: PlanInUse, word: OfficersWord) -> Intake:
    """Take in every file that was gathered, and keep what came beside them."""
    session, intake = in_use.session, Intake()
    for done, arrived in enumerate(gathered.files):
        session.progress("Reading returns", done, len(gathered.files))
        for account in _accounts(arrived, in_use, word, SeenBefore(in_use, word, intake)):
            intake.add(keep(account, in_use))
    intake.findings += gathered.findings
    intake.files += (TakenFile(name, "", "", "refused", findings=1) for name in gathered.refused)
    keep_beside(gathered, intake, session, in_use.store)
    return intake


def _accounts(
    arrived: Arrived, in_use: PlanInUse, word: OfficersWord, seen: SeenBefore
) -> Iterator[Account]:
    """Open one file, and read it as its sender's: of one into which several leads' sheets were
    collated, an account each, read when the one before is stored. Whatever is wrong with it is a
    finding, and stops no other.
    """
    if duplicate := seen.whole(arrived):
        yield duplicate
        return
    try:
        opened = open_file(arrived, in_use.mapping)
    except Unreadable as trouble:
        unread = Teller(arrived.name)(trouble.code, details=trouble.details)
        yield refused(arrived, in_use.session, [unread])
        return
    is_offices = word.as_office or (word.issue is None and is_master(opened, in_use.store))
    for part in [opened] if is_offices else divided(opened, in_use):
        if duplicate := seen.part(arrived, part.lead):
            yield duplicate
            continue
        try:
            account = _of_office(part, in_use, word) if is_offices else _of_lead(part, in_use, word)
        except (StoreError, MemoryError):
            raise
        except Exception as trouble:  # a file that we stumble over must not keep back the others
            why = f"{type(trouble).__name__}: {trouble}"
            findings = [
                *part.findings,
                Teller(part.name, part.lead)("file-not-understood", why=why),
            ]
            account = refused(arrived, in_use.session, findings, part.lead)
        yield account


def _of_lead(opened: Opened, in_use: PlanInUse, word: OfficersWord) -> Account:
    """Identify a lead's return, match its rows, and read them."""
    known = identify(opened, in_use.store, word.issue)
    if known.issue is None:
        return refused(opened.arrived, in_use.session, known.findings, opened.lead)
    return read_rows(match_rows(known, in_use, word.issue), in_use)


def _of_office(opened: Opened, in_use: PlanInUse, word: OfficersWord) -> Account:
    """Match the rows of the office's own workbook, and read them."""
    account = read_edition(match_edition(opened, in_use), in_use)
    return account if word.as_office else unvouched(account, in_use)


def _with_findings(intake: Intake, store: Store) -> list[tuple[StoredReturn, list[Finding]]]:
    """The returns of this import, each with what was found in it that still wants an answer."""
    ours = {
        file.return_id
        for file in intake.files
        if file.status in {"waiting", "refused", "superseded"}
    }
    return [(taken, left_to_ask(store, taken)) for taken in store.returns() if taken.id in ours]


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


def _of_this_import(intake: Intake, compared: Waiting, say: Documents) -> TakenIn:
    """What the files of this import say, of all that waits."""
    ours = {file.return_id for file in intake.files if file.return_id}
    leads = {file.lead for file in intake.files if file.return_id}
    return TakenIn(
        files=intake.files,
        changes=[
            change
            for change in compared.merged.changes
            if ours & {source.returned for source in change.sources}
        ],
        questions=[question for question in compared.questions if _is_about(question, ours, leads)],
        proposed=[
            proposal
            for proposal in compared.proposals
            if ours & {source.returned for source in (proposal.source, *proposal.sources)}
        ],
        findings=intake.findings,
        say=say,
        superseded=[value for value in compared.merged.superseded if value.lead in leads],
        in_all=(len(compared.merged.changes), len(compared.questions), len(compared.proposals)),
    )


def _is_about(question: Question, ours: set[int], leads: set[str]) -> bool:
    """Whether an import raised a question: a file of it offers a value, or takes an earlier answer
    of its lead back.
    """
    sources = [candidate.source for candidate in question.candidates]
    if question.reason == "taken-back" and leads & {source.lead for source in sources}:
        return True
    return bool(ours & {source.returned for source in sources})
