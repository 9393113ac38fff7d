"""Dates and marks on cells that say more than their value."""

from __future__ import annotations

from datetime import datetime

import openpyxl

from tests.stories.office import Office, codes, rows_of, type_into

SUE = "Sue Butcher"


def test_a_date_with_day_and_month_changed_round_is_held(walsall: Office) -> None:
    walsall.run("set", "3.3", "due", "4 March 2013")
    walsall.export()
    back = walsall.fill(SUE, {})
    row = {one.ref: one for one in rows_of(back)}["3.3"]
    book = openpyxl.load_workbook(back)
    book[row.sheet][row.cells["due"].name].value = datetime(2013, 4, 3)
    book.save(back)
    taken = walsall.take(back, status=1)
    assert "date-swapped" in codes(taken)
    assert taken["changes"] == []
    assert len(taken["queries"]) == 1


def test_a_due_date_in_figures_is_asked_about_unless_the_file_shows_its_order(
    walsall: Office,
) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"3.3": {"due": "05/06/2013", "due_reason": "x"}})
    taken = walsall.take(back, status=1)
    (told,) = [one for one in taken["findings"] if one["code"] == "date-ambiguous"]
    assert "5 Jun 2013 or 6 May 2013" in told["message"]
    american = walsall.folder / "american.xlsx"
    back.rename(american)
    type_into(american, {"2.13": {"due": "06/25/2013", "due_reason": "y"}})
    taken = walsall.take(american)
    assert {one["new"] for one in taken["changes"] if one["field"] == "due"} == {
        "6 May 2013",
        "06/25/2013",
    }
    assert "date-order" in codes(taken)
