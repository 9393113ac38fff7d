"""What the workbooks of the five plans mean, a line a cell: columns, inputs, lists and colours are
each plan's own.

XLPLAN_RENEW=1 renews the snapshots, after reading.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.builders import an_update_book, an_update_row
from tests.workbook.decisions.test_decisions_book import PLAN, ROSE, value
from tests.workbook.master.test_master import PLANS, ROOT, a_book, an_office_plan
from tests.workbook.meaning import meaning, same_as_snapshot
from xlplan.mapping.load import load_mapping
from xlplan.mapping.model import PlanMapping
from xlplan.plan.changes import Candidate, Matter, Proposal, Question
from xlplan.plan.values import BLANK
from xlplan.rounds.answers.offering import (
    names_of_candidates,
    options_on_proposal,
    options_on_question,
)
from xlplan.workbook.decisions.writing import write_decisions
from xlplan.workbook.master.writing import write_master
from xlplan.workbook.update.rules import choices_of
from xlplan.workbook.update.writing import UpdateBook, write_update


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest) -> PlanMapping:
    return load_mapping(ROOT / "mappings" / f"{request.param}.toml")


def ratings(mapping: PlanMapping) -> list[str]:
    return [rating.code for rating in mapping.rag]


def an_update(mapping: PlanMapping, count: int = 2) -> UpdateBook:
    rows = [
        an_update_row(f"1.{n}", rag=ratings(mapping)[0], joint=("Paul Sheehan",))
        for n in range(1, count + 1)
    ]
    return an_update_book(*rows, mapping=mapping)


def test_what_the_update_workbook_means(plan: PlanMapping, tmp_path: Path) -> None:
    path = tmp_path / "update.xlsx"
    write_update(path, an_update(plan))
    assert same_as_snapshot(meaning(path, "Update", "Guide"), f"{plan.plan.id}/update.txt")


def test_what_the_query_workbook_means(plan: PlanMapping, tmp_path: Path) -> None:
    path = tmp_path / "query.xlsx"
    row = an_update_row(
        "1.1", typed={"rag": "Purple"}, problems={"rag": ["'Purple' is no rating."]}
    )
    book = an_update_book(row, kind="query", summary=["1.1: 'Purple' is no rating."], mapping=plan)
    write_update(path, book)
    assert same_as_snapshot(meaning(path, "Update", rows=8), f"{plan.plan.id}/query.txt")


def test_what_the_decisions_workbook_means(plan: PlanMapping, tmp_path: Path) -> None:
    path = tmp_path / "decisions.xlsx"
    base, master, *_ = ratings(plan)
    said = (Candidate(value(ratings(plan)[-1]), ROSE),)
    question = Question("a-1.1", "rag", "both-moved", value(base), value(master), said, id="C1")
    proposal = Proposal("Rose Collinson", {"action": value("Write to schools")}, ROSE, id="P1")
    called = names_of_candidates(question, {})
    matters = [
        Matter("C1", question, options_on_question(question, called, text=False), called),
        Matter(
            "P1",
            proposal,
            options_on_proposal(proposal, BLANK, asked=True),
            outcome="Say where it goes: its lead named no section of the plan.",
            places=("1 Early help", "2 Care"),
        ),
    ]
    write_decisions(path, matters, plan=PLAN, mapping=plan, created=datetime(2026, 1, 24, 9))
    assert same_as_snapshot(meaning(path), f"{plan.plan.id}/decisions.txt")


@pytest.mark.parametrize("name", PLANS)
def test_what_the_master_means(name: str, tmp_path: Path) -> None:
    path = tmp_path / "master.xlsx"
    mapping, office, _ = an_office_plan(name)
    write_master(path, a_book(mapping, office.plan, {}))
    sheets = dict.fromkeys(table.sheet for table in mapping.tables)
    assert same_as_snapshot(meaning(path, *sheets, rows=14), f"{name}/master.txt")


@pytest.mark.parametrize("count", [1, 3])
def test_each_validation_covers_exactly_its_column_and_offers_exactly_the_plans_codes(
    plan: PlanMapping, count: int, tmp_path: Path
) -> None:
    path = tmp_path / "update.xlsx"
    write_update(path, an_update(plan, count))
    sheet = load_workbook(path)["Update"]
    keys = next(row for row in sheet.iter_rows() if row[0].value == "xlplan:token")
    lines = [row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("token-")]
    fields: dict[str, Any] = {
        field: spec for field, spec in plan.fields.items() if spec.edit == "lead"
    }
    by_area = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for cell in keys:
        name = str(cell.value).removeprefix("xlplan:")
        if name in fields:
            letter = cell.column_letter
            rule = by_area.pop(
                f"{letter}{lines[0]}" + (f":{letter}{lines[-1]}" if count > 1 else "")
            )
            choices = choices_of(fields[name], plan)
            assert rule.formula1 == (f'"{",".join(choices)}"' if choices else rule.formula1), name
            fields.pop(name)
    assert fields == {}, "every field of the leads has a column"
    last = [
        area
        for area in by_area
        if int(area.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) <= int(lines[-1] or 0)
    ]
    assert last == [], "no other validation stands in the table"
