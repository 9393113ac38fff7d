"""For each fault, its handling switched off: what xlplan would be without it, and what must then go
wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.stories.returns.issued import Issued, table_of
from tests.stories.returns.oracle import Kind
from xlplan.mapping import checking, dates
from xlplan.mapping.reading import Reading
from xlplan.merge import voices
from xlplan.plan.text import one_of
from xlplan.plan.text.numbers import read_number
from xlplan.plan.timescale import reading as timescale
from xlplan.plan.timescale.dates import real_day
from xlplan.plan.values import Value
from xlplan.rounds import importing
from xlplan.rounds.arrivals import gathering
from xlplan.rounds.compared import speaking
from xlplan.rounds.intake import opening as intake
from xlplan.rounds.returns import date_order, issues, matching, reading_files, reading_rows
from xlplan.spreadsheets import opening
from xlplan.spreadsheets.cells import RawCell, Unreadable
from xlplan.spreadsheets.formats import FORMATS
from xlplan.spreadsheets.formats.csv import CSV
from xlplan.spreadsheets.formats.openxml import sheets, texts, xlsx
from xlplan.spreadsheets.formats.openxml.cell_records import CellRecord
from xlplan.spreadsheets.kinds import refused
from xlplan.store import Store
from xlplan.workbook.returned import reading as returned
from xlplan.workbook.returned import rows as returned_rows
from xlplan.workbook.returned import tables as returned_tables

Switch = Callable[[pytest.MonkeyPatch, Issued], None]


def off(where: Any, name: str, instead: Any) -> Switch:
    """One function replaced by another, or by one that gives a fixed value."""

    def switch(patch: pytest.MonkeyPatch, _: Issued) -> None:
        plain = not callable(instead) and not isinstance(instead, property | datetime)
        patch.setattr(where, name, (lambda *_: instead) if plain else instead)

    return switch


def both(*switches: Switch) -> Switch:
    """Several at once."""

    def switch(patch: pytest.MonkeyPatch, issued: Issued) -> None:
        for one in switches:
            one(patch, issued)

    return switch


def around(where: Any, name: str, change: Callable[..., Any]) -> Switch:
    """A function whose result is changed: `change` gets the result, then the arguments."""

    def switch(patch: pytest.MonkeyPatch, _: Issued) -> None:
        real = getattr(where, name)
        patch.setattr(where, name, lambda *given, **named: change(real(*given, **named), *given))

    return switch


def tables_only(keep: Callable[[Any, Any, Issued], bool]) -> Switch:
    """Tables are found only where we wrote them."""

    def switch(patch: pytest.MonkeyPatch, issued: Issued) -> None:
        real = returned_tables.find_tables
        patch.setattr(
            returned,
            "find_tables",
            lambda lines, heads: [one for one in real(lines, heads) if keep(lines, one, issued)],
        )

    return switch


def columns_by_place(patch: pytest.MonkeyPatch, issued: Issued) -> None:
    """Inputs are read where we wrote them."""
    columns = table_of(openpyxl.load_workbook(issued.path)).columns
    inputs = {name: columns[name] for name in ("rag", "progress", "due", "due_reason", "evidence")}
    real = returned_tables.find_tables

    def placed(lines: Any, heads: Any) -> Any:
        found = real(lines, heads)
        for one in found:
            one.columns = {**one.columns, **inputs}
        return found

    patch.setattr(returned, "find_tables", placed)


def rows_by_place(patch: pytest.MonkeyPatch, _: Issued) -> None:
    """Rows are matched by their order in the file."""
    real = issues.identify

    def placed(opened: Any, store: Store, claim: Any = None) -> Any:
        book = opened.book
        issue = next(one for code in book.marks.values() if (one := store.issue_by_code(code)))
        for place, issued in enumerate(store.rows_of(issue.id)[: len(book.rows)]):
            book.rows[place] = replace(book.rows[place], token=issued.token, token2=issued.token)
        return real(opened, store, claim)

    patch.setattr(importing, "identify", placed)


def refused_unless(fits: Callable[[Any, str], bool]) -> Switch:
    """A workbook is refused for want of something that programs and people lose."""

    def switch(patch: pytest.MonkeyPatch, _: Issued) -> None:
        real = issues.identify

        def strict(opened: Any, store: Store, claim: Any = None) -> Any:
            if fits(opened.book, opened.name):
                return real(opened, store, claim)
            return issues.Identified(opened, None, ())

        patch.setattr(importing, "identify", strict)

    return switch


def sheets_dropped(drop: Callable[[Any, Any], Iterable[tuple[int, int]]]) -> Switch:
    """Cells that a sheet loses when it is read: `drop` gets its part, and the sheet."""

    def change(_: None, sheet: Any, package: Any, part: str, *__: Any) -> None:
        for place in set(drop(package.tree(part), sheet)):
            del sheet.cells[place]

    return around(xlsx, "_fill", change)


def cells_read(change: Callable[[RawCell], RawCell]) -> Switch:
    """Cells are read otherwise."""
    return around(CellRecord, "read", lambda cell, *_: cell and change(cell))


def _first_sheet(book: Any, *_: Any) -> Any:
    book.sheets = [sheet for place, sheet in enumerate(book.sheets) if place == 0 or sheet.hidden]
    return book


def _in_figures(real: Callable[..., Reading]) -> Callable[..., Reading]:
    def read(spec: Any, raw: Any, *more: Any) -> Reading:
        if spec.type == "text" and isinstance(raw, str) and raw.strip():
            said = raw.replace("/", "").replace("TRUE", "1")
            raw = str(float(said)) if said.replace(".", "").replace("E", "").isdigit() else raw
        return real(spec, raw, *more)

    return read


def _told_as_text(real: Callable[..., Reading]) -> Callable[..., Reading]:
    return lambda spec, raw, *more: real(
        spec, repr(raw) if isinstance(raw, datetime) else raw, *more
    )


def reading(change: Callable[[Any], Any]) -> Switch:
    """Values are read otherwise."""
    return lambda patch, _: patch.setattr(reading_rows, "read_value", change(checking.read_value))


def words_folded(fold: Callable[[str], str]) -> Switch:
    """Ratings are compared with the scale's words in another form."""
    # The words of a scale are kept in the form in which they were first asked for.
    fresh = off(one_of, "words_of_scale", one_of.words_of_scale.__wrapped__)
    return both(fresh, off(one_of, "folded", fold))


def without(suffix: str) -> Switch:
    """Archives or messages of one kind are not opened."""
    return lambda patch, _: patch.delitem(gathering._CONTAINERS, suffix)


def _by_extension(book: Any, path: Path) -> Any:
    if path.suffix != ".xlsx":
        raise Unreadable("file-not-spreadsheet", why="its name says something else")
    return book


def _no_csv(patch: pytest.MonkeyPatch, _: Issued) -> None:
    text = refused(CSV.recognises, "file-not-spreadsheet", why="it is text")
    patch.setattr(opening, "FORMATS", [text if known is CSV else known for known in FORMATS])


def _anything(text: str, *_: Any) -> Reading:
    return Reading(Value(text, text))


def _exactly(text: str, choices: Any) -> Reading:
    return Reading(Value(text, text)) if text in choices else Reading(None)


def _as_formula(cell: RawCell) -> RawCell:
    typed = isinstance(cell.value, str) and cell.value.startswith("=")
    return replace(cell, value=None, formula=str(cell.value)) if typed else cell


def _first_piece(text: Any, *_: Any) -> Any:
    return texts.Text(text.pieces[0][0]) if text.pieces else text


def _worksheets_only(found: Any, package: Any, main: str, *_: Any) -> Any:
    if package.related(main, "/chartsheet"):
        raise Unreadable("file-not-spreadsheet", why="it has a sheet of another kind")
    return found


def _in_scope(patch: pytest.MonkeyPatch, _: Issued) -> None:
    real = matching._Placing.__init__

    def init(self: Any, *given: Any) -> None:
        real(self, *given)
        self.scope = set(self.in_use.plan.items)

    patch.setattr(matching._Placing, "__init__", init)


def _once(_: Any, rows: list[Any]) -> list[Any]:
    return rows


def _only_first(_: Any, rows: list[Any]) -> list[Any]:
    return rows[:1]


def _came(taken: Any) -> str:
    return str(taken.arrived_at)


_hidden_rows = sheets_dropped(
    lambda part, sheet: [
        (int(row.get("r")), column)
        for row in part.iterfind("./{*}sheetData/{*}row[@hidden='1']")
        for place, column in sheet.cells
        if place == int(row.get("r"))
    ]
)
_hidden_columns = sheets_dropped(
    lambda _, sheet: [p for p in sheet.cells if p[1] in sheet.hidden_columns]
)
_unprotected = sheets_dropped(
    lambda part, sheet: [] if part.find("./{*}sheetProtection") is not None else list(sheet.cells)
)
_subject = refused_unless(lambda book, _: "subject" in book.marks)

SWITCHES: dict[str, tuple[Kind, Switch]] = {
    "rows_sorted": ("wrong place", both(rows_by_place, off(matching, "same_number", True))),
    "header_pushed_down": ("lost", tables_only(lambda _, table, issued: table.key == issued.key)),
    "column_inserted": ("wrong place", columns_by_place),
    "columns_moved": ("wrong place", columns_by_place),
    "row_deleted": ("not told", off(reading_files.FileReader, "_say_missing_rows", None)),
    "rows_hidden_and_filtered": ("lost", _hidden_rows),
    "column_hidden": ("lost", _hidden_columns),
    "sheet_renamed": (
        "lost",
        tables_only(lambda lines, _, issued: lines.sheet.name == issued.sheet),
    ),
    "sheet_moved": ("lost", around(intake, "open_spreadsheet", _first_sheet)),
    "sheet_hidden": ("lost", tables_only(lambda lines, *_: not lines.sheet.hidden)),
    "unprotected": ("lost", _unprotected),
    "row_pasted_from_a_colleague": ("made up", _in_scope),
    "rating_by_name": ("false alarm", words_folded(str.strip)),
    "rating_unknown": ("made up", off(checking, "read_rating", _anything)),
    "rating_emptied": ("made up", off(voices, "_doubt", None)),
    "spaces_round_what_was_there": ("false alarm", words_folded(str.casefold)),
    "no_change_ticked": ("false alarm", off(checking, "read_tick", None)),
    "text_of_several_lines": (
        "wrong value",
        off(checking, "clean", lambda text: " ".join(text.split())),
    ),
    "text_that_looks_like_a_number": ("wrong value", reading(_in_figures)),
    "number_in_a_text_cell": ("wrong value", reading(_in_figures)),
    "leading_apostrophe": ("false alarm", cells_read(_as_formula)),
    "formula_with_its_result": (
        "false alarm",
        cells_read(lambda cell: replace(cell, value=None) if cell.formula else cell),
    ),
    "formula_without_result": (
        "not told",
        cells_read(lambda cell: replace(cell, formula="")),
    ),
    "error_value": (
        "made up",
        both(
            cells_read(lambda cell: replace(cell, error=False)),
            off(RawCell, "faulty", property(lambda _: False)),
        ),
    ),
    "comment_on_an_answer": ("not told", off(texts, "read_comment", "")),
    "struck_through": (
        "not told",
        cells_read(lambda cell: replace(cell, struck=False)),
    ),
    "link": ("not told", off(sheets.SheetReader, "_take_link", None)),
    "struck_in_part": ("not told", off(texts.TextReader, "_strike", None)),
    "rich_text": ("wrong value", around(texts.TextReader, "text", _first_piece)),
    "percent": ("wrong value", off(checking, "read_percent", lambda raw: str(raw).strip(" %"))),
    "number_as_text": ("false alarm", off(checking, "read_number", None)),
    "number_unreadable": (
        "made up",
        off(checking, "read_number", lambda raw: read_number(raw) or "0"),
    ),
    "choice_in_other_case": ("lost", off(checking, "read_choice", _exactly)),
    "choice_unknown": ("made up", off(checking, "read_choice", _anything)),
    "date_cell": ("false alarm", reading(_told_as_text)),
    "date_as_serial": (
        "false alarm",
        both(
            off(reading_rows, "of_serial", lambda raw, **_: raw),
            off(dates, "serial_day", None),
        ),
    ),
    "date_in_words": ("false alarm", off(dates, "_worded", lambda _: dates._stored(None))),
    "date_british": (
        "false alarm",
        off(dates, "_numeric", lambda a, b, year, _: dates._stored(real_day(year, a, b))),
    ),
    "date_american": (
        "false alarm",
        off(dates, "_numeric", lambda a, b, year, _: dates._stored(real_day(year, b, a))),
    ),
    "date_either_way": (
        "made up",
        off(date_order.DateEvidence, "day_first", property(lambda _: True)),
    ),
    "date_unreadable": (
        "made up",
        off(dates, "_worded", lambda _: dates._stored(real_day(2031, 1, 1))),
    ),
    "due_as_a_date_cell": ("wrong value", off(timescale, "_as_typed", str)),
    "due_impossible": ("made up", off(timescale, "_doubts", ())),
    "locked_cell_changed": ("not told", off(reading_files, "locked_findings", lambda *_, **__: ())),
    "comment_on_a_locked_cell": ("not told", off(texts, "read_comment", "")),
    "token_edited": ("made up", rows_by_place),
    "token_lost": ("made up", rows_by_place),
    "ref_changed": ("made up", off(matching, "same_number", True)),
    "row_repeated": ("not told", off(reading_files.FileReader, "_once", _once)),
    "row_repeated_differently": ("made up", off(reading_files.FileReader, "_once", _only_first)),
    "row_added": ("lost", off(returned_rows, "_read_proposal", None)),
    "action_proposed": ("lost", off(returned_rows, "_read_proposal", None)),
    "answers_sorted_apart": ("wrong place", off(matching._Placing, "_detached", "")),
    "column_deleted": ("not told", off(reading_files, "stray_findings", lambda *_: [])),
    "cells_merged": ("lost", off(returned_rows, "_merged_down", lambda _: {})),
    "sheet_copied": ("miscounted", around(intake, "open_spreadsheet", _first_sheet)),
    "chart_sheet_added": ("lost", around(xlsx, "_sheets", _worksheets_only)),
    "scratch_sheet_added": ("not told", off(returned, "strays_of_sheet", lambda *_: [])),
    "note_beside_the_table": ("not told", off(returned, "strays_of_table", lambda *_: [])),
    "hidden_sheet_deleted": ("lost", refused_unless(lambda book, _: "metadata" in book.marks)),
    "properties_stripped": ("lost", _subject),
    "key_row_deleted": ("lost", off(returned_tables, "_headed", ())),
    "file_renamed": (
        "lost",
        refused_unless(lambda _, file: not Path(file).name.startswith("Copy of")),
    ),
    "extension_is_wrong": ("lost", around(intake, "open_spreadsheet", _by_extension)),
    "sent_in_a_zip": ("lost", without(".zip")),
    "sent_by_mail": ("lost", without(".eml")),
    "sent_by_outlook": ("lost", without(".msg")),
    "sent_twice": ("miscounted", off(Store, "file_with", None)),
    "lock_file_beside": ("miscounted", off(gathering, "is_lock_file", False)),
    "counts_from_1904": (
        "wrong value",
        off(xlsx, "is_true", False),
    ),
    "saved_as_csv": ("lost", _no_csv),
    "only_values_kept": ("lost", _subject),
    "older_return_too": ("lost", off(speaking, "stamp_of", _came)),
}
"""For each fault, what goes wrong without its handling, and how that is switched off."""

NEEDS = {"counts_from_1904": ("date_cell",)}
"""Faults that do nothing unless another one is there too."""
