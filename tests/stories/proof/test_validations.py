"""In every update workbook of each plan: a rule on each input, over exactly the rows of its own
column.
"""

from __future__ import annotations

from typing import Any

import openpyxl

from tests.stories.proof.story import Story


def keys(sheet: Any, first: str) -> tuple[int, dict[str, int]]:
    """The hidden row of keys that begins with one of ours, and the column of each."""
    for row in sheet.iter_rows():
        found = {
            str(cell.value).removeprefix("xlplan:"): cell.column
            for cell in row
            if cell.value is not None
        }
        if f"xlplan:{first}" in {cell.value for cell in row}:
            return row[0].row, found
    raise AssertionError(f"no row of keys with {first}")


def rules(sheet: Any) -> dict[tuple[int, int, int], Any]:
    """Every rule by column, first and last row; each stands in one column, and no two on one
    cell.
    """
    found = {}
    taken: set[tuple[int, int]] = set()
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            assert area.min_col == area.max_col
            cells = {(row, area.min_col) for row in range(area.min_row, area.max_row + 1)}
            assert not cells & taken
            taken |= cells
            found[area.min_col, area.min_row, area.max_row] = rule
    return found


def test_each_rule_covers_exactly_its_own_column(story: Story) -> None:
    inputs = [
        field for field, said in story.mapping["fields"].items() if said.get("edit") == "lead"
    ]
    assert story.issued
    for lead, path in story.issued.items():
        sheet = openpyxl.load_workbook(path)["Update"]
        top, places = keys(sheet, "token")
        below, proposed = keys(sheet, "new.action")
        told = {sheet.cell(row, places["ref"]).value for row in range(top + 2, below)}
        assert told >= {*story.sent[lead]}, lead
        rows = [
            row
            for row in range(top + 2, below)
            if sheet.cell(row, places["ref"]).value in story.sent[lead]
        ]
        found = rules(sheet)
        wanted = {(places[field], rows[0], rows[-1]) for field in inputs if field in places}
        assert {place for place in found if place[2] < below} == wanted, lead
        assert {column for column, first, _ in found if first > below} <= {*proposed.values()}
        rating = found[places["rag"], rows[0], rows[-1]]
        assert rating.type == "list"
        assert rating.formula1.strip('"').split(",") == story.codes
