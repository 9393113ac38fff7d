"""The JSON documents, key for key, and statuses: what scripts rely on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import as_typed, in_a_process, xlplan

FINDING = "severity code file sheet cell key ref lead field value message hint"
CHANGE = "key ref field old new sources"
SOURCE = "lead file sheet cell"
QUESTION = "id key ref field reason base master candidates note"
CANDIDATE = "lead value file sheet cell at"
PROPOSED = "id lead values file sheet cell like"
ROWS = "read refused repeated proposed held changed unchanged"
INIT = "plan revision sections requirements actions measures leads status rag findings"
FILE = "path lead round status rows changes questions findings"
LEAD = "lead actions status nil days_late"
REVISION = "revision at by kind changes note"
STEP = "revision at field old new by sources reason"


def keys(document: dict[str, Any], wanted: str) -> None:
    """Every key is there; more may be added."""
    assert set(wanted.split()) <= set(document), (wanted, document)


@pytest.fixture
def ask(office: Path) -> Any:
    def run(line: str, status: int | None = None) -> dict[str, Any]:
        ran = as_typed(f"{line} --json", folder=office)
        assert status is None or ran.status == status, ran
        return ran.document

    return run


def test_demo_tells_every_step(tmp_path: Path) -> None:
    played = in_a_process("demo", "tour", "--json", folder=tmp_path)
    assert played.status == 0
    told = played.document
    keys(told["init"], INIT)
    keys(told["export"], "round workbooks not_sent")
    keys(told["export"]["workbooks"][0], "lead path actions refs")
    keys(told["export"]["not_sent"][0], "key ref why")
    taken = told["import"]
    keys(taken, "files changes questions proposed findings")
    for one, wanted in (
        (taken["files"][0], FILE),
        (taken["files"][0]["rows"], ROWS),
        (taken["changes"][0], CHANGE),
        (taken["changes"][0]["sources"][0], SOURCE),
        (taken["questions"][0], QUESTION),
        (taken["questions"][0]["candidates"][0], CANDIDATE),
        (taken["proposed"][0], PROPOSED),
        (taken["findings"][0], FINDING),
    ):
        keys(one, wanted)
    keys(told["merge"], "revision changes open_questions master reports")
    counted = [sum(file["rows"][kind] for kind in ROWS.split()[1:]) for file in taken["files"]]
    assert counted == [file["rows"]["read"] for file in taken["files"]]


def test_init(office: Path, ask: Any) -> None:
    made = ask("xlplan init walsall-2012.xlsx --plan second.db", 1)
    keys(made, INIT)
    assert made["status"] == {"open": 57, "new": 0, "completed": 1}
    assert made["rag"] == {"Gr": 13, "R": 4, "A": 9, "G": 22, "B": 1, "": 9}
    assert {one["severity"] for one in made["findings"]} <= {"error", "warning", "notice"}
    again = as_typed("xlplan init walsall-2012.xlsx --plan second.db --json", folder=office)
    assert again.status == 2
    keys(again.document, "error hint findings")


def test_status_log_and_decisions(ask: Any) -> None:
    now = ask("xlplan status", 0)
    keys(now, "round return_by leads waiting questions proposed next")
    assert all(set(LEAD.split()) <= set(one) for one in now["leads"])
    assert {one["status"] for one in now["leads"]} <= {"returned", "outstanding", "late", "refused"}
    keys(ask("xlplan log", 0)["revisions"][0], REVISION)
    history = ask("xlplan log 3.12", 0)
    keys(history, "key ref history")
    keys(history["history"][0], STEP)
    open_ones = ask("xlplan decisions", 1)
    keys(open_ones, "questions proposed")
    keys(open_ones["proposed"][0], PROPOSED)


def test_merge_with_nothing_waiting_is_0_and_no_revision(ask: Any) -> None:
    ask("xlplan decide P1 --decline 'not now'", 0)
    merged = ask("xlplan merge", 0)
    assert (merged["revision"], merged["changes"], merged["open_questions"]) == (None, [], 0)


def test_a_value_is_text_a_code_or_null_and_a_path_has_slashes(office: Path, ask: Any) -> None:
    changed = ask("xlplan set 2.17 rag ''")
    keys(changed["changes"][0], CHANGE)
    assert (changed["changes"][0]["old"], changed["changes"][0]["new"]) == ("A", None)
    made = ask("xlplan report --out reports/one.md", 0)
    assert made["reports"] == ["reports/one.md"]
    assert not re.search(
        r"\\", str(ask("xlplan export --round Next --return-by '18 Jan 2013'")["workbooks"])
    )


def test_a_refused_file_is_1_even_alone(office: Path) -> None:
    (office / "letter.xlsx").write_bytes(b"Dear all, my update is attached.")
    taken = in_a_process("import", "letter.xlsx", "--json", folder=office)
    assert taken.status == 1
    assert [file["status"] for file in taken.document["files"]] == ["refused"]


def test_a_check_and_a_dry_run_touch_nothing(office: Path, ask: Any) -> None:
    ask("xlplan undo", 0)
    before = {path: path.read_bytes() for path in sorted(office.rglob("*")) if path.is_file()}
    ask("xlplan import workbooks/returned --check")
    assert ask("xlplan merge --dry-run")["changes"]
    assert {
        path: path.read_bytes() for path in sorted(office.rglob("*")) if path.is_file()
    } == before


def test_a_dry_run_with_a_folder_writes_drafts(office: Path, ask: Any) -> None:
    ask("xlplan undo", 0)
    ask("xlplan merge --dry-run --out drafts")
    names = [path.name for path in (office / "drafts").iterdir()]
    assert len(names) == 3
    assert all("DRAFT" in name for name in names)


def test_strict_stops_at_an_open_question(ask: Any) -> None:
    ask("xlplan undo", 0)
    stopped = ask("xlplan merge --strict", 1)
    assert stopped["revision"] is None
    assert stopped["open_questions"] > 0


def test_who_did_it_is_the_option_then_the_variable(office: Path, ask: Any) -> None:
    as_typed("xlplan set 1.10 due 'May 2013' --by Asha", folder=office, XLPLAN_USER="Bola")
    as_typed("xlplan set 1.10 due 'June 2013'", folder=office, XLPLAN_USER="Bola")
    assert [one["by"] for one in ask("xlplan log")["revisions"][-2:]] == ["Asha", "Bola"]


def test_nothing_is_overwritten_without_a_word(office: Path) -> None:
    (office / "master.xlsx").write_text("mine", encoding="utf-8")
    ran = xlplan("master", "--out", "master.xlsx", folder=office)
    assert (ran.status, ran.err) == (
        0,
        "master.xlsx was there already: the older one is kept as master (older).xlsx.\n",
    )
    assert (office / "master (older).xlsx").read_text(encoding="utf-8") == "mine"
    for _ in range(2):
        xlplan("report", "--out", "report.md", folder=office)
        xlplan("decisions", "--out", "decisions.xlsx", folder=office)
    kept = {path.name for path in office.glob("*(older)*")}
    assert kept == {"master (older).xlsx", "report (older).md", "decisions (older).xlsx"}


def test_init_wants_a_name_when_there_are_two_mappings(office: Path) -> None:
    (office / "mappings" / "second.toml").write_text("", encoding="utf-8")
    ran = in_a_process("init", "walsall-2012.xlsx", "--plan", "second.db", folder=office)
    assert ran.status == 2
    assert "mappings/second.toml, mappings/walsall-2012.toml" in ran.err
    assert not (office / "second.db").exists()
