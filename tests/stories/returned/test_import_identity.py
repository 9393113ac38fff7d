"""Whose return it is, and which row an answer belongs to: bare copies, pasted rows, sorted answers,
old workbooks.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.office import ROUND, Office, codes, rows_of, type_into
from tests.stories.returns.draft import stamp

SUE, ROSE, PAUL, GRAHAM = "Sue Butcher", "Rose Collinson", "Paul Sheehan", "Graham Reiter"


def a_bare_copy(office: Office, answers: dict[str, str], *, name: str = "bare.csv") -> Path:
    """What somebody typed into a table of their own: refs, actions and ratings under our headings,
    no mark of ours.
    """
    rows = {row.ref: row for row in rows_of(office.sent[SUE])}
    path = office.folder / name
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Action No.", "Action", "RAG", "Review note"])
        for ref, said in answers.items():
            action = rows[ref].cells["action"].as_text if ref in rows else "Another"
            writer.writerow([ref, action, "", said])
    return path


def cell(book: Any, path: Path, ref: str, column: str) -> Any:
    row = {one.ref: one for one in rows_of(path)}[ref]
    return book[row.sheet][row.cells[column].name]


def changes(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(one["ref"], one["field"], one["new"]) for one in document["changes"]}


def test_a_bare_copy_is_refused_until_the_officer_says_whose_it_is(walsall: Office) -> None:
    walsall.export()
    path = a_bare_copy(walsall, {"2.13": "Two posts are filled.", "2.10": "It is booked."})
    taken = walsall.take(path, status=1)
    assert codes(taken) == ["file-other-plan"]
    assert "export again" in taken["findings"][0]["hint"], (
        "the codes of its rows are known to no command"
    )
    taken = walsall.run("import", path, "--lead", SUE.lower(), "--round", ROUND).document
    assert changes(taken) == {
        ("2.13", "progress", "Two posts are filled."),
        ("2.10", "progress", "It is booked."),
    }
    assert "matched-by-ref" in codes(taken)
    (file,) = taken["files"]
    assert (file["lead"], file["round"], file["status"], file["rows"]["changed"]) == (
        SUE,
        ROUND,
        "waiting",
        2,
    )


def a_table_of_their_own(office: Office, *rows: tuple[Any, ...]) -> dict[str, Any]:
    """What an import gives of a table that Sue made herself in Excel, with these rows: ref, action,
    note.
    """
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Action No.", "Action", "Review note"])
    for row in rows:
        page.append(row)
    path = office.folder / "of my own.xlsx"
    book.save(path)
    return office.run("import", path, "--lead", SUE, "--round", ROUND).document


@pytest.mark.parametrize("ref", ["2.1", 2.1], ids=["text", "number"])
def test_a_ref_of_another_action_is_never_one_of_the_leads_own(
    walsall: Office, ref: str | float
) -> None:
    """2.1 is another lead's action, and 2.10 is Sue's: whatever her table says beside it, 2.1 is
    2.1.
    """
    walsall.export()
    words = rows_of(walsall.sent[SUE])[walsall.refs(SUE).index("2.10")].cells["action"].as_text
    taken = a_table_of_their_own(walsall, (ref, words, "It is booked."), ("2.13", None, "Filled."))
    assert changes(taken) == {("2.13", "progress", "Filled.")}
    assert [one["value"] for one in taken["findings"] if one["code"] == "row-not-sent"] == ["2.1"]
    assert [one["value"] for one in taken["findings"] if one["code"] == "answer-refused"] == [
        "It is booked."
    ]


def test_a_number_that_is_no_action_s_ref_lost_its_zero_and_is_told(walsall: Office) -> None:
    walsall.run("set", "2.1", "ref", "2.99")
    walsall.export()
    taken = a_table_of_their_own(walsall, (2.1, None, "It is booked."))
    assert changes(taken) == {("2.10", "progress", "It is booked.")}
    assert [
        (one["ref"], one["value"]) for one in taken["findings"] if one["code"] == "ref-shortened"
    ] == [("2.10", "2.1")]


def test_a_number_that_may_mean_two_actions_is_told_by_the_actions_words(walsall: Office) -> None:
    walsall.run("reassign", "2.1", "--to", SUE)
    walsall.export()
    words = rows_of(walsall.sent[SUE])[walsall.refs(SUE).index("2.10")].cells["action"].as_text
    taken = a_table_of_their_own(
        walsall, (2.1, words, "It is booked."), (2.1, "Something else", "Done")
    )
    assert changes(taken) == {("2.10", "progress", "It is booked.")}
    assert "row-ref-unclear" in codes(taken)


def test_what_the_officer_says_never_outvotes_the_file(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R"}})
    taken = walsall.run("import", back, "--lead", PAUL, "--round", ROUND).document
    assert taken["files"][0]["lead"] == SUE
    assert "claim-differs" in codes(taken)


def test_lead_and_round_belong_together_and_must_be_known(walsall: Office) -> None:
    walsall.export()
    path = a_bare_copy(walsall, {"2.13": "Filled."})
    assert walsall.run("import", path, "--lead", SUE).status == 2
    assert walsall.run("import", path, "--lead", "Nobody", "--round", ROUND).status == 2
    assert walsall.run("import", path, "--lead", SUE, "--round", "March").status == 2


def test_a_workbook_without_its_table_is_no_nil_return(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {})
    book = openpyxl.load_workbook(back)
    book["Update"].delete_rows(1, book["Update"].max_row)
    book.save(back)
    taken = walsall.take(back, status=1)
    assert codes(taken) == ["table-not-found"]
    assert taken["files"][0]["status"] == "refused"


def sorted_apart(office: Office, one: str, other: str) -> Path:
    """Two rows of Sue's with their answers changed round, the hidden copy of the code with them."""
    back = office.fill(
        SUE, {one: {"rag": "R", "progress": "First."}, other: {"progress": "Second."}}
    )
    book = openpyxl.load_workbook(back)
    for column in ("rag", "progress", "due", "due_reason", "evidence", "no_change", "token2"):
        left, right = cell(book, back, one, column), cell(book, back, other, column)
        left.value, right.value = right.value, left.value
    book.save(back)
    return back


def test_answers_sorted_apart_from_their_rows_wait_and_go_home_when_the_officer_says_so(
    walsall: Office,
) -> None:
    walsall.export()
    taken = walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    assert taken["changes"] == []
    assert taken["files"][0]["rows"]["held"] == 2
    (question,) = taken["questions"]
    assert (question["reason"], question["field"]) == ("detached", "*")
    assert [(one["on"], one["to"], one["values"]) for one in question["candidates"]] == [
        ("2.12", "2.13", {"rag": "R", "progress": "First."}),
        ("2.13", "2.12", {"progress": "Second."}),
    ]
    assert question["note"] == (
        f"Sorted apart: back from {SUE}.xlsx. "
        "The mended order: what stands on 2.12 belongs to 2.13; what stands on 2.13 belongs to "
        "2.12."
    )
    assert taken["files"][0]["questions"] == 1
    assert walsall.run("decide", question["id"], "--accept").document["findings"] == []
    merged = walsall.merge()
    assert changes(merged.document) == {
        ("2.13", "rag", "R"),
        ("2.13", "progress", "First."),
        ("2.12", "progress", "Second."),
    }
    assert merged.document["open_questions"] == 0


def test_a_mended_order_that_is_wrong_changes_nothing(walsall: Office) -> None:
    walsall.export()
    taken = walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    for question in taken["questions"]:
        walsall.run("decide", question["id"], "--take", "master")
    assert walsall.merge().document["changes"] == []


def test_answers_whose_code_is_lost_wait(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R", "token2": "t123456789012345678901234"}})
    taken = walsall.take(back, status=1)
    assert "row-code-lost" in codes(taken)
    assert taken["changes"] == []
    (question,) = taken["questions"]
    assert (question["ref"], question["reason"]) == ("2.13", "detached")
    walsall.run("decide", question["id"], "--accept")
    assert changes(walsall.merge().document) == {("2.13", "rag", "R")}


def test_a_joint_row_pasted_from_a_colleagues_workbook_is_an_answer_and_said(
    walsall: Office,
) -> None:
    walsall.export()
    back = walsall.fill(ROSE, {"2.18": {"rag": "G"}})
    theirs = {row.ref: row for row in rows_of(walsall.sent[SUE])}["2.17"]
    book = openpyxl.load_workbook(back)
    for column in ("token", "token2"):
        cell(book, back, "2.17", column).value = theirs.token
    mine = {row.ref: row for row in rows_of(back)}["2.17"]
    book["Update"][mine.cells["rag"].name].value = "A"
    book.save(back)
    taken = walsall.take(back)
    assert "row-pasted" in codes(taken)
    assert changes(taken) == {("2.18", "rag", "G"), ("2.17", "rag", "A")}
    assert taken["files"][0]["lead"] == ROSE


def test_rows_pasted_over_all_of_a_workbook_do_not_make_it_a_colleagues(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill("Helen Dudson", {})
    theirs = {row.ref: row for row in rows_of(walsall.sent[SUE])}["2.13"]
    book = openpyxl.load_workbook(back)
    for column in ("token", "token2", "ref"):
        cell(book, back, "2.5", column).value = "2.13" if column == "ref" else theirs.token
        book.save(back) if column == "ref" else None
    taken = walsall.take(back, status=1)
    assert (taken["files"][0]["lead"], taken["files"][0]["rows"]["refused"]) == ("Helen Dudson", 1)
    assert "row-not-theirs" in codes(taken)


def test_last_rounds_workbook_filled_in_again_answers_the_open_round(walsall: Office) -> None:
    walsall.export()
    old = walsall.sent[SUE]
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="january.xlsx"))
    walsall.merge()
    walsall.export("February Board")
    walsall.sent[SUE] = old
    taken = walsall.take(walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="again.xlsx"))
    assert codes(taken) == ["file-superseded", "round-answered"]
    assert taken["files"][0]["round"] == "February Board"
    assert [(one["old"], one["new"]) for one in taken["changes"]] == [("R", "G")]
    standing = {one["lead"]: one["status"] for one in walsall.run("status").document["leads"]}
    assert standing[SUE] == "returned"


def test_an_older_draft_and_the_same_answers_saved_again_answer_no_other_round(
    walsall: Office,
) -> None:
    walsall.export()
    old = walsall.sent[SUE]
    draft = walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="draft.xlsx")
    stamp(draft, "2013-01-10T12:00:00Z")
    first = walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="january.xlsx")
    stamp(first, "2013-01-11T12:00:00Z")
    walsall.take(first)
    walsall.merge()
    walsall.export("February Board")
    walsall.sent[SUE] = old
    again = walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="again.xlsx")
    stamp(again, "2013-02-10T12:00:00Z")
    taken = walsall.take(draft, again)
    assert {"answers-again", "round-closed"} <= set(codes(taken))
    assert [one["round"] for one in taken["files"]] == [ROUND, ROUND]
    assert (taken["changes"], taken["questions"]) == ([], [])
    standing = {one["lead"]: one["status"] for one in walsall.run("status").document["leads"]}
    assert standing[SUE] == "outstanding"


def test_a_late_first_answer_stays_with_its_own_round(walsall: Office) -> None:
    walsall.export()
    late = walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="late.xlsx")
    walsall.export("February Board")
    taken = walsall.take(late)
    assert codes(taken) == ["round-closed"]
    assert taken["files"][0]["round"] == ROUND


def test_a_late_answer_that_the_plan_has_already_is_told_and_counts_as_unchanged(
    walsall: Office,
) -> None:
    walsall.export()
    late = walsall.fill(ROSE, {"2.17": {"rag": "G"}}, name="late.xlsx")
    walsall.take(walsall.fill(SUE, {"2.17": {"rag": "G"}}))
    walsall.merge()
    taken = walsall.take(late, status=0)
    assert codes(taken) == ["cell-agrees"]
    assert taken["files"][0]["rows"]["unchanged"] == taken["files"][0]["rows"]["read"]
    assert taken["changes"] == []


def test_a_newer_workbook_sent_back_untouched_takes_the_earlier_answer_back(
    walsall: Office,
) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="first.xlsx"))
    taken = walsall.take(walsall.fill(SUE, {}, name="second.xlsx"))
    assert [(one["ref"], one["reason"]) for one in taken["questions"]] == [("2.13", "taken-back")]


def test_an_answer_decided_before_is_told_when_it_comes_again(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.17": {"rag": "G"}}))
    (question,) = walsall.take(walsall.fill(ROSE, {"2.17": {"rag": "A"}}))["questions"]
    walsall.run("decide", question["id"], "--take", SUE)
    walsall.merge()
    again = walsall.fill(ROSE, {"2.17": {"rag": "A"}}, name="again.xlsx")
    type_into(again, {"2.18": {"rag": "G"}})
    taken = walsall.take(again)
    places = [
        one["code"] for one in taken["findings"] if (one["ref"], one["field"]) == ("2.17", "rag")
    ]
    places += [one["reason"] for one in taken["questions"] if one["ref"] == "2.17"]
    assert len(places) == 1


def test_a_refused_file_that_comes_twice_in_one_import_is_a_duplicate(walsall: Office) -> None:
    walsall.export()
    stray = walsall.folder / "stray.csv"
    stray.write_text("A,B\n1,2\n", encoding="utf-8")
    copied = walsall.folder / "zz stray.csv"
    copied.write_bytes(stray.read_bytes())
    assert [one["status"] for one in walsall.take(stray, copied)["files"]] == [
        "refused",
        "duplicate",
    ]
    assert [one["status"] for one in walsall.take(copied)["files"]] == ["refused"]


def test_one_table_of_two_joint_leads_is_taken_in_for_each(walsall: Office) -> None:
    walsall.export()
    path = a_bare_copy(walsall, {"2.17": "Both posts are filled."})
    for lead in (SUE, ROSE):
        (file,) = walsall.run("import", path, "--lead", lead, "--round", ROUND).document["files"]
        assert (file["lead"], file["status"], file["changes"]) == (lead, "waiting", 1)
    (again,) = walsall.run("import", path, "--lead", ROSE, "--round", ROUND).document["files"]
    assert again["status"] == "duplicate"
    (change,) = walsall.merge().document["changes"]
    assert {one["lead"] for one in change["sources"]} == {SUE, ROSE}
