"""Nothing in a file is an authority: an edition is one question, unless the officer said before
that it is theirs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from tests.stories.edition.test_office_edition import (
    SUE,
    TOKEN,
    a_master,
    changes_of,
    column_of,
    edited,
    row_of,
)
from tests.stories.office import Office, codes, rows_of
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.store import Store
from xlplan.workbook.kit.marks import METADATA_SHEET, find_code
from xlplan.workbook.returned.reading import read_returned


def said(rating: str = "G", note: str = "") -> Callable[[Any], None]:
    """An edit of what leads fill in, and of what only the office does."""

    def edit(page: Any) -> None:
        page.cell(row_of(page, "2.13"), column_of(page, "rag")).value = rating
        if note:
            page.cell(row_of(page, "2.14"), column_of(page, "action")).value = note

    return edit


def asked(office: Office, path: Path) -> dict[str, Any]:
    """The one question about a file that was imported as any other."""
    taken = office.take(path, status=1)
    assert taken["changes"] == taken["proposed"] == []
    (question,) = taken["questions"]
    return question


def without_marks(book: openpyxl.Workbook) -> None:
    """As somebody's sheet looks that was copied into a file of their own."""
    book.properties.subject = book.properties.keywords = None
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # openpyxl's types lack it
    for name in list(properties.names):
        del properties[name]
    for name in {METADATA_SHEET} & set(book.sheetnames):
        del book[name]
    for sheet in book:
        for cell in (one for line in sheet for one in line if find_code(str(one.value))):
            cell.value = None


def rating(office: Office) -> Any:
    return office.run("log", "2.13", "rag").document["history"][-1]["new"]


def test_a_file_that_says_it_is_an_edition_is_one_question(walsall: Office) -> None:
    path = edited(a_master(walsall), said(note="Publish it."))
    question = asked(walsall, path)
    assert {
        name: question[name] for name in ("id", "reason", "field", "key", "ref", "base", "master")
    } == {
        "id": "E1",
        "reason": "edition",
        "field": "*",
        "key": None,
        "ref": None,
        "base": None,
        "master": None,
    }
    (candidate,) = question["candidates"]
    assert candidate["lead"]
    assert candidate["file"].endswith("edited.xlsx")
    assert candidate["at"]
    assert question["note"].startswith("2 changes by the office")
    assert "leads fill in: 1; in others: 1." in question["note"]
    assert _questions(walsall) == [question]
    standing = walsall.run("status").document
    assert (standing["waiting"], standing["questions"], standing["proposed"]) == (0, 1, 0)


def test_a_file_of_a_leads_with_the_marks_of_the_master_changes_nothing(walsall: Office) -> None:
    """A lead may save their answers in a copy of the master, or give their own file its marks and
    its rows.
    """
    path = a_master(walsall)
    theirs = walsall.fill(SUE, {"2.13": {"rag": "G", "progress": "Done."}})
    master, book = openpyxl.load_workbook(path), openpyxl.load_workbook(theirs)
    book.properties.subject = master.properties.subject
    book.save(theirs)
    assert read_returned(open_spreadsheet(theirs)).kind == "master"
    copy = edited(path, said("R"), "from a lead.xlsx")
    before = walsall.run("log").document["revisions"]
    for file in (theirs, copy):
        taken = walsall.take(file)
        assert taken["changes"] == taken["proposed"] == []
    assert walsall.merge().document["revision"] is None
    assert walsall.run("log").document["revisions"] == before
    assert rating(walsall) == "A"


def test_an_edition_without_its_marks_is_known_by_its_rows_and_asked_about(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    book = openpyxl.load_workbook(path)
    without_marks(book)
    book.save(path)
    assert read_returned(open_spreadsheet(path)).kind != "master"
    assert asked(walsall, path)["reason"] == "edition"


def test_rows_out_of_a_master_in_a_leads_file_make_it_nobodys_but_the_leads(
    walsall: Office,
) -> None:
    """As many rows of the master as of the lead's own, in a file that lost its marks."""
    a_master(walsall)
    with Store.open(walsall.folder / "plan.db") as store:
        issue = next(one for one in store.issues() if one.kind == "master")
        pasted = [row.token for row in store.rows_of(issue.id)]
    path = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    lines = [row for row in rows_of(path) if row.ref]
    mine = next(row for row in lines if row.ref == "2.13")
    theirs = next(row for row in lines if row.row < mine.row)
    book = openpyxl.load_workbook(path)
    without_marks(book)
    sheet = book[mine.sheet]
    columns = {str(cell.value): cell.column for line in sheet for cell in line if cell.value}
    for row in lines:
        if row is not mine:
            sheet.cell(row.row, columns[TOKEN]).value = pasted[0] if row is theirs else None
            sheet.cell(row.row, columns[f"{TOKEN}2"]).value = None
    book.save(path)
    taken = walsall.take(path)
    assert [file["lead"] for file in taken["files"]] == [SUE]
    assert {source["lead"] for one in taken["changes"] for source in one["sources"]} == {SUE}


def test_accepted_it_is_taken_in_as_the_offices(walsall: Office) -> None:
    path = edited(a_master(walsall), said(note="Publish it."))
    asked(walsall, path)
    ran = walsall.run("decide", "E1", "--accept")
    assert (ran.status, ran.document["open"]) == (0, 0), ran
    assert walsall.run("decisions").document["questions"] == []
    waiting = walsall.run("decisions").document["changes"]
    assert {(one["ref"], one["field"]) for one in waiting} == {("2.13", "rag"), ("2.14", "action")}
    merged = walsall.merge().document
    assert (merged["revision"], merged["open_questions"]) == (2, 0)
    assert rating(walsall) == "G"


def test_accepted_it_is_compared_with_the_plan_as_it_is_by_then(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    asked(walsall, path)
    walsall.run("set", "2.13", "rag", "R")
    ran = walsall.run("decide", "E1", "--accept")
    assert (ran.status, ran.document["open"]) == (1, 1)
    (question,) = walsall.run("decisions").document["questions"]
    assert (question["reason"], question["ref"], question["master"]) == ("both-moved", "2.13", "R")


def test_declined_it_takes_nothing_and_is_not_asked_about_again(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    asked(walsall, path)
    ran = walsall.run("decide", "E1", "--decline", "an old copy")
    assert (ran.status, ran.document["open"]) == (0, 0)
    again = walsall.take(path, status=0)
    assert ([one["status"] for one in again["files"]], again["questions"]) == (["duplicate"], [])
    assert walsall.run("decisions").document["questions"] == []
    assert walsall.merge().document["revision"] is None
    assert changes_of(walsall.take_ours(path, status=0)) == {("2.13", "rag", "G")}


def test_the_same_bytes_are_asked_about_once(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    question = asked(walsall, path)
    shutil.copy(path, path.with_name("again.xlsx"))
    again = walsall.take(path.with_name("again.xlsx"))
    assert [one["status"] for one in again["files"]] == ["duplicate"]
    assert _questions(walsall) == [question]


def test_said_to_be_the_offices_afterwards_it_is_taken_in(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    asked(walsall, path)
    assert changes_of(walsall.take_ours(path, status=0)) == {("2.13", "rag", "G")}
    assert walsall.run("decisions").document["questions"] == []


def test_taken_out_it_is_asked_no_more(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    asked(walsall, path)
    assert walsall.run("unstage", path.name).status == 0
    assert walsall.run("decisions").document["questions"] == []
    assert asked(walsall, path)["id"] == "E1"


def test_merges_undo_and_the_end_of_the_round_leave_the_question_open(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    question = asked(walsall, path)
    walsall.take(walsall.fill(SUE, {"2.13": {"progress": "Nearly."}}))
    assert walsall.run("merge", "--strict").document["revision"] is None
    merged = walsall.merge()
    assert (merged.status, merged.document["revision"], merged.document["open_questions"]) == (
        1,
        2,
        1,
    )
    assert [one["field"] for one in merged.document["changes"]] == ["progress"]
    walsall.run("undo")
    walsall.run("close")
    assert _questions(walsall) == [question]
    walsall.run("decide", "E1", "--accept")
    walsall.merge()
    assert rating(walsall) == "G"


def test_the_decisions_workbook_and_the_report_ask_and_tell(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    asked(walsall, path)
    walsall.run("decisions", "--out", "decisions.xlsx")
    book = openpyxl.load_workbook("decisions.xlsx")
    sheet = book["Decisions"]
    (row,) = [cell.row for line in sheet for cell in line if cell.value == "E1"]
    choice = next(cell for line in sheet for cell in line if cell.value == "Your decision").column
    shown = " ".join(str(cell.value) for cell in sheet[row])
    assert "edited.xlsx" in shown
    assert "1 change by the office" in shown
    sheet.cell(row, choice).value = "Accept"
    book.save("decisions.xlsx")
    ran = walsall.run("decide", "decisions.xlsx")
    assert [(one["id"], one["choice"]) for one in ran.document["decisions"]] == [
        ("E1", "accept")
    ], ran
    report = walsall.run("merge").document["reports"][0]
    assert any(
        cell.value == "E1"
        for page in openpyxl.load_workbook(report)
        for line in page
        for cell in line
    )


def test_an_edition_takes_a_yes_or_a_no(walsall: Office) -> None:
    asked(walsall, edited(a_master(walsall), said()))
    ran = walsall.run("decide", "E1", "--take", "master")
    assert ran.status == 2
    assert "decline" in ran.complaint
    assert len(walsall.run("decisions").document["questions"]) == 1


def test_an_unedited_copy_says_nothing_even_of_what_the_office_changed(walsall: Office) -> None:
    """The copy shows the rating as it was before: nobody has said that the office takes its change
    back.
    """
    path = a_master(walsall)
    walsall.take_ours(edited(path, said()), status=0)
    book = openpyxl.load_workbook(path)
    book.save(path.with_name("copy.xlsx"))
    taken = walsall.take(path.with_name("copy.xlsx"), status=0)
    assert ([one["status"] for one in taken["files"]], taken["questions"]) == (["unchanged"], [])
    walsall.merge()
    assert rating(walsall) == "G"


def test_a_copy_of_what_the_plan_has_already_asks_nothing(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    walsall.take_ours(path, status=0)
    walsall.merge()
    openpyxl.load_workbook(path).save(path.with_name("copy.xlsx"))
    taken = walsall.take(path.with_name("copy.xlsx"), status=0)
    assert [one["status"] for one in taken["files"]] == ["unchanged"]
    assert "edition-asked" not in codes(taken)


def test_a_trial_asks_and_keeps_nothing(walsall: Office) -> None:
    path = edited(a_master(walsall), said())
    ran = walsall.run("import", "--check", path)
    assert (ran.status, [one["reason"] for one in ran.document["questions"]]) == (1, ["edition"])
    assert walsall.run("decisions").document["questions"] == []


def _questions(office: Office) -> list[dict[str, Any]]:
    """What is asked, as an import tells it: without the answers that are offered."""
    asked = office.run("decisions").document["questions"]
    return [{name: said for name, said in one.items() if name != "answers"} for one in asked]
