"""The example plans, read from their owners' layouts: the published facts, and every oddity with
its cell.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.workbook.office.office_books import told
from xlplan.mapping.load import load_mapping
from xlplan.plan.leads.reading import read_leads
from xlplan.workbook.office.reading import OfficePlan, read_office_workbook

WALSALL, SUNDERLAND = "walsall-2012", "sunderland-2017"


@cache
def the_plan(name: str) -> OfficePlan:
    return read_office_workbook(
        Path("workbooks") / f"{name}.xlsx", load_mapping(Path("mappings") / f"{name}.toml")
    )


def counted(name: str, field: str) -> dict[str, int]:
    return dict(Counter(action.text(field) for action in the_plan(name).plan.actions))


@pytest.mark.parametrize(
    ("name", "counts"),
    [(WALSALL, (3, 9, 58, 0)), (SUNDERLAND, (7, 0, 64, 0))],
    ids=[WALSALL, SUNDERLAND],
)
def test_sections_requirements_actions_and_measures(name: str, counts: tuple[int, ...]) -> None:
    plan = the_plan(name).plan
    assert (
        tuple(len(plan.of_kind(kind)) for kind in ("section", "requirement", "action", "measure"))
        == counts
    )


def test_walsall_by_theme_and_rating() -> None:
    plan = the_plan(WALSALL).plan
    assert list(Counter(action.text("section") for action in plan.actions).values()) == [12, 21, 25]
    assert counted(WALSALL, "rag") == {"B": 1, "G": 22, "A": 9, "R": 4, "Gr": 13, "": 9}
    assert counted(WALSALL, "status") == {"open": 57, "completed": 1}
    assert [(one.text("ref"), one.text("lead")) for one in plan.sections] == [
        ("1", "Rose Collinson"),
        ("2", "Rose Collinson"),
        ("3", "Sue Butcher"),
    ]
    assert all(one.text("outcome") for one in plan.sections)


def test_walsall_heading_paragraphs_hold_their_actions() -> None:
    plan = the_plan(WALSALL).plan
    per_requirement = Counter(action.text("requirement") for action in plan.actions)
    assert [per_requirement[one.key] for one in plan.of_kind("requirement")] == [
        12,
        4,
        7,
        10,
        13,
        1,
        5,
        4,
        2,
    ]


def test_walsall_layout() -> None:
    lines = the_plan(WALSALL).plan.of_kind("line")
    assert Counter(line.text("role") for line in lines) == {
        "title": 3,
        "blank": 1,
        "section": 3,
        "section.lead": 3,
        "section.outcome": 3,
        "header": 3,
        "requirement": 9,
        "footnote": 2,
    }


def test_walsall_refs_are_text_and_every_one_is_its_own() -> None:
    refs = [action.text("ref") for action in the_plan(WALSALL).plan.actions]
    assert {"2.1", "2.10", "2.2", "2.20"} <= set(refs)
    assert len(set(refs)) == 58


def test_walsall_oddities() -> None:
    oddities = Counter(finding.code for finding in the_plan(WALSALL).findings)
    assert oddities == {
        "rag-blank": 9,
        "lead-blank": 3,
        "lead-unresolved": 1,
        "date-impossible": 1,
        "date-implausible": 2,
        "totals-differ": 3,
    }
    by_code = {finding.code: finding for finding in the_plan(WALSALL).findings}
    assert by_code["lead-unresolved"].value == "[…] Jones"
    assert (by_code["date-impossible"].ref, by_code["date-impossible"].value) == (
        "3.5",
        "31 June 2013",
    )
    assert by_code["date-impossible"].at.cell


def test_walsall_totals_differ_by_exactly_the_blank_ratings() -> None:
    differ = [
        finding.message for finding in the_plan(WALSALL).findings if finding.code == "totals-differ"
    ]
    assert differ == [
        "The published total of G is 29; the rows give 22.",
        "The published total of A is 10; the rows give 9.",
        "The published total of Gr is 14; the rows give 13.",
    ]


def test_sunderland_by_status_and_rating() -> None:
    assert counted(SUNDERLAND, "status") == {"open": 42, "new": 8, "completed": 14}
    assert counted(SUNDERLAND, "rag") == {"A": 8, "LG": 8, "DG": 26, "C": 13, "": 9}
    unrated = [
        action.text("ref") for action in the_plan(SUNDERLAND).plan.actions if not action.get("rag")
    ]
    assert sorted(unrated) == ["4.12", *[f"NEW {number}" for number in range(1, 9)]]


def test_sunderland_history_of_the_open_actions() -> None:
    found = the_plan(SUNDERLAND)
    [seed] = found.seeds
    assert (seed.field, seed.points) == ("rag", ["initial", "previous"])
    previous = Counter(
        value.text for (point, _), value in seed.values.items() if point == "previous"
    )
    assert previous == {"A": 13, "LG": 29}
    open_keys = {action.key for action in found.plan.actions if action.text("status") == "open"}
    assert {key for _, key in seed.values} == open_keys


def test_sunderland_one_section_over_both_sheets() -> None:
    plan = the_plan(SUNDERLAND).plan
    tables = {
        one.key: {a.text("table") for a in plan.actions if a.text("section") == one.key}
        for one in plan.sections
    }
    assert [sorted(names) for names in tables.values()] == [
        ["Completed", "Plan"],
        ["Plan"],
        ["Completed", "Plan"],
        ["Completed", "Plan"],
        ["Plan"],
        ["Completed", "Plan"],
        ["Completed", "Plan"],
    ]


def test_sunderland_refs_and_links_are_off_the_text() -> None:
    by_ref = {action.text("ref"): action for action in the_plan(SUNDERLAND).plan.actions}
    assert by_ref["1.1"].text("links") == "7 (a)"
    assert by_ref["1.1"].text("action").startswith("Put a workforce strategy")
    assert by_ref["1.5"].text("links") == ""
    assert by_ref["NEW 1"].text("action").startswith("Hire and keep")


def test_sunderland_oddities() -> None:
    found = the_plan(SUNDERLAND)
    oddities = Counter(finding.code for finding in found.findings)
    assert oddities == {
        "date-truncated": 1,
        "date-implausible": 3,
        "lead-dangling": 2,
        "text-mended": oddities["text-mended"],
        "rag-blank": 1,
        "totals-differ": 4,
    }
    assert {finding.value for finding in found.findings if finding.code.startswith("date")} == {
        "12/1",
        "06/06",
        "03/06",
    }
    assert [finding.ref for finding in found.findings if finding.code == "rag-blank"] == ["4.12"]


def test_sunderland_published_totals_are_reconciled() -> None:
    differ = [
        finding.message
        for finding in the_plan(SUNDERLAND).findings
        if finding.code == "totals-differ"
    ]
    assert differ == [
        "The published total of C in section 1 is 4; the rows give 3.",
        "The published total of C in section 3 is 6; the rows give 5.",
        "The published total of C in section 5 is 1; the rows give 0.",
        "The published total of C in all is 17; the rows give 14.",
    ]


@pytest.mark.parametrize(
    ("name", "leads"), [(WALSALL, 14), (SUNDERLAND, 12)], ids=[WALSALL, SUNDERLAND]
)
def test_everybody_in_the_key_leads_something(name: str, leads: int) -> None:
    found = the_plan(name)
    leading = {
        one
        for action in found.plan.actions
        for one in read_leads(action.text("leads"), found.leads).leads
    }
    assert len(leading) == leads
    assert leading == {lead.name for lead in found.leads.leads}


@pytest.mark.parametrize("name", [WALSALL, SUNDERLAND])
def test_nothing_is_an_error_and_all_is_addressed(name: str) -> None:
    findings = the_plan(name).findings
    assert [finding for finding in findings if finding.severity == "error"] == []
    assert all(cell for _, cell in told(the_plan(name)))
