"""What came with returns and is no spreadsheet: kept with them, and told."""

from __future__ import annotations

from xlplan.plan.findings.teller import Teller
from xlplan.plan.rounds import StoredReturn
from xlplan.rounds.arrivals.gathering import Beside, Gathered
from xlplan.rounds.intake.account import nothing_read
from xlplan.rounds.intake.storing import Intake
from xlplan.rounds.session.session import Session
from xlplan.store import Store


def keep_beside(gathered: Gathered, intake: Intake, session: Session, store: Store) -> None:
    """Keep what came in a message or archive and is no spreadsheet, and tell what messages say.

    Leads write what no cell has room for into the message itself: `2.13 is done, ignore the sheet`.
    """
    for beside in gathered.beside:
        _keep(beside, _came_with(beside.message, intake, store), intake, session, store)
    for name, text in gathered.texts.items():
        returned = _came_with(name, intake, store)
        tell = Teller(name, returned.lead if returned else "")
        words = tell("message-text" if returned else "message-alone", value=text)
        intake.findings.append(words)
        if returned:
            store.update_return(returned.id, note=text)
            store.add_findings(returned.id, [words])


def _came_with(message: str, intake: Intake, store: Store) -> StoredReturn | None:
    """The return that came in the same message or archive, the first where it brought several."""
    names = {taken.name: taken for taken in store.returns() if taken.status != "kept"}
    # A letter beside a return is mostly about it; in an archive of many, nothing tells about which.
    paths = [file.path for file in intake.files if file.path.startswith(f"{message}/")]
    return next((names[path] for path in paths if path in names), None)


def _keep(
    beside: Beside, returned: StoredReturn | None, intake: Intake, session: Session, store: Store
) -> None:
    lead = returned.lead if returned else ""
    tell = Teller(beside.name, lead)
    word = tell("file-packed", what=beside.packed) if beside.packed else tell("file-kept")
    intake.findings.append(word)
    if store.file_with(beside.sha256) is None:
        store.add_return(nothing_read(beside, session, "kept", lead), beside.data, [word])
