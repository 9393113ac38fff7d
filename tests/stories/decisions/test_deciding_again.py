"""Until the merge a decision may be made otherwise; it is listed with its number until then."""

from __future__ import annotations

from tests.stories.decisions.test_decisions import a_proposal
from tests.stories.office import Office

SUE = "Sue Butcher"


def cleared(office: Office) -> str:
    """A question: Sue emptied the rating of 2.13."""
    office.export()
    (question,) = office.take(office.fill(SUE, {"2.13": {"rag": ""}}), status=1)["questions"]
    return str(question["id"])


def test_a_decision_is_listed_and_made_otherwise_before_the_merge(walsall: Office) -> None:
    number = cleared(walsall)
    walsall.run("decide", number, "--accept")
    document = walsall.run("decisions").document
    assert document["questions"] == []
    assert [
        (one["id"], one["ref"], one["field"], one["choice"]) for one in document["decided"]
    ] == [(number, "2.13", "rag", "accept")]
    assert walsall.run("decide", number, "--take", "master").status == 0
    merged = walsall.merge().document
    assert (merged["changes"], merged["open_questions"]) == ([], 0)
    assert walsall.run("decisions").document["decided"] == []


def test_a_change_that_was_refused_is_taken_after_all(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.13": {"rag": "R"}}))
    (change,) = walsall.run("decisions").document["changes"]
    walsall.run("decide", change["id"], "--decline", "Not agreed.")
    assert walsall.run("decisions").document["changes"] == []
    walsall.run("decide", change["id"], "--accept")
    assert [(one["ref"], one["new"]) for one in walsall.merge().document["changes"]] == [
        ("2.13", "R")
    ]


def test_a_declined_proposal_is_accepted_after_all(walsall: Office) -> None:
    walsall.export()
    walsall.take(a_proposal(walsall, "Open a second clinic"), status=1)
    (proposal,) = walsall.run("decisions").document["proposed"]
    walsall.run("decide", proposal["id"], "--decline", "Not now.")
    walsall.run("decide", proposal["id"], "--accept", "--section", "2")
    assert len(walsall.merge().document["new_actions"]) == 1


def test_what_a_decision_would_change_is_refused_after_all(walsall: Office) -> None:
    number = cleared(walsall)
    walsall.run("decide", number, "--accept")
    (change,) = walsall.run("decisions").document["changes"]
    walsall.run("decide", change["id"], "--decline", "A slip.")
    assert walsall.run("decisions").document["changes"] == []
    assert walsall.merge().document["changes"] == []


def test_the_last_word_of_two_decisions_holds(walsall: Office) -> None:
    number = cleared(walsall)
    walsall.run("decide", number, "--accept")
    (change,) = walsall.run("decisions").document["changes"]
    walsall.run("decide", change["id"], "--decline", "A slip.")
    walsall.run("decide", number, "--accept")
    assert [one["new"] for one in walsall.merge().document["changes"]] == [None]


def test_a_section_is_said_by_its_ref(walsall: Office) -> None:
    (change, _) = walsall.run("set", "1.4", "section", "3").document["changes"]
    assert (change["field"], change["old"], change["new"]) == ("section", "1", "3")
