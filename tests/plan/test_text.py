"""Two texts that say the same are equal; nothing that somebody typed is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.plan.text.text import clean, fold_code, mend_lookalikes, same_text

ANY_TEXT = st.text(max_size=60) | st.text(
    alphabet="аАВСΑΒabAB 'ʼ’\u00a0\u200b\r\n\t-–", max_size=40
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("one  two", "one two"),
        ("one\u00a0two", "one two"),
        ("one\ttwo ", " one two"),
        ("one\r\ntwo", "one\ntwo"),
        ("one \n two", "one\ntwo"),
        ("\n\none\n", "one"),
        ("children’s “plan”", 'children\'s "plan"'),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("cafe\u0301", "café"),
        ("one\x0btwo", "one\ntwo"),
        ("one\u2028two", "one\ntwo"),
        ("\u00a0\u200b \n", ""),
    ],
)
def test_texts_that_are_the_same(one: str, other: str) -> None:
    assert same_text(one) == same_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Done", "done"),
        ("a - b", "a – b"),
        ("one\ntwo", "one two"),
        ("А", "A"),
        ("0", ""),
        ("n/a", ""),
        ("-", ""),
    ],
)
def test_texts_that_are_not_the_same(one: str, other: str) -> None:
    assert same_text(one) != same_text(other)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("bell\x07\x00", "bell"),
        ("  two  spaces\u00a0", "  two  spaces\u00a0"),
        ("“quotes” – and dashes", "“quotes” – and dashes"),
        ("half \ud800 pair", "half \ufffd pair"),
    ],
)
def test_what_is_kept_of_a_text(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("ТВС", "TBC"),
        ("АР", "AP"),
        ("Α1.1", "A1.1"),
        ("Сhildren's Ѕervice", "Children's Service"),
        ("НОЅ QА", "HOS QA"),
        ("Ｔｂｃ", "Tbc"),
        ("Иван", "Иван"),
        ("Νίκος", "Νίκος"),
        ("Сор и Мир", "Cop и Мир"),
        ("Zoë Müller", "Zoë Müller"),
    ],
)
def test_letters_that_look_alike(typed: str, mended: str) -> None:
    assert mend_lookalikes(typed) == mended


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ТВС", "tbc"),
        ("а1.1", "A1.1"),
        ("NEW\u00a01", "new 1"),
        ("Co\u2011ordinator", "co-ordinator"),
        ("Director\nof Housing", "director of  housing"),
        ("DM’s", "dm's"),
    ],
)
def test_codes_that_are_the_same(one: str, other: str) -> None:
    assert fold_code(one) == fold_code(other)


def test_codes_that_are_not_the_same() -> None:
    assert len({fold_code(ref) for ref in ("2.1", "2.10", "21", "2.1.0", "A2.1")}) == 5


@settings(max_examples=120)
@given(ANY_TEXT)
def test_a_canonical_form_is_its_own(text: str) -> None:
    assert same_text(same_text(text)) == same_text(text)
    assert fold_code(fold_code(text)) == fold_code(text)
    assert clean(clean(text)) == clean(text)
    assert mend_lookalikes(mend_lookalikes(text)) == mend_lookalikes(text)


@settings(max_examples=120)
@given(ANY_TEXT)
def test_cleaning_keeps_every_character_but_controls(text: str) -> None:
    assert [letter for letter in clean(text) if _stays(letter)] == [
        letter for letter in text if _stays(letter)
    ]


def _stays(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in "\ufffd\ufffe\uffff"


@settings(max_examples=120)
@given(ANY_TEXT)
def test_equality_looks_through_cleaning_and_mending_keeps_the_length(text: str) -> None:
    assert same_text(clean(text)) == same_text(text)
    assert len(mend_lookalikes(text)) == len(text)


class Unhurried(str):
    """A text that never says that it is plain: it is read the whole way."""

    def isascii(self) -> bool:
        return False


@settings(max_examples=200)
@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40) | ANY_TEXT)
def test_the_short_way_of_a_plain_text_reads_what_the_whole_way_reads(text: str) -> None:
    assert clean(text) == clean(Unhurried(text))
    assert same_text(text) == same_text(Unhurried(text))
    assert fold_code(text) == fold_code(Unhurried(text))
