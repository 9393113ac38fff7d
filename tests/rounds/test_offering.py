"""Which answers each kind of question takes, and that no label stands for two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import values
from xlplan.plan.changes import Candidate, Change, Option, Proposal, Question, Reason, Source
from xlplan.plan.changes import option_letter as letter
from xlplan.plan.text.text import fold_code
from xlplan.plan.values import BLANK, Value
from xlplan.rounds.answers.offering import (
    names_of_candidates,
    options_on_change,
    options_on_proposal,
    options_on_question,
)

A = Value("A", "a")


def said(lead: str, text: str, file: str = "", cell: str = "", returned: int = 0) -> Candidate:
    source = Source(lead, file, "Update", cell, returned=returned)
    return Candidate(Value(text, text.casefold()), source)


def asked(reason: Reason, *candidates: Candidate, field: str = "rag") -> Question:
    return Question("a1", field, reason, A, A, candidates, id="C1")


def offered(question: Question, *, text: bool = False) -> list[str]:
    """The labels that a line's list shows."""
    options = options_on_question(question, names_of_candidates(question, {}), text=text)
    return [option.label for option in options if option.listed]


ANN, BOB = said("Ann", "G"), said("Bob", "R")
CASES = [
    ("leads-disagree", (ANN, BOB), "Keep master; Take Ann; Take Bob; Another value; Ask the leads"),
    ("both-moved", (ANN,), "Keep master; Take Ann; Another value; Ask the leads"),
    ("cleared", (ANN,), "Accept; Decline; Another value; Ask the leads"),
    ("needs-approval", (ANN,), "Accept; Decline; Another value; Ask the leads"),
    ("needs-approval", (ANN, BOB), "Keep master; Take Ann; Take Bob; Another value; Ask the leads"),
    ("edition", (ANN,), "Accept; Decline"),
    ("detached", (ANN,), "Put the answers back in their rows; Leave them out; Ask the lead"),
]


@pytest.mark.parametrize(("reason", "candidates", "labels"), CASES)
def test_each_kind_of_question_has_its_answers(
    reason: Reason, candidates: tuple[Candidate, ...], labels: str
) -> None:
    assert "; ".join(offered(asked(reason, *candidates))) == labels


def test_about_a_whole_row_there_is_no_other_value() -> None:
    row = asked("withdrawn", ANN, field="*")
    assert offered(row) == ["Accept", "Decline", "Ask the leads"]
    twice = asked("same-new-ref", ANN, BOB, field="*")
    assert offered(twice) == ["Take Ann", "Take Bob", "Keep both", "Decline", "Ask the leads"]


def test_only_texts_stand_one_below_the_other() -> None:
    texts = asked("leads-disagree", ANN, BOB, field="progress")
    assert "Keep both" in offered(texts, text=True)
    assert "Keep both" not in offered(texts, text=False)
    assert "Keep all" in offered(asked("leads-disagree", ANN, BOB, said("Cy", "B")), text=True)


JAN, FEB = said("Ann", "G", "Ann.xlsx", "H8", 1), said("Ann", "R", "Ann.xlsx", "H8", 2)


@pytest.mark.parametrize(
    ("candidates", "rounds", "names"),
    [
        ((ANN, BOB), {}, ["Ann", "Bob"]),
        ((JAN, FEB), {1: "January", 2: "February"}, ["Ann (January)", "Ann (February)"]),
        (
            (JAN, said("Ann", "R", "later.xlsx", "H8", 2)),
            {1: "January", 2: "January"},
            ["Ann (Ann.xlsx)", "Ann (later.xlsx)"],
        ),
        (
            (JAN, said("Ann", "R", "Ann.xlsx", "H9", 1)),
            {1: "January"},
            ["Ann (Update!H8)", "Ann (Update!H9)"],
        ),
        ((JAN, FEB, BOB), {}, ["Ann (G)", "Ann (R)", "Bob"]),
        ((JAN, said("Ann", "g", "again.xlsx", "H8", 3)), {}, ["Ann", "Ann"]),
    ],
)
def test_a_label_names_lead_and_where_needed_round_file_or_cell(
    candidates: tuple[Candidate, ...], rounds: dict[int, str], names: list[str]
) -> None:
    assert list(names_of_candidates(asked("repeated-row", *candidates), rounds)) == names


def test_what_one_lead_said_twice_alike_is_one_answer() -> None:
    same = said("Ann", "g", "again.xlsx", "H8", 3)
    question = asked("leads-disagree", JAN, same, BOB)
    takes = [
        option
        for option in options_on_question(question, ("Ann", "Ann", "Bob"), text=False)
        if option.choice == "take"
    ]
    assert [(option.label, option.words[:2]) for option in takes] == [
        ("Take Ann", ("a", "b")),
        ("Take Bob", ("c", "Bob")),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ann", "Bob", "a"]),
            st.sampled_from(["G", "R", "A long note " * 9 + "one", "A long note " * 9 + "two"]),
            st.sampled_from(["one.xlsx", "two.xlsx"]),
            st.sampled_from(["H8", "H9"]),
            st.integers(1, 3),
        ),
        min_size=1,
        max_size=6,
        unique=True,
    ),
    st.sampled_from(["leads-disagree", "both-moved", "needs-approval", "repeated-row"]),
)
def test_no_label_stands_for_two_answers(
    answers: list[tuple[str, str, str, str, int]], reason: Reason
) -> None:
    question = asked(reason, *(said(*answer) for answer in answers))
    names = names_of_candidates(question, {1: "January", 2: "February"})
    options = options_on_question(question, names, text=True)
    labels = [fold_code(option.label) for option in options]
    assert len(set(labels)) == len(labels)
    for option in options:
        others = {fold_code(word) for one in options if one is not option for word in one.words}
        assert fold_code(option.label) not in others


@pytest.mark.parametrize(("place", "letters"), [(0, "a"), (25, "z"), (26, "aa"), (52, "ba")])
def test_options_have_letters(place: int, letters: str) -> None:
    assert letter(place) == letters


def needs(options: tuple[Option, ...]) -> dict[str, tuple[str, bool, bool]]:
    """By label, what stands beside an answer, whether it must, and whether it needs a reason."""
    return {one.label: (one.beside, one.needs, one.reason) for one in options if one.listed}


def test_what_each_answer_needs() -> None:
    change = Change("a1", "rag", A, Value("G", "g"))
    assert needs(options_on_change(change)) == {
        "Accept": ("", False, False),
        "Decline": ("", False, True),
        "Another value": ("value", True, False),
    }
    proposal = Proposal("Ann", values(action="Write to schools"), Source("Ann"))
    assert needs(options_on_proposal(proposal, BLANK, asked=True)) == {
        "Accept": ("section", True, False),
        "Decline": ("", False, True),
        "Same as": ("ref", True, False),
        "Ask the leads": ("", False, False),
    }
    known = options_on_proposal(proposal, Value("2 Care", "s2"), asked=False)
    assert needs(known)["Accept"] == ("section", False, False)


def test_a_proposal_without_a_text_is_not_to_be_accepted() -> None:
    proposal = Proposal("Ann", values(due="TBC"), Source("Ann"))
    assert "Accept" not in needs(options_on_proposal(proposal, BLANK, asked=True))
