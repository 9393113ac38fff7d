"""Whole reports read as correct English: a round in which nothing moved, and one with one of
each.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.proof.readers import read_html
from tests.stories.proof.story import Story, at_work, new_story


@pytest.fixture
def walsall(tmp_path: Path) -> Story:
    """A plan whose first round is over, and whose second is open."""
    return new_story("walsall-2012", tmp_path)


def opened(story: Story) -> None:
    story.clock("05-02")
    story.begin()
    story.export("May Board", "05-20")
    story.run("close")
    story.clock("06-03")
    story.export("June Board", "06-20")


def told(story: Story) -> list[str]:
    for suffix in ("json", "html"):
        story.run("report", "--out", f"report.{suffix}")
    return list(story.report["summary"])


def said_of_empty_tables(story: Story) -> set[str]:
    """What stands where a table has no rows."""
    return {
        table.said
        for table in read_html(story.folder / "report.html").tables.values()
        if not table.rows
    }


def test_nothing_moved(walsall: Story) -> None:
    with at_work(walsall.folder):
        opened(walsall)
        for lead in walsall.sent:
            walsall.run("received", lead, "--nil")
        said = told(walsall)
    assert said == [
        "22 of 57 open actions are green, as before; 4 remain red; 9 remain amber; 9 have no "
        "rating.",
        "No rating has moved since May Board.",
        "No date slipped.",
        "42 open actions are past the due date; 6 are due in the next 30 days.",
        "All 14 leads have returned; 14 returns came with nothing to change.",
    ]
    assert said_of_empty_tables(walsall) == {
        "No rating has moved.",
        "Nothing was completed.",
        "Nothing is new.",
        "Nothing was withdrawn.",
        "No due date changed.",
        "No action changed its lead.",
        "No action's text changed.",
        "No question is open.",
        "No question was decided.",
        "Nothing was odd.",
        "No cell changed.",
    }


def test_one_of_each(walsall: Story) -> None:
    with at_work(walsall.folder):
        opened(walsall)
        says = [
            ("1.2", "rag", "A", "WSCB Chair"),
            ("2.1", "rag", "G", "Richard Kirby"),
            ("2.5", "rag", "G", "Helen Dudson"),
            ("3.15", "rag", "B", "Louise Hughes"),
            ("3.1", "rag", "A", "Graham Reiter"),
            ("2.6", "due", "31 Oct 2013", "Graham Reiter"),
            ("2.8", "due", "28 Feb 2013", "Sue Butcher"),
            ("2.9", "due", "Ongoing", "Sue Butcher"),
        ]
        for ref, field, text, lead in says:
            walsall.run("set", ref, field, text, "--for", lead, "--reason", "as agreed")
        walsall.run("withdraw", "1.12", "--reason", "no longer needed")
        walsall.run("withdraw", "2.12", "--reason", "the same work", "--into", "2.6")
        walsall.run("merge")
        said = told(walsall)
    assert said == [
        "22 of 54 open actions are green, as before; 4 remain red; 9 are amber, 7 of them as "
        "before; 7 have no rating.",
        "Since May Board the rating of 5 actions has moved: 1 worsened, 1 improved, 1 started, "
        "1 was rated for the first time and 1 was completed.",
        "1 action is now completed (3.15); 1 action was withdrawn (1.12); 2.12 merged into 2.6.",
        "1 date slipped, by 273 days (2.6); 1 date was brought forward; "
        "1 due text changed without a day to count from.",
        "40 open actions are past the due date; 4 are due in the next 30 days.",
        "8 of 14 leads have not returned: "
        "Rose Collinson, Head of Corporate Parenting, Salma Ali, Jane Parry, Kate Bargh and 3 "
        "others.",
    ]
