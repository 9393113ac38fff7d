"""Our reader and openpyxl say the same of a workbook that both read."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spreadsheets.oracle import differences

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\uffff\ufffe"),
    min_size=1,
    max_size=8,
).filter(lambda text: text.strip() and "x005F_" not in text)
DAYS = st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
NUMBERS = st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9).map(lambda number: round(number, 6))
LOOKS = st.fixed_dictionaries(
    {
        "bold": st.booleans(),
        "font_strikeout": st.booleans(),
        "num_format": st.sampled_from(["General", "0.00", "@", '0" of 15"', "0%", "#,##0;(#,##0)"]),
    }
)


@st.composite
def cells(draw: Any) -> tuple[str, tuple[Any, ...]]:
    """What XlsxWriter is asked to write into a cell: the method's name and what it takes."""
    kind = draw(st.sampled_from(["string", "number", "boolean", "formula", "day", "rich", "blank"]))
    if kind == "day":
        return "datetime", (draw(DAYS), {"num_format": "dd/mm/yyyy hh:mm"})
    look = draw(LOOKS)
    if kind == "rich":
        return "rich_string", (draw(TEXTS), {"font_strikeout": draw(st.booleans())}, draw(TEXTS))
    if kind == "formula":
        result = draw(NUMBERS | TEXTS | st.sampled_from(["#N/A", "#REF!"]))
        return "formula", ("=A1&B1", look, result)
    values = {"string": TEXTS, "number": NUMBERS, "boolean": st.booleans()}
    return kind, (*((draw(values[kind]),) if kind in values else ("",)), look)


@st.composite
def workbooks(draw: Any) -> bytes:
    """A workbook with what leads and offices use: texts, days, formulas, notes, links, merges."""
    with xlsxwriter.Workbook(
        made := BytesIO(), {"strings_to_formulas": False, "in_memory": True}
    ) as book:
        for number in range(draw(st.integers(1, 2))):
            page = book.add_worksheet()
            for row in range(draw(st.integers(1, 4))):
                for column, (kind, given_) in enumerate(draw(st.lists(cells(), max_size=4))):
                    args = [
                        book.add_format(one) if isinstance(one, dict) else one for one in given_
                    ]
                    assert getattr(page, f"write_{kind}")(row, column, *args) == 0
            if draw(st.booleans()):
                page.write_comment(draw(st.integers(0, 5)), 1, draw(TEXTS))
            if draw(st.booleans()):
                page.merge_range(6, 0, 7, 1, draw(TEXTS))
            if draw(st.booleans()):
                page.write_url(8, draw(st.integers(0, 3)), "https://example.org/a?b=1", string="at")
            if draw(st.booleans()):
                page.set_column(1, 2, None, None, {"hidden": True})
            if number:
                page.hide()
    return made.getvalue()


@settings(max_examples=25, deadline=None)
@given(made=workbooks())
def test_a_workbook_says_to_our_reader_what_it_says_to_openpyxl(
    tmp_path_factory: pytest.TempPathFactory, made: bytes
) -> None:
    path = tmp_path_factory.mktemp("said") / "made.xlsx"
    path.write_bytes(made)
    assert differences(path) == []


@pytest.mark.parametrize("name", ["leicestershire-2017", "walsall-2012"])
def test_the_published_plans_say_the_same(name: str) -> None:
    assert differences(WORKBOOKS / f"{name}.xlsx") == []
