"""Several leads' sheets in one file: each lead's are a return of their own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.office import Office, codes, rows_of, type_into
from tests.stories.proposing import add_rows
from tests.stories.returned.collating import collated, copy_sheet
from xlplan.rounds.intake.account import Account
from xlplan.rounds.returns.reading_files import FileReader
from xlplan.workbook.update.guide import GUIDE_TITLE

SUE, ROSE = "Sue Butcher", "Rose Collinson"
JOINT, ROSES = "2.17", "2.18"
Answers = dict[str, dict[str, str]]


def together(office: Office, sues: Answers, roses: Answers, *, host: str = "") -> Path:
    """Sue's sheet and Rose's in one workbook, in the one of them that is named or in a new one."""
    files = {SUE: office.fill(SUE, sues), ROSE: office.fill(ROSE, roses)}
    return collated(office.folder, *files.values(), host=files.get(host))


def is_guide(page: Any) -> bool:
    return any(cell.value == GUIDE_TITLE for cells in page.iter_rows() for cell in cells)


def of_leads(document: dict[str, Any]) -> dict[str, str]:
    """What became of each lead's return."""
    return {file["lead"]: file["status"] for file in document["files"]}


def credited(document: dict[str, Any]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {
        (one["ref"], one["new"], tuple(sorted(source["lead"] for source in one["sources"])))
        for one in document["changes"]
    }


@pytest.mark.parametrize("host", [SUE, ROSE, ""])
@pytest.mark.parametrize("first", [SUE, ROSE])
def test_joint_leads_in_one_file_disagree_as_in_two(walsall: Office, first: str, host: str) -> None:
    walsall.export()
    files = {
        SUE: walsall.fill(SUE, {JOINT: {"rag": "G"}}),
        ROSE: walsall.fill(ROSE, {JOINT: {"rag": "A"}, ROSES: {"rag": "G"}}),
    }
    order = [first, *(lead for lead in files if lead != first)]
    path = collated(walsall.folder, *(files[lead] for lead in order), host=files.get(host))
    taken = walsall.take(path, status=1)
    read = [(one["lead"], one["status"], one["rows"]["read"]) for one in taken["files"]]
    assert read == [(lead, "waiting", len(walsall.refs(lead))) for lead in order]
    assert {one["path"] for one in taken["files"]} == {path.name}
    assert credited(taken) == {(ROSES, "G", (ROSE,))}
    (question,) = taken["questions"]
    said = {(one["lead"], one["value"]) for one in question["candidates"]}
    assert (question["ref"], question["reason"], said) == (
        JOINT,
        "leads-disagree",
        {(SUE, "G"), (ROSE, "A")},
    )
    assert len({one["sheet"] for one in question["candidates"]}) == 2
    told = codes(taken, but=["required", "rows-not-looked-at"])
    assert told == ["file-of-several"] * 2, "nothing of one lead's is told of the other"
    assert [one["questions"] for one in taken["files"]] == [1, 1]


@pytest.mark.parametrize("host", [SUE, ""])
def test_a_joint_row_is_credited_to_the_lead_of_its_sheet(walsall: Office, host: str) -> None:
    walsall.export()
    taken = walsall.take(together(walsall, {}, {JOINT: {"rag": "A"}}, host=host))
    assert credited(taken) == {(JOINT, "A", (ROSE,))}
    assert of_leads(taken) == {SUE: "unchanged", ROSE: "waiting"}
    assert [one["lead"] for one in taken["findings"] if one["code"] == "nothing-answered"] == [SUE]
    (change,) = walsall.merge().document["changes"]
    assert {one["lead"] for one in change["sources"]} == {ROSE}


def test_joint_leads_who_agree_in_one_file_are_both_credited(walsall: Office) -> None:
    walsall.export()
    answer = {JOINT: {"rag": "G"}}
    taken = walsall.take(together(walsall, answer, answer, host=SUE), status=0)
    assert credited(taken) == {(JOINT, "G", (ROSE, SUE))}


def test_a_sheet_whose_visible_code_is_gone_is_known_by_its_rows(walsall: Office) -> None:
    walsall.export()
    path = together(walsall, {}, {JOINT: {"rag": "A"}}, host=SUE)
    book = openpyxl.load_workbook(path)
    for page in book:
        for cell in (cell for cells in page.iter_rows() for cell in cells):
            if page.title.startswith("Update") and "XLP-" in str(cell.value):
                cell.value = None
    book.save(path)
    assert credited(walsall.take(path)) == {(JOINT, "A", (ROSE,))}


def test_the_same_file_again_is_a_duplicate_for_each_lead(walsall: Office) -> None:
    walsall.export()
    path = together(walsall, {JOINT: {"rag": "G"}}, {ROSES: {"rag": "G"}}, host=SUE)
    copy = walsall.folder / "zz copy.xlsx"
    shutil.copy(path, copy)
    taken = walsall.take(path, copy)
    assert [(one["lead"], one["status"]) for one in taken["files"]] == [
        *((SUE, "waiting"), (ROSE, "waiting")),
        *((SUE, "duplicate"), (ROSE, "duplicate")),
    ]
    assert of_leads(walsall.take(path)) == {SUE: "duplicate", ROSE: "duplicate"}
    assert len(walsall.merge().document["changes"]) == 2


def test_a_lead_or_the_whole_file_is_taken_out_and_imported_again(walsall: Office) -> None:
    walsall.export()
    path = together(walsall, {JOINT: {"rag": "G"}}, {ROSES: {"rag": "G"}})
    walsall.take(path)
    assert walsall.run("unstage", ROSE).document["noted"] == "1 taken out"
    assert of_leads(walsall.take(path)) == {SUE: "duplicate", ROSE: "waiting"}
    whole = walsall.run("unstage", path.name).document
    assert (whole["lead"], whole["noted"]) == (f"{SUE}, {ROSE}", "2 taken out")
    assert walsall.merge().document["changes"] == []
    assert of_leads(walsall.take(path)) == {SUE: "waiting", ROSE: "waiting"}


def test_a_newer_file_stands_over_its_own_lead_s_sheet_alone(walsall: Office) -> None:
    walsall.export()
    path = together(walsall, {JOINT: {"rag": "G"}}, {ROSES: {"rag": "G"}}, host=SUE)
    newer = walsall.fill(ROSE, {ROSES: {"rag": "A"}}, name="newer.xlsx")
    taken = walsall.take(path, newer)
    assert [(one["lead"], one["status"]) for one in taken["files"]] == [
        *((SUE, "waiting"), (ROSE, "superseded"), (ROSE, "waiting")),
    ]
    assert credited(taken) == {(JOINT, "G", (SUE,)), (ROSES, "A", (ROSE,))}


def test_a_faulty_cell_is_told_of_its_lead_with_sheet_and_cell(walsall: Office) -> None:
    walsall.export()
    path = together(walsall, {}, {ROSES: {"rag": "Purple"}}, host=SUE)
    taken = walsall.take(path, status=1)
    (bad,) = [one for one in taken["findings"] if one["code"] == "rag-unknown"]
    assert (bad["lead"], bad["ref"], bad["sheet"][:6]) == (ROSE, ROSES, "Update")
    assert openpyxl.load_workbook(path)[bad["sheet"]][bad["cell"]].value == "Purple"
    assert [one["lead"] for one in taken["queries"]] == [ROSE]


def test_two_sheets_of_one_lead_are_one_return(walsall: Office) -> None:
    walsall.export()
    first = walsall.fill(SUE, {JOINT: {"rag": "G"}}, name="first.xlsx")
    again = walsall.fill(SUE, {JOINT: {"rag": "A"}}, name="again.xlsx")
    taken = walsall.take(collated(walsall.folder, first, again, host=first), status=1)
    ((file),) = taken["files"]
    assert (file["lead"], file["rows"]["read"]) == (SUE, 2 * len(walsall.refs(SUE)))
    assert "row-repeated-differs" in codes(taken)
    assert "file-of-several" not in codes(taken)


def test_a_row_pasted_into_a_colleague_s_sheet_is_hers_in_such_a_file_too(walsall: Office) -> None:
    walsall.export()
    roses = walsall.fill(ROSE, {})
    theirs = {row.ref: row for row in rows_of(walsall.sent[SUE])}[JOINT]
    type_into(roses, {JOINT: {"rag": "A", "token": theirs.token, "token2": theirs.token}})
    taken = walsall.take(collated(walsall.folder, walsall.fill(SUE, {}), roses))
    assert credited(taken) == {(JOINT, "A", (ROSE,))}
    assert [one["lead"] for one in taken["findings"] if one["code"] == "row-pasted"] == [ROSE]


def test_rows_without_headings_on_a_sheet_do_not_make_a_return(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(SUE, {})
    roses = walsall.fill(ROSE, {JOINT: {"rag": "A"}})
    row = {one.ref: one.row for one in rows_of(roses)}[JOINT]
    book = openpyxl.load_workbook(back)
    copy_sheet(openpyxl.load_workbook(roses)["Update"], book, "From Rose", rows=[row])
    book.save(back)
    taken = walsall.take(back)
    assert [one["lead"] for one in taken["files"]] == [SUE]
    assert "row-pasted" in codes(taken)


def test_a_proposal_is_of_the_lead_on_whose_sheet_it_stands(walsall: Office) -> None:
    walsall.export()
    sues, roses = walsall.fill(SUE, {JOINT: {"rag": "G"}}), walsall.fill(ROSE, {})
    add_rows(roses, {"action": "Hire a van."})
    taken = walsall.take(collated(walsall.folder, sues, roses, host=sues), status=1)
    (proposed,) = taken["proposed"]
    assert (proposed["lead"], proposed["values"]["action"]) == (ROSE, "Hire a van.")
    assert {one["lead"]: one["rows"]["proposed"] for one in taken["files"]} == {SUE: 0, ROSE: 1}


def test_what_stands_on_a_sheet_of_nobody_is_told_and_taken_for_nobody(walsall: Office) -> None:
    walsall.export()
    path = together(walsall, {}, {JOINT: {"rag": "A"}}, host=SUE)
    more = walsall.fill(ROSE, {ROSES: {"progress": "Two posts are filled."}}, name="more.xlsx")
    add_rows(more, {"action": "Hire a van."})
    book = openpyxl.load_workbook(path)
    page = copy_sheet(openpyxl.load_workbook(more)["Update"], book, "More")
    hidden = {row.cells[name].name for row in rows_of(more) for name in ("token", "token2")}
    for cell in (cell for cells in page.iter_rows() for cell in cells):
        if cell.coordinate in hidden or "XLP-" in str(cell.value):
            cell.value = None
    book.create_sheet("Scratch")["B2"].value = "Ask Kate"
    guide = next(page for page in book if page.title not in {"More", "Scratch"} and is_guide(page))
    guide.cell(guide.max_row + 2, 2).value = "I was away."
    book.save(path)
    taken = walsall.take(path, status=1)
    assert credited(taken) == {(JOINT, "A", (ROSE,))}
    assert taken["proposed"] == []
    (told,) = [one for one in taken["findings"] if one["code"] == "sheet-of-nobody"]
    assert (told["lead"], told["sheet"]) == (None, "More")
    assert all(text in told["message"] for text in (ROSES, "Two posts are filled.", "Hire a van."))
    (scratch,) = [one for one in taken["findings"] if one["code"] == "sheet-unread"]
    assert (scratch["lead"], scratch["sheet"]) == (None, "Scratch")
    (typed,) = [one for one in taken["findings"] if one["sheet"] == guide.title]
    assert (typed["lead"], typed["value"]) == (None, "I was away.")


def test_a_part_that_cannot_be_read_keeps_back_no_other_lead_s(
    walsall: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    walsall.export()
    path = together(walsall, {JOINT: {"rag": "G"}}, {ROSES: {"rag": "G"}})
    read = FileReader.read

    def stumbling(reader: FileReader) -> Account:
        if reader.matched.lead == ROSE:
            raise ValueError("no")
        return read(reader)

    with monkeypatch.context() as patched:
        patched.setattr(FileReader, "read", stumbling)
        assert of_leads(walsall.take(path)) == {SUE: "waiting", ROSE: "refused"}
    assert of_leads(walsall.take(path)) == {SUE: "duplicate", ROSE: "waiting"}
    assert walsall.run("unstage", path.name).document["noted"] == "2 taken out"


def test_a_sheet_of_decisions_among_them_is_not_passed_over(walsall: Office) -> None:
    walsall.export()
    path = together(walsall, {JOINT: {"rag": "G"}}, {})
    book = openpyxl.load_workbook(path)
    book.create_sheet("Decisions")["A1"].value = "xlplan:decision.id"
    book.save(path)
    assert codes(walsall.take(path, status=1)) == ["file-not-a-return"]
