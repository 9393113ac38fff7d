"""Tables say what people say: names of ratings, days as the office writes them, refs in place of
keys.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.reports.builders import a_mapping, material, value
from xlplan.plan.changes import Candidate, Change, Decision, Question, Source
from xlplan.plan.figures.figures import Figures
from xlplan.plan.grounds import NO_GROUNDS
from xlplan.plan.model import Item
from xlplan.reports.chapters.content import chapters
from xlplan.reports.figures import figures
from xlplan.reports.formats.files import write_change_report
from xlplan.reports.formats.html import html
from xlplan.reports.formats.markdown import markdown
from xlplan.workbook.pages.blocks import Table

ONE = "1.1 | s1 | Ann | 2013-01-31 | R"
LATER = "1.1 | s1 | Ann | 2013-03-02 | A"


def table(told: Figures, caption: str) -> Table:
    """A table of the report by its caption's beginning."""
    blocks = [
        block for chapter in chapters(told) for block in chapter.blocks if isinstance(block, Table)
    ]
    return next(block for block in blocks if block.caption.startswith(caption))


def texts(found: Table) -> list[list[str]]:
    return [[str(cell) for cell in row.cells] for row in found.rows]


def dated(written: str, **parts: Any) -> Figures:
    """A plan whose due column is of type date, in an office that writes days its own way."""
    mapping = a_mapping()
    fields = {key: spec.model_dump(exclude_unset=True) for key, spec in mapping.fields.items()}
    fields["due"] = {"headings": ["Timescale"], "type": "date"}
    return figures(
        material(
            ONE, LATER, mapping=a_mapping(fields=fields, office={"date_format": written}), **parts
        )
    )


@pytest.mark.parametrize(
    ("written", "was", "now"),
    [
        ("%d/%m/%Y", "31/01/2013", "02/03/2013"),
        ("%d %b %Y", "31 Jan 2013", "02 Mar 2013"),
        ("%m/%y", "31 Jan 2013", "02 Mar 2013"),
    ],
)
def test_days_stand_in_tables_as_the_office_writes_them(written: str, was: str, now: str) -> None:
    told = dated(written)
    assert texts(table(told, "Due dates"))[0][2:5] == [was, now, "30"]
    assert [was, now] in [row[2:4] for row in texts(table(told, "Every cell"))]
    assert texts(table(told, "Open and below"))[0][4] == now


def test_the_day_of_a_decision_is_written_so_too_and_sentences_stay_in_words() -> None:
    decision = Decision(
        "C1", NO_GROUNDS, "master", "Officer", "2013-02-03T10:00:00", value(""), "", ""
    )
    told = dated("%d/%m/%Y", decisions=[decision])
    assert texts(table(told, "Decided"))[0][-1] == "03/02/2013"
    assert "as of 4 February 2013" in markdown(told)


def test_a_due_text_that_is_no_date_of_ours_stays_as_typed() -> None:
    told = figures(material(ONE, LATER, mapping=a_mapping(office={"date_format": "%d/%m/%Y"})))
    assert texts(table(told, "Due dates"))[0][2:4] == ["2013-01-31", "2013-03-02"], (
        "a timescale is text"
    )


def test_a_change_of_rating_is_told_by_name_and_colour() -> None:
    told = figures(material(ONE, LATER))
    row = next(row for row in table(told, "Every cell").rows if str(row.cells[1]) == "RAG")
    assert [(str(cell), cell.colour) for cell in row.cells[2:4]] == [
        ("Red", "#F8B9B4"),
        ("Amber", "#FFE29A"),
    ]
    assert [(one.old, one.new) for one in told.edits if one.field == "rag"] == [("R", "A")], (
        "the document has codes"
    )


def merged_and_split() -> Figures:
    """1.1 and 1.2 went into 1.3, 2.1 into two new ones; one more was withdrawn, one is new."""
    before = "\n".join(f"{ref} | s1 | Ann | | A" for ref in ("1.1", "1.2", "1.3", "2.1", "2.2"))
    after = (
        "1.1 | s1 | Ann | | A | withdrawn\n1.2 | s1 | Ann | | A | withdrawn\n1.3 | s1 | Bob | | A\n"
        "2.1 | s1 | Ann | | A | withdrawn\n2.1a | s1 | Ann | | A\n2.1b | s1 | Ann | | A\n"
        "2.2 | s1 | Ann | | A | withdrawn\n3 | s1 | Ann | | A"
    )
    plans = material(before, after, changes=())
    for key in ("a1.1", "a1.2"):
        plans.after.items[key].values["went_into"] = value("a1.3")
    plans.after.items["a2.1"].values["went_into"] = value("a2.1a a2.1b")
    return figures(plans)


def test_merged_and_split_actions_have_a_table_of_their_own() -> None:
    told = merged_and_split()
    assert [row[0] for row in texts(table(told, "Merged"))] == [
        "1.1, 1.2 merged into 1.3",
        "2.1 split into 2.1a, 2.1b",
    ]
    assert [row[0] for row in texts(table(told, "New"))] == ["3"]
    assert [row[0] for row in texts(table(told, "Withdrawn"))] == ["2.2"]


def test_merged_and_split_stand_in_every_format(tmp_path: Path) -> None:
    told = merged_and_split()
    assert "2.1 split into 2.1a, 2.1b" in markdown(told)
    assert "<caption>Merged and split</caption>" in html(told)
    for suffix in (".docx", ".xlsx"):
        write_change_report(told, tmp_path / f"report{suffix}", created=datetime(2013, 2, 4))
    tables = docx.Document(str(tmp_path / "report.docx")).tables
    assert "1.1, 1.2 merged into 1.3" in {row.cells[0].text for one in tables for row in one.rows}
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["Completed and new"]
    assert "1.1, 1.2 merged into 1.3" in {cell.value for cell in sheet["A"]}


def test_a_plan_without_merged_actions_has_no_such_table() -> None:
    assert "Merged and split" not in markdown(figures(material()))


def test_links_between_actions_are_told_by_ref() -> None:
    plans = material(ONE, LATER, changes=[Change("a1.1", "went_into", value(""), value("a1.1 a9"))])
    plans.after.items["a9"] = Item("a9", "action", {"ref": value("9")})
    (edit,) = figures(plans).edits
    assert (edit.label, edit.new) == ("Went into", "1.1, 9")


def test_the_only_table_of_a_chapter_does_not_repeat_its_title() -> None:
    text = markdown(figures(material()))
    assert "## Every cell that changed\n\n| Ref |" in text
    assert "## Who has returned\n\n| Lead |" in text


def test_sections_stand_above_their_actions_in_word(tmp_path: Path) -> None:
    write_change_report(figures(material()), tmp_path / "report.docx", created=datetime(2013, 2, 4))
    moved = next(
        one
        for one in docx.Document(str(tmp_path / "report.docx")).tables
        if one.rows[0].cells[-1].text == "Step"
    )
    told = [row.cells[0].text for row in moved.rows]
    assert told == [
        "Ref",
        "Theme 1: Partnership",
        "1.1",
        "1.3",
        "Theme 2: Practice",
        "2.1",
        "2.2",
        "2.3",
        "2.4",
    ]


def test_answers_that_came_apart_say_where_they_stand_and_belong() -> None:
    said = (("rag", value("G")), ("progress", value("Done")))
    candidate = Candidate(value("G; Done"), Source("Ann"), said, stands="a1.1", to="a1.2")
    question = Question("a1.1", "*", "detached", value(""), value(""), (candidate,), id="C1")
    (asked,) = figures(material(questions=[question])).questions
    assert asked.said == (("Ann", "RAG: Green; Progress: Done (stands on 1.1, belongs to 1.2)"),)
    assert (asked.key, asked.ref, asked.label) == ("a1.1", "1.1", "Whole row")
