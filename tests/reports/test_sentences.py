"""The half page of sentences reads as correct English, whatever moved."""

from __future__ import annotations

from typing import Any

import pytest

from tests.reports.builders import AFTER, BEFORE, a_mapping, material, some_figures, value
from xlplan.plan.figures.figures import LeadReturn
from xlplan.plan.model import Item
from xlplan.reports.chapters.sentences import sentences
from xlplan.reports.figures import figures

ONE = "1.1 | s1 | Ann | 2013-01-31 | R"


def told(before: str = BEFORE, after: str = AFTER, **parts: Any) -> str:
    return "\n".join(sentences(some_figures(before, after, **parts)))


def test_one_of_each_reads_well() -> None:
    assert told().splitlines() == [
        "3 of 7 open actions are green, up from 1; 1 is now red; 2 are amber, 1 of them as "
        "before; 1 has no rating.",
        "Since the December 2012 Board the rating of 6 actions has moved: 1 improved, 1 worsened, "
        "1 was completed, "
        "1 started, 1 was re-opened and 1 was rated for the first time.",
        "1 action is now completed (2.1); 1 action is new (2.5).",
        "1 date slipped, by 92 days (1.1); it had been re-dated before; 1 date was brought "
        "forward.",
        "2 open actions are past the due date; 1 is due in the next 30 days.",
        "1 of 4 leads has not returned: Cat; 1 return came with nothing to change; 1 return came "
        "late.",
    ]


def test_a_round_in_which_nothing_moved() -> None:
    said = told(
        BEFORE, BEFORE, changes=(), redated={}, returns=[LeadReturn("Ann", 2, "returned", nil=True)]
    )
    assert said.splitlines() == [
        "1 of 6 open actions is green, as before; 1 remains red; 2 remain amber; 1 has no rating.",
        "No rating has moved since the December 2012 Board.",
        "No date slipped.",
        "1 open action is past the due date; 1 is due in the next 30 days.",
        "The one lead asked has returned; 1 return came with nothing to change.",
    ]


def test_from_none_and_to_none() -> None:
    assert "2 of 2 open actions are green, up from none; none is red." in told(
        f"{ONE}\n1.2 | s1 | Ann | | A", f"{ONE[:-1]}G\n1.2 | s1 | Ann | | G"
    )
    assert "none of 2 open actions are green, down from 2".capitalize() in told(
        f"{ONE[:-1]}G\n1.2 | s1 | Ann | | G", f"{ONE}\n1.2 | s1 | Ann | | A"
    )


def test_a_plan_of_one_action() -> None:
    assert told(ONE, ONE, changes=()).startswith("The one open action is not green; 1 remains red.")


def test_a_finished_plan() -> None:
    assert told(ONE, f"{ONE[:-1]}B").startswith("No action is open; 1 is completed.")


def test_all_moves_of_one_kind() -> None:
    before = "1.1 | s1 | Ann | | R\n1.2 | s1 | Ann | | A"
    after = "1.1 | s1 | Ann | | A\n1.2 | s1 | Ann | | G"
    assert "the rating of 2 actions has moved: all improved." in told(before, after)


def test_a_plan_without_ratings_speaks_of_open_actions_only() -> None:
    plan = "1.1 | s1 | Ann | |\n1.2 | s1 | Ann | |"
    said = told(plan, plan, mapping=a_mapping(rag=[]))
    assert said.startswith("2 actions are open.")
    assert "rating" not in said


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        (0, "All 17 leads have returned."),
        (1, "1 of 17 leads has not returned: L1."),
        (4, "4 of 17 leads have not returned: L1, L2, L3 and L4."),
        (9, "9 of 17 leads have not returned: L1, L2, L3, L4, L5 and 4 others."),
    ],
)
def test_who_has_not_returned(missing: int, words: str) -> None:
    returns = [
        LeadReturn(f"L{n}", 1, "outstanding" if n <= missing else "returned") for n in range(1, 18)
    ]
    assert words in told(returns=returns)


def test_names_of_ratings_stand_small_within_a_sentence() -> None:
    ratings = [
        {"code": "LG", "name": "Light Green", "colour": "#DDF0CF"},
        {"code": "DG", "name": "Dark Green", "colour": "#A3D18F"},
    ]
    said = told(
        "1.1 | s1 | A | | LG\n1.2 | s1 | A | | LG",
        "1.1 | s1 | A | | DG\n1.2 | s1 | A | | LG",
        mapping=a_mapping(rag=ratings),
    )
    assert said.startswith(
        "1 of 2 open actions is dark green, up from none; 1 remains light green."
    )


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ((1, 1), ""),
        ((3, 1), "; 1 of them had been re-dated before"),
        ((2, 2), "; all of them had been re-dated before"),
    ],
)
def test_how_many_of_the_slipped_dates_had_moved_before(times: tuple[int, ...], words: str) -> None:
    before = "1.1 | s1 | Ann | 2013-01-31 | R\n1.2 | s1 | Ann | 2013-01-31 | R"
    after = before.replace("2013-01-31", "2013-02-28")
    said = told(before, after, redated=dict(zip(("a1.1", "a1.2"), times, strict=True)))
    assert f"2 dates slipped, the longest by 28 days (1.1){words}." in said


def test_the_first_round_is_called_a_round_not_what_was_before_it() -> None:
    said = told(since="before this round")
    assert "In this round the rating of 6 actions has moved" in said
    assert "No rating has moved in this round." in told(BEFORE, BEFORE, since="before this round")


def test_new_actions_that_another_was_split_into_are_not_told_as_new() -> None:
    plans = material(
        ONE, "3.1 | s1 | Ann | | A | withdrawn\n3.1a | s1 | Ann | | A\n3.1b | s1 | Ann | | A"
    )
    plans.before.items["a3.1"] = Item(
        "a3.1", "action", {"ref": value("3.1"), "status": value("open")}
    )
    plans.after.items["a3.1"].values["went_into"] = value("a3.1a a3.1b")
    told_of = figures(plans)
    assert [one.said for one in told_of.joined] == ["3.1 split into 3.1a, 3.1b"]
    assert told_of.new == told_of.withdrawn == ()
    assert "3.1 split into 3.1a, 3.1b." in sentences(told_of)
