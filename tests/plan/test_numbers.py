"""Numbers, percentages and ticks as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlplan.plan.text.numbers import read_number, read_percent, read_tick
from xlplan.plan.values import RawValue


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("42", "42"),
        (" 1,234.50 ", "1234.5"),
        ("-3", "-3"),
        ("\N{MINUS SIGN}3", "-3"),
        (".5", "0.5"),
        (42.0, "42"),
        (0.1 + 0.2, "0.3"),
        (0, "0"),
        ("-0", "0"),
        ("1,23", None),
        ("12 staff", None),
        ("n/a", None),
        ("-", None),
        ("", None),
        ("1e999", None),
        (float("nan"), None),
        (10**400, None),
        (True, None),
        (date(2013, 1, 31), None),
        (None, None),
    ],
)
def test_numbers(raw: RawValue, digits: str | None) -> None:
    assert read_number(raw) == digits


@pytest.mark.parametrize(
    ("raw", "share"),
    [
        ("45%", "0.45"),
        ("45 %", "0.45"),
        ("45 per cent", "0.45"),
        ("45", "0.45"),
        (45, "0.45"),
        (0.45, "0.45"),
        ("0.45", "0.45"),
        ("1%", "0.01"),
        ("0.5%", "0.005"),
        (1, "1"),
        ("100%", "1"),
        ("lots", None),
        (None, None),
    ],
)
def test_percentages(raw: RawValue, share: str | None) -> None:
    assert read_percent(raw) == share


@pytest.mark.parametrize(
    ("raw", "ticked"),
    [
        ("Yes", True),
        ("y", True),
        ("✓", True),
        ("x", True),
        (1, True),
        (1.0, True),
        (True, True),
        ("No", False),
        ("", False),
        (None, False),
        (0, False),
        ("perhaps", None),
        (2, None),
    ],
)
def test_ticks(raw: RawValue, ticked: bool | None) -> None:
    assert read_tick(raw) is ticked


@settings(max_examples=120)
@given(st.floats(min_value=-1e300, max_value=1e300))
def test_a_number_read_twice_is_the_same(number: float) -> None:
    digits = read_number(number)
    assert digits is not None
    assert read_number(digits) == digits
