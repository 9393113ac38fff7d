"""For each fault, its handling switched off: what xlplan would be without it. A run with the fault must then fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl.cell.text
import openpyxl.reader.workbook
import pytest
from openpyxl.utils.datetime import CALENDAR_WINDOWS_1900

from tests.returns.issued import Issued, table_of
from xlplan.mapping import checking, dates, words
from xlplan.mapping.reading import Reading
from xlplan.merge import voices
from xlplan.plan import timescale
from xlplan.plan.values import Value
from xlplan.rounds import gathering, identifying, reading_files, reading_rows, reception
from xlplan.store import Store
from xlplan.workbook import (
    from_csv,
    from_openpyxl,
    opening,
    openpyxl_cells,
    returned,
    returned_rows,
    returned_tables,
)
from xlplan.workbook.cells import Unreadable

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
    """Columns are read where we wrote them."""
    columns = table_of(openpyxl.load_workbook(issued.path)).columns
    real = returned_tables.find_tables

    def placed(lines: Any, heads: Any) -> Any:
        found = real(lines, heads)
        for one in found:
            one.columns = dict(columns)
        return found

    patch.setattr(returned, "find_tables", placed)


def rows_by_place(patch: pytest.MonkeyPatch, _: Issued) -> None:
    """Rows are matched by their order in the file."""
    real = identifying.identify

    def placed(book: Any, store: Store, file: str, claim: Any = None) -> Any:
        issue = next(one for code in book.marks.values() if (one := store.issue_by_code(code)))
        for place, issued in enumerate(store.rows_of(issue.id)[: len(book.rows)]):
            book.rows[place] = replace(book.rows[place], token=issued.token, token2=issued.token)
        return real(book, store, file, claim)

    patch.setattr(reception, "identify", placed)


def refused_unless(fits: Callable[[Any, str], bool]) -> Switch:
    """A workbook is refused for want of something that programs and people lose."""

    def switch(patch: pytest.MonkeyPatch, _: Issued) -> None:
        real = identifying.identify

        def strict(book: Any, store: Store, file: str, claim: Any = None) -> Any:
            return real(book, store, file, claim) if fits(book, file) else identifying.Identified(None)

        patch.setattr(reception, "identify", strict)

    return switch


def sheets_dropped(drop: Callable[[Any, Any], Iterable[tuple[int, int]]]) -> Switch:
    """Cells that a sheet loses when it is read: `drop` gets openpyxl's sheet and ours."""

    def change(sheet: Any, source: Any) -> Any:
        gone = set(drop(source, sheet))
        sheet.cells = {place: cell for place, cell in sheet.cells.items() if place not in gone}
        return sheet

    return around(from_openpyxl, "_read_sheet", change)


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
    return lambda spec, raw, *more: real(spec, repr(raw) if isinstance(raw, datetime) else raw, *more)


def reading(change: Callable[[Any], Any]) -> Switch:
    """Values are read otherwise."""
    return lambda patch, _: patch.setattr(reading_rows, "read_value", change(checking.read_value))


def without(suffix: str) -> Switch:
    """Archives or messages of one kind are not opened."""
    return lambda patch, _: patch.delitem(gathering._CONTAINERS, suffix)


def _by_extension(path: Path, *_: Any) -> Any:
    if path.suffix != ".xlsx":
        raise Unreadable("file-not-spreadsheet", why="its name says something else")
    return from_openpyxl.read_xlsx


def _no_csv(path: Path) -> Any:
    raise Unreadable("file-not-spreadsheet", why="it is text")


def _anything(text: str, *_: Any) -> Reading:
    return Reading(Value(text, text))


def _exactly(text: str, choices: Any) -> Reading:
    return Reading(Value(text, text)) if text in choices else Reading(None)


def _formula(found: Any, kind: str) -> Any:
    return (None, found) if isinstance(found, str) and found.startswith("=") else (found, "")


def _in_scope(patch: pytest.MonkeyPatch, _: Issued) -> None:
    real = identifying._Placing.__init__

    def init(self: Any, *given: Any) -> None:
        real(self, *given)
        self.scope = set(self.refs)

    patch.setattr(identifying._Placing, "__init__", init)


def _once(_: Any, rows: list[Any]) -> list[Any]:
    return rows


def _only_first(_: Any, rows: list[Any]) -> list[Any]:
    return rows[:1]


_hidden_rows = sheets_dropped(lambda source, sheet: [p for p in sheet.cells if source.row_dimensions[p[0]].hidden])
_hidden_columns = sheets_dropped(lambda _, sheet: [p for p in sheet.cells if p[1] in sheet.hidden_columns])
_unprotected = sheets_dropped(lambda source, sheet: [] if source.protection.sheet else list(sheet.cells))
_subject = refused_unless(lambda book, _: "subject" in book.marks)

SWITCHES: dict[str, Switch] = {
    "rows_sorted": rows_by_place,
    "header_pushed_down": tables_only(lambda _, table, issued: table.key == issued.key),
    "column_inserted": columns_by_place,
    "columns_moved": columns_by_place,
    "row_deleted": off(reading_files.FileReader, "_say_missing_rows", None),
    "rows_hidden_and_filtered": _hidden_rows,
    "column_hidden": _hidden_columns,
    "sheet_renamed": tables_only(lambda lines, _, issued: lines.sheet.name == issued.sheet),
    "sheet_moved": around(reception, "open_spreadsheet", _first_sheet),
    "unprotected": _unprotected,
    "row_pasted_from_a_colleague": _in_scope,
    "rating_by_name": off(words, "_folded", str.strip),
    "rating_unknown": off(checking, "read_rating", _anything),
    "rating_emptied": off(voices, "_doubt", None),
    "spaces_round_what_was_there": off(words, "_folded", str.casefold),
    "no_change_ticked": off(checking, "read_tick", None),
    "text_of_several_lines": off(checking, "clean", lambda text: " ".join(text.split())),
    "text_that_looks_like_a_number": reading(_in_figures),
    "number_in_a_text_cell": reading(_in_figures),
    "leading_apostrophe": off(openpyxl_cells, "read_value", _formula),
    "formula_with_its_result": off(from_openpyxl, "_fetch_results", None),
    "formula_without_result": around(openpyxl_cells, "read_value", lambda found, *_: (found[0], "")),
    "error_value": around(from_openpyxl, "read_cell", lambda cell, *_: cell and replace(cell, error=False)),
    "comment_on_an_answer": off(openpyxl_cells, "read_comment", ""),
    "struck_through": around(from_openpyxl, "read_cell", lambda cell, *_: cell and replace(cell, struck=False)),
    "link": around(from_openpyxl, "read_cell", lambda cell, *_: cell and replace(cell, link="")),
    "struck_in_part": off(from_openpyxl, "has_struck_text", False),
    "rich_text": off(
        openpyxl.cell.text.Text, "content", property(lambda self: (self.r[0].t if self.r else self.t) or "")
    ),
    "percent": off(checking, "read_percent", checking.read_number),
    "number_as_text": off(checking, "read_number", None),
    "number_unreadable": off(checking, "read_number", str),
    "choice_in_other_case": off(checking, "read_choice", _exactly),
    "choice_unknown": off(checking, "read_choice", _anything),
    "date_cell": reading(_told_as_text),
    "date_as_serial": both(
        off(reading_rows, "of_serial", lambda raw, **_: raw), off(dates, "_serial", lambda _: dates._read(None))
    ),
    "date_in_words": off(dates, "_worded", None),
    "date_british": off(dates, "_numeric", lambda a, b, year, _: dates._read(dates._day(year, a, b))),
    "date_american": off(dates, "_numeric", lambda a, b, year, _: dates._read(dates._day(year, b, a))),
    "date_either_way": off(reading_files.DateEvidence, "day_first", property(lambda _: True)),
    "date_unreadable": off(dates, "_worded", lambda _: dates._day(2031, 1, 1)),
    "due_as_a_date_cell": off(timescale, "_as_typed", str),
    "due_impossible": off(timescale, "_doubts", ()),
    "locked_cell_changed": off(reading_files, "locked_findings", lambda *_, **__: ()),
    "comment_on_a_locked_cell": off(openpyxl_cells, "read_comment", ""),
    "token_edited": rows_by_place,
    "token_lost": rows_by_place,
    "ref_changed": off(identifying, "_same_number", True),
    "row_repeated": off(reading_files.FileReader, "_once", _once),
    "row_repeated_differently": off(reading_files.FileReader, "_once", _only_first),
    "row_added": off(returned_rows, "_read_proposal", None),
    "action_proposed": off(returned_rows, "_read_proposal", None),
    "answers_sorted_apart": off(identifying._Placing, "_detached", ""),
    "column_deleted": off(reading_files.FileReader, "_say_strays", None),
    "cells_merged": off(returned_rows, "_merged_down", lambda _: {}),
    "sheet_copied": around(reception, "open_spreadsheet", _first_sheet),
    "scratch_sheet_added": off(returned, "strays_of_sheet", lambda *_: []),
    "note_beside_the_table": off(returned, "strays_of_table", lambda *_: []),
    "hidden_sheet_deleted": refused_unless(lambda book, _: "metadata" in book.marks),
    "properties_stripped": _subject,
    "key_row_deleted": off(returned_tables, "_headed", ()),
    "file_renamed": refused_unless(lambda _, file: not Path(file).name.startswith("Copy of")),
    "extension_is_wrong": off(opening, "_reader", _by_extension),
    "sent_in_a_zip": without(".zip"),
    "sent_by_mail": without(".eml"),
    "sent_by_outlook": without(".msg"),
    "sent_twice": off(Store, "file_with", None),
    "lock_file_beside": off(gathering, "is_lock_file", False),
    "counts_from_1904": off(openpyxl.reader.workbook, "CALENDAR_MAC_1904", CALENDAR_WINDOWS_1900),
    "saved_as_csv": off(from_csv, "read_csv", _no_csv),
    "only_values_kept": _subject,
    "older_return_too": off(reception.Reception, "_stand_over", None),
}

NEEDS = {"counts_from_1904": ("date_cell",)}
"""Faults that do nothing unless another one is there too."""
