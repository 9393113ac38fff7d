"""What the plan remembers: laws of merging and undoing through real files, and points of its
history.
"""

from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.stories.office import Office, codes
from xlplan.plan.changes import Change
from xlplan.plan.values import Value
from xlplan.store import Store


def values(office: Office, at: int | None = None) -> dict[str, dict[str, str]]:
    """Every value of the plan's items."""
    with Store.open(office.folder / "plan.db") as store:
        plan = store.snapshot(at)
    return {
        key: {name: value.text for name, value in item.values.items()}
        for key, item in plan.items.items()
    }


def three_returns(office: Office) -> list[Path]:
    """Returns of the three leads with most actions; each answers its first two, two of them perhaps
    the same.
    """
    office.export()
    most = sorted(office.sent, key=lambda lead: -len(office.refs(lead)))[:3]
    files = []
    for rating, lead in zip(codes_of(office), most, strict=False):
        refs = office.refs(lead)[:2]
        answers = {ref: {"rag": rating, "progress": f"{lead} writes on {ref}."} for ref in refs}
        files.append(office.fill(lead, answers))
    return files


def codes_of(office: Office) -> list[str]:
    assert office.started is not None
    return [code for code in office.started.document["rag"] if code] * 2


def started_again(office: Office, folder: Path) -> None:
    """The plan as it was kept in a folder."""
    shutil.copy(folder / "kept.db", office.folder / "plan.db")


def test_any_order_of_returns_gives_one_master(office: Office) -> None:
    files = three_returns(office)
    shutil.copy(office.folder / "plan.db", office.folder / "kept.db")
    outcomes = []
    for order in permutations(files):
        started_again(office, office.folder)
        for file in order:
            office.take(file)
        questions = office.run("decisions").document["questions"]
        office.merge()
        said = sorted(
            (one["ref"], one["field"], one["reason"], len(one["candidates"])) for one in questions
        )
        outcomes.append((said, values(office)))
    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert outcomes[0][1] != values(office, 1)


def test_importing_twice_is_importing_once(office: Office) -> None:
    file, *_ = three_returns(office)
    first = office.take(file)
    again = office.take(file)
    assert [one["status"] for one in again["files"]] == ["duplicate"]
    assert again["changes"] == []
    merged = office.merge().document
    assert [
        (one["key"], one["field"]) for one in merged["changes"] if one["field"] != "status"
    ] == [(one["key"], one["field"]) for one in first["changes"]]
    office.take(file)
    assert office.merge().document["revision"] is None


def test_undo_after_merge_is_before_and_its_returns_wait_again(office: Office) -> None:
    file, *_ = three_returns(office)
    before = values(office)
    waiting = office.take(file)["changes"]
    merged = office.merge().document
    after = values(office)
    assert office.run("undo").document["undone"] == merged["revision"]
    assert values(office) == before
    assert office.run("status").document["waiting"] == len(waiting)
    again = office.merge().document
    assert values(office) == after
    assert [one["new"] for one in again["changes"]] == [one["new"] for one in merged["changes"]]


def test_undoing_an_undo_brings_the_merge_back(office: Office) -> None:
    file, *_ = three_returns(office)
    office.take(file)
    merged = office.merge().document["revision"]
    after = values(office)
    undone = office.run("undo").document["revision"]
    assert office.run("undo", str(undone)).status == 0
    assert values(office) == after
    assert office.run("status").document["waiting"] == 0
    log = office.run("log").document["revisions"]
    assert [one["kind"] for one in log if one["revision"] >= merged] == ["merge", "undo", "undo"]


def test_an_undo_that_later_revisions_block_says_what_stands_in_the_way(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill("Sue Butcher", {"2.13": {"rag": "R", "progress": "Over."}}))
    merged = walsall.merge().document["revision"]
    walsall.run("set", "2.13", "rag", "G")
    before = values(walsall)
    blocked = walsall.run("undo", str(merged))
    assert blocked.status == 2
    assert "2.13 rag" in blocked.complaint
    assert values(walsall) == before
    walsall.run("undo", str(merged + 1))
    assert walsall.run("undo", str(merged)).status == 0
    assert walsall.run("log", "2.13", "rag").document["history"][-1]["new"] == "A"


def test_the_master_is_never_overwritten_where_it_moved_since_import(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill("Sue Butcher", {"2.13": {"rag": "R", "progress": "Over."}}), status=0)
    walsall.run("set", "2.13", "rag", "G")
    tried = walsall.run("merge", "--dry-run")
    assert tried.document["open_questions"] == 1
    assert walsall.run("merge", "--strict").document["revision"] is None
    merged = walsall.merge()
    assert (merged.status, merged.document["open_questions"]) == (1, 1)
    assert {one["field"] for one in merged.document["changes"]} == {"progress"}
    (question,) = walsall.run("decisions").document["questions"]
    assert (question["reason"], question["base"], question["master"]) == ("both-moved", "A", "G")
    assert "Sue Butcher changed" not in question["note"]


def test_a_dry_run_says_what_a_merge_then_does_and_keeps_nothing(office: Office) -> None:
    file, *_ = three_returns(office)
    office.take(file)
    before = (office.folder / "plan.db").read_bytes()
    tried = office.run("merge", "--dry-run").document
    assert (office.folder / "plan.db").read_bytes() == before
    assert tried["changes"] == office.merge().document["changes"]


def test_unstaging_the_newer_return_lets_the_older_speak_again(walsall: Office) -> None:
    walsall.export()
    lead = "Sue Butcher"
    older = walsall.fill(lead, {"2.13": {"rag": "R", "progress": "One."}}, name="one.xlsx")
    newer = walsall.fill(lead, {"2.13": {"rag": "G", "progress": "Two."}}, name="two.xlsx")
    walsall.take(older)
    taken = walsall.take(newer)
    assert "file-superseded" in codes(taken)
    assert {one["new"] for one in taken["changes"]} == {"G", "Two."}
    assert walsall.run("unstage", "two.xlsx").status == 0
    assert {one["new"] for one in walsall.merge().document["changes"]} == {"R", "One."}
    assert walsall.take(newer)["files"][0]["status"] == "waiting"


def test_a_lead_who_puts_a_cell_back_is_asked_about(walsall: Office) -> None:
    walsall.export()
    lead = "Sue Butcher"
    walsall.take(walsall.fill(lead, {"2.13": {"rag": "G"}}, name="one.xlsx"))
    taken = walsall.take(walsall.fill(lead, {"2.13": {"rag": "A"}}, name="two.xlsx"))
    (question,) = taken["questions"] or walsall.run("decisions").document["questions"]
    assert (question["ref"], question["field"], question["reason"]) == ("2.13", "rag", "taken-back")


def test_what_a_newer_return_replaced_is_marked_in_the_store(walsall: Office) -> None:
    walsall.export()
    lead = "Sue Butcher"
    walsall.take(walsall.fill(lead, {"2.13": {"rag": "R", "progress": "One."}}, name="one.xlsx"))
    walsall.take(walsall.fill(lead, {"2.13": {"rag": "G", "progress": "Two."}}, name="two.xlsx"))
    walsall.merge()
    with Store.open(walsall.folder / "plan.db") as store:
        marked = {
            (taken.name, cell.field, cell.value.text)
            for taken in store.returns()
            for row in taken.rows
            for cell in row.cells
            if cell.superseded
        }
    assert marked == {("one.xlsx", "rag", "R"), ("one.xlsx", "progress", "One.")}


def test_a_late_return_after_closing_has_its_own_base_and_the_next_rounds_report(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    walsall.export()
    late = walsall.fill("Sue Butcher", {"2.13": {"progress": "Late but here."}}, name="late.xlsx")
    walsall.run("close")
    monkeypatch.setenv("XLPLAN_NOW", "2013-02-02T09:00:00")
    walsall.run("set", "2.13", "rag", "G")
    walsall.export("February Board")
    taken = walsall.take(late)
    assert "round-closed" in codes(taken)
    assert taken["questions"] == []
    (change,) = walsall.merge().document["changes"]
    assert (change["ref"], change["field"], change["new"]) == ("2.13", "progress", "Late but here.")
    told = report(walsall)
    assert "Late but here." in json.dumps(told)
    assert "Late but here." not in json.dumps(report(walsall, "--until", "January"))


def test_points_of_the_history_agree(office: Office) -> None:
    file, *_ = three_returns(office)
    office.take(file)
    merged = office.merge().document
    moved = [one for one in merged["changes"] if one["field"] == "rag"]
    office.run("close")
    for when in ("r1", "init"):
        told = office.run("master", "--as-of", when, "--out", office.folder / f"{when}.xlsx")
        assert told.status == 0
    with Store.open(office.folder / "plan.db") as store:
        between = {
            (one.key, one.field): one.new.text
            for one in store.changes_between(1, merged["revision"])
        }
        back = {
            (one.key, one.field): one.new.text
            for one in store.changes_between(merged["revision"], 1)
        }
    assert {(one["key"], one["field"]) for one in merged["changes"]} <= between.keys()
    assert between.keys() == back.keys()
    for one in moved:
        assert between[one["key"], "rag"] == one["new"]
        assert back[one["key"], "rag"] == (one["old"] or "")


def test_status_decisions_and_merge_count_alike(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill("Sue Butcher", {"2.17": {"rag": "G"}, "2.13": {"progress": "More."}}))
    walsall.take(walsall.fill("Rose Collinson", {"2.17": {"rag": "A"}}))
    status = walsall.run("status").document
    waiting = walsall.run("decisions").document
    assert (
        (status["questions"], status["proposed"])
        == (len(waiting["questions"]), len(waiting["proposed"]))
        == (1, 0)
    )
    assert status["waiting"] == len(waiting["changes"]) == 1
    merged = walsall.merge().document
    assert (merged["open_questions"], len(merged["changes"])) == (1, 1)
    after = walsall.run("status").document
    assert (after["questions"], after["waiting"]) == (1, 0)


def test_check_finds_the_store_whole_and_a_damaged_one_not(walsall: Office) -> None:
    import sqlite3

    walsall.export()
    walsall.take(walsall.fill("Sue Butcher", {"2.13": {"rag": "R", "progress": "Over."}}))
    walsall.merge()
    walsall.run("undo")
    assert (walsall.run("check").status, walsall.run("check").document["problems"]) == (0, [])
    with sqlite3.connect(walsall.folder / "plan.db") as plain:
        plain.execute("UPDATE file SET data = x'00'")
    plain.close()
    checked = walsall.run("check")
    assert checked.status == 1
    assert any("sha256" in one for one in checked.document["problems"])


def test_check_finds_a_rating_and_a_date_that_are_none(walsall: Office) -> None:
    """Earlier versions took `Keep both` on a rating; an edited scale may lack an old one."""
    with Store.open(walsall.folder / "plan.db") as store, store.writing("officer"):
        action = store.snapshot().by_ref("2.13")[0]
        toml = f"""{store.mapping_toml()}
            [fields.board]
            type = "date"
            [fields.fund]
            type = "choice"
            choices = ["Capital"]"""
        wrong = {
            "rag": Value("G\n\nJane Parry: R", "G R"),
            "board": Value("31 June", "31 June"),
            "fund": Value("Revenue", "Revenue"),
        }
        changes = [Change(action.key, name, action.get(name), v) for name, v in wrong.items()]
        revision = store.commit(changes, [], kind="set", at="2013-01-10T09:00:00", by="officer")
        store.set_mapping(toml, revision)
    checked = walsall.run("check")
    assert (checked.status, checked.document["sound"]) == (1, False)
    assert checked.document["problems"] == []
    assert [(one["ref"], one["field"], one["value"]) for one in checked.document["findings"]] == [
        ("2.13", name, value.text) for name, value in wrong.items()
    ]
    assert "xlplan set 2.13 rag VALUE" in checked.document["findings"][0]["hint"]
    for name, right in (("rag", "A"), ("board", "30 June 2013"), ("fund", "Capital")):
        assert walsall.run("set", "2.13", name, right).status == 0
    assert walsall.run("check").document["sound"]


def test_a_store_from_a_newer_program_is_refused_in_words(walsall: Office) -> None:
    import sqlite3

    with sqlite3.connect(walsall.folder / "plan.db") as plain:
        plain.execute("UPDATE meta SET value = '99' WHERE name = 'version'")
    plain.close()
    before = (walsall.folder / "plan.db").read_bytes()
    for command in (["status"], ["log"], ["merge"], ["check"]):
        ran = walsall.run(*command)
        assert ran.status == 2
        assert "newer xlplan" in ran.complaint
    assert (walsall.folder / "plan.db").read_bytes() == before


def report(office: Office, *more: str) -> dict[str, Any]:
    path = office.folder / "told.json"
    path.unlink(missing_ok=True)
    office.run("report", *more, "--out", path)
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def test_an_older_store_is_brought_up_to_date_after_a_backup(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xlplan.store.engine import migrations, schema

    before = values(walsall)
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setitem(migrations.MIGRATIONS, schema.VERSION - 1, lambda connection: None)
    assert walsall.run("status").status == 0
    assert (walsall.folder / f"plan.version-{schema.VERSION - 1}.db").is_file()
    assert values(walsall) == before
    assert walsall.run("check").document["problems"] == []


def test_a_check_leaves_the_store_of_an_older_version_as_it_is(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xlplan.store.engine import migrations, schema

    walsall.export()
    back = walsall.fill("Sue Butcher", {"2.13": {"rag": "G"}})
    before = {path: path.read_bytes() for path in walsall.folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setitem(migrations.MIGRATIONS, schema.VERSION - 1, lambda connection: None)
    assert len(walsall.run("import", "--check", back).document["changes"]) == 1
    assert {
        path: path.read_bytes() for path in walsall.folder.rglob("*") if path.is_file()
    } == before
