"""The report as JSON is what the log alone gives, key by key."""

from __future__ import annotations

from typing import Any

from tests.stories.proof.recomputed import DUE, Action, Recomputed
from tests.stories.proof.story import Story

GROUPS = ("overdue", "in_30", "in_60", "in_90", "later", "unclear", "without")


def test_totals(story: Story, told: Recomputed) -> None:
    totals = story.report["totals"]
    by_title = {title: section for section, title in told.sections.items()}
    parts = [(totals["all"], "")] + [(one, by_title[one["name"]]) for one in totals["sections"]]
    for said, section in parts:
        for name, place in (("before", "was"), ("now", "now")):
            actions = [
                one for one in told.living(place) if not section or one.get("section") == section
            ]
            still = [one for one in actions if one.open]
            assert said[name] == {
                "rag": told.tally(actions),
                "open": len(still),
                "open_rag": told.tally(still),
                "total": len(actions),
            }
    assert len(told.at(1)) == story.actions, "the log knows every action that init took in"


def keys(listed: list[dict[str, Any]]) -> list[str]:
    return sorted(one["key"] for one in listed)


def of(actions: list[Action]) -> list[str]:
    return sorted(one.key for one in actions)


def test_lists(story: Story, told: Recomputed) -> None:
    said = story.report
    steps = {
        one["key"]: (one["previous"] or "", one["current"] or "", one["step"])
        for one in said["movements"]
    }
    assert steps == {one.key: (was, now, step) for one, was, now, step in told.moved}
    assert sum(said["steps"].values()) == len(told.moved)
    assert keys(said["remaining"]) == of(told.remaining)
    assert keys(said["completed"]) == of(told.completed)
    assert keys(said["new"]) == of(told.new)
    assert keys(said["withdrawn"]) == of(told.ended)
    assert keys(said["overdue"]) == of(told.when_due["Overdue"])
    assert said["due"] == {
        name: len(told.when_due[words]) for name, words in zip(GROUPS, DUE, strict=True)
    }
    joined = {(link["gone"][0]["key"], link["into"][0]["key"]) for link in said["joined"]}
    assert joined == {(one.key, heir.key) for one, heir in told.merged}


def test_dates_on_either_side_of_every_line(told: Recomputed) -> None:
    assert {-1, 0, 30, 31, 60, 61, 90, 91} <= {told.days_ahead(one) for one in told.open}


def test_orders(story: Story, told: Recomputed) -> None:
    said = story.report
    worst = [told.graded.index(one["rag"]) for one in said["remaining"]]
    assert worst == sorted(worst)
    overdue = [one["due_on"] for one in said["overdue"]]
    assert overdue == sorted(overdue)
    days = [one["days"] for one in said["redated"] if one["days"] is not None]
    assert days == sorted(days, reverse=True)


def test_every_action_that_is_named(story: Story, told: Recomputed) -> None:
    listed = [
        one
        for name in ("movements", "remaining", "new", "withdrawn", "overdue")
        for one in story.report[name]
    ]
    assert listed
    for said in listed:
        one = told.now[said["key"]]
        assert (said["ref"], said["rag"] or "", said["status"]) == (
            one.ref,
            one.rag,
            one.get("status"),
        )
        assert (said["due"] or "", said["due_on"]) == (
            one.get("due"),
            one.due.isoformat() if one.due else None,
        )
        assert set(said["leads"]) == told.leads.get(one.ref, frozenset())
        assert said["section"] == told.sections[one.get("section")]


def test_dates(story: Story, told: Recomputed) -> None:
    said = {one["key"]: one for one in story.report["redated"]}
    found = {
        key: (one["was"], one["is"] or "", one["days"], one["times"], one["reason"] or "")
        for key, one in said.items()
    }
    wanted = {
        one.key: (was, one.get("due"), days, times, reason)
        for one, was, days, times, reason in told.redated
    }
    assert found == wanted


def test_changes(story: Story, told: Recomputed) -> None:
    said = {(one["key"], one["field"]): one for one in story.report["changes"]}
    wanted = {
        (key, name): (new, sources, reason) for key, name, _, new, sources, reason in told.edits
    }
    assert {*said} == {*wanted}
    for place, (new, sources, reason) in wanted.items():
        one = said[place]
        assert (one["new"] is None) == (not new)
        assert [
            (who["lead"], who["file"] or None, who["cell"] or None) for who in one["sources"]
        ] == [(who["lead"], who["file"], who["cell"]) for who in sources]
        assert (one["reason"] or "") == reason


def test_round(story: Story, told: Recomputed) -> None:
    said = story.report
    overdue = (told.today - told.today.replace(day=20)).days
    returns = {
        one["lead"]: (one["actions"], one["status"], one["nil"], one["days_late"])
        for one in said["returns"]
    }
    assert returns == {
        lead: (len(refs), *story.returned.get(lead, ("outstanding", False, overdue)))
        for lead, refs in story.sent.items()
    }
    waiting = [one["id"] for name in ("questions", "proposed") for one in story.waiting[name]]
    assert [one["id"] for one in said["questions"]] == waiting
    assert [one["id"] for one in said["decisions"]] == [*story.decided]
    told_of = sorted((one["code"], one["message"]) for one in said["findings"])
    assert told_of == sorted((one["code"], one["message"]) for one in story.findings)
