"""An earlier answer that a later return of the same workbook no longer shows: asked once, in words
that say so.
"""

from __future__ import annotations

import pytest

from tests.stories.office import Office
from tests.stories.returned.test_import_identity import changes

SUE, ROSE = "Sue Butcher", "Rose Collinson"


def twice(office: Office, *, merged: bool) -> dict[str, object]:
    """Sue answers 2.13; her second workbook answers 2.12 alone, and leaves 2.13 as it was
    sent out.
    """
    office.export()
    office.take(office.fill(SUE, {"2.13": {"rag": "G"}}, name="first.xlsx"))
    if merged:
        office.merge()
    taken = office.take(
        office.fill(SUE, {"2.12": {"progress": "Begun."}}, name="second.xlsx"), status=1
    )
    (question,) = taken["questions"]
    return question


@pytest.mark.parametrize("merged", [False, True])
def test_the_officer_reads_that_it_may_only_not_have_been_typed_again(
    walsall: Office, merged: bool
) -> None:
    question = twice(walsall, merged=merged)
    assert (question["ref"], question["field"], question["reason"]) == ("2.13", "rag", "taken-back")
    assert question["note"] == (
        f"{SUE} answered 'G' in first.xlsx; second.xlsx, a later return of the same workbook, "
        "shows what was sent out: "
        "taken back, or only not typed again."
    )


@pytest.mark.parametrize(
    ("merged", "choice", "rating"),
    [(False, SUE, "G"), (False, "master", "A"), (True, "master", "G"), (True, SUE, "A")],
)
def test_one_answer_settles_it(walsall: Office, merged: bool, choice: str, rating: str) -> None:
    question = twice(walsall, merged=merged)
    walsall.run("decide", str(question["id"]), "--take", choice)
    walsall.merge()
    assert walsall.run("master", "--out", "master.xlsx").status == 0
    history = walsall.run("log", "2.13", "rag").document["history"]
    assert history[-1]["new"] == rating
    walsall.take(walsall.fill(ROSE, {"2.18": {"rag": "G"}}))
    third = walsall.fill(SUE, {"2.12": {"progress": "Begun, and more."}}, name="third.xlsx")
    assert walsall.take(third)["questions"] == []
    assert walsall.merge().document["open_questions"] == 0
    assert walsall.run("decisions").document["questions"] == []


def test_a_second_issue_that_shows_the_answer_already_takes_nothing_back(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="first.xlsx"))
    walsall.merge()
    walsall.export("February Board")
    taken = walsall.take(walsall.fill(SUE, {"2.12": {"progress": "Begun."}}, name="second.xlsx"))
    assert taken["questions"] == []
    assert changes(taken) == {("2.12", "progress", "Begun.")}


def test_another_issue_of_the_same_round_takes_nothing_back_either(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="first.xlsx"))
    walsall.export("January Board", "--out", "again")
    taken = walsall.take(walsall.fill(SUE, {"2.12": {"progress": "Begun."}}, name="second.xlsx"))
    assert taken["questions"] == []
    assert changes(walsall.merge().document) == {
        ("2.13", "rag", "G"),
        ("2.12", "progress", "Begun."),
    }


@pytest.mark.parametrize("sues", ["G", "R"])
def test_who_changes_their_mind_meets_what_a_joint_lead_has_said_meanwhile(
    walsall: Office, sues: str
) -> None:
    """Sue agreed with what Rose had put into the plan, or lost a decision to it: her word stands
    all the same.
    """
    walsall.export()
    walsall.take(walsall.fill(ROSE, {"2.17": {"rag": "G"}}, name="rose.xlsx"))
    walsall.merge()
    walsall.take(walsall.fill(SUE, {"2.17": {"rag": sues}}, name="sue.xlsx"))
    for question in walsall.run("decisions").document["questions"]:
        walsall.run("decide", question["id"], "--take", "master")
    walsall.merge()
    taken = walsall.take(walsall.fill(ROSE, {"2.17": {"rag": "A"}}, name="newer.xlsx"), status=1)
    (question,) = taken["questions"]
    assert (question["reason"], question["master"]) == ("leads-disagree", "G")
    said = {(one["lead"], one["value"]) for one in question["candidates"]}
    assert said == {(ROSE, "A"), (SUE, sues)}


def test_who_comes_round_to_what_a_joint_lead_had_said_is_heard(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.17": {"rag": "R"}}, name="sue.xlsx"))
    walsall.merge()
    walsall.take(walsall.fill(ROSE, {"2.17": {"rag": "G"}}, name="rose.xlsx"))
    walsall.run("decide", "C1", "--take", ROSE)
    walsall.merge()
    taken = walsall.take(
        walsall.fill(ROSE, {"2.17": {"rag": "R", "progress": "Sue is right."}}, name="newer.xlsx")
    )
    assert {("2.17", "rag", "R")} <= changes(taken)
