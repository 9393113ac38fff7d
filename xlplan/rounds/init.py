"""init: the office's own workbook becomes the master plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from xlplan.mapping.load import MappingError, load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.findings.finding import Finding
from xlplan.plan.leads.reading import LeadKey
from xlplan.plan.model import Plan
from xlplan.reports.documents import Document, Documents
from xlplan.rounds.owners.routing import leaders
from xlplan.rounds.session.session import NothingDone, Session, needs_a_person
from xlplan.spreadsheets.cells import Spreadsheet, Unreadable
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.store import Store
from xlplan.workbook.office.reading import read_office_sheets


@dataclass(frozen=True, slots=True)
class Started:
    """A new master plan: what it holds, and every oddity of the workbook with its cell."""

    path: str
    plan: Plan
    mapping: PlanMapping
    leads: LeadKey
    findings: list[Finding]

    @property
    def exit_status(self) -> int:
        """1 when a finding wants a person."""
        return int(needs_a_person(self.findings))

    @property
    def rag_totals(self) -> dict[str, int]:
        """Actions by current rating, "" the unrated."""
        counted = Counter(action.text("rag") for action in self.plan.actions)
        codes = [rating.code for rating in self.mapping.rag]
        # West Sussex 2019 prints no ratings: all of its actions begin unrated.
        return {code: counted.get(code, 0) for code in [*codes, ""]}

    @property
    def leading(self) -> list[str]:
        """Leads who lead at least one action, in plan order."""
        named = (
            name
            for action in self.plan.actions
            for name in leaders(action, self.mapping, self.leads).names
        )
        return list(dict.fromkeys(named))

    def document(self) -> Document:
        """The JSON document of init."""
        status = Counter(action.text("status") for action in self.plan.actions)
        say = Documents(self.plan, self.mapping)
        return {
            "plan": self.mapping.plan.title,
            "revision": 1,
            "sections": len(self.plan.sections),
            "requirements": len(self.plan.of_kind("requirement")),
            "actions": len(self.plan.actions),
            "measures": len(self.plan.of_kind("measure")),
            "leads": len(self.leading),
            "status": {name: status.get(name, 0) for name in ("open", "new", "completed")},
            "rag": self.rag_totals,
            "findings": [say.finding(found) for found in self.findings],
        }


def read_mapping(path: Path) -> tuple[PlanMapping, str]:
    """A mapping and its text.

    Raises:
        NothingDone: no such file, or it says something that a mapping cannot say.
    """
    try:
        # Notepad begins a file with a byte order mark, which TOML does not know.
        text = path.read_text(encoding="utf-8-sig")
    # An editor may have saved it in Windows-1252, and `>` in PowerShell 5 writes UTF-16.
    except (OSError, UnicodeDecodeError) as trouble:
        raise NothingDone(
            f"The mapping {path.as_posix()} cannot be read.", "Check the name given to --mapping."
        ) from trouble
    try:
        return load_text(text, path.as_posix()), text
    except MappingError as trouble:
        raise NothingDone(str(trouble)) from trouble


def only_mapping(session: Session) -> Path:
    """The mapping of an office that has one.

    Raises:
        NothingDone: `mappings/` is missing or empty, or holds several.
    """
    found = sorted((session.folder / "mappings").glob("*.toml"))
    if len(found) == 1:
        return found[0]
    names = ", ".join(session.shown(path) for path in found)
    problem = (
        f"There is more than one mapping: {names}."
        if found
        else "There is no mapping in mappings/."
    )
    raise NothingDone(problem, "Name the one that fits with --mapping.")


def start_plan(
    session: Session,
    workbook: Path,
    mapping_path: Path | None = None,
    *,
    accept_errors: bool = False,
) -> Started:
    """Read the office's workbook through its mapping into a new master plan, revision 1.

    Without a mapping, the only one in the folder's `mappings/`.

    Raises:
        NothingDone: no mapping or several, a plan exists there already, or the workbook could not
        be read whole.
    """
    # An officer may start again from each month's workbook, and would lose the history so far.
    if isinstance(session.plan, Path) and session.plan.exists():
        raise NothingDone(
            f"There is a plan at {session.shown(session.plan)} already.",
            "Name another with --plan, or move that file away first.",
        )
    if not workbook.is_file():
        raise NothingDone(f"There is no workbook {workbook.as_posix()}.", "Check the name.")
    mapping, mapping_text = read_mapping(mapping_path or only_mapping(session))
    read = read_office_sheets(open_office(session, workbook), mapping, workbook.name)
    # A workbook in which no action could be read is another sheet, or another plan's mapping:
    # --accept-errors does not help there.
    errors = [found for found in read.findings if found.severity == "error"]
    if errors and (not accept_errors or not read.plan.actions):
        raise NothingDone(
            f"{workbook.name} could not be read whole: {len(errors)} error(s); nothing was "
            "created.",
            "Mend the workbook or the mapping, or pass --accept-errors to go on without what "
            "could not be read.",
            read.findings,
        )
    # Sunderland 2017 prints RAG Initial and RAG Previous beside the rating of today.
    seeds = [
        (
            point,
            {(key, seed.field): value for (at, key), value in seed.values.items() if at == point},
        )
        for seed in read.seeds
        for point in seed.points
    ]
    store = Store.create(
        session.plan,
        plan=read.plan,
        seeds=seeds,
        mapping_toml=mapping_text,
        source_name=workbook.name,
        source_bytes=workbook.read_bytes(),
        at=session.stamp,
        by=session.by,
        note=f"from {workbook.name}",
    )
    store.close()
    return Started(session.shown(Path(session.plan)), read.plan, mapping, read.leads, read.findings)


def open_office(session: Session, workbook: Path) -> Spreadsheet:
    """The office's workbook, opened.

    Raises:
        NothingDone: it is no spreadsheet that we read; the finding says why.
    """
    try:
        return open_spreadsheet(workbook)
    except Unreadable as trouble:
        raise unreadable(session, workbook, trouble) from trouble


def unreadable(session: Session, workbook: Path, trouble: Unreadable) -> NothingDone:
    """What to say of a file that cannot be opened as a spreadsheet."""
    from xlplan.plan.findings.addresses import Address
    from xlplan.plan.findings.finding import finding

    found = finding(trouble.code, at=Address(session.shown(workbook)), details=trouble.details)
    return NothingDone(f"{workbook.name}: {found.message}", found.hint, [found])
