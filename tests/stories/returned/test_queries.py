"""Query workbooks: what a lead typed comes back to them, faults marked; corrected, it is their
newer return.

Four findings stand in query workbooks alone: `answer-other`, `answer-earlier`, `answers-moved`,
`answers-uncoded`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from tests.stories.office import Office, codes, rows_of, type_into
from tests.stories.returned.test_import_identity import sorted_apart
from tests.stories.returns.draft import stamp

GRAHAM, SUE = "Graham Reiter", "Sue Butcher"


def asked(office: Office) -> tuple[dict[str, Any], Path]:
    office.export()
    back = office.fill(
        GRAHAM, {"2.6": {"rag": "Purple", "progress": "Went to the team."}, "3.11": {"rag": "A"}}
    )
    taken = office.take(back, status=1)
    (query,) = taken["queries"]
    return query, office.folder / query["path"]


def test_it_holds_what_the_lead_typed_with_the_fault_beside_it(walsall: Office) -> None:
    query, path = asked(walsall)
    assert (query["lead"], query["about"]) == (GRAHAM, f"back from {GRAHAM}.xlsx")
    assert query["path"].startswith("workbooks/queries/January Board/")
    row = {one.ref: one for one in rows_of(path)}["2.6"]
    assert row.cells["rag"].value == "Purple"
    assert row.cells["progress"].value == "Went to the team."
    assert "'Purple' is not a rating" in row.cells["problem"].as_text


def test_corrected_it_is_the_leads_newer_return(walsall: Office) -> None:
    _, path = asked(walsall)
    type_into(path, {"2.6": {"rag": "A"}, "3.11": {"progress": "A LADO is found."}})
    taken = walsall.take(path)
    assert codes(taken) == ["file-superseded"]
    merged = walsall.merge()
    changes = {(one["ref"], one["field"], one["new"]) for one in merged.document["changes"]}
    assert changes == {
        ("2.6", "rag", "A"),
        ("2.6", "progress", "Went to the team."),
        ("3.11", "rag", "A"),
        ("3.11", "progress", "A LADO is found."),
    }
    assert merged.document["open_questions"] == 0


def test_a_clean_return_asks_nothing(walsall: Office) -> None:
    walsall.export()
    taken = walsall.take(
        walsall.fill(GRAHAM, {"3.11": {"rag": "A", "progress": "LADO starts in February."}})
    )
    assert taken["queries"] == []
    assert not (walsall.folder / "workbooks" / "queries").exists()


def test_a_doubt_about_what_was_taken_stands_beside_its_cell(walsall: Office) -> None:
    """A rating that cannot be read asks for the query workbook; doubts about other cells go with
    it.
    """
    walsall.export()
    answers = {
        "2.6": {"rag": "Purple"},
        "3.11": {"due": "31 June 2013", "due_reason": "Illness"},
        "3.1": {"rag": "R"},
    }
    taken = walsall.take(walsall.fill(GRAHAM, answers), status=1)
    assert {"date-impossible", "required"} <= set(codes(taken))
    rows = query_rows(walsall, taken)
    assert rows["3.11"]["due"] == "31 June 2013"
    assert "names a day that does not exist. Did they mean 30 June 2013?" in rows["3.11"]["problem"]
    assert "needed when" in rows["3.1"]["problem"]
    page = openpyxl.load_workbook(walsall.folder / taken["queries"][0]["path"])["Update"]
    noted = {
        cell.row: cell.comment.text for line in page.iter_rows() for cell in line if cell.comment
    }
    assert any("31 June 2013" in text for text in noted.values())
    assert any("needed when" in text for text in noted.values())


def query_rows(office: Office, document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The rows of the one query workbook, as texts by column."""
    (query,) = document["queries"]
    rows = rows_of(office.folder / query["path"])
    return {row.ref: {name: cell.as_text for name, cell in row.cells.items()} for row in rows}


def type_more(path: Path, answers: dict[str, dict[str, str]]) -> Path:
    type_into(path, answers)
    return path


def test_answers_sorted_apart_come_back_in_their_rows_with_the_fault_among_them(
    walsall: Office,
) -> None:
    walsall.export()
    back = sorted_apart(walsall, "2.13", "2.12")
    taken = walsall.take(type_more(back, {"2.12": {"rag": "Purple"}}), status=1)
    rows = query_rows(walsall, taken)
    assert (rows["2.13"]["rag"], rows["2.13"]["progress"]) == ("Purple", "First.")
    assert "'Purple' is not a rating" in rows["2.13"]["problem"]
    assert "stood on the row of 2.12" in rows["2.13"]["problem"]
    assert (rows["2.12"]["progress"], "row of 2.13" in rows["2.12"]["problem"]) == ("Second.", True)
    query = walsall.folder / taken["queries"][0]["path"]
    again = walsall.take(type_more(query, {"2.13": {"rag": "R"}}), status=0)
    assert {(one["ref"], one["field"], one["new"]) for one in again["changes"]} == {
        ("2.13", "rag", "R"),
        ("2.13", "progress", "First."),
        ("2.12", "progress", "Second."),
    }
    assert walsall.run("decisions").document["questions"] == []


def test_a_lead_who_is_asked_about_a_sorted_file_reads_it_in_the_mended_order(
    walsall: Office,
) -> None:
    walsall.export()
    taken = walsall.take(sorted_apart(walsall, "2.13", "2.12"), status=1)
    asked = walsall.run("decide", taken["questions"][0]["id"], "--ask").document
    rows = query_rows(walsall, asked)
    assert (rows["2.13"]["rag"], rows["2.13"]["progress"], rows["2.12"]["progress"]) == (
        "R",
        "First.",
        "Second.",
    )
    assert rows["2.13"]["problem"].count("stood on the row of 2.12") == 1
    (question,) = walsall.run("decisions").document["questions"]
    assert question["note"].endswith("The leads were asked.")


def test_a_row_that_stood_twice_comes_back_with_both_answers(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(
        GRAHAM, {"2.6": {"progress": "Went to the team."}, "3.11": {"rag": "Purple"}}
    )
    book = openpyxl.load_workbook(back)
    page, row = book["Update"], next(one for one in rows_of(back) if one.ref == "2.6")
    page.insert_rows(row.row + 1)
    for cell in page[row.row]:
        page.cell(row.row + 1, int(cell.column or 0)).value = cell.value
    progress = page[row.cells["progress"].name]
    page.cell(row.row + 1, progress.column).value = "Went to the Board."
    book.save(back)
    rows = query_rows(walsall, walsall.take(back, status=1))
    assert rows["2.6"]["progress"] == "Went to the team."
    assert "You also answered 'Went to the Board.' here" in rows["2.6"]["problem"]


def test_a_locked_cell_that_was_typed_over_is_told_beside_its_row(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(GRAHAM, {"2.6": {"action": "Something easier.", "rag": "Purple"}})
    rows = query_rows(walsall, walsall.take(back, status=1))
    assert "to 'Something easier.'; leads do not edit it" in rows["2.6"]["problem"]
    assert rows["2.6"]["action"] != "Something easier."


def test_what_only_an_earlier_workbook_said_stands_in_the_query_and_is_told(
    walsall: Office,
) -> None:
    walsall.export()
    walsall.take(
        walsall.fill(
            GRAHAM, {"3.11": {"rag": "G", "progress": "LADO is found."}}, name="first.xlsx"
        )
    )
    taken = walsall.take(
        walsall.fill(GRAHAM, {"2.6": {"rag": "Purple"}}, name="second.xlsx"), status=1
    )
    rows = query_rows(walsall, taken)
    assert (rows["3.11"]["rag"], rows["3.11"]["progress"]) == ("G", "LADO is found.")
    assert (
        "You answered 'G' in first.xlsx; your later workbook left this as it was sent out."
        in rows["3.11"]["problem"]
    )
    assert {one["reason"] for one in taken["questions"]} == {"taken-back"}
    query = walsall.folder / taken["queries"][0]["path"]
    assert walsall.take(type_more(query, {"2.6": {"rag": "B"}}))["questions"] == []
    assert walsall.run("decisions").document["questions"] == []


def test_answers_whose_code_is_lost_come_back_where_they_stood(walsall: Office) -> None:
    walsall.export()
    back = walsall.fill(
        GRAHAM,
        {
            "2.6": {"progress": "Begun.", "token2": "t123456789012345678901234"},
            "3.11": {"rag": "?"},
        },
    )
    rows = query_rows(walsall, walsall.take(back, status=1))
    assert rows["2.6"]["progress"] == "Begun."
    assert "The hidden code beside these answers did not fit this row." in rows["2.6"]["problem"]


def test_a_fault_that_the_newer_file_says_nothing_about_is_asked_all_the_same(
    walsall: Office,
) -> None:
    walsall.export()
    folder = walsall.folder / "in"
    folder.mkdir()
    first = walsall.fill(
        GRAHAM, {"2.6": {"rag": "Purple"}, "3.1": {"rag": "Gren"}}, name="in/a.xlsx"
    )
    stamp(first, "2013-01-09T09:00:00Z")
    second = walsall.fill(GRAHAM, {"3.1": {"rag": "G"}}, name="in/b.xlsx")
    stamp(second, "2013-01-09T12:00:00Z")
    (query,) = walsall.take(folder, status=1)["queries"]
    rows = query_rows(walsall, {"queries": [query]})
    assert query["about"] == "in/a.xlsx"
    assert "'Purple' is not a rating" in rows["2.6"]["problem"]
    assert (rows["3.1"]["rag"], "Gren" in rows["3.1"]["problem"]) == ("G", False)


def test_a_word_by_telephone_does_not_silence_a_fault_in_the_file_that_follows(
    walsall: Office,
) -> None:
    walsall.export()
    assert walsall.run("received", GRAHAM, "--nil").status == 0
    back = walsall.fill(GRAHAM, {"2.6": {"rag": "Purple"}})
    stamp(back, "2013-01-09T09:00:00Z")
    assert len(walsall.take(back, status=1)["queries"]) == 1
