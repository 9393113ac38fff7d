"""The list of entries in an appended cell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xlplan.merge.entries import Entry, compose_entries, read_entries, with_entries

ROUNDS = ("December 2012 Board", "January 2013 Board")
labels = st.sampled_from(ROUNDS)
words = st.sampled_from(["begun", "two\nlines", "Ben (no round): said", "a: b", "0"])
entries = st.lists(
    st.builds(Entry, st.sampled_from(["Asha", "HOS (West)", "Ben: deputy"]), labels, words),
    max_size=4,
)


def test_entries_stand_by_round_then_lead() -> None:
    told = [
        Entry("Ben", ROUNDS[0], "late"),
        Entry("Asha", ROUNDS[1], "done"),
        Entry("Asha", ROUNDS[0], "begun"),
    ]
    assert compose_entries([*told, Entry("", "", "as published")], ROUNDS) == (
        "as published\n\nAsha (December 2012 Board): begun\n\nBen (December 2012 Board): late"
        "\n\nAsha (January 2013 Board): done"
    )


def test_an_entry_holds_no_empty_line() -> None:
    assert compose_entries([Entry("Asha", "Jan", "one\n\n \ntwo")]) == "Asha (Jan): one\ntwo"


@given(entries)
def test_what_was_composed_is_read_again(said: list[Entry]) -> None:
    text = compose_entries(said, ROUNDS)
    assert compose_entries(read_entries(text, ROUNDS), ROUNDS) == text
    assert set(read_entries(text, ROUNDS)) == set(said)


@given(entries, st.text(alphabet="ab:() \n", max_size=12))
def test_adding_entries_again_adds_nothing(said: list[Entry], before: str) -> None:
    own = list({(entry.lead, entry.round): entry for entry in said}.values())
    once = with_entries(before, own, ROUNDS)
    assert with_entries(once, own, ROUNDS) == once


def test_an_answer_without_a_round_is_added_once_and_replaces_nothing() -> None:
    once = with_entries("as published", [Entry("Asha", "", "begun")])
    assert once == "as published\n\nAsha: begun"
    assert with_entries(once, [Entry("Asha", "", "begun")]) == once
    assert (
        with_entries(once, [Entry("Asha", "", "done")])
        == "as published\n\nAsha: begun\n\nAsha: done"
    )
