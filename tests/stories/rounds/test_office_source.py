"""The office's own workbook is opened once, however many papers need it, and never changed."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.stories.edition.test_master_back import master
from tests.stories.office import Office
from xlplan.rounds.arrivals import office_source
from xlplan.rounds.arrivals.office_source import MOST_OPEN, source_sheets
from xlplan.spreadsheets.cells import Spreadsheet
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.store import Store


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every opening of a source, in a process that has opened none yet."""
    opened: list[Path] = []
    real = open_spreadsheet

    def noted(path: Path) -> Spreadsheet:
        opened.append(path)
        return real(path)

    monkeypatch.setattr(office_source, "_open", {})
    monkeypatch.setattr(office_source, "open_spreadsheet", noted)
    return opened


def test_all_papers_and_editions_share_one_opening_and_leave_it_as_it_was(
    walsall: Office, openings: list[Path]
) -> None:
    walsall.export()
    with Store.open(walsall.folder / "plan.db") as store:
        source = source_sheets(store)
    before = pickle.dumps(source)
    assert walsall.run("merge").status == 0
    walsall.take_ours(master(walsall))
    assert walsall.run("report").status == 0
    assert len(openings) == 1
    assert pickle.dumps(source) == before


@dataclass(frozen=True)
class Shelf:
    """A plan whose source has this hash."""

    sha256: str
    data: bytes

    def source_name(self) -> tuple[str, str]:
        return "plan.csv", self.sha256

    def source_file(self) -> tuple[str, bytes]:
        return "plan.csv", self.data


def test_a_process_that_holds_many_plans_keeps_a_few_sources_open(openings: list[Path]) -> None:
    plans: list[Any] = [Shelf(str(n), f"Ref,Action\n{n},Do".encode()) for n in range(MOST_OPEN + 1)]
    for plan in plans:
        assert source_sheets(plan).sheets[0].cell(2, 1).as_text == plan.sha256
        assert source_sheets(plan) is source_sheets(plan)
    assert len(openings) == len(plans)
    assert len(office_source._open) == MOST_OPEN
    assert source_sheets(plans[0]).sheets[0].cell(2, 1).as_text == "0"
    assert len(openings) == len(plans) + 1
