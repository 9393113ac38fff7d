"""The decisions workbook: every open question with what was said, and the officer's answers out of
it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.builders import a_mapping, values
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.editing import edited
from xlplan.plan.changes import Candidate, Matter, Option, Proposal, Question, Source
from xlplan.plan.model import Item, Plan
from xlplan.plan.values import BLANK, Value
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.decisions.lines import TELLING, line_of, tells_same
from xlplan.workbook.decisions.reading import ReadAnswer, read_decisions
from xlplan.workbook.decisions.writing import write_decisions


def value(text: str) -> Value:
    return Value(text, text.casefold())


ROSE = Source("Rose Collinson", "Rose.xlsx", "Update", "O8", "2026-01-12T10:14:00")
POST = Source("AD, Children's Social Care", "AD.xlsx", "Update", "O9")
PLAN = Plan(
    {
        f"a-{ref}": Item(f"a-{ref}", "action", values(ref=ref, action=f"Do {ref}"))
        for ref in ("1.1", "1.2", "1.3", "1.4")
    }
)
RATINGS = Question(
    "a-1.1",
    "rag",
    "leads-disagree",
    value("A"),
    value("A"),
    (Candidate(value("G"), ROSE), Candidate(value("R"), POST)),
    id="C1",
)
TEXTS = Question(
    "a-1.2",
    "progress",
    "both-moved",
    value("Old"),
    value("=1+1"),
    (Candidate(value("New"), ROSE),),
    id="C2",
)
CLEARED = Question(
    "a-1.3",
    "evidence",
    "cleared",
    value("Minutes"),
    value("Minutes"),
    (Candidate(BLANK, ROSE),),
    id="C3",
)
ROW = Question(
    "a-1.4",
    "*",
    "withdrawn",
    BLANK,
    BLANK,
    (Candidate(value("kept"), ROSE),),
    "It ended in May.",
    id="C4",
)
NEW = Proposal(
    "Rose Collinson",
    values(action="Write to schools", due="Mar 2026"),
    ROSE,
    like=("1.2",),
    id="P1",
)


def a_matter(about: Question | Proposal, *labels: str, places: tuple[str, ...] = ()) -> Matter:
    """A question with its answers by their labels; what ends in `(not listed)` is understood and
    not offered.
    """
    options = tuple(
        Option("master", label, "", listed=not label.endswith("(not listed)")) for label in labels
    )
    said = about.candidates if isinstance(about, Question) else ()
    called = tuple(candidate.source.lead for candidate in said)
    outcome = "Say where it goes." if places else ""
    return Matter(about.id, about, options, called, outcome, places)


MATTERS = (
    a_matter(
        RATINGS,
        "Keep master",
        "Take Rose Collinson",
        "Take AD, Children's Social Care",
        "Another value",
        "Decline (not listed)",
    ),
    a_matter(TEXTS, "Keep master", "Keep both"),
    a_matter(CLEARED, "Accept", "Decline"),
    a_matter(ROW, "Accept", "Decline"),
    a_matter(NEW, "Accept", "Same as", places=("1 Schools, early years", "2 Care")),
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "decisions.xlsx"
    write_decisions(path, MATTERS, plan=PLAN, mapping=a_mapping(), created=datetime(2026, 1, 24, 9))
    return path


def columns(sheet: Any) -> dict[str, int]:
    row = next(row for row in sheet.iter_rows() if row[0].value == "xlplan:decision.fingerprint")
    return {cell.value.removeprefix("xlplan:decision."): cell.column for cell in row}


def decide(book: Any, identity: str, **typed: str) -> None:
    sheet = book["Decisions"]
    where = columns(sheet)
    row = next(
        row for row in range(1, sheet.max_row + 1) if sheet.cell(row, where["id"]).value == identity
    )
    for name, text in typed.items():
        sheet.cell(row, where[name]).value = text


def read(path: Path) -> list[ReadAnswer] | None:
    found = read_decisions(open_spreadsheet(path))
    return None if found is None else found.answers


def lines(path: Path) -> dict[str, dict[str, Any]]:
    sheet = load_workbook(path)["Decisions"]
    where = columns(sheet)
    rows = [
        {name: sheet.cell(row, place).value for name, place in where.items()}
        for row in range(6, 11)
    ]
    return {str(row["id"]): row for row in rows}


def offers(path: Path, column: str = "choice") -> dict[str, list[str]]:
    """What each line's own dropdown offers in a column."""
    book = load_workbook(path)
    sheet = book["Decisions"]
    where = columns(sheet)
    found = {}
    for rule in sheet.data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        if rule.type == "list" and area.min_col == where[column]:
            assert (area.min_row, area.min_col) == (area.max_row, area.max_col)
            cells = book["xlplan"][rule.formula1.split("!")[1].replace("$", "")]
            found[str(sheet.cell(area.min_row, where["id"]).value)] = [
                cell.value for (cell,) in cells
            ]
    return found


def test_a_line_says_everything_that_an_officer_needs(written: Path) -> None:
    line = lines(written)["C1"]
    assert (line["ref"], line["action"], line["field"]) == ("1.1", "Do 1.1", "Rating")
    assert (line["base"], line["master"], line["reason"]) == (
        "A",
        "A",
        "Leads gave different answers.",
    )
    assert line["said"].split("\n") == [
        "Rose Collinson: G (Rose.xlsx, Update!O8, 2026-01-12 10:14)",
        "AD, Children's Social Care: R (AD.xlsx, Update!O9)",
    ]
    assert lines(written)["C3"]["said"].startswith("Rose Collinson: (empty)")
    assert "It ended in May." in lines(written)["C4"]["reason"]
    assert "1.2" in lines(written)["P1"]["reason"]


def test_each_line_offers_its_own_answers(written: Path) -> None:
    assert offers(written) == {
        matter.id: [option.label for option in matter.options if option.listed]
        for matter in MATTERS
    }
    assert "Decline (not listed)" not in offers(written)["C1"]


def test_a_new_action_offers_where_it_may_go_and_takes_a_ref_too(written: Path) -> None:
    assert offers(written, "value") == {"P1": ["1 Schools, early years", "2 Care"]}
    rules = load_workbook(written)["Decisions"].data_validations.dataValidation
    (rule,) = [one for one in rules if str(one.sqref) == "K10"]
    assert not rule.showErrorMessage
    assert "Say where it goes." in lines(written)["P1"]["reason"]
    prompted = [str(one.sqref) for one in rules if one.type is None or one.type == "none"]
    assert sorted(prompted) == ["K6:K9", "L6:L10"]


def test_values_of_leads_stay_text(written: Path) -> None:
    sheet = load_workbook(written)["Decisions"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_an_untouched_workbook_decides_nothing(written: Path) -> None:
    assert read(written) == []


def typed_by_the_officer(book: Any) -> None:
    decide(book, "C1", choice="take  AD, Children's Social Care ")
    decide(book, "C2", value="Both did it", why="agreed by telephone")
    decide(book, "C3", choice="KEEP MASTER")
    decide(book, "C4", choice="Perhaps")
    decide(book, "P1", choice="Same as", value="1.2")


def test_answers_come_back_bound_to_their_questions(written: Path) -> None:
    answers = read(edited(written, typed_by_the_officer))
    assert answers is not None
    assert [(one.id, one.said, one.value, one.reason) for one in answers] == [
        ("C1", "take  AD, Children's Social Care", "", ""),
        ("C2", "", "Both did it", "agreed by telephone"),
        ("C3", "KEEP MASTER", "", ""),
        ("C4", "Perhaps", "", ""),
        ("P1", "Same as", "1.2", ""),
    ]
    assert [one.fingerprint for one in answers] == [
        one.grounds.text for one in (RATINGS, TEXTS, CLEARED, ROW, NEW)
    ]
    assert (answers[0].sheet, answers[0].cell) == ("Decisions", "J6")


@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_answers_survive_libreoffice(tmp_path: Path, written: Path, kind: str) -> None:
    typed = edited(written, typed_by_the_officer, name="typed.xlsx")
    before, after = read(typed), read(saved_by_libreoffice(typed, kind))
    assert before is not None
    assert after is not None
    assert [(one.id, one.fingerprint, one.said, one.value) for one in after] == [
        (one.id, one.fingerprint, one.said, one.value) for one in before
    ]
    assert all(
        tells_same(line_of(matter, PLAN, a_mapping()), one.shown)
        for matter, one in zip(MATTERS, after, strict=True)
    )


@pytest.mark.parametrize("name", ["id", "ref", "field", "base", "master", "said"])
def test_a_line_shows_the_same_where_all_that_tells_it_is_there_and_the_same(
    written: Path, name: str
) -> None:
    (answer,) = read(edited(written, lambda book: decide(book, "C1", choice="Keep master"))) or []
    line = line_of(MATTERS[0], PLAN, a_mapping())
    assert tells_same(line, answer.shown)
    assert not tells_same(line, {**answer.shown, name: "other"})
    assert not tells_same(line, {one: text for one, text in answer.shown.items() if one != name})


@pytest.mark.parametrize(
    ("shown", "same"),
    [("Late – see\n note", True), ("Late see note", False), ("", False), ("−", False)],
)
def test_signs_tell_too_and_line_breaks_do_not(shown: str, same: bool) -> None:
    question = replace(TEXTS, base=value("Late – see note"))
    line = line_of(a_matter(question), PLAN, a_mapping())
    told = {name: str(getattr(line, name)) for name in TELLING}
    assert tells_same(line, {**told, "base": shown}) is same


def test_a_ref_that_became_a_number_in_a_csv_is_the_same() -> None:
    plan = Plan({"a-1.1": Item("a-1.1", "action", values(ref="2.10", action="Do it"))})
    line = line_of(MATTERS[0], plan, a_mapping())
    told = {name: str(getattr(line, name)) for name in TELLING}
    assert tells_same(line, {**told, "ref": "2.1"})
    assert not tells_same(line, {**told, "ref": "-2.1"})


def test_a_workbook_says_which_plan_it_is_of(written: Path) -> None:
    found = read_decisions(open_spreadsheet(written))
    assert found is not None
    assert found.plan == a_mapping().plan.id


def test_the_key_row_may_be_lost(written: Path) -> None:
    def lose(book: Any) -> None:
        typed_by_the_officer(book)
        book["Decisions"].delete_rows(4)

    answers = read(edited(written, lose))
    assert [one.id for one in answers or []] == ["C1", "C2", "C3", "C4", "P1"]


def test_another_workbook_is_none(tmp_path: Path, written: Path) -> None:
    def strip(book: Any) -> None:
        del book["Decisions"]
        book["xlplan"].sheet_state = "visible"

    assert read(edited(written, strip)) is None


def test_a_workbook_without_questions_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "none.xlsx"
    write_decisions(path, [], plan=PLAN, mapping=a_mapping(), created=datetime(2026, 1, 24, 9))
    assert read(path) == []


def asides(path: Path) -> list[tuple[str, str, str, str, str]]:
    found = read_decisions(open_spreadsheet(path))
    assert found is not None
    return [(one.kind, one.sheet, one.cell, one.name, one.text) for one in found.asides]


def written_elsewhere(book: Any) -> None:
    """Over what the workbook says, beside and below the lines, as a comment, on a sheet of the
    officer's own.
    """
    sheet = book["Decisions"]
    sheet["H6"] = "R, says the audit"
    sheet["D7"].comment = Comment("ask Rose first", "officer")
    sheet["N7"] = "see my e-mail"
    sheet["F20"] = "C3 can wait"
    sheet["B1"] = f"{sheet['B1'].value} (my copy)"
    book.create_sheet("Scratch")["B2"] = "5 done"


def test_what_stands_where_no_answer_does_is_read_too(written: Path) -> None:
    path = edited(written, written_elsewhere)
    assert sorted(asides(path)) == [
        ("comment", "Decisions", "D7", "", "ask Rose first"),
        ("locked", "Decisions", "H6", "Master now", "R, says the audit"),
        ("sheet", "Scratch", "", "", "5 done"),
        ("text", "Decisions", "B1", "", "Meadow Improvement Plan: decisions (my copy)"),
        ("text", "Decisions", "F20", "", "C3 can wait"),
        ("text", "Decisions", "N7", "", "see my e-mail"),
    ]
    assert read(path) == []


def test_an_answer_on_a_line_that_lost_its_number_stands_aside(written: Path) -> None:
    path = edited(written, lambda book: decide(book, "C1", id="", choice="Keep master"))
    assert [(kind, cell, text) for kind, _, cell, _, text in asides(path)] == [
        ("text", "J6", "Keep master")
    ]
    assert read(path) == []


def without_headings(book: Any) -> None:
    typed_by_the_officer(book)
    book["Decisions"].delete_rows(5)


def test_the_first_line_is_read_where_the_headings_are_lost(written: Path) -> None:
    path = edited(written, without_headings)
    assert [one.id for one in read(path) or []] == ["C1", "C2", "C3", "C4", "P1"]
    assert asides(path) == []


@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "csv"])
def test_saving_and_answering_changes_nothing_else(
    tmp_path: Path, written: Path, kind: str
) -> None:
    typed = edited(written, typed_by_the_officer, name="typed.xlsx")
    assert asides(typed) == []
    assert asides(saved_by_libreoffice(typed, kind)) == []


def test_sorted_lines_change_nothing_else(written: Path) -> None:
    def upside_down(book: Any) -> None:
        sheet = book["Decisions"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=10)]
        for number, row in enumerate(reversed(rows), start=6):
            for place, text in enumerate(row, start=1):
                sheet.cell(number, place).value = text

    assert asides(edited(written, upside_down)) == []


def test_an_answer_that_shows_an_error_is_known(written: Path) -> None:
    def faulty(book: Any) -> None:
        decide(book, "C2", choice="Another value", value="#REF!")

    (answer,) = read(edited(written, faulty)) or []
    assert answer.fault is not None
    assert (answer.fault.name, answer.fault.value) == ("K7", "#REF!")


def test_a_workbook_from_before_there_were_seals_says_nothing_else(written: Path) -> None:
    def bare(book: Any) -> None:
        typed_by_the_officer(book)
        for (cell,) in [
            *book["Decisions"].iter_rows(max_col=1, max_row=2),
            *book["Decisions"].iter_rows(6, max_col=1),
        ]:
            cell.value = str(cell.value or "").partition(".")[0] or None

    path = edited(written, bare)
    assert [one.fingerprint for one in read(path) or []] == [
        one.grounds.text for one in (RATINGS, TEXTS, CLEARED, ROW, NEW)
    ]
    assert asides(path) == []
