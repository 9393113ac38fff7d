"""A formula that was filled down reads as Excel would have written it in each cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from xlplan.spreadsheets.formats.openxml.formulas import moved

PARTS = st.sampled_from(
    [
        *("C7", "$C7", "C$7", "$C$7", "C7:$D9", "A:C", "$A:C", "5:$9", "Plan!C7", "'A1 it''s'!C7"),
        *('"C7 stays"', "LOG10(C7)", "SUM(C7:C9)", "1.5", "rate_C7", "TRUE", '"a""B2"&C7'),
    ]
)


@given(
    parts=st.lists(PARTS, min_size=1, max_size=4), down=st.integers(-3, 5), right=st.integers(0, 5)
)
def test_openpyxl_moves_it_so_too(parts: list[str], down: int, right: int) -> None:
    formula = "+".join(parts)
    start, end = "H9", f"{chr(ord('H') + right)}{9 + down}"
    assert f"={moved(formula, down, right)}" == Translator(f"={formula}", start).translate_formula(
        end
    )


@pytest.mark.parametrize(
    ("formula", "reads"),
    [
        ("A1", "#REF!"),
        ("XFD1", "#REF!"),
        ("XYZ1+$A$1", "XYZ1+$A$1"),
        ("Table1[[#This Row],[A1]]+B3", "Table1[[#This Row],[A1]]+C1"),
        ("[1]Plan!B3", "[1]Plan!C1"),
    ],
)
def test_out_of_the_sheet_and_what_only_looks_like_a_cell(formula: str, reads: str) -> None:
    assert moved(formula, -2, 1) == reads
