"""One list of answers: what it lacks is refused, whichever way it comes, with what it offers."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.stories.decisions.test_decisions import (
    GRAHAM,
    ROSE,
    SUE,
    a_proposal,
    disputed,
    fill_line,
    rating_of,
)
from tests.stories.office import Office, codes, rows_of
from xlplan.api import NothingDone, open_plan


def in_cells(path: Path, cells: dict[str, str | None], sheet: str = "Decisions") -> None:
    """Write into cells of a decisions workbook, over whatever stands there."""
    book = openpyxl.load_workbook(path)
    for name, text in cells.items():
        book[sheet][name].value = text
    book.save(path)


def test_what_the_list_lacks_is_refused_everywhere_with_what_it_offers(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice="Keep both")
    (found,) = walsall.run("decide", path).document["findings"]
    assert (found["code"], found["cell"], found["value"]) == ("decision-choice", "J6", "Keep both")
    assert f"Keep master; Take {ROSE}; Take {SUE}; Another value; Ask the leads." in found["hint"]
    refused = walsall.run("decide", "C1", "--both")
    assert refused.status == 2
    for offered in ("--take master", f"--take a ({ROSE})", "--take =VALUE", "--ask"):
        assert offered in refused.document["hint"]
    with pytest.raises(NothingDone, match="'--both' does not answer"):
        open_plan(walsall.folder / "plan.db").decide("C1", both=True)
    assert [one["id"] for one in walsall.run("decisions").document["questions"]] == ["C1"]


def test_two_notes_are_kept_with_both(walsall: Office) -> None:
    walsall.export()
    walsall.run("mapping", "use", _without_append(walsall))
    walsall.take(
        walsall.fill(SUE, {"2.17": {"evidence": "Minutes"}}),
        walsall.fill(ROSE, {"2.17": {"evidence": "Survey"}}),
    )
    (question,) = walsall.run("decisions").document["questions"]
    assert "--both" in [one["command"] for one in question["answers"]]
    assert walsall.run("decide", question["id"], "--both").status == 0
    (change,) = walsall.merge().document["changes"]
    assert {"Minutes", "Survey"} <= set(change["new"].replace(": ", "\n").splitlines())


def _without_append(office: Office) -> Path:
    """The plan's mapping as it is: evidence is a text, in conflict where two leads differ."""
    path = office.folder / "same.toml"
    root = Path(__file__).resolve().parents[3]
    shutil.copy(root / "mappings" / "walsall-2012.toml", path)
    return path


def test_the_json_names_each_option_and_says_how_it_is_taken(walsall: Office) -> None:
    disputed(walsall)
    (question,) = walsall.run("decisions").document["questions"]
    assert [(one["option"], one["lead"], one["round"]) for one in question["candidates"]] == [
        ("a", ROSE, "January Board"),
        ("b", SUE, "January Board"),
    ]
    (take,) = [one for one in question["answers"] if SUE in one["label"]]
    assert (take["choice"], take["label"], take["needs"]) == ("take", f"Take {SUE}", [])
    assert take["command"] == "--take b"
    (made,) = walsall.run("decide", "C1", "--take", "b").document["decisions"]
    assert (made["lead"], made["value"]) == (SUE, "G")


@pytest.mark.parametrize("sheet", ["Decisions", "Waiting changes"])
def test_a_line_without_its_code_counts_by_all_that_it_shows(walsall: Office, sheet: str) -> None:
    path = disputed(walsall)
    number = "C1" if sheet == "Decisions" else "W1"
    fill_line(path, sheet, number, choice="Another value", value="R", why="the audit")
    in_cells(path, {"A6": None}, sheet)
    assert codes(walsall.run("decide", path).document, but=["required"]) == []
    assert [one["id"] for one in walsall.run("decisions").document["decided"]] == [number]


@pytest.mark.parametrize("cells", [{"C6": "2.16"}, {"E6": "Evidence"}, {"H6": "R"}, {"I6": None}])
def test_a_line_without_its_code_that_shows_something_else_decides_nothing(
    walsall: Office, cells: dict[str, str | None]
) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice=f"Take {SUE}")
    in_cells(path, {"A6": None, **cells})
    decided = walsall.run("decide", path)
    assert (decided.status, decided.document["decisions"]) == (1, [])
    assert "decision-uncoded" in codes(decided.document)


def test_an_older_workbook_without_codes_decides_nothing_that_it_did_not_show(
    walsall: Office,
) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice=f"Take {ROSE}")
    in_cells(path, {"A6": None})
    again = walsall.fill(ROSE, {"2.17": {"rag": "R"}, "2.18": {"rag": "G"}}, name="again.xlsx")
    walsall.take(again)
    decided = walsall.run("decide", path).document
    assert (codes(decided), decided["decisions"]) == (["decision-uncoded"], [])


def test_a_sheet_made_from_nothing_decides_nothing(walsall: Office) -> None:
    disputed(walsall)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["No", "Your decision"], ["C1", f"Take {SUE}"], ["W1", "Accept"]):
        sheet.append(row)
    path = walsall.folder / "made.xlsx"
    book.save(path)
    decided = walsall.run("decide", path).document
    assert (codes(decided), decided["decisions"]) == (["decision-uncoded"] * 2, [])


def test_lines_that_were_sorted_without_their_codes_count_as_they_read(walsall: Office) -> None:
    walsall.export()
    for lead, rating in ((SUE, "G"), (ROSE, "A")):
        walsall.take(walsall.fill(lead, {"2.17": {"rag": rating, "evidence": f"by {lead}"}}))
    path = walsall.folder / "decisions.xlsx"
    walsall.run("decisions", "--out", path)
    _, second = (one["id"] for one in walsall.run("decisions").document["questions"])
    book = openpyxl.load_workbook(path)
    sheet = book["Decisions"]
    rows = [[sheet.cell(row, column).value for column in range(2, 10)] for row in (6, 7)]
    for row, texts in zip((7, 6), rows, strict=True):
        for column, text in enumerate(texts, start=2):
            sheet.cell(row, column).value = text
    sheet["J6"] = f"Take {SUE}"
    book.save(path)
    (made,) = walsall.run("decide", path).document["decisions"]
    assert made["id"] == second


def test_another_plans_workbook_is_refused_as_a_file(
    walsall: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice=f"Take {SUE}")
    in_cells(path, {"B4": "sunderland-2017"}, "xlplan")
    refused = walsall.run("decide", path)
    assert refused.status == 2
    assert "of another plan, sunderland-2017; this is walsall-2012" in refused.complaint
    assert walsall.run("decisions").document["decided"] == []


def test_what_was_answered_otherwise_before_is_said(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice=f"Take {SUE}")
    assert walsall.run("decide", path).document["findings"] == []
    assert walsall.run("decide", path).document["findings"] == [], "the same again is no news"
    fill_line(path, "Decisions", "C1", choice=f"Take {ROSE}")
    (found,) = walsall.run("decide", path).document["findings"]
    assert (found["code"], found["cell"], found["ref"]) == ("decision-replaced", "J6", "2.17")
    assert f"'take {SUE} G' (officer, 2013-01-10)" in found["message"]
    assert f"'take {ROSE} A' replaces that" in found["message"]
    walsall.merge()
    assert rating_of(walsall, "2.17") == "A"


@pytest.mark.parametrize("number", ["C1", "W1"])
def test_a_refusal_needs_its_reason_in_the_workbook_too(walsall: Office, number: str) -> None:
    path = disputed(walsall)
    sheet = "Decisions" if number == "C1" else "Waiting changes"
    fill_line(path, sheet, number, choice="Decline", why="  ")
    decided = walsall.run("decide", path).document
    (found,) = [one for one in decided["findings"] if one["code"] != "decision-left"]
    assert (found["code"], found["cell"], decided["decisions"]) == ("decision-reason", "L6", [])
    assert "Say why in 'Your reason'" in found["hint"]
    assert walsall.run("decide", number, "--decline", " ").document["findings"][0]["code"] == (
        "decision-reason"
    )


def test_a_value_that_is_none_is_told_at_its_cell(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice="Another value", value="Purple")
    (found,) = walsall.run("decide", path).document["findings"]
    assert (found["code"], found["cell"], found["value"]) == ("rag-unknown", "K6", "Purple")
    refused = walsall.run("decide", "C1", "--take", "=")
    assert (refused.status, codes(refused.document)) == (2, ["decision-incomplete"])


def test_a_leads_decisions_workbook_is_not_recommended(walsall: Office) -> None:
    taken = walsall.take(disputed(walsall), status=1)
    (found,) = [one for one in taken["findings"] if one["code"] == "file-not-a-return"]
    said = found["message"] + found["hint"]
    assert "from anybody else it decides nothing" in said
    assert "Only what you filled in yourself" in said


def two_of_one_ref(office: Office, section: str = "2") -> str:
    """Graham adds two actions under one new ref below his own; the number of the question."""
    office.export()
    path = office.fill(GRAHAM, {})
    book, last = openpyxl.load_workbook(path), rows_of(path)[-1]
    for below, text in enumerate(("Open a clinic", "Buy a bus"), start=1):
        for name, said in (("ref", "2.90"), ("section", section), ("action", text)):
            cell = book[last.sheet].cell(last.row, last.cells[name].column)
            cell.offset(row=below).value = said or None
    book.save(path)
    (question,) = office.take(path)["questions"]
    assert question["reason"] == "same-new-ref"
    return str(question["id"])


def test_a_name_that_fits_two_answers_is_refused_with_the_words_that_tell_them_apart(
    walsall: Office,
) -> None:
    number = two_of_one_ref(walsall)
    refused = walsall.run("decide", number, "--take", GRAHAM)
    assert (refused.status, codes(refused.document)) == (2, ["decision-ambiguous"])
    (question,) = walsall.run("decisions").document["questions"]
    takes = [one for one in question["answers"] if one["choice"] == "take"]
    assert len({one["label"] for one in takes}) == 2
    for take in takes:
        assert take["label"].startswith(f"Take {GRAHAM} (")
        assert take["command"] in refused.document["hint"]
    (bus,) = [one["option"] for one in question["candidates"] if "bus" in one["value"]]
    assert walsall.run("decide", number, "--take", bus).status == 0
    (new,) = walsall.merge().document["new_actions"]
    assert walsall.run("log", new["ref"], "action").document["history"][0]["new"] == "Buy a bus"


def test_the_example_of_the_issue_leaves_no_rating_of_two(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice="Keep both")
    walsall.run("decide", path)
    walsall.merge()
    assert rating_of(walsall, "2.17") is None


def test_a_proposal_on_the_list_says_what_it_takes(walsall: Office) -> None:
    walsall.export()
    walsall.take(a_proposal(walsall, "Recruit a virtual school head"), status=1)
    refused = walsall.run("decide", "P1", "--take", "=2")
    assert (refused.status, codes(refused.document)) == (2, ["decision-choice"])
    assert "--accept --section REF, --decline REASON, --same-as REF, --ask" in refused.complaint
