"""The plan is never overwritten where it moved: on every plan, whether by command or in an edited
master workbook.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.conftest import _an_office
from tests.stories.edition.test_office_edition import TOKEN
from tests.stories.office import Office, rows_of
from xlplan.mapping.keys import rag_scale
from xlplan.mapping.load import load_text
from xlplan.store import Store

PLANS = ["walsall-2012", "sunderland-2017", "kent-2010", "leicestershire-2017", "west-sussex-2019"]
BY = {"set": "the command line", "master": "an edited master"}


@pytest.fixture(params=PLANS)
def office(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    return _an_office(tmp_path, capsys, monkeypatch, request.param)


def graded(office: Office) -> list[str]:
    """Ratings between which an action moves without anybody's leave."""
    with Store.open(office.folder / "plan.db") as store:
        scale = rag_scale(load_text(store.mapping_toml(), office.plan))
    return [one.code for one in scale.ratings if one.kind == "graded"]


def rated(office: Office) -> dict[str, str]:
    """Every action's rating by its ref."""
    with Store.open(office.folder / "plan.db") as store:
        return {one.text("ref"): one.text("rag") for one in store.snapshot().actions}


def in_the_master(office: Office, moves: dict[str, str]) -> None:
    """Type ratings into the master workbook by the plan's own tokens, import it and merge."""
    path = office.folder / str(office.run("master").document["master"])
    with Store.open(office.folder / "plan.db") as store:
        refs = {one.key: one.text("ref") for one in store.snapshot().actions}
        issue = next(one for one in reversed(store.issues()) if one.kind == "master")
        told = {row.token: refs[row.key] for row in store.rows_of(issue.id) if row.key in refs}
    book = openpyxl.load_workbook(path)
    for page in book:
        cells = [cell for row in page.iter_rows() for cell in row]
        tokens = [cell.column for cell in cells if cell.value == TOKEN]
        for cell in cells if tokens else []:
            ref = told.get(str(cell.value), "")
            if cell.column == tokens[0] and ref in moves:
                row = int(cell.row or 0)
                page.cell(row, rating_column(page, row)).value = moves[ref]
    book.save(path.with_name("edited.xlsx"))
    office.take_ours(path.with_name("edited.xlsx"), status=0)
    office.merge()


def rating_column(page: Any, row: int) -> int:
    """The last column of ratings above a row: the present one."""
    return max(
        cell.column
        for line in page.iter_rows(max_row=row)
        for cell in line
        if str(cell.value or "").strip().casefold() in {"rag", "rag current"}
    )


def by_command(office: Office, moves: dict[str, str]) -> None:
    for ref, rating in moves.items():
        assert office.run("set", ref, "rag", rating).status == 0


@pytest.mark.parametrize("move", [by_command, in_the_master], ids=BY.values())
def test_no_move_of_the_offices_vanishes(
    office: Office, move: Callable[[Office, dict[str, str]], None]
) -> None:
    office.export()
    lead = max(office.sent, key=lambda one: len(office.refs(one)))
    both, only_office, only_lead = office.refs(lead)[:3]
    before = rated(office)
    shown = {row.ref: row.cells for row in rows_of(office.sent[lead])}
    assert {both, only_office, only_lead} <= shown.keys()
    others = {
        ref: [code for code in graded(office) if code != before[ref]]
        for ref in (both, only_office, only_lead)
    }
    move(office, {both: others[both][0], only_office: others[only_office][0]})
    moved = rated(office)
    assert (moved[both], moved[only_office]) == (others[both][0], others[only_office][0])

    office.take(
        office.fill(
            lead,
            {
                both: {"rag": others[both][1], "progress": "Moved here too."},
                only_office: {"progress": "Nothing of the rating."},
                only_lead: {"rag": others[only_lead][0], "progress": "Moved only here."},
            },
        )
    )
    asked = [one for one in office.run("decisions").document["questions"] if one["field"] == "rag"]
    merged = office.merge().document
    after = rated(office)
    assert (after[both], after[only_office]) == (moved[both], moved[only_office])
    (question,) = [one for one in asked if one["ref"] == both]
    assert question["reason"] == "both-moved"
    assert question["base"] == (before[both] or None)
    assert question["master"] == moved[both]
    assert [one["value"] for one in question["candidates"]] == [others[both][1]]
    waits = any(one["ref"] == only_lead for one in asked)
    assert after[only_lead] == (before[only_lead] if waits else others[only_lead][0])
    assert merged["open_questions"] >= 1
