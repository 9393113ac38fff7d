"""The library: the same use cases as the commands, and frames that an analyst can reckon with."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from tests.stories.office import ROOT, rows_of, type_into
from xlplan import (
    MasterPlan,
    NothingDone,
    check_mapping,
    open_plan,
    restore_plan,
    start_plan,
    suggest_mapping,
)
from xlplan.demo.playing import run_demo
from xlplan.rounds import deciding
from xlplan.rounds.session import given
from xlplan.rounds.session.given import day, names, number, places
from xlplan.store import NoPlan

ROUND = "January Board"
NOW = datetime(2013, 1, 10, 9, 0)
MAPPING = ROOT / "mappings" / "walsall-2012.toml"


@pytest.fixture
def plan(tmp_path: Path) -> MasterPlan:
    made, _ = start_plan(
        ROOT / "workbooks" / "walsall-2012.xlsx",
        ROOT / "mappings" / "walsall-2012.toml",
        tmp_path / "plan.db",
        by="analyst",
        now=lambda: NOW,
    )
    return made


def test_a_whole_round(plan: MasterPlan, tmp_path: Path) -> None:
    exported = plan.export(ROUND, date(2013, 1, 16), leads="Sue Butcher")
    (sent,) = exported.workbooks
    workbook = tmp_path / sent.path
    type_into(
        workbook, {"2.13": {"rag": "R", "progress": "Two teams stay above the agreed caseload."}}
    )
    assert plan.take_in(workbook, check=True).files[0].status == "waiting"
    assert plan.status().waiting == 0
    assert len(plan.take_in([workbook]).changes) == 2
    assert plan.status().waiting == 2
    merged = plan.merge()
    assert merged.revision == 2
    assert all((tmp_path / path).is_file() for path in (merged.master, *merged.reports))
    assert plan.frame().set_index("ref").loc["2.13", "rag"] == "R"
    assert plan.frame("init").set_index("ref").loc["2.13", "rag"] == "A"
    assert plan.undo().undone == 2
    assert plan.frame().equals(plan.frame("init"))


def test_frame_has_a_row_for_every_action_and_types_that_fit(plan: MasterPlan) -> None:
    frame = plan.frame()
    assert len(frame) == 58
    assert frame.index.name == "key"
    assert frame.index.is_unique
    assert list(frame["ref"][:2]) == ["1.1", "1.2"]
    assert list(frame["rag"].cat.categories) == ["Gr", "R", "A", "G", "B"]
    assert frame["rag"].value_counts().to_dict() == {"Gr": 13, "R": 4, "A": 9, "G": 22, "B": 1}
    assert frame["rag"].isna().sum() == 9
    assert list(frame["section"].cat.categories) == list(dict.fromkeys(frame["section"]))
    assert pd.api.types.is_datetime64_any_dtype(frame["due"])
    due = frame.set_index("ref").loc["3.12"]
    assert (due["due"].date(), due["due_as_written"]) == (date(2013, 3, 31), "31 Mar 2013")


def test_the_worst_rating_sorts_first(plan: MasterPlan) -> None:
    graded = plan.frame().query("rag >= 'R'").sort_values("rag")
    assert graded["rag"].iloc[0] == "R"


def test_history_says_who_said_it_where_and_why(plan: MasterPlan, tmp_path: Path) -> None:
    plan.export(ROUND, date(2013, 1, 16), leads=["Sue Butcher"])
    workbook = next((tmp_path / "workbooks" / "out" / ROUND).glob("*.xlsx"))
    type_into(
        workbook, {"3.3": {"due": "30 April 2013", "due_reason": "The audit needs another month."}}
    )
    plan.take_in(workbook)
    plan.merge()
    move = plan.history("3.3", "due").iloc[-1]
    assert (move["revision"], move["lead"], move["new"]) == (2, "Sue Butcher", "30 April 2013")
    assert move["file"].endswith("Sue Butcher.xlsx")
    assert rows_of(workbook)[0].cells["due"].name[0] == move["cell"][0]
    assert move["reason"] == "The audit needs another month."
    assert move["at"] == pd.Timestamp(NOW)
    assert set(plan.history()["ref"]) == set(plan.frame()["ref"])


def test_what_the_office_changes_itself(plan: MasterPlan) -> None:
    plan.set("1.10", "due", "31 Mar 2013", reason="agreed at the Board")
    plan.reassign("3.2", "Sue Butcher")
    plan.withdraw("2.12", reason="the same as 2.6", into="2.6")
    frame = plan.frame().set_index("ref")
    assert frame.loc["1.10", "due"] == pd.Timestamp(2013, 3, 31)
    assert frame.loc["3.2", "leads"] == "Sue Butcher"
    assert frame.loc["2.12", "status"] == "withdrawn"
    assert plan.history("1.10", "due").iloc[-1]["reason"] == "agreed at the Board"
    assert [one.kind for one in plan.log().revisions][-3:] == ["set", "reassign", "withdraw"]


def test_trouble_is_an_exception_with_words(plan: MasterPlan, tmp_path: Path) -> None:
    with pytest.raises(NothingDone, match=r"no action 9\.99"):
        plan.history("9.99")
    with pytest.raises(NoPlan, match="xlplan init"):
        open_plan(tmp_path / "other.db")


def test_progress_is_told(tmp_path: Path, plan: MasterPlan) -> None:
    told: list[tuple[str, int, int]] = []
    opened = open_plan(
        tmp_path / "plan.db", progress=lambda *step: told.append(step), now=lambda: NOW
    )
    count = len(opened.export(ROUND, date(2013, 1, 16)).workbooks)
    assert told == [("Writing update workbooks", done, count) for done in range(count)]


def test_importing_the_library_loads_nothing_heavy() -> None:
    script = (
        "import sys; from xlplan import open_plan; "
        "print(sorted({'openpyxl', 'pandas', 'xlsxwriter', 'sqlalchemy', 'docx', 'jinja2'} & "
        "sys.modules.keys()))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


NAN = float("nan")
ODD: list[tuple[str, Callable[[MasterPlan], object]]] = [
    ("as_of is 2", lambda plan: plan.frame(2)),  # type: ignore[arg-type]  # wrong on purpose
    ("no point", lambda plan: plan.frame("the day before")),
    ("begins after", lambda plan: plan.frame(date(1999, 1, 1))),
    ("ref is nan", lambda plan: plan.history(NAN)),  # type: ignore[arg-type]  # wrong on purpose
    ("no field 'ragg'", lambda plan: plan.history("2.13", "ragg")),
    ("no field 'ragg'", lambda plan: plan.history(field="ragg")),
    ("without ref", lambda plan: plan.log(field="rag")),  # type: ignore[call-overload]  # wrong on purpose
    ("ref is None", lambda plan: plan.log(None)),  # type: ignore[call-overload]  # wrong on purpose
    ("check is 'no'", lambda plan: plan.leads(check="no")),  # type: ignore[arg-type]  # wrong on purpose
    ("round is 1", lambda plan: plan.status(1)),  # type: ignore[arg-type]  # wrong on purpose
    ("no round called", lambda plan: plan.status("May")),
    ("return_by 'soon'", lambda plan: plan.export(ROUND, "soon")),
    ("return_by '30 Feb 2013'", lambda plan: plan.export(ROUND, "30 Feb 2013")),
    ("return_by is 20130116", lambda plan: plan.export(ROUND, 20130116)),  # type: ignore[arg-type]  # wrong on purpose
    ("return_by is NaT", lambda plan: plan.export(ROUND, pd.NaT)),  # type: ignore[arg-type]  # wrong on purpose
    ("round is None", lambda plan: plan.export(None, "2013-01-16")),  # type: ignore[arg-type]  # wrong on purpose
    ("no name", lambda plan: plan.export(" ", "2013-01-16")),
    ("leads is 3", lambda plan: plan.export(ROUND, "2013-01-16", leads=3)),  # type: ignore[arg-type]  # wrong on purpose
    ("sections is nan", lambda plan: plan.export(ROUND, "2013-01-16", sections=[NAN])),  # type: ignore[list-item]  # wrong on purpose
    ("out is ''", lambda plan: plan.export(ROUND, "2013-01-16", out="")),
    ("no open action", lambda plan: plan.export(ROUND, "2013-01-16", leads="Nobody")),
    ("No round", lambda plan: plan.remind()),
    ("paths is ''", lambda plan: plan.take_in("")),
    ("paths is 7", lambda plan: plan.take_in([7])),  # type: ignore[list-item]  # wrong on purpose
    ("paths is b'x'", lambda plan: plan.take_in(b"x")),  # type: ignore[arg-type]  # wrong on purpose
    ("nowhere.xlsx", lambda plan: plan.take_in("nowhere.xlsx")),
    ("belong together", lambda plan: plan.take_in("nowhere.xlsx", lead="Sue Butcher")),
    ("out is 5", lambda plan: plan.decisions(5)),  # type: ignore[arg-type]  # wrong on purpose
    ("what is 1", lambda plan: plan.decide(1, accept=True)),  # type: ignore[arg-type]  # wrong on purpose
    ("needs an answer", lambda plan: plan.decide("C1")),
    ("one answer", lambda plan: plan.decide("C1", accept=True, take="master")),
    ("C9", lambda plan: plan.decide("C9", accept=True)),
    ("take is 0.5", lambda plan: plan.decide("C1", take=0.5)),  # type: ignore[arg-type]  # wrong on purpose
    ("decline is False", lambda plan: plan.decide("C1", decline=False)),  # type: ignore[arg-type]  # wrong on purpose
    ("nothing.xlsx", lambda plan: plan.decide("nothing.xlsx")),
    ("strict is None", lambda plan: plan.merge(strict=None)),  # type: ignore[arg-type]  # wrong on purpose
    ("since is 1", lambda plan: plan.report(since=1)),  # type: ignore[arg-type]  # wrong on purpose
    ("'.pdf'", lambda plan: plan.report(out="report.pdf")),
    ("as_of is", lambda plan: plan.master(as_of=("r1", "r2"))),  # type: ignore[arg-type]  # wrong on purpose
    ("no revision 99", lambda plan: plan.master(as_of="r99")),
    ("No round", lambda plan: plan.close()),
    ("value is 5", lambda plan: plan.set("2.13", "rag", 5)),  # type: ignore[arg-type]  # wrong on purpose
    ("value is", lambda plan: plan.set("2.13", "due", date(2013, 3, 31))),  # type: ignore[arg-type]  # wrong on purpose
    ("no field", lambda plan: plan.set("2.13", "ragg", "G")),
    ("Purple", lambda plan: plan.set("2.13", "rag", "Purple")),
    ("why", lambda plan: plan.withdraw("2.13", reason="")),
    ("no action 9.99", lambda plan: plan.withdraw("2.13", reason="same", into="9.99")),
    ("into is 2.6", lambda plan: plan.withdraw("2.13", reason="same", into=2.6)),  # type: ignore[arg-type]  # wrong on purpose
    ("No action is named", lambda plan: plan.reassign((), "Sue Butcher")),
    ("to is None", lambda plan: plan.reassign("3.2", None)),  # type: ignore[arg-type]  # wrong on purpose
    ("Nobody", lambda plan: plan.reassign("3.2", "Nobody")),
    ("No round", lambda plan: plan.received("Sue Butcher")),
    ("lead is 4", lambda plan: plan.received(4)),  # type: ignore[arg-type]  # wrong on purpose
    ("what is ''", lambda plan: plan.unstage("")),
    ("Nothing of x", lambda plan: plan.unstage("x")),
    ("revision is '2'", lambda plan: plan.undo("2")),  # type: ignore[arg-type]  # wrong on purpose
    ("revision is True", lambda plan: plan.undo(True)),
    ("Revision 99", lambda plan: plan.undo(99)),
    ("Revision -1", lambda plan: plan.undo(-1)),
    ("toml is None", lambda plan: plan.use_mapping(None)),  # type: ignore[arg-type]  # wrong on purpose
    ("nothing.toml", lambda plan: plan.use_mapping("nothing.toml")),
    ("file is None", lambda plan: plan.backup(None)),  # type: ignore[arg-type]  # wrong on purpose
    ("nothing.db", lambda plan: plan.restore("nothing.db")),
    ("path is 5", lambda _: open_plan(5)),  # type: ignore[arg-type]  # wrong on purpose
    ("by is 5", lambda _: open_plan(by=5)),  # type: ignore[arg-type]  # wrong on purpose
    ("now is", lambda _: open_plan(now=NOW)),  # type: ignore[arg-type]  # wrong on purpose
    ("progress is", lambda _: open_plan(progress="yes")),  # type: ignore[arg-type]  # wrong on purpose
    ("folder is 5", lambda _: open_plan(folder=5)),  # type: ignore[arg-type]  # wrong on purpose
    ("now gives", lambda _: open_plan(now=NOW.date).set("2.13", "rag", "G")),  # type: ignore[arg-type]  # wrong on purpose
    ("workbook is None", lambda _: start_plan(None, path="new.db")),  # type: ignore[arg-type]  # wrong on purpose
    ("no workbook", lambda _: start_plan("nothing.xlsx", path="new.db")),
    ("already", lambda _: start_plan("nothing.xlsx")),
    ("no workbook", lambda _: check_mapping(MAPPING, "nothing.xlsx")),
    ("toml is 1", lambda _: check_mapping(1)),  # type: ignore[arg-type]  # wrong on purpose
    ("no workbook", lambda _: suggest_mapping("nothing.xlsx")),
    ("nothing.db", lambda _: restore_plan("nothing.db")),
    ("folder is 5", lambda _: run_demo(5)),  # type: ignore[arg-type]  # wrong on purpose
]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("untouched")
    start_plan(ROOT / "workbooks" / "walsall-2012.xlsx", MAPPING, folder / "plan.db")
    return folder


@pytest.mark.parametrize(
    ("says", "call"), ODD, ids=[f"{n} {says}" for n, (says, _) in enumerate(ODD)]
)
def test_a_wrong_value_is_refused_in_words_and_nothing_is_done(
    says: str,
    call: Callable[[MasterPlan], object],
    untouched: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(untouched)
    plan = open_plan(by="analyst", now=lambda: NOW)
    before = {path: path.read_bytes() for path in untouched.rglob("*") if path.is_file()}
    with pytest.raises((ValueError, NothingDone), match=re.escape(says)):
        call(plan)
    assert before == {path: path.read_bytes() for path in untouched.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "value",
    [
        "2013-01-16",
        "16 Jan 2013",
        date(2013, 1, 16),
        NOW.replace(day=16),
        pd.Timestamp(2013, 1, 16),
    ],
    ids=repr,
)
def test_a_date_is_a_date_or_text(value: str | date) -> None:
    assert day(value, "return_by") == date(2013, 1, 16)


def test_numbers_and_paths_of_other_libraries_are_taken(tmp_path: Path) -> None:
    assert number(pd.Series([1, 2]).max(), "revision") == 2
    assert places(pd.Series(["a.xlsx", "b.xlsx"]), "paths") == [Path("a.xlsx"), Path("b.xlsx")]
    assert names(pd.Series(["3.2"], dtype="string"), "refs") == ("3.2",)


def test_an_aware_clock_gives_its_own_local_time(plan: MasterPlan, tmp_path: Path) -> None:
    aware = NOW.replace(tzinfo=UTC, microsecond=5)
    open_plan(tmp_path / "plan.db", now=lambda: aware).set("1.10", "due", "May 2013")
    assert plan.log().revisions[-1].at == NOW.isoformat()


def test_a_lost_plan_is_restored(plan: MasterPlan, tmp_path: Path) -> None:
    plan.backup(tmp_path / "copy.db")
    (tmp_path / "plan.db").unlink()
    restored, _ = restore_plan(tmp_path / "copy.db", tmp_path / "plan.db")
    assert len(restored.frame()) == 58


@pytest.mark.parametrize("module", [given, deciding])
def test_the_examples_of_the_docstrings(module: ModuleType) -> None:
    ran = doctest.testmod(module)
    assert (ran.failed, ran.attempted > 0) == (0, True)
