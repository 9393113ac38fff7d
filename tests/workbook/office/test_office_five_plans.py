"""Three more example plans, each in a layout of its own: merged objectives, roles of leads, no refs
at all.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.workbook.office.test_office_plans import the_plan
from xlplan.plan.leads.reading import read_leads

WEST_SUSSEX, KENT, LEICESTERSHIRE = "west-sussex-2019", "kent-2010", "leicestershire-2017"


def per_section(name: str) -> list[int]:
    plan = the_plan(name).plan
    counts = Counter(action.text("section") for action in plan.actions)
    return [counts[section.key] for section in plan.sections]


@pytest.mark.parametrize(
    ("name", "counts"),
    [(WEST_SUSSEX, (12, 0, 101, 74)), (KENT, (3, 23, 56, 0)), (LEICESTERSHIRE, (4, 28, 28, 0))],
    ids=[WEST_SUSSEX, KENT, LEICESTERSHIRE],
)
def test_sections_requirements_actions_and_measures(name: str, counts: tuple[int, ...]) -> None:
    plan = the_plan(name).plan
    assert (
        tuple(len(plan.of_kind(kind)) for kind in ("section", "requirement", "action", "measure"))
        == counts
    )


@pytest.mark.parametrize("name", [WEST_SUSSEX, KENT, LEICESTERSHIRE])
def test_every_plan_starts_unrated_and_open_without_errors(name: str) -> None:
    found = the_plan(name)
    assert {action.text("status") for action in found.plan.actions} == {"open"}
    assert not any(action.get("rag") for action in found.plan.actions)
    assert [finding for finding in found.findings if finding.severity == "error"] == []


def test_west_sussex_by_objective() -> None:
    plan = the_plan(WEST_SUSSEX).plan
    assert per_section(WEST_SUSSEX) == [19, 6, 6, 5, 6, 8, 2, 7, 20, 6, 9, 7]
    assert [section.text("ref") for section in plan.sections] == [
        str(number) for number in range(1, 13)
    ]
    assert all(section.text("outcome") for section in plan.sections)


def test_west_sussex_dues_and_leads_and_what_is_merged_down() -> None:
    actions = the_plan(WEST_SUSSEX).plan.actions
    assert sum(bool(action.get("due")) for action in actions) == 56
    assert sum(bool(action.get("leads")) for action in actions) == 56
    assert all(action.get("links") for action in actions)
    down = [
        one.text("field")
        for one in the_plan(WEST_SUSSEX).plan.of_kind("column")
        if one.text("down")
    ]
    assert down == ["section_ref", "section", "links", "measures"]


def test_west_sussex_refs_and_the_three_that_were_lost() -> None:
    found = the_plan(WEST_SUSSEX)
    refs = [action.text("ref") for action in found.plan.actions]
    assert refs[-4:] == ["12.4", "12.5", "12.6", "12.7"]
    assert len(set(refs)) == 101
    assert {"2.1.0", "4.1.2", "1.3.8"} <= set(refs)
    assert [finding.ref for finding in found.findings if finding.code == "ref-missing"] == [
        "12.5",
        "12.6",
        "12.7",
    ]


def test_west_sussex_measures() -> None:
    measures = the_plan(WEST_SUSSEX).plan.of_kind("measure")
    assert sum(bool(measure.get("target")) for measure in measures) == 42
    assert {measure.text("no") for measure in measures} >= {"1", "11", "11a", "11b", "11c", "71"}
    assert all(measure.text("section") for measure in measures)


def test_west_sussex_leads() -> None:
    found = the_plan(WEST_SUSSEX)
    by_ref = {
        action.text("ref"): read_leads(action.text("leads"), found.leads).leads
        for action in found.plan.actions
    }
    assert by_ref["2.1.0"] == ("Jon Brydon", "Ann Marie Dodds", "Amanda Radley")
    assert by_ref["3.3"] == ("Ann Marie Dodds",)
    assert by_ref["10.2"] == by_ref["10.3"] == ("Aretha Pitkin",)
    assert by_ref["9.3.1"] == by_ref["2.1.2"] == ("Head of QA",)
    assert [finding.value for finding in found.findings if finding.code == "lead-unresolved"] == [
        "JLS"
    ]


def test_kent_by_section_and_requirement() -> None:
    plan = the_plan(KENT).plan
    assert per_section(KENT) == [23, 20, 13]
    assert [section.text("name") for section in plan.sections] == [
        "Immediately",
        "Within Three Months",
        "Within Six Months",
    ]
    for action in plan.actions:
        requirement = plan.items[action.text("requirement")].text("ref")
        assert action.text("ref").rpartition(".")[0] == requirement


def test_kent_key_to_leads() -> None:
    leads = the_plan(KENT).leads.leads
    assert Counter(lead.kind for lead in leads) == {"person": 21, "group": 10}
    members = {lead.codes[0]: lead.members for lead in leads if lead.members}
    assert members == {"HOCs": ("CY", "MW", "KL", "KG"), "HOS": ("CY", "MW", "KL", "KG", "LT")}


def test_kent_leads_are_all_known_and_a_person_is_no_group() -> None:
    found = the_plan(KENT)
    assert [finding for finding in found.findings if finding.code == "lead-unresolved"] == []
    by_ref = {action.text("ref"): action for action in found.plan.actions}

    def responsible(ref: str) -> tuple[str, ...]:
        return read_leads(by_ref[ref].text("responsible"), found.leads).leads

    assert responsible("A3.1") == ("Heads of Service", "District Managers")
    assert responsible("A3.2") == ("Donna Marriott",)
    assert responsible("A10.1") == ("Improvement Team",)


def test_kent_start_and_end_stand_in_columns_of_their_own() -> None:
    plan = the_plan(KENT).plan
    first = plan.actions[0]
    assert (first.text("start"), first.text("due")) == (
        "Nov 2010",
        "Dec 2010 (CP CIN) Jan 2011 (LAC)",
    )
    assert sum(not action.get("start") and not action.get("due") for action in plan.actions) == 7


def test_leicestershire_is_given_refs() -> None:
    found = the_plan(LEICESTERSHIRE)
    assert per_section(LEICESTERSHIRE) == [4, 7, 7, 10]
    refs = [action.text("ref") for action in found.plan.actions]
    assert (refs[0], refs[4], refs[-1], len(set(refs))) == ("LO1", "PE1", "PP10", 28)
    assert [finding.code for finding in found.findings].count("refs-given") == 1


def test_leicestershire_posts_with_commas() -> None:
    found = the_plan(LEICESTERSHIRE)
    leading = {
        one
        for action in found.plan.actions
        for one in read_leads(action.text("leads"), found.leads).leads
    }
    assert len(leading) == 13
    assert {
        "AD, Children's Social Care",
        "Service Manager, Fostering, Adoption & Sufficiency",
    } <= leading
    assert [finding for finding in found.findings if finding.code.startswith("lead-")] == []
