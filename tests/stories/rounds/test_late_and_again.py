"""Nil returns, half looked at, late, last round's again, the same bytes twice, two files of one
lead: on every plan.
"""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.stories.office import Office, codes
from tests.stories.returns.draft import stamp
from xlplan.cli.main import run


@pytest.fixture
def sent(every_plan: Office) -> Office:
    """An office that has sent its first round."""
    every_plan.export()
    return every_plan


def by_size(office: Office) -> list[str]:
    """Leads by how many actions they were sent, the most first; not the office's own workbook."""
    leads = [one["lead"] for one in office.run("status").document["leads"]]
    return sorted(leads, key=lambda lead: -len(office.refs(lead)))


def one_of(office: Office, lead: str, other: str) -> str | None:
    """An action that a lead does not share with another."""
    return next((ref for ref in office.refs(lead) if ref not in office.refs(other)), None)


def saved(path: Path, day: int) -> Path:
    """The same file as if it was saved on a day of January 2013."""
    stamp(path, f"2013-01-{day:02}T12:00:00Z")
    return path


def said(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(one["ref"], one["field"], one["new"]) for one in document["changes"]}


def standing(office: Office, lead: str) -> dict[str, Any]:
    return next(one for one in office.run("status").document["leads"] if one["lead"] == lead)


def test_a_round_of_nil_partial_doubled_and_late_returns(
    sent: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    partly, first, second, late, *_ = by_size(sent)
    untouched, ticked = (
        sent.fill(first, {}),
        sent.fill(second, {ref: {"no_change": "Yes"} for ref in sent.refs(second)}),
    )
    taken = sent.take(untouched, ticked, status=0)
    assert {one["status"] for one in taken["files"]} == {"unchanged"}
    assert codes(taken) == ["nothing-answered", "nothing-answered"]
    assert [
        (standing(sent, one)["status"], standing(sent, one)["nil"]) for one in (first, second)
    ] == [
        ("returned", True),
        ("returned", True),
    ]
    ref, *left = sent.refs(partly)
    back = saved(sent.fill(partly, {ref: {"progress": "Only this one."}}, name="partly.xlsx"), 12)
    taken = sent.take(back)
    (told,) = [one for one in taken["findings"] if one["code"] == "rows-not-looked-at"]
    assert all(one in told["message"] for one in left)
    assert (said(taken), taken["files"][0]["rows"]["unchanged"]) == (
        {(ref, "progress", "Only this one.")},
        len(left),
    )
    shutil.copy(back, sent.folder / "the same.xlsx")
    again = sent.take(sent.folder / "the same.xlsx", status=0)
    assert (again["files"][0]["status"], again["files"][0]["rows"]["read"]) == ("duplicate", 0)
    monkeypatch.setenv("XLPLAN_NOW", "2013-01-19T09:00:00")
    sent.take(saved(sent.fill(late, {}, name="late.xlsx"), 18))
    assert (standing(sent, late)["status"], standing(sent, late)["days_late"]) == ("late", 2)
    assert standing(sent, partly)["status"] == "returned"


def test_the_later_saved_of_two_files_stands_whichever_comes_first(sent: Office) -> None:
    lead = by_size(sent)[0]
    ref, other, *_ = sent.refs(lead)
    first, last = (
        {ref: {"progress": "At first."}, other: {"progress": "Also."}},
        {ref: {"progress": "In the end."}},
    )
    older = saved(sent.fill(lead, first, name="older.xlsx"), 11)
    newer = saved(sent.fill(lead, last, name="newer.xlsx"), 13)
    for order in ((older, newer), (newer, older)):
        documents = {path: sent.take(path) for path in order}
        stands = {path: one["files"][0]["status"] for path, one in documents.items()}
        assert stands[newer] == "waiting"
        assert stands[older] == ("superseded" if order[0] == newer else "waiting")
        assert "file-superseded" in codes(documents[order[1]])
        document = sent.run("decisions").document
        assert said(document) == {(ref, "progress", "In the end.")}
        assert [(one["ref"], one["reason"]) for one in document["questions"]] == [
            (other, "taken-back")
        ]
        assert sent.run("unstage", lead).status == 0


def test_last_rounds_workbook_again_and_a_late_first_answer(sent: Office) -> None:
    pairs = permutations(by_size(sent), 2)
    lead, other = next(
        pair for pair in pairs if one_of(sent, *pair) and one_of(sent, *reversed(pair))
    )
    ref, theirs = one_of(sent, lead, other), one_of(sent, other, lead)
    assert ref is not None
    assert theirs is not None
    sent.take(sent.fill(lead, {ref: {"progress": "January."}}, name="january.xlsx"))
    sent.merge()
    again = sent.fill(lead, {ref: {"progress": "February."}}, name="again.xlsx")
    late = sent.fill(other, {theirs: {"progress": "Late for January."}}, name="late.xlsx")
    sent.export("February Board")
    sent.run(
        "set", ref, "notes" if sent.plan == "kent-2010" else "evidence", "Moved by the office."
    )
    taken = sent.take(again, late)
    rounds = {one["path"]: one["round"] for one in taken["files"]}
    assert rounds == {"again.xlsx": "February Board", "late.xlsx": "January Board"}
    assert {"round-answered", "round-closed"} <= set(codes(taken))
    assert said(taken) == {
        (ref, "progress", "February."),
        (theirs, "progress", "Late for January."),
    }
    assert taken["questions"] == []
    assert (standing(sent, lead)["status"], standing(sent, other)["status"]) == (
        "returned",
        "outstanding",
    )


def test_an_import_that_brings_nothing_new_says_what_waits_in_all(
    walsall: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    walsall.export()
    sue = walsall.fill("Sue Butcher", {"2.17": {"rag": "G"}})
    rose = walsall.fill("Rose Collinson", {"2.17": {"rag": "A"}, "2.18": {"rag": "G"}})
    printed = []
    for files in ([sue, rose], [rose]):
        capsys.readouterr()
        run(["import", *map(str, files)])
        printed.append(capsys.readouterr().out)
    assert "\n1 change and 1 question wait; 0 proposed actions.\n" in printed[0]
    assert (
        "\nFrom this import: 0 changes, 0 questions and 0 proposed actions. In all, 1 change and "
        "1 question" in printed[1]
    )
    assert "`xlplan decisions` shows the questions" in printed[1]
