"""Texts measured in the type that people see: no line is cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.workbook.kit.measuring import lines_of, pixels_of

# What the type itself gives for 10 points at 96 dots an inch, without kerning or rounding to whole
# pixels.
MEASURED = {
    "Policy being revised and audit tools developed; audit finishes April 2013": 388.5,
    "WSCB to consider – 31 Jan 2013": 173.0,
    "No change this round": 116.1,
    "MMM WWW": 72.8,
}


@pytest.mark.parametrize(("text", "true"), MEASURED.items())
def test_a_line_is_as_wide_as_the_type_makes_it_and_a_little_more(text: str, true: float) -> None:
    assert true < pixels_of(text) < 1.08 * true
    assert pixels_of(text, bold=True) > pixels_of(text)


@pytest.mark.parametrize(
    ("says", "text", "width", "lines"),
    [
        ("nothing", "", 10, 1),
        ("one line", "Feb 2013", 14, 1),
        ("words wrap whole", "No change this round", 10, 3),
        ("every paragraph has its own", "First\n\nThird", 30, 3),
        ("a long word is broken", "x" * 100, 20, 5),
        ("letters that the type lacks are wide", "改" * 20, 20, 3),
    ],
)
def test_lines_of_a_text_in_a_column(says: str, text: str, width: float, lines: int) -> None:
    assert lines_of(text, width) == lines, says


@given(st.text(alphabet="iW 0\n", max_size=200), st.floats(5, 60))
def test_a_narrower_column_a_larger_type_and_bold_never_take_fewer_lines(
    text: str, width: float
) -> None:
    lines = lines_of(text, width)
    assert lines_of(text, width, size=12) >= lines
    assert lines_of(text, width, bold=True) >= lines
    assert lines >= text.count("\n") + 1
