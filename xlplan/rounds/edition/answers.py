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
    made = {decision.question: decision for decision in decisions}
    in_use, intake = PlanInUse.of(session, store), Intake()
    with tempfile.TemporaryDirectory(prefix="xlplan-") as scratch:
        for question in questions:
            asked = store.returned(question.candidates[0].source.returned)
            if asked is None or question.id not in made:
                continue
            if made[question.id].choice == "decline":
                store.update_return(asked.id, status="declined")
                continue
            path = Path(scratch) / f"{asked.id}{Path(asked.name).suffix}"
            # Whoever owns the file may have gone on typing in it since: what was asked about is
            # read.
            path.write_bytes(store.return_bytes(asked.id))
            store.remove_return(asked.id)
            opened = open_file(Arrived(asked.name, path, asked.sha256), in_use.mapping)
            intake.add(keep(read_edition(match_edition(opened, in_use), in_use), in_use))
    compare_and_tell(intake, store)
    return intake.findings
