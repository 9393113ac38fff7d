"""Measures: whoever owns one reports its reading, and the reading comes back as a value with its
source.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.stories.office import ROOT, Office, an_office, codes
from tests.stories.returned.collating import collated
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.returned.reading import RawRow, read_returned

JACKIE = "Jackie Wood"
SEPTEMBER = "2019-09-02T09:00:00"
FIRST, SECOND = 6, 7
"""The rows of the two measures."""


@pytest.fixture
def measuring(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Office:
    """West Sussex with a column of owners on its sheet of measures."""
    office = an_office(tmp_path, capsys, monkeypatch, "west-sussex-2019", SEPTEMBER)
    return office.made_ready("measures", lambda: measure(office))


def measure(office: Office, headings: str = "", cells: dict[str, str] | None = None) -> None:
    """Start West Sussex with owners on its sheet of measures, and with more headings and cells;
    send a round.
    """
    text = (ROOT / "mappings" / "west-sussex-2019.toml").read_text(encoding="utf-8")
    theirs = f'[measures.headings]\nleads = ["Owner"]{headings}'
    mapping = text.replace("[measures.headings]", theirs, 1)
    (office.folder / "mine.toml").write_text(mapping, encoding="utf-8")
    book = openpyxl.load_workbook(ROOT / "workbooks" / "west-sussex-2019.xlsx")
    owners = {"H1": "Owner", "H2": JACKIE, "H3": JACKIE}
    for cell, said in {**owners, **(cells or {})}.items():
        book["KPIs"][cell].value = said
    book.save(office.folder / "own.xlsx")
    made = office.run("init", "own.xlsx", "--mapping", "mine.toml", "--accept-errors")
    assert made.document["measures"] == 74
    office.export("September Board")


def test_only_the_owner_gets_a_sheet_of_measures(measuring: Office) -> None:
    with_measures = {
        lead
        for lead, path in measuring.sent.items()
        if "Measures" in openpyxl.load_workbook(path).sheetnames
    }
    assert with_measures == {"Jackie Wood"}
    leads = {one["lead"]: one["actions"] for one in measuring.run("status").document["leads"]}
    assert leads["Jackie Wood"] == 9, "measures are no actions"


def test_a_reading_comes_back_as_a_value_with_its_source(measuring: Office) -> None:
    path = measuring.sent["Jackie Wood"]
    book = openpyxl.load_workbook(path)
    book["Measures"]["H6"].value = "12%"
    back = measuring.folder / "back.xlsx"
    book.save(back)
    taken = measuring.take(back)
    (change,) = taken["changes"]
    assert (change["key"], change["field"], change["old"], change["new"]) == (
        "m1",
        "reading",
        None,
        "12%",
    )
    assert change["sources"][0]["cell"] == "H6"
    assert measuring.merge().document["revision"] == 2
    measuring.export("October Board")
    again = openpyxl.load_workbook(measuring.sent["Jackie Wood"])["Measures"]
    assert (again["F6"].value, again["H6"].value) == ("12%", None), (
        "last round's reading stands beside the input"
    )


def test_an_untouched_sheet_of_measures_says_nothing(measuring: Office) -> None:
    taken = measuring.take(measuring.fill("Jackie Wood", {}))
    assert (taken["changes"], taken["questions"]) == ([], [])
    assert [one["status"] for one in taken["files"]] == ["unchanged"]


def test_a_reading_is_held_against_the_target_due_by_then(
    measuring: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(measuring.sent["Jackie Wood"])
    book["Measures"]["H6"].value = "12%"
    book["Measures"]["H7"].value = "80%"
    book.save(tmp_path / "back.xlsx")
    measuring.take(tmp_path / "back.xlsx")
    assert measuring.merge().status == 0
    before, after = (
        _measures_page(measuring, day, monkeypatch) for day in ("2020-01-02", "2020-04-01")
    )
    assert before["1"][-4:] == ("5% (by 31 Dec 2019)", None, "12%", 0.07)
    assert after["1"][-4:-3] == (
        "a further 5%, then review new cases entering the system (by 31 Mar 2020)",
    )
    assert after["1"][-1] is None, "nobody told from where"
    assert after["2"][-4:] == before["2"][-4:] == ("85%", None, "80%", -0.05)


def _measures_page(
    office: Office, day: str, monkeypatch: pytest.MonkeyPatch
) -> dict[str, tuple[object, ...]]:
    """The master's rows of measures by number, as it is written on a day."""
    monkeypatch.setenv("XLPLAN_NOW", f"{day}T09:00:00")
    path = office.folder / f"{day}.xlsx"
    assert office.run("master", "--out", path).status == 0
    sheet = openpyxl.load_workbook(path)["Measures"]
    head = next(row for row in sheet.iter_rows(values_only=True) if "No" in row)
    place = head.index("No")
    return {
        str(row[place]): row[: len(head)] for row in sheet.iter_rows(values_only=True) if row[place]
    }


def measures_in(path: Path) -> list[RawRow]:
    return [row for row in read_returned(open_spreadsheet(path)).rows if row.sheet == "Measures"]


def returned(
    office: Office, cells: dict[str, str | None], name: str = "back.xlsx", *, of: Path | None = None
) -> Path:
    """Jackie Wood's workbook with cells of the sheet of measures typed into."""
    book = openpyxl.load_workbook(of or office.sent[JACKIE])
    for cell, text in cells.items():
        book["Measures"][cell].value = text
    book.save(office.folder / name)
    return office.folder / name


def test_a_query_workbook_has_the_sheet_of_measures_with_what_was_typed(measuring: Office) -> None:
    taken = measuring.take(returned(measuring, {"H6": "#N/A", "H7": "80%"}), status=1)
    assert "cell-error" in codes(taken)
    path = measuring.folder / taken["queries"][0]["path"]
    first, second = measures_in(path)
    assert (first.cells["reading"].as_text, second.cells["reading"].as_text) == ("#N/A", "80%")
    assert "shows the error #N/A" in first.cells["problem"].as_text
    assert second.cells["problem"].blank
    actions = [row for row in read_returned(open_spreadsheet(path)).rows if row.sheet == "Update"]
    assert all(row.ref for row in actions), "measures stand among the actions no more"
    again = measuring.take(returned(measuring, {"H6": "12%"}, "mended.xlsx", of=path), status=0)
    assert {(one["key"], one["field"], one["new"]) for one in again["changes"]} == {
        ("m1", "reading", "12%"),
        ("m2", "reading", "80%"),
    }


def test_readings_sorted_without_the_codes_of_their_rows_are_refused(measuring: Office) -> None:
    """All visible columns of the two rows change places; the code in the first, hidden one
    stays.
    """
    path = returned(measuring, {"H6": "12%", "H7": "80%"})
    book = openpyxl.load_workbook(path)
    page = book["Measures"]
    for column in "BCDEFGH":
        first, second = page[f"{column}{FIRST}"], page[f"{column}{SECOND}"]
        first.value, second.value = second.value, first.value
    book.save(path)
    taken = measuring.take(path, status=1)
    assert (taken["changes"], taken["questions"]) == ([], [])
    assert codes(taken).count("row-measure-differs") == 2
    refused = {
        (one["key"], one["value"]) for one in taken["findings"] if one["code"] == "answer-refused"
    }
    assert refused == {("m1", "12%"), ("m2", "80%")}, "each beside the measure that its row reads"
    first, second = measures_in(measuring.folder / taken["queries"][0]["path"])
    assert "'12%' was typed in a row that was refused" in first.cells["problem"].as_text
    assert (first.cells["reading"].blank, second.cells["reading"].blank) == (True, True)


def test_readings_sorted_with_their_own_codes_are_one_question(measuring: Office) -> None:
    path = returned(measuring, {"H6": "12%", "H7": "80%"})
    book = openpyxl.load_workbook(path)
    page = book["Measures"]
    for column in "GH":
        first, second = page[f"{column}{FIRST}"], page[f"{column}{SECOND}"]
        first.value, second.value = second.value, first.value
    book.save(path)
    taken = measuring.take(path, status=1)
    assert taken["changes"] == []
    (question,) = taken["questions"]
    assert question["reason"] == "detached"
    assert {(one["to_key"], one["values"]["reading"]) for one in question["candidates"]} == {
        ("m1", "12%"),
        ("m2", "80%"),
    }
    measuring.run("decide", question["id"], "--accept")
    changes = {(one["key"], one["new"]) for one in measuring.merge().document["changes"]}
    assert changes == {("m1", "12%"), ("m2", "80%")}


@pytest.mark.parametrize(
    "cells", [{"B6": "2", "B7": "1"}, {"C6": None}], ids=["numbers exchanged", "words of another"]
)
def test_a_row_that_reads_as_another_measure_is_not_taken(
    measuring: Office, cells: dict[str, str | None]
) -> None:
    if cells == {"C6": None}:
        cells = {"C6": measures_in(measuring.sent[JACKIE])[1].cells["measure"].as_text}
    taken = measuring.take(returned(measuring, {"H6": "12%", **cells}), status=1)
    assert taken["changes"] == []
    assert "row-measure-differs" in codes(taken)
    assert [one["value"] for one in taken["findings"] if one["code"] == "answer-refused"] == ["12%"]


def test_a_locked_cell_of_a_measure_that_was_typed_over_is_told(measuring: Office) -> None:
    taken = measuring.take(
        returned(measuring, {"C6": "Something easier", "E6": "0.95", "H6": "12%"}), status=1
    )
    told = {
        (one["cell"], one["field"], one["value"])
        for one in taken["findings"]
        if one["code"] == "locked-changed"
    }
    assert told == {("C6", "measure", "Something easier"), ("E6", "target", "0.95")}
    assert [(one["key"], one["new"]) for one in taken["changes"]] == [("m1", "12%")]
    assert all(
        one["ref"].startswith("1 ") for one in taken["findings"] if one["code"] == "locked-changed"
    )


def test_a_measure_that_lost_its_codes_counts_as_refused_and_its_reading_can_be_entered(
    measuring: Office,
) -> None:
    taken = measuring.take(returned(measuring, {"A6": None, "G6": None, "H6": "12%"}), status=1)
    assert taken["files"][0]["rows"]["refused"] == 1
    (lost,) = [one for one in taken["findings"] if one["code"] == "row-token-missing"]
    assert lost["message"].startswith("The row 1 ")
    (told,) = [one for one in taken["findings"] if one["code"] == "answer-refused"]
    assert (told["key"], told["value"], told["cell"]) == ("m1", "12%", "H6")
    assert measuring.run("set", told["ref"], "reading", "12%", "--for", JACKIE).status == 0
    (change,) = measuring.merge().document["changes"]
    assert (change["key"], change["new"], change["sources"][0]["lead"]) == ("m1", "12%", JACKIE)


def test_a_measure_that_somebody_added_is_told_with_all_that_it_says(measuring: Office) -> None:
    added: dict[str, str | None] = {
        "B8": "99",
        "C8": "New and ours",
        "D8": "days",
        "E8": "under 10",
        "H8": "77",
    }
    taken = measuring.take(returned(measuring, added), status=1)
    told = " ".join(str(one["value"]) for one in taken["findings"])
    assert all(str(text) in told for text in added.values()), told
    assert taken["changes"] == []


def test_the_copy_of_a_code_beside_the_reading_names_a_row_that_lost_its_own(
    measuring: Office,
) -> None:
    taken = measuring.take(returned(measuring, {"A6": None, "H6": "12%"}), status=0)
    assert [(one["key"], one["new"]) for one in taken["changes"]] == [("m1", "12%")]


def test_a_sheet_of_measures_is_known_by_its_headings(measuring: Office) -> None:
    path = returned(measuring, {"H6": "12%"})
    book = openpyxl.load_workbook(path)
    book["Measures"].delete_rows(4)
    book.save(path)
    taken = measuring.take(path, status=0)
    assert [(one["key"], one["new"], one["sources"][0]["cell"]) for one in taken["changes"]] == [
        ("m1", "12%", "H5")
    ]


def test_a_bare_copy_of_the_measures_is_matched_by_number_and_words(measuring: Office) -> None:
    shown = [row.cells for row in measures_in(measuring.sent[JACKIE])]
    bare = openpyxl.Workbook()
    bare.active.append(["No", "Measure", "Reading now"])
    bare.active.append([shown[0]["no"].as_text, shown[0]["measure"].as_text, "12%"])
    bare.active.append([shown[1]["no"].as_text, shown[0]["measure"].as_text, "80%"])
    bare.save(measuring.folder / "bare.xlsx")
    taken = measuring.run(
        "import", "bare.xlsx", "--lead", JACKIE, "--round", "September Board"
    ).document
    assert [(one["key"], one["new"]) for one in taken["changes"]] == [("m1", "12%")]
    assert [one["value"] for one in taken["findings"] if one["code"] == "answer-refused"] == ["80%"]


def test_an_action_of_the_sheet_of_measures_takes_no_reading(measuring: Office) -> None:
    """The code of an action pasted over that of a measure, and the other way round."""
    path = returned(measuring, {"H6": "12%"})
    book = openpyxl.load_workbook(path)
    first = next(row for row in read_returned(open_spreadsheet(path)).rows if row.sheet == "Update")
    book["Measures"]["A6"].value = first.token
    book.save(path)
    taken = measuring.take(path, status=1)
    assert taken["changes"] == []
    assert "row-measure-differs" in codes(taken)


def test_a_question_about_a_reading_names_its_measure_and_can_be_answered(
    measuring: Office,
) -> None:
    path = returned(measuring, {"H6": "12%"})
    book = openpyxl.load_workbook(path)
    page = book["Measures"]
    for column in "ABCDEFG":
        page[f"{column}9"].value = page[f"{column}6"].value
    page["H9"].value = "13%"
    book.save(path)
    measuring.take(path, status=1)
    waiting = measuring.run("decisions", "--out", "d.xlsx").document
    (question,) = waiting["questions"]
    words = measures_in(path)[0].cells["measure"].as_text
    assert question["ref"].startswith(f"1 {words[:20]}")
    (line,) = [
        row
        for row in openpyxl.load_workbook("d.xlsx")["Decisions"].iter_rows(values_only=True)
        if "C1" in row
    ]
    assert {"1", words, "Reading"} <= set(line)
    decided = measuring.run("decide", "c1", "--take", "=14%")
    assert decided.status == 0, decided.complaint
    assert [one["new"] for one in measuring.merge().document["changes"]] == ["14%"]


def test_measures_in_a_file_of_several_leads_are_their_own_lead_s(measuring: Office) -> None:
    other = next(lead for lead in measuring.sent if lead != JACKIE)
    theirs = measuring.fill(other, {})
    for host in (theirs, None):
        path = collated(measuring.folder, theirs, returned(measuring, {"H6": "12%"}), host=host)
        taken = measuring.run("import", path, "--check").document
        assert {one["lead"]: one["changes"] for one in taken["files"]} == {other: 0, JACKIE: 1}
        (change,) = taken["changes"]
        assert (change["key"], change["sources"][0]["lead"]) == ("m1", JACKIE)
        assert "row-missing" not in codes(taken)
