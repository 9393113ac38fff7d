"""Plain values: when two mean the same, and how one is stored."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.merge.tables import rows
from tests.strategies import SCALE
from xlplan.merge import Field
from xlplan.plan.values import RawValue

CASES = rows("""
    | says                       | type      | one         | other            | equal |
    | NBSP and double spaces     | text      | a b         | a\\xa0  b        | yes   |
    | zero width                 | text      | ab          | a\\u200bb        | yes   |
    | quotes                     | text      | it's        | it\\u2019s       | yes   |
    | line ends                  | text      | a\\nb       | a\\r\\nb         | yes   |
    | case in a text             | text      | a           | A                | no    |
    | look-alikes in a text      | text      | TBC         | \\u0422\\u0412\\u0421 | no |
    | case in a choice           | choice    | Yes         | yes              | yes   |
    | look-alikes in a ref       | ref       | A1.1        | \\u04101.1       | yes   |
    | a rating by its name       | rag       | G           | green            | yes   |
    | two ratings                | rag       | G           | Gr               | no    |
    | an unknown rating          | rag       | Purple      | G                | no    |
    | a date in two forms        | date      | 2013-03-31  | 31/03/2013       | yes   |
    | a month and its last day   | timescale | Mar 2013    | 31/03/2013       | no    |
    | case in an unread due text | timescale | When ready  | when ready       | no    |
    | case in a fixed word       | timescale | TBC         | tbc              | yes   |
    | a month in two forms       | timescale | Mar 2013    | March 2013       | yes   |
    | thousands                  | number    | 1,200       | 1200.0           | yes   |
    | zero is no blank           | number    | 0           |                  | no    |
    | no number at all           | number    | n/a         | -                | no    |
    | per cent                   | percent   | 45%         | 0.45             | yes   |
    | a tick                     | tick      | x           | Yes              | yes   |
    | an empty box               | tick      | no          |                  | yes   |
    | blank                      | text      |             | \\xa0 \\t        | yes   |
    | not available is no blank  | text      | n/a         |                  | no    |
""")


@pytest.mark.parametrize("case", CASES, ids=itemgetter("says"))
def test_equal_by_meaning(case: dict[str, str]) -> None:
    field = Field("f", case["type"], scale=SCALE if case["type"] == "rag" else None)
    equal = field.read(case["one"]).canonical == field.read(case["other"]).canonical
    assert equal == (case["equal"] == "yes")
    assert field.keep(case["one"]).canonical == field.read(case["one"]).canonical


@pytest.mark.parametrize(
    ("type_", "raw", "stored"),
    [
        ("rag", " green", "G"),
        ("rag", "Purple", "Purple"),
        ("ref", "А1.1 ", "A1.1"),
        ("date", "31/03/2013", "2013-03-31"),
        ("date", date(2013, 3, 31), "2013-03-31"),
        ("date", datetime(2013, 3, 31), "2013-03-31"),
        ("number", 1200.0, "1200"),
        ("number", "1,200", "1200"),
        ("tick", True, "Yes"),
        ("text", " as  typed\r\n", " as  typed\n"),
        ("timescale", "Sept 2019", "Sept 2019"),
        ("text", None, ""),
        ("text", 0, "0"),
    ],
)
def test_what_a_lead_sent_is_stored(type_: str, raw: RawValue, stored: str) -> None:
    field = Field("f", type_, scale=SCALE if type_ == "rag" else None)
    assert field.read(raw).text == stored


def test_what_stands_in_the_plan_stays_as_it_is() -> None:
    assert Field("f").keep("  a \r\n").text == "  a \r\n"
    assert Field("rag", "rag", scale=SCALE).keep("green").text == "green"


@pytest.mark.parametrize("type_", ["text", "timescale", "number", "rag", "tick"])
@pytest.mark.parametrize(
    "missing", [float("nan"), pd.NaT, pd.NA, np.float64("nan"), np.datetime64("NaT")], ids=str
)
def test_the_empty_cells_of_a_data_frame_are_blank(type_: str, missing: Any) -> None:
    field = Field("f", type_, scale=SCALE if type_ == "rag" else None)
    assert not field.read(missing)
    assert not field.keep(missing)


@pytest.mark.parametrize(
    ("type_", "boxed", "inner"),
    [
        ("tick", np.bool_(True), True),
        ("number", np.int64(12), 12),
        ("number", Decimal("1.0"), 1),
        ("text", np.float64(2.0), 2),
        ("date", pd.Timestamp(2013, 3, 31), date(2013, 3, 31)),
    ],
)
def test_a_scalar_of_a_data_frame_is_its_own_value(type_: str, boxed: Any, inner: RawValue) -> None:
    field = Field("f", type_)
    assert field.read(boxed) == field.read(inner)
