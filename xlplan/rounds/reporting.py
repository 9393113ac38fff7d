"""report and master: what moved, for the board, and the consolidated master workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlplan.mapping.load import load_text
from xlplan.mapping.model import PlanMapping
from xlplan.plan.figures.figures import Figures
from xlplan.plan.rounds import Round
from xlplan.reports.chapters.dashboard import master_chapters
from xlplan.reports.chapters.sentences import sentences
from xlplan.reports.documents import Document
from xlplan.reports.figures import figures
from xlplan.reports.formats.files import SUFFIXES, write_change_report
from xlplan.rounds.arrivals.office_source import source_sheets
from xlplan.rounds.papers.issued_master import MasterMarks, marked
from xlplan.rounds.papers.material import gather_material
from xlplan.rounds.papers.past import past_values
from xlplan.rounds.papers.undone import note_reports
from xlplan.rounds.sending.shown_beside import as_read
from xlplan.rounds.session.folders import beside, free_path, make_way
from xlplan.rounds.session.session import NothingDone, Session
from xlplan.rounds.session.when import Point, point, previous_ratings, start_of_round
from xlplan.spreadsheets.cells import Sheet
from xlplan.store import Store
from xlplan.workbook.kit.names import safe_name
from xlplan.workbook.master.writing import MasterBook, write_master
from xlplan.workbook.office.header import plan_sheets


@dataclass(frozen=True, slots=True)
class Reported:
    """A change report: what it says in sentences, and where it lies."""

    since: str
    until: str
    sentences: list[str]
    paths: list[str]

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of report."""
        return {
            "since": self.since,
            "until": self.until,
            "sentences": self.sentences,
            "reports": self.paths,
        }


@dataclass(frozen=True, slots=True)
class Mastered:
    """A master workbook, and the point it shows."""

    path: str
    point: str

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of master."""
        return {"master": self.path, "as_of": self.point}


@dataclass(frozen=True, slots=True)
class Papers:
    """What a merge leaves on paper: the paths of the master and of the change report's files."""

    master: str
    reports: tuple[str, ...]


MERGING = "Comparing, merging, reporting"
"""What `merge` does, in three steps; the last is its papers."""


def make_report(
    session: Session, *, since: str = "", until: str = "", out: Path | None = None
) -> Reported:
    """The change report between two points; by default over the whole open round, as a workbook and
    a page.

    Raises:
        NothingDone: a point that the plan does not have, or a file name that asks for no format of
        ours.
    """
    # Word and older editors end a page with .htm.
    if out is not None and out.suffix.casefold() not in {*SUFFIXES, ".htm"}:
        raise NothingDone(
            f"A report is not written as '{out.suffix}'.", f"Choose one of {', '.join(SUFFIXES)}."
        )
    with Store.open(session.plan) as store, store.writing(session.by):
        facts, end = _figures(session, store, since, until)
        paths = [out] if out is not None else []
        if out is None:
            paths = _report_paths(session, session.folder / "workbooks" / "reports", facts)
            note_reports(session, store, paths, end.revision)
    for path in paths:
        _write_report(session, facts, make_way(session, path))
    return Reported(
        facts.heading.since,
        facts.heading.until,
        sentences(facts),
        [session.shown(path) for path in paths],
    )


def make_master(
    session: Session, *, as_of: str = "", out: Path | None = None, history: bool = False
) -> Mastered:
    """The consolidated master workbook, now or at a point; with `history` also a sheet of every
    value there was.

    Raises:
        NothingDone: the plan has no such point.
    """
    with Store.open(session.plan) as store, store.writing(session.by):
        at = point(store, as_of) if as_of else Point(store.latest, "now")
        # Last month's master may lie under that name, with notes that somebody typed into it.
        path = make_way(
            session,
            out
            or _master_path(session, session.folder / "workbooks" / "master", store, at.revision),
        )
        facts = _figures_of_round(session, store, at, draft=False)
        book = _master_book(session, store, at, path, facts, history=history)
    _write_master(book, path)
    return Mastered(session.shown(path), at.name)


def write_papers(
    session: Session, revision: int, *, out: Path | None = None, draft: bool = False
) -> Papers:
    """The papers of a merge: the master at its revision, and the change report of the open round.

    Into `out`, or below workbooks/; a draft says so on every page and is no edition to come back.
    """
    session.progress(MERGING, 2, 3)
    folder = session.folder / "workbooks"
    with Store.open(session.plan) as store, store.writing(session.by):
        at = Point(revision, "now")
        facts = _figures_of_round(session, store, at, draft=draft)
        master = _master_path(session, out or folder / "master", store, revision, draft=draft)
        book = _master_book(session, store, at, master, facts)
        reports = _report_paths(session, out or folder / "reports", facts)
        if not draft:
            note_reports(session, store, reports, revision)
    _write_master(book, master)
    for path in reports:
        _write_report(session, facts, path)
    return Papers(session.shown(master), tuple(session.shown(path) for path in reports))


def _figures(session: Session, store: Store, since: str, until: str) -> tuple[Figures, Point]:
    """What a report between two points says, each as it was typed, and the later one."""
    mapping = load_text(store.mapping_toml(), "the mapping in use")
    this_round = _round_of(store, until)
    begin = point(store, since, this_round) if since else start_of_round(store, this_round)
    end = point(store, until, this_round) if until else Point(store.latest, "now")
    if begin.revision > end.revision:
        raise NothingDone(
            f"{begin.name} comes after {end.name}.", "Change --since and --until round."
        )
    material = gather_material(session, store, mapping, begin, end, this_round, draft=False)
    return figures(material), end


def _figures_of_round(session: Session, store: Store, at: Point, *, draft: bool) -> Figures:
    """What moved in the open round up to a point: the master of that point and its report say the
    same.
    """
    mapping = load_text(store.mapping_toml(at.revision), "the mapping in use")
    this_round = _round_of(store, "")
    begin = start_of_round(store, this_round)
    return figures(gather_material(session, store, mapping, begin, at, this_round, draft=draft))


def _round_of(store: Store, until: str) -> Round | None:
    """The round that a report is about: the one named by its end, else the open one, else
    the last.
    """
    rounds = store.rounds()
    # People shorten the name of a round: `january` for `January 2013 Board`.
    named = [each for each in rounds if until and each.name.casefold().startswith(until.casefold())]
    if named:
        return named[0]
    return store.current_round() or (rounds[-1] if rounds else None)


def _report_paths(session: Session, folder: Path, facts: Figures) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    # A report is mailed on without the words that came with it: the name of the file says DRAFT
    # too.
    draft = "DRAFT " if facts.heading.draft else ""
    name = safe_name(
        f"{session.today.isoformat()} {draft}change report {facts.heading.round}".strip()
    )
    # Members of a board open the page in a browser, on a telephone or a tablet without Excel.
    return [free_path(folder / f"{name}{suffix}") for suffix in (".xlsx", ".html")]


def _write_report(session: Session, facts: Figures, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_change_report(facts, path, created=session.now())


def _master_path(
    session: Session, folder: Path, store: Store, revision: int, *, draft: bool = False
) -> Path:
    mapping = load_text(store.mapping_toml(), "the mapping in use")
    folder.mkdir(parents=True, exist_ok=True)
    word = "DRAFT master" if draft else "master"
    return free_path(
        folder
        / f"{safe_name(f'{session.today.isoformat()} {mapping.plan.id} {word} r{revision}')}.xlsx"
    )


def _write_master(book: MasterBook, path: Path) -> None:
    """Write a master workbook that the store knows: it takes its name when it is whole."""
    with beside(path) as part:
        write_master(part, book)


def _master_book(
    session: Session,
    store: Store,
    at: Point,
    path: Path,
    facts: Figures,
    *,
    history: bool = False,
) -> MasterBook:
    """What the master workbook at a path will hold. Inside `store.writing`: it is an issue, unless
    a draft.
    """
    mapping = load_text(store.mapping_toml(at.revision), "the mapping in use")
    plan = as_read(
        store.snapshot(at.revision), mapping, [known_round.name for known_round in store.rounds()]
    )
    draft = facts.heading.draft
    seeds = {
        seeded.note: {
            item.key: item.text("rag")
            for item in store.snapshot(seeded.number).items.values()
            if item.kind == "action"
        }
        for seeded in store.points()
    }
    past = past_values(store, mapping, plan, at.revision) if history else ()
    marks = MasterMarks() if draft else marked(session, store, mapping, plan, at.revision, path)
    return MasterBook(
        plan=plan,
        mapping=mapping,
        previous=previous_ratings(store),
        seeds=seeds,
        scale=facts.scale,
        chapters=master_chapters(facts, past),
        carried=_carried(store, mapping),
        created=session.now(),
        title=mapping.plan.title,
        draft=draft,
        tokens=marks.tokens,
        code=marks.code,
    )


def _carried(store: Store, mapping: PlanMapping) -> list[Sheet]:
    """Sheets of the office's own workbook that hold no actions: they stand in the master as they
    stood there.
    """
    # Offices keep a cover, guidance and a key to ratings on sheets of their own.
    book = source_sheets(store)
    read = plan_sheets(book, mapping)
    return [sheet for sheet in book.sheets if sheet.name not in read]
