"""Compare what was taken in with the plan as it is now, and tell what each file comes to."""

from __future__ import annotations

from xlplan.rounds.compared.comparing import Waiting, compare
from xlplan.rounds.compared.meanwhile import moved_meanwhile
from xlplan.rounds.compared.remembered import places_in, told_of_decisions
from xlplan.rounds.compared.summing_up import beside_the_plan, count_rows
from xlplan.rounds.intake.storing import Intake
from xlplan.store import Store


def compare_and_tell(intake: Intake, store: Store) -> Waiting:
    """Compare; every row of every file counted once, and a word on each cell that comes to nothing.

    Inside `store.writing`: what waits for the officer is numbered.
    """
    compared = compare(store)
    stored = {taken.id: taken for taken in store.returns()}
    for file in intake.files:
        taken = stored.get(file.return_id or 0)
        count_rows(file, taken, compared)
        findings = beside_the_plan(taken, compared) + moved_meanwhile(taken, compared)
        file.findings += len(findings)
        intake.findings += findings
    ours = [stored[file.return_id] for file in intake.files if file.return_id in stored]
    intake.findings += told_of_decisions(compared, places_in(ours))
    return compared
