"""What people write in place of a value: words for the tick, errors as text, a section with its
colon.
"""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from tests.stories.office import Office, codes, type_into
from tests.stories.proposing import propose
from xlplan.store import Store

SUE = "Sue Butcher"


@pytest.mark.parametrize("said", ["No change", "nil", "Same as last time.", "N/A", "none"])
def test_words_for_no_change_in_the_column_for_the_tick_are_a_tick(
    walsall: Office, said: str
) -> None:
    walsall.export()
    taken = walsall.take(walsall.fill(SUE, {"2.13": {"no_change": said}}), status=0)
    assert codes(taken) == ["nothing-answered"]
    assert "ticked on 1 row" in next(
        one["message"] for one in taken["findings"] if one["code"] == "nothing-answered"
    )


def test_other_words_there_are_no_tick(walsall: Office) -> None:
    walsall.export()
    taken = walsall.take(
        walsall.fill(SUE, {"2.13": {"no_change": "No change but the date"}}), status=1
    )
    assert [one["code"] for one in taken["findings"] if one["field"] == "no_change"] == [
        "tick-unread"
    ]


ERRORS = {"2.13": {"progress": "#REF!"}, "3.3": {"evidence": "Err:522"}, "3.4": {"due": "#N/A"}}


def as_csv(path: Path) -> Path:
    """The sheet of actions as a .csv, where an error is a text like any other."""
    to = path.with_suffix(".csv")
    rows = openpyxl.load_workbook(path)["Update"].values
    with to.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            ["" if str(one).startswith("=") else one for one in row] for row in rows
        )
    return to


def test_errors_in_a_csv_are_errors_and_come_back_so_from_a_query_workbook(walsall: Office) -> None:
    walsall.export()
    back = as_csv(walsall.fill(SUE, ERRORS))
    taken = walsall.take(back, status=1)
    assert taken["changes"] == []
    found = {
        (one["ref"], one["field"], one["value"])
        for one in taken["findings"]
        if one["code"] == "cell-error"
    }
    assert found == {
        (ref, name, text) for ref, cells in ERRORS.items() for name, text in cells.items()
    }
    (query,) = taken["queries"]
    mended = walsall.folder / "mended.xlsx"
    mended.write_bytes((walsall.folder / query["path"]).read_bytes())
    type_into(mended, {"2.13": {"progress": "Under way."}})
    again = walsall.take(mended, status=1)
    assert [(one["ref"], one["new"]) for one in again["changes"]] == [("2.13", "Under way.")]
    assert {one["ref"] for one in again["findings"] if one["code"] == "cell-error"} == {
        "3.3",
        "3.4",
    }


def test_a_text_of_the_plans_own_that_looks_like_an_error_is_none(walsall: Office) -> None:
    assert walsall.run("set", "2.13", "evidence", "#N/A").status == 0
    walsall.export()
    assert codes(walsall.take(as_csv(walsall.fill(SUE, {})), status=0)) == ["nothing-answered"]


def test_a_section_named_as_it_is_published_with_its_colon_is_found(walsall: Office) -> None:
    walsall.export()
    with Store.open(walsall.folder / "plan.db") as store:
        section = store.snapshot().sections[0].text("name")
    taken = walsall.take(
        propose(walsall, SUE, {"action": "Something new", "section": f"{section}:"})
    )
    assert "proposal-section" not in codes(taken)
    taken = walsall.take(
        propose(walsall, SUE, {"action": "More", "section": "Nowhere:"}, name="other.xlsx")
    )
    assert "proposal-section" in codes(taken)
