"""A command that is cut off between store and files: the store knows what is seen, a rerun finishes
the rest.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stories.office import ROOT, ROUND, Office, Ran, codes, rows_of, type_into
from tests.stories.rounds.test_mailing import mailing, opened
from xlplan.store import Store
from xlplan.workbook.returned.reading import read_returned

__all__ = ["mailing"]

SUE = "Sue Butcher"
LEADS = ("Rose Collinson", SUE, "Jane Parry", "Paul Sheehan", "Graham Reiter", "Anne Thompson")
"""So many workbooks that one can be cut off amid them, and no more."""
EXPORT = (
    "export",
    *(word for lead in LEADS for word in ("--lead", lead)),
    *("--round", ROUND, "--return-by", "2013-01-16"),
)
OUT = Path("workbooks") / "out" / ROUND

KILLED = """
import os, sys
from pathlib import Path
from xlplan.cli.main import run
from xlplan.store import Store

moment, left = sys.argv[1], int(sys.argv[2])
rename, marked = Path.rename, Store.mark_written


def dies_renaming(part, path):
    global left
    if part.suffix != ".part":
        return rename(part, path)
    if left == 0 and moment == "before its name":
        os._exit(9)
    done = rename(part, path)
    left -= 1
    if left == 0 and moment == "after its name":
        os._exit(9)
    return done


def dies_marking(store, issues):
    os._exit(9) if moment == "before the mark" else marked(store, issues)


Path.rename, Store.mark_written = dies_renaming, dies_marking
run(sys.argv[3:])
"""


def killed(office: Office, moment: str, after: int, *command: str) -> None:
    """Run a command in a process that dies at a moment of the file that comes `after` so many."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, moment, str(after), *command],
        cwd=office.folder,
        env=environment,
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert ended.returncode == 9, ended.stderr


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Callable[[int | None], None]:
    """Let the disk be full after so many files; None makes room."""
    write = Path.write_bytes
    room: list[int | None] = [None]

    def written(path: Path, data: bytes) -> int:
        if path.suffix != ".part" or room[0] is None:
            return write(path, data)
        if room[0] == 0:
            write(path, data[:100])
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        room[0] -= 1
        return write(path, data)

    def fill(files: int | None) -> None:
        room[0] = files

    monkeypatch.setattr(Path, "write_bytes", written)
    return fill


def names(office: Office, folder: Path = OUT) -> list[str]:
    return sorted(path.name for path in (office.folder / folder).iterdir())


def codes_by_name(office: Office) -> dict[str, str]:
    """The code that each workbook shows."""
    return {
        path.name: read_returned(path).marks["metadata"]
        for path in (office.folder / OUT).glob("*.xlsx")
    }


def finished(office: Office, *more: str) -> Ran:
    """The same export again; every file has a clean name and is known, and every return is taken
    in.
    """
    again = office.run(*EXPORT, *more)
    books = again.document["workbooks"]
    office.sent = {one["lead"]: office.folder / one["path"] for one in books}
    assert sorted(path.name for path in office.sent.values()) == [
        one for one in names(office) if one.endswith(".xlsx")
    ]
    assert not any("(2)" in one or one.endswith(".part") for one in names(office))
    with Store.open(office.folder / "plan.db") as store:
        assert store.unwritten("update") == []
        for lead, path in office.sent.items():
            found = [store.token(row.token) for row in rows_of(path) if row.token]
            assert {issue.lead for issue, _ in filter(None, found)} == {lead}
            assert None not in found
    back = []
    for lead in list(office.sent)[:3]:
        ref = office.refs(lead)[0]
        back.append(office.fill(lead, {ref: {"progress": f"Answered by {lead}."}}))
    taken = office.take(*back)
    assert {one["status"] for one in taken["files"]} == {"waiting"}
    return again


@pytest.mark.parametrize("after", [0, 1, 5])
def test_an_export_on_a_full_disk_is_finished_by_the_same_one(
    walsall: Office, full: Callable[[int | None], None], after: int
) -> None:
    full(after)
    cut = walsall.run(*EXPORT)
    assert cut.status == 1
    assert "No space left on device" in cut.complaint
    assert "Run the same export again" in cut.complaint
    assert len(names(walsall)) == after
    before = codes_by_name(walsall)
    full(None)
    finished(walsall)
    assert before.items() <= codes_by_name(walsall).items()


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        ("before its name", 0),
        ("before its name", 3),
        ("after its name", 2),
        ("before the mark", 99),
    ],
)
def test_an_export_that_was_killed_is_finished_by_the_same_one(
    walsall: Office, moment: str, after: int
) -> None:
    killed(walsall, moment, after, *EXPORT)
    before = codes_by_name(walsall)
    finished(walsall)
    assert before.items() <= codes_by_name(walsall).items()


def test_what_was_sent_from_an_export_cut_off_is_known_without_a_rerun(walsall: Office) -> None:
    killed(walsall, "after its name", 1, *EXPORT)
    (path,) = (walsall.folder / OUT).glob("*.xlsx")
    type_into(path, {rows_of(path)[0].ref: {"progress": "Answered at once."}})
    taken = walsall.take(path)
    assert [one["status"] for one in taken["files"]] == ["waiting"]


def test_a_workbook_that_somebody_has_filled_in_is_not_written_over(
    walsall: Office, full: Callable[[int | None], None]
) -> None:
    full(2)
    walsall.run(*EXPORT)
    path = next((walsall.folder / OUT).glob("*.xlsx"))
    type_into(path, {rows_of(path)[0].ref: {"progress": "Typed into the folder of the office."}})
    typed = path.read_bytes()
    full(None)
    finished(walsall)
    assert path.read_bytes() == typed


def test_a_file_of_somebody_elses_keeps_the_name(
    walsall: Office, full: Callable[[int | None], None]
) -> None:
    full(0)
    walsall.run(*EXPORT)
    other = walsall.folder / OUT / f"2013-01-16 {SUE}.xlsx"
    other.write_bytes(b"notes")
    full(None)
    again = walsall.run(*EXPORT).document
    (sue,) = [one["path"] for one in again["workbooks"] if one["lead"] == SUE]
    assert sue.endswith(f"{SUE} (2).xlsx")
    assert other.read_bytes() == b"notes"
    with Store.open("plan.db") as store:
        assert sue in [one.path for one in store.issues(lead=SUE)]


def test_only_an_export_that_was_finished_is_numbered(
    walsall: Office, full: Callable[[int | None], None]
) -> None:
    full(1)
    walsall.run(*EXPORT)
    full(None)
    leads = len(finished(walsall).document["workbooks"])
    walsall.run(*EXPORT)
    assert sum("(2)" in one for one in names(walsall)) == leads


def test_a_plan_that_moved_meanwhile_is_what_is_sent_where_nothing_stood(walsall: Office) -> None:
    killed(walsall, "after its name", 1, *EXPORT)
    (first,) = (walsall.folder / OUT).glob("*.xlsx")
    stood = first.read_bytes()
    assert walsall.run("set", "2.17", "action", "Reworded by the office.").status == 0
    finished(walsall)
    assert first.read_bytes() == stood
    (row,) = [one for one in rows_of(walsall.sent[SUE]) if one.ref == "2.17"]
    assert row.cells["action"].as_text == "Reworded by the office."


def test_another_date_is_another_export(
    walsall: Office, full: Callable[[int | None], None]
) -> None:
    full(1)
    walsall.run(*EXPORT)
    full(None)
    later = walsall.run(*EXPORT[:-1], "2013-01-23").document["workbooks"]
    assert all(
        Path(one["path"]).name == f"2013-01-23 {one['lead'].replace('/', '-')}.xlsx"
        for one in later
    )


@pytest.mark.parametrize("drafts", [-1, 0, 1, 99])
def test_drafts_carry_whole_workbooks_and_stand_once(
    mailing: Office, full: Callable[[int | None], None], drafts: int
) -> None:
    before = [{ROUND: "Tried before"}.get(word, word) for word in EXPORT]
    leads = len(mailing.run(*before).document["workbooks"])
    full(leads + min(drafts, leads - 1))
    cut = mailing.run(*EXPORT, "--email")
    assert (cut.status, "Run the same export again" in cut.complaint) == (1, True)
    for path in (mailing.folder / OUT).glob("*.eml"):
        attached = next(iter(opened(path).iter_attachments()))
        assert (
            attached.get_content()
            == (mailing.folder / OUT / str(attached.get_filename())).read_bytes()
        )
    assert "send-list.csv" not in names(mailing)
    full(None)
    again = finished(mailing, "--email")
    written = sorted(Path(one["path"]).name for one in again.document["drafts"])
    assert written == [one for one in names(mailing) if one.endswith(".eml")]
    assert "send-list.csv" in names(mailing)


def a_return_with_a_fault(office: Office) -> Path:
    assert office.export().status in {0, 1}
    return office.fill(SUE, {office.refs(SUE)[0]: {"rag": "Purple"}})


QUERIES = Path("workbooks") / "queries" / ROUND


def test_a_query_workbook_on_a_full_disk_is_told_and_finished_by_the_next_import(
    walsall: Office, full: Callable[[int | None], None]
) -> None:
    back = a_return_with_a_fault(walsall)
    full(0)
    taken = walsall.run("import", back.name)
    assert taken.status == 1
    assert [one["status"] for one in taken.document["files"]] == ["waiting"]
    assert "query-unwritten" in codes(taken.document)
    assert taken.document["queries"] == []
    full(None)
    again = walsall.take(back)
    (query,) = again["queries"]
    assert query == {
        "lead": SUE,
        "path": f"{QUERIES.as_posix()}/2013-01-16 {SUE} query.xlsx",
        "about": back.name,
    }
    assert names(walsall, QUERIES) == [Path(query["path"]).name]
    assert answered(walsall, walsall.folder / query["path"]) == "waiting"


@pytest.mark.parametrize("moment", ["before its name", "after its name", "before the mark"])
def test_a_query_workbook_of_an_import_that_was_killed_is_finished_once(
    walsall: Office, moment: str
) -> None:
    back = a_return_with_a_fault(walsall)
    killed(walsall, moment, 1 if moment == "after its name" else 0, "import", back.name)
    (query,) = walsall.take(back)["queries"]
    assert names(walsall, QUERIES) == [f"2013-01-16 {SUE} query.xlsx"]
    assert answered(walsall, walsall.folder / query["path"]) == "waiting"
    assert walsall.take(back)["queries"] == []


def answered(office: Office, query: Path) -> str:
    type_into(query, {rows_of(query)[0].ref: {"rag": "G", "progress": "Mended."}})
    (file,) = office.take(query)["files"]
    return str(file["status"])


def test_a_stop_by_hand_says_what_finishes(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", stopped)
    cut = walsall.run(*EXPORT)
    assert (cut.status, "Run the same export again" in cut.complaint) == (1, True)


def test_the_store_knows_every_workbook_before_it_is_seen(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, seen = Path.rename, set()

    def known(part: Path, path: Path) -> Path:
        if (
            part.suffix == ".part"
            and path.suffix == ".xlsx"
            and (code := next(iter(read_returned(part).marks.values()), ""))
        ):
            with Store.open("plan.db") as store:
                issue = store.issue_by_code(code)
                assert issue is not None, path.name
                assert walsall.folder / issue.path == walsall.folder / path
                seen.add(issue.kind)
        return rename(part, path)

    monkeypatch.setattr(Path, "rename", known)
    walsall.run(*EXPORT)
    sent = walsall.folder / OUT / f"2013-01-16 {SUE}.xlsx"
    type_into(sent, {rows_of(sent)[0].ref: {"rag": "Purple", "progress": "Started."}})
    walsall.take(sent)
    walsall.merge()
    walsall.run("master")
    assert seen == {"update", "query", "master"}
