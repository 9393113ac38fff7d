"""Whatever columns an office's table has, its master shows every value, and reads it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.builders import a_mapping, value
from tests.workbook.office.office_books import Row, a_workbook
from xlplan.mapping.model import PlanMapping
from xlplan.plan.model import Plan
from xlplan.reports.chapters.dashboard import master_chapters
from xlplan.reports.figures import figures
from xlplan.reports.material import Material
from xlplan.workbook.master.writing import MasterBook, write_master
from xlplan.workbook.office.reading import OfficePlan, read_office_workbook

PUBLISHED = {"ref": "Ref", "leads": "Lead", "due": "Due", "rag": "Status", "notes": "Notes"}
TYPES = {"ref": "ref", "leads": "leads", "due": "timescale", "rag": "rag"}
ANSWERS = {
    "rag": "A",
    "due": "Aug 2026",
    "due_reason": "Late",
    "notes": "Seen",
    "progress": "Begun",
    "evidence": "Memo",
}
STORED = ("ref", "action", "leads", *ANSWERS)
SHEETS = ("Plan", "Plan_B", "Done")


@dataclass(frozen=True)
class Case:
    """A mapping, what stands on each sheet of the office, and what was answered: fields by action's
    text.
    """

    mapping: PlanMapping
    sheets: dict[str, list[Row]]
    answered: dict[str, list[str]]
    tokens: bool


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Tables with and without a list of fields.

    A listed column may be missing, and one of another meaning may have a field's heading.
    """
    tables, sheets, answered = [], {}, {}
    for number, sheet in enumerate(SHEETS[: draw(st.integers(1, 3))]):
        own = [key for key in PUBLISHED if number == 0 or draw(st.booleans())] or ["due"]
        listed = len(own) < len(PUBLISHED) or draw(st.booleans())
        status = "completed" if sheet == "Done" and draw(st.booleans()) else "open"
        tables.append(
            {
                "sheet": sheet.replace("_", " "),
                "status": status,
                "fields": ["action", *own] if listed else None,
            }
        )
        missing = draw(st.sampled_from(["", *own])) if len(own) > 2 else ""
        there = [key for key in own if key != missing]
        other = draw(
            st.sampled_from([None, *(PUBLISHED[key] for key in PUBLISHED if key not in own)])
        )
        heads: Row = ["Action", *(PUBLISHED[key] for key in there), *([other] if other else [])]
        sheets[sheet] = [heads]
        for row in range(1, 3):
            texts = {
                "ref": f"{number}.{row}",
                "leads": "Ann Bell",
                "due": "Mar 2026",
                "rag": "R",
                "notes": "Old",
            }
            sheets[sheet].append(
                [
                    f"Task {number} {row}",
                    *(texts[key] for key in there),
                    *(["theirs"] if other else []),
                ]
            )
            answered[f"Task {number} {row}"] = draw(
                st.lists(st.sampled_from(sorted(ANSWERS)), unique=True)
            )
    fields: dict[str, dict[str, Any]] = {"action": {"headings": ["Action"]}}
    fields |= {
        key: {"headings": [heading], "type": TYPES.get(key, "text")}
        for key, heading in PUBLISHED.items()
    }
    fields["rag"] |= {"edit": "lead", "name": draw(st.sampled_from(["", "RAG", "Due", "Notes"]))}
    fields["progress"] = {"edit": "lead", "name": draw(st.sampled_from(["Progress", "Evidence"]))}
    fields["evidence"] = {"edit": "lead"}
    fields["due_reason"] = {"edit": "lead"}
    return Case(a_mapping(tables=tables, fields=fields), sheets, answered, draw(st.booleans()))


def answer(plan: Plan, answered: dict[str, list[str]]) -> None:
    for action in plan.actions:
        for field in answered[action.text("action")]:
            action.values[field] = value(ANSWERS[field])


def write(path: Path, plan: Plan, case: Case) -> None:
    told = figures(Material(case.mapping, plan, plan, date(2026, 2, 4), {}))
    tokens = {action.key: f"t{action.key}" for action in plan.actions} if case.tokens else {}
    chapters = master_chapters(told)
    created = datetime(2026, 2, 4)
    book = MasterBook(plan, case.mapping, {}, told.scale, chapters, created, "Plan", tokens=tokens)
    write_master(path, book)


def values(read: OfficePlan | Plan) -> list[dict[str, str]]:
    plan = read if isinstance(read, Plan) else read.plan
    return [{field: action.text(field) for field in STORED} for action in plan.actions]


@settings(deadline=None, max_examples=25)
@given(case=cases())
def test_every_value_stands_in_its_row_and_is_read_again(case: Case) -> None:
    with TemporaryDirectory() as folder:
        office, master = Path(folder, "office.xlsx"), Path(folder, "master.xlsx")
        plan = read_office_workbook(a_workbook(office, **case.sheets), case.mapping).plan
        assert len(plan.actions) == len(case.answered)
        assert not any("theirs" in one.values() for one in values(plan))
        answer(plan, case.answered)
        write(master, plan, case)
        book = openpyxl.load_workbook(master)
        again = read_office_workbook(master, case.mapping)
        rows = {
            row[0]: row
            for name in case.sheets
            for row in book[name.replace("_", " ")].iter_rows(values_only=True)
        }
        for said in values(plan):
            assert {text for text in said.values() if text} <= set(rows[said["action"]])
        assert values(again) == values(plan)
