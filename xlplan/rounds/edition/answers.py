"""Carry out the officer's answers on files that say they are the office's edition."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from xlplan.plan.changes import Decision, Question
from xlplan.plan.findings.finding import Finding
from xlplan.rounds.arrivals.gathering import Arrived
from xlplan.rounds.edition.reading import read_edition
from xlplan.rounds.edition.rows import match_edition
from xlplan.rounds.intake.opening import open_file
from xlplan.rounds.intake.plan_in_use import PlanInUse
from xlplan.rounds.intake.storing import Intake, keep
from xlplan.rounds.intake.telling import compare_and_tell
from xlplan.rounds.session.session import Session
from xlplan.store import Store


def answer_editions(
    session: Session, store: Store, questions: Iterable[Question], decisions: Iterable[Decision]
) -> list[Finding]:
    """Take an accepted edition in as with --as-office, read anew; keep a declined one on record.
    What was found.

    Inside `store.writing`.
    """
    by_question = {decision.question: decision for decision in decisions}
    intake = Intake(session, store, as_office=True)
    with tempfile.TemporaryDirectory(prefix="xlplan-") as scratch:
        for question in questions:
            edition = store.returned(question.candidates[0].source.returned)
            if edition is None or question.id not in by_question:
                continue
            if by_question[question.id].choice == "decline":
                store.update_return(edition.id, status="declined")
                continue
            path = Path(scratch) / f"{edition.id}{Path(edition.name).suffix}"
            # Whoever owns the file may have gone on typing in it since: what was asked about is
            # read.
            path.write_bytes(store.return_bytes(edition.id))
            intake.take(Arrived(edition.name, path, edition.sha256))
    return summed_up(intake).findings
