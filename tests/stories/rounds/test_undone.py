"""What undo leaves behind: older merges, questions, points of the history, the sheet of history."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.stories.office import Office
from tests.stories.rounds.test_memory import values
from tests.stories.rounds.test_points import rating_in
from xlplan.store import Store

SUE = "Sue Butcher"


def answered(office: Office, ref: str, rating: str, name: str, lead: str = SUE) -> int:
    """A lead's rating, merged: the revision."""
    office.take(
        office.fill(lead, {ref: {"rag": rating, "progress": f"{name}."}}, name=f"{name}.xlsx"),
        status=0,
    )
    return int(office.merge().document["revision"])


def test_an_older_merge_is_taken_back_where_nothing_later_touched_its_cells(
    walsall: Office,
) -> None:
    walsall.export()
    older = answered(walsall, "2.13", "R", "one")
    answered(walsall, "2.17", "G", "two", "Rose Collinson")
    later = values(walsall)
    assert walsall.run("undo", str(older)).document["undone"] == older
    assert walsall.run("log", "2.13", "rag").document["history"][-1]["new"] == "A"
    assert walsall.run("log", "2.17", "rag").document["history"][-1]["new"] == "G"
    again = walsall.merge().document
    assert {(one["ref"], one["field"]) for one in again["changes"]} == {
        ("2.13", "rag"),
        ("2.13", "progress"),
    }
    assert values(walsall) == later


def test_a_merge_that_stands_again_has_answered_its_questions_again(walsall: Office) -> None:
    walsall.export()
    walsall.run("set", "2.13", "rag", "G")
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "R", "progress": "Over."}}))
    (question,) = walsall.run("decisions").document["questions"]
    walsall.run("decide", question["id"], "--take", SUE)
    merged = walsall.merge().document["revision"]
    after = values(walsall)
    undone = walsall.run("undo", str(merged)).document["revision"]
    walsall.run("undo", str(undone))
    assert values(walsall) == after
    with Store.open(walsall.folder / "plan.db") as store:
        assert store.question_ids() == {}
    assert walsall.run("status").document["questions"] == 0
    assert walsall.merge().document["revision"] is None


def test_the_papers_of_what_was_undone_say_so_until_it_stands_again(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill("Rose Collinson", {"2.17": {"rag": "G"}}))
    merged = walsall.run("merge").document
    walsall.run("report", "--out", "own.html")
    walsall.run("master", "--out", "own.xlsx")
    ours = [merged["master"], *merged["reports"]]
    undone = walsall.run("undo")
    marked = [str(Path(path).with_name(f"UNDONE {Path(path).name}")) for path in ours]
    assert (undone.status, undone.document["papers"]) == (0, marked)
    assert undone.document["not_marked"] == []
    for path, old in zip(marked, ours, strict=True):
        assert (walsall.folder / path).is_file()
        assert not (walsall.folder / old).exists()
    assert {"own.html", "own.xlsx"} <= {path.name for path in walsall.folder.iterdir()}
    as_of = walsall.run("master", "--as-of", "r2", "--out", "then.xlsx").document["as_of"]
    assert as_of == "revision 2, taken back since"
    # What is merged anew gets papers of its own; what stands again has its old ones.
    again = walsall.run("merge").document
    walsall.run("undo")
    assert walsall.run("undo", str(undone.document["revision"])).document["papers"] == ours
    for path in ours:
        assert (walsall.folder / path).is_file()
    assert not (walsall.folder / again["master"]).exists()


def undone_once(office: Office) -> None:
    """r2 makes 2.13 red, r3 takes that back."""
    office.export()
    assert answered(office, "2.13", "R", "one") == 2
    assert office.run("undo").document["revision"] == 3


@pytest.mark.parametrize(("when", "rating"), [("r1", "A"), ("r2", "R"), ("r3", "A")])
def test_the_master_as_of_a_revision_that_was_undone(
    walsall: Office, when: str, rating: str
) -> None:
    undone_once(walsall)
    walsall.run("master", "--as-of", when, "--out", "then.xlsx")
    assert rating_in(walsall.folder / "then.xlsx") == rating


@pytest.mark.parametrize(
    ("since", "until", "moved"),
    [("init", "r2", [("A", "R")]), ("r2", "r3", [("R", "A")]), ("init", "r3", [])],
)
def test_the_report_over_a_revision_that_was_undone(
    walsall: Office, since: str, until: str, moved: list[tuple[str, str]]
) -> None:
    undone_once(walsall)
    walsall.run("report", "--since", since, "--until", until, "--out", "told.json")
    told = json.loads((walsall.folder / "told.json").read_text(encoding="utf-8"))
    assert [
        (one["previous"], one["current"]) for one in told["movements"] if one["ref"] == "2.13"
    ] == moved


def history_in(path: Path, ref: str) -> list[list[str]]:
    """The lines about an action on the sheet of history."""
    book = openpyxl.load_workbook(path)
    if "History" not in book.sheetnames:
        return []
    lines = [[str(cell.value or "") for cell in row] for row in book["History"].iter_rows()]
    return [line for line in lines if ref in line]


def test_the_sheet_of_history_says_every_value_up_to_its_point(walsall: Office) -> None:
    undone_once(walsall)

    def ratings(*more: str) -> list[str]:
        walsall.run("master", "--out", "m.xlsx", *more)
        rows = history_in(walsall.folder / "m.xlsx", "2.13")
        return [cell for row in rows for cell in row if cell in {"R", "A", "G"}]

    assert ratings("--history") == ["A", "R", "A"]
    assert ratings("--history", "--as-of", "r2") == ["A", "R"]
    assert ratings() == []
