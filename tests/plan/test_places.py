"""Where a new action may go, and what people call it."""

from __future__ import annotations

import pytest

from tests.builders import values
from xlplan.plan.model import Item, ItemKind, Plan


def a_plan() -> Plan:
    """Section 1 with two requirements, section 2 without any, section 3 with one and a bare
    action.
    """
    rows: list[tuple[str, ItemKind, dict[str, str]]] = [
        ("s1", "section", {"ref": "1", "name": "Leadership:"}),
        ("q1", "requirement", {"name": "Social worker workloads", "section": "s1"}),
        ("a1", "action", {"ref": "1.1", "section": "s1", "requirement": "q1"}),
        ("q2", "requirement", {"ref": "R2", "name": "Social mobility", "section": "s1"}),
        ("s2", "section", {"ref": "2", "name": "Care"}),
        ("a2", "action", {"ref": "2.1", "section": "s2"}),
        ("s3", "section", {"ref": "3", "name": "Housing"}),
        ("q3", "requirement", {"name": "Repairs to care homes", "section": "s3"}),
        ("a3", "action", {"ref": "3.1", "section": "s3"}),
    ]
    return Plan(
        {
            key: Item(key, kind, values(**{"order": str(place), **cells}))
            for place, (key, kind, cells) in enumerate(rows)
        }
    )


def test_every_place_has_a_label() -> None:
    assert {place.key: place.label for place in a_plan().places()} == {
        "q1": "1 Leadership: Social worker workloads",
        "q2": "1 Leadership: R2 Social mobility",
        "s2": "2 Care",
        "s3": "3 Housing",
        "q3": "3 Housing: Repairs to care homes",
    }


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("2", ["s2"]),
        ("care", ["s2"]),
        ("1 Leadership", ["q1"]),
        ("3", ["s3"]),
        ("3 Housing: Repairs to care homes", ["q3"]),
        ("r2", ["q2"]),
        ("Social  mobility", ["q2"]),
        ("Social m", ["q2"]),
        ("Social", ["q1", "q2"]),
        ("Hous", ["s3"]),
        ("Lead", ["q1"]),
        ("Repair", ["q3"]),
        ("9", []),
        ("", []),
    ],
)
def test_a_place_is_found_by_what_people_call_it(text: str, keys: list[str]) -> None:
    assert [place.key for place in a_plan().places_called(text)] == keys


def test_a_section_ends_under_the_requirement_of_its_last_action() -> None:
    plan = a_plan()
    assert [plan.end_of(section).key for section in plan.sections] == ["q1", "s2", "s3"]
    del plan.items["a1"]
    assert plan.end_of(plan.items["s1"]).key == "q2", "without actions, its last requirement"


def test_a_long_name_is_cut_and_found_by_what_is_left() -> None:
    plan = a_plan()
    plan.items["s2"].values |= values(name="Care " * 40)
    (place,) = plan.places_called("2")
    assert len(place.label) <= 70
    assert plan.places_called(place.label) == [place]


@pytest.mark.parametrize(
    ("section", "requirement", "key"),
    [
        ("1", "", "q1"),
        ("1 Leadership:", "R2", "q2"),
        ("1", "r2 social mobility", "q2"),
        ("1", "Nothing like it", "q1"),
        ("2", "R2", "s2"),
        ("Elsewhere", "R2", None),
        ("", "", None),
    ],
)
def test_a_lead_names_a_section_and_perhaps_its_requirement(
    section: str, requirement: str, key: str | None
) -> None:
    place = a_plan().place_named(section, requirement)
    assert (place.key if place else None) == key
