"""A workbook that does not fit its mapping: each trouble has a message, a cell, and what to do."""

from __future__ import annotations

from pathlib import Path

from tests.workbook.office.office_books import HEADER, Row, Wide, a_mapping, read, told

AIM = Wide("Aim 1: Safer homes")
VISIT = ["1.1", "Visit", "AP", "R"]


def test_a_missing_sheet_names_those_there_are(tmp_path: Path) -> None:
    more = '\n[[tables]]\nsheet = "Completd"\n'
    found = read(tmp_path, [HEADER, AIM, VISIT], a_mapping(more=more), Completed=[HEADER])
    [finding] = found.findings
    assert (finding.code, finding.severity, finding.value) == ("sheet-missing", "error", "Completd")
    assert "'Plan', 'Completed'" in finding.hint


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


def test_an_action_before_any_section(tmp_path: Path) -> None:
    assert told(read(tmp_path, [HEADER, VISIT])) == [("section-missing", "A2")]


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
