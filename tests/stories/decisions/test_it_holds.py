"""A decision holds across merges, re-sends and unstaged files; and nobody disagrees with
themselves.
"""

from __future__ import annotations

from typing import Any

from tests.stories.office import Office, codes

SUE, ROSE, SHARED = "Sue Butcher", "Rose Collinson", "2.17"


def say(office: Office, lead: str, text: str, *, name: str, **more: str) -> dict[str, Any]:
    """A lead's return that says this of the shared action, and of their first other action what
    else is given.
    """
    other = next(ref for ref in office.refs(lead) if ref != SHARED)
    answers = {SHARED: {"progress": text}} | ({other: more} if more else {})
    return office.take(office.fill(lead, answers, name=name))


def disagree(office: Office) -> str:
    """Both leads answer the shared action, each in words of their own; the question's number."""
    office.export()
    say(office, SUE, "Sue said.", name="sue 1.xlsx")
    (question,) = say(office, ROSE, "Rose said.", name="rose 1.xlsx")["questions"]
    return str(question["id"])


def progress(office: Office) -> list[Any]:
    told = office.run("log", SHARED, "progress").document["history"]
    return [step["new"] for step in told]


def moved(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["ref"], one["field"], one["new"]) for one in document["changes"]]


def test_keeping_the_plan_holds_when_a_lead_goes_on_in_the_same_workbook(walsall: Office) -> None:
    before = (number := disagree(walsall), progress(walsall))[1]
    walsall.run("decide", number, "--take", "master")
    walsall.merge()
    again = say(walsall, SUE, "Sue said.", name="sue 2.xlsx", progress="More.")
    assert [one[2] for one in moved(again)] == ["More."]
    assert again["questions"] == []
    assert "cell-decided" in codes(again)
    assert [one[2] for one in moved(walsall.merge().document)] == ["More."]
    assert progress(walsall) == before


def test_a_third_value_after_keeping_the_plan_is_asked_about_with_the_other_two(
    walsall: Office,
) -> None:
    walsall.run("decide", disagree(walsall), "--take", "master")
    walsall.merge()
    (question,) = say(walsall, ROSE, "Rose thought again.", name="rose 2.xlsx")["questions"]
    assert {(one["lead"], one["value"]) for one in question["candidates"]} == {
        (SUE, "Sue said."),
        (ROSE, "Rose thought again."),
    }
    assert (
        "Decided before (C1); Rose Collinson said something that it had not heard."
        in (question["note"])
    )


def test_a_file_taken_out_leaves_the_decision_to_keep_the_plan(walsall: Office) -> None:
    number = disagree(walsall)
    walsall.run("decide", number, "--take", "master")
    out = walsall.run("unstage", "rose 1.xlsx")
    (told,) = out.document["findings"]
    assert (told["code"], told["ref"], told["field"]) == ("decision-kept", SHARED, "progress")
    assert walsall.merge().document["changes"] == []


def test_coming_round_to_the_other_s_words_leaves_the_plan_kept_and_says_how_to_reopen_it(
    walsall: Office,
) -> None:
    number = disagree(walsall)
    walsall.run("decide", number, "--take", "master")
    agreed = say(walsall, SUE, "Rose said.", name="sue 2.xlsx")
    assert (agreed["changes"], agreed["questions"]) == ([], [])
    (told,) = [one for one in agreed["findings"] if one["code"] == "decision-kept"]
    assert "'Rose said.'" in told["message"]
    assert f"xlplan decide {number} --accept" in told["hint"]
    walsall.run("decide", number, "--accept")
    assert moved(walsall.merge().document) == [(SHARED, "progress", "Rose said.")]


def test_a_decision_for_words_that_were_taken_out_rests_until_they_come_again(
    walsall: Office,
) -> None:
    number = disagree(walsall)
    walsall.run("decide", number, "--take", ROSE)
    out = walsall.run("unstage", "rose 1.xlsx")
    assert (out.status, codes(out.document)) == (1, ["decision-rests"])
    assert "Rose said." in out.document["findings"][0]["message"]
    assert codes(walsall.run("merge", "--dry-run").document) == ["decision-rests"]
    say(walsall, ROSE, "Rose said.", name="rose 2.xlsx")
    assert moved(walsall.merge().document) == [(SHARED, "progress", "Rose said.")]


def test_a_change_that_was_declined_meets_its_refusal_from_another_lead(walsall: Office) -> None:
    walsall.export()
    say(walsall, SUE, "Not agreed yet.", name="sue 1.xlsx")
    (change,) = walsall.run("decisions").document["changes"]
    walsall.run("decide", change["id"], "--decline", "The board has not seen it.")
    walsall.merge()
    taken = say(walsall, ROSE, "Not agreed yet.", name="rose 1.xlsx")
    assert (taken["changes"], taken["questions"]) == ([], [])
    assert "cell-decided" in codes(taken)
    assert walsall.merge().document["changes"] == []


def test_one_lead_in_two_rounds_workbooks_is_one_voice(walsall: Office) -> None:
    walsall.export()
    january = walsall.fill(SUE, {"2.13": {"rag": "R", "progress": "In January."}}, name="jan.xlsx")
    walsall.export("February Board")
    february = walsall.fill(SUE, {"2.13": {"progress": "In February."}}, name="feb.xlsx")
    for files in ([january, february], [february, january]):
        taken = walsall.take(*files)
        assert taken["questions"] == []
        walsall.run("unstage", SUE)
    walsall.take(january)
    walsall.merge()
    taken = walsall.take(february)
    assert (taken["questions"], moved(taken)) == ([], [("2.13", "progress", "In February.")])
    walsall.merge()
    assert walsall.run("log", "2.13", "rag").document["history"][-1]["new"] == "R"


def test_an_older_workbook_that_comes_late_does_not_speak_over_the_newer(walsall: Office) -> None:
    walsall.export()
    january = walsall.fill(SUE, {"2.13": {"progress": "In January."}}, name="jan.xlsx")
    walsall.export("February Board")
    walsall.take(walsall.fill(SUE, {"2.13": {"progress": "In February."}}, name="feb.xlsx"))
    walsall.merge()
    late = walsall.take(january)
    assert (late["changes"], late["questions"]) == ([], [])
    assert [one["value"] for one in late["superseded"]] == ["In January."]


def test_who_moved_a_cell_meanwhile_is_named(walsall: Office) -> None:
    walsall.export()
    say(walsall, ROSE, "Rose said.", name="rose 1.xlsx")
    walsall.merge()
    rated = walsall.fill(SUE, {SHARED: {"rag": "R"}}, name="sue 1.xlsx")
    told = [one for one in walsall.take(rated)["findings"] if one["code"] == "row-moved-meanwhile"]
    assert [one["message"].split(" changed ")[0] for one in told] == [ROSE]


def test_a_decision_ends_with_its_round(walsall: Office) -> None:
    walsall.run("decide", disagree(walsall), "--take", "master")
    walsall.merge()
    walsall.export("February Board")
    say(walsall, SUE, "Sue said.", name="sue 2.xlsx")
    assert len(say(walsall, ROSE, "Rose said.", name="rose 2.xlsx")["questions"]) == 1


def test_nothing_is_asked_after_undoing_that_was_not_asked_before(walsall: Office) -> None:
    walsall.export()
    january = {"2.13": {"rag": "R", "progress": "In January."}}
    walsall.take(walsall.fill(SUE, january, name="jan.xlsx"))
    walsall.merge()
    walsall.export("February Board")
    walsall.take(walsall.fill(SUE, {"2.13": {"progress": "In February."}}, name="feb.xlsx"))
    walsall.merge()
    for _ in range(2):
        walsall.run("undo")
    assert walsall.run("decisions").document["questions"] == []
    merged = walsall.merge().document
    assert merged["open_questions"] == 0
    assert ("2.13", "progress", "In February.") in moved(merged)
    assert ("2.13", "rag", "R") in moved(merged)
