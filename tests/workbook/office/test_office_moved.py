"""Nothing in the package knows a plan: another layout needs another mapping, and gives the same
plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from xlplan.mapping.load import load_text
from xlplan.plan.text.text import same_text
from xlplan.workbook.office.reading import OfficePlan, read_office_workbook

DOWN, RIGHT = 3, 2

Respelt = Callable[[str], str]


def moved(source: Path, target: Path, respelt: Respelt) -> Path:
    """A copy of a workbook with every sheet moved down and to the right, and its texts spelt
    anew.
    """
    copy = Workbook()
    copy.remove(copy.worksheets[0])
    for sheet in load_workbook(source):
        there = copy.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    value = respelt(cell.value) if isinstance(cell.value, str) else cell.value
                    there.cell(cell.row + DOWN, cell.column + RIGHT, value)
        for area in sheet.merged_cells.ranges:
            area.shift(RIGHT, DOWN)
            there.merge_cells(area.coord)
    copy.save(target)
    return target


def strand(pattern: str, headings: dict[str, str]) -> Respelt:
    """Spell section lines `Strand A - ...`, and headings as told."""

    def respelt(text: str) -> str:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return f"Strand {chr(64 + int(found[1]))} - {found[2]}".removesuffix(" - ")
        return headings.get(text, text)

    return respelt


LAYOUTS = {
    "walsall-2012": (
        strand(r"THEME (\d+) - (.*)", {"Action": "What we do", "Lead Person(s)": "Owner"}),
        [
            (
                'reads = ["THEME {ref} - {text}"]',
                'reads = ["Strand {ref} - {text}"]',
            ),
            ('headings = ["Action"]', 'headings = ["What we do"]'),
            ('headings = ["Lead Person(s)", "Lead Person", "Lead"]', 'headings = ["Owner"]'),
        ],
    ),
    "sunderland-2017": (
        strand(
            r"Priority\s*(\d+)\s*:?\s*(.*)", {"Time": "By when", "RAG Previous": "Rating last time"}
        ),
        [
            (
                'reads = ["Priority {ref}: {text}"]',
                'reads = ["Strand {ref} - {text}"]',
            ),
            ('headings = ["Time"]', 'headings = ["By when"]'),
            ('previous = ["RAG Previous"]', 'previous = ["Rating last time"]'),
        ],
    ),
}


def meaning(found: OfficePlan) -> list[object]:
    """All that a plan says, but for the names of its sections' refs, which were respelt, and of its
    columns.
    """
    said: list[object] = []
    for item in found.plan.items.values():
        if item.kind == "column":
            continue
        values = {name: same_text(value.text) for name, value in item.values.items()}
        if item.kind == "section":
            del values["ref"]
        if item.kind == "line" and values["role"] in {"section", "header"}:
            del values["text"]
        said.append((item.key, item.kind, values))
    return [*said, *found.seeds]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_plan_moved_and_respelt_needs_only_its_mapping_edited(name: str, tmp_path: Path) -> None:
    respelt, edits = LAYOUTS[name]
    source = Path("workbooks") / f"{name}.xlsx"
    text = (Path("mappings") / f"{name}.toml").read_text(encoding="utf-8")
    as_published = read_office_workbook(source, load_text(text, "published.toml"))
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    other = read_office_workbook(
        moved(source, tmp_path / f"{name}.xlsx", respelt), load_text(text, "other.toml")
    )
    assert meaning(other) == meaning(as_published)
    assert [finding.code for finding in other.findings] == [
        finding.code for finding in as_published.findings
    ]


def test_without_the_edited_mapping_the_workbook_is_not_misread(tmp_path: Path) -> None:
    respelt, _ = LAYOUTS["walsall-2012"]
    source = Path("workbooks/walsall-2012.xlsx")
    text = Path("mappings/walsall-2012.toml").read_text(encoding="utf-8")
    found = read_office_workbook(
        moved(source, tmp_path / "moved.xlsx", respelt), load_text(text, "published.toml")
    )
    told = {finding.code for finding in found.findings if finding.severity == "error"}
    assert "heading-missing" in told
