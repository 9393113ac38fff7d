"""Cells held against one another when the office's workbook is read."""

from __future__ import annotations

from pathlib import Path

from tests.workbook.office.office_books import HEADER, Row, Wide, a_mapping, read, told
from tests.workbook.office.test_office_plans import the_plan

AIM = Wide("Aim 1: Safer homes")
START = '[fields.start]\nheadings = ["From"]\ntype = "timescale"\n\n'
DUE = '[fields.due]\nheadings = ["Until"]\ntype = "timescale"\n\n'
DATES = ("[fields.rag]", f"{START}{DUE}[fields.rag]")


def test_a_start_after_its_end_is_said_and_kept(tmp_path: Path) -> None:
    header: Row = [*HEADER, "From", "Until"]
    rows: list[Row] = [
        header,
        AIM,
        ["1.1", "Visit", "AP", "R", "May 2024", "March 2024"],
        ["1.2", "Call", "AP", "G", "May 2024", "31 May 2024"],
    ]
    found = read(tmp_path, rows, a_mapping(DATES))
    assert told(found) == [("start-after-end", "E3")]
    assert "March 2024" in found.findings[0].message
    assert found.plan.actions[0].text("start") == "May 2024"


def test_a_reference_to_an_action_that_is_not_there_is_said(tmp_path: Path) -> None:
    rows: list[Row] = [
        HEADER,
        AIM,
        ["1.1", "Visit, see 1.2", "AP", "R"],
        ["1.2", "Call (see 9.9)", "AP", "G"],
    ]
    found = read(tmp_path, rows)
    assert told(found) == [("reference-broken", "B4")]
    assert found.findings[0].value == "9.9"


def test_kent_points_to_no_action_that_is_not_there() -> None:
    assert [one for one in the_plan("kent-2010").findings if one.code == "reference-broken"] == []
