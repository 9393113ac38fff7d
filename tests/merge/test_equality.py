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
from xlplan.mapping.checking import Context, read_value
from xlplan.mapping.load import load_text
from xlplan.merge import Field, Return, ReturnedRow, three_way
from xlplan.plan.leads.reading import LeadKey
from xlplan.plan.values import RawValue, Value

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


TYPED: dict[str, list[RawValue]] = {
    "ref": ["A1.1", "new  1", "NEW‑1"],
    "text": ["a  b", "it’s"],
    "rag": ["A", "amber", "Amber.", "A - Amber", "Purple"],
    "choice": ["Capital", "capital ", "cap"],
    "timescale": ["Mar 2013", "31/03/13", date(2013, 3, 31), "31 June 2013", "TBC", "soon"],
    "date": ["31/03/2013", "4-Mar-26", datetime(2013, 3, 31), 46085, "2026-03-04T00:00:00.000Z"],
    "number": ["1,200", 1200.0],
    "percent": ["45%", 0.45],
    "tick": ["x", "no", True, False],
    "leads": ["Asha  Patel", "Asha Patel / Bo Lee", "n/a"],
    "links": ["IN 1.7, 3.1", "1.2-1.4", "7(a)"],
}
_MAPPING = load_text(
    "\n".join(
        ['[plan]\nid = "p"\ntitle = "P"', '[[tables]]\nsheet = "P"', "[fields.action]"]
        + [f'[fields.a_{type_}]\ntype = "{type_}"' for type_ in TYPED if type_ != "choice"]
        + ['[fields.a_choice]\ntype = "choice"\nchoices = ["Capital", "Revenue"]']
        + [
            f'[[rag]]\ncode = "{rating.code}"\nname = "{rating.name}"\ncolour = "{rating.colour}"'
            for rating in SCALE.ratings
        ]
    ),
    "p.toml",
)


@pytest.mark.parametrize(
    ("type_", "raw"), [(type_, raw) for type_, typed in TYPED.items() for raw in typed], ids=str
)
@pytest.mark.parametrize("told", [True, False], ids=["list told", "no list"])
def test_a_plain_value_and_a_read_one_are_compared_in_one_form(
    type_: str, raw: RawValue, told: bool
) -> None:
    spec = _MAPPING.fields[f"a_{type_}"]
    read = read_value(spec, raw, _MAPPING, Context(LeadKey(open=True))).value
    field = Field("f", type_)
    if told:
        scale = SCALE if type_ == "rag" else None
        field = Field("f", type_, scale=scale, choices=tuple(spec.choices))
    if read is None:  # no rating: a mapping refuses it, plain tables may hold it
        assert field.read(raw).canonical == "purple"
    elif told or field.read(raw).text.casefold() == read.text.casefold():
        assert field.read(read).means(field.read(raw))
        assert field.keep(read).means(field.keep(raw))


def test_a_read_amber_against_a_plain_one_is_no_change() -> None:
    read = Value("Amber", "Amber")
    for field in (
        Field("f", "choice"),
        Field("f", "rag"),
        Field("f", "choice", choices=("Amber",)),
    ):
        plan, base = {"1": {"f": read}}, {"1": {"f": "amber"}}
        came = Return("Ann", base, [ReturnedRow("1", {"f": "Amber"})])
        assert three_way(plan, [came], [field]).changes == ()


def test_an_empty_cell_of_a_data_frame_clears_what_was_shown() -> None:
    # pandas' NA will not say whether it equals another value.
    missing: Any = pd.NA
    shown = {"1": {"f": "Minutes"}}
    came = Return("Ann", shown, [ReturnedRow("1", {"f": missing})])
    assert [one.reason for one in three_way(shown, [came], ["f"]).questions] == ["cleared"]
    assert not three_way(shown, [came], [Field("f", fresh=True)]).questions
