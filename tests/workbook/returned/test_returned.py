"""Reading what came back: whatever a lead did to the workbook, every row and every text is
there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from tests.builders import a_mapping, an_update_book, an_update_row
from tests.libreoffice import needs_libreoffice, saved_by_libreoffice
from tests.spreadsheets.editing import edited, grid, places, row_of, type_into
from xlplan.spreadsheets.opening import open_spreadsheet
from xlplan.workbook.returned.reading import ReturnedBook, read_returned
from xlplan.workbook.update.layout import UpdateLayout
from xlplan.workbook.update.writing import UpdateBook, write_update

BOOK = an_update_book(
    an_update_row("1.1", joint=("Paul Sheehan",), evidence="Line one\nline two"),
    an_update_row("1.2", rag="G"),
    an_update_row("1.10", rag=""),
)


@pytest.fixture
def issued(tmp_path: Path) -> Path:
    path = tmp_path / "Rose Collinson.xlsx"
    write_update(path, BOOK)
    return path


def read(path: Path) -> ReturnedBook:
    return read_returned(open_spreadsheet(path), a_mapping())


def said(book: ReturnedBook, *names: str) -> dict[str, dict[str, Any]]:
    """What the inputs of each row hold, blank ones left out, by ref."""
    wanted = names or tuple(column.id for column in UpdateLayout.of(a_mapping()).inputs)
    return {
        row.ref: {
            name: row.cells[name].value
            for name in wanted
            if name in row.cells and not row.cells[name].blank
        }
        for row in book.rows
    }


AS_ISSUED = {
    "1.1": {"rag": "A", "evidence": "Line one\nline two"},
    "1.2": {"rag": "G", "evidence": "Minutes"},
    "1.10": {"evidence": "Minutes"},
}


def typed_by_a_lead(book: Any) -> None:
    type_into(book["Update"], "1.1", rag="G", progress="We met the board.", due="3/4")
    type_into(book["Update"], "1.10", no_change="Yes")


TYPED = {
    "1.1": {
        "rag": "G",
        "progress": "We met the board.",
        "due": "3/4",
        "evidence": "Line one\nline two",
    },
    "1.2": {"rag": "G", "evidence": "Minutes"},
    "1.10": {"no_change": "Yes", "evidence": "Minutes"},
}


def test_an_unedited_workbook_comes_back_as_it_went_out(issued: Path) -> None:
    book = read(issued)
    assert said(book) == AS_ISSUED
    assert [(row.token, row.token2) for row in book.rows] == [
        (row.token, row.token) for row in BOOK.rows
    ]
    assert (book.kind, book.bare) == ("update", False)
    assert book.marks == dict.fromkeys(("code", "metadata", "subject", "custom"), BOOK.code)
    assert (book.strays, book.proposals, book.columns_missing, book.columns_unknown) == (
        [],
        [],
        [],
        [],
    )


def test_a_cell_is_told_with_its_address(issued: Path) -> None:
    book = read(edited(issued, typed_by_a_lead))
    assert said(book) == TYPED
    row = book.rows[0]
    assert (row.sheet, row.cells["progress"].name) == ("Update", f"L{row.row}")


def test_the_hidden_sheet_tells_round_lead_and_issue(issued: Path) -> None:
    told = read(issued).metadata
    assert (told["plan"], told["round"], told["lead"], told["issue"]) == (
        "meadow-2026",
        "January 2026 Board",
        "Rose Collinson",
        "issue-1",
    )


def _rows_turned(book: Any) -> None:
    sheet = book["Update"]
    first, last = row_of(sheet, "1.1"), row_of(sheet, "1.10")
    turned = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first, max_row=last)][
        ::-1
    ]
    for row, values in enumerate(turned, start=first):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column).value = value


def _columns_turned(book: Any) -> None:
    sheet = book["Update"]
    rows = [row[::-1] for row in grid(sheet)]
    for number, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            sheet.cell(number, column).value = value


def _column_inserted(book: Any) -> None:
    book["Update"].insert_cols(6, 2)


def _header_pushed_down(book: Any) -> None:
    sheet = book["Update"]
    sheet.insert_rows(
        next(row[0].row for row in sheet.iter_rows() if row[0].value == "Row code"), 3
    )


def _all_pushed_down(book: Any) -> None:
    book["Update"].insert_rows(1, 25)


def _sheet_renamed_and_moved(book: Any) -> None:
    book["Update"].title = "Rose's answers"
    book.move_sheet("Rose's answers", 2)


def _key_row_deleted(book: Any) -> None:
    sheet = book["Update"]
    sheet.delete_rows(
        next(row[0].row for row in sheet.iter_rows() if row[0].value == "xlplan:token")
    )


def _headings_rewritten(book: Any) -> None:
    sheet = book["Update"]
    header = row_of(sheet, "Ref")
    for name, column in places(sheet).items():
        if not sheet.column_dimensions[get_column_letter(column)].hidden:
            sheet.cell(header, column).value = f"My {name} heading"


def _header_row_deleted(book: Any) -> None:
    book["Update"].delete_rows(row_of(book["Update"], "Ref"))


def _metadata_deleted(book: Any) -> None:
    del book["xlplan"]


def _guide_deleted(book: Any) -> None:
    del book["Guide"]


@pytest.mark.parametrize(
    "deed",
    [
        _rows_turned,
        _columns_turned,
        _column_inserted,
        _header_pushed_down,
        _all_pushed_down,
        _sheet_renamed_and_moved,
        _key_row_deleted,
        _header_row_deleted,
        _metadata_deleted,
        _guide_deleted,
    ],
)
def test_answers_are_found_wherever_they_stand(issued: Path, deed: Any) -> None:
    def typed_and_changed(book: Any) -> None:
        typed_by_a_lead(book)
        deed(book)

    book = read(edited(issued, typed_and_changed))
    assert said(book) == TYPED
    assert {row.token for row in book.rows} == {row.token for row in BOOK.rows}
    assert (book.strays, book.proposals, book.columns_missing) == ([], [], [])


def test_answers_under_headings_of_their_own_are_found_and_the_headings_told(issued: Path) -> None:
    def typed_and_renamed(book: Any) -> None:
        typed_by_a_lead(book)
        _headings_rewritten(book)

    book = read(edited(issued, typed_and_renamed))
    assert said(book) == TYPED
    assert {row.token for row in book.rows} == {row.token for row in BOOK.rows}
    assert "My progress heading" in [text for _, text in book.strays]
    assert all(text.startswith("My ") for _, text in book.strays)


def test_what_is_typed_over_a_heading_or_noted_on_one_is_told(issued: Path) -> None:
    def write_on_headings(book: Any) -> None:
        sheet = book["Update"]
        header, where = row_of(sheet, "Ref"), places(sheet)
        sheet.cell(header, where["progress"]).value = "Progress: see my letter"
        sheet.cell(header, where["rag"]).comment = Comment("Which scale?", "Rose")
        new = next(
            cell for row in sheet.iter_rows() for cell in row if cell.value == "xlplan:new.action"
        )
        sheet.cell(new.row + 1, new.column).value = "New action: none this time"

    found = read(edited(issued, write_on_headings))
    assert [text for _, text in found.strays] == [
        "Which scale?",
        "Progress: see my letter",
        "New action: none this time",
    ]
    assert said(found) == AS_ISSUED


def test_a_copied_heading_row_between_the_rows_is_no_row(issued: Path) -> None:
    def repeat_headings(book: Any) -> None:
        sheet = book["Update"]
        header, row = row_of(sheet, "Ref"), row_of(sheet, "1.10")
        heads = [cell.value for cell in sheet[header]]
        sheet.insert_rows(row)
        for column, text in enumerate(heads, start=1):
            sheet.cell(row, column).value = text

    book = read(edited(issued, repeat_headings))
    assert [row.ref for row in book.rows] == ["1.1", "1.2", "1.10"]
    assert (book.strays, book.proposals, book.loose) == ([], [], [])


def test_what_stands_in_a_row_that_names_no_action_is_told_with_the_row_above(issued: Path) -> None:
    def go_on(book: Any) -> None:
        sheet, where = book["Update"], places(book["Update"])
        row = row_of(sheet, "1.2")
        sheet.insert_rows(row)
        sheet.cell(row, where["progress"]).value = "And the second half of it."
        sheet.cell(row_of(sheet, "1.10") + 1, where["rag"]).value = "G"

    book = read(edited(issued, go_on))
    assert [(one.column, one.text, one.above) for one in book.loose] == [
        ("progress", "And the second half of it.", "1.1"),
        ("rag", "G", "1.10"),
    ]
    assert (book.strays, book.proposals) == ([], [])


def test_a_rating_beside_the_table_or_on_a_sheet_of_their_own_is_told(issued: Path) -> None:
    def rate(book: Any) -> None:
        book["Update"]["X9"] = "R"
        book.create_sheet("Mine")["A1"] = "G"

    assert [text for _, text in read(edited(issued, rate)).strays] == ["R", "G"]


def test_a_formula_that_nobody_computed_is_told(issued: Path) -> None:
    def compute(book: Any) -> None:
        book["Update"]["X3"] = "=1+1"

    assert [text for _, text in read(edited(issued, compute)).strays] == ["=1+1"]


def _with_real_codes(path: Path) -> Path:
    """The issued workbook with codes such as the office gives, three rows of it."""
    rows = [
        an_update_row(ref, token=f"t{number:024x}")
        for number, ref in enumerate(["1.1", "1.2", "1.10"])
    ]
    write_update(path, an_update_book(*rows))
    return path


@pytest.mark.parametrize("aside", [0, 1], ids=["in place", "moved aside"])
def test_rows_cut_to_a_sheet_without_headings_are_read_or_told(tmp_path: Path, aside: int) -> None:
    def cut(book: Any) -> None:
        sheet = book["Update"]
        type_into(sheet, "1.10", progress="It is booked.")
        row = row_of(sheet, "1.10")
        part = book.create_sheet("Part two")
        part["A1"] = "The second part"
        for cell in sheet[row]:
            part.cell(3, cell.column + aside).value = cell.value
            cell.value = None

    book = read(edited(_with_real_codes(tmp_path / "real.xlsx"), cut))
    if aside:
        assert ([row.ref for row in book.rows], book.cut_off) == (["1.1", "1.2"], {"Part two"})
    else:
        assert [(row.sheet, row.ref) for row in book.rows][2:] == [("Part two", "1.10")]
        assert (said(book, "progress")["1.10"], book.cut_off) == (
            {"progress": "It is booked."},
            set(),
        )
        assert [text for _, text in book.strays] == ["The second part"]


def test_a_deleted_column_is_missing_and_clears_nothing(issued: Path) -> None:
    book = read(
        edited(issued, lambda one: one["Update"].delete_cols(places(one["Update"])["evidence"]))
    )
    assert book.columns_missing == ["evidence"]
    assert "evidence" not in book.rows[0].cells
    assert said(book, "rag")["1.1"] == {"rag": "A"}


def test_an_added_column_is_told_with_what_it_holds(issued: Path) -> None:
    def add(book: Any) -> None:
        sheet = book["Update"]
        column = max(places(sheet).values()) + 1
        sheet.cell(row_of(sheet, "Ref"), column).value = "My view"
        sheet.cell(row_of(sheet, "1.2"), column).value = "Too slow"

    book = read(edited(issued, add))
    assert [(heading, text) for _, heading, text in book.columns_unknown] == [
        ("My view", "Too slow")
    ]
    assert book.strays == []


def test_text_outside_the_table_is_told_with_its_cell(issued: Path) -> None:
    def scribble(book: Any) -> None:
        book["Update"]["X3"] = "Please ring me"
        book["Update"]["X40"] = "Off to lunch"
        book["Guide"]["E5"] = "I do not understand step 2"

    strays = {(at.sheet, at.cell): text for at, text in read(edited(issued, scribble)).strays}
    assert strays == {
        ("Update", "X3"): "Please ring me",
        ("Update", "X40"): "Off to lunch",
        ("Guide", "E5"): "I do not understand step 2",
    }


def test_a_sheet_that_is_not_ours_is_told_as_one(issued: Path) -> None:
    def scratch(book: Any) -> None:
        sheet = book.create_sheet("Scratch")
        sheet["B2"], sheet["B3"] = "sums", 42

    ((at, text),) = read(edited(issued, scratch)).strays
    assert (at.sheet, at.cell, text) == ("Scratch", "", "sums; 42")


def test_a_title_that_was_typed_over_is_told(issued: Path) -> None:
    def overwrite(book: Any) -> None:
        book["Update"]["B1"] = "Rose's plan"

    assert [text for _, text in read(edited(issued, overwrite)).strays] == ["Rose's plan"]


def test_a_sheet_copied_twice_gives_its_rows_twice(issued: Path) -> None:
    book = read(edited(issued, lambda one: one.copy_worksheet(one["Update"])))
    assert [row.ref for row in book.rows] == ["1.1", "1.2", "1.10"] * 2
    assert len({row.sheet for row in book.rows}) == 2


def test_answers_sorted_apart_show_in_the_copy_of_the_token(issued: Path) -> None:
    def sort_inputs(book: Any) -> None:
        sheet, where = book["Update"], places(book["Update"])
        one, other = row_of(sheet, "1.1"), row_of(sheet, "1.2")
        for column in range(where["rag"], where["no_change"] + 1):
            first, second = sheet.cell(one, column), sheet.cell(other, column)
            first.value, second.value = second.value, first.value

    rows = {row.ref: row for row in read(edited(issued, sort_inputs)).rows}
    assert rows["1.1"].token == BOOK.rows[0].token
    assert rows["1.1"].token2 == BOOK.rows[1].token


def test_a_proposed_action_is_read_by_field(issued: Path) -> None:
    def propose(book: Any) -> None:
        sheet = book["Update"]
        keys = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value}
        for name, text in {
            "action": "Write to schools",
            "due": "Mar 2026",
            "progress": "They ask",
        }.items():
            cell = keys[f"xlplan:new.{name}"]
            sheet.cell(cell.row + 3, cell.column).value = text

    (row,) = read(edited(issued, propose)).proposals
    assert {name: cell.value for name, cell in row.cells.items() if not cell.blank} == {
        "action": "Write to schools",
        "due": "Mar 2026",
        "progress": "They ask",
    }
    assert row.token == ""


def test_a_row_typed_below_the_table_is_a_proposal_too(issued: Path) -> None:
    def propose(book: Any) -> None:
        sheet, where = book["Update"], places(book["Update"])
        row = row_of(sheet, "1.10") + 1
        sheet.cell(row, where["action"]).value = "Write to schools"
        sheet.cell(row, where["due"]).value = "Mar 2026"

    (row,) = read(edited(issued, propose)).proposals
    assert {name: cell.value for name, cell in row.cells.items()} == {
        "action": "Write to schools",
        "due": "Mar 2026",
    }


def test_a_row_without_token_keeps_its_ref(issued: Path) -> None:
    book = read(edited(issued, lambda one: type_into(one["Update"], "1.2", token=None)))
    assert [(row.ref, bool(row.token)) for row in book.rows] == [
        ("1.1", True),
        ("1.2", False),
        ("1.10", True),
    ]
    assert not book.bare


def test_a_bare_copy_of_the_table_is_known_as_bare(tmp_path: Path) -> None:
    bare = Workbook()
    bare.active.append(["Ref", "Rating now", "Progress this round"])
    bare.active.append(["1.1", "G", "We met."])
    bare.save(tmp_path / "bare.xlsx")
    book = read(tmp_path / "bare.xlsx")
    assert (book.bare, book.marks) == (True, {})
    assert said(book) == {"1.1": {"rag": "G", "progress": "We met."}}


def test_a_sheet_of_something_else_has_no_rows(tmp_path: Path) -> None:
    other = Workbook()
    other.active.append(["Date", "Amount"])
    other.active.append(["Monday", 3])
    other.save(tmp_path / "other.xlsx")
    book = read(tmp_path / "other.xlsx")
    assert (book.rows, book.kind, book.bare) == ([], None, False)


def test_cells_merged_down_answer_for_each_row(issued: Path) -> None:
    def merge(book: Any) -> None:
        sheet, where = book["Update"], places(book["Update"])
        one, other = row_of(sheet, "1.1"), row_of(sheet, "1.2")
        sheet.cell(one, where["progress"]).value = "Both are done."
        sheet.merge_cells(
            start_row=one,
            end_row=other,
            start_column=where["progress"],
            end_column=where["progress"],
        )

    book = read(edited(issued, merge))
    assert [found["progress"] for found in said(book, "progress").values() if found] == [
        "Both are done."
    ] * 2
    assert [at.cell for at in book.merged] == ["L8:L9"]


def test_comments_come_with_their_cells_and_our_own_notes_do_not(tmp_path: Path) -> None:
    path = tmp_path / "query.xlsx"
    row = an_update_row(
        "1.1", typed={"rag": "Purple"}, problems={"rag": ["'Purple' is no rating."]}
    )
    write_update(path, an_update_book(row, kind="query", summary=["1 answer needs mending."]))

    def comment(book: Any) -> None:
        sheet = book["Update"]
        sheet.cell(row_of(sheet, "1.1"), places(sheet)["progress"]).comment = Comment(
            "See my mail", "Rose"
        )

    book = read(edited(path, comment))
    assert book.kind == "query"
    (read_row,) = book.rows
    assert (read_row.cells["progress"].comment, read_row.cells["rag"].comment) == (
        "See my mail",
        "",
    )
    assert (said(book, "rag"), book.strays) == ({"1.1": {"rag": "Purple"}}, [])


def test_errors_and_formulas_come_as_they_are(issued: Path) -> None:
    def break_it(book: Any) -> None:
        type_into(book["Update"], "1.1", progress="#REF!", evidence="=1+1")

    row = read(edited(issued, break_it)).rows[0]
    assert row.cells["progress"].error
    assert row.cells["evidence"].formula == "=1+1"


@needs_libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "csv"])
def test_a_workbook_saved_by_libreoffice_says_the_same(
    tmp_path: Path, issued: Path, kind: str
) -> None:
    typed = edited(issued, typed_by_a_lead, name="typed.xlsx")
    book = read(saved_by_libreoffice(typed, kind))
    assert {ref: set(found) for ref, found in said(book).items()} == {
        ref: set(found) for ref, found in TYPED.items()
    }
    assert said(book)["1.1"]["progress"] == "We met the board."
    assert said(book)["1.1"]["due"] == "3/4"
    assert {row.token for row in book.rows} == {row.token for row in BOOK.rows}
    assert (book.strays, book.proposals, book.columns_missing) == ([], [], [])
    assert book.marks["code"] == BOOK.code


def test_a_query_workbook_holds_what_the_lead_typed(tmp_path: Path) -> None:
    path = tmp_path / "query.xlsx"
    rows = [
        an_update_row("1.1", typed={"rag": "Purple", "progress": "Done", "evidence": ""}),
        an_update_row("1.2"),
    ]
    book: UpdateBook = an_update_book(
        *rows, kind="query", proposals=[{"action": "Write to schools"}]
    )
    write_update(path, book)
    found = read(path)
    assert said(found) == {
        "1.1": {"rag": "Purple", "progress": "Done"},
        "1.2": {"rag": "A", "evidence": "Minutes"},
    }
    assert [row.cells["action"].value for row in found.proposals] == ["Write to schools"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_workbook_saved_by_pandas_says_the_same(issued: Path, kind: str) -> None:
    pandas = pytest.importorskip("pandas")
    frames = pandas.read_excel(edited(issued, typed_by_a_lead), sheet_name=None)
    out = issued.with_name(f"by-pandas.{kind}")
    if kind == "csv":
        frames["Update"].to_csv(out, index=False)
    else:
        with pandas.ExcelWriter(out) as writer:
            for name, frame in frames.items():
                frame.to_excel(writer, sheet_name=name, index=False)
    book = read(out)
    assert said(book) == TYPED
    assert (book.strays, book.proposals, book.columns_missing, book.columns_unknown) == (
        [],
        [],
        [],
        [],
    )
    assert book.marks["code"] == BOOK.code


def test_a_header_sorted_into_the_rows_loses_none_of_them(issued: Path) -> None:
    def sort_all(book: Any) -> None:
        sheet = book["Update"]
        header, last = row_of(sheet, "Ref"), row_of(sheet, "1.10")
        rows = [
            [cell.value for cell in row]
            for row in sheet.iter_rows(min_row=header - 1, max_row=last)
        ]
        for number, values in enumerate([rows[2], rows[0], rows[1], *rows[3:]], start=header - 1):
            for column, value in enumerate(values, start=1):
                sheet.cell(number, column).value = value

    assert said(read(edited(issued, sort_all))) == AS_ISSUED
