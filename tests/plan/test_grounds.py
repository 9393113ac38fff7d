"""What a decision was made on: one text, as every store has kept it, and one reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.plan.changes import Candidate, Change, Proposal, Question, Source
from xlplan.plan.grounds import NO_GROUNDS, ROW, CellClaim, Claim, Grounds
from xlplan.plan.values import BLANK, Value

RED, AMBER = Value("R", "r"), Value("Amber", "a")
DATE, NOTE = Value("End of Sept 2019", "2019-09"), Value("“Done”", '"Done"')

# Keys are ours, and no person's text is one.
keys = st.from_regex(r"a[0-9]{1,3}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=12).filter(
    lambda text: not text.startswith("a")
)
names = st.sampled_from(["rag", "due", "progress"])
reasons = st.sampled_from(["both-moved", "leads-disagree", "cleared", "taken-back", "change"])
whole_row_reasons = st.sampled_from(["detached", "withdrawn"])
shown = st.lists(words, max_size=2).map(tuple)
cells = st.lists(st.tuples(names, words), min_size=1, max_size=3)


@st.composite
def of_cells(draw: st.DrawFn) -> Grounds:
    name = draw(names)
    claims = draw(st.lists(st.builds(lambda who, said: Claim(who, ((name, said),)), words, words)))
    backs = tuple(draw(st.lists(words.filter(bool), max_size=2)))
    reason = draw(reasons)
    return Grounds(draw(keys), name, reason, tuple(claims), draw(shown), draw(words), backs)


@st.composite
def of_rows(draw: st.DrawFn) -> Grounds:
    key, reason = draw(keys), draw(whole_row_reasons)
    places = st.tuples(keys, st.just(key)) if reason == "withdrawn" else st.tuples(keys, keys)
    apart = st.builds(lambda who, said, at: Claim.of_row(who, said, *at), words, cells, places)
    plain = st.builds(Claim.of_row, words, cells) if reason == "withdrawn" else apart
    return Grounds(key, ROW, reason, tuple(draw(st.lists(apart | plain, max_size=3))))


of_proposals = st.builds(
    lambda who, said: Grounds("", "", "proposed", (Claim.of_row(who, said),)), words, cells
)


@given(of_cells() | of_rows() | of_proposals)
def test_what_is_kept_is_read_as_it_was(grounds: Grounds) -> None:
    assert Grounds.read(grounds.text) == grounds


@given(of_cells() | of_rows())
def test_the_order_of_claims_makes_no_difference(grounds: Grounds) -> None:
    turned = Grounds(
        grounds.key,
        grounds.field,
        grounds.reason,
        grounds.claims[::-1],
        grounds.bases,
        grounds.master,
        grounds.backs,
    )
    assert (turned, turned.text) == (grounds, grounds.text)


def _candidate(lead: str, value: Value, **more: object) -> Candidate:
    return Candidate(value, Source(lead), **more)  # type: ignore[arg-type]  # fields by name


ANN, BOB = _candidate("Ann", RED), _candidate("Bob", AMBER)
HELD = _candidate("Ann", BLANK, values=(("rag", RED), ("due", DATE)), stands="a1", to="a2")
ROW_ONLY = _candidate("Bob", BLANK, values=(("progress", NOTE), ("due", DATE)))
MASTER = Candidate(Value("37 changes", "6f2a"), Source("The office", "master.xlsx"))

WRITTEN = [
    (
        Question("a1", "rag", "leads-disagree", RED, AMBER, (BOB, ANN)),
        "a1␞rag␞leads-disagree␞r␞a␞Ann␟r␞Bob␟a",
    ),
    (
        Question("a1", "rag", "taken-back", RED, RED, (BOB,), backs=("Ann", "Cy")),
        "a1␞rag␞taken-back␝Ann␝Cy␞r␞r␞Bob␟a",
    ),
    (
        Question("a1", ROW, "detached", BLANK, BLANK, (HELD,)),
        "a1␞*␞detached␞␞␞Ann␟a1␜a2␝due␜2019-09␝rag␜r",
    ),
    (
        Question("a2", ROW, "withdrawn", BLANK, BLANK, (HELD, ROW_ONLY)),
        'a2␞*␞withdrawn␞␞␞Ann␟a1␜a2␝due␜2019-09␝rag␜r␞Bob␟due␜2019-09␝progress␜"Done"',
    ),
    (
        Question("", ROW, "edition", BLANK, BLANK, (MASTER,)),
        "␞*␞edition␞␞␞The office␟master.xlsx␜6f2a",
    ),
    (
        Proposal("Ann", {"due": DATE, "rag": BLANK, "action": NOTE}, Source("Ann")),
        'proposed␞Ann␞action␟"Done"␞due␟2019-09',
    ),
    (
        Change("a1", "due", BLANK, DATE, (Source("Bob"), Source("Ann", "a"), Source("Ann", "b"))),
        "a1␞due␞change␞␞␞Ann␟2019-09␞Bob␟2019-09",
    ),
]


@pytest.mark.parametrize(("about", "text"), WRITTEN)
def test_stores_of_earlier_days_keep_their_decisions(
    about: Question | Proposal | Change, text: str
) -> None:
    kept = text.translate({ord("␜") + number: chr(0x1C + number) for number in range(4)})
    assert about.grounds.text == kept
    assert Grounds.read(kept) == about.grounds


def test_answers_that_came_apart_are_read_as_such_beside_a_withdrawn_row_too() -> None:
    question = Question("a2", ROW, "withdrawn", BLANK, BLANK, (HELD, ROW_ONLY))
    apart, plain = Grounds.read(question.grounds.text).claims
    assert (apart.stands, apart.to, apart.cells) == ("a1", "a2", (("due", "2019-09"), ("rag", "r")))
    assert (plain.stands, plain.to) == ("", "")


def test_every_cell_is_claimed_for_the_row_that_it_belongs_to() -> None:
    question = Question("a1", ROW, "detached", BLANK, BLANK, (HELD,))
    assert question.grounds.cells == (
        CellClaim("Ann", "a2", "due", "2019-09"),
        CellClaim("Ann", "a2", "rag", "r"),
    )


@pytest.mark.parametrize("text", ["", "f", "a1\x1erag\x1ecleared"])
def test_a_text_that_is_none_of_ours_says_nothing(text: str) -> None:
    assert Grounds.read(text) == NO_GROUNDS
    assert Grounds.read(NO_GROUNDS.text) == NO_GROUNDS


@pytest.mark.parametrize(
    ("listed", "answer", "holds"),
    [
        ("Ann (May): Two of three done.", "Two of three done.", True),
        ("Ann (April): First.\n\nAnn (May): One.\n\nTwo.", "One.\n\n\nTwo.", True),
        ("As published\n\nAnn (May): First.\nSecond.", "Second.", True),
        ("Ann (May): Not yet done.", "Not yet", False),
        ("Ann (May): Not yet done.", "done.", False),
        ("Ann (May): Not yet done.", "", False),
    ],
)
def test_a_list_holds_its_entries_and_no_part_of_one(listed: str, answer: str, holds: bool) -> None:
    claim = CellClaim("Ann", "a1", "progress", listed)
    assert claim.holds(answer, in_list=True) is holds
    assert not claim.holds(answer)
