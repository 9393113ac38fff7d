"""What was merged, decided or declined earlier in the round is known: a decision holds, and a word
said again is no new word.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.merge.building import FIELDS, PLAN, asked, back, decide, merge, moved
from tests.strategies import a_field
from xlplan.merge import Credit, Merged, Return, ReturnedRow
from xlplan.plan.changes import Choice, Decision
from xlplan.plan.values import Value

ASHA = back("Asha", {"a1": {"rag": "G"}}, arrival=1)
BEN = back("Ben", {"a1": {"rag": "R"}}, arrival=1)
CAI = back("Cai", {"a1": {"rag": "B"}}, arrival=1)
BOTH = merge(ASHA, BEN).questions[0]
KEEP = decide(BOTH, "master")


def again(one: Return) -> Return:
    """The workbook sent again, with another row filled in."""
    rows = [*one.rows, *back(one.lead, {"a2": {"rag": "A"}}).rows]
    return replace(one, rows=rows, arrival=2, name="again.xlsx")


def with_rag(text: str) -> dict[str, dict[str, str]]:
    return {**PLAN, "a1": {**PLAN["a1"], "rag": text}}


def test_a_word_said_again_in_the_same_workbook_is_no_new_word() -> None:
    for decisions in ([KEEP], []):
        merged = merge(again(ASHA), settled=[ASHA, BEN], decisions=decisions)
        assert moved(merged) == ["a2 rag: R -> A (Asha)"]
        assert asked(merged) == []


def test_what_an_undo_lets_wait_again_is_a_new_word_though_it_was_sent_twice() -> None:
    merged = merge(ASHA, settled=[again(ASHA)])
    assert moved(merged) == ["a1 rag: A -> G (Asha)"]


def test_the_same_value_in_a_later_workbook_is_a_new_word() -> None:
    later = replace(ASHA, issue="i2", issued=2)
    merged = merge(later, settled=[replace(ASHA, issue="i1", issued=1)])
    assert moved(merged) == ["a1 rag: A -> G (Asha)"]


@pytest.mark.parametrize("choice", ["master", "take", "value"])
def test_a_third_value_after_a_decision_is_asked_about_with_all_three(choice: Choice) -> None:
    decision = decide(BOTH, choice, lead="Ben", value=Value("R", "r"))
    now = PLAN if choice == "master" else with_rag("R")
    merged = merge(CAI, settled=[ASHA, BEN], master=now, decisions=[decision])
    assert asked(merged) == ["a1 rag leads-disagree: Asha G, Ben R, Cai B"]
    assert "Decided before; Cai said something that it had not heard." in merged.questions[0].note


def test_what_a_decision_had_heard_is_answered_by_it_whoever_says_it_now() -> None:
    same = back("Cai", {"a1": {"rag": "G"}})
    merged = merge(same, settled=[ASHA, BEN], decisions=[KEEP])
    assert asked(merged) == moved(merged) == []
    assert [one.decision for one in merged.answered] == [KEEP]


def test_an_answer_that_was_merged_first_is_one_to_choose_from() -> None:
    merged = merge(BEN, settled=[ASHA], master=with_rag("G"))
    (question,) = merged.questions
    assert asked(merged) == ["a1 rag leads-disagree: Asha G, Ben R"]
    assert "What the plan holds is the answer of Asha, merged before." in question.note


def test_a_declined_value_meets_its_refusal_from_anybody_and_another_is_judged_without_it() -> None:
    (change,) = merge(ASHA).changes
    no = Decision("W1", change.grounds, "decline", "Officer", "2013-02-01", text="not yet")
    same = back("Ben", {"a1": {"rag": "G"}})
    met = merge(same, settled=[ASHA], decisions=[no])
    assert met.changes == met.questions == ()
    assert [one.decision for one in met.answered] == [no]
    assert moved(merge(BEN, settled=[ASHA], decisions=[no])) == ["a1 rag: A -> R (Ben)"]
    assert moved(merge(ASHA, BEN, decisions=[no])) == ["a1 rag: A -> R (Ben)"]


def test_a_refusal_that_the_officer_thought_better_of_is_none() -> None:
    (change,) = merge(ASHA).changes
    no = Decision("W1", change.grounds, "decline", "Officer", "2013-02-01")
    yes = decide(BOTH, "take", lead="Asha", at="2013-02-02")
    assert moved(merge(ASHA, BEN, decisions=[no, yes])) == ["a1 rag: A -> G (Asha)"]


def rested(merged: Merged) -> list[str]:
    return [one.decision.value.text for one in merged.resting]


def test_a_decision_rests_while_nobody_says_what_it_took_and_holds_when_they_do() -> None:
    take = decide(BOTH, "take", lead="Ben", value=Value("R", "r"))
    alone = merge(ASHA, decisions=[take])
    assert moved(alone) == ["a1 rag: A -> G (Asha)"]
    assert rested(alone) == ["R"]
    both = merge(ASHA, BEN, decisions=[take])
    assert moved(both) == ["a1 rag: A -> R (Ben)"]
    assert rested(both) == []


def test_a_decision_ends_with_its_round() -> None:
    rounds = ("Jan", "Feb")
    made = replace(KEEP, round="Jan")

    def in_round(label: str) -> tuple[Return, ...]:
        return tuple(replace(one, round=label) for one in (ASHA, BEN))

    assert asked(merge(*in_round("Jan"), decisions=[made], rounds=rounds)) == []
    assert asked(merge(*in_round("Feb"), decisions=[made], rounds=rounds)) == [
        "a1 rag leads-disagree: Asha G, Ben R"
    ]
    later = replace(KEEP, round="Feb")
    assert asked(merge(*in_round("Jan"), decisions=[later], rounds=rounds)) == []


def test_a_decision_on_other_bases_does_not_hold() -> None:
    shown = replace(ASHA, base=with_rag("Gr"))
    merged = merge(shown, BEN, decisions=[KEEP])
    (question,) = merged.questions
    assert [base.text for base in question.bases] == ["A", "Gr"]


def test_keeping_the_plan_on_a_repeated_row_holds_when_the_file_comes_again() -> None:
    rows = [ReturnedRow("a1", {"rag": "G"}), ReturnedRow("a1", {"rag": "R"})]
    twice = Return("Asha", PLAN, rows, arrival=1)
    merged = merge(again(twice), settled=[twice])
    assert asked(merged) == []
    assert moved(merged) == ["a2 rag: R -> A (Asha)"]


def test_keeping_the_plan_without_a_base_holds_when_the_file_comes_again() -> None:
    blind = replace(ASHA, base={"a2": PLAN["a2"]})
    assert asked(merge(blind)) == ["a1 rag no-base: Asha G"]
    assert asked(merge(again(blind), settled=[blind])) == []


def test_keeping_a_row_withdrawn_holds_for_what_is_left_and_when_the_file_comes_again() -> None:
    (question,) = merge(ASHA, BEN, withdrawn={"a1"}).questions
    no = decide(question, "decline")
    assert asked(merge(ASHA, withdrawn={"a1"}, decisions=[no])) == []
    assert asked(merge(again(ASHA), settled=[ASHA, BEN], withdrawn={"a1"})) == []
    assert asked(merge(CAI, settled=[ASHA], withdrawn={"a1"}, decisions=[no])) == [
        "a1 * withdrawn: Asha rag: G, Cai rag: B"
    ]


def test_entries_that_were_settled_are_not_entered_again() -> None:
    fields = FIELDS | {"progress": a_field("progress", "append")}
    asha = back("Asha", {"a1": {"progress": "Done"}}, round="Jan")
    ben = back("Ben", {"a1": {"progress": "Late"}}, round="Jan")
    refused = {**PLAN, "a1": {**PLAN["a1"], "progress": "Begun"}}
    merged = merge(ben, settled=[asha], master=refused, fields=fields)
    assert merged.merged["a1"]["progress"].text == "Begun\n\nBen (Jan): Late"


def test_who_moved_a_cell_meanwhile_is_named() -> None:
    now = {**PLAN, "a1": {**PLAN["a1"], "evidence": "Photo"}}
    credits = {("a1", "evidence"): Credit(frozenset({"Rose"}), "Jan")}
    sue = back("Sue", {"a1": {"rag": "R"}}, round="Jan")

    def told(one: Return) -> list[str]:
        return [note.text for note in merge(one, master=now, credits=credits).notes]

    assert told(sue) == ["Rose changed evidence meanwhile."]
    assert told(replace(sue, round="Feb")) == ["Rose (Jan) changed evidence meanwhile."]
    office = merge(sue, master=now).notes
    assert [note.text for note in office] == ["The office changed evidence meanwhile."]


def test_what_moved_meanwhile_is_judged_from_the_workbook_that_the_answer_came_in() -> None:
    now = {**PLAN, "a1": {**PLAN["a1"], "evidence": "Photo"}}
    old = back("Sue", {"a2": {"rag": "G"}}, round="Jan", issued=1)
    new = back("Sue", {"a1": {"rag": "R"}}, base=now, round="Feb", issued=2)
    assert merge(old, new, master=now).notes == ()


def test_what_an_undo_took_out_again_is_no_move_of_the_plan() -> None:
    january = back("Asha", {"a1": {"rag": "G"}}, round="Jan", issue="i1", issued=1)
    february = back(
        "Asha", {"a1": {"rag": "R"}}, base=with_rag("G"), round="Feb", issue="i2", issued=2
    )
    march = back("Asha", {"a1": {"rag": "B"}}, base=with_rag("R"), issue="i3", issued=3)
    assert moved(merge(january, february)) == ["a1 rag: A -> R (Asha)"]
    assert moved(merge(january, february, march)) == ["a1 rag: A -> B (Asha)"]
    assert asked(merge(january, february, master=with_rag("Gr"))) == ["a1 rag both-moved: Asha R"]


def test_a_decision_says_nothing_of_a_value_that_the_rule_worst_leaves_aside() -> None:
    fields = FIELDS | {"rag": a_field("rag", "worst")}
    red = with_rag("R")
    cleared = back("Asha", {"a1": {"rag": ""}}, base=red)
    (question,) = merge(cleared, master=red, fields=fields).questions
    made = decide(question, "value", value=Value("", ""))
    ben = back("Ben", {"a1": {"rag": "G"}}, base=with_rag("A"))
    merged = merge(ben, master=red, fields=fields, decisions=[made])
    assert (moved(merged), asked(merged)) == ([], [])
    assert [one.value.text for one in merged.outranked] == ["G"]


def test_a_decision_holds_again_though_another_answer_was_merged_while_it_rested() -> None:
    take = decide(BOTH, "take", lead="Ben", value=Value("R", "R"))
    credits = {("a1", "rag"): Credit(frozenset({"Asha"}))}
    now = with_rag("G")
    merged = merge(BEN, settled=[ASHA], master=now, decisions=[take], credits=credits)
    assert moved(merged) == ["a1 rag: G -> R (Ben)"]


def test_a_decision_on_a_withdrawn_row_meets_the_same_edits_from_anybody() -> None:
    (question,) = merge(ASHA, withdrawn={"a1"}).questions
    no = decide(question, "decline", text="It is over.")
    same = back("Ben", {"a1": {"rag": "G"}})
    assert asked(merge(same, settled=[ASHA], withdrawn={"a1"}, decisions=[no])) == []
    other = back("Ben", {"a1": {"rag": "R"}})
    assert len(asked(merge(other, settled=[ASHA], withdrawn={"a1"}, decisions=[no]))) == 1


def test_a_decision_on_a_withdrawn_row_says_nothing_of_another() -> None:
    gone = {"a1", "a2"}
    (question,) = merge(ASHA, withdrawn=gone).questions
    no = decide(question, "decline", text="It is over.")
    other = back("Asha", {"a2": {"rag": "G"}})
    assert asked(merge(other, withdrawn=gone, decisions=[no])) == ["a2 * withdrawn: Asha rag: G"]


def test_who_thinks_better_of_the_answer_that_was_taken_leaves_it_to_rest() -> None:
    take = decide(BOTH, "take", lead="Ben", value=Value("R", "R"))
    agreed = back("Ben", {"a1": {"rag": "G"}}, arrival=2)
    credits = {("a1", "rag"): Credit(frozenset({"Ben"}))}
    merged = merge(
        agreed, settled=[ASHA, BEN], master=with_rag("R"), decisions=[take], credits=credits
    )
    assert moved(merged) == ["a1 rag: R -> G (Asha, Ben)"]
    assert rested(merged) == ["R"]


def test_who_was_shown_a_settled_answer_moves_on_from_it() -> None:
    now = with_rag("G")
    later = back("Ben", {"a1": {"rag": "R"}}, base=now, issue="i2", issued=2)
    assert moved(merge(later, settled=[ASHA], master=now)) == ["a1 rag: G -> R (Ben)"]
    assert len(merge(later, CAI, settled=[ASHA], master=now).questions[0].candidates) == 3
