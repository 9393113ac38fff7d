"""The proof's own reader of due texts, and that the program calls undated exactly what it cannot
read.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.stories.proof.due_texts import YEAR_LEFT_OUT, due_on
from tests.stories.proof.recomputed import Recomputed
from tests.stories.proof.sheets import read_report
from tests.stories.proof.story import Story

FORMS = [
    ("3/06/2013", date(2013, 6, 3)),
    ("03/16", date(2016, 3, 31)),
    ("12/1", None),
    ("31 Jan 2013", date(2013, 1, 31)),
    ("Define it - 31st Dec 2012\nAppointment - tba", date(2012, 12, 31)),
    ("31 June 2013", None),
    ("28 Feb 2012", None),
    ("Feb 2012", date(2012, 2, 29)),
    ("March/April 17\nMarch 2017", date(2017, 4, 30)),
    ("Sep 2019 Dec 2019 Dec 2019", date(2019, 12, 31)),
    ("2020", date(2020, 12, 31)),
    ("Ongoing", None),
    ("See A7.1", None),
]
UNDATED = {
    "walsall-2012": {
        "31 June 2013",
        "28 Feb 2012",
        "Immediate and ongoing",
        "To be agreed by WSCB",
        "To be agreed by shadow HWBB",
        "To be determined by Ofsted",
    },
    "kent-2010": {"Ongoing", "See A7.1"},
    "sunderland-2017": {"12/1", "06/06", "03/06", "TBC", "ТВС"},
    "west-sussex-2019": set(),
    "leicestershire-2017": {"Established now", "Immediate action"},
}
"""Due texts of the office's own workbooks that name no day, or none that counts."""


@pytest.mark.parametrize(("text", "day"), FORMS)
def test_forms(text: str, day: date | None) -> None:
    assert due_on(text) == day


def test_what_names_no_day(story: Story, told: Recomputed) -> None:
    texts = {one.get("due") for one in told.at(1).values() if one.get("due")}
    assert {text for text in texts if due_on(text) is None} == UNDATED[story.plan]
    assert texts & {*YEAR_LEFT_OUT} == {text for text in YEAR_LEFT_OUT if text in texts}


def test_what_the_timeline_leaves_out(story: Story, told: Recomputed) -> None:
    """The master's months hold every open action but those without a day."""
    months = read_report(story.folder / "master.xlsx", ["Due dates by month"]).tables[
        "Due dates by month"
    ]
    dated = {ref for row in months.rows for ref in row[-1].split(", ") if ref}
    undated = {one.ref for one in told.open if one.due is None}
    assert {one.ref for one in told.open} - dated == undated
