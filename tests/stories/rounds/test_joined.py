"""Merged and split actions stand as one line in the change report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl

from tests.stories.office import Office


def the_report(office: Office, *more: str) -> tuple[str, dict[str, Any]]:
    """All sentences, and the report's JSON."""
    said = office.run("report", "--since", "init", "--out", "report.json", *more).document
    return "\n".join(said["sentences"]), json.loads(
        (office.folder / "report.json").read_text(encoding="utf-8")
    )


def lines(path: Path) -> set[str]:
    """Every text of a workbook."""
    return {
        str(cell.value)
        for page in openpyxl.load_workbook(path)
        for row in page.iter_rows()
        for cell in row
    }


def test_a_merged_action_is_one_line_and_not_withdrawn(walsall: Office) -> None:
    walsall.run("withdraw", "2.12", "--reason", "the same", "--into", "2.6")
    said, told = the_report(walsall)
    assert "2.12 merged into 2.6" in said
    assert "withdrawn" not in said
    assert told["withdrawn"] == []
    (link,) = told["joined"]
    assert ([one["ref"] for one in link["gone"]], [one["ref"] for one in link["into"]]) == (
        ["2.12"],
        ["2.6"],
    )
    walsall.run("report", "--since", "init", "--out", "report.xlsx")
    assert "2.12 merged into 2.6" in lines(walsall.folder / "report.xlsx")


def test_actions_merged_into_the_same_one_share_a_line(walsall: Office) -> None:
    for ref in ("2.12", "2.13"):
        walsall.run("withdraw", ref, "--reason", "the same", "--into", "2.6")
    assert "2.12, 2.13 merged into 2.6" in the_report(walsall)[0]


def test_a_split_action_is_one_line(walsall: Office) -> None:
    walsall.run("withdraw", "2.12", "--reason", "two jobs", "--into", "2.6", "--into", "2.13")
    assert "2.12 split into 2.6, 2.13" in the_report(walsall)[0]


def test_an_action_that_ends_for_good_is_still_withdrawn(walsall: Office) -> None:
    walsall.run("withdraw", "2.12", "--reason", "no longer needed")
    said, told = the_report(walsall)
    assert "1 action was withdrawn (2.12)" in said
    assert told["joined"] == []


def test_a_merger_outside_the_period_is_not_told(walsall: Office) -> None:
    revision = walsall.run("withdraw", "2.12", "--reason", "the same", "--into", "2.6").document[
        "revision"
    ]
    said = walsall.run("report", "--since", f"r{revision}", "--out", "later.json").document[
        "sentences"
    ]
    assert "merged" not in " ".join(said)


def test_an_heir_that_has_ended_too_hands_on_to_its_own(walsall: Office) -> None:
    walsall.run("withdraw", "2.12", "--reason", "the same", "--into", "2.6")
    walsall.run("withdraw", "2.6", "--reason", "the same again", "--into", "2.13")
    said, told = the_report(walsall)
    assert "2.6, 2.12 merged into 2.13" in said
    assert told["withdrawn"] == []


def test_an_heir_that_has_ended_for_good_is_nobodys_successor(walsall: Office) -> None:
    walsall.run("withdraw", "2.12", "--reason", "the same", "--into", "2.6")
    walsall.run("withdraw", "2.6", "--reason", "no longer needed")
    said, told = the_report(walsall)
    assert "2 actions were withdrawn (2.6 and 2.12)" in said
    assert told["joined"] == []


def test_an_action_that_is_opened_again_went_into_no_other(walsall: Office) -> None:
    walsall.run("withdraw", "2.12", "--reason", "the same", "--into", "2.6")
    opened = walsall.run("set", "2.12", "status", "open", "--reason", "it was not")
    assert opened.status == 0
    assert walsall.run("log", "2.12", "went_into").status == 2
    assert "merged" not in the_report(walsall)[0]
    walsall.run("withdraw", "2.12", "--reason", "no longer needed")
    said, told = the_report(walsall)
    assert "1 action was withdrawn (2.12)" in said
    assert told["joined"] == []
