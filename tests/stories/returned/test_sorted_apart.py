"""Answers sorted apart from their rows, by real files: one yes or no a file, and what may come
beside it.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.stories.decisions.test_decisions import fill_line
from tests.stories.office import Office, codes, rows_of, type_into
from tests.stories.returned.test_import_identity import cell, changes, sorted_apart
from xlplan.cli.main import run

SUE, ROSE = "Sue Butcher", "Rose Collinson"
INPUTS = ("rag", "progress", "due", "due_reason", "evidence", "no_change", "token2")


def turned(
    office: Office, refs: list[str], answers: dict[str, dict[str, str]], *, name: str = ""
) -> Path:
    """Sue's answers with the inputs of these rows moved on by one row each, the copy of the code
    with them.
    """
    back = office.fill(SUE, answers, name=name)
    book = openpyxl.load_workbook(back)
    for column in INPUTS:
        cells = [cell(book, back, ref, column) for ref in refs]
        values = [one.value for one in cells]
        for one, value in zip(cells, [values[-1], *values[:-1]], strict=True):
            one.value = value
    book.save(back)
    return back


def test_the_officer_reads_which_answers_go_where(walsall: Office) -> None:
    walsall.export()
    walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    walsall.capsys.readouterr()
    run(["decisions"])
    said = walsall.capsys.readouterr().out
    assert f"back from {SUE}.xlsx\n  C1  *: the answers were sorted apart from their rows" in said
    assert f"{SUE} (Update!J15): for 2.13, on the row of 2.12 – rag: R; progress: First." in said


def test_the_decisions_workbook_asks_for_one_yes_or_no(walsall: Office) -> None:
    walsall.export()
    answers = {ref: {"progress": f"Of {ref}."} for ref in ("2.9", "2.12", "2.13")}
    walsall.take(turned(walsall, ["2.9", "2.12", "2.13"], answers), status=1)
    path = walsall.folder / "decisions.xlsx"
    walsall.run("decisions", "--out", path)
    page = openpyxl.load_workbook(path)["Decisions"]
    (line,) = [
        [str(one.value) for one in row if one.value]
        for row in page.iter_rows(min_row=6)
        if str(row[1].value).startswith("C")
    ]
    told = "\n".join(line)
    assert "3 rows" in line
    assert "for 2.12, on the row of 2.13 – Progress this period Of 2.12." in told
    fill_line(path, "Decisions", "C1", choice="Put the answers back in their rows")
    assert [one["choice"] for one in walsall.run("decide", path).document["decisions"]] == [
        "accept"
    ]
    assert changes(walsall.merge().document) == {(ref, "progress", f"Of {ref}.") for ref in answers}


def test_left_out_they_stay_on_record_and_are_not_asked_again(walsall: Office) -> None:
    walsall.export()
    walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    walsall.run("decide", "C1", "--decline", "she will send it again")
    assert walsall.merge().document["changes"] == []
    assert walsall.run("decisions").document["questions"] == []
    left = walsall.run("log", "2.13").document["not_taken"]
    assert {(one["field"], one["value"]) for one in left} == {("rag", "R"), ("progress", "First.")}
    assert {one["reason"] for one in left} == {"decided by officer: she will send it again"}
    again = sorted_apart(walsall, "2.13", "2.12")
    again = again.rename(again.with_name("again.xlsx"))
    type_into(again, {"2.13": {"action": "Saved again, and so another file."}})
    taken = walsall.take(again)
    assert (taken["questions"], taken["changes"]) == ([], [])
    assert codes(taken).count("cell-decided") == 3


def test_the_answer_holds_for_the_same_contents_and_is_void_when_one_value_moves(
    walsall: Office,
) -> None:
    walsall.export()
    walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    walsall.run("decide", "C1", "--accept")
    again = sorted_apart(walsall, "2.13", "2.12")
    again = again.rename(again.with_name("again.xlsx"))
    type_into(again, {"2.13": {"action": "Saved again, and so another file."}})
    taken = walsall.take(again)
    assert taken["questions"] == []
    assert taken["files"][0]["rows"]["changed"] == 2
    type_into(again, {"2.13": {"progress": "Another word."}})
    (question,) = walsall.take(again.rename(again.with_name("moved.xlsx")))["questions"]
    assert question["reason"] == "detached"
    assert walsall.merge().document["open_questions"] == 1


def test_a_newer_return_in_the_right_order_needs_no_answer(walsall: Office) -> None:
    walsall.export()
    walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    right = {"2.13": {"rag": "R", "progress": "First, and more."}, "2.12": {"progress": "Second."}}
    taken = walsall.take(walsall.fill(SUE, right, name="right.xlsx"))
    assert taken["questions"] == []
    assert [(one["ref"], one["field"], one["value"]) for one in taken["superseded"]] == [
        ("2.13", "progress", "First.")
    ]
    merged = walsall.merge().document
    assert changes(merged) == {
        (ref, name, text) for ref, said in right.items() for name, text in said.items()
    }
    assert merged["open_questions"] == 0


@pytest.mark.parametrize("merged", [False, True])
def test_what_a_newer_sorted_file_takes_back_or_says_anew_waits_with_it(
    walsall: Office, merged: bool
) -> None:
    walsall.export()
    first = {"2.13": {"rag": "G", "evidence": "A count."}, "2.12": {"progress": "Second."}}
    walsall.take(walsall.fill(SUE, first, name="first.xlsx"))
    if merged:
        walsall.merge()
    taken = walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    asked = {(one["ref"], one["field"], one["reason"]) for one in taken["questions"]}
    assert asked == {("2.12", "*", "detached"), ("2.13", "evidence", "taken-back")}
    assert taken["changes"] == []
    if not merged:
        assert [(one["ref"], one["field"], one["value"]) for one in taken["superseded"]] == [
            ("2.13", "rag", "G")
        ]
    back, apart = sorted(taken["questions"], key=lambda one: one["field"] == "*")
    walsall.run("decide", apart["id"], "--accept")
    walsall.run("decide", back["id"], "--take", SUE if merged else "master")
    now = {(one["ref"], one["field"], one["new"]) for one in walsall.merge().document["changes"]}
    new = {("2.13", "rag", "R"), ("2.13", "progress", "First.")}
    assert now == new | {("2.13", "evidence", None) if merged else ("2.12", "progress", "Second.")}
    assert walsall.run("decisions").document["questions"] == []


def test_put_back_they_are_compared_with_what_others_say(walsall: Office) -> None:
    walsall.export()
    back = turned(
        walsall,
        ["2.17", "2.13"],
        {"2.17": {"rag": "G"}, "2.13": {"rag": "G", "evidence": "A count."}},
    )
    taken = walsall.take(
        back, walsall.fill(ROSE, {"2.17": {"rag": "R", "progress": "No."}}), status=1
    )
    (question,) = taken["questions"]
    assert {(one["ref"], one["field"]) for one in taken["changes"]} == {
        ("2.17", "rag"),
        ("2.17", "progress"),
    }
    walsall.run("decide", question["id"], "--accept")
    (conflict,) = walsall.run("decisions").document["questions"]
    assert (conflict["ref"], conflict["field"], conflict["reason"]) == (
        "2.17",
        "rag",
        "leads-disagree",
    )
    merged = walsall.merge().document
    assert {(one["ref"], one["field"]) for one in merged["changes"]} == {
        ("2.17", "progress"),
        ("2.13", "rag"),
        ("2.13", "evidence"),
    }
    (still,) = walsall.run("decisions").document["questions"]
    assert (still["ref"], still["field"], still["reason"]) == ("2.17", "rag", "leads-disagree")


def test_an_open_question_lets_the_rest_merge_and_waits_with_every_row(walsall: Office) -> None:
    walsall.export()
    back = turned(
        walsall,
        ["2.13", "2.12"],
        {"2.13": {"rag": "G"}, "2.12": {"progress": "Slow."}, "2.9": {"rag": "A"}},
    )
    walsall.take(back, walsall.fill(ROSE, {"2.18": {"rag": "G"}}))
    assert walsall.merge().document["open_questions"] == 1
    (question,) = walsall.run("decisions").document["questions"]
    assert [(one["on"], one["to"]) for one in question["candidates"]] == [
        ("2.12", "2.13"),
        ("2.13", "2.12"),
    ]
    walsall.run("decide", question["id"], "--accept")
    assert changes(walsall.merge().document) == {
        ("2.13", "rag", "G"),
        ("2.12", "progress", "Slow."),
    }


def test_a_merge_taken_back_waits_again_and_is_merged_by_the_same_answer(walsall: Office) -> None:
    walsall.export()
    walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    walsall.run("decide", "C1", "--accept")
    first = changes(walsall.merge().document)
    walsall.run("undo")
    assert walsall.run("status").document["waiting"] > 0
    again = walsall.merge().document
    assert (changes(again), again["open_questions"]) == (first, 0)


def test_merged_answers_of_a_sorted_file_are_the_leads_own_earlier_word(walsall: Office) -> None:
    walsall.export()
    walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    walsall.run("decide", "C1", "--accept")
    walsall.merge()
    right = {"2.13": {"rag": "R", "progress": "More."}, "2.12": {"progress": "Second."}}
    taken = walsall.take(walsall.fill(SUE, right, name="right.xlsx"))
    assert taken["questions"] == []
    assert changes(taken) == {("2.13", "progress", "More.")}


def test_a_block_of_answers_copied_over_other_rows_is_no_sort(walsall: Office) -> None:
    """The code of 2.13 stands on three rows, and 2.12 has lost its own: nothing tells that they
    belong elsewhere.
    """
    walsall.export()
    back = walsall.fill(SUE, {ref: {"progress": "The same."} for ref in ("2.13", "2.9", "2.8")})
    book = openpyxl.load_workbook(back)
    for ref in ("2.9", "2.8"):
        cell(book, back, ref, "token2").value = cell(book, back, "2.13", "token2").value
    book.save(back)
    taken = walsall.take(back, status=1)
    assert changes(taken) == {("2.13", "progress", "The same.")}
    (question,) = taken["questions"]
    assert [(one["on"], one["to"]) for one in question["candidates"]] == [
        ("2.8", "2.8"),
        ("2.9", "2.9"),
    ]
    walsall.run("decide", question["id"], "--accept")
    assert ("2.8", "progress", "The same.") in changes(walsall.merge().document)


def test_a_sort_that_brings_in_a_row_the_lead_was_never_given_goes_nowhere_by_itself(
    walsall: Office,
) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G", "progress": "Begun."}})
    theirs = next(
        row for row in rows_of(walsall.sent["Helen Dudson"]) if row.ref not in walsall.refs(SUE)
    )
    type_into(back, {"2.13": {"token2": theirs.token}})
    taken = walsall.take(back, status=1)
    assert taken["changes"] == []
    (question,) = taken["questions"]
    assert [(one["on"], one["to"]) for one in question["candidates"]] == [("2.13", "2.13")]


def test_two_files_of_one_name_are_told_apart(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="back.xlsx"))
    taken = walsall.take(walsall.fill(ROSE, {"2.18": {"rag": "G"}}, name="back.xlsx"))
    assert changes(taken) == {("2.18", "rag", "G")}
    assert taken["files"][0]["changes"] == 1
