"""The office's own workbook, in whatever layout its owner keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.workbook.office.office_books import (
    HEADER,
    Down,
    Row,
    Wide,
    a_mapping,
    a_workbook,
    read,
    told,
)
from xlplan.workbook.office.reading import read_office_workbook

PLAIN: list[Any] = [
    Wide("Our plan"),
    None,
    HEADER,
    Wide("Aim 1: Safer homes"),
    ["1.1", "Visit every home", "Asha Patel", "R"],
    ["1.2", "Fit alarms", "Ben Cole", "G"],
    Wide("Aim 2: Better schools"),
    ["2.1", "Train teachers", "AP", "B"],
]


def test_a_plain_table(tmp_path: Path) -> None:
    plan = read(tmp_path, PLAIN).plan
    assert [(one.text("ref"), one.text("name")) for one in plan.sections] == [
        ("1", "Safer homes"),
        ("2", "Better schools"),
    ]
    assert [
        (one.text("ref"), one.text("action"), one.text("leads"), one.text("rag"))
        for one in plan.actions
    ] == [
        ("1.1", "Visit every home", "Asha Patel", "R"),
        ("1.2", "Fit alarms", "Ben Cole", "G"),
        ("2.1", "Train teachers", "AP", "B"),
    ]
    assert [one.text("status") for one in plan.actions] == ["open", "open", "completed"]
    assert plan.items["plan"].text("title") == "A small plan"


def test_lines_and_actions_by_order_give_the_published_sheet_back(tmp_path: Path) -> None:
    plan = read(tmp_path, PLAIN).plan
    rows = sorted([*plan.of_kind("line"), *plan.actions], key=lambda item: item.order)
    assert [item.text("role") or item.text("ref") for item in rows] == [
        *("title", "blank", "header", "section", "1.1", "1.2", "section", "2.1"),
    ]
    assert plan.of_kind("line")[2].text("text") == "No.\tWhat we will do\tWho\tRating"
    assert [(one.text("field"), one.text("heading")) for one in plan.of_kind("column")] == [
        ("ref", "No."),
        ("action", "What we will do"),
        ("leads", "Who"),
        ("rag", "Rating"),
    ]


def test_the_header_may_stand_anywhere_and_columns_in_any_order(tmp_path: Path) -> None:
    rows: list[Row] = [None, None, [None, "Rating", "Who", "What we will do", "No."]]
    rows += [[None, "Aim 1: Safer homes"], [None, "G", "AP", "Visit every home", "1.1"]]
    [action] = read(tmp_path, rows).plan.actions
    assert (action.text("ref"), action.text("rag"), action.text("section")) == ("1.1", "G", "s1")


def test_a_header_repeated_and_spelt_differently_is_no_action(tmp_path: Path) -> None:
    rows = [*PLAIN[:6], PLAIN[6], ["No", "What will we do?", "WHO:", "Ratings"], PLAIN[7]]
    plan = read(tmp_path, rows).plan
    assert [one.text("ref") for one in plan.actions] == ["1.1", "1.2", "2.1"]
    assert [one.text("role") for one in plan.of_kind("line")].count("header") == 2


def test_a_header_below_the_first_section_line(tmp_path: Path) -> None:
    rows: list[Row] = [Wide("Our plan"), PLAIN[3], Wide("So that nobody burns"), HEADER, *PLAIN[4:]]
    plan = read(tmp_path, rows).plan
    assert plan.sections[0].text("outcome") == "nobody burns"
    assert [one.text("role") for one in plan.of_kind("line")][:4] == [
        "title",
        "section",
        "section.outcome",
        "header",
    ]
    assert [one.text("section") for one in plan.actions] == ["s1", "s1", "s2"]


def test_a_header_of_two_rows_with_a_heading_merged_over_some(tmp_path: Path) -> None:
    mapping = a_mapping(('headings = ["Who"]', 'headings = ["Person"]\nunder = "Lead"'))
    rows: list[Row] = [
        [Down("No.", 2), Down("What we will do", 2), "Lead", None, Down("Rating", 2)],
        [None, None, "Person", "Team"],
        ["Aim 1: Safer homes"],
        ["1.1", "Visit every home", "AP", "North", "R"],
    ]
    found = read(tmp_path, rows, mapping)
    assert found.plan.actions[0].text("leads") == "AP"
    assert [(one.text("under"), one.text("heading")) for one in found.plan.of_kind("column")][
        2:4
    ] == [
        ("Lead", "Person"),
        ("Lead", "Team"),
    ]
    assert told(found) == [("heading-unknown", "D2")]


def test_requirement_lines_hold_for_the_actions_below_them(tmp_path: Path) -> None:
    rows: list[Row] = [
        HEADER,
        PLAIN[3],
        Wide("Finding 7: Alarms fail"),
        PLAIN[4],
        Wide("Finding 8: No visits"),
        PLAIN[5],
    ]
    plan = read(tmp_path, rows).plan
    assert [
        (one.text("ref"), one.text("name"), one.text("section"))
        for one in plan.of_kind("requirement")
    ] == [
        ("7", "Alarms fail", "s1"),
        ("8", "No visits", "s1"),
    ]
    assert [one.text("requirement") for one in plan.actions] == ["q1", "q2"]


def test_a_heading_paragraph_without_actions_is_a_footnote(tmp_path: Path) -> None:
    mapping = a_mapping(("Finding {ref}: {text}", "{text}"))
    rows: list[Row] = [
        HEADER,
        PLAIN[3],
        Wide("Fire"),
        PLAIN[4],
        Wide("Note: as agreed"),
        PLAIN[6],
        PLAIN[7],
        Wide("* see"),
    ]
    plan = read(tmp_path, rows, mapping).plan
    assert [one.text("name") for one in plan.of_kind("requirement")] == ["Fire"]
    roles = [(one.text("role"), one.text("text")) for one in plan.of_kind("line")]
    assert ("footnote", "Note: as agreed") in roles
    assert ("footnote", "* see") in roles


def test_columns_for_section_and_requirement_merged_down(tmp_path: Path) -> None:
    mapping = a_mapping(
        (
            "[fields.action]",
            '[fields.section]\nheadings = ["Aim"]\n\n[fields.requirement]\nheadings = '
            '["Need"]\n\n[fields.action]',
        ),
        ('{ kind = "section", reads = ["Aim {ref}: {text}"] },', ""),
        ('"So that {text}"', '"{text}"'),
    )
    rows: list[Row] = [
        Wide("Our plan", 6),
        ["No.", "Aim", "Need", "What we will do", "Who", "Rating"],
        ["1", Down("Safer homes", 3), Down("Alarms", 2), "Buy", Down("AP", 2), "R"],
        ["2", None, None, "Fit", None, "G"],
        ["3", None, "Visits", "Call"],
        Wide("Homes are safe.", 6),
        ["4", "Better schools", "Visits", "Train", "Ben Cole"],
        Wide("Schools are good.", 6),
        Wide("* a footnote", 6),
    ]
    plan = read(tmp_path, rows, mapping).plan
    assert [(one.text("name"), one.text("outcome")) for one in plan.sections] == [
        ("Safer homes", "Homes are safe."),
        ("Better schools", "Schools are good."),
    ]
    assert [one.text("name") for one in plan.of_kind("requirement")] == [
        "Alarms",
        "Visits",
        "Visits",
    ]
    assert [
        (one.text("section"), one.text("requirement"), one.text("leads")) for one in plan.actions
    ] == [
        ("s1", "q1", "AP"),
        ("s1", "q1", "AP"),
        ("s1", "q2", ""),
        ("s2", "q3", "Ben Cole"),
    ]
    assert [one.text("down") for one in plan.of_kind("column")] == ["", "yes", "yes", "", "yes", ""]
    assert plan.of_kind("line")[-1].text("role") == "footnote"


def test_an_action_belongs_to_the_requirement_whose_number_its_ref_continues(
    tmp_path: Path,
) -> None:
    mapping = a_mapping(
        ('new_refs = ["NEW 9"]', 'requirement_by = "ref"'),
        (
            "[fields.action]",
            '[fields.requirement_ref]\nheadings = ["Need no."]\n\n'
            '[fields.requirement]\nheadings = ["Need"]\n\n[fields.action]',
        ),
    )
    rows: list[Row] = [
        ["No.", "Need no.", "Need", "What we will do", "Who", "Rating"],
        ["Aim 1: Safer homes"],
        ["A1.1", Down("A1", 2), Down("Alarms", 2), "Buy", "AP"],
        ["A10.1", None, None, "Call", "AP"],
        ["A10.2", "A10", "Visits", "Write", "AP"],
    ]
    plan = read(tmp_path, rows, mapping).plan
    assert [one.text("requirement") for one in plan.actions] == ["q1", "q2", "q2"]


def test_refs_that_open_the_text_of_an_action(tmp_path: Path) -> None:
    mapping = a_mapping(
        (
            'headings = ["No."]\ntype = "ref"',
            'type = "ref"\nshapes = ["9.9"]\n\n[fields.links]\ntype = "links"\nshapes = ["9", "9 '
            '(a)"]',
        ),
        (
            'headings = ["What we will do"]',
            'headings = ["What we will do"]\n'
            'opens = ["{ref} - Ofsted {links} {text}", "{ref}: {text}", "{ref} {text}"]',
        ),
    )
    rows: list[Row] = [
        ["What we will do", "Who", "Rating"],
        ["Aim 1: Safer homes"],
        ["1.1 - Ofsted 7 (a) Visit 3 homes", "AP", "R"],
        ["1.10 Fit alarms", "AP", "R"],
        ["NEW 1: Call 4.5 people", "AP"],
        ["Ask again", "AP", "R"],
    ]
    found = read(tmp_path, rows, mapping)
    assert [
        (one.text("ref"), one.text("links"), one.text("action"), one.text("status"))
        for one in found.plan.actions
    ] == [
        ("1.1", "7 (a)", "Visit 3 homes", "open"),
        ("1.10", "", "Fit alarms", "open"),
        ("NEW 1", "", "Call 4.5 people", "new"),
        ("1.11", "", "Ask again", "open"),
    ]
    assert [one.text("opening") for one in found.plan.actions] == [
        "{ref} - Ofsted {links} {text}",
        "{ref} {text}",
        "{ref}: {text}",
        "",
    ]
    assert told(found) == [("ref-missing", "A6")]
    assert found.findings[0].ref == "1.11"


def test_a_plan_without_refs_is_given_some(tmp_path: Path) -> None:
    mapping = a_mapping(
        ('headings = ["No."]\ntype = "ref"', 'type = "ref"'), ("Aim {ref}: {text}", "{text}")
    )
    rows: list[Row] = [
        Wide("Our plan"),
        Wide("Safer and Better homes"),
        ["What we will do", "Who", "Rating"],
        ["Buy", "AP", "R"],
        ["Fit", "AP", "R"],
        Wide("Skilled teachers", 3),
        ["Train", "AP", "R"],
    ]
    found = read(tmp_path, rows, mapping)
    assert [one.text("ref") for one in found.plan.actions] == ["SBH1", "SBH2", "ST1"]
    assert [one.text("role") for one in found.plan.of_kind("line")][:3] == [
        "title",
        "section",
        "header",
    ]
    [finding] = found.findings
    assert (finding.code, finding.severity) == ("refs-given", "notice")


def test_two_sheets_are_one_plan_and_their_sections_one(tmp_path: Path) -> None:
    more = '\n[[tables]]\nsheet = "Done"\nstatus = "completed"\nfields = ["ref", "action"]\n'
    more += 'lines = [{ kind = "section", reads = ["Aim {ref}: {text}"] }]\n'
    done: list[Row] = [
        ["No.", "What we will do"],
        ["Aim 2: better  Schools"],
        ["2.2", "Write"],
        ["Aim 3: Fun"],
        ["3.1", "Play"],
    ]
    plan = read(tmp_path, PLAIN, a_mapping(more=more), Done=done).plan
    assert [one.text("ref") for one in plan.sections] == ["1", "2", "3"]
    assert [
        (one.text("ref"), one.text("table"), one.text("status"), one.text("section"))
        for one in plan.actions
    ][3:] == [
        ("2.2", "Done", "completed", "s2"),
        ("3.1", "Done", "completed", "s3"),
    ]


def test_columns_with_earlier_ratings_are_seeds(tmp_path: Path) -> None:
    mapping = a_mapping(
        (
            'headings = ["Rating"]',
            'headings = ["Rating"]\nhistory = { first = ["At first"], last = ["Last time"] }',
        )
    )
    rows: list[Row] = [
        ["No.", "What we will do", "Who", "At first", "Last time", "Rating"],
        ["Aim 1: Safer homes"],
    ]
    rows += [["1.1", "Visit", "AP", "R", "green", "G"], ["1.2", "Fit", "AP", None, "purple", "G"]]
    found = read(tmp_path, rows, mapping)
    [seed] = found.seeds
    assert (seed.field, seed.points) == ("rag", ["first", "last"])
    assert {place: value.text for place, value in seed.values.items()} == {
        ("first", "a1"): "R",
        ("last", "a1"): "G",
    }
    assert told(found) == [("rag-read", "E3"), ("rag-unknown", "E4")]


def test_what_is_odd_in_a_cell_is_said_at_the_cell(tmp_path: Path) -> None:
    rows: list[Row] = [
        HEADER,
        ["Aim 1: Safer homes"],
        ["1.1", "Visit", "Asha Patell", "Purple"],
        ["1.1", "Fit", None, None],
        ["1.2", "Call", "АР", "g"],
    ]
    found = read(tmp_path, rows)
    assert told(found) == [
        ("lead-unresolved", "C3"),
        ("rag-unknown", "D3"),
        ("text-mended", "C5"),
        ("rag-read", "D5"),
        ("ref-repeated", "A3"),
        ("ref-repeated", "A4"),
        ("rag-blank", "D4"),
        ("lead-blank", "C4"),
    ]
    unknown = found.findings[1]
    assert (unknown.value, unknown.ref, unknown.severity) == ("Purple", "1.1", "warning")
    assert "Asha Patel" in found.findings[0].hint
    assert found.plan.actions[0].text("rag") == ""


def test_a_value_beyond_the_last_heading_is_said(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        [*PLAIN[:5], [*PLAIN[5], "by hand"], None, [None, None, None, None, None, "a remark"]],
    )
    assert told(found) == [("note-outside", "E6"), ("note-outside", "F8")]


@pytest.mark.parametrize("blanks", [40, 30_000])
def test_blank_rows_before_and_between_do_not_matter(tmp_path: Path, blanks: int) -> None:
    rows: list[Row] = [*[None] * min(blanks, 40), *PLAIN[2:6], *[None] * blanks, *PLAIN[6:]]
    found = read(tmp_path, rows)
    assert [one.text("ref") for one in found.plan.actions] == ["1.1", "1.2", "2.1"]
    assert [one.text("role") for one in found.plan.of_kind("line")].count("blank") <= 6


def test_the_key_to_leads_on_a_sheet_joins_the_mapping(tmp_path: Path) -> None:
    more = '\n[[leads_sheets]]\nsheet = "Key"\ncode = ["Code"]\nname = ["Name"]\nrole = ["Post"]\n'
    key: list[Row] = [
        ["People"],
        ["Code", "Name", "Post"],
        ["AP", "Asha Patel", "Director"],
        ["CD", "Cara Dunn", "Chair"],
    ]
    rows = [*PLAIN[:4], ["1.1", "Visit", "CD", "R"]]
    found = read(tmp_path, rows, a_mapping(more=more), Key=key)
    assert [(lead.key, lead.name, lead.codes, lead.role) for lead in found.leads.leads] == [
        ("lead:1", "Asha Patel", ("AP",), "Director"),
        ("lead:2", "Ben Cole", (), ""),
        ("lead:3", "Cara Dunn", ("CD",), "Chair"),
    ]
    assert found.plan.items["lead:3"].text("codes") == "CD"
    assert found.findings == []


def test_measures_stand_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    more = '\n[measures]\nsheet = "KPIs"\n[measures.headings]\n'
    more += 'no = ["KPI"]\nsection = ["Aim"]\nmeasure = ["What"]\ntarget = ["Target"]\n'
    kpis: list[Row] = [
        ["KPIs"],
        ["KPI", "Aim", "What", "Target"],
        [1, 2, "Attendance", "95%"],
        ["1a", 2, "Of girls", None],
    ]
    plan = read(tmp_path, PLAIN, a_mapping(more=more), KPIs=kpis).plan
    assert [
        (one.text("no"), one.text("section"), one.text("measure"))
        for one in plan.of_kind("measure")
    ] == [
        ("1", "s2", "Attendance"),
        ("1a", "s2", "Of girls"),
    ]


TOTALS_BY_RATING = '\n[totals]\nsheet = "Totals"\nrating = ["Rating"]\ncount = ["Number"]\n'
TOTALS_BY_SECTION = """
[totals]
sheet = "Totals"
section = ["Aim"]
columns = { R = ["Red > Now"], B = ["Blue > Now"] }
"""


def test_published_totals_by_rating_are_reconciled(tmp_path: Path) -> None:
    totals: list[Row] = [["Rating", "Number"], ["Red", 2], ["Green", 1], ["B", "1"], ["Total", 4]]
    found = read(tmp_path, PLAIN, a_mapping(more=TOTALS_BY_RATING), Totals=totals)
    assert told(found) == [("totals-differ", "B2")]
    assert found.findings[0].message == "The published total of R is 2; the rows give 1."


ACROSS: list[Any] = [
    ["Ratings this month"],
    [None, "R", "G", "B"],
    ["Meaning", "Off track", "On track", "Done"],
    ["Number", 2, 1, 1],
    ["%", 50.5, 25, 25],
]


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        (ACROSS, "B4"),
        ([["Rating", *ACROSS[1][1:]], ["Number", 2, 1, 1]], "B2"),
        ([["Red", 2, "50.5%"], ["Green", 1, "25%"], ["Blue", 1, "25%"]], "B1"),
    ],
    ids=["across", "across with a heading", "down without one"],
)
def test_published_totals_are_read_whichever_way_they_lie(
    tmp_path: Path, rows: list[Row], cell: str
) -> None:
    found = read(tmp_path, PLAIN, a_mapping(more=TOTALS_BY_RATING), Totals=rows)
    assert [(one.at.cell, one.message) for one in found.findings] == [
        (cell, "The published total of R is 2; the rows give 1.")
    ]


def test_published_totals_by_section_lie_across_too(tmp_path: Path) -> None:
    columns = TOTALS_BY_SECTION.replace(" > Now", "")
    totals: list[Row] = [
        ["Rating", "Aim 1", "Aim 2", "All"],
        ["Red", 1, 1, 2],
        ["Blue", 0, 1, 1],
        ["Share", 0.5, 0.5, 1],
    ]
    found = read(tmp_path, PLAIN, a_mapping(more=columns), Totals=totals)
    assert [(one.at.cell, one.message) for one in found.findings] == [
        ("C2", "The published total of R in section 2 is 1; the rows give 0."),
        ("D2", "The published total of R in all is 2; the rows give 1."),
    ]


def test_published_totals_below_three_rows_of_headings(tmp_path: Path) -> None:
    path = a_workbook(
        tmp_path / "small.xlsx",
        Plan=PLAIN,
        Totals=[
            ["Aim", "Ratings"],
            [None, "Red", None, "Blue"],
            [None, "Before", "Now", "Before", "Now"],
            ["Aim 1", 0, 1, 0, 1],
            ["Total", 0, 1, 0, 2],
        ],
    )
    book = load_workbook(path)
    for area in ("A1:A3", "B1:E1", "B2:C2", "D2:E2"):
        book["Totals"].merge_cells(area)
    book.save(path)
    found = read_office_workbook(path, a_mapping(more=TOTALS_BY_SECTION))
    assert [one.at.cell for one in found.findings] == ["E4", "E5"]


def test_a_plan_without_its_sheet_of_totals_is_read_all_the_same(tmp_path: Path) -> None:
    found = read(tmp_path, PLAIN, a_mapping(more=TOTALS_BY_RATING))
    assert [(one.code, one.severity) for one in found.findings] == [("sheet-missing", "warning")]


def test_published_totals_by_section_are_reconciled(tmp_path: Path) -> None:
    totals: list[Row] = [
        [Down("Aim", 2), "Red", None, "Blue", None],
        [None, "Before", "Now", "Before", "Now"],
        ["Aim 1: Safer homes", 0, 1, 0, 1],
        [2, 0, 0, 0, 1],
        ["Total", 5, 1, 0, 2],
    ]
    found = read(tmp_path, PLAIN, a_mapping(more=TOTALS_BY_SECTION), Totals=totals)
    assert [(one.at.cell, one.message) for one in found.findings] == [
        ("E3", "The published total of B in section 1 is 1; the rows give 0."),
        ("E5", "The published total of B in all is 2; the rows give 1."),
    ]
