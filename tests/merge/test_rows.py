"""What becomes of whole rows: missing, repeated, strange, withdrawn, detached, new."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.merge.building import FIELDS, PLAN, asked, back, decide, merge, moved
from tests.strategies import a_field
from xlplan.merge import Return, ReturnedRow, three_way
from xlplan.merge.model import Field
from xlplan.plan.changes import Choice, Source
from xlplan.plan.values import BLANK


def test_a_missing_row_deletes_nothing() -> None:
    merged = merge(back("Asha", {"a1": {"rag": "G"}}))
    assert moved(merged) == ["a1 rag: A -> G (Asha)"]
    assert list(merged.merged) == ["a1", "a2", "a3"]
    assert merged.questions == ()


def test_a_missing_column_clears_nothing() -> None:
    only_rag = Return("Asha", PLAN, [ReturnedRow("a1", {"rag": "G"})], frozenset(PLAN))
    merged = merge(only_rag)
    assert moved(merged) == ["a1 rag: A -> G (Asha)"]
    assert merged.questions == ()


def test_a_row_repeated_alike_counts_once() -> None:
    twice = back("Asha", {"a1": {"rag": "G"}})
    merged = merge(replace(twice, rows=[*twice.rows, *twice.rows]))
    assert moved(merged) == ["a1 rag: A -> G (Asha)"]
    assert merged.questions == ()


def test_a_row_repeated_differently_asks_about_the_cells_that_differ() -> None:
    first = back("Asha", {"a1": {"rag": "G", "evidence": "Photo"}})
    second = back("Asha", {"a1": {"rag": "R", "evidence": "Photo"}})
    merged = merge(replace(first, rows=[*first.rows, *second.rows]))
    assert asked(merged) == ["a1 rag repeated-row: Asha G, Asha R"]
    assert moved(merged) == ["a1 evidence: Minutes -> Photo (Asha)"]


def test_a_row_that_the_lead_was_never_given_is_told_and_refused() -> None:
    merged = merge(back("Asha", {"a2": {"rag": "G"}}, scope=frozenset({"a1"})))
    assert merged.changes == ()
    assert ("Asha", "a2", "rag", "not-in-scope") in {
        (one.lead, one.key, one.field, one.why) for one in merged.refused
    }
    assert [(note.key, note.leads) for note in merged.notes] == [("a2", ("Asha",))]


def test_a_key_that_nobody_knows_is_told_never_an_action_more() -> None:
    merged = merge(back("Asha", {"zz": {"rag": "G"}}, scope=None))
    assert list(merged.merged) == ["a1", "a2", "a3"]
    assert [(one.key, one.field, one.value.text, one.why) for one in merged.refused] == [
        ("zz", "rag", "G", "unknown-key")
    ]


def test_a_column_that_nobody_knows_is_told() -> None:
    merged = merge(back("Asha", {"a1": {"rag": "G", "mood": "fine"}}))
    assert moved(merged) == ["a1 rag: A -> G (Asha)"]
    assert [(one.field, one.value.text, one.why) for one in merged.refused] == [
        ("mood", "fine", "unknown-column")
    ]


def test_a_column_that_is_shown_and_not_compared_is_nothing_to_tell() -> None:
    merged = merge(back("Asha", {"a1": {"rag": "G", "ref": "1.1"}}))
    assert merged.refused == ()


def test_edits_to_a_withdrawn_row_wait_together() -> None:
    merged = merge(
        back("Asha", {"a1": {"rag": "G", "evidence": "Photo"}}),
        back("Ben", {"a1": {}, "a3": {"rag": "B"}}),
        withdrawn=frozenset({"a1"}),
    )
    assert asked(merged) == ["a1 * withdrawn: Asha rag: G; evidence: Photo"]
    (question,) = merged.questions
    assert [(name, value.text) for name, value in question.candidates[0].values] == [
        ("rag", "G"),
        ("evidence", "Photo"),
    ]
    assert moved(merged) == ["a3 rag: G -> B (Ben)"]


def test_a_row_that_the_plan_has_lost_counts_as_withdrawn() -> None:
    rest = {key: row for key, row in PLAN.items() if key != "a1"}
    merged = merge(back("Asha", {"a1": {"rag": "G"}}), master=rest)
    assert asked(merged) == ["a1 * withdrawn: Asha rag: G"]
    assert list(merged.merged) == ["a2", "a3"]


def test_a_withdrawn_row_sent_back_as_it_was_is_no_question() -> None:
    assert merge(back("Asha", {"a1": {}}), withdrawn={"a1"}).questions == ()


def test_a_row_without_a_base_asks_about_what_differs_from_the_plan() -> None:
    base = {key: row for key, row in PLAN.items() if key != "a1"}
    row = {"rag": "G", "evidence": "Minutes", "progress": ""}
    merged = merge(back("Asha", {"a1": row}, base=base))
    assert asked(merged) == ["a1 rag no-base: Asha G"]
    assert merged.changes == ()


def apart(*rows: tuple[str, str, dict[str, str]], lead: str = "Asha", **rest: Any) -> Return:
    """A return whose answers came apart: (the row they stand on, the row they name, what
    they say).
    """
    told = [ReturnedRow(stands, values, detached=to) for stands, to, values in rows]
    return Return(lead, PLAN, told, frozenset(PLAN), name=f"{lead}.xlsx", **rest)


def test_answers_that_came_apart_from_their_row_are_held() -> None:
    merged = merge(apart(("a1", "a2", {"rag": "B"})), back("Ben", {"a1": {"rag": "G"}}))
    assert asked(merged) == ["a1 * detached: Asha rag: B"]
    assert merged.questions[0].note == "The mended order: what stands on 1.1 belongs to 1.2."
    assert moved(merged) == ["a1 rag: A -> G (Ben)"]


def test_all_rows_of_a_file_that_came_apart_are_one_question() -> None:
    sorted_apart = apart(
        ("a2", "a1", {"rag": "G"}), ("a1", "a2", {"rag": "B"}), ("a3", "?", {"rag": "R"})
    )
    (question,) = merge(sorted_apart).questions
    assert (question.key, question.field, question.reason) == ("a1", "*", "detached")
    assert [(one.stands, one.to, one.value.text) for one in question.candidates] == [
        ("a1", "a2", "rag: B"),
        ("a2", "a1", "rag: G"),
        ("a3", "a3", "rag: R"),
    ]
    assert question.note.endswith("what stands on 1.3 stays.")


def test_each_file_that_came_apart_is_asked_about_on_its_own() -> None:
    asha, ben = (apart(("a1", "a2", {"rag": "B"}), lead=lead) for lead in ("Asha", "Ben"))
    assert asked(merge(asha, ben)) == ["a1 * detached: Asha rag: B", "a1 * detached: Ben rag: B"]


def test_a_newer_return_in_the_right_order_answers_for_itself() -> None:
    old = apart(
        ("a1", "a2", {"rag": "B", "evidence": "Photo"}), ("a2", "a1", {"rag": "G"}), arrival=1
    )
    new = back("Asha", {"a1": {"rag": "G"}, "a2": {"rag": "G"}}, arrival=2)
    merged = merge(old, new)
    assert asked(merged) == ["a1 * detached: Asha evidence: Photo"]
    assert [(one.key, one.field, one.value.text) for one in merged.superseded] == [
        ("a2", "rag", "B")
    ]
    assert moved(merged) == ["a1 rag: A -> G (Asha)", "a2 rag: R -> G (Asha)"]


def test_a_newer_return_that_came_apart_too_replaces_the_older_one() -> None:
    rows = ("a1", "a2", {"rag": "B"}), ("a2", "a1", {"rag": "G"})
    merged = merge(apart(*rows, arrival=1), apart(*rows, arrival=2))
    assert len(merged.questions) == 1
    assert merged.superseded == ()


def test_what_a_newer_return_that_came_apart_takes_back_is_asked() -> None:
    older = back("Asha", {"a1": {"evidence": "Photo"}}, arrival=1)
    newer = apart(
        ("a1", "a2", {"rag": "B"}), ("a2", "a1", {"rag": "G", "evidence": "Minutes"}), arrival=2
    )
    merged = merge(older, newer)
    assert asked(merged) == [
        "a1 * detached: Asha rag: B, Asha rag: G",
        "a1 evidence taken-back: Asha Photo",
    ]
    assert merged.changes == ()


def test_an_answer_that_one_come_apart_says_again_counts() -> None:
    older = back("Asha", {"a1": {"rag": "G"}}, arrival=1)
    merged = merge(older, apart(("a2", "a1", {"rag": "G"}), arrival=2))
    assert moved(merged) == ["a1 rag: A -> G (Asha)"]
    assert asked(merged) == ["a2 * detached: Asha rag: G"]


@pytest.mark.parametrize("choice", [None, "decline", "accept"])
def test_an_answer_that_one_come_apart_replaces_is_superseded(choice: Choice | None) -> None:
    older = back("Asha", {"a1": {"rag": "R", "evidence": "Photo"}}, arrival=1)
    newer = apart(("a2", "a1", {"rag": "G"}), ("a1", "a2", {"rag": "B"}), arrival=2)
    (question,) = merge(older, newer).questions
    merged = merge(older, newer, decisions=[decide(question, choice)] if choice else [])
    assert [(one.key, one.field, one.value.text) for one in merged.superseded] == [
        ("a1", "rag", "R")
    ]
    taken = ["a1 rag: A -> G (Asha)"] if choice == "accept" else []
    assert [one for one in moved(merged) if one.startswith("a1")] == [
        *taken,
        "a1 evidence: Minutes -> Photo (Asha)",
    ]


def test_a_row_that_stands_straight_outweighs_one_that_names_it() -> None:
    older = back("Asha", {"a1": {"rag": "R"}}, arrival=1)
    straight = ReturnedRow("a1", {"rag": "G"})
    newer = replace(
        apart(("a2", "a1", {"rag": "B"}), arrival=2),
        rows=[straight, ReturnedRow("a2", {}, detached="a1")],
    )
    assert moved(merge(older, newer)) == ["a1 rag: A -> G (Asha)"]


def test_a_row_without_a_key_is_a_proposal() -> None:
    source = Source("Asha", "asha.xlsx", "Update", "B12")
    row = ReturnedRow(None, {"ref": "NEW 1", "evidence": "A new lift"}, {"ref": source})
    merged = merge(Return("Asha", PLAN, [row], frozenset(PLAN)))
    (proposal,) = merged.proposals
    assert (proposal.lead, proposal.source, proposal.like) == ("Asha", source, ())
    assert {name: value.text for name, value in proposal.values.items()} == {
        "ref": "NEW 1",
        "evidence": "A new lift",
    }
    assert list(merged.merged) == ["a1", "a2", "a3"]


def test_an_empty_row_without_a_key_is_nothing() -> None:
    assert merge(back("Asha", {None: {"ref": " ", "evidence": ""}})).proposals == ()


def test_a_proposal_under_a_ref_of_the_plan_says_which() -> None:
    (proposal,) = merge(back("Asha", {None: {"ref": "1.2", "rag": "G"}})).proposals
    assert proposal.like == ("1.2",)


def test_the_same_proposal_of_two_leads_stands_once_for_both() -> None:
    merged = merge(
        back("Asha", {None: {"ref": "NEW 1", "rag": "G"}}),
        back("Ben", {None: {"ref": "new 1", "rag": "g"}}),
    )
    (proposal,) = merged.proposals
    assert [source.lead for source in proposal.sources] == ["Asha", "Ben"]
    assert merged.questions == ()


def test_different_proposals_under_one_new_ref_are_both_kept_and_asked_about() -> None:
    merged = merge(
        back("Asha", {None: {"ref": "NEW 1", "rag": "G"}}),
        back("Ben", {None: {"ref": "new 1", "rag": "R"}}),
    )
    assert [proposal.lead for proposal in merged.proposals] == ["Asha", "Ben"]
    assert asked(merged) == [
        "new:new 1 * same-new-ref: Asha ref: NEW 1; rag: G, Ben ref: new 1; rag: R"
    ]


def test_of_one_lead_s_two_proposals_under_one_ref_the_one_that_is_named_is_taken() -> None:
    rows = [ReturnedRow(None, {"ref": "NEW 1", "rag": rating}) for rating in ("G", "R")]
    sent = Return("Asha", PLAN, rows, frozenset(PLAN))
    (question,) = merge(sent).questions
    for candidate in question.candidates:
        decision = decide(question, "take", value=candidate.value, lead="Asha")
        (taken,) = merge(sent, decisions=[decision]).accepted
        assert tuple(taken.values.items()) == candidate.values
    both = merge(sent, decisions=[decide(question, "append")])
    assert len(both.accepted) == 2


def test_a_newer_return_replaces_the_lead_s_own_proposal() -> None:
    merged = merge(
        back("Asha", {None: {"ref": "NEW 1", "rag": "R"}}, arrival=1),
        back("Asha", {None: {"ref": "NEW 1", "rag": "G"}}, arrival=2),
    )
    assert [proposal.values["rag"].text for proposal in merged.proposals] == ["G"]
    assert [(one.field, one.value.text) for one in merged.superseded] == [("rag", "R")]
    assert merged.questions == ()


def test_a_new_row_sent_again_is_known_by_its_text() -> None:
    fields: list[Field | str] = [*FIELDS, a_field("action"), a_field("order")]
    first = {"action": "Hire a clerk", "due": "31/03/2013", "order": "7"}
    mended = {"action": "Hire a  clerk", "due": "30/04/2013", "order": "8"}
    other = {"action": "Hire a driver", "order": "7"}
    older = Return("Asha", PLAN, [ReturnedRow(None, first)], frozenset(PLAN), arrival=1)
    newer = Return(
        "Asha",
        PLAN,
        [ReturnedRow(None, other), ReturnedRow(None, mended)],
        frozenset(PLAN),
        arrival=2,
    )
    for returns in ([older, newer], [newer, older]):
        merged = three_way(PLAN, returns, fields)
        proposed = [
            (one.values["action"].text, one.values.get("due", BLANK).text)
            for one in merged.proposals
        ]
        assert sorted(proposed) == [("Hire a  clerk", "30/04/2013"), ("Hire a driver", "")]
        assert [(one.field, one.value.text) for one in merged.superseded] == [
            ("due", "31/03/2013"),
            ("order", "7"),
        ]


def test_what_others_moved_in_the_row_is_a_soft_note() -> None:
    master = {**PLAN, "a1": {**PLAN["a1"], "due": "30/06/2013"}}
    merged = merge(
        back("Asha", {"a1": {"rag": "G"}}),
        back("Ben", {"a1": {"evidence": "Photo"}}),
        master=master,
    )
    assert moved(merged) == ["a1 rag: A -> G (Asha)", "a1 evidence: Minutes -> Photo (Ben)"]
    assert [(note.field, note.leads, note.text) for note in merged.notes] == [
        ("rag", ("Ben",), "Asha changed rag too."),
        ("due", ("Asha", "Ben"), "The office changed due meanwhile."),
        ("evidence", ("Asha",), "Ben changed evidence too."),
    ]


def test_columns_that_are_not_compared_are_carried_along() -> None:
    merged = merge(back("Asha", {"a1": {"rag": "G"}}), fields={"rag": FIELDS["rag"]})
    assert {name: value.text for name, value in merged.merged["a1"].items()} == {
        **PLAN["a1"],
        "rag": "G",
    }
