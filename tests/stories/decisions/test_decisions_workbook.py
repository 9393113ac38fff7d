"""What an officer may write into the decisions workbook that cannot be carried out: it is told, and
nothing is lost.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.stories.decisions.test_decisions import (
    GRAHAM,
    ROSE,
    SUE,
    a_proposal,
    disputed,
    fill_line,
    rating_of,
)
from tests.stories.office import Office, codes


def told(document: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    """Each finding by code, sheet, column of its cell and value."""
    return {
        (one["code"], one["sheet"], one["cell"][:1], one["value"]) for one in document["findings"]
    }


def proposed(office: Office) -> Path:
    """A decisions workbook with Graham's proposal, P1."""
    office.export()
    office.take(a_proposal(office, "Recruit a virtual school head"), status=1)
    path = office.folder / "decisions.xlsx"
    office.run("decisions", "--out", path)
    return path


@pytest.mark.parametrize("choice", [f"Take {SUE}", "Keep master", "Ask the leads"])
def test_an_answer_beside_another_value_is_not_carried_out(walsall: Office, choice: str) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice=choice, value="R", why="the audit")
    fill_line(path, "Waiting changes", "W1", choice="Accept")
    decided = walsall.run("decide", path)
    assert decided.status == 1
    assert [one["id"] for one in decided.document["decisions"]] == ["W1"]
    assert told(decided.document) == {
        ("decision-beside", "Decisions", "K", "R"),
        ("decision-left", "Decisions", "L", "the audit"),
    }
    found = decided.document["findings"][0]
    assert f"'{choice}'" in found["message"]
    assert "'Another value'" in found["hint"]
    assert [one["id"] for one in walsall.run("decisions").document["questions"]] == ["C1"]


def test_a_waiting_change_accepted_beside_another_value_is_told(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Waiting changes", "W1", choice="Accept", value="R")
    decided = walsall.run("decide", path).document
    assert decided["decisions"] == []
    assert told(decided) == {("decision-beside", "Waiting changes", "K", "R")}
    assert "the next merge takes the change" in decided["findings"][0]["message"]


@pytest.mark.parametrize("value", ["G", "g ", "Green"])
def test_the_value_that_is_taken_may_stand_beside_its_choice(walsall: Office, value: str) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice=f"Take {SUE}", value=value)
    decided = walsall.run("decide", path)
    assert (decided.status, decided.document["findings"]) == (0, [])
    walsall.merge()
    assert rating_of(walsall, "2.17") == "G"


def test_a_proposal_accepted_beside_a_ref_waits(walsall: Office) -> None:
    path = proposed(walsall)
    fill_line(path, "Decisions", "P1", choice="Accept", value="2.6")
    decided = walsall.run("decide", path).document
    assert (decided["decisions"], decided["open"]) == ([], 1)
    assert told(decided) == {("decision-beside", "Decisions", "K", "2.6")}
    assert "'Same as'" in decided["findings"][0]["hint"]


@pytest.mark.parametrize(
    ("cells", "column", "missing"),
    [
        ({"choice": "Same as"}, "J", "the ref is missing in 'Value, ref or section'"),
        (
            {"choice": "Same as", "why": "I know it"},
            "J",
            "the ref is missing in 'Value, ref or section'",
        ),
        ({"why": "I know it"}, "L", "'Your decision' is empty"),
    ],
)
def test_a_line_that_lacks_something_says_what(
    walsall: Office, cells: dict[str, str], column: str, missing: str
) -> None:
    path = proposed(walsall)
    fill_line(path, "Decisions", "P1", **cells)
    decided = walsall.run("decide", path)
    assert (decided.status, decided.document["decisions"]) == (1, [])
    found = next(
        one for one in decided.document["findings"] if one["code"] == "decision-incomplete"
    )
    assert (found["sheet"], found["cell"][:1]) == ("Decisions", column)
    assert missing in found["message"]
    assert all(
        any(text in one["message"] for one in decided.document["findings"])
        for text in cells.values()
    )


def test_another_value_without_one_blanks_nothing(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Waiting changes", "W1", choice="Another value")
    decided = walsall.run("decide", path).document
    assert (codes(decided), decided["decisions"]) == (["decision-incomplete"], [])


def test_all_that_stands_on_a_line_that_is_not_understood_is_told(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice="Perhaps", value="R", why="ask again in May")
    assert told(walsall.run("decide", path).document) == {
        ("decision-choice", "Decisions", "J", "Perhaps"),
        ("decision-left", "Decisions", "K", "R"),
        ("decision-left", "Decisions", "L", "ask again in May"),
    }


def test_what_was_decided_and_merged_before_is_not_called_lost(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice="Another value", value="R", why="the audit says so")
    walsall.run("decide", path)
    walsall.merge()
    assert codes(walsall.run("decide", path).document) == ["decision-stale"]


def test_an_error_value_is_no_answer(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice="Another value", value="#REF!")
    assert told(walsall.run("decide", path).document) == {("cell-error", "Decisions", "K", "#REF!")}


def test_a_question_answered_on_two_lines_differently_stays_open(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice=f"Take {SUE}")
    book = openpyxl.load_workbook(path)
    copy = book.copy_worksheet(book["Decisions"])
    copy["J6"] = f"Take {ROSE}"
    book.save(path)
    decided = walsall.run("decide", path).document
    assert decided["decisions"] == []
    assert codes(decided) == ["decision-twice", "decision-twice"]
    assert {one["sheet"] for one in decided["findings"]} == {"Decisions", "Decisions Copy"}
    assert "Decisions!J6 and Decisions Copy!J6" in decided["findings"][0]["hint"]


def test_what_decides_nothing_is_told(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice=f"Take {SUE}")
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    sheet["H6"] = "R, says the audit"
    sheet["E6"].comment = Comment("ask Rose first", "officer")
    sheet["N6"] = "see my e-mail"
    book.save(path)
    decided = walsall.run("decide", path)
    assert decided.status == 1
    assert [one["id"] for one in decided.document["decisions"]] == ["C1"]
    assert told(decided.document) == {
        ("decision-locked", "Decisions", "H", "R, says the audit"),
        ("decision-aside", "Decisions", "E", "ask Rose first"),
        ("decision-aside", "Decisions", "N", "see my e-mail"),
    }


@pytest.mark.parametrize("choice", ["Same as", "Ask the leads"])
def test_the_reason_is_kept_with_every_choice_on_a_proposal(walsall: Office, choice: str) -> None:
    path = proposed(walsall)
    value = "2.6" if choice == "Same as" else ""
    fill_line(path, "Decisions", "P1", choice=choice, value=value, why=f"{GRAHAM} said so")
    (made,) = walsall.run("decide", path).document["decisions"]
    assert (made["value"], made["note"]) == (value or None, f"{GRAHAM} said so")
    merged = walsall.merge().document
    assert merged["open_questions"] == (0 if value else 1)
    assert merged["new_actions"] == []


def test_an_option_that_does_not_answer_is_called_by_its_name(walsall: Office) -> None:
    disputed(walsall)
    refused = walsall.run("decide", "C1", "--same-as", "2.6")
    assert refused.status == 2
    assert refused.document["findings"][0]["value"] == "--same-as 2.6"


def test_of_very_many_texts_none_is_passed_over_in_silence(walsall: Office) -> None:
    path = disputed(walsall)
    book = openpyxl.load_workbook(path)
    scratch = book.create_sheet("Scratch")
    for row in range(1, 251):
        scratch.cell(row, 1).value = f"idea {row}"
        book["Decisions"].cell(row + 20, 14).value = f"beside {row}"
    book.save(path)
    asides = [
        one["value"]
        for one in walsall.run("decide", path).document["findings"]
        if one["code"] == "decision-aside"
    ]
    assert {f"beside {row}" for row in range(1, 251)} <= set(asides)
    [page] = [text for text in asides if "idea 1;" in text]
    assert page.endswith("idea 200; and 50 more, which are not listed here")
