"""The master holds what the log says, cell by cell, and the log misses nothing that was merged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import openpyxl

from tests.stories.office import ROOT
from tests.stories.proof.readers import one_line
from tests.stories.proof.recomputed import Recomputed
from tests.stories.proof.sheets import read_report
from tests.stories.proof.story import Story


def headings(story: Story, field: str) -> set[str]:
    said = story.mapping["fields"][field]
    return {one.casefold() for one in [*said.get("headings", []), said.get("name", "")] if one}


def columns(story: Story, sheet: Any) -> tuple[int, dict[str, int]]:
    """The row of a sheet's first headings, which may have a second line, and the column of each
    field.
    """
    wanted = headings(story, "action")
    row, place = next(
        (cell.row, cell.column)
        for line in sheet.iter_rows()
        for cell in line
        if str(cell.value).casefold() in wanted
    )
    lines = [row] if sheet.cell(row + 1, place).value else [row, row + 1]
    heads = {
        str(cell.value).casefold(): cell.column
        for line in lines
        for cell in sheet[line]
        if cell.value and (line != row or not _is_over(sheet, cell))
    }
    found = {}
    for field in story.mapping["fields"]:
        columns = {heads[head] for head in headings(story, field) if head in heads}
        if columns:
            (found[field],) = columns
    return row, found


def _is_over(sheet: Any, cell: Any) -> bool:
    """Whether a heading stands over several columns."""
    return any(
        area.min_row == cell.row and area.min_col == cell.column < area.max_col
        for area in sheet.merged_cells.ranges
    )


def lines_of(story: Story) -> Iterator[dict[str, str]]:
    """Every row of the plan's own sheets by field."""
    book = openpyxl.load_workbook(story.folder / "master.xlsx")
    for table in story.mapping["tables"]:
        sheet = book[table["sheet"]]
        top, places = columns(story, sheet)
        above = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }
        for row in range(top + 1, sheet.max_row + 1):
            cells = {
                field: sheet.cell(*above.get((row, place), (row, place)))
                for field, place in places.items()
            }
            yield {field: one_line(str(cell.value or "")) for field, cell in cells.items()}


def test_every_cell_of_the_plan_is_the_last_that_the_log_tells(
    story: Story, told: Recomputed
) -> None:
    lines = list(lines_of(story))
    skipped = {"section", "section_ref", "requirement", "requirement_ref", "action", "no_change"}
    compared = 0
    for one in told.living("now"):
        text = one_line(one.get("action"))
        (line,) = [
            line
            for line in lines
            if line["action"].endswith(text) and one.ref in (line.get("ref") or line["action"])
        ]
        for field, shown in line.items():
            if field not in skipped:
                assert shown == one_line(one.get(field)), (one.ref, field)
                compared += bool(shown)
    assert compared > len(told.now), "it compared hardly anything"


def test_the_log_tells_every_change_of_the_merge(story: Story) -> None:
    merged = story.merged
    assert merged["changes"]
    for change in merged["changes"]:
        steps = story.logs[change["key"]]["history"]
        assert [
            step
            for step in steps
            if step["revision"] == merged["revision"] and step["field"] == change["field"]
        ]
    told = {one["revision"] for log in story.logs.values() for one in log["history"]}
    assert told >= {
        one["revision"] for one in story.revisions if one["changes"] and one["revision"] > 0
    }


def test_what_was_taken_back_is_told_twice(story: Story, told: Recomputed) -> None:
    """The slip of the pen stands in the log, and so does its undoing; neither counts as a
    re-dating.
    """
    slips = [
        one
        for key in story.logs
        for one in story.logs[key]["history"]
        if one["reason"] == "a slip of the pen"
    ]
    assert len(slips) == 1
    assert len(told.undone) == 2
    assert [one for one in story.report["redated"] if one["times"] == 1]


def test_measures(story: Story) -> None:
    """Every measure of the office's workbook stands in the master with its texts."""
    wanted = story.measures
    page = read_report(story.folder / "master.xlsx", ["Measures against targets"])
    if not wanted:
        assert "Measures against targets" not in page.tables
        return
    table = page.tables["Measures against targets"]
    assert len(table.rows) == wanted
    book = openpyxl.load_workbook(ROOT / "workbooks" / f"{story.plan}.xlsx")
    source = [
        {one_line(str(cell.value)) for cell in row if cell.value}
        for sheet in book
        for row in sheet.iter_rows()
    ]
    own = {"No", "Measure", "Unit", "Target", "Interim target", "Interim by", "Target by"} & {
        *table.headings
    }
    for row in table.rows:
        said = {
            text for head, text in zip(table.headings, row, strict=True) if head in own and text
        }
        assert any(
            said <= {*line, *(text.rstrip("0").rstrip(".") for text in line)} for line in source
        ), said
