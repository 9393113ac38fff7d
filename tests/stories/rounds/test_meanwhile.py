"""What else moved in a row that a lead answered is told, and holds nothing up."""

from __future__ import annotations

from typing import Any

from tests.stories.office import Office
from tests.stories.returned.test_import_identity import changes

SUE, ROSE = "Sue Butcher", "Rose Collinson"


def told(taken: dict[str, Any], code: str) -> list[tuple[str, str]]:
    """The message and file of each finding of this code, by ref."""
    return [(one["ref"], one["message"]) for one in taken["findings"] if one["code"] == code]


def test_what_the_office_moved_in_a_row_meanwhile_is_told(walsall: Office) -> None:
    walsall.export()
    walsall.run("set", "2.13", "due", "June 2013")
    walsall.run("set", "2.12", "due", "June 2013")
    taken = walsall.take(walsall.fill(SUE, {"2.13": {"progress": "Begun."}}), status=0)
    assert changes(taken) == {("2.13", "progress", "Begun.")}
    ((ref, said),) = told(taken, "row-moved-meanwhile")
    assert ref == "2.13"
    assert said.startswith("The office changed")
    assert "meanwhile" in said


def test_joint_leads_who_answer_different_cells_each_read_of_the_other(walsall: Office) -> None:
    walsall.export()
    sue, rose = (
        walsall.fill(SUE, {"2.17": {"rag": "G"}}),
        walsall.fill(ROSE, {"2.17": {"progress": "Begun."}}),
    )
    taken = walsall.take(sue, rose, status=0)
    assert len(taken["changes"]) == 2
    said = " ".join(text for _, text in told(taken, "row-moved-meanwhile"))
    assert SUE in said
    assert ROSE in said


def test_an_answer_to_an_action_that_somebody_else_leads_by_now_is_told(walsall: Office) -> None:
    walsall.export()
    walsall.run("reassign", "2.13", "--to", "Salma Ali")
    taken = walsall.take(
        walsall.fill(SUE, {"2.13": {"progress": "Begun."}, "2.12": {"progress": "Too."}}), status=0
    )
    assert len(taken["changes"]) == 2
    ((ref, said),) = told(taken, "row-led-by-others")
    assert ref == "2.13"
    assert "Salma Ali" in said
    assert SUE in said
