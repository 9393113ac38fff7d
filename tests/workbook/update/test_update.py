"""The update workbook as a lead opens it."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.builders import a_mapping, an_update_book, an_update_row, some_fields, values
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.editing import edited, type_into
from tests.workbook.meaning import meaning, same_as_snapshot
from xlplan.mapping.model import FieldSpec, Office, RatingSpec
from xlplan.workbook.returned.reading import read_returned
from xlplan.workbook.update.layout import UpdateLayout
from xlplan.workbook.update.proposals import proposal_columns
from xlplan.workbook.update.writing import UpdateBook, UpdateRow, write_update


def written(tmp_path: Path, book: UpdateBook) -> Any:
    path = tmp_path / "update.xlsx"
    write_update(path, book)
    return load_workbook(path)


def columns(sheet: Any) -> dict[str, str]:
    """Column letters by id, from the hidden key row of the actions."""
    row = next(row for row in sheet.iter_rows() if row[0].value == "xlplan:token")
    return {cell.value.removeprefix("xlplan:"): cell.column_letter for cell in row if cell.value}


def action_rows(sheet: Any) -> list[int]:
    return [row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("token-")]


def test_what_a_small_update_workbook_means(tmp_path: Path) -> None:
    path = tmp_path / "update.xlsx"
    write_update(
        path,
        an_update_book(
            an_update_row("1.1", joint=("Paul Sheehan",)), an_update_row("1.10", rag="")
        ),
    )
    assert same_as_snapshot(meaning(path, "Update"), "update.txt")


def test_what_a_query_workbook_means(tmp_path: Path) -> None:
    path = tmp_path / "query.xlsx"
    row = an_update_row(
        "1.1",
        typed={"rag": "Purple", "progress": "Done"},
        problems={"rag": ["'Purple' is no rating."]},
    )
    write_update(
        path,
        an_update_book(
            row, an_update_row("1.2"), kind="query", summary=["1 answer needs mending."]
        ),
    )
    assert same_as_snapshot(meaning(path, "Update"), "query.txt")


def test_the_table_is_what_opens_first(tmp_path: Path) -> None:
    book = written(tmp_path, an_update_book())
    assert book.active.title == "Update"
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Update", "visible"),
        ("Guide", "visible"),
        ("xlplan", "veryHidden"),
    ]


@pytest.mark.parametrize("count", [1, 2, 37])
def test_each_validation_covers_exactly_its_own_column(tmp_path: Path, count: int) -> None:
    rows = [an_update_row(f"1.{number}") for number in range(1, count + 1)]
    sheet = written(tmp_path, an_update_book(*rows))["Update"]
    places, lines = columns(sheet), action_rows(sheet)
    wanted = {
        f"{places[name]}{lines[0]}" + (f":{places[name]}{lines[-1]}" if count > 1 else "")
        for name in (column.field for column in UpdateLayout.of(a_mapping()).inputs)
    }
    in_table = {
        str(rule.sqref)
        for rule in sheet.data_validations.dataValidation
        if any(area.min_row <= lines[-1] for area in rule.sqref.ranges)
    }
    assert in_table == wanted


def test_only_the_inputs_are_open(tmp_path: Path) -> None:
    sheet = written(tmp_path, an_update_book())["Update"]
    places = columns(sheet)
    row = action_rows(sheet)[0]
    opened = {
        name for name, letter in places.items() if not sheet[f"{letter}{row}"].protection.locked
    }
    inputs = {column.id for column in UpdateLayout.of(a_mapping()).inputs}
    assert opened == {*inputs, "token2"}
    assert sheet.protection.sheet
    assert sheet.protection.sort, "sorting must not be granted: it would detach answers"
    assert not sheet.protection.autoFilter


def test_the_copy_of_the_token_stands_between_the_inputs(tmp_path: Path) -> None:
    ids = [column.id for column in UpdateLayout.of(a_mapping()).columns]
    first, last = ids.index("rag"), ids.index("no_change")
    assert first < ids.index("token2") < last
    assert ids[0] == "token"


def test_a_current_input_shows_the_plan_and_a_fresh_one_is_empty(tmp_path: Path) -> None:
    sheet = written(tmp_path, an_update_book(an_update_row("1.1", rag="A", progress="Begun.")))[
        "Update"
    ]
    row, places = action_rows(sheet)[0], columns(sheet)
    shown = {name: sheet[f"{letter}{row}"].value for name, letter in places.items()}
    assert (shown["rag"], shown["last.rag"]) == ("A", "A")
    assert (shown["progress"], shown["last.progress"]) == (None, "Begun.")
    assert (shown["due"], shown["last.due"]) == (None, "31 Mar 2026")


def test_text_and_timescale_inputs_keep_what_is_typed(tmp_path: Path) -> None:
    fields = some_fields(
        checked=FieldSpec(type="date", edit="lead"), share=FieldSpec(type="percent", edit="lead")
    )
    sheet = written(tmp_path, an_update_book(mapping=a_mapping(fields=fields)))["Update"]
    row, places = action_rows(sheet)[0], columns(sheet)
    formats = {
        name: sheet[f"{places[name]}{row}"].number_format
        for name in ("due", "progress", "evidence", "rag")
    }
    assert set(formats.values()) == {"@"}
    kinds = {
        str(rule.sqref)[0]: rule.type
        for rule in sheet.data_validations.dataValidation
        if rule.type == "date"
    }
    assert list(kinds) == [places["checked"]]


def test_text_that_looks_like_a_formula_or_link_stays_text(tmp_path: Path) -> None:
    nasty = [
        "=1+1",
        "{=1+1}",
        "http://x.example",
        "internal:Guide!A1",
        "@SUM(A1)",
        "+1",
        "a\x0bb\r\nc",
        "_x0041_",
    ]
    rows = [an_update_row(f"1.{place}", evidence=text) for place, text in enumerate(nasty)]
    sheet = written(tmp_path, an_update_book(*rows))["Update"]
    letter = columns(sheet)["evidence"]
    cells = [sheet[f"{letter}{row}"] for row in action_rows(sheet)]
    assert [cell.data_type for cell in cells] == ["s"] * len(nasty)
    assert all(cell.hyperlink is None for cell in cells)
    assert cells[6].value == "ab\nc"


def test_the_same_contents_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    write_update(one, an_update_book())
    write_update(other, an_update_book())
    assert one.read_bytes() == other.read_bytes()


def test_rows_have_a_height_and_may_still_grow(tmp_path: Path) -> None:
    path = tmp_path / "update.xlsx"
    write_update(path, an_update_book(an_update_row("1.1", action="word " * 100)))
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "customHeight" not in xml
    heights = load_workbook(path)["Update"].row_dimensions
    assert heights[action_rows(load_workbook(path)["Update"])[0]].height > 100


def test_the_workbook_says_whose_it_is_in_its_properties(tmp_path: Path) -> None:
    book = an_update_book()
    properties = written(tmp_path, book)
    assert properties.properties.subject == f"xlplan update {book.code}"
    assert properties.custom_doc_props["xlplan"].value == book.code
    assert (
        properties.properties.title
        == "Meadow Improvement Plan: update for January 2026 Board, Rose Collinson"
    )
    assert properties.properties.creator == "Programme office"


def test_the_marking_stands_on_every_page(tmp_path: Path) -> None:
    mapping = a_mapping(office=Office(marking="OFFICIAL & SENSITIVE"))
    book = written(tmp_path, an_update_book(mapping=mapping))
    for name in ("Update", "Guide"):
        assert "OFFICIAL && SENSITIVE" in book[name].oddHeader.center.text
    top = [
        str(cell.value) for row in book["Update"].iter_rows(max_row=4) for cell in row if cell.value
    ]
    assert any("OFFICIAL & SENSITIVE" in text for text in top)


def test_it_prints_on_a4_landscape_with_its_header_on_each_page(tmp_path: Path) -> None:
    sheet = written(tmp_path, an_update_book())["Update"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == "$5:$7"


def test_a_list_that_a_validation_cannot_hold_stands_on_the_hidden_sheet(tmp_path: Path) -> None:
    many = [
        RatingSpec(code=f"Rating number {place}, long", name="x", colour="#FFFFFF")
        for place in range(12)
    ]
    book = written(tmp_path, an_update_book(mapping=a_mapping(rag=many)))
    sheet = book["Update"]
    letter = columns(sheet)["rag"]
    rule = next(
        rule for rule in sheet.data_validations.dataValidation if str(rule.sqref).startswith(letter)
    )
    assert rule.formula1.startswith("'xlplan'!$")
    first, last = rule.formula1.split("!")[1].replace("$", "").split(":")
    assert [cell.value for (cell,) in book["xlplan"][first:last]] == [
        rating.code for rating in many
    ]


def test_prompts_fit_excel_however_long_the_mapping_words_them(tmp_path: Path) -> None:
    fields = some_fields(
        evidence=FieldSpec(name="Evidence " * 10, edit="lead", prompt="Look here. " * 60)
    )
    sheet = written(tmp_path, an_update_book(mapping=a_mapping(fields=fields)))["Update"]
    rules = sheet.data_validations.dataValidation
    assert max(len(rule.promptTitle) for rule in rules) <= 32
    assert max(len(rule.prompt) for rule in rules) <= 255


def test_a_column_without_any_text_is_hidden_and_still_there(tmp_path: Path) -> None:
    sheet = written(tmp_path, an_update_book(an_update_row("1.1", joint=(), measures="")))["Update"]
    places = columns(sheet)
    hidden = {name for name, letter in places.items() if sheet.column_dimensions[letter].hidden}
    assert {"joint", "measures"} <= hidden
    assert not hidden & {"ref", "action", "due", "last.due"}


def test_no_cell_inside_the_table_is_merged(tmp_path: Path) -> None:
    assert not written(tmp_path, an_update_book())["Update"].merged_cells.ranges


def test_the_guide_uses_the_offices_words_and_shows_every_rating(tmp_path: Path) -> None:
    mapping = a_mapping()
    mapping = mapping.model_copy(
        update={"wording": mapping.wording.model_copy(update={"guide": ["Dear colleague"]})}
    )
    sheet = written(tmp_path, an_update_book(mapping=mapping))["Guide"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Dear colleague" in texts
    assert any("Jane Smith" in text and "Fri 23 Jan 2026" in text for text in texts)
    swatches = {
        cell.value: cell.fill.fgColor.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.value in set("RAGB")
    }
    assert swatches == {"R": "FFC00000", "A": "FFFFC000", "G": "FF00B050", "B": "FF0070C0"}


def test_proposals_offer_the_sections_and_every_field_a_new_action_needs(tmp_path: Path) -> None:
    book = written(tmp_path, an_update_book(sections=["1 Partnership, governance", "2 Capacity"]))
    sheet = book["Update"]
    keys = [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("xlplan:new.")
    ]
    assert {cell.value.removeprefix("xlplan:new.") for cell in keys} == {
        column.field for column in proposal_columns(a_mapping(), "Rose")
    }
    for key in keys:
        cells = [sheet.cell(key.row + 2 + place, key.column) for place in range(10)]
        assert not any(cell.protection.locked for cell in cells)
        assert all(cell.value is None for cell in cells)


def test_a_workbook_without_actions_can_still_propose(tmp_path: Path) -> None:
    book = replace(an_update_book(), rows=[])
    sheet = written(tmp_path, book)["Update"]
    assert any(cell.value == "xlplan:new" for cell in sheet["A"])


def test_a_return_by_date_has_its_day_however_the_office_writes_dates(tmp_path: Path) -> None:
    sheet = written(
        tmp_path, an_update_book(mapping=a_mapping(office=Office(date_format="%m/%y")))
    )["Update"]
    assert "Fri 23 Jan 2026" in sheet["B2"].value


@pytest.mark.parametrize(
    ("name", "now", "last"),
    [
        ("", "Progress this round", "Last note"),
        ("Review note", "Review note this round", "Last review note"),
        ("Progress this period", "Progress this period", "Last progress"),
    ],
)
def test_headings_read_as_english(name: str, now: str, last: str) -> None:
    progress = FieldSpec(name=name, headings=["Notes"], edit="lead", input="fresh")
    layout = UpdateLayout.of(a_mapping(fields=some_fields(progress=progress)))
    said = {column.id: column.heading for column in layout.columns}
    assert (said["progress"], said["last.progress"]) == (now, last)


def test_a_lead_who_owns_measures_gets_a_sheet_for_their_readings(tmp_path: Path) -> None:
    row = UpdateRow(
        "token-k1",
        "m-1",
        values(no="1", measure="Assessments on time", unit="%", target="90", reading="87"),
    )
    path = tmp_path / "update.xlsx"
    write_update(path, an_update_book(measures=[row]))
    book = load_workbook(path)
    assert "Type your readings on the sheet Measures." in book["Update"]["B3"].value
    assert any(
        "on the sheet Measures" in str(cell.value)
        for row in book["Guide"].iter_rows()
        for cell in row
    )
    assert same_as_snapshot(meaning(path, "Measures"), "measures.txt")
    (read,) = [
        found for found in read_returned(path, a_mapping()).rows if found.sheet == "Measures"
    ]
    assert (read.token, read.cells["last.reading"].value, read.cells["reading"].blank) == (
        "token-k1",
        "87",
        True,
    )
    assert read_returned(path, a_mapping()).strays == []


def test_a_query_workbook_marks_a_reading_that_is_to_be_mended(tmp_path: Path) -> None:
    named = values(no="1", measure="Assessments on time")
    good = UpdateRow("token-k1", "m-1", named, typed={"reading": "31"})
    bad = UpdateRow(
        "token-k2",
        "m-2",
        named,
        typed={"reading": "#N/A"},
        problems={"reading": ["An error, not a reading."]},
    )
    path = tmp_path / "query.xlsx"
    write_update(path, an_update_book(measures=[good, bad], kind="query"))
    first, second = (
        row for row in read_returned(path, a_mapping()).rows if row.sheet == "Measures"
    )
    assert (first.cells["reading"].value, first.cells["problem"].blank) == ("31", True)
    assert (second.cells["reading"].as_text, second.cells["problem"].value) == (
        "#N/A",
        "An error, not a reading.",
    )
    marked = load_workbook(path)["Measures"][second.cells["reading"].name]
    assert "An error, not a reading." in marked.comment.text
    assert read_returned(path, a_mapping()).strays == []


@needs_libreoffice
def test_ticks_and_count_live_as_the_lead_types(tmp_path: Path) -> None:
    path = tmp_path / "update.xlsx"
    write_update(path, an_update_book())

    def answer(book: Any) -> None:
        type_into(book["Update"], "1.1", rag="G")
        type_into(book["Update"], "1.10", no_change="Yes")

    saved = saved_by_libreoffice(edited(path, answer), "xlsx")
    sheet = load_workbook(saved, data_only=True)["Update"]
    assert [sheet[f"B{row}"].value or "" for row in action_rows(sheet)] == ["✓", "", "✓"]
    assert sheet["B4"].value == "2 of 3 actions updated"


def test_a_lead_may_comment_on_a_protected_sheet(tmp_path: Path) -> None:
    protection = written(tmp_path, an_update_book())["Update"].protection
    assert not protection.objects
    assert not protection.formatColumns
