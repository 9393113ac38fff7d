"""What the office changes from the command line: split, merged, renumbered, moved, re-opened,
reassigned.
"""

from __future__ import annotations

from tests.stories.office import Office
from xlplan.plan.model import Item
from xlplan.store import Store


def action(office: Office, ref: str, at: int | None = None) -> Item:
    with Store.open(office.folder / "plan.db") as store:
        return next(
            item for item in store.snapshot(at).of_kind("action") if item.text("ref") == ref
        )


def test_an_action_that_is_merged_into_another_leaves_a_link_both_ways(walsall: Office) -> None:
    assert (
        walsall.run("withdraw", "2.12", "--reason", "the same as 2.6", "--into", "2.6").status == 0
    )
    old, heir = action(walsall, "2.12"), action(walsall, "2.6")
    assert (old.text("status"), old.text("went_into")) == ("withdrawn", heir.key)
    assert heir.text("came_from") == old.key
    (step,) = walsall.run("log", "2.6", "came_from").document["history"]
    assert step["reason"] == "the same as 2.6"


def test_an_action_is_split_into_several(walsall: Office) -> None:
    walsall.run("withdraw", "2.12", "--reason", "two jobs", "--into", "2.6", "--into", "2.13")
    heirs = [action(walsall, ref) for ref in ("2.6", "2.13")]
    assert action(walsall, "2.12").text("went_into").split() == [heir.key for heir in heirs]
    assert {heir.text("came_from") for heir in heirs} == {action(walsall, "2.12").key}


def test_nothing_goes_into_itself_or_into_what_has_ended(walsall: Office) -> None:
    assert walsall.run("withdraw", "2.12", "--reason", "x", "--into", "2.12").status == 2
    walsall.run("withdraw", "2.6", "--reason", "done elsewhere")
    assert walsall.run("withdraw", "2.12", "--reason", "x", "--into", "2.6").status == 2
    assert action(walsall, "2.12").text("status") != "withdrawn"


def test_a_withdrawn_action_is_opened_again_with_its_history(walsall: Office) -> None:
    before = action(walsall, "2.12").text("status")
    walsall.run("withdraw", "2.12", "--reason", "no longer needed")
    assert (
        walsall.run("set", "2.12", "status", "open", "--reason", "the Board wants it back").status
        == 0
    )
    assert action(walsall, "2.12").text("status") == before
    steps = walsall.run("log", "2.12", "status").document["history"]
    assert [step["new"] for step in steps][-2:] == ["withdrawn", before]


def test_a_new_ref_renumbers_and_the_old_one_is_never_given_again(walsall: Office) -> None:
    key = action(walsall, "2.12").key
    assert walsall.run("set", "2.12", "ref", "2.99").status == 0
    assert action(walsall, "2.99").key == key
    refused = walsall.run("set", "2.13", "ref", "2.12")
    assert refused.status == 2
    assert "never used again" in refused.complaint
    assert walsall.run("set", "2.99", "ref", "2.6").status == 2


def test_an_action_moves_to_another_section(walsall: Office) -> None:
    home = action(walsall, "3.1").text("section")
    assert walsall.run("set", "2.12", "section", "3").status == 0
    moved = action(walsall, "2.12")
    assert moved.text("section") == home
    with Store.open(walsall.folder / "plan.db") as store:
        there = [one.text("ref") for one in store.snapshot().actions if one.text("section") == home]
    assert there[-1] == "2.12"
    assert walsall.run("set", "2.12", "section", "Nine").status == 2


def test_reassigned_actions_go_to_their_new_lead(walsall: Office) -> None:
    assert walsall.run("reassign", "2.12", "2.6", "--to", "Rose Collinson").status == 0
    walsall.export()
    assert {"2.12", "2.6"} <= set(walsall.refs("Rose Collinson"))
    history = walsall.run("log", "2.12").document["history"]
    assert history[-1]["new"] == "Rose Collinson"


def test_each_is_undone_alone(walsall: Office) -> None:
    before = action(walsall, "2.12").values
    walsall.run("withdraw", "2.12", "--reason", "the same as 2.6", "--into", "2.6")
    assert walsall.run("undo").status == 0
    assert action(walsall, "2.12").values == before
    assert action(walsall, "2.6").text("came_from") == ""
