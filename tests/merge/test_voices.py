"""One voice a lead: several returns of one workbook, of two workbooks, and answers merged
before.
"""

from __future__ import annotations

from dataclasses import replace

from tests.merge.building import PLAN, Edits, asked, back, merge, moved
from xlplan.merge import Credit

NEXT = {**PLAN, "a1": {**PLAN["a1"], "rag": "R"}}


def test_the_newer_return_stands_cell_by_cell() -> None:
    first = back("Asha", {"a1": {"rag": "R", "evidence": "Photo"}}, arrival=1)
    second = back("Asha", {"a1": {"rag": "G", "evidence": "Photo"}}, arrival=2)
    merged = merge(second, first)
    assert moved(merged) == ["a1 rag: A -> G (Asha)", "a1 evidence: Minutes -> Photo (Asha)"]
    assert [(one.lead, one.field, one.value.text) for one in merged.superseded] == [
        ("Asha", "rag", "R")
    ]


def test_a_newer_return_without_the_row_takes_nothing_back() -> None:
    merged = merge(
        back("Asha", {"a1": {"rag": "G"}}, arrival=1), back("Asha", {"a2": {"rag": "G"}}, arrival=2)
    )
    assert moved(merged) == ["a1 rag: A -> G (Asha)", "a2 rag: R -> G (Asha)"]


def test_back_at_the_issued_value_is_asked_about() -> None:
    merged = merge(
        back("Asha", {"a1": {"rag": "G"}}, arrival=1),
        back("Asha", {"a1": {}}, arrival=2, name="second.xlsx"),
    )
    assert asked(merged) == ["a1 rag taken-back: Asha G"]
    assert "second.xlsx" in merged.questions[0].note
    assert merged.changes == ()


def test_back_at_the_issued_value_after_it_was_merged_is_asked_about() -> None:
    master = {**PLAN, "a1": {**PLAN["a1"], "rag": "G"}}
    merged = merge(
        back("Asha", {"a1": {}}), master=master, origins={("a1", "rag"): frozenset({"Asha"})}
    )
    assert asked(merged) == ["a1 rag taken-back: Asha A"]
    assert merged.merged["a1"]["rag"].text == "G"


def test_what_only_their_earlier_return_put_there_is_no_move_of_the_plan() -> None:
    master = {**PLAN, "a1": {**PLAN["a1"], "rag": "G"}}
    newer = back("Asha", {"a1": {"rag": "R"}})
    assert asked(merge(newer, master=master)) == ["a1 rag both-moved: Asha R"]
    merged = merge(newer, master=master, origins={("a1", "rag"): frozenset({"Asha"})})
    assert moved(merged) == ["a1 rag: G -> R (Asha)"]


def test_what_two_leads_put_there_is_the_plan_s_own_until_both_speak_again() -> None:
    master = {**PLAN, "a1": {**PLAN["a1"], "rag": "G"}}
    origins = {("a1", "rag"): frozenset({"Asha", "Ben"})}
    newer = back("Asha", {"a1": {"rag": "R"}})
    assert asked(merge(newer, master=master, origins=origins)) == ["a1 rag both-moved: Asha R"]
    both = merge(newer, back("Ben", {"a1": {"rag": "R"}}), master=master, origins=origins)
    assert moved(both) == ["a1 rag: G -> R (Asha, Ben)"]


def test_a_late_return_is_compared_with_its_own_base() -> None:
    late = back("Asha", {"a1": {"evidence": "Photo"}}, base=PLAN)
    merged = merge(late, master=NEXT)
    assert moved(merged) == ["a1 evidence: Minutes -> Photo (Asha)"]
    assert merged.questions == ()


ROUNDS = ("Jan", "Feb")
LATE = back("Asha", {"a1": {"rag": "G", "progress": "Old."}}, base=PLAN, round="Jan")
CURRENT = back("Asha", {"a1": {"rag": "B"}}, base=NEXT, round="Feb")


def test_of_two_workbooks_of_one_lead_the_later_stands_where_it_says_something() -> None:
    for returns in [(LATE, CURRENT), (CURRENT, LATE)]:
        merged = merge(*returns, master=NEXT, rounds=ROUNDS)
        assert moved(merged) == [
            "a1 rag: R -> B (Asha)",
            "a1 progress: Begun -> Old. (Asha)",
        ]
        assert [(one.field, one.value.text) for one in merged.superseded] == [("rag", "G")]
        assert asked(merged) == []


def test_the_later_of_two_workbooks_of_one_round_is_the_one_issued_later() -> None:
    first = replace(LATE, round="", issue="i1", issued=1, arrival=9)
    second = replace(CURRENT, round="", issue="i2", issued=2, arrival=1)
    assert "a1 rag: R -> B (Asha)" in moved(merge(first, second, master=NEXT))


def test_two_workbooks_that_nothing_orders_are_two_answers() -> None:
    (question,) = merge(LATE, CURRENT, master=NEXT).questions
    assert {one.value.text for one in question.candidates} == {"G", "B"}
    assert "Asha's own, from more than one workbook" in question.note


def test_what_was_merged_from_another_workbook_of_theirs_is_no_move_of_the_plan() -> None:
    master = {**PLAN, "a1": {**PLAN["a1"], "rag": "G"}}
    february = back("Asha", {"a1": {"rag": "R"}}, round="Feb")
    assert asked(merge(february, master=master)) == ["a1 rag both-moved: Asha R"]
    credits = {("a1", "rag"): Credit(frozenset({"Asha"}), "Jan")}
    merged = merge(february, master=master, credits=credits)
    assert moved(merged) == ["a1 rag: G -> R (Asha)"]


def test_returns_of_one_issue_belong_together_whatever_base_they_are_given() -> None:
    shorter = {"a1": PLAN["a1"]}
    merged = merge(
        back("Asha", {"a1": {"rag": "G"}}, issue="i7", arrival=1),
        back("Asha", {"a1": {"rag": "B"}}, issue="i7", arrival=2, base=shorter),
    )
    assert moved(merged) == ["a1 rag: A -> B (Asha)"]


def test_an_earlier_return_given_beside_the_newer_tells_where_the_plan_s_value_came_from() -> None:
    master = {**PLAN, "a1": {**PLAN["a1"], "rag": "G"}}
    earlier, newer = (
        back("Asha", {"a1": {"rag": "G"}}, arrival=1),
        back("Asha", {"a1": {"rag": "R"}}, arrival=2),
    )
    merged = merge(earlier, newer, master=master)
    assert moved(merged) == ["a1 rag: G -> R (Asha)"]
    assert [(one.field, one.value.text) for one in merged.superseded] == [("rag", "G")]
    assert asked(merge(earlier, newer, master=master, origins={})) == ["a1 rag both-moved: Asha R"]


def test_a_blank_where_a_whole_workbook_showed_something_is_a_clearing() -> None:
    blank: Edits = {"a1": {"progress": ""}}
    assert asked(merge(back("The office", blank))) == []
    assert asked(merge(back("The office", blank, whole=True))) == [
        "a1 progress cleared: The office"
    ]
