"""Five plans, five layouts: each goes through a whole round with nothing but its mapping, and stays
the same plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.stories.office import ROOT, Office, rows_of, type_into
from xlplan.mapping.keys import period
from xlplan.mapping.load import load_mapping
from xlplan.plan.model import ItemKind, Plan
from xlplan.store import Store
from xlplan.workbook.office.reading import read_office_workbook

PLANS = {
    "west-sussex-2019": (12, 0, 101, 74),
    "sunderland-2017": (7, 0, 64, 0),
    "walsall-2012": (3, 9, 58, 0),
    "kent-2010": (3, 23, 56, 0),
    "leicestershire-2017": (4, 28, 28, 0),
}
KINDS: tuple[ItemKind, ...] = ("section", "requirement", "action", "measure", "lead")
NOT_PUBLISHED = {"opening", "order", "comments"}
"""What a master shows in its own way: a ref that the plan gave stands in the text, a requirement
beside its action.
"""


@pytest.fixture
def started(every_plan: Office) -> Office:
    return every_plan


def counts(document: dict[str, Any]) -> tuple[int, ...]:
    return tuple(document[kind] for kind in ("sections", "requirements", "actions", "measures"))


def meaning(plan: Plan) -> dict[str, list[dict[str, str]]]:
    """What a plan says without its keys: items by kind in plan order, those they belong to by ref
    or name.
    """
    return {kind: [_said(plan, item.values) for item in plan.of_kind(kind)] for kind in KINDS}


def _said(plan: Plan, values: dict[str, Any]) -> dict[str, str]:
    said = {
        name: value.text
        for name, value in values.items()
        if name not in NOT_PUBLISHED and value.text
    }
    for name in ("section", "requirement"):
        if said.get(name) in plan.items:
            owner = plan.items[said[name]]
            said[name] = owner.text("ref") or owner.text("name")
    return said


def moves(changes: Iterable[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(one["ref"], one["field"], one["new"]) for one in changes]


def answers_of(office: Office, path: Path) -> dict[str, dict[str, str]]:
    """What a lead types: the first action rated and told of, the second re-dated with a reason, the
    rest left alone.
    """
    refs = [row.ref for row in rows_of(path)]
    mapping = load_mapping(ROOT / "mappings" / f"{office.plan}.toml")
    ratings = [rating.code for rating in mapping.rag]
    covered = period(mapping)
    assert covered is not None
    rating = next(code for code in ratings if code in {"G", "DG"})
    answers = {refs[0]: {"rag": rating, "progress": f"Told by {path.stem[11:]}."}}
    if len(refs) > 1:
        answers[refs[1]] = {
            "due": f"{covered.end:%b %Y}",
            "due_reason": "The building is not ready.",
            "progress": "Later.",
        }
    return answers


def returned(office: Office) -> list[Path]:
    """Every lead's workbook, filled in and sent back; several of one action's leads answer
    alike.
    """
    told: set[str] = set()
    back = []
    for path in office.sent.values():
        answers = {ref: cells for ref, cells in answers_of(office, path).items() if ref not in told}
        told |= answers.keys()
        type_into(path, answers)
        back.append(path)
    return back


def test_a_whole_round_and_the_master_is_the_plan_again(started: Office) -> None:
    assert counts(started.started.document) == PLANS[started.plan]
    exported = started.export()
    assert exported.status < 2
    sent = Counter(ref for book in exported.document["workbooks"] for ref in book["refs"])
    with Store.open(started.folder / "plan.db") as store:
        assert set(sent) == {action.text("ref") for action in store.snapshot().open_actions()}

    taken = started.take(*returned(started))
    assert {one["status"] for one in taken["files"]} <= {"waiting", "unchanged"}
    assert [one for one in taken["findings"] if one["severity"] == "error"] == []
    assert taken["questions"] == []
    assert len(taken["changes"]) > len(started.sent)

    merged = started.merge().document
    assert (merged["revision"], merged["open_questions"]) == (2, 0)
    # A new action that is rated for the first time is no longer new: the plan settles that, no lead
    # says it.
    assert moves(one for one in merged["changes"] if one["field"] != "status") == moves(
        taken["changes"]
    )

    master = started.run("master", "--out", "master.xlsx")
    assert master.status == 0
    with Store.open(started.folder / "plan.db") as store:
        now = store.snapshot()
    again = read_office_workbook(
        started.folder / "master.xlsx", load_mapping(ROOT / "mappings" / f"{started.plan}.toml")
    ).plan
    assert meaning(again) == meaning(now)

    anew = started.run(
        "init",
        "master.xlsx",
        "--mapping",
        ROOT / "mappings" / f"{started.plan}.toml",
        "--plan",
        "again.db",
    )
    assert counts(anew.document) == PLANS[started.plan]
    assert [one for one in anew.document["findings"] if one["severity"] == "error"] == []
    again_sent = started.run(
        "export",
        "--round",
        "Again",
        "--return-by",
        "2013-02-16",
        "--plan",
        "again.db",
        "--out",
        "again",
    ).document
    by_lead = {one["lead"]: one["refs"] for one in again_sent["workbooks"]}
    assert by_lead == {one["lead"]: one["refs"] for one in exported.document["workbooks"]}


def test_the_master_imported_back_unedited_changes_nothing(started: Office) -> None:
    started.run("master", "--out", "master.xlsx")
    taken = started.run("import", "--as-office", "master.xlsx")
    assert (
        taken.document["changes"] == taken.document["questions"] == taken.document["proposed"] == []
    )
