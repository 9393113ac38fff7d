"""What speaks for many rows of the office's workbook, and vanishes or moves, is one question; and
whatever was edited, the next master says nothing new when it is imported unedited.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.office import Office
from tests.workbook.office.office_books import HEADER, MAPPING, Row, Wide, a_workbook
from xlplan.mapping.load import load_text
from xlplan.workbook.office.reading import read_office_workbook

Edit = Callable[[Any], None]
SECTIONS = (1, 2, 3)


class SmallOffice(Office):
    """An office whose plan has three sections of four actions each."""

    def init(self, *more: Row) -> Any:
        rows: list[Row] = [Wide("Our plan"), HEADER]
        for section in SECTIONS:
            rows.append(Wide(f"Aim {section}: Goal number {section}"))
            rows += [
                [f"{section}.{n}", f"Do thing {section} {n}", ("AP", "Ben Cole")[n % 2], "R"]
                for n in range(1, 5)
            ]
        a_workbook(self.folder / "small.xlsx", Plan=[*rows, *more])
        (self.folder / "small.toml").write_text(MAPPING, encoding="utf-8")
        return self.run("init", "small.xlsx", "--mapping", "small.toml", "--accept-errors")

    def master(self) -> Path:
        return self.folder / str(self.run("master").document["master"])

    def edit(self, change: Edit) -> Path:
        book = openpyxl.load_workbook(self.master())
        change(book["Plan"])
        book.save(self.folder / "edited.xlsx")
        return self.folder / "edited.xlsx"

    def refs_in_master(self) -> list[list[str]]:
        """Refs of the actions under each section's line."""
        plan = read_office_workbook(self.master(), load_text(MAPPING, "small.toml")).plan
        return [
            [one.text("ref") for one in plan.actions if one.text("section") == section.key]
            for section in plan.sections
        ]


@pytest.fixture
def small(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> SmallOffice:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_USER", "Officer")
    return SmallOffice(tmp_path, capsys, "small")


def row_of(page: Any, text: str) -> int:
    return next(cell.row for cell in page["A"] if str(cell.value or "").startswith(text))


def values(page: Any, row: int) -> list[Any]:
    return [cell.value for cell in page[row]]


def put(page: Any, row: int, said: list[Any]) -> None:
    for cell, value in zip(page[row], said, strict=True):
        cell.value = value


def unmerge(page: Any) -> None:
    for area in list(page.merged_cells.ranges):
        page.unmerge_cells(str(area))


def exchange(page: Any, one: str, other: str) -> None:
    first, second = row_of(page, one), row_of(page, other)
    above, below = values(page, first), values(page, second)
    put(page, first, below)
    put(page, second, above)


def sort(page: Any) -> None:
    unmerge(page)
    first = row_of(page, "No.") + 1
    rows = sorted(
        (values(page, row) for row in range(first, page.max_row + 1)),
        key=lambda said: str(said[2] or "zz"),
    )
    for place, said in enumerate(rows, start=first):
        put(page, place, said)


def delete_line(page: Any) -> None:
    unmerge(page)
    page.delete_rows(row_of(page, "Aim 2"))


def empty_line(page: Any) -> None:
    page.cell(row_of(page, "Aim 2"), 1).value = None


def lose_code(page: Any) -> None:
    row = row_of(page, "1.2")
    put(page, row, ["1.2", "Quite another thing", *values(page, row)[2:-1], None])


def mistype_code(page: Any) -> None:
    row = row_of(page, "1.2")
    put(page, row, ["1.2", "Quite another thing", *values(page, row)[2:-1], "nonsense"])


def exchange_refs(page: Any) -> None:
    one, other = row_of(page, "2.1"), row_of(page, "2.2")
    page.cell(one, 1).value, page.cell(other, 1).value = "2.2", "2.1"


def rename(page: Any) -> None:
    page.title = "Plan January"


def empty_heading(page: Any) -> None:
    page.cell(row_of(page, "No."), 3).value = None


ALL = [[f"{section}.{n}" for n in range(1, 5)] for section in SECTIONS]
EDITS: dict[str, tuple[Edit, set[str], int, list[list[str]]]] = {
    "nothing": (lambda page: None, set(), 0, ALL),
    "two rows at the top of a section exchanged": (
        lambda page: exchange(page, "2.1", "2.2"),
        set(),
        0,
        [ALL[0], ["2.2", "2.1", "2.3", "2.4"], ALL[2]],
    ),
    "two rows of two sections exchanged": (
        lambda page: exchange(page, "1.4", "2.1"),
        set(),
        0,
        [["1.1", "1.2", "1.3", "2.1"], ["1.4", "2.2", "2.3", "2.4"], ALL[2]],
    ),
    "a section's line emptied": (empty_line, {"section-line-gone"}, 1, ALL),
    "a section's line deleted": (delete_line, {"section-line-gone"}, 1, ALL),
    "the sheet sorted whole": (sort, {"sheet-sorted"}, 0, ALL),
    "the sheet renamed": (rename, {"sheet-renamed"}, 0, ALL),
    "a heading emptied": (empty_heading, {"heading-missing", "column-unheaded"}, 0, ALL),
    "a row without its code": (lose_code, set(), 0, ALL),
    "a row with a code typed over": (mistype_code, set(), 0, ALL),
    "two refs exchanged": (
        exchange_refs,
        set(),
        0,
        [ALL[0], ["2.2", "2.1", "2.3", "2.4"], ALL[2]],
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_after_an_edition_every_action_stands_under_its_own_line(
    small: SmallOffice, name: str
) -> None:
    change, told, questions, stands = EDITS[name]
    small.init()
    taken = small.run("import", "--as-office", small.edit(change)).document
    assert {found["code"] for found in taken["findings"]} == told
    assert len(taken["findings"]) == len(told)
    assert len(taken["questions"]) == questions
    moved = {one["ref"] for one in taken["changes"] if one["field"] == "section"}
    assert len(moved) == 2 * (name == "two rows of two sections exchanged")
    assert not taken["proposed"]
    small.run("merge")
    assert small.refs_in_master() == stands
    again = small.run("import", "--as-office", small.master()).document
    assert (again["changes"], again["findings"]) == ([], [])


def test_an_exchange_of_refs_reaches_the_plan(small: SmallOffice) -> None:
    small.init()
    small.run("import", "--as-office", small.edit(exchange_refs))
    small.run("merge")
    history = small.run("log", "2.2", "action").document["history"]
    assert history[-1]["new"] == "Do thing 2 1"


def test_a_ref_that_passes_on_while_its_own_action_gets_a_new_one_is_refused(
    small: SmallOffice,
) -> None:
    def pass_on(page: Any) -> None:
        one, other = row_of(page, "2.1"), row_of(page, "2.2")
        page.cell(one, 1).value, page.cell(other, 1).value = "2.2", "2.9"

    small.init()
    taken = small.run("import", "--as-office", small.edit(pass_on)).document
    assert [(one["code"], one["value"]) for one in taken["findings"]] == [("ref-used", "2.2")]


def test_an_action_that_moves_to_a_section_of_another_sheet_stands_there(
    small: SmallOffice,
) -> None:
    lines = 'lines = [{ kind = "section", reads = ["Aim {ref}: {text}"] }]'
    second = f'\n[[tables]]\nsheet = "Later"\n{lines}\n'
    plan: list[Row] = [HEADER, Wide("Aim 1: Homes"), ["1.1", "Visit", "AP", "R"]]
    later: list[Row] = [HEADER, Wide("Aim 2: Schools"), ["2.1", "Train", "AP", "R"]]
    a_workbook(small.folder / "two.xlsx", Plan=plan, Later=later)
    (small.folder / "two.toml").write_text(MAPPING + second, encoding="utf-8")
    small.run("init", "two.xlsx", "--mapping", "two.toml")
    small.run("set", "1.1", "section", "2")
    page = openpyxl.load_workbook(small.master())["Later"]
    assert [cell.value for cell in page["A"]] == ["No.", "Aim 2: Schools", "2.1", "1.1"]
    again = small.run("import", "--as-office", small.master()).document
    assert (again["changes"], again["findings"]) == ([], [])


def test_a_sheet_that_could_not_be_read_stands_in_the_master(small: SmallOffice) -> None:
    rows: list[Row] = [HEADER, Wide("Aim 1: Homes"), ["1.1", "Visit", "AP", "R"]]
    a_workbook(small.folder / "two.xlsx", Plan=rows, Later=[["Task", "By whom"], ["Train", "AP"]])
    mapping = MAPPING + '\n[[tables]]\nsheet = "Later"\n'
    (small.folder / "two.toml").write_text(mapping, encoding="utf-8")
    small.run("init", "two.xlsx", "--mapping", "two.toml", "--accept-errors")
    page = openpyxl.load_workbook(small.master())["Later"]
    assert list(page.iter_rows(values_only=True)) == [("Task", "By whom"), ("Train", "AP")]


def test_the_master_has_the_rows_that_could_not_be_read(small: SmallOffice) -> None:
    small.init(["3.5", None, "Ben Cole", "G", "by hand"])
    page = openpyxl.load_workbook(small.master())["Plan"]
    row = values(page, row_of(page, "3.5"))
    assert row[:4] == ["3.5", None, "Ben Cole", "G"]
    assert "by hand" in row
    assert small.run("import", "--as-office", small.master()).document["findings"] == []
