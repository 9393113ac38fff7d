"""What leads typed, found again by what it means."""

from __future__ import annotations

import pytest

from xlplan.plan.grounds import CellClaim
from xlplan.plan.own_words import OwnWords
from xlplan.plan.rounds import StoredCell, StoredReturn, StoredRow
from xlplan.plan.values import BLANK, Value

SEPTEMBER = Value("End of Sept 2019", "2019-09")


def returned(
    *cells: StoredCell, kind: str = "answered", key: str | None = "a1", note: str = ""
) -> StoredReturn:
    row = StoredRow(0, "Update", 9, kind, key, cells=cells, note=note)  # type: ignore[arg-type]  # a kind is a text here
    return StoredReturn(1, "back.xlsx", "", "Ann", 1, "", 1, "waiting", "", rows=(row,))


def cell(name: str, value: Value) -> StoredCell:
    return StoredCell(name, value, "Update", "H9")


def test_an_answer_is_found_as_it_was_typed() -> None:
    own = OwnWords([returned(cell("due", SEPTEMBER))])
    assert own.of(CellClaim("Ann", "a1", "due", "2019-09")) == "End of Sept 2019"


@pytest.mark.parametrize(
    "claim",
    [
        CellClaim("Bob", "a1", "due", "2019-09"),
        CellClaim("Ann", "a2", "due", "2019-09"),
        CellClaim("Ann", "a1", "start", "2019-09"),
        CellClaim("Ann", "a1", "due", "2019-10"),
    ],
)
def test_nobody_elses_and_no_other_cells_words_stand_in_for_it(claim: CellClaim) -> None:
    assert OwnWords([returned(cell("due", SEPTEMBER))]).of(claim) == ""


def test_the_latest_of_two_spellings_is_theirs() -> None:
    again = Value("by 30/09/19", "2019-09")
    own = OwnWords([returned(cell("due", SEPTEMBER)), returned(cell("due", again))])
    assert own.of(CellClaim("Ann", "a1", "due", "2019-09")) == "by 30/09/19"


@pytest.mark.parametrize(("kind", "key", "note"), [("proposed", None, ""), ("held", "a1", "a2")])
def test_what_the_officer_put_beside_another_action_is_found_there(
    kind: str, key: str | None, note: str
) -> None:
    own = OwnWords([returned(cell("due", SEPTEMBER), kind=kind, key=key, note=note)])
    assert own.of(CellClaim("Ann", "a3", "due", "2019-09")) == "End of Sept 2019"


def test_an_entry_of_a_list_is_found_without_who_said_it() -> None:
    note = cell("progress", Value("Two  of three", "Two of three"))
    claim = CellClaim("Ann", "a1", "progress", "Ann (May): Two of three")
    assert OwnWords([returned(note)], {"progress"}).of(claim) == "Two  of three"
    assert OwnWords([returned(note)]).of(claim) == ""


def test_an_emptied_cell_has_no_words() -> None:
    own = OwnWords([returned(cell("due", BLANK))])
    assert own.of(CellClaim("Ann", "a1", "due", "")) == ""
