"""The officer decides: each decision is bound to its values, applied once, and kept on record."""

from __future__ import annotations

from dataclasses import replace

from tests.merge.building import FIELDS, PLAN, asked, back, decide, merge, moved
from tests.strategies import a_field
from xlplan.merge import Return, ReturnedRow
from xlplan.plan.changes import Decision
from xlplan.plan.values import Value

ASHA = back("Asha", {"a1": {"rag": "G"}})
BEN = back("Ben", {"a1": {"rag": "R"}})
CONFLICT = merge(ASHA, BEN).questions[0]


def test_keeping_the_plan_s_value_closes_the_question() -> None:
    decision = decide(CONFLICT, "master")
    merged = merge(ASHA, BEN, decisions=[decision])
    assert merged.questions == merged.changes == ()
    assert [(one.about, one.decision) for one in merged.answered] == [(CONFLICT, decision)]


def test_taking_a_lead_s_value_credits_that_lead() -> None:
    merged = merge(ASHA, BEN, decisions=[decide(CONFLICT, "take", lead="Ben", text="Ben runs it")])
    assert moved(merged) == ["a1 rag: A -> R (Ben)"]
    assert merged.changes[0].reason == "Ben runs it"


def test_another_value_is_the_officer_s_own() -> None:
    merged = merge(ASHA, BEN, decisions=[decide(CONFLICT, "value", value=Value("B", "b"))])
    assert moved(merged) == ["a1 rag: A -> B (Officer)"]


def test_asking_the_leads_leaves_the_question_open() -> None:
    merged = merge(ASHA, BEN, decisions=[decide(CONFLICT, "ask")])
    assert asked(merged) == ["a1 rag leads-disagree: Asha G, Ben R"]
    assert "asked" in merged.questions[0].note
    assert merged.questions[0].grounds == CONFLICT.grounds


def test_a_moved_value_makes_a_decision_void() -> None:
    decision = decide(CONFLICT, "take", lead="Asha", value=Value("G", "g"))
    now = merge(ASHA, back("Ben", {"a1": {"rag": "B"}}), decisions=[decision])
    assert asked(now) == ["a1 rag leads-disagree: Asha G, Ben B"]
    office = {**PLAN, "a1": {**PLAN["a1"], "rag": "Gr"}}
    assert asked(merge(ASHA, BEN, master=office, decisions=[decision])) == [
        "a1 rag both-moved: Asha G, Ben R"
    ]


def test_the_same_conflict_over_the_plan_that_was_decided_is_answered_by_it() -> None:
    decision = decide(CONFLICT, "take", lead="Asha", value=Value("G", "g"))
    after = merge(ASHA, BEN, decisions=[decision])
    for returns in [(ASHA, BEN), (BEN,)]:
        again = merge(*returns, master=after.merged, decisions=[decision])
        assert again.questions == again.changes == ()


def test_keeping_the_plan_against_two_leads_holds_against_what_one_of_them_said() -> None:
    keep = decide(CONFLICT, "master")
    for left in [(ASHA,), (BEN,), (ASHA, back("Ben", {"a1": {"rag": "G"}}))]:
        merged = merge(*left, decisions=[keep])
        assert merged.changes == merged.questions == ()
        assert [one.decision for one in merged.answered] == [keep]


def test_the_latest_decision_on_the_same_values_stands() -> None:
    decisions = [
        decide(CONFLICT, "take", lead="Asha", at="2013-02-02"),
        decide(CONFLICT, "master", at="2013-02-01"),
    ]
    assert moved(merge(ASHA, BEN, decisions=decisions)) == ["a1 rag: A -> G (Asha)"]


def test_accepting_needs_one_value_to_accept() -> None:
    assert asked(merge(ASHA, BEN, decisions=[decide(CONFLICT, "accept")])) == [
        "a1 rag leads-disagree: Asha G, Ben R"
    ]


def test_a_clearing_is_applied_when_accepted_and_not_when_declined() -> None:
    emptied = back("Asha", {"a1": {"evidence": ""}})
    (question,) = merge(emptied).questions
    accepted = merge(emptied, decisions=[decide(question, "accept")])
    assert moved(accepted) == ["a1 evidence: Minutes ->  (Asha)"]
    declined = merge(emptied, decisions=[decide(question, "decline")])
    assert declined.merged["a1"]["evidence"].text == "Minutes"
    assert declined.questions == ()


def test_a_move_is_approved_or_refused() -> None:
    fields = FIELDS | {"due": a_field("due", "approve")}
    later = back("Asha", {"a1": {"due": "30/06/2013"}})
    (question,) = merge(later, fields=fields).questions
    approved = merge(later, fields=fields, decisions=[decide(question, "accept")])
    assert moved(approved) == ["a1 due: 31/03/2013 -> 30/06/2013 (Asha)"]
    assert merge(later, fields=fields, decisions=[decide(question, "decline")]).changes == ()


def test_keeping_both_appends_every_candidate() -> None:
    returns = (
        back("Asha", {"a1": {"progress": "Done"}}),
        back("Ben", {"a1": {"progress": "Late"}}),
    )
    (question,) = merge(*returns).questions
    decision = decide(question, "append")
    merged = merge(*returns, decisions=[decision])
    assert merged.merged["a1"]["progress"].text == "Begun\n\nAsha: Done\n\nBen: Late"
    again = merge(*returns, master=merged.merged, decisions=[decision])
    assert again.changes == again.questions == ()


def test_edits_to_a_withdrawn_row_that_are_accepted_are_weighed_like_any_other() -> None:
    (question,) = merge(ASHA, BEN, withdrawn={"a1"}).questions
    all_of_it = merge(ASHA, BEN, withdrawn={"a1"}, decisions=[decide(question, "accept")])
    assert asked(all_of_it) == ["a1 rag leads-disagree: Asha G, Ben R"]
    ben_s = merge(ASHA, BEN, withdrawn={"a1"}, decisions=[decide(question, "take", lead="Ben")])
    assert moved(ben_s) == ["a1 rag: A -> R (Ben)"]
    none = merge(ASHA, BEN, withdrawn={"a1"}, decisions=[decide(question, "decline")])
    assert none.changes == none.questions == ()


def test_answers_that_came_apart_go_to_the_row_they_name_when_accepted() -> None:
    apart = Return("Asha", PLAN, [ReturnedRow("a1", {"rag": "B"}, detached="a2")], frozenset(PLAN))
    (question,) = merge(apart).questions
    assert moved(merge(apart, decisions=[decide(question, "accept")])) == ["a2 rag: R -> B (Asha)"]
    assert moved(merge(apart, decisions=[decide(question, "same-as", text="a1")])) == [
        "a1 rag: A -> B (Asha)"
    ]
    assert merge(apart, decisions=[decide(question, "decline")]).changes == ()


def test_one_answer_settles_all_of_a_file_that_came_apart_and_is_bound_to_its_order() -> None:
    def sent(**rag: str) -> Return:
        rows = [
            ReturnedRow(key, {"rag": text}, detached={"a1": "a2", "a2": "a1"}[key])
            for key, text in rag.items()
        ]
        return Return("Asha", PLAN, rows, frozenset(PLAN), name="asha.xlsx")

    (question,) = merge(sent(a1="B", a2="G")).questions
    accepted = [decide(question, "accept")]
    assert moved(merge(sent(a1="B", a2="G"), decisions=accepted)) == [
        "a1 rag: A -> G (Asha)",
        "a2 rag: R -> B (Asha)",
    ]
    assert merge(sent(a1="B", a2="G"), decisions=[decide(question, "decline")]).changes == ()
    assert len(merge(sent(a1="B", a2="B"), decisions=accepted).questions) == 1
    assert len(merge(sent(a1="B"), decisions=accepted).questions) == 1
    straight = replace(sent(a1="B", a2="G"), rows=[ReturnedRow("a1", {"rag": "B"}, detached="a1")])
    assert len(merge(straight, decisions=accepted).questions) == 1


def test_answers_put_back_in_their_rows_are_weighed_like_any_other() -> None:
    rows = [
        ReturnedRow("a1", {"rag": "B", "evidence": ""}, detached="a3"),
        ReturnedRow("a3", {"rag": "R"}, detached="a2"),
    ]
    sent = Return("Asha", PLAN, rows, frozenset(PLAN))
    (question,) = merge(sent).questions
    merged = merge(sent, back("Ben", {"a3": {"rag": "R"}}), decisions=[decide(question, "accept")])
    assert asked(merged) == ["a3 rag leads-disagree: Asha B, Ben R", "a3 evidence cleared: Asha"]


def test_a_proposal_is_accepted_declined_or_known_as_an_action_of_the_plan() -> None:
    new = back("Asha", {None: {"ref": "NEW 1", "evidence": "A new lift"}})
    (proposal,) = merge(new).proposals
    accepted = merge(new, decisions=[decide(proposal, "accept")])
    assert (accepted.accepted, accepted.proposals) == ((proposal,), ())
    declined = merge(new, decisions=[decide(proposal, "decline")])
    assert (declined.accepted, declined.proposals) == ((), ())
    known = merge(new, decisions=[decide(proposal, "same-as", text="1.2")])
    assert moved(known) == ["a2 evidence:  -> A new lift (Asha)"]
    assert known.proposals == ()


def test_of_two_proposals_under_one_ref_the_officer_takes_one() -> None:
    returns = (
        back("Asha", {None: {"ref": "NEW 1", "rag": "G"}}),
        back("Ben", {None: {"ref": "NEW 1", "rag": "R"}}),
    )
    (question,) = merge(*returns).questions
    merged = merge(*returns, decisions=[decide(question, "take", lead="Ben")])
    assert [one.lead for one in merged.accepted] == ["Ben"]
    assert merged.proposals == merged.questions == ()


def test_a_waiting_change_is_refused_or_replaced() -> None:
    (change,) = merge(ASHA).changes
    refused = Decision("", change.grounds, "decline", "Officer", "2013-02-01", text="not yet")
    assert merge(ASHA, decisions=[refused]).changes == ()
    replaced = Decision("", change.grounds, "value", "Officer", "2013-02-01", value=Value("B", "b"))
    assert moved(merge(ASHA, decisions=[replaced])) == ["a1 rag: A -> B (Officer)"]


def test_a_note_in_doubt_is_decided_beside_those_that_are_not() -> None:
    fields = FIELDS | {"progress": a_field("progress", "append")}
    returns = (
        back("Asha", {"a1": {"progress": "Done"}}, arrival=1, round="Jan"),
        back("Asha", {"a1": {}}, arrival=2, round="Jan"),
        back("Ben", {"a1": {"progress": "Late"}}, round="Jan"),
    )
    open_ = merge(*returns, fields=fields)
    assert asked(open_) == ["a1 progress taken-back: Asha Done"]
    assert open_.merged["a1"]["progress"].text == "Begun\n\nBen (Jan): Late"
    taken = merge(*returns, fields=fields, decisions=[decide(open_.questions[0], "accept")])
    assert taken.merged["a1"]["progress"].text == "Begun\n\nAsha (Jan): Done\n\nBen (Jan): Late"
    (change,) = taken.changes
    assert {source.lead for source in change.sources} == {"Asha", "Ben"}


def test_who_changes_their_mind_after_a_decision_is_heard() -> None:
    asha = {**PLAN, "a1": {**PLAN["a1"], "rag": "G"}}
    old = back("Ben", {"a1": {"rag": "R"}}, arrival=1)
    (question,) = merge(old, master=asha).questions
    taken = decide(question, "take", lead="Ben")
    decided = {**PLAN, "a1": {**PLAN["a1"], "rag": "R"}}
    new = back("Ben", {"a1": {"rag": "G"}}, arrival=2)
    origins = {("a1", "rag"): {"Ben"}}
    merged = merge(old, new, master=decided, decisions=[taken], origins=origins)
    assert moved(merged) == ["a1 rag: R -> G (Ben)"]


def test_who_takes_back_an_answer_that_was_decided_for_is_asked() -> None:
    old, cai = back("Ben", {"a1": {"rag": "R"}}, arrival=1), back("Cai", {"a1": {"rag": "G"}})
    (question,) = merge(old, cai).questions
    taken = decide(question, "take", lead="Ben")
    decided = {**PLAN, "a1": {**PLAN["a1"], "rag": "R"}}
    assert asked(merge(old, cai, master=decided, decisions=[taken])) == []
    gone = back("Ben", {"a1": {}}, arrival=2)
    (again,) = merge(
        old, gone, cai, master=decided, decisions=[taken], origins={("a1", "rag"): {"Ben"}}
    ).questions
    assert {(one.source.lead, one.value.text) for one in again.candidates} == {
        ("Ben", "A"),
        ("Cai", "G"),
    }


def test_an_answered_order_holds_for_what_a_newer_return_leaves_of_it() -> None:
    rows = [
        ReturnedRow("a1", {"rag": "B", "evidence": "Photo"}, detached="a2"),
        ReturnedRow("a2", {"rag": "G"}, detached="a1"),
    ]
    old = Return("Asha", PLAN, rows, frozenset(PLAN), arrival=1)
    (question,) = merge(old).questions
    yes, no = decide(question, "accept"), decide(question, "decline", text="no")
    new = back("Asha", {"a1": {"rag": "R"}, "a2": {"rag": "G"}}, arrival=2)
    assert [one.reason for one in merge(old, new).questions] == ["detached"]
    held = merge(old, new, decisions=[yes])
    assert asked(held) == ["a2 evidence taken-back: Asha Photo"]
    assert moved(held) == ["a1 rag: A -> R (Asha)", "a2 rag: R -> G (Asha)"]
    assert asked(merge(old, new, decisions=[no])) == []
    assert [
        one.reason for one in merge(old, new, decisions=[decide(question, "ask")]).questions
    ] == ["detached"]


def test_an_answered_order_holds_for_what_a_merge_has_left_of_its_file() -> None:
    rows = [
        ReturnedRow("a1", {"rag": "B", "evidence": "Photo"}, detached="a2"),
        ReturnedRow("a2", {}, detached="a1"),
    ]
    whole = Return("Asha", PLAN, rows, frozenset(PLAN))
    (question,) = merge(whole).questions
    left = replace(whole, rows=[ReturnedRow("a1", {"evidence": "Photo"}, detached="a2")])
    decided = [decide(question, "accept")]
    assert asked(merge(left, decisions=decided)) == ["a1 * detached: Asha evidence: Photo"]
    assert moved(merge(replace(left, rest=True), decisions=decided)) == [
        "a2 evidence:  -> Photo (Asha)"
    ]
    other = replace(left, rows=[ReturnedRow("a1", {"evidence": "Plan"}, detached="a2")], rest=True)
    assert asked(merge(other, decisions=decided)) == ["a1 * detached: Asha evidence: Plan"]


DATED = {
    # The reason stands first on purpose: in a mapping it may stand before its date.
    "evidence": replace(a_field("evidence"), beside="due"),
    **{name: FIELDS[name] for name in ("rag", "progress")},
    "due": replace(a_field("due"), rule="approve", doubt_if=lambda new: new.text == "31/06/2013"),
}
LATE = back("Asha", {"a1": {"due": "31/06/2013", "evidence": "The landlord", "progress": "On it"}})


def test_a_doubted_value_waits_with_what_belongs_to_it_and_holds_up_nothing_else() -> None:
    """One question: who settles it approves the move too. The same value in the plan is no move."""
    merged = merge(LATE, fields=DATED)
    assert asked(merged) == ["a1 due doubted: Asha 31/06/2013"]
    assert moved(merged) == ["a1 progress: Begun -> On it (Asha)"]
    other = merge(LATE, back("Ben", {"a1": {"due": "TBC"}}), fields=DATED)
    assert asked(other)[0].startswith("a1 due leads-disagree")
    held = {**PLAN, "a1": {**PLAN["a1"], "due": "31/06/2013"}}
    assert merge(LATE, master=held, fields=DATED).questions == ()


def test_a_doubted_value_is_taken_as_it_stands_as_text_or_as_another_with_its_reason() -> None:
    (question,) = merge(LATE, fields=DATED).questions
    meant = Value("30/06/2013", "2013-06-30")
    said = question.candidates[0].value
    for decision, stands in (
        (decide(question, "as-it-stands", value=said), "31/06/2013"),
        (decide(question, "text-only", value=said), "31/06/2013"),
        (decide(question, "value", value=meant), "30/06/2013"),
    ):
        after = merge(LATE, fields=DATED, decisions=[decision])
        assert (after.questions, after.merged["a1"]["due"].text) == ((), stands)
        assert after.merged["a1"]["evidence"].text == "The landlord"
        again = merge(LATE, master=after.merged, fields=DATED, decisions=[decision])
        assert again.questions == again.changes == ()


def test_a_reason_goes_with_the_doubted_date_that_is_not_taken() -> None:
    (question,) = merge(LATE, fields=DATED).questions
    after = merge(LATE, fields=DATED, decisions=[decide(question, "master")])
    assert after.questions == ()
    assert moved(after) == ["a1 progress: Begun -> On it (Asha)"]
