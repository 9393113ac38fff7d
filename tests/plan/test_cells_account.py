"""What a cell, a change, a source and an issue say of themselves."""

from __future__ import annotations

import pytest

from xlplan.plan.changes import Change, Source
from xlplan.plan.rounds import Issue, StoredCell
from xlplan.plan.values import BLANK, Value

SEPTEMBER = Value("30 Sept 2019", "2019-09-30")
TYPED_ANEW = Value("30/9/19", "2019-09-30")
OCTOBER = Value("October 2019", "2019-10")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(SEPTEMBER, TYPED_ANEW, True), (SEPTEMBER, OCTOBER, False), (BLANK, Value(" ", ""), True)],
)
def test_values_mean_the_same_however_they_were_typed(one: Value, other: Value, same: bool) -> None:
    assert one.means(other) is other.means(one) is same
    assert StoredCell("due", one, "Update", "F4", shown=other).moved is not same
    assert Change("key", "due", one, other).moves is not same


def test_a_query_workbook_goes_back_to_the_workbook_that_was_sent() -> None:
    sent = Issue("token-1", "update", 1, "Asha", "ABC", "Asha.xlsx", 1, "2019-09-01T09:00")
    query = Issue(
        "token-2",
        "query",
        1,
        "Asha",
        "DEF",
        "Asha query.xlsx",
        1,
        "2019-09-09T09:00",
        about="token-1",
    )
    assert sent.root == query.root == "token-1"


def test_a_source_names_the_cell_that_it_stood_in() -> None:
    assert str(Source("Asha", "Asha.xlsx", "Update", "F4").place) == "Asha.xlsx, Update!F4"
    assert str(Source("Asha", "Asha.xlsx").place) == "Asha.xlsx"
