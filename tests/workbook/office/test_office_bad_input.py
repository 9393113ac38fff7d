"""A workbook that does not fit its mapping: each trouble has a message, a cell, and what to do."""

from __future__ import annotations

from pathlib import Path

from tests.workbook.office.office_books import (
    HEADER,
    Row,
    Wide,
    a_mapping,
    a_workbook,
    read,
    told,
)
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.office.lines import ShownRows
from xlplan.workbook.office.reading import OfficePlan, read_office_sheets, read_office_workbook

AIM = Wide("Aim 1: Safer homes")
VISIT = ["1.1", "Visit", "AP", "R"]


def test_a_missing_sheet_names_those_there_are(tmp_path: Path) -> None:
    more = '\n[[tables]]\nsheet = "Completd"\n'
    found = read(tmp_path, [HEADER, AIM, VISIT], a_mapping(more=more), Completed=[["Task"]])
    [finding] = found.findings
    assert (finding.code, finding.severity, finding.value) == ("sheet-missing", "error", "Completd")
    assert "'Plan', 'Completed'" in finding.hint


def shown(path: Path) -> OfficePlan:
    """A workbook that is known to show the plan."""
    return read_office_sheets(open_spreadsheet(path), a_mapping(), path.name, ShownRows())


def test_a_renamed_sheet_of_an_edition_is_told_by_its_headings(tmp_path: Path) -> None:
    rows: list[Row] = [HEADER, AIM, VISIT]
    path = a_workbook(tmp_path / "small.xlsx", Plan_January=rows, Notes=[["by hand"]])
    assert told(read_office_workbook(path, a_mapping())) == [("sheet-missing", "")]
    found = shown(path)
    assert [(one.code, one.severity, one.at.sheet) for one in found.findings] == [
        ("sheet-renamed", "warning", "Plan January")
    ]
    assert [action.text("ref") for action in found.plan.actions] == ["1.1"]


def test_of_two_sheets_with_the_headings_none_is_guessed(tmp_path: Path) -> None:
    rows: list[Row] = [HEADER, AIM, VISIT]
    path = a_workbook(tmp_path / "small.xlsx", January=rows, February=rows)
    assert told(shown(path)) == [("sheet-missing", "")]


def test_a_mapping_for_another_workbook_finds_no_header(tmp_path: Path) -> None:
    found = read(tmp_path, [["Dog", "Cat", "Who", "Bird"], ["1", "2", "3", "4"]])
    [finding] = found.findings
    assert (finding.code, finding.severity, finding.at.sheet) == ("header-missing", "error", "Plan")
    assert "'What we will do'" in finding.message
    assert "'Dog', 'Cat'" in finding.message
    assert found.plan.actions == []


def test_a_renamed_heading_is_told_with_the_nearest(tmp_path: Path) -> None:
    found = read(tmp_path, [["No.", "What we will do", "Who", "Rateing 2024"], AIM, VISIT])
    assert told(found) == [("heading-missing", "A1"), ("heading-unknown", "D1")]
    assert found.findings[0].field == "rag"
    assert "'Rateing 2024'" in found.findings[0].hint


def test_two_columns_with_one_heading(tmp_path: Path) -> None:
    found = read(
        tmp_path, [["No.", "What we will do", "Who", "Rating", "RATING"], AIM, [*VISIT, "G"]]
    )
    assert told(found) == [("heading-twice", "E1")]
    assert found.plan.actions[0].text("rag") == "R"


def test_an_empty_table(tmp_path: Path) -> None:
    assert told(read(tmp_path, [HEADER])) == [("table-empty", "")]


def test_a_line_inside_the_table_that_matches_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, [HEADER, AIM, Wide("Something else"), VISIT, Wide("* a footnote")])
    assert told(found) == [("line-unknown", "A3")]
    assert found.findings[0].value == "Something else"
    assert [one.text("text") for one in found.plan.of_kind("line")][-2:] == [
        "Something else",
        "* a footnote",
    ]


def test_a_row_without_an_action(tmp_path: Path) -> None:
    found = read(tmp_path, [HEADER, AIM, VISIT, ["1.2", None, "Ben Cole", "G"]])
    assert told(found) == [("row-unread", "A4")]
    assert found.findings[0].severity == "error"
    assert "Ben Cole" in (found.findings[0].value or "")


def test_actions_before_any_section_are_told_once(tmp_path: Path) -> None:
    found = read(tmp_path, [HEADER, VISIT, ["1.2", "Fit", "AP", "R"], AIM])
    assert told(found) == [("section-missing", "A2")]
    assert "any section line: 2." in found.findings[0].message


def test_what_follows_from_a_line_that_is_not_understood_is_not_told_again(tmp_path: Path) -> None:
    found = read(
        tmp_path, [HEADER, Wide("Goal one, safer homes"), VISIT, ["1.2", "Fit", "AP", "R"]]
    )
    assert told(found) == [("line-unknown", "A2")]


def test_texts_that_open_with_refs_of_another_shape_are_one_finding(tmp_path: Path) -> None:
    mapping = a_mapping(
        ('headings = ["No."]\ntype = "ref"', 'type = "ref"\nshapes = ["9.9"]'),
        ('["What we will do"]', '["What we will do"]\nopens = ["{ref} {text}"]'),
    )
    texts = ["1.1 Visit", "1.1.1. Fit", "1.1.2. Call", "1.1.3. Ask", "Write"]
    found = read(tmp_path, [HEADER[1:], AIM, *([text, "AP", "R"] for text in texts)], mapping)
    assert told(found) == [("refs-unread", "A4"), ("ref-missing", "A7")]
    assert found.findings[0].message.startswith(
        "3 texts open with something like 9.9.9, as '1.1.1."
    )


def test_a_side_table_that_cannot_be_read_is_a_warning(tmp_path: Path) -> None:
    more = (
        '\n[[leads_sheets]]\nsheet = "Key"\ncode = ["Code"]\nname = ["Name"]\nrole = ["Post"]\n'
        '[[leads_sheets]]\nsheet = "Nowhere"\nname = ["Name"]\n'
        '[measures]\nsheet = "KPIs"\n[measures.headings]\nmeasure = ["Measure"]\n'
        '[totals]\nsheet = "Totals"\nrating = ["Rating"]\ncount = ["Number"]\n'
    )
    found = read(
        tmp_path,
        [HEADER, AIM, VISIT],
        a_mapping(more=more),
        Key=[["Code", "Name"], ["CD", "Cara Dunn"]],
        KPIs=[["nothing here"]],
        Totals=[["nor here"]],
    )
    assert [(one.code, one.severity) for one in found.findings] == [
        ("heading-missing", "warning"),
        ("sheet-missing", "warning"),
        ("header-missing", "warning"),
        ("header-missing", "warning"),
    ]


def test_our_own_key_row_and_token_column_are_passed_over(tmp_path: Path) -> None:
    rows: list[Row] = [
        ["xlplan:ref", "xlplan:action", "xlplan:leads", "xlplan:rag", "xlplan:token"],
        [*HEADER, "xlplan:token"],
        AIM,
        [*VISIT, "k3jx-99"],
    ]
    found = read(tmp_path, rows)
    assert found.findings == []
    assert len(found.plan.of_kind("column")) == 4
    assert [one.text("role") for one in found.plan.of_kind("line")] == ["header", "section"]


def test_a_first_header_spelt_worse_than_the_second_loses_no_action(tmp_path: Path) -> None:
    worse: Row = ["No.", "What we will do", "Who", "Where it stands"]
    rows: list[Row] = [
        worse,
        AIM,
        VISIT,
        HEADER,
        Wide("Aim 2: Warmer homes"),
        ["2.1", "Insulate", "Ben Cole", "G"],
    ]
    found = read(tmp_path, rows)
    assert told(found) == [("heading-differs", "D1")]
    assert [action.text("rag") for action in found.plan.actions] == ["R", "G"]


def test_columns_that_change_places_below_are_not_misread_in_silence(tmp_path: Path) -> None:
    swapped: Row = ["No.", "What we will do", "Rating", "Who"]
    rows: list[Row] = [
        HEADER,
        AIM,
        VISIT,
        swapped,
        Wide("Aim 2: Warmer homes"),
        ["2.1", "Insulate", "Ben Cole", "G"],
    ]
    found = read(tmp_path, rows)
    assert told(found)[:2] == [("heading-moved", "C4"), ("heading-moved", "D4")]
    assert found.findings[0].severity == "error"
