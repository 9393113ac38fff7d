"""Actions that leads propose, through real files and the command: what is said of them, and what
comes of answers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from tests.stories.office import Office, codes, type_into
from tests.stories.proposing import propose


class Case(NamedTuple):
    """A plan's leads, a section of it, who leads a new action, and what stands where."""

    lead: str
    other: str
    section: str
    led_by: str
    next_refs: tuple[str, str]
    existing: str


CASES = {
    "kent-2010": Case(
        "Pam Rowe",
        "Improvement Team",
        "Within Three Months",
        "accountable",
        ("A16.3", "A16.4"),
        "A5.1",
    ),
    "leicestershire-2017": Case(
        "Head of SEND", "L&D/CSC Resources", "Practice Excellence", "leads", ("PE8", "PE9"), "PE4"
    ),
}
SECTIONS = {plan: case.section for plan, case in CASES.items()} | {"sunderland-2017": "3"}
DUTY = "Set up a duty desk for early help"


@pytest.fixture
def started(with_or_without_refs: Office) -> tuple[Office, Case]:
    with_or_without_refs.export()
    return with_or_without_refs, CASES[with_or_without_refs.plan]


def decide(office: Office, *answer: str, holding: str = "") -> None:
    """One answer to every open proposal whose text holds some words; what has no section is
    accepted into one.
    """
    for one in office.run("decisions").document["proposed"]:
        if holding in " ".join(str(one["values"].get("action")).split()):
            asked = answer == ("--accept",) and one["section"] is None
            where = ["--section", SECTIONS[office.plan]] if asked else []
            assert office.run("decide", one["id"], *answer, *where).document["findings"] == []


def text_of(path: Path) -> str:
    """All that a workbook says."""
    book = openpyxl.load_workbook(path)
    return "\n".join(
        str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value
    )


def history(office: Office, ref: str, field: str) -> list[dict[str, Any]]:
    return office.run("log", ref, field).document["history"]


def test_an_accepted_action_gets_the_next_ref_of_its_section_and_its_lead(
    started: tuple[Office, Case],
) -> None:
    office, case = started
    new = {"action": DUTY, "section": case.section.upper(), "progress": "Nobody answers at night."}
    taken = office.take(propose(office, case.lead, new, {"action": "Train the new ones"}), status=1)
    assert taken["files"][0]["rows"]["proposed"] == 2
    assert office.run("status").document["proposed"] == 2
    (first,) = [one for one in taken["proposed"] if one["values"]["action"] == DUTY]
    assert (first["lead"], first["like"]) == (case.lead, [])
    decide(office, "--accept")
    merged = office.run("merge").document
    assert merged["cells"] == office.run("log").document["revisions"][-1]["changes"]
    told = {(one["key"], one["field"]) for one in merged["changes"]}
    for one in merged["new_actions"]:
        logged = office.run("log", one["ref"]).document["history"]
        assert {(one["key"], step["field"]) for step in logged} <= told
    (noted,) = [one for one in merged["changes"] if one["field"] == "progress"]
    assert (noted["old"], noted["new"]) == (None, new["progress"])
    assert noted["sources"][0]["lead"] == case.lead
    by_text = {
        history(office, one["ref"], "action")[0]["new"]: one["ref"] for one in merged["new_actions"]
    }
    ref = by_text[DUTY]
    assert ref == case.next_refs[0]
    assert office.run("status").document["proposed"] == merged["open_questions"] == 0
    (said,) = history(office, ref, "progress")[0]["sources"]
    assert (said["lead"], said["file"], said["cell"]) == (
        case.lead,
        first["file"],
        "L" + first["cell"][1:],
    )
    assert [one["new"] for one in history(office, ref, case.led_by)] == [case.lead]
    for path in (merged["master"], *merged["reports"][:1]):
        assert {ref, DUTY} <= set(text_of(office.folder / path).splitlines())
    office.export("February Board")
    assert set(by_text.values()) <= set(office.refs(case.lead))


def test_values_are_looked_at_and_a_row_without_text_cannot_be_accepted(
    started: tuple[Office, Case],
) -> None:
    office, case = started
    rows = (
        {
            "action": DUTY,
            "due": "31 June 2013",
            "section": "Nothing like it",
            case.led_by: "Nobody Known",
        },
        {"due": "TBC"},
        {"action": "#REF!", "due": "Ongoing"},
    )
    taken = office.take(propose(office, case.lead, *rows), status=1)
    found = {(one["code"], one["field"]): one for one in taken["findings"]}
    assert {
        ("date-impossible", "due"),
        ("proposal-section", "section"),
        ("lead-unresolved", case.led_by),
        ("proposal-blank", "action"),
        ("cell-error", "action"),
    } <= set(found)
    assert "'Nothing like it'" in found["proposal-section", "section"]["message"]
    assert (
        found["date-impossible", "due"]["cell"]
        == "M" + found["proposal-section", "section"]["cell"][1:]
    )
    assert taken["files"][0]["rows"]["proposed"] == 3
    blank = [one["id"] for one in taken["proposed"] if "action" not in one["values"]]
    refused = office.run("decide", blank[0], "--accept")
    assert (refused.status, [one["code"] for one in refused.document["findings"]]) == (
        2,
        ["proposal-blank"],
    )
    decide(office, "--accept", holding=DUTY)
    (made,) = office.merge().document["new_actions"]
    assert history(office, made["ref"], "due")[0]["new"] == "31 June 2013"


def test_the_same_action_from_two_leads_is_asked_about_once_and_different_ones_are_both_kept(
    started: tuple[Office, Case],
) -> None:
    office, case = started
    same = {"action": DUTY, "section": case.section}
    office.take(propose(office, case.lead, same, {"action": "Ask the board"}))
    again = {"action": f"  {DUTY.replace(' ', '  ')}", "section": case.section}
    office.take(propose(office, case.other, again, {"action": "Ask the board", "due": "TBC"}))
    proposed = office.run("decisions").document["proposed"]
    said = sorted(" ".join(one["values"]["action"].split()) for one in proposed)
    assert said == ["Ask the board", "Ask the board", DUTY]
    decide(office, "--accept", holding=DUTY)
    decide(office, "--decline", "The Board has been asked", holding="board")
    merged = office.run("merge").document
    (new,) = merged["new_actions"]
    assert {said["lead"] for said in history(office, new["ref"], "action")[0]["sources"]} == {
        case.lead,
        case.other,
    }
    report = text_of(office.folder / merged["reports"][0])
    assert "The Board has been asked" in report
    assert "Ask the board" not in text_of(office.folder / merged["master"])


def test_what_was_decided_stays_decided_however_often_it_is_proposed(
    started: tuple[Office, Case],
) -> None:
    office, case = started
    rows = ({"action": DUTY}, {"action": "Buy a bus"})
    office.take(propose(office, case.lead, *rows, name="first.xlsx"))
    decide(office, "--accept", holding=DUTY)
    decide(office, "--decline", "no money", holding="bus")
    assert len(office.merge().document["new_actions"]) == 1
    newer = propose(office, case.lead, *rows, name="newer.xlsx")
    type_into(newer, {office.refs(case.lead)[0]: {"progress": "Going on."}})
    taken = office.take(newer)
    assert codes(taken).count("cell-decided") == 2
    assert (taken["proposed"], len(taken["changes"])) == ([], 1)
    assert office.merge().document["new_actions"] == []
    office.export("February Board")
    taken = office.take(propose(office, case.lead, *rows, name="february.xlsx"))
    assert codes(taken).count("cell-decided") == 2
    assert office.merge().document["new_actions"] == []
    (asked,) = office.take(propose(office, case.other, rows[0], name="another lead.xlsx"))[
        "proposed"
    ]
    assert len(asked["like"]) == 1


def test_an_undone_acceptance_is_made_again_under_a_ref_never_used(
    started: tuple[Office, Case],
) -> None:
    office, case = started
    office.take(propose(office, case.lead, {"action": DUTY, "section": case.section}))
    decide(office, "--accept")
    (first,) = office.merge().document["new_actions"]
    assert office.run("undo").status == 0
    office.run("master", "--out", "undone.xlsx")
    assert DUTY not in text_of(office.folder / "undone.xlsx")
    (again,) = office.merge().document["new_actions"]
    assert (first["ref"], again["ref"]) == case.next_refs
    office.run("master", "--out", "again.xlsx")
    assert DUTY in text_of(office.folder / "again.xlsx")


def test_one_that_reads_much_like_an_action_says_which_and_speaks_for_it(
    started: tuple[Office, Case],
) -> None:
    office, case = started
    text = office.run("log", case.existing, "action").document["history"][0]["new"]
    new = {
        "action": text.replace("the", "our", 1) + " now",
        "progress": "We have begun.",
        "due": "Ongoing",
    }
    (proposed,) = office.take(propose(office, case.lead, new), status=1)["proposed"]
    assert case.existing in proposed["like"]
    assert office.run("decide", proposed["id"], "--same-as", "Z9").status == 2
    decide(office, "--same-as", case.existing)
    merged = office.merge().document
    changes = {one["field"]: one for one in merged["changes"]}
    assert set(changes) <= {"progress", "due"}
    assert (changes["progress"]["ref"], changes["progress"]["new"]) == (
        case.existing,
        "We have begun.",
    )
    assert changes["progress"]["sources"][0]["cell"][0] == "L"
    assert merged["new_actions"] == []
    assert history(office, case.existing, "action")[-1]["new"] == text


def test_more_than_the_blank_rows_are_all_taken_and_numbered_in_turn(sunderland: Office) -> None:
    office, lead = sunderland, "Partners"
    office.export()
    rows = [
        {"action": f"Do number {number} of the {word} list"}
        for number, word in enumerate("ABCDEFGHIJKLMN")
    ]
    taken = office.take(propose(office, lead, *rows), status=1)
    assert taken["files"][0]["rows"]["proposed"] == len(taken["proposed"]) == 14
    decide(office, "--accept")
    merged = office.merge().document
    numbers = [int(one["ref"].removeprefix("NEW ")) for one in merged["new_actions"]]
    assert numbers == list(range(numbers[0], numbers[0] + 14))
