"""Where a proposed action goes is part of its line: shown where its lead named it, asked where not,
and never chosen in silence.
"""

from __future__ import annotations

from typing import Any

import openpyxl
import pytest

from tests.stories.decisions.test_decisions import GRAHAM, ROSE, SUE, fill_line
from tests.stories.decisions.test_one_list import two_of_one_ref
from tests.stories.office import ROOT, Office, codes, rows_of
from tests.stories.proposing import propose
from xlplan.api import open_plan

HEAD = "Recruit a virtual school head"
WORKLOADS = "Social worker workloads and supervision"
CAPACITY = "Capacity, capability and culture"
LAST_OF_2 = "Leadership, assurance and accountability"


def proposed(office: Office, **cells: str) -> dict[str, Any]:
    """Graham proposes an action; how it is listed."""
    office.export()
    office.take(propose(office, GRAHAM, {"action": HEAD, **cells}), status=1)
    (proposal,) = office.run("decisions").document["proposed"]
    return dict(proposal)


def stands(office: Office) -> tuple[str, str, str]:
    """Section, requirement and ref of the new action, as the merge made it."""
    (new,) = office.merge().document["new_actions"]
    history = office.run("log", new["ref"]).document["history"]
    made = {step["field"]: step["new"] for step in history}
    return made["section"], made["requirement"], made["ref"]


def test_without_a_section_it_is_asked_for(walsall: Office) -> None:
    proposal = proposed(walsall)
    assert (proposal["section"], proposal["requirement"]) == (None, None)
    (accept,) = [one for one in proposal["answers"] if one["choice"] == "accept"]
    assert (accept["command"], accept["needs"]) == ("--accept --section REF", ["section"])
    refused = walsall.run("decide", "P1", "--accept")
    assert (refused.status, codes(refused.document)) == (2, ["decision-section"])
    assert "--section: 1 Improving" in refused.document["hint"]
    assert f"; 2 {CAPACITY}; " in refused.document["hint"]
    assert walsall.run("decisions").document["decided"] == []
    assert walsall.run("merge").document["new_actions"] == []


@pytest.mark.parametrize(
    ("said", "requirement", "ref"),
    [
        ("2", LAST_OF_2, "2.22"),
        ("Social worker", WORKLOADS, "2.22"),
        ("1", "Safeguarding board (WSCB): role, leadership and challenge", "1.13"),
    ],
)
def test_it_goes_where_the_officer_says(
    walsall: Office, said: str, requirement: str, ref: str
) -> None:
    proposed(walsall)
    (made,) = walsall.run("decide", "P1", "--accept", "--section", said).document["decisions"]
    assert made["value"].endswith(f": {requirement}"), "seen before it is applied"
    (decided,) = walsall.run("decisions").document["decided"]
    assert decided["value"] == made["value"]
    assert stands(walsall) == (ref[0], requirement, ref)


def test_the_section_that_its_lead_named_is_shown_and_taken(walsall: Office) -> None:
    proposal = proposed(walsall, section=f"2 {CAPACITY}")
    assert (proposal["section"], proposal["requirement"]) == ("2", LAST_OF_2)
    assert f"It would go to 2 {CAPACITY}: {LAST_OF_2}." in (proposal["outcome"])
    assert "Its ref is the next free one, 2.22 now." in proposal["outcome"]
    assert walsall.run("decide", "P1", "--accept").status == 0
    assert stands(walsall) == ("2", LAST_OF_2, "2.22")


def test_the_officer_may_put_it_elsewhere(walsall: Office) -> None:
    proposed(walsall, section="2")
    assert walsall.run("decide", "P1", "--accept", "--section", "3").status == 0
    assert stands(walsall)[0] == "3"


@pytest.mark.parametrize("said", ["Housing", "S"])
def test_what_names_no_place_or_two_is_refused(walsall: Office, said: str) -> None:
    proposed(walsall, section="2")
    refused = walsall.run("decide", "P1", "--accept", "--section", said)
    assert (refused.status, codes(refused.document)) == (2, ["decision-section"])
    assert f"'{said}' does not say where" in refused.complaint
    assert (WORKLOADS in refused.document["hint"]) == (said == "S"), "those that may be meant"
    assert walsall.run("decisions").document["decided"] == []


def test_the_workbook_has_the_places_as_a_list(walsall: Office) -> None:
    proposed(walsall)
    path = walsall.folder / "decisions.xlsx"
    walsall.run("decisions", "--out", path)
    book = openpyxl.load_workbook(path)
    (rule,) = [
        one
        for one in book["Decisions"].data_validations.dataValidation
        if one.type == "list" and str(one.sqref).startswith("K")
    ]
    cells = book["xlplan"][rule.formula1.split("!")[1].replace("$", "")]
    places = [str(cell.value) for (cell,) in cells]
    assert len(places) == 9
    fill_line(path, "Decisions", "P1", choice="Accept")
    lacking = walsall.run("decide", path).document
    (found,) = lacking["findings"]
    assert (found["code"], found["cell"][:1], lacking["open"]) == ("decision-section", "J", 1)
    assert "the list in 'Value, ref or section': 1 Improving" in found["hint"]
    (place,) = [one for one in places if WORKLOADS in one]
    fill_line(path, "Decisions", "P1", choice="Accept", value=place)
    assert walsall.run("decide", path).document["open"] == 0
    assert stands(walsall)[:2] == ("2", WORKLOADS)


def test_the_library_says_it_too(walsall: Office) -> None:
    proposed(walsall)
    plan = open_plan(walsall.folder / "plan.db")
    with pytest.raises(ValueError, match="--section says where --accept puts"):
        plan.decide("P1", section="2")
    assert plan.decide("P1", accept=True, section="2").exit_status == 0
    assert stands(walsall)[0] == "2"


def test_of_two_with_one_new_ref_the_one_that_is_taken_is_asked_where_it_goes(
    walsall: Office,
) -> None:
    number = two_of_one_ref(walsall, section="")
    (question,) = walsall.run("decisions").document["questions"]
    (bus,) = [one["option"] for one in question["candidates"] if "bus" in one["value"]]
    assert walsall.run("decide", number, "--take", bus).document["open"] == 1
    assert walsall.merge().document["new_actions"] == []
    (waiting,) = walsall.run("decisions").document["proposed"]
    assert waiting["values"]["action"] == "Buy a bus"
    walsall.run("decide", waiting["id"], "--accept", "--section", "2")
    assert stands(walsall) == ("2", LAST_OF_2, "2.90")


def test_an_accepted_action_that_is_undone_goes_to_the_same_place(walsall: Office) -> None:
    proposed(walsall)
    walsall.run("decide", "P1", "--accept", "--section", WORKLOADS)
    walsall.merge()
    walsall.run("undo")
    assert stands(walsall) == ("2", WORKLOADS, "2.23")


def test_what_no_section_named_in_a_return_says_so_beforehand(walsall: Office) -> None:
    walsall.export()
    taken = walsall.take(propose(walsall, SUE, {"action": "New", "section": "Nowhere"}), status=1)
    (found,) = [one for one in taken["findings"] if one["code"] == "proposal-section"]
    assert "asked when it is accepted" in found["hint"]
    assert taken["proposed"][0]["section"] is None


def all_that_is_shown(office: Office) -> str:
    """What an officer sees before a merge: the list, its workbook, and the merge when it is
    tried.
    """
    path = office.folder / "all.xlsx"
    listed = office.run("decisions", "--out", path).document
    book = openpyxl.load_workbook(path)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    tried = office.run("merge", "--dry-run").document["changes"]
    return "\n".join([*cells, *map(str, listed["proposed"]), *map(str, tried)])


def with_rules(office: Office) -> None:
    """The plan with a rule of its own for ratings and one for notes."""
    text = (ROOT / "mappings" / "walsall-2012.toml").read_text(encoding="utf-8")
    for name, rule in (("rag", "worst"), ("progress", "append")):
        text = text.replace(f"[fields.{name}]\n", f'[fields.{name}]\nmerge = "{rule}"\n')
    (office.folder / "rules.toml").write_text(text, encoding="utf-8")
    assert office.run("mapping", "use", "rules.toml").status == 0


CHOSEN = {
    "a section and a requirement that a section was named for": f"It would go to 2 {CAPACITY}",
    "a section that nobody named": "Say where it goes: its lead named no section",
    "a ref": "Its ref is the next free one, 2.51 now.",
    "a ref in place of one that was used before": "The ref 2.12 was used before: it gets the next",
    "who leads it": f"It would be led by {GRAHAM}, who proposes it.",
    "the worst of two ratings": "the worst rating of those given",
    "the order of two notes": "added to what stands there",
    "a status": "follows the rating",
}
"""What the tool chooses for a person, and the words by which it is seen before it is applied."""


def test_nothing_is_chosen_for_a_person_that_is_not_seen_before(walsall: Office) -> None:
    with_rules(walsall)
    walsall.run("set", "2.12", "ref", "2.50")
    walsall.export()
    rows = ({"action": HEAD, "section": "2"}, {"action": "Open a clinic"})
    path = propose(walsall, GRAHAM, *rows)
    book, last = openpyxl.load_workbook(path), rows_of(path)[-1]
    for name, said in (("ref", "2.12"), ("section", "2"), ("action", "Buy a bus")):
        book[last.sheet].cell(last.row + 1, last.cells[name].column).value = said
    book.save(path)
    walsall.take(
        path,
        walsall.fill(SUE, {"2.17": {"rag": "R", "progress": "Done."}}),
        walsall.fill(ROSE, {"2.17": {"rag": "A", "progress": "Half."}, "2.18": {"rag": "B"}}),
    )
    shown = all_that_is_shown(walsall)
    assert [what for what, words in CHOSEN.items() if words not in shown] == []
    assert walsall.merge().document["new_actions"] == []
