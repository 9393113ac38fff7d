"""The master gives back what the office had: every cell of its plan, read or not, and the same plan
when `init` reads it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.builders import a_mapping
from tests.workbook.office.office_books import Down, Row, Wide, a_workbook
from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Plan
from xlplan.plan.text.text import same_text
from xlplan.reports.chapters.dashboard import master_chapters
from xlplan.reports.figures import figures
from xlplan.reports.material import Material
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.master.writing import MasterBook, write_master
from xlplan.workbook.office.reading import OfficePlan, read_office_workbook

OPENINGS = ("{} Visit", "{}. Visit", "{}) Visit", "{} - Visit", "{}: Visit", "{}\u00a0 Visit")
LINES = ("Aim {}: Homes {}", "Aim{} - Homes {}", "AIM  {}. Homes {}", "Aim {}")
BESIDE: list[Any] = [None, "ask Rose", 7, "007", 2.5, "2.5", "'tis done"]
"""What stands in a column that the mapping does not know, or beside the table."""


@dataclass(frozen=True)
class Layout:
    """A mapping, and what stands on each sheet."""

    mapping: PlanMapping
    sheets: dict[str, list[Row]]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Sections as lines, refs that open the text or have a column, requirements merged down; and in
    between what nobody reads.
    """
    column, down, second = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    sheets = {
        name: _rows(draw, number, column=column, down=down, short=number > 1)
        for number, name in enumerate(["Plan", "Plan_B"][: 1 + second], start=1)
    }
    fields: dict[str, dict[str, Any]] = {
        "requirement": {"headings": ["Finding"]},
        "ref": {"type": "ref", "shapes": ["9.9"], "headings": ["No."] if column else []},
        "action": {"headings": ["Action"], "opens": [] if column else ["{ref} {text}"]},
        "leads": {"headings": ["Lead"], "type": "leads"},
        "rag": {"headings": ["Status"], "type": "rag", "edit": "lead"},
        "progress": {"edit": "lead"},
    }
    if not down:
        del fields["requirement"]
    reads = [
        {"kind": "section", "reads": ["Aim {ref}: {text}"]},
        {"kind": "ignore", "reads": ["Page {text}"]},
    ]
    short = [key for key in fields if key not in {"leads", "progress"}]
    tables = [
        {
            "sheet": name.replace("_", " "),
            "lines": reads,
            "fields": short if name != "Plan" else None,
        }
        for name in sheets
    ]
    return Layout(a_mapping(tables=tables, fields=fields), sheets)


def _rows(draw: st.DrawFn, number: int, *, column: bool, down: bool, short: bool) -> list[Row]:
    heads = [
        *(["Finding"] if down else []),
        *(["No."] if column else []),
        *(
            "Action",
            "Status",
            *([] if short else ["Lead"]),
            draw(st.sampled_from(["Cost", "Lead 2"])),
        ),
    ]
    rows: list[Row] = [["The plan", None, "May"], heads]
    for section in (1, 2):
        title = draw(st.sampled_from(LINES)).format(section, section)
        rows.append(Wide(title, len(heads)))
        size = draw(st.integers(1, 3))
        for place in range(size):
            ref = f"{section}.{number}{place}"
            text = draw(st.sampled_from(OPENINGS)).format(ref)
            finding = Down(f"Finding {section}", size) if size > 1 else f"Finding {section}"
            rows.append(
                [
                    *([finding if place == 0 else None] if down else []),
                    *([ref] if column else []),
                    *("Visit" if column else text, "R", *([] if short else ["Ann Bell"])),
                    *(draw(st.sampled_from(BESIDE)), draw(st.sampled_from(BESIDE))),
                ]
            )
        if draw(st.booleans()):
            rows.append([*[None] * (len(heads) - 2), "Bo", draw(st.sampled_from(BESIDE))])
        if draw(st.booleans()):
            rows.append(Wide(f"Page {section} of 2", len(heads)))
    return [*rows, *draw(st.sampled_from([[], [None, [*[None] * 9, "see the minutes"]]]))]


def written(path: Path, plan: Plan, mapping: PlanMapping) -> None:
    told = figures(Material(mapping, plan, plan, date(2026, 2, 4), {}))
    tokens = {action.key: f"t{action.key}" for action in plan.actions}
    chapters, created = master_chapters(told), datetime(2026, 2, 4)
    write_master(
        path, MasterBook(plan, mapping, {}, told.scale, chapters, created, "Plan", tokens=tokens)
    )


def cells(path: Path, names: list[str]) -> Counter[tuple[str, str, type]]:
    """How often each text stands on a sheet, and as what."""
    sheets = [sheet for sheet in open_spreadsheet(path).sheets if sheet.name in names]
    return Counter(
        (sheet.name, same_text(cell.as_text), type(cell.value))
        for sheet in sheets
        for cell in sheet.cells.values()
    )


def said(read: OfficePlan) -> list[object]:
    """All that a plan says but where its rows stand, and what was told of it."""
    kinds = ("section", "requirement", "action")
    items = [
        (item.kind, {name: one.canonical for name, one in item.values.items() if name != "order"})
        for kind in kinds
        for item in read.plan.of_kind(kind)  # type: ignore[arg-type]  # a tuple of literals
    ]
    return [*items, Counter(found.code for found in read.findings)]


@settings(deadline=None, max_examples=15)
@given(layout=layouts())
def test_every_cell_stands_in_the_master_and_init_reads_the_same_plan(layout: Layout) -> None:
    with TemporaryDirectory() as folder:
        office = a_workbook(Path(folder, "office.xlsx"), **layout.sheets)
        before = read_office_workbook(office, layout.mapping)
        assert len(before.plan.sections) == 2
        master = Path(folder, "master.xlsx")
        written(master, before.plan, layout.mapping)
        names = [name.replace("_", " ") for name in layout.sheets]
        assert cells(office, names) - cells(master, names) == Counter()
        assert said(read_office_workbook(master, layout.mapping)) == said(before)
