"""Shapes of refs and links, and the patterns of lines and openings."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xlplan.plan.text.shapes import fit, matches, parse, render, shape_of_opening

SHAPES = {"ref": ["9.9", "9.9.9", "NEW 9", "A9.9"], "links": ["9", "9 (a)"]}


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("3.14", "9.9"),
        ("2.1.0", "9.9.9"),
        ("NEW 1", "NEW 9"),
        ("New  12", "NEW 9"),
        ("NEW1", "NEW 9"),
        ("7 (a)", "9 (a)"),
        ("7(A)", "9 (a)"),
        ("A9.1", "A9.9"),
        ("B9.1", "A9.9"),
        ("А9.1", "A9.9"),
        ("11a", "9a"),
        ("PARA 3", "PARA 9"),
        ("1–2", "9-9"),
    ],
)
def test_what_has_a_shape(text: str, shape: str) -> None:
    assert matches(text, [shape])


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("3.14.1", "9.9"),
        ("3", "9.9"),
        ("NEWS 1", "NEW 9"),
        ("OLD 1", "NEW 9"),
        ("PBRB 3", "PARA 9"),
        ("7 (1)", "9 (a)"),
        ("AB9.1", "A9.9"),
        ("", "9"),
    ],
)
def test_what_has_not(text: str, shape: str) -> None:
    assert not matches(text, [shape])


@pytest.mark.parametrize(
    ("pattern", "text", "parts"),
    [
        (
            "{ref} - Ofsted {links} {text}",
            "1.1 - Ofsted 7 (a) Put in place",
            ("1.1", "7 (a)", "Put in place"),
        ),
        (
            "{ref} - Ofsted {links} {text}",
            "1.1–Ofsted  18 Put 3 in place",
            ("1.1", "18", "Put 3 in place"),
        ),
        (
            "{ref} - Ofsted {links} {text}",
            "4.2 – ofsted 7(a), 8 and 9 Put",
            ("4.2", "7(a), 8 and 9", "Put"),
        ),
        ("{ref} {text}", "1.5 Improve", ("1.5", "Improve")),
        ("{ref} {text}", "1.1.1 Develop\n• one\n• two", ("1.1.1", "Develop\n• one\n• two")),
        ("{ref} {text}", "1.5", ("1.5", "")),
        ("{ref}: {text}", "NEW 1: Recruit", ("NEW 1", "Recruit")),
        ("{ref}: {text}", "NEW 8 :Recruit", ("NEW 8", "Recruit")),
        ("{ref} {text}", "А1.1 Audit", ("А1.1", "Audit")),
        ("THEME {ref} - {text}", "THEME 1.1 — Improving A - B", ("1.1", "Improving A - B")),
        ("THEME {ref} - {text}", "THEME1.1: Improving", ("1.1", "Improving")),
        ("THEME {ref} - {text}", "Theme 1.1", ("1.1", "")),
        ("{ref} {text}", "2.1.0. With partners", ("2.1.0", "With partners")),
        ("{ref} {text}", "2.2) Train staff", ("2.2", "Train staff")),
        ("{ref} {text}", "2.3 - Audit cases", ("2.3", "Audit cases")),
        ("{ref} {text}", "2.3.Audit", ("2.3", "Audit")),
        ("{ref} {text}", "2.4\u00a03 new workers", ("2.4", "3 new workers")),
        ("{ref} {text}", "2.5 -5% a year", ("2.5", "-5% a year")),
    ],
)
def test_parts_of_a_text(pattern: str, text: str, parts: tuple[str, ...]) -> None:
    assert tuple((parse(pattern, text, SHAPES) or {}).values()) == parts


@pytest.mark.parametrize(
    ("pattern", "text", "parts"),
    [
        ("Priority {ref}: {text}", "Priority 3 :  Early help", {"ref": "3", "text": "Early help"}),
        ("Priority {ref}: {text}", "Рriority 3: Early help", {"ref": "3", "text": "Early help"}),
        ("Outcome: {text}", "OUTCOME:\nOne line\nTwo", {"text": "One line\nTwo"}),
        ("Outcome: {text}", "Outcome:", {"text": ""}),
        ("Within {text}:", "Within Three Months:", {"text": "Three Months"}),
        ("Children's {text}", "Children’s plan", {"text": "plan"}),
        ("Footnote", "footnote ", {}),
        ("{text}", "Anything – at all", {"text": "Anything – at all"}),
    ],
)
def test_parts_without_shapes(pattern: str, text: str, parts: dict[str, str]) -> None:
    assert parse(pattern, text) == parts


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("{ref} {text}", "Improve 1.5"),
        ("{ref} {text}", "1.5.2.7 Improve"),
        ("{ref}: {text}", "1.5 Improve: it"),
        ("{ref} - Ofsted {links} {text}", "1.5 Ofsted Improve"),
        ("THEME {ref} - {text}", "OUTCOME 1.1 - text"),
        ("THEME {ref} - {text}", "THEME 1.1 is led by the board"),
        ("{ref} {text}", "2.1, 2.2 and 2.3 go on"),
        ("{ref} {text}", "2.1(a) Train"),
    ],
)
def test_what_does_not_fit(pattern: str, text: str) -> None:
    assert parse(pattern, text, SHAPES) is None


@pytest.mark.parametrize(
    ("pattern", "line", "ref"),
    [("Aim {ref}: {text}", "Aim", None), ("Aim {ref}: {text}", "Aims: to do well", None)],
)
def test_a_letter_behind_a_word_is_none_of_its_refs(pattern: str, line: str, ref: None) -> None:
    # `Aims: ...` would be an aim called s.
    assert parse(pattern, line, {"ref": ["9", "A"]}) is ref


@pytest.mark.parametrize(
    ("pattern", "text", "own"),
    [
        ("{ref} {text}", "2.1.0.  With partners", "{ref}.  {text}"),
        ("{ref} Ofsted {links} {text}", "1.1 - Ofsted 7 (a) Put", "{ref} - Ofsted {links} {text}"),
        ("Priority {ref}: {text}", "Priority1: Staff", "Priority{ref}: {text}"),
        ("Priority {ref}: {text}", "Priority 3", "Priority {ref}"),
        ("Footnote", "footnote", "footnote"),
    ],
)
def test_a_text_has_a_pattern_of_its_own_that_renders_it(pattern: str, text: str, own: str) -> None:
    shapes = {**SHAPES, "ref": [*SHAPES["ref"], "9"]}
    found = fit(pattern, text, shapes)
    assert found is not None
    assert found.pattern == own
    assert render(found.pattern, found.parts) == text


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("2.1.0. With partners", "9.9.9"),
        ("А1.1 Audit", "A9.9"),
        ("12) Train", "9"),
        ("3 new workers", ""),
        ("2.5% of cases", ""),
        ("Train", ""),
    ],
)
def test_the_shape_of_what_opens_a_text(text: str, shape: str) -> None:
    assert shape_of_opening(text) == shape


@settings(max_examples=120)
@given(
    first=st.integers(0, 99),
    second=st.integers(0, 99),
    words=st.lists(st.text(alphabet="abcXYZ’é", min_size=1, max_size=8), min_size=1, max_size=5),
)
def test_what_is_rendered_can_be_parsed(first: int, second: int, words: str) -> None:
    parts = {"ref": f"{first}.{second}", "links": f"{second} (b)", "text": " ".join(words)}
    pattern = "{ref} - Ofsted {links} {text}"
    assert parse(pattern, render(pattern, parts), SHAPES) == parts


@example(pattern="{9}", text="{9}")
@settings(max_examples=120)
@given(pattern=st.text(alphabet="{}reftxlinks -:9(a", max_size=20), text=st.text(max_size=30))
def test_no_pattern_and_no_text_fails(pattern: str, text: str) -> None:
    parse(pattern, text, SHAPES)
    matches(text, [pattern])
