"""The library: the same use cases as the commands, and frames that an analyst can reckon with."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from tests.stories.office import ROOT, rows_of, type_into
from xlplan import MasterPlan, NothingDone, open_plan, start_plan
from xlplan.store import NoPlan

ROUND = "January Board"
NOW = datetime(2013, 1, 10, 9, 0)


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


def test_every_command_has_its_method() -> None:
    from xlplan.cli.main import tree
    from xlplan.cli.usage import commands

    elsewhere = {"demo", "init", "import", "mapping check", "mapping use", "mapping suggest"}
    wanted = {name.removeprefix("xlplan ") for name, _ in commands(tree())} - elsewhere
    missing = {name for name in wanted if not hasattr(MasterPlan, name)}
    assert missing == set()


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
