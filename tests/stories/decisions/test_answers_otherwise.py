"""Answers by telephone or in a message's text, and answers taken out again: `received`, `set
--for`, `unstage`.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.stories.office import ROOT, ROUND, Office, Ran, codes, type_into
from tests.stories.returns.draft import stamp
from xlplan.store import Store

SUE, ROSE = "Sue Butcher", "Rose Collinson"


def standing(office: Office, lead: str) -> tuple[str, bool]:
    """How a lead stands in the open round: status, and whether the answer was nil."""
    (found,) = [one for one in office.run("status").document["leads"] if one["lead"] == lead]
    return found["status"], found["nil"]


def waiting(office: Office) -> set[tuple[str, str, Any]]:
    """What a merge would change now."""
    return {
        (one["ref"], one["field"], one["new"])
        for one in office.run("decisions").document["changes"]
    }


def saved(path: Path, day: str) -> Path:
    """The same file as if it was saved on a day of January 2013."""
    stamp(path, f"2013-01-{day}T12:00:00Z")
    return path


@pytest.mark.parametrize("plan", ["west-sussex-2019", "kent-2010"])
def test_each_answer_and_each_taking_out_shows_in_the_status(
    plan: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-10T09:00:00")
    monkeypatch.setenv("XLPLAN_USER", "officer")
    office = Office(tmp_path, capsys, plan)
    office.init()
    assert office.run("received", "Nobody").status == 2
    office.export()
    lead, other = list(office.sent)[:2]
    ref = next(ref for ref in office.refs(lead) if ref)
    assert standing(office, lead) == ("outstanding", False)
    for wrong in (
        ["received", "Nobody"],
        ["set", ref, "progress", "Done.", "--for", "Nobody"],
        ["unstage", lead],
    ):
        refused = office.run(*wrong)
        assert (refused.status, standing(office, lead)) == (2, ("outstanding", False))
    assert (
        office.run("received", lead.upper(), "--nil", "--note", "by telephone").document["lead"]
        == lead
    )
    assert standing(office, lead) == ("returned", True)
    assert office.run("unstage", lead).status == 0
    assert standing(office, lead) == ("outstanding", False)
    assert office.run("received", other, "--note", "her message is on file").status == 0
    assert standing(office, other) == ("returned", False)
    assert (
        office.run(
            "set", ref, "progress", "Done.", "--for", lead, "--source", "e-mail of 12 Jan"
        ).status
        == 0
    )
    assert (standing(office, lead), waiting(office)) == (
        ("returned", False),
        {(ref, "progress", "Done.")},
    )
    assert office.run("status").document["waiting"] == 1
    (change,) = office.merge().document["changes"]
    assert change["sources"][0]["lead"] == lead
    assert change["sources"][0]["file"] == "e-mail of 12 Jan, entered by officer"
    merged = office.run("unstage", lead)
    assert (merged.status, "xlplan undo" in merged.complaint) == (2, True)


def test_only_what_leads_answer_and_only_what_fits_is_entered_for_them(walsall: Office) -> None:
    walsall.export()
    for ref, field, value in (
        ("1.10", "rag", "G"),
        ("2.13", "action", "Do less"),
        ("2.13", "rag", "Purple"),
        ("9.99", "rag", "G"),
        ("2.13", "colour", "G"),
    ):
        assert walsall.run("set", ref, field, value, "--for", SUE).status == 2
    assert standing(walsall, SUE) == ("outstanding", False)
    assert waiting(walsall) == set()


def test_a_telephone_answer_and_then_the_workbook(walsall: Office) -> None:
    walsall.export()
    walsall.run("set", "2.13", "rag", "R", "--for", SUE)
    walsall.run("set", "2.12", "rag", "G", "--for", SUE)
    taken = walsall.take(saved(walsall.fill(SUE, {"2.13": {"rag": "G"}}), "12"))
    assert "file-superseded" in codes(taken)
    assert waiting(walsall) == {("2.13", "rag", "G")}
    assert [(one["ref"], one["reason"]) for one in taken["questions"]] == [("2.12", "taken-back")]
    assert standing(walsall, SUE) == ("returned", False)


def test_a_workbook_and_then_a_telephone_answer(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {"2.13": {"rag": "G"}, "2.12": {"progress": "Under way."}})
    walsall.take(saved(back, "09"))
    walsall.run("set", "2.13", "rag", "R", "--for", SUE, "--source", "by telephone")
    assert waiting(walsall) == {("2.13", "rag", "R"), ("2.12", "progress", "Under way.")}
    assert walsall.run("decisions").document["questions"] == []
    assert walsall.run("unstage", "by telephone, entered by officer").status == 0
    assert waiting(walsall) == {("2.13", "rag", "G"), ("2.12", "progress", "Under way.")}
    assert standing(walsall, SUE) == ("returned", False)


def test_what_was_saved_before_the_telephone_rang_is_the_older_word_whenever_it_comes(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    walsall.export()
    walsall.run("set", "2.13", "rag", "R", "--for", SUE)
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-14T09:00:00")
    taken = walsall.take(saved(walsall.fill(SUE, {"2.13": {"rag": "G"}}), "08"))
    assert taken["files"][0]["status"] == "superseded"
    assert waiting(walsall) == {("2.13", "rag", "R")}


def test_taken_out_the_older_return_speaks_again_and_the_newer_may_come_again(
    walsall: Office,
) -> None:
    walsall.export()
    first = saved(walsall.fill(SUE, {"2.13": {"rag": "R"}}, name="first.xlsx"), "11")
    newer = saved(walsall.fill(SUE, {"2.13": {"rag": "G"}}, name="newer.xlsx"), "12")
    walsall.take(first, newer)
    assert waiting(walsall) == {("2.13", "rag", "G")}
    walsall.run("unstage", newer.name)
    assert waiting(walsall) == {("2.13", "rag", "R")}
    assert walsall.take(newer)["files"][0]["status"] == "waiting"
    assert waiting(walsall) == {("2.13", "rag", "G")}
    assert walsall.run("unstage", first.name).status == 0
    assert waiting(walsall) == {("2.13", "rag", "G")}
    assert walsall.take(first)["files"][0]["status"] == "superseded"
    assert waiting(walsall) == {("2.13", "rag", "G")}
    assert walsall.run("unstage", SUE).document["noted"] == "2 taken out"
    assert (waiting(walsall), standing(walsall, SUE)) == (set(), ("outstanding", False))


def test_a_note_that_a_file_replaced_stands_again_as_the_nil_return_it_was(walsall: Office) -> None:
    walsall.export()
    walsall.run("received", SUE, "--nil")
    back = saved(walsall.fill(SUE, {"2.13": {"rag": "R"}}), "12")
    walsall.take(back)
    assert standing(walsall, SUE) == ("returned", False)
    walsall.run("unstage", back.name)
    assert standing(walsall, SUE) == ("returned", True)
    with Store.open(walsall.folder / "plan.db") as store:
        assert [one.status for one in store.returns()] == ["unchanged"]


def test_of_two_files_of_one_name_the_path_says_which(walsall: Office) -> None:
    walsall.export()
    for folder, lead in (("a", SUE), ("b", ROSE)):
        (walsall.folder / folder).mkdir()
        walsall.fill(lead, {"2.17": {"rag": "G"}}, name=f"{folder}/return.xlsx")
    walsall.take(walsall.folder / "a", walsall.folder / "b")
    several = walsall.run("unstage", "return.xlsx")
    assert several.status == 2
    assert f"a/return.xlsx ({SUE}); b/return.xlsx ({ROSE})" in several.complaint
    assert "whole path" in several.complaint
    assert walsall.run("unstage", "nowhere/return.xlsx").status == 2
    assert (standing(walsall, SUE)[0], standing(walsall, ROSE)[0]) == ("returned", "returned")
    taken = walsall.run("unstage", walsall.folder / "b" / "return.xlsx").document
    assert (taken["lead"], taken["noted"]) == (ROSE, "1 taken out")
    assert (standing(walsall, SUE)[0], standing(walsall, ROSE)[0]) == ("returned", "outstanding")


def test_two_leads_who_sent_one_path_one_after_the_other_are_named(walsall: Office) -> None:
    walsall.export()
    for lead in (SUE, ROSE):
        walsall.take(walsall.fill(lead, {"2.17": {"rag": "G"}}, name="return.xlsx"))
    several = walsall.run("unstage", "return.xlsx")
    assert several.status == 2
    assert SUE in several.complaint
    assert ROSE in several.complaint
    assert walsall.run("unstage", ROSE).document["noted"] == "1 taken out"


def test_an_archive_is_taken_out_with_all_that_came_in_it_and_a_member_alone(
    walsall: Office,
) -> None:
    walsall.export()
    with zipfile.ZipFile(walsall.folder / "all.zip", "w") as archive:
        for folder, lead in (("x", SUE), ("y", ROSE)):
            archive.write(walsall.fill(lead, {"2.17": {"rag": "G"}}), f"{folder}/a.xlsx")
    walsall.take(walsall.folder / "all.zip")
    assert walsall.run("unstage", "all.zip/y/a.xlsx").document["lead"] == ROSE
    assert walsall.run("unstage", "y/a.xlsx").status == 2, (
        "what is out already is not taken for its neighbour"
    )
    walsall.take(walsall.folder / "all.zip")
    taken = walsall.run("unstage", "all.zip").document
    assert set(taken["lead"].split(", ")) == {SUE, ROSE}
    assert taken["noted"] == "2 taken out, all that waited of what came in all.zip"
    assert (standing(walsall, SUE)[0], standing(walsall, ROSE)[0]) == ("outstanding", "outstanding")


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("due", "31 June 2013", "date-impossible"),
        ("due", "31 March 1999", "date-implausible"),
        ("progress", "More than twelve letters", "too-long"),
    ],
)
def test_what_is_odd_about_an_answer_entered_for_a_lead_is_told(
    walsall: Office, field: str, text: str, code: str
) -> None:
    mapping = (ROOT / "mappings" / "walsall-2012.toml").read_text(encoding="utf-8")
    shorter = mapping.replace("[fields.progress]\n", "[fields.progress]\nmax_length = 12\n")
    (walsall.folder / "shorter.toml").write_text(shorter, encoding="utf-8")
    assert walsall.run("mapping", "use", "shorter.toml").status == 0
    walsall.export()
    ran = walsall.run("set", "2.13", field, text, "--for", SUE)
    (told,) = ran.document["findings"]
    assert (ran.status, told["code"], told["ref"], told["lead"]) == (1, code, "2.13", SUE)
    asked = [one["reason"] for one in walsall.run("decisions").document["questions"]]
    # A date that does not fit is asked about; any other odd value waits to be merged.
    assert (len(waiting(walsall)), asked) == ((0, ["doubted"]) if field == "due" else (1, []))


class WithDeputies(Office):
    """Walsall, where Ann Other stands in for Sue Butcher and two leads make up a group."""

    def init(self) -> Ran:
        text = (ROOT / "mappings" / f"{self.plan}.toml").read_text(encoding="utf-8")
        entry = f'name = "{SUE}"\n'
        assert entry in text
        text = text.replace(entry, f'{entry}deputy = "Ann Other"\n')
        more = [
            'Ann Other"',
            f'The two"\nkind = "group"\ncode = "TT"\nmembers = ["{SUE}", "{ROSE}"]',
        ]
        text += "".join(f'\n[[leads]]\nname = "{one}\n' for one in more)
        (self.folder / "deputies.toml").write_text(text, encoding="utf-8")
        book = ROOT / "workbooks" / f"{self.plan}.xlsx"
        self.started = self.run("init", book, "--mapping", self.folder / "deputies.toml")
        return self.started


def test_a_deputy_answers_for_the_lead_and_a_group_is_asked_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-10T09:00:00")
    office = WithDeputies(tmp_path, capsys, "walsall-2012")
    assert office.init().status in {0, 1}
    office.export()
    assert office.run("set", "2.13", "rag", "R", "--for", "ann other").document["lead"] == SUE
    assert (standing(office, SUE), waiting(office)) == (("returned", False), {("2.13", "rag", "R")})
    refused = office.run("received", "TT")
    assert refused.status == 2
    assert f"{ROSE}, {SUE}" in refused.complaint
    back = office.fill(ROSE, {})
    type_into(back, {"2.18": {"rag": "G"}})
    assert codes(office.run("import", back, "--lead", "Ann Other", "--round", ROUND).document) == [
        "claim-differs"
    ]
