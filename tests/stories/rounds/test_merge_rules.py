"""Rules that a mapping sets for a field: the worst rating stands, notes are appended, some moves
want approval.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.office import ROOT, Office, Ran, rows_of
from xlplan.cli.main import run
from xlplan.store import Store

SUE, ROSE = "Sue Butcher", "Rose Collinson"


class Ruled(Office):
    """An office whose mapping sets merge rules, by field."""

    rules: dict[str, str]

    def init(self) -> Ran:
        text = (ROOT / "mappings" / f"{self.plan}.toml").read_text(encoding="utf-8")
        for name, rule in self.rules.items():
            heading = f"[fields.{name}]\n"
            assert heading in text
            text = text.replace(heading, f'{heading}merge = "{rule}"\n')
        mapping = self.folder / "ruled.toml"
        mapping.write_text(text, encoding="utf-8")
        self.started = self.run(
            "init", ROOT / "workbooks" / f"{self.plan}.xlsx", "--mapping", mapping
        )
        return self.started


@pytest.fixture
def ruled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Ruled:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-10T09:00:00")
    monkeypatch.setenv("XLPLAN_USER", "officer")
    return Ruled(tmp_path, capsys, "walsall-2012")


def started(office: Ruled, **rules: str) -> Ruled:
    office.rules = rules
    office.init()
    office.export()
    return office


def text_of(office: Office, ref: str, field: str) -> str:
    with Store.open(office.folder / "plan.db") as store:
        return store.snapshot().by_ref(ref)[0].text(field)


def test_the_worst_rating_stands_and_the_better_one_is_told(ruled: Ruled) -> None:
    office = started(ruled, rag="worst")
    office.take(
        office.fill(SUE, {"2.17": {"rag": "G"}}),
        office.fill(ROSE, {"2.17": {"rag": "R", "progress": "No."}}),
    )
    changes = {one["field"]: one for one in office.merge().document["changes"]}
    assert changes["rag"]["new"] == "R"
    assert "worst" in changes["rag"]["reason"]


def test_an_outranked_rating_stays_on_record_with_its_lead_and_cell(ruled: Ruled) -> None:
    office = started(ruled, rag="worst")
    sue, rose = (
        office.fill(SUE, {"2.17": {"rag": "G"}}),
        office.fill(ROSE, {"2.17": {"rag": "R", "progress": "No."}}),
    )
    office.take(sue, rose)
    assert office.run("log", "2.17", "rag").document["not_taken"] == []
    office.merge()
    (cell,) = [row.cells["rag"].name for row in rows_of(sue) if row.ref == "2.17"]
    left = {
        "revision": 2,
        "field": "rag",
        "value": "G",
        "sources": [{"lead": SUE, "file": sue.name, "sheet": "Update", "cell": cell}],
        "reason": "outranked: the worst rating stands",
    }
    assert office.run("log", "2.17", "rag").document["not_taken"] == [left]
    assert office.run("log", "2.17").document["not_taken"] == [left]
    assert office.run("log", "2.17", "progress").document["not_taken"] == []
    office.run("undo")
    assert office.run("log", "2.17", "rag").document["not_taken"] == []


def test_what_was_decided_otherwise_or_replaced_stays_on_record(walsall: Office) -> None:
    walsall.export()
    walsall.take(walsall.fill(SUE, {"2.17": {"rag": "G"}, "2.13": {"rag": "G"}}, name="first.xlsx"))
    again = {"2.17": {"rag": "G"}, "2.13": {"rag": "R", "progress": "Slower."}}
    walsall.take(
        walsall.fill(SUE, again, name="second.xlsx"), walsall.fill(ROSE, {"2.17": {"rag": "R"}})
    )
    (question,) = walsall.run("decisions").document["questions"]
    walsall.run("decide", question["id"], "--take", ROSE, "--note", "seen on site")
    walsall.merge()
    told = {ref: walsall.run("log", ref).document["not_taken"] for ref in ("2.17", "2.13")}
    said = {
        ref: [(one["value"], one["sources"][0]["file"], one["reason"]) for one in left]
        for ref, left in told.items()
    }
    assert said["2.13"] == [("G", "first.xlsx", "replaced by a newer answer")]
    assert ("G", "second.xlsx", "decided by officer: seen on site") in said["2.17"]
    walsall.capsys.readouterr()
    run(["log", "2.17", "rag"])
    assert "Said and not taken" in walsall.capsys.readouterr().out


def test_a_closed_rating_against_an_open_one_is_asked_about(ruled: Ruled) -> None:
    office = started(ruled, rag="worst")
    office.take(office.fill(SUE, {"2.17": {"rag": "B"}}), office.fill(ROSE, {"2.17": {"rag": "G"}}))
    (question,) = office.run("decisions").document["questions"]
    assert (question["ref"], question["reason"]) == ("2.17", "leads-disagree")


def test_only_a_completion_wants_approval_of_a_rating(ruled: Ruled) -> None:
    office = started(ruled, rag="approve")
    taken = office.take(office.fill(SUE, {"2.13": {"rag": "G"}, "2.9": {"rag": "B"}}))
    assert {(one["ref"], one["new"]) for one in taken["changes"] if one["field"] == "rag"} == {
        ("2.13", "G")
    }
    (question,) = taken["questions"]
    assert (question["ref"], question["reason"]) == ("2.9", "needs-approval")
    office.merge()
    assert text_of(office, "2.9", "rag") != "B"
    office.run("decide", question["id"], "--accept")
    office.merge()
    assert (text_of(office, "2.9", "rag"), text_of(office, "2.9", "status")) == ("B", "completed")


def test_a_new_date_wants_approval(ruled: Ruled) -> None:
    office = started(ruled, due="approve")
    taken = office.take(
        office.fill(SUE, {"2.13": {"due": "30 Jun 2013", "due_reason": "The tender is late."}})
    )
    assert [(one["field"], one["reason"]) for one in taken["questions"]] == [
        ("due", "needs-approval")
    ]
    office.run("decide", taken["questions"][0]["id"], "--decline", "the Board has not agreed")
    office.merge()
    assert text_of(office, "2.13", "due") != "30 Jun 2013"


def test_notes_of_joint_leads_are_both_kept_newest_round_first(
    ruled: Ruled, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = started(ruled, progress="append")
    said = {SUE: "Sue's note.", ROSE: "Rose's note."}
    taken = office.take(
        *(office.fill(lead, {"2.17": {"progress": text}}) for lead, text in said.items())
    )
    assert taken["questions"] == []
    (waiting,) = office.run("decisions").document["changes"]
    assert waiting["reason"] == "added to what stands there"
    office.merge()
    held = text_of(office, "2.17", "progress")
    assert f"{ROSE} (January Board): Rose's note.\n\n{SUE} (January Board): Sue's note." in held
    monkeypatch.setenv("XLPLAN_NOW", "2013-02-10T09:00:00")
    office.export("February Board")
    (row,) = [row for row in rows_of(office.sent[SUE]) if row.ref == "2.17"]
    shown = row.cells["last.progress"].as_text
    assert shown.index("Sue's note.") < shown.index("Rose's note.")
    office.take(office.fill(SUE, {"2.17": {"progress": "In February."}}, name="feb.xlsx"))
    office.merge()
    assert text_of(office, "2.17", "progress").endswith(f"{SUE} (February Board): In February.")


def test_a_later_return_replaces_its_own_entry(ruled: Ruled) -> None:
    office = started(ruled, progress="append")
    office.take(office.fill(SUE, {"2.17": {"progress": "First words."}}, name="one.xlsx"))
    office.merge()
    office.take(office.fill(SUE, {"2.17": {"progress": "Better words."}}, name="two.xlsx"))
    office.merge()
    held = text_of(office, "2.17", "progress")
    assert "Better words." in held
    assert "First words." not in held


def test_the_master_with_appended_notes_comes_back_unchanged(ruled: Ruled) -> None:
    office = started(ruled, progress="append")
    office.take(
        *(office.fill(lead, {"2.17": {"progress": f"{lead} writes."}}) for lead in (SUE, ROSE))
    )
    path = office.folder / office.run("merge").document["master"]
    taken = office.take(path)
    assert (taken["changes"], taken["questions"]) == ([], [])


def test_a_list_that_was_refused_is_told_to_each_lead_by_their_own_entry(ruled: Ruled) -> None:
    office = started(ruled, progress="append")
    said = {SUE: "Sue\u2019s  note.", ROSE: "Rose\u2019s  note."}
    office.take(*(office.fill(lead, {"2.17": {"progress": text}}) for lead, text in said.items()))
    (waiting,) = office.run("decisions").document["changes"]
    office.run("decide", waiting["id"], "--decline", "not for the Board")
    office.merge()
    office.export("February Board")
    for lead, text in said.items():
        (row,) = [row for row in rows_of(office.sent[lead]) if row.ref == "2.17"]
        shown = str(row.cells["last.progress"].as_text)
        assert f"[Office: your Progress this period '{text}' was not taken: not for the" in shown
    left = office.run("log", "2.17", "progress").document["not_taken"]
    assert {one["reason"] for one in left} == {"decided by officer: not for the Board"}
