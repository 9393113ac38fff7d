"""Decisions as an officer takes them: the workbook, waiting changes refused or replaced, leads who
are asked.

Two findings stand in query workbooks alone: `change-refused` and `lead-asked`.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.stories.office import ROOT, Office, codes, rows_of

SUE, ROSE, GRAHAM = "Sue Butcher", "Rose Collinson", "Graham Reiter"


def rating_of(office: Office, ref: str) -> str | None:
    history = office.run("log", ref, "rag").document["history"]
    return history[-1]["new"] if history else None


def disputed(office: Office) -> Path:
    """Sue and Rose disagree about 2.17; Rose's rating of 2.18 waits undisputed."""
    office.export()
    office.take(
        office.fill(SUE, {"2.17": {"rag": "G"}}),
        office.fill(ROSE, {"2.17": {"rag": "A"}, "2.18": {"rag": "G"}}),
    )
    path = office.folder / "decisions.xlsx"
    office.run("decisions", "--out", path)
    return path


def fill_line(path: Path, sheet: str, name: str, **cells: str) -> None:
    """Fill in the line of a question by its number; the columns are found by their hidden keys."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    keys = {
        str(cell.value).removeprefix("xlplan:decision."): cell.column
        for cell in page[4]
        if cell.value
    }
    row = next(
        row for row in range(6, page.max_row + 1) if page.cell(row, keys["id"]).value == name
    )
    for column, text in cells.items():
        page.cell(row, keys[column]).value = text
    book.save(path)


def test_both_sheets_list_all_that_waits(walsall: Office) -> None:
    book = openpyxl.load_workbook(disputed(walsall))
    assert book.sheetnames[:2] == ["Decisions", "Waiting changes"]
    said = [
        [str(cell.value) for cell in row if cell.value]
        for row in book["Waiting changes"].iter_rows(min_row=6)
    ]
    (line,) = [" ".join(row) for row in said if row]
    assert "W1" in line
    assert "2.18" in line
    assert f"{ROSE} (back from {ROSE}.xlsx, Update!" in line
    rules = {
        str(rule.sqref)
        for rule in book["Waiting changes"].data_validations.dataValidation
        if rule.type == "list"
    }
    assert rules == {"J6"}


def test_a_refused_change_stays_out_and_its_lead_reads_why(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Waiting changes", "W1", choice="Decline", why="no evidence yet")
    decided = walsall.run("decide", path).document
    assert [(one["id"], one["choice"]) for one in decided["decisions"]] == [("W1", "decline")]
    (query,) = decided["queries"]
    assert query["lead"] == ROSE
    asked = {row.ref: row for row in rows_of(walsall.folder / query["path"])}["2.18"]
    assert "'G' was not taken: no evidence yet." in asked.cells["problem"].as_text
    assert walsall.merge().document["revision"] is None
    assert rating_of(walsall, "2.18") is None
    walsall.export("February Board")
    (row,) = [row for row in rows_of(walsall.sent[ROSE]) if row.ref == "2.18"]
    assert "your Rating 'G' was not taken: no evidence yet" in row.cells["last.progress"].as_text


def test_the_offices_word_beside_a_value_is_no_changed_cell(walsall: Office) -> None:
    disputed(walsall)
    walsall.run("decide", "W1", "--decline", "no evidence yet")
    walsall.merge()
    walsall.export("February Board")
    taken = walsall.take(walsall.fill(ROSE, {"2.18": {"rag": "A"}}, name="feb.xlsx"))
    assert "locked-changed" not in codes(taken)
    assert [(one["ref"], one["new"]) for one in taken["changes"]] == [("2.18", "A")]


def test_a_waiting_change_is_replaced_by_another_value(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(
        path, "Waiting changes", "W1", choice="Another value", value="R", why="the audit says so"
    )
    walsall.run("decide", path)
    (change,) = walsall.merge().document["changes"]
    assert (change["ref"], change["new"], change["reason"]) == ("2.18", "R", "the audit says so")
    assert [one["lead"] for one in change["sources"]] == ["officer"]


def test_a_line_whose_values_moved_is_said_and_not_applied(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Waiting changes", "W1", choice="Decline", why="no evidence yet")
    fill_line(path, "Decisions", "C1", choice=f"Take {SUE}")
    walsall.run("set", "2.17", "rag", "R")
    walsall.take(
        walsall.fill(ROSE, {"2.17": {"rag": "A"}, "2.18": {"rag": "A"}}, name="again.xlsx")
    )
    decided = walsall.run("decide", path)
    assert decided.status == 1
    assert codes(decided.document) == ["decision-left", "decision-stale", "decision-stale"]
    assert decided.document["decisions"] == []


def test_a_choice_that_nobody_offered_is_a_finding_at_its_cell(walsall: Office) -> None:
    path = disputed(walsall)
    fill_line(path, "Decisions", "C1", choice="Perhaps")
    fill_line(path, "Waiting changes", "W1", choice="Accept")
    decided = walsall.run("decide", path).document
    (found,) = decided["findings"]
    assert (found["code"], found["sheet"], found["value"]) == (
        "decision-choice",
        "Decisions",
        "Perhaps",
    )
    assert [one["id"] for one in decided["decisions"]] == ["W1"]


def test_leads_who_are_asked_read_each_others_value(walsall: Office) -> None:
    disputed(walsall)
    asked = walsall.run("decide", "C1", "--ask").document
    by_lead = {one["lead"]: walsall.folder / one["path"] for one in asked["queries"]}
    assert set(by_lead) == {SUE, ROSE}
    (sue,) = [row for row in rows_of(by_lead[SUE]) if row.ref == "2.17"]
    assert sue.cells["rag"].value == "G"
    assert f"{ROSE} says 'A'" in sue.cells["problem"].as_text
    (open_one,) = walsall.run("decisions").document["questions"]
    assert open_one["note"] == "The leads were asked."


def test_leads_who_come_to_agree_answer_the_question(walsall: Office) -> None:
    disputed(walsall)
    asked = walsall.run("decide", "C1", "--ask").document
    walsall.sent = {one["lead"]: walsall.folder / one["path"] for one in asked["queries"]}
    taken = walsall.take(walsall.fill(ROSE, {"2.17": {"rag": "G"}}, name="agreed.xlsx"))
    assert taken["questions"] == []
    merged = walsall.merge().document
    assert {(one["ref"], one["new"]) for one in merged["changes"]} == {("2.17", "G"), ("2.18", "G")}


def test_import_says_where_a_decisions_workbook_goes(walsall: Office) -> None:
    path = disputed(walsall)
    taken = walsall.take(path, status=1)
    (found,) = [one for one in taken["findings"] if one["code"] == "file-not-a-return"]
    assert "xlplan decide" in found["message"] + found["hint"]


def test_a_proposal_is_an_action_that_the_plan_has(walsall: Office) -> None:
    walsall.export()
    walsall.take(a_proposal(walsall, "Recruit a virtual school head", "Advert is out."), status=1)
    (proposed,) = walsall.run("decisions").document["proposed"]
    assert walsall.run("decide", proposed["id"], "--same-as", "2.6").status == 0
    merged = walsall.merge().document
    assert [(one["ref"], one["field"], one["new"]) for one in merged["changes"]] == [
        ("2.6", "progress", "Advert is out.")
    ]
    assert merged["new_actions"] == []


@pytest.mark.parametrize(
    ("answer", "made"), [(["--accept", "--section", "2"], 1), (["--decline", "not now"], 0)]
)
def test_a_proposal_is_accepted_or_declined(walsall: Office, answer: list[str], made: int) -> None:
    walsall.export()
    walsall.take(a_proposal(walsall, "Recruit a virtual school head"), status=1)
    (proposed,) = walsall.run("decisions").document["proposed"]
    walsall.run("decide", proposed["id"], *answer)
    assert walsall.run("decisions").document["proposed"] == []
    merged = walsall.merge().document
    assert len(merged["new_actions"]) == made
    assert walsall.run("status").document["proposed"] == 0
    if made:
        (new,) = merged["new_actions"]
        history = walsall.run("log", new["ref"], "action").document["history"]
        assert history[-1]["sources"][0]["lead"] == GRAHAM


def test_a_proposal_is_held_against_the_rules_of_its_fields(walsall: Office) -> None:
    shorter(walsall)
    walsall.export()
    taken = walsall.take(
        a_proposal(walsall, "Recruit a virtual school head", "Advert is out since Monday."),
        status=1,
    )
    (found,) = [one for one in taken["findings"] if one["severity"] != "notice"]
    assert (found["code"], found["field"], found["lead"]) == ("too-long", "progress", GRAHAM)
    assert "27 characters" in found["message"]
    book = openpyxl.load_workbook(walsall.folder / found["file"])
    assert book[found["sheet"]][found["cell"]].value == "Advert is out since Monday."
    assert [one["values"]["progress"] for one in taken["proposed"]] == [
        "Advert is out since Monday."
    ]


def test_a_value_that_the_office_types_is_held_against_the_rules_too(walsall: Office) -> None:
    disputed(walsall)
    decided = walsall.run("decide", "C1", "--take", "=R")
    assert decided.status == 1
    assert [(one["id"], one["value"]) for one in decided.document["decisions"]] == [("C1", "R")]
    (found,) = decided.document["findings"]
    assert (found["code"], found["ref"], found["field"]) == ("required", "2.17", "progress")
    assert "RAG is R" in found["message"]
    assert ("2.17", "R") in {
        (one["ref"], one["new"]) for one in walsall.merge().document["changes"]
    }


def test_what_is_typed_in_the_workbook_is_held_against_the_rules_line_by_line(
    walsall: Office,
) -> None:
    shorter(walsall)
    walsall.export()
    said = {
        "2.13": {"rag": "G", "due": "31 March 2013", "due_reason": "Sick.", "progress": "Begun."}
    }
    walsall.take(walsall.fill(SUE, said))
    path = walsall.folder / "decisions.xlsx"
    walsall.run("decisions", "--out", path)
    waiting = {one["field"]: one["id"] for one in walsall.run("decisions").document["changes"]}
    fill_line(
        path,
        "Waiting changes",
        waiting["progress"],
        choice="Another value",
        value="Begun on the tenth.",
        why="told",
    )
    fill_line(
        path,
        "Waiting changes",
        waiting["due"],
        choice="Another value",
        value="31 June 2013",
        why="told",
    )
    found = {
        (one["code"], one["field"], one["value"])
        for one in walsall.run("decide", path).document["findings"]
    }
    assert found == {
        ("too-long", "progress", "Begun on the tenth."),
        ("date-impossible", "due", "31 June 2013"),
    }


def shorter(office: Office) -> None:
    """A note may have 12 characters."""
    plain = (ROOT / "mappings" / "walsall-2012.toml").read_text(encoding="utf-8")
    path = office.folder / "shorter.toml"
    path.write_text(
        plain.replace("[fields.progress]\n", "[fields.progress]\nmax_length = 12\n"),
        encoding="utf-8",
    )
    assert office.run("mapping", "use", path).document["revision"] == 2


def a_proposal(office: Office, text: str, progress: str = "") -> Path:
    """Graham's workbook with a new action in its first free row."""
    path = office.fill(GRAHAM, {})
    book = openpyxl.load_workbook(path)
    for name, said in (("action", text), ("progress", progress)):
        key = next(
            cell
            for page in book
            for row in page.iter_rows()
            for cell in row
            if cell.value == f"xlplan:new.{name}"
        )
        key.offset(row=2).value = said or None
    book.save(path)
    return path


def test_a_number_in_small_letters_is_found(walsall: Office) -> None:
    disputed(walsall)
    (made,) = walsall.run("decide", "c1", "--take", ROSE).document["decisions"]
    assert (made["id"], made["lead"]) == ("C1", ROSE)
    (made,) = walsall.run("decide", "w1", "--decline", "no evidence yet").document["decisions"]
    assert made["id"] == "W1"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_refusal_without_its_reason_is_not_taken(walsall: Office, reason: str) -> None:
    disputed(walsall)
    refused = walsall.run("decide", "C1", "--decline", reason)
    assert refused.status == 2
    assert [one["code"] for one in refused.document["findings"]] == ["decision-reason"]
    assert "--decline REASON" in refused.document["hint"]
    assert len(walsall.run("decisions").document["questions"]) == 1
