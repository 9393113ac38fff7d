"""Carry out the officer's answers on files that say they are the office's edition."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from xlplan.plan.changes import Decision, Question
from xlplan.plan.findings.finding import Finding
from xlplan.rounds.arrivals.gathering import Arrived
from xlplan.rounds.importing import summed_up
from xlplan.rounds.returns.intake import Intake
from xlplan.rounds.session.session import Session
from xlplan.store import Store


def answer_editions(
    session: Session, store: Store, questions: Iterable[Question], decisions: Iterable[Decision]
) -> list[Finding]:
    """Take an accepted edition in as with --as-office, read anew; keep a declined one on record.
    What was found.

    Inside `store.writing`.
    """
    made = {one.question: one for one in decisions}
    intake = Intake(session, store, as_office=True)
    with tempfile.TemporaryDirectory(prefix="xlplan-") as scratch:
        for question in questions:
            asked = store.returned(question.candidates[0].source.returned)
            if asked is None or question.id not in made:
                continue
            if made[question.id].choice == "decline":
                store.update_return(asked.id, status="declined")
                continue
            path = Path(scratch) / f"{asked.id}{Path(asked.name).suffix}"
            path.write_bytes(store.return_bytes(asked.id))
            intake.take(Arrived(asked.name, path, asked.sha256))
    return summed_up(intake).findings
