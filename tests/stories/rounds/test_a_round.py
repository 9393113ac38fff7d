"""The round end to end through real workbooks: what each trouble gets, and what the plan is
afterwards.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from openpyxl import load_workbook

from tests.stories.office import PLAN, Office, codes, type_into
from xlplan.cli.options import session
from xlplan.rounds.reporting import write_papers

SUE, ROSE, PAUL = "Sue Butcher", "Rose Collinson", "Paul Sheehan"


def rating_of(office: Office, ref: str) -> str | None:
    history = office.run("log", ref, "rag").document["history"]
    return history[-1]["new"] if history else None


def test_a_lone_edit_is_taken_with_its_cell_and_its_lead(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(
        SUE, {"2.13": {"rag": "R", "progress": "Two teams are above the caseload."}}
    )
    taken = walsall.take(back, status=0)
    said = {change["field"]: change for change in taken["changes"]}
    assert (said["rag"]["ref"], said["rag"]["old"], said["rag"]["new"]) == ("2.13", "A", "R")
    assert said["progress"]["new"] == "Two teams are above the caseload."
    (source,) = said["rag"]["sources"]
    assert (source["lead"], source["file"], source["sheet"]) == (SUE, back.name, "Update")
    assert source["cell"][-1].isdigit()
    merged = walsall.run("merge")
    assert (merged.status, merged.document["revision"], merged.document["open_questions"]) == (
        0,
        2,
        0,
    )
    assert rating_of(walsall, "2.13") == "R"
    for path in [merged.document["master"], *merged.document["reports"]]:
        assert (walsall.folder / path).stat().st_size > 2_000


def test_workbooks_sent_back_untouched_change_nothing(office: Office) -> None:
    office.export()
    taken = office.take(*office.sent.values(), status=0)
    assert {file["status"] for file in taken["files"]} == {"unchanged"}
    assert taken["changes"] == taken["questions"] == taken["proposed"] == []
    for file in taken["files"]:
        assert file["rows"]["read"] == file["rows"]["unchanged"] > 0
    assert office.merge().document["revision"] is None


def test_what_one_lead_gets_wrong_holds_up_nothing_else(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(
        "Graham Reiter",
        {
            "2.6": {"rag": "Purple", "progress": "Went to the management team."},
            "3.1": {"rag": "Gren"},
            "3.11": {"rag": "A", "due": "31 June 2013"},
            "3.14": {"action": "Something else entirely", "rag": "A"},
        },
    )
    taken = walsall.take(back, status=1)
    found = {
        (one["ref"], one["field"]): one
        for one in taken["findings"]
        if one["code"] != "rows-not-looked-at"
    }
    assert found["2.6", "rag"]["code"] == "rag-unknown"
    assert found["2.6", "rag"]["value"] == "Purple"
    assert "G" in found["3.1", "rag"]["hint"]
    assert found["3.11", "due"]["code"] == "date-impossible"
    assert found["3.14", "action"]["code"] == "locked-changed"
    assert all(
        one["cell"] and one["sheet"] == "Update" and one["file"] == back.name
        for one in found.values()
    )
    changed = {(change["ref"], change["field"]) for change in taken["changes"]}
    assert changed == {("2.6", "progress"), ("3.11", "rag"), ("3.14", "rag")}
    (question,) = taken["questions"]
    assert (question["ref"], question["reason"]) == ("3.11", "doubted")
    (file,) = taken["files"]
    assert file["rows"] == {
        "read": 5,
        "refused": 0,
        "repeated": 0,
        "proposed": 0,
        "held": 1,
        "changed": 3,
        "unchanged": 1,
    }


def test_joint_leads_who_disagree_are_asked_about_and_the_plan_stays(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.17": {"rag": "G"}}), status=0)
    taken = walsall.take(walsall.fill(ROSE, {"2.17": {"rag": "A"}, "2.18": {"rag": "G"}}), status=1)
    (question,) = taken["questions"]
    assert (question["ref"], question["field"], question["reason"], question["master"]) == (
        "2.17",
        "rag",
        "leads-disagree",
        None,
    )
    assert {(one["lead"], one["value"]) for one in question["candidates"]} == {
        (SUE, "G"),
        (ROSE, "A"),
    }
    first = walsall.merge()
    assert (first.status, first.document["open_questions"]) == (1, 1)
    assert {change["ref"] for change in first.document["changes"]} == {"2.18"}
    assert rating_of(walsall, "2.17") is None
    assert walsall.run("decide", question["id"], "--take", SUE).status == 0
    second = walsall.merge()
    assert second.status == 0
    assert rating_of(walsall, "2.17") == "G"
    assert walsall.run("decisions").document["questions"] == []


def test_joint_leads_who_agree_are_both_credited(walsall: Office) -> None:
    walsall.export()
    files = [walsall.fill(lead, {"2.17": {"rag": "G"}}) for lead in (SUE, ROSE)]
    (change,) = walsall.take(*files, status=0)["changes"]
    assert {source["lead"] for source in change["sources"]} == {SUE, ROSE}


def test_the_office_and_a_lead_move_one_cell(walsall: Office) -> None:
    walsall.export()
    walsall.run("set", "2.13", "rag", "G")
    taken = walsall.take(walsall.fill(SUE, {"2.13": {"rag": "R"}}), status=1)
    (question,) = taken["questions"]
    assert (question["reason"], question["base"], question["master"]) == ("both-moved", "A", "G")
    walsall.merge()
    assert rating_of(walsall, "2.13") == "G"


def test_an_emptied_cell_is_asked_about_and_never_blanks_the_plan(walsall: Office) -> None:
    walsall.export()
    taken = walsall.take(walsall.fill(SUE, {"2.13": {"rag": ""}}), status=1)
    assert [(one["ref"], one["reason"]) for one in taken["questions"]] == [("2.13", "cleared")]
    walsall.merge()
    assert rating_of(walsall, "2.13") == "A"


def test_the_same_file_twice_is_taken_once(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}})
    walsall.take(back, status=0)
    again = walsall.take(back, status=0)
    assert [file["status"] for file in again["files"]] == ["duplicate"]
    assert len(walsall.merge().document["changes"]) == 1


def test_a_newer_return_of_the_same_workbook_stands_over_the_older(walsall: Office) -> None:
    walsall.export()
    first = walsall.fill(SUE, {"2.13": {"rag": "B"}, "2.12": {"rag": "G"}}, name="first.xlsx")
    second = walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="second.xlsx")
    walsall.take(first)
    taken = walsall.take(second)
    (found,) = [one for one in taken["findings"] if one["code"] == "file-superseded"]
    assert "second.xlsx, is there: where both answer, the newer one counts" in found["message"]
    assert "what only this one answers still counts" in found["hint"]
    assert taken["files"][0]["status"] == "waiting"
    walsall.merge()
    assert rating_of(walsall, "2.13") == "G"


def test_a_correction_after_the_merge_is_no_conflict(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="first.xlsx"))
    walsall.merge()
    taken = walsall.take(walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="second.xlsx"), status=0)
    assert [(change["old"], change["new"]) for change in taken["changes"]] == [("R", "G")]


def test_a_colleagues_row_and_an_unknown_row_are_refused(walsall: Office) -> None:
    walsall.export()
    import openpyxl

    from tests.stories.office import rows_of

    back = walsall.fill(PAUL, {"1.10": {"rag": "G"}})
    theirs = next(row for row in rows_of(walsall.sent[SUE]) if row.ref == "2.13")
    mine = {row.ref: row for row in rows_of(back)}
    book = openpyxl.load_workbook(back)
    sheet = book["Update"]
    for column in ("token", "token2"):
        sheet[mine["2.14"].cells[column].name].value = theirs.token
        sheet[mine["2.15"].cells[column].name].value = "t0000deadbeef"
    book.save(back)
    taken = walsall.take(back, status=1)
    assert {"row-not-theirs", "row-unknown"} <= set(codes(taken))
    assert [(change["ref"], change["field"]) for change in taken["changes"]] == [("1.10", "rag")]
    assert taken["files"][0]["rows"]["refused"] == 2


def test_a_ref_that_disagrees_with_its_token_refuses_the_row(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(PAUL, {"1.10": {"rag": "G", "ref": "2.14"}})
    taken = walsall.take(back, status=1)
    assert "row-ref-differs" in codes(taken)
    assert taken["changes"] == []


def test_another_plans_workbook_and_other_files_are_refused_and_others_go_on(
    walsall: Office,
) -> None:
    walsall.export()
    good = walsall.fill(SUE, {"2.13": {"rag": "R"}})
    bad = walsall.folder / "holiday.xlsx"
    shutil.copy(Path(__file__).resolve().parents[3] / "workbooks" / "sunderland-2017.xlsx", bad)
    empty = walsall.folder / "empty.xlsx"
    empty.write_bytes(b"")
    text = walsall.folder / "letter.xlsx"
    text.write_bytes(b"Dear officer")
    taken = walsall.take(bad, empty, good, text, status=1)
    assert {file["path"]: file["status"] for file in taken["files"]} == {
        "holiday.xlsx": "refused",
        "empty.xlsx": "refused",
        "letter.xlsx": "refused",
        good.name: "waiting",
    }
    assert {"file-other-plan", "file-empty", "file-not-spreadsheet"} <= set(codes(taken))
    assert len(taken["changes"]) == 1


def test_no_change_ticked_counts_as_received(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill("Helen Dudson", {"2.5": {"no_change": "Yes"}})
    taken = walsall.take(back, status=0)
    assert taken["changes"] == []
    standing = {one["lead"]: one for one in walsall.run("status").document["leads"]}
    assert (standing["Helen Dudson"]["status"], standing["Helen Dudson"]["nil"]) == (
        "returned",
        True,
    )
    assert standing["Salma Ali"]["status"] == "outstanding"


def test_check_keeps_nothing(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R"}})
    before = (walsall.folder / "plan.db").read_bytes()
    tried = walsall.run("import", "--check", back)
    assert len(tried.document["changes"]) == 1
    assert (walsall.folder / "plan.db").read_bytes() == before
    assert walsall.take(back)["files"][0]["status"] == "waiting"


def test_a_dry_run_shows_what_a_merge_would_do_and_does_not(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "R"}}))
    before = (walsall.folder / "plan.db").read_bytes()
    tried = walsall.run("merge", "--dry-run")
    assert (tried.document["revision"], len(tried.document["changes"])) == (None, 1)
    assert (walsall.folder / "plan.db").read_bytes() == before
    assert walsall.merge().document["changes"] == tried.document["changes"]


def test_undo_takes_a_merge_back_and_its_returns_wait_again(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "R"}}))
    walsall.merge()
    undone = walsall.run("undo").document
    assert (undone["revision"], undone["undone"]) == (3, 2)
    assert rating_of(walsall, "2.13") == "A"
    again = walsall.merge()
    assert [(change["ref"], change["new"]) for change in again.document["changes"]] == [
        ("2.13", "R")
    ]


def test_a_closed_rating_completes_the_action(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "B", "progress": "Done."}}))
    merged = walsall.merge().document
    assert ("2.13", "status", "completed") in {
        (one["ref"], one["field"], one["new"]) for one in merged["changes"]
    }
    walsall.export("February Board")
    assert "2.13" not in walsall.refs(SUE)


def test_a_new_date_keeps_its_reason(walsall: Office) -> None:
    walsall.export()
    walsall.take(
        walsall.fill(
            SUE, {"3.3": {"due": "30 April 2013", "due_reason": "The audit needs a month."}}
        )
    )
    walsall.merge()
    (*_, last) = walsall.run("log", "3.3", "due").document["history"]
    assert (last["old"], last["new"], last["reason"]) == (
        "31 Mar 2013",
        "30 April 2013",
        "The audit needs a month.",
    )


def test_a_late_return_of_an_earlier_round_is_compared_with_its_own_base(walsall: Office) -> None:
    walsall.export()
    late = walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="late.xlsx")
    walsall.export("February Board")
    taken = walsall.take(late)
    assert taken["files"][0]["round"] == "January Board"
    assert [(change["ref"], change["new"]) for change in taken["changes"]] == [("2.13", "R")]


def test_rows_sorted_columns_moved_and_sheet_renamed_read_as_if_nothing_happened(
    walsall: Office,
) -> None:
    import openpyxl

    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "R"}, "3.3": {"progress": "Under way."}})
    book = openpyxl.load_workbook(back)
    sheet = book["Update"]
    sheet.title = "My actions"
    sheet.protection.sheet = False
    sheet.insert_cols(5)
    sheet.insert_rows(1, 2)
    book.save(back)
    taken = walsall.take(back)
    assert {(change["ref"], change["field"]) for change in taken["changes"]} == {
        ("2.13", "rag"),
        ("3.3", "progress"),
    }


def test_proposed_action_waits_and_gets_the_next_ref(walsall: Office) -> None:
    import openpyxl

    walsall.export()
    back = walsall.fill(PAUL, {})
    book = openpyxl.load_workbook(back)
    sheet = book["Update"]
    key = next(
        cell for row in sheet.iter_rows() for cell in row if cell.value == "xlplan:new.action"
    )
    key.offset(row=2).value = "Brief every elected member on corporate parenting"
    book.save(back)
    taken = walsall.take(back, status=1)
    (proposed,) = taken["proposed"]
    assert proposed["values"]["action"] == "Brief every elected member on corporate parenting"
    assert walsall.run("decide", proposed["id"], "--accept", "--section", "1").status == 0
    merged = walsall.merge().document
    (new,) = merged["new_actions"]
    assert new["ref"] == "1.13"
    type_into(back, {})
    assert walsall.run("decisions").document["proposed"] == []


def test_the_reason_that_comes_with_a_lead_s_answer_is_kept(walsall: Office) -> None:
    walsall.export()
    walsall.run(
        "set",
        "1.10",
        "due",
        "31 Mar 2013",
        "--for",
        PAUL,
        "--reason",
        "the Board asked for more time",
    )
    walsall.run("set", "1.10", "rag", "A", "--for", PAUL, "--reason", "by telephone")
    walsall.merge()
    steps = {step["field"]: step for step in walsall.run("log", "1.10").document["history"]}
    assert steps["due"]["reason"] == steps["due_reason"]["new"] == "the Board asked for more time"
    assert steps["rag"]["sources"][0]["file"] == "answer (by telephone), entered by officer"


def test_a_merge_whose_workbooks_cannot_be_written_says_that_it_is_done(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill("Rose Collinson", {"2.17": {"rag": "G"}}))
    (walsall.folder / "workbooks" / "master").write_text("in the way")
    merged = walsall.run("merge")
    assert (merged.status, merged.document["revision"], merged.document["master"]) == (1, 2, None)
    assert "master" in merged.document["unwritten"]
    assert walsall.run("log", "2.17").document["history"][-1]["new"] == "G"
    (walsall.folder / "workbooks" / "master").unlink()
    assert walsall.run("master", "--out", "m.xlsx").status == 0


def test_a_merge_and_its_papers_are_two_acts(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill("Rose Collinson", {"2.17": {"rag": "G"}}))
    merged = walsall.merge().document
    assert (merged["revision"], merged["master"], merged["reports"]) == (2, None, [])
    assert not {"master", "reports"} & {
        path.name for path in (walsall.folder / "workbooks").iterdir()
    }
    papers = write_papers(session(PLAN), merged["revision"])
    for path in (papers.master, *papers.reports):
        assert (walsall.folder / path).is_file()
    assert set(merged) == set(walsall.run("merge").document)


def test_the_papers_of_a_merge_tell_of_its_revision_alone(walsall: Office) -> None:
    """Somebody else may write between a merge and its papers."""
    walsall.export()
    walsall.take(walsall.fill("Rose Collinson", {"2.17": {"rag": "G"}}))
    merged = walsall.merge().document
    assert walsall.run("set", "2.13", "rag", "R").status == 0
    papers = write_papers(session(PLAN), merged["revision"])
    for path in (papers.master, papers.reports[0]):
        changes = load_workbook(walsall.folder / path)["Changes"]
        refs = {str(row[0]) for row in changes.iter_rows(values_only=True)}
        assert ("2.17" in refs, "2.13" in refs) == (True, False), path


def test_after_the_final_round_nothing_is_sent_unless_the_plan_is_opened_again(
    walsall: Office,
) -> None:
    assert walsall.run("close", "--final").status == 2, "no round was ever sent"
    walsall.export()
    late = walsall.fill(SUE, {"2.13": {"rag": "R", "progress": "Late."}})
    walsall.run("close")
    # The officer learns after the last round that it was the last.
    assert walsall.run("close", "--final").document["final"]
    assert walsall.run("close", "--final").status == 2
    again = ["export", "--round", "February", "--return-by", "2013-02-13"]
    refused = walsall.run(*again)
    assert refused.status == 2
    assert "The plan is over since 2013-01-10: nothing is sent." in refused.complaint
    assert "--reopen" in refused.complaint
    status = walsall.run("status").document
    assert (status["over"], status["round"]) == ("2013-01-10", "January Board")
    assert walsall.take(late)["changes"]
    assert "xlplan merge" in walsall.run("status").document["next"]
    walsall.merge()
    assert "--reopen" in walsall.run("status").document["next"]
    assert walsall.run(*again, "--reopen").document["workbooks"]
    assert walsall.run("status").document["over"] is None
    walsall.run("close")
    assert walsall.export("March").document["workbooks"]
