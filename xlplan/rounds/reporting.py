"""report and master: what moved, for the board, and the consolidated master workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xlplan.mapping.load import load_text
from xlplan.mapping.model import Mapping
from xlplan.plan.figures import Figures
from xlplan.plan.rounds import Round
from xlplan.plan.text import fold_code
from xlplan.reports.figures import figures
from xlplan.reports.files import SUFFIXES, write_change_report
from xlplan.reports.sentences import sentences
from xlplan.rounds.beside import as_read
from xlplan.rounds.desk import Desk, NothingDone
from xlplan.rounds.documents import Document
from xlplan.rounds.mastering import Marks, marked
from xlplan.rounds.material import gather_material, source_sheets
from xlplan.rounds.past import past_values
from xlplan.rounds.places import beside, free_path, make_way
from xlplan.rounds.when import Point, point, previous_ratings, start_of_round
from xlplan.store import Store
from xlplan.workbook.cells import Sheet
from xlplan.workbook.master import MasterBook, write_master
from xlplan.workbook.names import safe_name


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
        return {"since": self.since, "until": self.until, "sentences": self.sentences, "reports": self.paths}


@dataclass(frozen=True, slots=True)
class Mastered:
    """A master workbook, and the point it shows."""

    path: str
    point: str

    exit_status = 0

    def document(self) -> Document:
        """The JSON document of master."""
        return {"master": self.path, "as_of": self.point}


def make_report(desk: Desk, *, since: str = "", until: str = "", out: Path | None = None) -> Reported:
    """The change report between two points; by default over the whole open round, as a workbook and a page.

    Raises:
        NothingDone: a point that the plan does not have, or a file name that asks for no format of ours.
    """
    if out is not None and out.suffix.casefold() not in {*SUFFIXES, ".htm"}:
        raise NothingDone(f"A report is not written as '{out.suffix}'.", f"Choose one of {', '.join(SUFFIXES)}.")
    with Store.open(desk.plan) as store, store.writing(desk.by):
        told = _figures(desk, store, since, until, draft=False)
    paths = [out] if out is not None else _report_paths(desk, desk.folder / "workbooks" / "reports", told)
    for path in paths:
        _write_report(desk, told, make_way(desk, path))
    return Reported(told.heading.since, told.heading.until, sentences(told), [desk.shown(path) for path in paths])


def make_master(desk: Desk, *, as_of: str = "", out: Path | None = None, history: bool = False) -> Mastered:
    """The consolidated master workbook, now or at a point; with `history` also a sheet of every value there was.

    Raises:
        NothingDone: the plan has no such point.
    """
    with Store.open(desk.plan) as store, store.writing(desk.by):
        at = point(store, as_of) if as_of else Point(store.latest, "now")
        path = make_way(desk, out or _master_path(desk, desk.folder / "workbooks" / "master", store, at.revision))
        book = _master_book(desk, store, at, path, draft=False, history=history)
    _write_master(book, path)
    return Mastered(desk.shown(path), at.name)


def write_after_merge(
    desk: Desk, store: Store, revision: int, *, out: Path | None, draft: bool
) -> tuple[str, tuple[str, ...]]:
    """The master and the change report of the open round, after a merge: their paths."""
    with store.writing(desk.by):
        told = _figures(desk, store, "", "", draft=draft)
        folder = desk.folder / "workbooks"
        master = _master_path(desk, out or folder / "master", store, revision, draft=draft)
        book = _master_book(desk, store, Point(revision, "now"), master, draft=draft)
    _write_master(book, master)
    reports = _report_paths(desk, out or folder / "reports", told)
    for path in reports:
        _write_report(desk, told, path)
    return desk.shown(master), tuple(desk.shown(path) for path in reports)


def _figures(desk: Desk, store: Store, since: str, until: str, *, draft: bool) -> Figures:
    mapping = load_text(store.mapping_toml(), "the mapping in use")
    this_round = _round_of(store, until)
    begin = point(store, since) if since else start_of_round(store, this_round)
    end = point(store, until) if until else Point(store.latest, "now")
    if begin.revision > end.revision:
        raise NothingDone(f"{begin.name} comes after {end.name}.", "Change --since and --until round.")
    return figures(gather_material(desk, store, mapping, begin, end, this_round, draft=draft))


def _round_of(store: Store, until: str) -> Round | None:
    """The round that a report is about: the one named by its end, else the open one, else the last."""
    rounds = store.rounds()
    named = [one for one in rounds if until and one.name.casefold().startswith(until.casefold())]
    if named:
        return named[0]
    return store.current_round() or (rounds[-1] if rounds else None)


def _report_paths(desk: Desk, folder: Path, told: Figures) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    draft = "DRAFT " if told.heading.draft else ""
    name = safe_name(f"{desk.today.isoformat()} {draft}change report {told.heading.round}".strip())
    return [free_path(folder / f"{name}{suffix}") for suffix in (".xlsx", ".html")]


def _write_report(desk: Desk, told: Figures, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_change_report(told, path, created=desk.now())


def _master_path(desk: Desk, folder: Path, store: Store, revision: int, *, draft: bool = False) -> Path:
    mapping = load_text(store.mapping_toml(), "the mapping in use")
    folder.mkdir(parents=True, exist_ok=True)
    word = "DRAFT master" if draft else "master"
    return free_path(folder / f"{safe_name(f'{desk.today.isoformat()} {mapping.plan.id} {word} r{revision}')}.xlsx")


def _write_master(book: MasterBook, path: Path) -> None:
    """Write a master workbook that the store knows: it takes its name when it is whole."""
    with beside(path) as part:
        write_master(part, book)


def _master_book(desk: Desk, store: Store, at: Point, path: Path, *, draft: bool, history: bool = False) -> MasterBook:
    """What the master workbook at a path will hold. Inside `store.writing`: it is an issue, unless a draft."""
    mapping = load_text(store.mapping_toml(at.revision), "the mapping in use")
    plan = as_read(store.snapshot(at.revision), mapping, [one.name for one in store.rounds()])
    told = figures(
        gather_material(
            desk, store, mapping, start_of_round(store, _round_of(store, "")), at, _round_of(store, ""), draft=draft
        )
    )
    seeds = {
        one.note: {
            item.key: item.text("rag") for item in store.snapshot(one.number).items.values() if item.kind == "action"
        }
        for one in store.points()
    }
    marks = Marks() if draft else marked(desk, store, mapping, plan, at.revision, path)
    return MasterBook(
        plan=plan,
        mapping=mapping,
        previous=previous_ratings(store),
        seeds=seeds,
        figures=told,
        carried=_carried(store, mapping),
        created=desk.now(),
        title=mapping.plan.title,
        draft=draft,
        tokens=marks.tokens,
        code=marks.code,
        history=past_values(store, mapping, plan, at.revision) if history else (),
    )


def _carried(store: Store, mapping: Mapping) -> list[Sheet]:
    """Sheets of the office's own workbook that hold no actions: they stand in the master as they stood there."""
    tables = {fold_code(table.sheet) for table in mapping.tables}
    return [sheet for sheet in source_sheets(store).sheets if fold_code(sheet.name) not in tables]
