"""The headings of a table, both ways: one description says what is read and what is written."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workbook.office.office_books import a_mapping
from xlplan.spreadsheets.cells import RawCell, Sheet
from xlplan.workbook.office import grid as module
from xlplan.workbook.office.grid import Grid
from xlplan.workbook.office.header import find_headers
from xlplan.workbook.office.headings import (
    SeenHeading,
    TableHeadings,
    fold_heading,
    header_text,
    headings_in,
    listed_heading,
    shown_heading,
)


def headings(*some: Any) -> TableHeadings:
    return TableHeadings(SeenHeading(*one) for one in some)


def named(table: TableHeadings, heading: str, under: str = "") -> str | None:
    found = table.named(fold_heading(heading), fold_heading(under))
    return found.column_field if found else None


def test_a_heading_is_found_by_any_spelling_and_by_what_stands_over_it() -> None:
    table = headings(
        ("rag", "initial", ("RAG",), "Initial"),
        ("rag", "", ("RAG", "Rating now"), "Current"),
        ("due", "", ("By when",)),
    )
    assert named(table, "rag", "INITIAL:") == "rag:initial"
    assert named(table, "Rating  now", "Current") == "rag"
    assert named(table, "By\nwhen", "anything") == "due"
    assert named(table, "RAG") is None


def test_a_published_heading_comes_before_one_that_only_may_stand_there() -> None:
    table = headings(("notes", "", ("Notes",), "", True), ("remarks", "", ("Notes",)))
    assert named(table, "Notes") == "remarks"
    assert [one.field for one in table.published] == ["remarks"]


def test_what_heads_an_added_column_is_read_as_its_field() -> None:
    mapping = a_mapping()
    table = TableHeadings.of_table(mapping, mapping.tables[0], ours=True)
    for field in mapping.fields:
        alone, taken = (
            table.for_added(field, ()),
            table.for_added(field, [fold_heading(alone_of(table, field))]),
        )
        assert named(table, taken) == field
        assert taken != alone or alone.endswith(f"({field})")


def alone_of(table: TableHeadings, field: str) -> str:
    return next(one for one in table.of_column(field) if one.optional).spellings[-1]


def test_a_header_is_read_back_from_the_text_that_keeps_it() -> None:
    text = header_text([("Ref", ""), ("Now", "Rating"), ("", "")])
    assert headings_in(text, ["", "Rating", ""]) == ["Ref", "Now", ""]
    assert headings_in(text, ["", ""]) is None


def test_a_listed_heading_is_shown_as_it_is_listed() -> None:
    heading = listed_heading("R", ["Red > Current", "Red > Now"])
    assert (heading.under, heading.spellings) == ("Red", ("Current", "Now"))
    assert shown_heading(heading.spellings[0], heading.under) == "Red > Current"


def test_each_text_of_a_sheet_is_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folds: list[str] = []

    def counted(text: str) -> str:
        folds.append(text)
        return fold_heading(text)

    monkeypatch.setattr(module, "fold_heading", counted)
    texts = [["Ref", "Action", "Lead"], *([f"A{n}", f"Do {n}", f"Lead {n}"] for n in range(60))]
    cells = {
        (row, column): RawCell(row, column, text)
        for row, line in enumerate(texts, 1)
        for column, text in enumerate(line, 1)
    }
    wanted = headings(("ref", "", ("Ref",)), ("action", "", ("Action",)), ("leads", "", ("Lead",)))
    found, _ = find_headers(Grid(Sheet("Plan", cells), "plan.xlsx"), wanted)
    assert [header.row for header in found] == [1]
    assert len(folds) == len(set(folds))
