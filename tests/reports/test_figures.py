"""What the figures say of a plan between two points."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.reports.builders import (
    AFTER,
    BEFORE,
    a_mapping,
    material,
    own_words,
    some_figures,
    value,
)
from tests.strategies import a_field
from xlplan.merge import Return, ReturnedRow, three_way
from xlplan.plan.changes import Candidate, Change, Decision, Proposal, Question, Source
from xlplan.plan.model import Item, Plan
from xlplan.plan.values import Value
from xlplan.reports.figures import figures


def test_totals_count_every_action_by_rating_at_both_points_and_add_up() -> None:
    found = some_figures()
    assert found.whole.before.ratings == {"N": 1, "R": 1, "A": 2, "G": 1, "B": 1, "": 1}
    assert found.whole.after.ratings == {"N": 0, "R": 1, "A": 2, "G": 3, "B": 1, "": 1}
    for code in found.whole.after.ratings:
        assert sum(
            section.after.count(code) for section in found.sections
        ) == found.whole.after.count(code)
    assert [section.name for section in found.sections] == [
        "Theme 1: Partnership",
        "Theme 2: Practice",
    ]


def test_a_completed_action_is_no_longer_open() -> None:
    found = some_figures()
    assert (found.whole.opened_before.total, found.whole.opened_after.total) == (6, 7)
    assert found.whole.after.completed == 1


@pytest.mark.parametrize(
    ("ref", "kind"),
    [
        ("1.1", "improved"),
        ("1.3", "worsened"),
        ("2.1", "completed"),
        ("2.2", "started"),
        ("2.3", "re-opened"),
        ("2.4", "newly rated"),
    ],
)
def test_each_step_is_called_by_its_name(ref: str, kind: str) -> None:
    moves = {move.action.ref: move.kind for move in some_figures().moves}
    assert moves[ref] == kind
    assert "1.2" not in moves


def test_remaining_are_open_and_below_the_best_rating_worst_first() -> None:
    found = some_figures()
    assert [action.ref for action in found.remaining] == ["1.3", "1.1", "1.2"]
    assert "a1.2" in found.stayed
    assert "a1.1" not in found.stayed


def test_slipped_dates_are_counted_in_days_and_the_longest_stands_first() -> None:
    slip, early = some_figures().redated
    assert (slip.action.ref, slip.days, slip.times) == ("1.1", 92, 2)
    assert (early.action.ref, early.days) == ("2.4", -10)
    assert [one.action.ref for one in some_figures().slipped] == ["1.1"]


def test_a_date_that_gives_way_to_a_text_is_listed_without_days() -> None:
    after = AFTER.replace("| 2013-06-30 |", "| Ongoing |")
    found = {one.action.ref: one.days for one in some_figures(after=after).redated}
    assert found["2.1"] is None


def test_the_reason_for_a_new_date_stands_beside_it() -> None:
    old, new = value("2013-01-31"), value("2013-05-03")
    change = Change("a1.1", "due", old, new, (), "Waiting for the new chair")
    slip = some_figures(changes=[change]).slipped[0]
    assert slip.reason == "Waiting for the new chair"


def test_new_and_withdrawn_actions_are_told() -> None:
    after = AFTER.replace(
        "| Bob; Ann  | 2013-02-20 | A", "| Bob; Ann  | 2013-02-20 | A | withdrawn"
    )
    found = some_figures(after=after)
    assert [action.ref for action in found.new] == ["2.5"]
    assert [action.ref for action in found.withdrawn] == ["1.2"]
    assert "1.2" not in {action.ref for action in found.actions}


def test_what_is_due_falls_into_one_group_each() -> None:
    due = some_figures().due
    assert [action.ref for action in due.overdue] == ["2.3", "2.5"]
    assert [action.ref for action in due.in_30] == ["1.2"]
    assert [action.ref for action in due.in_60] == ["2.4"]
    assert [action.ref for action in due.in_90] == ["1.1"]
    assert [action.ref for action in due.unclear] == ["2.2"]
    assert [action.ref for action in due.without] == ["1.3"]


def test_an_action_due_today_is_not_overdue() -> None:
    due = some_figures(after=AFTER.replace("2013-02-20", "2013-02-04")).due
    assert [action.ref for action in due.in_30] == ["1.2"]


def test_a_joint_action_counts_for_each_of_its_leads() -> None:
    loads = {load.lead: load for load in some_figures().loads}
    assert [action.ref for action in loads["Ann"].actions] == ["1.1", "1.2"]
    assert loads["Bob"].open.total == 1
    assert loads["Bob"].completed == 1
    assert loads["Cat"].overdue == 2


def test_an_action_without_a_lead_is_an_exception() -> None:
    assert [action.ref for action in some_figures(BEFORE, BEFORE).leaderless] == ["1.3"]


def test_changes_stand_in_plan_order_and_layout_is_none() -> None:
    source = Source("Ann", "ann.xlsx", "Update", "H12")
    changes = [
        Change("a2.1", "rag", value("G"), value("B"), (source,)),
        Change("a1.1", "progress", value(""), value("Met"), (source,)),
        Change("a1.1", "rag", value("R"), value("A"), (source,)),
        Change("a1.1", "order", value("1000"), value("2000"), (source,)),
    ]
    edits = some_figures(changes=changes).edits
    assert [(edit.ref, edit.label) for edit in edits] == [
        ("1.1", "RAG"),
        ("1.1", "Progress"),
        ("2.1", "RAG"),
    ]
    assert edits[0].sources == (source,)


def test_reassigned_and_reworded_actions_are_told_apart() -> None:
    changes = [
        Change("a1.3", "leads", value(""), value("Cat")),
        Change("a1.1", "action", value("Do it"), value("Do it well")),
    ]
    found = some_figures(changes=changes)
    assert [(edit.ref, edit.new) for edit in found.reassigned] == [("1.3", "Cat")]
    assert [edit.new for edit in found.reworded] == ["Do it well"]


def test_a_question_and_its_decision_are_put_in_words_but_what_was_taken_out_is_not() -> None:
    candidates = tuple(
        Candidate(value(code), Source(lead)) for lead, code in [("Ann", "B"), ("Bob", "G")]
    )
    question = Question(
        "a1.2", "rag", "leads-disagree", value("R"), value("R"), candidates, id="C1"
    )
    decision = Decision(
        "C1",
        question.grounds,
        "take",
        "Officer",
        "2013-02-03T10:00:00",
        value("G"),
        "Bob",
        "He chairs it",
    )
    typed = own_words("Bob", "a1.2", rag=value("G"))
    found = some_figures(questions=[question], decisions=[decision], own_words=typed)
    assert found.questions[0].said == (("Ann", "Blue"), ("Bob", "Green"))
    settled = found.decisions[0]
    assert (settled.ref, settled.label, settled.how) == ("1.2", "RAG", "Bob's answer taken: Green")
    assert settled.reason == "He chairs it"
    assert settled.said == (("Ann", "(taken out again)"), ("Bob", "Green"))


def test_what_was_declined_is_told_as_it_was_typed() -> None:
    answer = value("met  by June", "met by june")
    question = Question(
        "a1.2",
        "due_reason",
        "leads-disagree",
        value(""),
        value(""),
        (Candidate(answer, Source("Ann")),),
        id="C1",
    )
    decision = Decision("C1", question.grounds, "decline", "Officer", "2013-02-03T10:00:00")
    found = some_figures(
        decisions=[decision], own_words=own_words("Ann", "a1.2", due_reason=answer)
    )
    assert found.decisions[0].said == (("Ann", "met  by June"),)


def test_what_a_lead_put_back_is_told_as_the_plan_had_it() -> None:
    back = (Candidate(value("B"), Source("Ann")), Candidate(value("G"), Source("Ann")))
    question = Question("a2.1", "rag", "taken-back", value("G"), value("B"), back, id="C1")
    decision = Decision("C1", question.grounds, "decline", "Officer", "2013-02-03T10:00:00")
    found = some_figures(decisions=[decision])
    assert found.decisions[0].said == (("Ann", "Blue"), ("Ann", "Green"))


def test_declined_answers_that_came_apart_tell_every_cell_and_where_it_belonged() -> None:
    base = {key: {"rag": "A", "progress": ""} for key in ("a1.1", "a1.2")}
    row = ReturnedRow("a1.1", {"rag": "G", "progress": "Two of three done"}, detached="a1.2")
    fields = [a_field("rag"), a_field("progress")]
    question = three_way(
        base, [Return("Bob", base, [row], frozenset(base), round="Jan")], fields
    ).questions[0]
    decision = Decision(
        "C1",
        question.grounds,
        "decline",
        "Officer",
        "2013-02-03T10:00:00",
        text="Ask him again",
    )
    settled = some_figures(
        decisions=[decision],
        own_words=own_words(
            "Bob", "a1.2", rag=Value("G", "G"), progress=value("Two of three done")
        ),
    ).decisions[0]
    told = "RAG: Green; Progress: Two of three done (stands on 1.1, belongs to 1.2)"
    assert (settled.label, settled.how, settled.said) == ("Whole row", "Declined", (("Bob", told),))


def test_a_declined_proposal_tells_what_was_proposed() -> None:
    values = {"action": value("Hire a clerk"), "rag": value("A")}
    proposal = Proposal("Ann", values, Source("Ann"))
    decision = Decision("P1", proposal.grounds, "decline", "Officer", "2013-02-03T10:00:00")
    found = some_figures(decisions=[decision], own_words=own_words("Ann", "", **values))
    assert found.decisions[0].said == (("Ann", "Action: Hire a clerk; RAG: Amber"),)


def test_a_seeded_point_knows_ratings_only_and_says_nothing_else_moved() -> None:
    ratings = {"a1.1": "R", "a2.1": "G"}
    seeded = Plan({key: Item(key, "action", {"rag": value(code)}) for key, code in ratings.items()})
    found = figures(replace(material(changes=()), before=seeded))
    assert found.heading.ratings_only
    assert {move.action.ref: move.kind for move in found.moves} == {
        "1.1": "improved",
        "2.1": "completed",
    }
    assert (found.new, found.redated, found.whole.before.total) == ((), (), 2)


def test_a_plan_without_ratings_counts_its_actions() -> None:
    found = some_figures(mapping=a_mapping(rag=[]))
    assert found.whole.after.ratings == {"": 8}


def test_as_of_day_is_the_one_passed_in() -> None:
    assert not some_figures(today=date(2012, 1, 1)).due.overdue
